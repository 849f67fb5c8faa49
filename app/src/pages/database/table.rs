//! One table or view: its columns, keys, indexes, policies and triggers, in PostgreSQL's own words.

use leptos::prelude::*;
use management_api::OperationId;

use super::schema::{bytes, guard};
use crate::{
    components::{
        head::Head,
        list::List,
        query::{ask, loaded},
    },
    page::{Page, Sheet},
    pages::{
        advisors::list::{findings, not_looked_at},
        choice,
        migrations::shown,
        parameter,
    },
    paths,
    server_fns::{
        advisors::{Advice, advice_about},
        schema::{SchemaColumn, SchemaIndex, SchemaPart, SchemaPolicy, SchemaTable, table_of},
    },
    sql::export::identifier,
    ui::{ButtonLink, Icon, Shape, chart::grouped},
};

pub const PAGE: Page = Page {
    route: "/projects/:ref/database/schema/table",
    title: "Table",
    icon: Icon::Layers,
    group: None,
    parent: Some(&super::schema::PAGE),
    operation: Some(OperationId::RunReadOnlyQuery),
    sheet: Some(Sheet::Run),
    view: || view! { <OneTable/> }.into_any(),
};

#[component]
pub fn OneTable() -> impl IntoView {
    let (project, schema, table) = (parameter("ref"), choice("schema"), choice("name"));
    let read = {
        let (project, schema, table) = (project.clone(), schema.clone(), table.clone());
        ask(move || table_of(project.clone(), schema.clone(), table.clone()))
    };
    let advice = {
        let (project, object) = (project.clone(), format!("{schema}.{table}"));
        ask(move || advice_about(project, object))
    };
    let all = paths::advisors(&project);
    let of = project.clone();
    let here = paths::table(&project, &schema, &table);
    let first = format!("select * from {}.{} limit 100", identifier(&schema), identifier(&table));
    let rows = paths::sql_of(&project, &first);
    view! {
        <Head
            page=&PAGE
            name=format!("{schema}.{table}")
            actions=move || view! {
                <ButtonLink href=rows icon=Icon::Terminal>"Rows in SQL"</ButtonLink>
            }
        />
        {loaded("table", read, Shape::Facts, move |parts| drawn(&project, parts))}
        <section class="part" aria-labelledby="findings">
            <div class="part-head">
                <h2 id="findings">"Findings of the advisors"</h2>
                <p class="hint"><a class="link" href=all>"All of the project"</a></p>
            </div>
            {loaded("findings", advice, Shape::Rows, move |advice| about(&of, &here, advice))}
        </section>
    }
}

/// What the advisors say of it; what they were not asked is said, too.
fn about(project: &str, here: &str, advice: Advice) -> AnyView {
    let missing = not_looked_at(&advice);
    let list = match (advice.findings.is_empty(), missing.is_empty()) {
        (true, true) => view! { <p class="hint">"They find nothing about it."</p> }.into_any(),
        (true, false) => ().into_any(),
        (false, _) => findings(project, here).draw(advice.findings).into_any(),
    };
    view! { <div class="stack">{missing} <div>{list}</div></div> }.into_any()
}

