//! The branches of a project: production on top with its own health, below it those that stay and those that come and go.

use leptos::prelude::*;
use management_api::{
    OperationId,
    branches::{ActionRun, Branch},
    projects::Project,
};

use super::{reference, words};
use crate::{
    backend::name_of,
    components::{
        error_view::problem,
        head::Head,
        list::{List, RowAction},
        operation_form::{OperationForm, ProjectRef, Thing, why_not},
        query::{ask, loaded},
        when::{To, When},
    },
    page::{Group, Page, Sheet},
    paths,
    server_fns::branches::{Branches, branch_list},
    ui::{Badge, ButtonKind, ButtonLink, Card, Choice, Empty, Glyph, Icon, Notice, Shape, Tone, row_link},
};

pub const PAGE: Page = Page {
    route: "/projects/:ref/branches",
    title: "Branches",
    icon: Icon::Branch,
    group: Some(Group::Build),
    parent: Some(&super::super::projects::overview::PAGE),
    operation: Some(OperationId::ListBranches),
    sheet: Some(Sheet::Build),
    view: || view! { <BranchList/> }.into_any(),
};

/// A branch, and the latest of its runs that is known.
#[derive(Clone, Debug)]
struct Row {
    branch: Branch,
    run: Option<ActionRun>,
}

#[component]
pub fn BranchList() -> impl IntoView {
    let project = reference();
    let branches = {
        let project = project.clone();
        ask(move || branch_list(project.clone()))
    };
    let new = paths::new_branch(&project);
    let why = why_not(OperationId::CreateBranch);
    view! {
        <Head
            page=&PAGE
            hint="Copies of the project, each a project of its own, to try changes in before production gets them."
            actions=move || view! {
                <ButtonLink href=new kind=ButtonKind::Primary icon=Icon::Plus disabled_because=why>"New branch"</ButtonLink>
            }
        />
        {loaded("branches", branches, Shape::Rows, move |read| tree(&project, read))}
    }
}

/// Production first, then what stays, then what comes and goes; the newest of each first, and what is going to be deleted
/// at the end.
fn rows(branches: Vec<Branch>, runs: &[ActionRun], production: Option<&Project>) -> Vec<Row> {
    let row = |mut branch: Branch| {
        let run = runs.iter().find(|run| run.branch_id == branch.id).cloned();
        if let Some(production) = production.filter(|_| branch.is_default) {
            branch.preview_project_status = Some(production.status.clone());
            branch.created_at.clone_from(&production.created_at);
        }
        Row { branch, run }
    };
    let mut rows: Vec<Row> = branches.into_iter().map(row).collect();
    rows.sort_by(|a, b| b.branch.created_at.cmp(&a.branch.created_at));
    rows.sort_by_key(|Row { branch, .. }| {
        (
            !branch.is_default,
            branch.deletion_scheduled_at.is_some(),
            !branch.persistent,
        )
    });
    rows
}

fn tree(project: &str, read: Branches) -> AnyView {
    let Some(branches) = read.branches.filter(|branches| !branches.is_empty()) else {
        return off(project);
    };
    let unknown = read.runs.as_ref().err().map(|error| problem(error).text);
    let rows = rows(branches, &read.runs.unwrap_or_default(), read.production.as_ref().ok());
    let dying: Vec<String> = rows
        .iter()
        .filter(|row| !row.branch.is_default)
        .map(|row| row.branch.name.clone())
        .collect();
    let table = list(project.to_owned()).draw(rows);
    view! {
        {unknown.map(|why| view! { <Notice tone=Tone::Warning title="What the branches run is not known">{why}</Notice> })}
        {table}
        {turn_off(project, dying)}
    }
    .into_any()
}

fn list(project: String) -> List<Row> {
    let (links, runs) = (project.clone(), project.clone());
    List::new(("branch", "branches"), paths::branches(&project), |row: &Row| {
        row.branch.project_ref.clone()
    })
    .search("Search branches and git branches", |Row { branch, .. }| {
        let git = branch.git_branch.clone().unwrap_or_default();
        let pr = branch.pr_number.map(|number| format!("#{number}")).unwrap_or_default();
        vec![branch.name.clone(), git, pr, branch.project_ref.clone()]
    })
    .filter("show", "State", |row| {
        let word = row.group();
        Choice::new(word, word)
    })
    .filter("kind", "Kind", |row| {
        Choice::new(words::kind(&row.branch), words::kind(&row.branch))
    })
    .filter("data", "Data", |row| {
        Choice::new(words::data(&row.branch), words::data(&row.branch))
    })
    .column("Branch", move |row| link(&links, &row.branch))
    .column("Status", |row| super::status(&row.branch, true))
    .column("Git branch", |row| git(&row.branch))
    .column("Review", |row| review(&row.branch))
    .column("Data", |row| words::data(&row.branch))
    .column("Age", |row| age(&row.branch))
    .column("Now", move |row| now(&runs, row))
    .actions(|row| actions(&row.branch))
    .live_while(|row| row.branch.status.is_changing() || row.run.as_ref().is_some_and(|run| !run.is_over()))
}

