//! Two projects' configurations side by side: only what differs, and what of it is to be taken over.

use leptos::prelude::*;
use management_api::projects::ListProjects;

use crate::{
    components::{
        head::Head,
        module::Module,
        plan::{gone, named, planned},
        query::{ask, loaded, query},
        settings::{compared::differences, outcome, review},
    },
    islands::filter::FilterForm,
    page::{Group, Page, Sheet},
    pages::{choice, parameter, projects},
    paths,
    plan::Phase,
    server_fns::settings::compared,
    ui::{Choice, Empty, Icon, SelectField, Shape},
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
            Some(plan) if plan.phase == Phase::Ended => outcome::outcome(&id, &plan),
            Some(plan) => review::review(&id, &plan),
        }),
        None => chosen(project, with),
    };
    view! {
        <Head page=&PAGE hint="Settings that differ between this project and another. Secrets cannot be compared by their values."/>
        {content}
        <Module name="settings"/>
    }
}

fn chosen(project: String, with: String) -> AnyView {
    let action = paths::compare(&project, "");
    let (of, asked) = (project.clone(), with.clone());
    let offer = loaded("projects", query(ListProjects {}), Shape::Line, move |all| {
        let other = all.into_iter().filter(|one| one.reference != of);
        let choices = other.map(|one| Choice::new(one.reference, one.name));
        let choices = std::iter::once(Choice::new("", "Choose\u{2026}"))
            .chain(choices)
            .collect();
        view! {
            <FilterForm action>
                <SelectField name="with" label="Compare with" choices value=asked/>
            </FilterForm>
        }
        .into_any()
    });
    if with.is_empty() {
        return view! {
            {offer}
            <div data-region="pairs">
                <Empty icon=Icon::Moved title="Choose a project" sentence="Its settings are read beside those of this one, and what differs is shown."/>
            </div>
        }
        .into_any();
    }
    let (one, other) = (project.clone(), with.clone());
    let pairs = ask(move || compared(one.clone(), other.clone()));
    view! {
        {offer}
        {loaded("pairs", pairs, Shape::Rows, move |pairs| differences(&project, &with, pairs))}
    }
    .into_any()
}
