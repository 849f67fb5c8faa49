//! What the advisors find in one project, the worst first.

use leptos::prelude::*;
use management_api::OperationId;

use super::{at, count, words};
use crate::{
    advice::{Finding, Level},
    components::{
        error_view::problem,
        head::Head,
        list::{List, Segment},
        query::{ask, loaded},
        when::When,
    },
    error::ConsoleError,
    page::{Group, Page, Sheet},
    pages::{parameter, projects},
    paths,
    server_fns::advisors::{Advice, Kind, advice_of},
    ui::{Badge, ButtonLink, Choice, Empty, Icon, Notice, Shape, Tone, capital},
};

pub const PAGE: Page = Page {
    route: "/projects/:ref/advisors",
    title: "Advisors",
    icon: Icon::Shield,
    group: Some(Group::Run),
    parent: Some(&projects::overview::PAGE),
    operation: Some(OperationId::GetSecurityAdvisors),
    sheet: Some(Sheet::Run),
    view: || view! { <Advisors/> }.into_any(),
};

#[component]
pub fn Advisors() -> impl IntoView {
    let project = parameter("ref");
    let read = {
        let project = project.clone();
        ask(move || advice_of(project.clone()))
    };
    view! {
        <Head
            page=&PAGE
            hint="What leaves the project open or makes it slow, as Supabase finds it, and how it is mended."
            actions=move || view! { <ButtonLink href=paths::ADVISORS icon=Icon::Shield>"Advisors of all projects"</ButtonLink> }
        />
        {loaded("advice", read, Shape::Rows, move |advice| drawn(&project, advice))}
    }
}

fn drawn(project: &str, advice: Advice) -> AnyView {
    let failed = not_looked_at(&advice);
    let findings = &advice.findings;
    let accepted = findings.iter().filter(|finding| finding.accepted.is_some()).count();
    let figure = |label: &'static str, level: Level| {
        let (count, new) = (
            count(findings, level),
            findings
                .iter()
                .filter(|one| one.new && Level::of(&one.lint.level) == level)
                .count(),
        );
        let new = (new > 0).then(|| format!(" {new} new"));
        view! { <div><dt>{label}</dt><dd><b>{count}</b> {new}</dd></div> }
    };
    let figures = view! {
        <dl class="figures">
            {figure("Errors", Level::Error)}
            {figure("Warnings", Level::Warning)}
            {figure("Notes", Level::Note)}
            <div><dt>"Accepted"</dt><dd><b>{accepted}</b></dd></div>
        </dl>
    };
    view! { <div class="stack">{failed} {figures} <div>{list(project).draw(advice.findings)}</div></div> }.into_any()
}

/// What of it could not be looked for.
pub(in crate::pages) fn not_looked_at(advice: &Advice) -> Vec<AnyView> {
    advice
        .failed
        .iter()
        .map(|(kind, error)| missing(*kind, error))
        .collect()
}

fn missing(kind: Kind, error: &ConsoleError) -> AnyView {
    let title = format!("{} was not looked at", capital(kind.word()));
    let tone = match kind {
        // Not every sign-in is let run checks.
        Kind::Health => Tone::Neutral,
        Kind::Security | Kind::Performance => Tone::Warning,
    };
    let why = problem(error).text;
    view! { <Notice tone title>{why}</Notice> }.into_any()
}

/// Findings with what they are and how bad that is.
pub(in crate::pages) fn findings(project: &str, here: &str) -> List<Finding> {
    let of = project.to_owned();
    List::new(("finding", "findings"), here, |finding: &Finding| {
        finding.lint.cache_key.clone()
    })
    .column("Finding", move |finding| {
        let href = paths::finding(&of, &finding.lint.cache_key);
        let new = finding
            .new
            .then(|| view! { " " <Badge tone=Tone::Info icon=Icon::Plus word="New"/> });
        view! { <a class="row-link" href=href>{finding.lint.title.clone()}</a> {new} }
    })
    .column("Level", |finding| match &finding.accepted {
        Some(_) => view! { <Badge plain=true tone=Tone::Neutral icon=Icon::Check word="Accepted"/> },
        None => {
            let (tone, icon, word) = words(Level::of(&finding.lint.level));
            view! { <Badge plain=true tone icon word/> }
        }
    })
}

fn list(project: &str) -> List<Finding> {
    findings(project, &paths::advisors(project))
    .segments(
        "kind",
        vec![
            Segment {
                word: "security",
                label: "Security",
                fits: |finding| Kind::Security.finds(finding),
            },
            Segment {
                word: "performance",
                label: "Performance",
                fits: |finding| Kind::Performance.finds(finding),
            },
            Segment {
                word: "health",
                label: "Health",
                fits: |finding| Kind::Health.finds(finding),
            },
            Segment {
                word: "new",
                label: "New",
                fits: |finding| finding.new,
            },
            Segment {
                word: "accepted",
                label: "Accepted",
                fits: |finding| finding.accepted.is_some(),
            },
        ],
    )
    .search("Search by finding or object", |finding| {
        vec![
            finding.lint.title.clone(),
            finding.lint.name.clone(),
            finding.lint.detail.clone(),
            finding.object().unwrap_or_default(),
        ]
    })
    .filter("rule", "Finding", |finding| {
        Choice::new(&*finding.lint.name, &*finding.lint.title)
    })
    .column("Object", |finding| match finding.object() {
        Some(object) => view! { <code class="wrap">{object}</code> }.into_any(),
        None => "\u{2014}".into_any(),
    })
    .column("Seen since", |finding| finding.since.map(|since| view! { <When at=at(since)/> }))
    .empty(|| {
        view! {
            <Empty icon=Icon::CheckCircle title="Nothing found" sentence="The advisors have nothing to say about what they looked at."/>
        }
    })
}