impl Row {
    /// What the list is filtered by: what needs somebody before what runs.
    fn group(&self) -> &'static str {
        let failed = |run: &ActionRun| words::of_run(run).tone == Tone::Error;
        let broken = matches!(super::of_branch(&self.branch.status).tone, Tone::Error | Tone::Warning);
        if self.branch.deletion_scheduled_at.is_some() {
            "Deleted"
        } else if !self.branch.is_default && (broken || self.run.as_ref().is_some_and(failed)) {
            "Failed"
        } else if self.branch.status.is_changing() || self.run.as_ref().is_some_and(|run| !run.is_over()) {
            "Running"
        } else if self.branch.review_requested_at.is_some() {
            "Review asked"
        } else {
            "At rest"
        }
    }
}

fn link(project: &str, branch: &Branch) -> AnyView {
    let href = paths::branch(project, &branch.project_ref);
    let (icon, place) = if branch.is_default {
        (Icon::Project, "root")
    } else {
        (Icon::Branch, "node")
    };
    let tag = (branch.is_default || branch.persistent).then(|| words::kind(branch));
    view! {
        <span class="tree" data-tree=place>
            <Glyph icon/>
            {row_link(&href, &branch.name)}
            {tag.map(|tag| view! { <span class="tree-tag">{tag}</span> })}
        </span>
    }
    .into_any()
}

fn none() -> AnyView {
    view! { <span class="quiet" aria-label="None">"\u{2014}"</span> }.into_any()
}

fn git(branch: &Branch) -> AnyView {
    match branch.git_branch.clone() {
        Some(git) => view! { <code class="git">{git}</code> }.into_any(),
        None => none(),
    }
}

/// The pull request and whether somebody asked for a review. Supabase tells the number and not the repository, so that it
/// cannot lead there.
fn review(branch: &Branch) -> AnyView {
    let number = branch.pr_number.map(|number| format!("#{number} "));
    let asked = branch.review_requested_at.clone().map(words::review);
    if number.is_none() && asked.is_none() {
        return none();
    }
    view! { {number} {asked.map(|asked| view! { <span class="review">{asked}</span> })} }.into_any()
}

fn age(branch: &Branch) -> AnyView {
    match branch.deletion_scheduled_at.clone() {
        Some(at) => view! { "Gone at " <When at to=To::Clock/> }.into_any(),
        None => words::age(&branch.created_at).into_any(),
    }
}

/// The latest thing that happened to it, and the way to it.
fn now(project: &str, row: &Row) -> AnyView {
    let Some(run) = &row.run else { return none() };
    let stand = words::of_run(run);
    // A run that merges is production's, and stands in the list of its branch all the same.
    let href = paths::branch_run(project, &row.branch.project_ref, &run.id);
    let since = format!("{} ago", words::age(&run.updated_at));
    view! {
        <span>
            <a class="link now" href=href data-tone=stand.tone.as_str()>
                <Badge plain=true tone=stand.tone icon=stand.icon word=stand.word/>
            </a>
            <span class="quiet">" "{since}</span>
        </span>
    }
    .into_any()
}

