//! A branch: how to reach its database, its latest runs, and its migrations beside production's.

use leptos::prelude::*;
use management_api::{OperationId, branches::ActionRun};

use super::{migrations, own_reference, reference, words};
use crate::{
    components::{
        copyable::Copyable,
        error_view::problem,
        head::Head,
        module::Module,
        query::{ask, loaded},
        reveal::{Reveal, Source},
    },
    error::ConsoleError,
    form::BRANCH,
    page::{Page, Sheet},
    paths,
    server_fns::branches::{Connection, OneBranch, branch_facts},
    ui::{Badge, Card, Fact, Facts, Icon, Notice, Shape, Tone},
};

pub const PAGE: Page = Page {
    route: "/projects/:ref/branches/:branch",
    title: "Branch",
    icon: Icon::Branch,
    group: None,
    parent: Some(&super::list::PAGE),
    operation: Some(OperationId::GetBranchConfig),
    sheet: Some(Sheet::Build),
    view: || view! { <BranchDetail/> }.into_any(),
};

#[component]
pub fn BranchDetail() -> impl IntoView {
    let (project, branch) = (reference(), own_reference());
    let read = {
        let (project, branch) = (project.clone(), branch.clone());
        ask(move || branch_facts(project.clone(), branch.clone()))
    };
    let own = branch.clone();
    view! {
        <Head page=&PAGE actions=move || super::open(&own)/>
        {loaded("branch", read, Shape::Facts, move |read| drawn(&project, read))}
        <Module name="reveal"/>
    }
}

fn drawn(project: &str, read: OneBranch) -> AnyView {
    let OneBranch {
        branch,
        connection,
        runs,
        own,
        parents,
    } = read;
    let own_ref = branch.project_ref.clone();
    let line = super::facts(&branch);
    let explained = (!branch.is_default).then(|| trouble(project, &branch));
    let connection = connected(&own_ref, connection);
    let raw = paths::explorer_filled(OperationId::GetBranch, &[("ref", project), ("name", &branch.name)]);
    let runs = latest(project, &own_ref, runs);
    let migrations = (!branch.is_default).then(|| {
        let compared = migrations::compared(own, parents);
        let changes = paths::branch_changes(project, &own_ref);
        view! {
            <Card title="Migrations" hint="What the branch and production have run." actions=move || view! { <a class="more" href=changes>"All that differs"</a> }>
                <div data-region="migrations">{compared}</div>
            </Card>
        }
    });
    view! {
        <div data-region="facts">{line} {explained}</div>
        <div class="stack">
            <div class="split">
                <Card title="Connection" hint="Of the branch\u{2019}s own database." actions=move || view! { <a class="more" href=raw>"In the explorer"</a> }><div data-region="connection">{connection}</div></Card>
                {runs}
            </div>
            {migrations}
        </div>
    }
    .into_any()
}

/// What keeps the branch from being what it should: the log comes before any guess.
fn trouble(project: &str, branch: &management_api::branches::Branch) -> Option<AnyView> {
    let meaning = super::of_branch(&branch.status);
    if !matches!(meaning.tone, Tone::Error | Tone::Warning) {
        return None;
    }
    let runs = paths::branch_runs(project, &branch.project_ref);
    Some(
        view! {
            <Notice tone=meaning.tone title=meaning.word>
                {meaning.explanation} " " <a class="link" href=runs>"See its runs"</a>
            </Notice>
        }
        .into_any(),
    )
}

/// It stays at Supabase until somebody asks to see it.
fn password(branch: &str) -> AnyView {
    let source = Source {
        operation: OperationId::GetBranchConfig,
        field: "db_pass",
        parameters: vec![(BRANCH, branch.to_owned())],
        of: None,
    };
    view! { <Reveal id="password" what="database password" source/> }.into_any()
}

fn connected(branch: &str, connection: Result<Connection, ConsoleError>) -> AnyView {
    let connection = match connection {
        Ok(connection) => connection,
        Err(error) => {
            let why = problem(&error).text;
            return view! { <Notice tone=Tone::Warning title="How to reach it is not known">{why}</Notice> }.into_any();
        }
    };
    let user = connection.user.unwrap_or_else(|| "postgres".to_owned());
    let string = format!(
        "postgresql://{user}:[password]@{}:{}/postgres",
        connection.host, connection.port
    );
    let password = if connection.has_password {
        password(branch)
    } else {
        "Not told by Supabase".into_any()
    };
    view! {
        <Facts>
            <Fact term="Host"><Copyable value=connection.host what="database host"/></Fact>
            <Fact term="Port"><Copyable value=connection.port.to_string() what="database port"/></Fact>
            <Fact term="User"><Copyable value=user what="database user"/></Fact>
            <Fact term="Database"><Copyable value="postgres" what="database name"/></Fact>
            <Fact term="Password">{password}</Fact>
            <Fact term="Postgres">{connection.version}</Fact>
            <Fact term="Connection string"><Copyable value=string what="connection string without its password"/></Fact>
        </Facts>
    }
    .into_any()
}

/// So many runs are shown.
const SHOWN: usize = 5;

fn latest(project: &str, own: &str, runs: Result<Vec<ActionRun>, ConsoleError>) -> AnyView {
    let all = paths::branch_runs(project, own);
    let runs = match runs {
        Ok(runs) if runs.is_empty() => view! { <p class="hint">"No run yet."</p> }.into_any(),
        Ok(runs) => {
            let rows: Vec<_> = runs.iter().take(SHOWN).map(|run| line(project, own, run)).collect();
            view! { <ul class="runs">{rows}</ul> }.into_any()
        }
        Err(error) => {
            let why = problem(&error).text;
            view! { <Notice tone=Tone::Warning title="Its runs are not known">{why}</Notice> }.into_any()
        }
    };
    view! {
        <Card title="Latest runs" actions=move || view! { <a class="more" href=all>"All runs"</a> }>
            <div data-region="runs">{runs}</div>
        </Card>
    }
    .into_any()
}

fn line(project: &str, own: &str, run: &ActionRun) -> AnyView {
    let stand = words::of_run(run);
    let href = paths::branch_run(project, own, &run.id);
    let since = format!("{} ago", words::age(&run.updated_at));
    view! {
        <li>
            <a class="link now" href=href><Badge plain=true tone=stand.tone icon=stand.icon word=stand.word/></a>
            <span class="quiet">{since}</span>
        </li>
    }
    .into_any()
}
