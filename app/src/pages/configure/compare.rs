//! Two projects' configurations side by side: only what differs, and what of it is to be taken over.

use leptos::prelude::*;

use super::compare_two::{choices, parts};
use crate::{
    components::{
        head::Head,
        module::Module,
        plan::{gone, named, planned},
        query::{ask, loaded},
        settings::{
            compared::differences,
            document::{left_out, nothing},
            outcome, review,
        },
    },
    islands::filter::FilterForm,
    page::{Group, Page, Sheet},
    pages::{choice, parameter, projects},
    paths,
    plan::Phase,
    server_fns::settings::{comparables, compared},
    ui::{ButtonLink, Empty, Icon, SelectField, Shape},
};

pub const PAGE: Page = Page {
    route: "/projects/:ref/compare",
    title: "Compare",
    icon: Icon::Moved,
    group: Some(Group::Top),
    parent: Some(&projects::overview::PAGE),
    operation: None,
    sheet: Some(Sheet::Settings),
    view: || view! { <Compare/> }.into_any(),
};

#[component]
pub fn Compare() -> impl IntoView {
    let project = parameter("ref");
    let with = choice("with");
    let content = match named() {
        Some(id) => loaded("plan", planned(id.clone()), Shape::Form, move |plan| match plan {
            None => gone(),
            Some(plan) if plan.phase == Phase::Ended => {
                view! { {outcome::outcome(&id, &plan)} {left_out(&plan)} }.into_any()
            }
            Some(plan) if plan.steps.is_empty() => view! { {nothing()} {left_out(&plan)} }.into_any(),
            Some(plan) => view! { {review::review(&id, &plan)} {left_out(&plan)} }.into_any(),
        }),
        None => chosen(project, with),
    };
    view! {
        <Head page=&PAGE hint="What differs between this project and another: settings, and secrets, functions and keys as far as digests and names tell them apart."/>
        {content}
        <Module name="settings"/>
    }
}

fn chosen(project: String, with: String) -> AnyView {
    let action = paths::compare(&project, "");
    let (of, asked) = (project.clone(), with.clone());
    let offered = {
        let project = project.clone();
        ask(move || comparables(project.clone()))
    };
    let offer = loaded("projects", offered, Shape::Line, move |all| {
        let all: Vec<_> = all.into_iter().filter(|one| one.reference != of).collect();
        let choices = choices(&all, &asked);
        view! {
            <FilterForm action>
                <SelectField name="with" label="Compare with" choices value=asked/>
            </FilterForm>
        }
        .into_any()
    });
    let share = (!with.is_empty()).then(|| {
        let href = paths::compare_two(&project, &with);
        view! { <p class="hint"><a class="link" href=href>"An address of this comparison to share"</a></p> }
    });
    let document = paths::configuration(&project);
    if with.is_empty() {
        return view! {
            {offer}
            <div data-region="pairs">
                <Empty icon=Icon::Moved title="Choose a project" sentence="Its settings are read beside those of this one, and what differs is shown.">
                    <ButtonLink href=document>"Compare with a document"</ButtonLink>
                </Empty>
            </div>
        }
        .into_any();
    }
    let (one, other) = (project.clone(), with.clone());
    let pairs = ask(move || compared(one.clone(), other.clone()));
    let parts = parts(&project, &with);
    view! {
        {offer}
        {loaded("pairs", pairs, Shape::Rows, move |pairs| view! { {share} {differences(&project, &with, pairs)} }.into_any())}
        {parts}
    }
    .into_any()
}