fn actions(branch: &Branch) -> Vec<RowAction> {
    if branch.is_default {
        return Vec::new();
    }
    let of = |operation, label, more: &[(&'static str, &str)], thing| RowAction {
        operation,
        label,
        of: branch.name.clone(),
        fields: std::iter::once(("branch_id_or_ref", branch.project_ref.clone()))
            .chain(more.iter().map(|(name, value)| (*name, (*value).to_owned())))
            .collect(),
        thing,
    };
    if branch.deletion_scheduled_at.is_some() {
        return vec![of(OperationId::RestoreBranch, "Restore", &[], None)];
    }
    vec![of(
        OperationId::DeleteBranch,
        "Delete",
        &[("force", "false")],
        Some(Thing::Named(branch.name.clone())),
    )]
}

/// Branching is not on: an offer, and what it costs.
fn off(project: &str) -> AnyView {
    let (here, project) = (paths::branches(project), project.to_owned());
    view! {
        <Empty
            icon=Icon::Branch
            title="Branching is off"
            sentence="A branch is a copy of the project\u{2019}s schema with keys of its own. Turning branching on makes no copy and costs nothing; \
                each branch is then charged by the hour for its compute while it runs. Supabase\u{2019}s price list names $0.01344 an hour for the smallest."
        />
        <div class="offer" data-region="offer">
            <OperationForm
                operation=OperationId::CreateBranch
                next=here.clone()
                back=here
                submit="Turn branching on"
                kind=ButtonKind::Primary
            >
                <ProjectRef reference=project/>
                <input type="hidden" name="branch_name" value="main"/>
                <input type="hidden" name="is_default" value="true"/>
            </OperationForm>
        </div>
    }
    .into_any()
}

/// The way to turn it off, which takes every branch along.
fn turn_off(project: &str, dying: Vec<String>) -> AnyView {
    let here = paths::branches(project);
    let hint = match dying.len() {
        0 => "No branch is lost by it, and production stays as it is.".to_owned(),
        1 => "One branch is deleted with its data; production stays as it is.".to_owned(),
        count => format!("{count} branches are deleted with their data; production stays as it is."),
    };
    let names = dying
        .into_iter()
        .map(|name| view! { <li><bdi>{name}</bdi></li> })
        .collect_view();
    let thing = Thing::Project {
        name: name_of(project),
        reference: project.to_owned(),
    };
    let project = project.to_owned();
    view! {
        <details class="more-of">
            <summary>"Turn branching off"</summary>
            <Card title="Turn branching off" hint danger=true>
                <div data-region="turn-off">
                    <ul class="dying">{names}</ul>
                    <OperationForm
                        operation=OperationId::DisableBranching
                        next=here.clone()
                        back=here
                        submit="Turn branching off"
                        kind=ButtonKind::Danger
                        thing=Some(thing)
                    >
                        <ProjectRef reference=project/>
                    </OperationForm>
                </div>
            </Card>
        </details>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn branch(name: &str, more: serde_json::Value) -> Branch {
        let mut branch = serde_json::json!({
            "id": name, "name": name, "project_ref": name, "parent_project_ref": "p", "is_default": false, "persistent": false,
            "status": "FUNCTIONS_DEPLOYED", "created_at": "2026-01-01T00:00:00Z", "updated_at": "2026-01-01T00:00:00Z", "with_data": false,
        });
        for (name, value) in more.as_object().unwrap() {
            branch[name] = value.clone();
        }
        serde_json::from_value(branch).unwrap()
    }

    #[test]
    fn production_stands_on_top_and_what_goes_at_the_end() {
        let branches = vec![
            branch(
                "going",
                serde_json::json!({ "persistent": true, "deletion_scheduled_at": "2026-01-01T00:00:00Z" }),
            ),
            branch("old", serde_json::json!({})),
            branch("new", serde_json::json!({ "created_at": "2026-02-01T00:00:00Z" })),
            branch("staging", serde_json::json!({ "persistent": true })),
            branch("main", serde_json::json!({ "is_default": true })),
        ];
        let names: Vec<String> = rows(branches, &[], None)
            .into_iter()
            .map(|row| row.branch.name)
            .collect();
        assert_eq!(names, ["main", "staging", "new", "old", "going"]);
    }

    #[test]
    fn what_needs_somebody_comes_before_what_runs() {
        let group = |more| {
            Row {
                branch: branch("a", more),
                run: None,
            }
            .group()
        };
        for (more, expected) in [
            (
                serde_json::json!({ "status": "MIGRATIONS_FAILED", "review_requested_at": "x" }),
                "Failed",
            ),
            (serde_json::json!({ "status": "FUNCTIONS_FAILED" }), "Failed"),
            (serde_json::json!({ "status": "RUNNING_MIGRATIONS" }), "Running"),
            (serde_json::json!({ "review_requested_at": "x" }), "Review asked"),
            (
                serde_json::json!({ "deletion_scheduled_at": "x", "status": "MIGRATIONS_FAILED" }),
                "Deleted",
            ),
            (serde_json::json!({ "status": "NEW_WORD" }), "At rest"),
        ] {
            assert_eq!(group(more), expected);
        }
    }
}
