//! A project beside its baseline: what differs, since when and by whom; to be undone or accepted.

use leptos::prelude::*;

use crate::{
    components::{
        head::Head,
        module::Module,
        plan::{gone, named, planned},
        query::{ask, loaded},
        settings::{
            document::{left_out, nothing},
            drift::{drifted, no_baseline},
            outcome, review,
        },
    },
    page::{Group, Page, Sheet},
    pages::{parameter, projects},
    plan::Phase,
    server_fns::drift::drift_of,
    ui::{Icon, Shape},
};

pub const PAGE: Page = Page {
    route: "/projects/:ref/drift",
    title: "Drift",
    icon: Icon::Different,
    group: Some(Group::Top),
    parent: Some(&projects::overview::PAGE),
    operation: None,
    sheet: Some(Sheet::Settings),
    view: || view! { <DriftPage/> }.into_any(),
};

#[component]
pub fn DriftPage() -> impl IntoView {
    let project = parameter("ref");
    let content = match named() {
        Some(id) => loaded("plan", planned(id.clone()), Shape::Form, move |plan| match plan {
            None => gone(),
            Some(plan) if plan.phase == Phase::Ended => {
                view! { {outcome::outcome(&id, &plan)} {left_out(&plan)} }.into_any()
            }
            Some(plan) if plan.steps.is_empty() => view! { {nothing()} {left_out(&plan)} }.into_any(),
            Some(plan) => view! { {review::review(&id, &plan)} {left_out(&plan)} }.into_any(),
        }),
        None => {
            let of = project.clone();
            let now = ask(move || drift_of(of.clone()));
            loaded("drift", now, Shape::Rows, move |now| match now {
                None => no_baseline(&project),
                Some(now) => drifted(&project, now),
            })
        }
    };
    view! {
        <Head page=&PAGE hint="What differs from the configuration that somebody has decided on. Baselines are Steward\u{2019}s own; Supabase knows none."/>
        {content}
        <Module name="settings"/>
    }
}
