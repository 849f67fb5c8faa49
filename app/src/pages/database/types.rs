//! The TypeScript types of the database's schemas, for use with supabase-js.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use management_api::OperationId;
use time::OffsetDateTime;

use crate::{
    components::{
        difference::difference,
        error_view::{error_view, problem},
        head::Head,
        query::{ask, loaded},
        when::{When, written},
    },
    islands::copy::CopyButton,
    page::{Page, Sheet},
    pages::parameter,
    paths,
    schema::types::SeenTypes,
    server_fns::database::{Types, types_of},
    ui::{
        Button, ButtonLink, ChangeCard, Icon, Mark, Notice, Shape, TextField, Tone,
        lines::{Code, Line, Row, lines},
    },
};

pub const PAGE: Page = Page {
    route: "/projects/:ref/database/types",
    title: "TypeScript types",
    icon: Icon::Braces,
    group: None,
    parent: Some(&super::tools::PAGE),
    operation: Some(OperationId::GenerateTypescriptTypes),
    sheet: Some(Sheet::Run),
    view: || view! { <TypescriptTypes/> }.into_any(),
};

/// In the address: a schema; there may be several.
pub const SCHEMA: &str = "schema";

/// Lines that are shown; a large database has many thousands, which the file holds.
const SHOWN: usize = 1_000;
/// So many bytes are held ready to be copied.
const COPIED: usize = 200_000;

/// The schemas that the address names.
pub fn chosen() -> Vec<String> {
    let all = use_query_map().with_untracked(|query| query.get_all(SCHEMA).unwrap_or_default());
    let each = all.iter().flat_map(|text| text.split(',')).map(str::trim);
    each.filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

#[component]
pub fn TypescriptTypes() -> impl IntoView {
    let (project, schemas) = (parameter("ref"), chosen());
    let read = {
        let (project, schemas) = (project.clone(), schemas.clone());
        ask(move || types_of(project.clone(), schemas.clone()))
    };
    let file = paths::types_file(&project, &schemas);
    view! {
        <Head
            page=&PAGE
            hint="Of tables, views, functions and enums, made from the database as it is now."
            actions=move || view! { <ButtonLink href=file icon=Icon::Download>"Download"</ButtonLink> }
        />
        {loaded("types", read, Shape::Rows, move |all| drawn(&project, &schemas, all))}
    }
}

fn drawn(project: &str, chosen: &[String], all: Types) -> AnyView {
    let picker = picker(project, chosen, &all);
    let changed = match all.seen {
        Ok(Some(seen)) => Some(changed(seen)),
        Ok(None) => None,
        Err(error) => {
            let title = "What has changed is not known";
            Some(view! { <Notice tone=Tone::Warning title>{error.to_string()}</Notice> }.into_any())
        }
    };
    let types = match all.types {
        Ok(types) => shown(types),
        Err(error) => error_view(error),
    };
    view! { <div class="stack">{picker} {changed} {types}</div> }.into_any()
}

fn picker(project: &str, chosen: &[String], all: &Types) -> AnyView {
    let action = paths::types(project);
    let ticked = |name: &str| chosen.iter().any(|one| one == name) || (chosen.is_empty() && name == "public");
    let field = match &all.schemas {
        Ok(names) => {
            let ticks: Vec<_> = names
                .iter()
                .map(|name| {
                    view! {
                        <label class="tick"><input type="checkbox" name=SCHEMA value=name.clone() checked=ticked(name)/><span><code>{name.clone()}</code></span></label>
                    }
                })
                .collect();
            view! { <fieldset class="ticks"><legend>"Schemas"</legend>{ticks}</fieldset> }.into_any()
        }
        Err(error) => {
            let value = match chosen {
                [] => "public".to_owned(),
                some => some.join(", "),
            };
            let hint = format!(
                "With commas between them. Which there are is not known: {}",
                problem(error).text
            );
            view! { <TextField name=SCHEMA label="Schemas" value hint required=true mono=true/> }.into_any()
        }
    };
    view! {
        <form class="check check-line" method="get" action=action>
            {field}
            <div class="form-actions"><Button submit=true icon=Icon::Refresh>"Make the types"</Button></div>
        </form>
    }
    .into_any()
}

/// What has changed since somebody looked. Steward keeps the text as it was: Supabase tells only how it is now.
fn changed(seen: SeenTypes) -> AnyView {
    let moment = |at: i64| {
        let at = OffsetDateTime::from_unix_timestamp(at).map(written).unwrap_or_default();
        view! { <When at/> }
    };
    let Some(change) = seen.change else {
        return view! { <p class="hint">"No change since "{moment(seen.first)}", when these schemas were looked at here first."</p> }
            .into_any();
    };
    let (delta, rows) = difference(&change.before, &seen.text);
    let drawn = lines(Code::Diff, "What has changed in the types", rows);
    view! {
        <section class="part" aria-labelledby="changed">
            <div class="part-head">
                <h2 id="changed">"The latest change"</h2>
                <p class="hint">"Between the looks of "{moment(change.after_look)}" and "{moment(change.by_look)}"."</p>
            </div>
            <ChangeCard id="types-change" mark=Mark::Changed name="database.types.ts" kind="file" delta open=true>{drawn}</ChangeCard>
        </section>
    }
    .into_any()
}

/// The text with its number of lines, and how it is taken elsewhere.
fn shown(text: String) -> AnyView {
    let count = text.lines().count();
    let row = |(at, text): (usize, &str)| Row::Line(Line::plain(at + 1, text));
    let rows = text.lines().take(SHOWN).enumerate().map(row).collect();
    let more = (count > SHOWN).then(|| {
        let why = format!("The first {SHOWN} of {count} lines are shown. The file holds all.");
        view! { <Notice tone=Tone::Info title="There is more">{why}</Notice> }
    });
    let drawn = lines(Code::Plain, "TypeScript types", rows);
    let copy = (text.len() <= COPIED).then(|| view! { <CopyButton value=text what="TypeScript types".to_owned()/> });
    view! {
        <section class="part" aria-labelledby="types">
            <div class="part-head"><h2 id="types">"database.types.ts"</h2><p class="hint">{format!("{count} lines")} " " {copy}</p></div>
            {more}
            {drawn}
        </section>
    }
    .into_any()
}
