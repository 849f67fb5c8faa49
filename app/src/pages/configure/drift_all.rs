//! Baselines of all projects: where something differs, the worst first. Nothing is read for it: it is what the last
//! readings told.

use leptos::prelude::*;
use management_api::OperationId;

use crate::{
    components::{
        head::Head,
        list::{List, Segment},
        query::{ask, loaded},
        settings::drift::{badge, moment},
        when::When,
    },
    page::{Group, Page, Sheet},
    paths,
    server_fns::drift::{ProjectDrift, drift_everywhere},
    settings::baseline::Reading,
    ui::{Badge, Choice, Icon, Shape, Tone, row_link},
};

pub const PAGE: Page = Page {
    route: "/drift",
    title: "Drift",
    icon: Icon::Different,
    group: Some(Group::Across),
    parent: Some(&crate::pages::projects::list::PAGE),
    operation: Some(OperationId::ListProjects),
    sheet: Some(Sheet::Settings),
    view: || view! { <DriftOfAll/> }.into_any(),
};

#[component]
pub fn DriftOfAll() -> impl IntoView {
    let all = ask(drift_everywhere);
    view! {
        <Head page=&PAGE hint="What differs from each project\u{2019}s baseline, worst first, as it stood when the project was last read."/>
        {loaded("drifts", all, Shape::Rows, |all| list().draw(all))}
    }
}

fn reading(row: &ProjectDrift) -> Option<&Reading> {
    row.baseline.as_ref().map(|kept| &kept.reading)
}

fn list() -> List<ProjectDrift> {
    List::new(("project", "projects"), paths::DRIFT, |row: &ProjectDrift| {
        row.reference.clone()
    })
    .segments(
        "show",
        vec![
            Segment {
                word: "differ",
                label: "Differ",
                fits: |row| reading(row).is_some_and(|one| !one.drifts.is_empty()),
            },
            Segment {
                word: "weaker",
                label: "Weaker security",
                fits: |row| reading(row).is_some_and(|one| one.weaker() > 0),
            },
            Segment {
                word: "none",
                label: "No baseline",
                fits: |row| row.baseline.is_none(),
            },
        ],
    )
    .search("Search projects", |row| vec![row.name.clone(), row.reference.clone()])
    .filter("organization", "Organization", |row| {
        Choice::new(&*row.organization, crate::backend::name_of(&row.organization))
    })
    .order("worst", "Worst first", |a, b| {
        a.rank()
            .cmp(&b.rank())
            .then_with(|| a.name.to_lowercase().cmp(&b.name.to_lowercase()))
    })
    .order("name", "Sort by name", |a, b| {
        a.name.to_lowercase().cmp(&b.name.to_lowercase())
    })
    .column("Project", |row| row_link(&paths::drift(&row.reference), &row.name))
    .column("Differs", |row| match reading(row) {
        Some(reading) => badge(reading.drifts.len(), reading.weaker()),
        None => view! { <Badge tone=Tone::Neutral icon=Icon::Missing word="No baseline" plain=true/> }.into_any(),
    })
    .column("Where", |row| {
        let chips = reading(row).map(Reading::by_area).unwrap_or_default();
        let chip = |(title, all, weaker): (&'static str, usize, usize)| {
            view! { <span class="chip" data-weaker=weaker.gt(&0)>{title} " " <b>{all}</b></span> }
        };
        (!chips.is_empty()).then(|| view! { <span class="chips">{chips.into_iter().map(chip).collect_view()}</span> })
    })
    .column("Newest difference", |row| {
        let newest = reading(row).and_then(|reading| reading.drifts.iter().max_by_key(|drift| drift.by).cloned());
        newest.and_then(|drift| {
            let (_, name) = drift.names()?;
            Some(view! { <div><bdi>{name}</bdi> <p class="hint">"seen " <When at=moment(drift.by)/></p></div> })
        })
    })
    .column("Baseline", |row| {
        row.baseline.as_ref().map(|kept| {
            let name = kept.name.clone();
            view! { <div><bdi>{name}</bdi> <p class="hint"><When at=moment(kept.set_at)/></p></div> }
        })
    })
    .column("Read", |row| {
        row.baseline.as_ref().map(|kept| {
            let how = match (&kept.checks, &kept.ended) {
                (Some(checks), _) if checks.every_hours == 1 => "every hour".to_owned(),
                (Some(checks), _) => format!("every {} hours", checks.every_hours),
                (None, Some(_)) => "checks have ended".to_owned(),
                (None, None) => "when somebody looks".to_owned(),
            };
            view! { <div><When at=moment(kept.reading.at)/> <p class="hint">{how}</p></div> }
        })
    })
}
