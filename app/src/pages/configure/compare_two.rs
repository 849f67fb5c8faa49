//! Any two projects' configurations side by side, at an address that can be shared.

use leptos::prelude::*;

use crate::{
    components::{
        head::Head,
        module::Module,
        query::{ask, loaded},
        settings::{beside::beside, compared::differences},
    },
    islands::filter::FilterForm,
    page::{Group, Page, Sheet},
    pages::choice,
    paths,
    server_fns::settings::{Comparable, comparables, compared, parts_compared},
    ui::{Choice, Empty, Icon, SelectField, Shape},
};

pub const PAGE: Page = Page {
    route: "/compare",
    title: "Compare",
    icon: Icon::Moved,
    group: Some(Group::Across),
    parent: Some(&crate::pages::projects::list::PAGE),
    operation: None,
    sheet: Some(Sheet::Settings),
    view: || view! { <CompareTwo/> }.into_any(),
};

#[component]
pub fn CompareTwo() -> impl IntoView {
    let (one, other) = (choice("a"), choice("b"));
    let offered = {
        let project = one.clone();
        ask(move || comparables(project.clone()))
    };
    let (here, there) = (one.clone(), other.clone());
    let offer = loaded("projects", offered, Shape::Line, move |all| {
        view! {
            <FilterForm action=paths::COMPARE.to_owned()>
                <SelectField name="a" label="Change" choices=choices(&all, &here) value=here/>
                <SelectField name="b" label="Take values from" choices=choices(&all, &there) value=there/>
            </FilterForm>
        }
        .into_any()
    });
    view! {
        <Head page=&PAGE hint="What differs between two projects, or between a branch and its production. The address can be shared; everyone sees in it what they may see."/>
        {offer}
        {pairs(one, other)}
        <Module name="settings"/>
    }
}

/// Whatever the address names is one of the choices, even where it is not (any more) in the list.
pub(in crate::pages) fn choices(all: &[Comparable], chosen: &str) -> Vec<Choice> {
    let one = |one: &Comparable| Choice::new(one.reference.as_str(), one.name.as_str());
    let mut choices = vec![Choice::new("", "Choose\u{2026}")];
    if !chosen.is_empty() && all.iter().all(|one| one.reference != chosen) {
        choices.push(Choice::new(chosen, crate::backend::name_of(chosen)));
    }
    choices.extend(all.iter().map(one));
    choices
}

fn pairs(one: String, other: String) -> AnyView {
    let nothing = |title: &'static str, sentence: &'static str| {
        view! { <div data-region="pairs"><Empty icon=Icon::Moved title sentence/></div> }.into_any()
    };
    if one.is_empty() || other.is_empty() {
        return nothing(
            "Choose two projects",
            "Their settings are read side by side, and what differs is shown.",
        );
    }
    if one == other {
        return nothing("This is one project", "Choose another one to compare it with.");
    }
    let (a, b) = (one.clone(), other.clone());
    let read = ask(move || compared(a.clone(), b.clone()));
    let parts = parts(&one, &other);
    let settings = loaded("pairs", read, Shape::Rows, move |pairs| {
        differences(&one, &other, pairs)
    });
    view! { {settings} {parts} }.into_any()
}

/// What two projects have beside their settings.
pub(in crate::pages) fn parts(one: &str, other: &str) -> AnyView {
    let (one, other) = (one.to_owned(), other.to_owned());
    let (a, b) = (one.clone(), other.clone());
    let read = ask(move || parts_compared(a.clone(), b.clone()));
    loaded("beside", read, Shape::Rows, move |pairs| beside(&one, &other, pairs))
}
