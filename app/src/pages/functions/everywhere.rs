//! The same function in the person's other projects: which of them run the same bundle, which another, which none.

use std::collections::BTreeMap;

use leptos::prelude::*;
use management_api::OperationId;

use super::{jwt, list::Digest, reference, slug};
use crate::{
    components::{
        head::Head,
        list::{List, PickAction},
        plan::PlanPanel,
        query::{ask, loaded},
        when::{To, When},
    },
    page::{Page, Sheet},
    pages::left_out,
    paths,
    plan::{functions::SLUG, secrets_across::TO},
    server_fns::functions::{Elsewhere, Everywhere, PROJECTS, function_everywhere},
    ui::{Badge, ButtonLink, Choice, Empty, Icon, Shape, Tone, alphabetical, row_link},
};

/// It makes a call for each project, [`PROJECTS`] at most, since the API knows functions project by project.
pub const PAGE: Page = Page {
    route: "/projects/:ref/functions/:slug/everywhere",
    title: "Same everywhere?",
    icon: Icon::Layers,
    group: None,
    parent: Some(&super::detail::PAGE),
    operation: Some(OperationId::GetFunction),
    sheet: Some(Sheet::Build),
    view: || view! { <EverywherePage/> }.into_any(),
};

#[component]
pub fn EverywherePage() -> impl IntoView {
    let (project, slug) = (reference(), slug());
    let all = {
        let slug = slug.clone();
        ask(move || function_everywhere(slug.clone()))
    };
    let deploy = paths::deploy_one_elsewhere(&project, &slug);
    view! {
        <Head
            page=&PAGE
            actions=move || view! { <ButtonLink href=deploy icon=Icon::Layers>"Deploy elsewhere"</ButtonLink> }
        />
        <PlanPanel/>
        {loaded("everywhere", all, Shape::Rows, move |all| drawn(&project, &slug, all))}
    }
}

/// How a project's function stands against the one that was asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Against {
    This,
    Same,
    Other,
    Missing,
    Unknown,
}

impl Against {
    fn of(row: &Elsewhere, here: &str, digest: &str) -> Self {
        match &row.function {
            _ if row.reference == here => Self::This,
            Ok(Some(function)) if digest.is_empty() || function.digest.is_empty() => Self::Unknown,
            Ok(Some(function)) if function.digest == digest => Self::Same,
            Ok(Some(_)) => Self::Other,
            Ok(None) => Self::Missing,
            Err(_) => Self::Unknown,
        }
    }

    fn words(self) -> (&'static str, &'static str, Tone, Icon) {
        match self {
            Self::This => ("this", "This one", Tone::Info, Icon::Info),
            Self::Same => ("same", "Same", Tone::Success, Icon::CheckCircle),
            Self::Other => ("other", "Another bundle", Tone::Warning, Icon::Warning),
            Self::Missing => ("missing", "Missing", Tone::Neutral, Icon::Close),
            Self::Unknown => ("unknown", "Not known", Tone::Neutral, Icon::Question),
        }
    }
}

type Row = (Elsewhere, Against);

fn drawn(here: &str, slug: &str, all: Everywhere) -> AnyView {
    let told = |row: &Elsewhere| Some(row.function.as_ref().ok()?.as_ref()?.digest.clone());
    let digest = all
        .rows
        .iter()
        .find(|row| row.reference == here)
        .and_then(told)
        .unwrap_or_default();
    let mut bundles = BTreeMap::<String, usize>::new();
    for digest in all.rows.iter().filter_map(told) {
        *bundles.entry(digest).or_default() += 1;
    }
    let said = summary(&all, bundles.len());
    let rows: Vec<Row> = all
        .rows
        .into_iter()
        .map(|row| {
            let against = Against::of(&row, here, &digest);
            (row, against)
        })
        .collect();
    list(here, slug)
        .note(move || view! { <p class="hint">{said}</p> })
        .draw(rows)
}

fn summary(all: &Everywhere, bundles: usize) -> String {
    let there = all
        .rows
        .iter()
        .filter(|row| matches!(row.function, Ok(Some(_))))
        .count();
    let mut said = match (there, bundles) {
        (1, _) => "One project has it.".to_owned(),
        (_, 1) => format!("{there} projects have it, all with the same bundle."),
        _ => format!("{there} projects have it, in {bundles} different bundles."),
    };
    said += &left_out(all.paused, all.beyond, PROJECTS, "a call");
    said
}

fn list(here: &str, slug: &str) -> List<Row> {
    let (path, slug) = (paths::function_everywhere(here, slug), slug.to_owned());
    let deploy = PickAction {
        label: "Deploy this version there\u{2026}",
        icon: Icon::Layers,
        href: paths::deploy_elsewhere(here),
        with: Some((SLUG, slug.clone())),
        operation: OperationId::GetFunctionBody,
    };
    let links = slug.clone();
    List::new(("project", "projects"), path, |(row, _): &Row| row.reference.clone())
        .search("Search projects", |(row, _)| {
            vec![row.name.clone(), row.reference.clone(), row.organization.clone()]
        })
        .filter("is", "Match", |(_, against)| {
            let (word, label, ..) = against.words();
            Choice::new(word, label)
        })
        .order("name", "Sort by name", |(a, _), (b, _)| alphabetical(&a.name, &b.name))
        .column("Project", |(row, _)| {
            row_link(&paths::project(&row.reference), &row.name)
        })
        .picks(TO, vec![deploy])
        .column("Against this one", |(row, against)| {
            let (_, word, tone, icon) = against.words();
            let why = row.function.as_ref().err().map(|error| view! { <p class="hint">{error.to_string()}</p> });
            view! { <Badge tone icon word plain=true/> {why} }
        })
        .column("Version", move |(row, _)| version(row, &links))
        .column("JWT check", |(row, _)| match &row.function {
            Ok(Some(function)) => jwt(function.verify_jwt),
            Ok(None) | Err(_) => "\u{2014}".into_any(),
        })
        .column("Updated", |(row, _)| match &row.function {
            Ok(Some(function)) => view! { <When at=function.updated_at.clone() to=To::Day/> }.into_any(),
            Ok(None) | Err(_) => "\u{2014}".into_any(),
        })
        .empty(move || view! {
            <Empty icon=Icon::Layers title="No project runs" sentence="Only projects that run tell of their functions.">
                <ButtonLink href=paths::PROJECTS>"All projects"</ButtonLink>
            </Empty>
        })
}

fn version(row: &Elsewhere, slug: &str) -> AnyView {
    let Ok(Some(function)) = &row.function else {
        return "\u{2014}".into_any();
    };
    let (href, digest) = (paths::function(&row.reference, slug), function.digest.clone());
    let digest = (!digest.is_empty()).then(|| view! { <Digest digest/> });
    view! { <span class="function-version"><a class="link" href=href>{format!("v{}", function.version)}</a> " " {digest}</span> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ConsoleError;

    #[test]
    fn what_is_not_known_is_not_called_the_same() {
        let row = |reference: &str, function| Elsewhere {
            reference: reference.to_owned(),
            name: String::new(),
            organization: String::new(),
            function,
        };
        let of = |row: &Elsewhere, digest: &str| Against::of(row, "here", digest);
        assert_eq!(of(&row("here", Ok(None)), ""), Against::This);
        assert_eq!(of(&row("a", Ok(None)), "d"), Against::Missing);
        assert_eq!(of(&row("a", Err(ConsoleError::Busy)), "d"), Against::Unknown);
    }
}
