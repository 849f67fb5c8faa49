//! What the database holds: tables, views, functions, types and extensions, with sizes and what guards them.

use std::cmp::Reverse;

use leptos::prelude::*;
use management_api::OperationId;

use crate::{
    components::{
        head::Head,
        list::{List, Segment},
        query::{ask, loaded},
    },
    page::{Page, Sheet},
    pages::{choice, parameter},
    paths,
    server_fns::schema::{SchemaObject, schema_of},
    ui::{Badge, ButtonLink, Choice, Empty, Icon, Shape, Tone, capital, chart::grouped},
};

pub const PAGE: Page = Page {
    route: "/projects/:ref/database/schema",
    title: "Schema",
    icon: Icon::Layers,
    group: None,
    parent: Some(&super::tools::PAGE),
    operation: Some(OperationId::RunReadOnlyQuery),
    sheet: Some(Sheet::Run),
    view: || view! { <Schema/> }.into_any(),
};

/// In the address: whether Supabase's own schemas are shown as well.
const ALL: &str = "all";

#[component]
pub fn Schema() -> impl IntoView {
    let project = parameter("ref");
    let read = {
        let project = project.clone();
        ask(move || schema_of(project.clone()))
    };
    view! {
        <Head page=&PAGE hint="Read from the database\u{2019}s catalogue by a query that only reads. Rows are estimates of the planner\u{2019}s."/>
        {loaded("schema", read, Shape::Rows, move |objects| drawn(&project, objects))}
    }
}

fn drawn(project: &str, mut objects: Vec<SchemaObject>) -> AnyView {
    let all = !choice(ALL).is_empty();
    let own = objects.iter().filter(|object| object.is_internal()).count();
    let href = match all {
        true => paths::schema(project),
        false => format!("{}?{ALL}=yes", paths::schema(project)),
    };
    if !all {
        objects.retain(|object| !object.is_internal());
    }
    let note = move || {
        let label = if all {
            "Leave out Supabase\u{2019}s own".to_owned()
        } else {
            format!("Show {own} more of Supabase\u{2019}s own schemas")
        };
        (own > 0).then(|| view! { <p class="hint"><a class="link" href=href>{label}</a></p> })
    };
    let hidden = move || all.then(|| view! { <input type="hidden" name=ALL value="yes"/> });
    list(project).more([ALL], hidden).note(note).draw(objects)
}

/// Bytes for people.
pub(super) fn bytes(count: i64) -> String {
    let units = ["B", "kB", "MB", "GB", "TB"];
    let mut value = count as f64;
    let mut unit = 0;
    while value >= 1_000.0 && unit + 1 < units.len() {
        value /= 1_000.0;
        unit += 1;
    }
    match units.get(unit) {
        Some(name) if value < 10.0 && unit > 0 => format!("{value:.1} {name}"),
        Some(name) => format!("{value:.0} {name}"),
        None => String::new(),
    }
}

/// What guards a table's rows; nothing of what has none.
pub(super) fn guard(object: &SchemaObject) -> Option<AnyView> {
    let on = object.rls?;
    let (tone, icon, word) = match (on, object.policies) {
        (false, 0) => (Tone::Warning, Icon::Warning, "Off".to_owned()),
        (false, count) => (Tone::Error, Icon::Error, format!("Off, {count} policies wait")),
        (true, 0) => (Tone::Neutral, Icon::Lock, "On, no policy".to_owned()),
        (true, 1) => (Tone::Success, Icon::Shield, "On, 1 policy".to_owned()),
        (true, count) => (Tone::Success, Icon::Shield, format!("On, {count} policies")),
    };
    Some(view! { <Badge plain=true tone icon word/> }.into_any())
}

fn is_of(kind: &'static str) -> impl Fn(&SchemaObject) -> bool {
    move |object| object.kind == kind
}

fn list(project: &str) -> List<SchemaObject> {
    let of = project.to_owned();
    let unknown = || "\u{2014}".to_owned();
    List::new(("object", "objects"), paths::schema(project), |object: &SchemaObject| {
        format!("{}.{}.{}.{}", object.schema, object.name, object.kind, object.detail)
    })
    .segments(
        "kind",
        vec![
            Segment {
                word: "tables",
                label: "Tables",
                fits: |object| is_of("table")(object),
            },
            Segment {
                word: "views",
                label: "Views",
                fits: |object| is_of("view")(object),
            },
            Segment {
                word: "functions",
                label: "Functions",
                fits: |object| is_of("function")(object),
            },
            Segment {
                word: "types",
                label: "Types",
                fits: |object| is_of("type")(object),
            },
            Segment {
                word: "extensions",
                label: "Extensions",
                fits: |object| is_of("extension")(object),
            },
        ],
    )
    .search("Search by name", |object| {
        vec![format!("{}.{}", object.schema, object.name), object.detail.clone()]
    })
    .filter("schema", "Schema", |object| Choice::new(&*object.schema, &*object.schema))
    .order("name", "Sort by name", |a, b| (&a.schema, &a.name).cmp(&(&b.schema, &b.name)))
    .order("size", "The largest first", |a, b| Reverse(a.bytes).cmp(&Reverse(b.bytes)))
    .order("rows", "Most rows first", |a, b| Reverse(a.rows).cmp(&Reverse(b.rows)))
    .column("Name", move |object| {
        let name = view! { <code class="wrap"><span class="quiet">{object.schema.clone()} "."</span>{object.name.clone()}</code> };
        match object.kind.as_str() {
            "table" | "view" => {
                let href = paths::table(&of, &object.schema, &object.name);
                view! { <a class="row-link" href=href>{name}</a> }.into_any()
            }
            _ => name.into_any(),
        }
    })
    .column("Kind", |object| match (object.kind.as_str(), object.detail.as_str()) {
        ("function", arguments) => view! { <span>"Function " <code class="quiet wrap">"(" {arguments.to_owned()} ")"</code></span> }.into_any(),
        ("type", values) => view! { <span>"Type " <code class="quiet wrap">{values.to_owned()}</code></span> }.into_any(),
        ("extension", version) => view! { <span>"Extension " <code class="quiet">{version.to_owned()}</code></span> }.into_any(),
        (kind, "") => capital(kind).into_any(),
        (kind, detail) => format!("{} {kind}", capital(detail)).into_any(),
    })
    .column("Row level security", guard)
    .number("Rows, about", move |object| object.rows.map_or_else(unknown, |rows| grouped(rows as f64)))
    .number("Size", move |object| object.bytes.map_or_else(unknown, bytes))
    .empty(|| {
        view! {
            <Empty icon=Icon::Layers title="Nothing of your own yet" sentence="Tables, views, functions, types and extensions stand here once there are some.">
                <ButtonLink href="?all=yes">"Show Supabase\u{2019}s own schemas"</ButtonLink>
            </Empty>
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_told_in_units() {
        for (count, said) in [
            (0, "0 B"),
            (999, "999 B"),
            (8_192, "8.2 kB"),
            (412_000_000, "412 MB"),
            (1_500_000_000, "1.5 GB"),
        ] {
            assert_eq!(bytes(count), said);
        }
    }
}