fn drawn(project: &str, parts: SchemaTable) -> AnyView {
    let table = &parts.table;
    let here = paths::table(project, &table.schema, &table.name);
    let rows = table.rows.map_or_else(
        || "Not counted".to_owned(),
        |rows| format!("about {}", grouped(rows as f64)),
    );
    let size = table.bytes.map_or_else(|| "None of its own".to_owned(), bytes);
    let guarded = guard(table);
    let guarded = guarded.map(|guard| view! { <div><dt>"Row level security"</dt><dd>{guard}</dd></div> });
    let kind = match table.detail.as_str() {
        "" => table.kind.clone(),
        detail => format!("{detail} {}", table.kind),
    };
    let comment = parts
        .comment
        .clone()
        .map(|comment| view! { <p><bdi>{comment}</bdi></p> });
    let definition = parts.definition.clone().map(|sql| {
        view! { <section class="part" aria-labelledby="definition"><div class="part-head"><h2 id="definition">"Definition"</h2></div>{shown("Definition", &sql)}</section> }
    });
    view! {
        <dl class="figures">
            <div><dt>"Kind"</dt><dd><b>{kind}</b></dd></div>
            <div><dt>"Rows"</dt><dd><b>{rows}</b></dd></div>
            <div><dt>"Size"</dt><dd><b>{size}</b></dd></div>
            {guarded}
        </dl>
        {comment}
        {part("columns", "Columns", columns(&here), parts.columns)}
        {part("keys", "Keys and checks", named(&here, ("key", "keys")), parts.keys)}
        {part("indexes", "Indexes", indexes(&here), parts.indexes)}
        {part("policies", "Policies", policies(&here), parts.policies)}
        {part("triggers", "Triggers", named(&here, ("trigger", "triggers")), parts.triggers)}
        {part("pointed-at", "Pointed at by", named(&here, ("foreign key", "foreign keys")), parts.pointed_at)}
        {definition}
    }
    .into_any()
}

/// A list under its heading; nothing where there is none.
fn part<R: 'static>(id: &'static str, title: &'static str, list: List<R>, rows: Vec<R>) -> Option<AnyView> {
    (!rows.is_empty()).then(|| {
        view! {
            <section class="part" aria-labelledby=id>
                <div class="part-head"><h2 id=id>{title}</h2></div>
                {list.draw(rows)}
            </section>
        }
        .into_any()
    })
}

fn code(text: &str) -> AnyView {
    view! { <code class="wrap">{text.to_owned()}</code> }.into_any()
}

fn columns(here: &str) -> List<SchemaColumn> {
    List::new(("column", "columns"), here, |column: &SchemaColumn| column.name.clone())
        .column("Name", |column| {
            let comment = column
                .comment
                .clone()
                .map(|text| view! { <p class="hint"><bdi>{text}</bdi></p> });
            view! { <div>{code(&column.name)} {comment}</div> }
        })
        .column("Type", |column| code(&column.kind))
        .column(
            "Null",
            |column| if column.not_null { "Not null" } else { "May be null" },
        )
        .column("Value", |column| {
            column.value.as_deref().map_or_else(|| "\u{2014}".into_any(), code)
        })
}

fn named(here: &str, nouns: (&'static str, &'static str)) -> List<SchemaPart> {
    List::new(nouns, here, |part: &SchemaPart| {
        format!("{} {}", part.name, part.definition)
    })
    .column("Name", |part| code(&part.name))
    .column("Definition", |part| code(&part.definition))
}

fn indexes(here: &str) -> List<SchemaIndex> {
    List::new(("index", "indexes"), here, |index: &SchemaIndex| index.name.clone())
        .column("Name", |index| code(&index.name))
        .column("Definition", |index| code(&index.definition))
        .number("Size", |index| bytes(index.bytes))
        .number("Read", |index| match index.scans {
            0 => "never".to_owned(),
            scans => grouped(scans as f64),
        })
}

fn policies(here: &str) -> List<SchemaPolicy> {
    List::new(("policy", "policies"), here, |policy: &SchemaPolicy| {
        policy.name.clone()
    })
    .column("Name", |policy| view! { <bdi>{policy.name.clone()}</bdi> })
    .column("Lets rows pass", |policy| {
        let check = policy
            .check
            .as_deref()
            .map(|check| code(&format!("with check {check}")));
        let using = policy.lets_pass.as_deref().map(|using| code(&format!("using {using}")));
        view! { <div>{using} " " {check}</div> }
    })
    .column("For", |policy| policy.command.to_lowercase())
    .column("To", |policy| code(&policy.roles))
    .column(
        "Kind",
        |policy| if policy.permissive { "Permissive" } else { "Restrictive" },
    )
}
