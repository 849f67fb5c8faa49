//! The migrations of a project beside those of another one or of a branch: only here, only there, or under one version or
//! name with another text.

use leptos::prelude::*;
use management_api::OperationId;

use super::shown;
use crate::{
    components::{
        head::Head,
        query::{ask, loaded},
    },
    islands::filter::FilterForm,
    page::{Page, Sheet},
    pages::{choice, configure::compare_two::choices, parameter},
    paths,
    server_fns::{
        migrations::{OPENED, Pair, compared},
        settings::comparables,
    },
    ui::{Empty, Icon, Mark, MarkBadge, SelectField, Shape},
};

pub const PAGE: Page = Page {
    route: "/projects/:ref/migrations/compare",
    title: "Compare migrations",
    icon: Icon::Moved,
    group: None,
    parent: Some(&super::list::PAGE),
    operation: Some(OperationId::ListMigrations),
    sheet: Some(Sheet::Run),
    view: || view! { <CompareMigrations/> }.into_any(),
};

/// In the address: what it is compared with.
const WITH: &str = "with";

#[component]
pub fn CompareMigrations() -> impl IntoView {
    let (project, with) = (parameter("ref"), choice(WITH));
    let offered = {
        let project = project.clone();
        ask(move || comparables(project.clone()))
    };
    let (of, asked, action) = (project.clone(), with.clone(), paths::compare_migrations(&project, ""));
    let offer = loaded("projects", offered, Shape::Line, move |all| {
        let all: Vec<_> = all.into_iter().filter(|one| one.reference != of).collect();
        let choices = choices(&all, &asked);
        view! {
            <FilterForm action>
                <SelectField name=WITH label="Compare with" choices value=asked/>
            </FilterForm>
        }
        .into_any()
    });
    let pairs = if with.is_empty() {
        view! {
            <div data-region="pairs">
                <Empty icon=Icon::Moved title="Choose a project or a branch" sentence="Its history is read beside this one, and what differs is shown."/>
            </div>
        }
        .into_any()
    } else {
        let other = with.clone();
        let one = project.clone();
        let read = ask(move || compared(one.clone(), other.clone()));
        loaded("pairs", read, Shape::Rows, move |pairs| drawn(&project, &with, &pairs))
    };
    view! {
        <Head page=&PAGE hint="Migrations go together by their version, and then by a name that each side has once."/>
        {offer}
        {pairs}
    }
}

fn drawn(project: &str, with: &str, pairs: &[Pair]) -> AnyView {
    if pairs.is_empty() {
        return view! { <Empty icon=Icon::Layers title="No migrations yet" sentence="Neither side has run one."/> }
            .into_any();
    }
    let both = pairs.iter().filter(|pair| pair.here.is_some() && pair.there.is_some());
    let not_looked_at = both.filter(|pair| !pair.looked_at).count();
    let differ = pairs.iter().filter(|pair| mark(pair).0 != Mark::Same).count();
    let left = (not_looked_at > 0).then(|| {
        let most = OPENED / 2;
        format!(" The texts of {not_looked_at} were not compared: those of the newest {most} are.")
    });
    let rows: Vec<_> = pairs.iter().map(|pair| row(project, with, pair)).collect();
    view! {
        <p class="list-summary" role="status">{format!("{differ} differ, {} are on both sides.", pairs.len() - differ)} {left}</p>
        <ul class="migrations" aria-label="Migrations">{rows}</ul>
    }
    .into_any()
}

fn mark(pair: &Pair) -> (Mark, &'static str) {
    match (&pair.here, &pair.there, &pair.texts) {
        (Some(_), None, _) => (Mark::Added, "Only here"),
        (None, _, _) => (Mark::Removed, "Only there"),
        (Some(_), Some(_), Some(_)) => (Mark::Changed, "Other text"),
        (Some(_), Some(_), None) => (Mark::Same, "On both"),
    }
}

fn row(project: &str, with: &str, pair: &Pair) -> AnyView {
    let (mark, word) = mark(pair);
    let link = |of: &str, version: &Option<String>| {
        version.clone().map(|version| {
            let href = paths::migration(of, &version);
            view! { <a class="link" href=href><code>{version}</code></a> }
        })
    };
    let (here, there) = (link(project, &pair.here), link(with, &pair.there));
    let same = pair.here == pair.there;
    let there = there
        .filter(|_| !same)
        .map(|there| view! { <span class="quiet">"there "</span> {there} });
    let texts = pair.texts.as_ref().map(|(here, there)| {
        view! {
            <details class="more-of">
                <summary>"Both texts"</summary>
                <div class="columns"><div><h3>"Here"</h3>{shown("Here", here)}</div><div><h3>"There"</h3>{shown("There", there)}</div></div>
            </details>
        }
    });
    view! {
        <li data-mark=mark.as_str()>
            <MarkBadge mark word/>
            {here}
            {there}
            <bdi class="migration-name">{pair.name.clone()}</bdi>
            {texts}
        </li>
    }
    .into_any()
}
