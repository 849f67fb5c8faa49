//! Relations: which tables point at which, as a drawing and as a list.

use leptos::prelude::*;
use management_api::OperationId;

use super::map::map;
use crate::{
    components::{
        head::Head,
        list::List,
        query::{ask, loaded},
    },
    islands::filter::FilterForm,
    page::{Page, Sheet},
    pages::{choice, parameter},
    paths,
    schema::relations::{Link, Name, Relations},
    server_fns::schema::relations_of,
    ui::{Badge, Choice, Empty, Icon, Notice, SelectField, Shape, Tone},
};

pub const PAGE: Page = Page {
    route: "/projects/:ref/database/relations",
    title: "Relations",
    icon: Icon::Branch,
    group: None,
    parent: Some(&super::tools::PAGE),
    operation: Some(OperationId::RunReadOnlyQuery),
    sheet: Some(Sheet::Run),
    view: || view! { <RelationsPage/> }.into_any(),
};

/// In the address: the schema, the table around which it is drawn, and how far.
const SCHEMA: &str = "schema";
const TABLE: &str = "table";
const STEPS: &str = "steps";

/// Tables of one drawing, at most.
const MOST: usize = 60;

#[component]
fn RelationsPage() -> impl IntoView {
    let project = parameter("ref");
    let read = {
        let project = project.clone();
        ask(move || relations_of(project.clone()))
    };
    view! {
        <Head page=&PAGE hint="Drawn from the foreign keys, by a query that only reads. Each table leads to its own page."/>
        {loaded("relations", read, Shape::Rows, move |all| drawn(&project, &all))}
    }
}

/// What of the address fits the database.
struct Chosen {
    schema: String,
    table: Option<Name>,
    steps: usize,
}

impl Chosen {
    fn read(all: &Relations) -> Self {
        let (schemas, asked) = (all.schemas(), choice(SCHEMA));
        let known = [asked.as_str(), "public"].into_iter().find(|one| schemas.contains(one));
        let schema = known.or(schemas.first().copied()).unwrap_or_default().to_owned();
        let table = (schema.clone(), choice(TABLE));
        Self {
            table: all.tables.iter().any(|one| one.is(&table)).then_some(table),
            schema,
            steps: if choice(STEPS) == "1" { 1 } else { 2 },
        }
    }
}

fn drawn(project: &str, all: &Relations) -> AnyView {
    if all.links.is_empty() {
        return view! {
            <Empty icon=Icon::Branch title="No table points at another" sentence="The database has no foreign key. Once it has one, the tables on both sides stand here."/>
        }
        .into_any();
    }
    let chosen = Chosen::read(all);
    let shown = match &chosen.table {
        Some(table) => all.around(table, chosen.steps),
        None => all.of(&chosen.schema),
    };
    let alone = match all.alone.get(&chosen.schema) {
        None => String::new(),
        Some(1) => format!("1 table of {} has no relation and is left out.", chosen.schema),
        Some(count) => format!("{count} tables of {} have no relation and are left out.", chosen.schema),
    };
    let count = shown.tables.len();
    let drawing = if count > MOST {
        let why = format!(
            "These are {count} tables. Choose one of them above: what is near it is drawn. The list below has all."
        );
        view! { <Notice tone=Tone::Info title="Too many to be drawn at once">{why}</Notice> }.into_any()
    } else {
        map(project, &shown, &chosen.schema, chosen.table.as_ref(), alone)
    };
    let filter = filter(project, all, &chosen);
    let list = list(project, &chosen).draw(shown.links);
    view! {
        <div class="stack">
            {filter}
            {drawing}
            <section class="part" aria-labelledby="relations-list">
                <div class="part-head"><h2 id="relations-list">"The same as a list"</h2></div>
                {list}
            </section>
        </div>
    }
    .into_any()
}

fn filter(project: &str, all: &Relations, chosen: &Chosen) -> impl IntoView + use<> {
    let action = paths::relations(project, "", "");
    let schemas: Vec<_> = all.schemas().into_iter().map(|name| Choice::new(name, name)).collect();
    let own = all.tables.iter().filter(|table| table.schema == chosen.schema);
    let everything = Choice::new("", format!("All of {}", chosen.schema));
    let tables: Vec<_> = std::iter::once(everything)
        .chain(own.map(|table| Choice::new(&*table.name, &*table.name)))
        .collect();
    let (schema, table) = (
        chosen.schema.clone(),
        chosen.table.as_ref().map(|(_, name)| name.clone()).unwrap_or_default(),
    );
    let steps = chosen.table.is_some().then(|| {
        let choices = vec![Choice::new("2", "Two steps away"), Choice::new("1", "Direct only")];
        view! { <SelectField name=STEPS label="How far" choices value=chosen.steps.to_string()/> }
    });
    view! {
        <FilterForm action>
            <SelectField name=SCHEMA label="Schema" choices=schemas value=schema/>
            <SelectField name=TABLE label="Around" choices=tables value=table/>
            {steps}
        </FilterForm>
    }
}

fn list(project: &str, chosen: &Chosen) -> List<Link> {
    let table = chosen.table.as_ref().map(|(_, name)| name.as_str()).unwrap_or_default();
    let here = paths::relations(project, &chosen.schema, table);
    let (of, to) = (project.to_owned(), project.to_owned());
    let name = |project: &str, (schema, name): &Name, class: &'static str| {
        let (href, schema, name) = (paths::table(project, schema, name), schema.clone(), name.clone());
        view! { <a class=class href=href><code class="wrap"><span class="quiet">{schema} "."</span>{name}</code></a> }
    };
    List::new(("relation", "relations"), here, |link: &Link| {
        format!("{}.{}.{}", link.from.0, link.from.1, link.name)
    })
    .column("Table", move |link| name(&of, &link.from, "row-link"))
    .column("Points at", move |link| name(&to, &link.to, "link"))
    .column("By", |link| {
        let by = format!("{} \u{2192} {}", link.columns.join(", "), link.to_columns.join(", "));
        view! { <code class="wrap">{by}</code> }
    })
    .column(
        "Rows that point at one",
        |link| if link.one { "One at most" } else { "Many" },
    )
    .column("When the other goes", Link::when_gone)
    .column("Index", |link| {
        if link.indexed {
            view! { <Badge plain=true icon=Icon::Check word="Indexed"/> }
        } else {
            view! { <Badge plain=true tone=Tone::Warning icon=Icon::Warning word="No index"/> }
        }
    })
}
