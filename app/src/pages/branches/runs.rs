//! The runs of a branch: everything that was done to it, the newest first.

use leptos::prelude::*;
use management_api::{OperationId, branches::ActionRun};

use super::{super::choice, own_reference, reference, words};
use crate::{
    components::{
        head::Head,
        list::{List, Pages, Part},
        query::{ask, loaded},
        when::When,
    },
    page::{Page, Sheet},
    paths,
    server_fns::branches::{RUNS, RunList, branch_runs},
    ui::{Badge, Choice, Empty, Icon, Shape, Tone},
};

pub const PAGE: Page = Page {
    route: "/projects/:ref/branches/:branch/runs",
    title: "Runs",
    icon: Icon::List,
    group: None,
    parent: Some(&super::detail::PAGE),
    operation: Some(OperationId::ListActionRuns),
    sheet: Some(Sheet::Build),
    view: || view! { <BranchRuns/> }.into_any(),
};

#[component]
pub fn BranchRuns() -> impl IntoView {
    let (project, branch) = (reference(), own_reference());
    let offset = choice("offset").parse().unwrap_or(0);
    let read = {
        let (project, branch) = (project.clone(), branch.clone());
        ask(move || branch_runs(project.clone(), branch.clone(), offset))
    };
    let own = branch.clone();
    view! {
        <Head page=&PAGE actions=move || super::open(&own)/>
        {loaded("runs", read, Shape::Rows, move |read| drawn(project, branch, offset, read))}
    }
}

fn drawn(project: String, branch: String, offset: u64, read: RunList) -> AnyView {
    let line = super::facts(&read.branch);
    let pages = pages(&project, &branch, offset, read.runs.len() as u64, read.count.ok());
    let list = list(project, branch).pages(pages).draw(read.runs);
    view! { <div data-region="facts">{line}</div> {list} }.into_any()
}

fn pages(project: &str, branch: &str, offset: u64, shown: u64, count: Option<u64>) -> Pages {
    let part = Part {
        offset,
        shown,
        count,
        size: RUNS,
        more: count.map_or(shown == RUNS, |count| offset.saturating_add(shown) < count),
    };
    part.pages(|offset| paths::branch_runs_at(project, branch, offset))
}

fn list(project: String, branch: String) -> List<ActionRun> {
    let path = paths::branch_runs(&project, &branch);
    List::new(("run", "runs"), path, |run: &ActionRun| run.id.clone())
        .search("Search these runs", |run| vec![run.id.clone(), words::of_run(run).word])
        .filter("state", "State", |run| {
            let word = match words::of_run(run).tone {
                Tone::Error => "Failed",
                Tone::Success => "Passed",
                Tone::Info => "Running",
                Tone::Neutral | Tone::Warning => "Waiting",
            };
            Choice::new(word, word)
        })
        .column("Run", move |run| {
            let href = paths::branch_run(&project, &branch, &run.id);
            let short: String = run.id.chars().take(8).collect();
            view! { <a class="row-link" href=href><code>{short}</code></a> }
        })
        .column("State", |run| {
            let stand = words::of_run(run);
            view! { <Badge plain=true tone=stand.tone icon=stand.icon word=stand.word/> }
        })
        .column("Began", |run| view! { <When at=run.created_at.clone()/> })
        .column("Took", took)
        .live_while(|run| !run.is_over())
        .empty(|| view! {
            <Empty icon=Icon::List title="No run yet" sentence="Making, pushing to, merging and resetting a branch are runs."/>
        })
}

/// As long as its steps, as far as that is known.
fn took(run: &ActionRun) -> String {
    let spans = words::spans(run, time::OffsetDateTime::now_utc());
    let end = spans.into_iter().flatten().map(|span| span.begins + span.takes).max();
    match end {
        Some(end) if run.is_over() => words::exactly(end),
        Some(end) => format!("{} so far", words::exactly(end)),
        None => "\u{2014}".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_go_on_as_far_as_there_are_runs() {
        let seen = |offset, shown, count| {
            let pages = pages("p", "b", offset, shown, count);
            (pages.summary, pages.previous, pages.next)
        };
        let at = |query: &str| Some(format!("/projects/p/branches/b/runs{query}"));
        assert_eq!(
            seen(0, 20, Some(45)),
            ("1\u{2013}20 of 45".to_owned(), None, at("?offset=20"))
        );
        assert_eq!(
            seen(20, 20, Some(45)),
            ("21\u{2013}40 of 45".to_owned(), at(""), at("?offset=40"))
        );
        assert_eq!(
            seen(40, 5, Some(45)),
            ("41\u{2013}45 of 45".to_owned(), at("?offset=20"), None)
        );
        assert_eq!(seen(0, 20, None).2, at("?offset=20"));
        assert_eq!(seen(0, 3, None).2, None);
        // Behind the end: back to the last runs that there are.
        assert_eq!(seen(400, 0, Some(45)), ("None here".to_owned(), at("?offset=40"), None));
        assert_eq!(seen(400, 0, Some(40)).1, at("?offset=20"));
        assert_eq!(seen(400, 0, Some(0)).1, at(""));
        assert_eq!(seen(400, 0, None), ("None here".to_owned(), at(""), None));
        assert_eq!(seen(u64::MAX, 0, None).1, at(""));
    }
}
