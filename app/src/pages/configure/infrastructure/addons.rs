//! Add-ons: what a project has beside its plan, what there is to be had, and what each costs.

use leptos::prelude::*;
use management_api::{
    OperationId,
    billing::{AddonVariant, Addons, ListAddons},
};

use super::overview;
use crate::{
    components::{
        head::Head,
        list::{List, RowAction},
        operation_form::Thing,
        query::{loaded, query},
    },
    form::{Form, Kind},
    page::{Page, Sheet},
    pages::parameter,
    paths,
    server_fns::infrastructure::{COMPUTE, difference, dollars, monthly, selected},
    ui::{Badge, Empty, Icon, Shape, Tone},
};

pub const PAGE: Page = Page {
    route: "/projects/:ref/settings/infrastructure/add-ons",
    title: "Add-ons",
    icon: Icon::Plus,
    group: None,
    parent: Some(&overview::PAGE),
    operation: Some(OperationId::ListAddons),
    sheet: Some(Sheet::Configure),
    view: || view! { <ProjectAddons/> }.into_any(),
};

#[component]
pub fn ProjectAddons() -> impl IntoView {
    let project = parameter("ref");
    let addons = query(ListAddons {
        project: project.clone(),
    });
    view! {
        <Head page=&PAGE hint="What is paid beside the plan. Prices are what Supabase lists for this project, in US dollars."/>
        {loaded("add-ons", addons, Shape::Rows, move |addons| drawn(&project, &addons))}
    }
}

/// One choice of an add-on.
struct Row {
    /// The add-on's word and name.
    kind: String,
    title: String,
    variant: AddonVariant,
    on: bool,
    /// Whether another choice of the same add-on is on.
    other: bool,
    against: f64,
}

fn rows(addons: &Addons) -> Vec<Row> {
    let mut rows = Vec::new();
    for kind in &addons.available {
        let now = selected(addons, &kind.kind);
        let paid = now.map(|variant| monthly(&variant.price)).unwrap_or_default();
        // Of compute sizes only the present one: the others have a page.
        let shown = |variant: &&AddonVariant| kind.kind != COMPUTE || now.is_some_and(|now| now.id == variant.id);
        rows.extend(kind.variants.iter().filter(shown).map(|variant| {
            let on = now.is_some_and(|now| now.id == variant.id);
            let costs = monthly(&variant.price);
            Row {
                kind: kind.kind.clone(),
                title: kind.name.clone(),
                variant: variant.clone(),
                on,
                other: now.is_some() && !on,
                against: if on { -costs } else { costs - paid },
            }
        }));
    }
    // What the project has and is no longer offered.
    let offered = |id: &str| {
        addons
            .available
            .iter()
            .any(|kind| kind.variants.iter().any(|one| one.id == id))
    };
    rows.extend(
        addons
            .selected
            .iter()
            .filter(|one| !offered(&one.variant.id))
            .map(|one| Row {
                kind: one.kind.clone(),
                title: one.kind.replace('_', " "),
                variant: one.variant.clone(),
                on: true,
                other: false,
                against: -monthly(&one.variant.price),
            }),
    );
    rows
}

/// Whether the operation takes this variant.
fn can_be_applied(id: &str) -> bool {
    let field = Form::of(OperationId::ApplyAddon).field("addon_variant");
    field.is_some_and(|field| matches!(&field.kind, Kind::Choice(words) if words.iter().any(|word| word == id)))
}

fn drawn(project: &str, addons: &Addons) -> AnyView {
    let paid: f64 = addons.selected.iter().map(|one| monthly(&one.variant.price)).sum();
    let of = project.to_owned();
    let list = List::new(("add-on", "add-ons"), paths::addons(project), |row: &Row| row.variant.id.clone())
        .group(|row| row.title.clone())
        .column("Choice", |row| {
            let only = row.variant.name == row.title;
            let name = if only { row.title.clone() } else { row.variant.name.replace('_', " ") };
            view! { {name} " " <code class="quiet">{row.variant.id.clone()}</code> }
        })
        .column("State", |row| match row.on {
            true => view! { <Badge plain=true tone=Tone::Success icon=Icon::CheckCircle word="On"/> }.into_any(),
            false if can_be_applied(&row.variant.id) => "Off".into_any(),
            false => "Off; turned on in its own settings".into_any(),
        })
        .column("Price", |row| row.variant.price.description.clone())
        .number("A month", |row| dollars(monthly(&row.variant.price)))
        .number("If changed", |row| difference(row.against))
        .actions(move |row| actions(&of, row))
        .note(move || {
            view! { <p class="hint">{format!("All that is on comes to about {} a month.", dollars(paid))}</p> }
        })
        .empty(|| view! {
            <Empty icon=Icon::Plus title="No add-ons" sentence="Supabase offers none for this project. Its plan may be why."/>
        });
    list.draw(rows(addons))
}

fn actions(project: &str, row: &Row) -> Vec<RowAction> {
    let variant = row.variant.id.clone();
    let of = format!("{}, {}", row.variant.name, row.variant.price.description);
    if row.on {
        return vec![RowAction {
            operation: OperationId::RemoveAddon,
            label: if row.kind == COMPUTE {
                "Back to the size before"
            } else {
                "Remove"
            },
            of,
            fields: vec![("ref", project.to_owned()), ("addon_variant", variant.clone())],
            thing: Some(Thing::Named(variant)),
        }];
    }
    if !can_be_applied(&variant) {
        return Vec::new();
    }
    vec![RowAction {
        operation: OperationId::ApplyAddon,
        label: if row.other { "Change to this" } else { "Add" },
        of,
        fields: vec![
            ("ref", project.to_owned()),
            ("addon_type", row.kind.clone()),
            ("addon_variant", variant),
        ],
        thing: None,
    }]
}
