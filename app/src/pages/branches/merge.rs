//! Carrying changes over: merging into production, pushing from it, and beginning anew. Each says what it will do, and asks
//! by what that does.

use leptos::prelude::*;
use management_api::OperationId;

use super::words;
use crate::{
    branches::{Held, Pending},
    components::operation_form::{FormState, OperationForm},
    form::BRANCH,
    paths,
    server_fns::branches::{Carried, Differences, Part},
    ui::{ButtonKind, Choice, Glyph, SelectField, Tone},
};

/// So many migrations are named.
const NAMED: usize = 5;

/// What of the differences the panel goes by.
struct Plan<'a> {
    project: &'a str,
    read: &'a Differences,
}

pub fn panel(project: &str, read: &Differences) -> AnyView {
    let plan = Plan { project, read };
    view! {
        <aside class="doing" aria-labelledby="merge-title">
            {merge(&plan)}
            {push(&plan)}
            {reset(&plan)}
            <p class="doing-foot">"Each of these is written to the audit, and leads to its run."</p>
        </aside>
    }
    .into_any()
}

/// Whether it is known that no migration would be run.
fn runs_none(carried: &Carried) -> bool {
    carried.migrations.as_ref().is_some_and(Vec::is_empty)
}

/// `3 migrations on production`, with their names.
fn runs(migrations: Option<&[Pending]>, on: &str) -> AnyView {
    let Some(migrations) = migrations else {
        return view! { <li><div>{format!("Run migrations on {on}; how many is not known")}</div></li> }.into_any();
    };
    let words = match migrations.len() {
        0 => {
            return view! { <li><div>{format!("Run no migration on {on}: none is missing there")}</div></li> }
                .into_any();
        }
        1 => "1 migration".to_owned(),
        count => format!("{count} migrations"),
    };
    let left = migrations.len().saturating_sub(NAMED);
    let names = migrations.iter().take(NAMED).map(|Pending { version, name, sql }| {
        let unknown = sql
            .is_none()
            .then(|| view! { " " <span class="quiet">"SQL not known here"</span> });
        view! { <li><code>{version.clone()}</code> " " <bdi>{name.clone()}</bdi> {unknown}</li> }
    });
    let names: Vec<_> = names.collect();
    view! {
        <li>
            <div>
                "Run " <b>{words}</b> {format!(" on {on}, oldest first")}
                <ul class="intent-list">{names}{(left > 0).then(|| view! { <li>{format!("and {left} more")}</li> })}</ul>
            </div>
        </li>
    }
    .into_any()
}

/// What was looked at, and what came of it.
fn check(tone: Tone, text: String, hint: &'static str) -> AnyView {
    view! {
        <li data-tone=tone.as_str()>
            <Glyph icon=tone.icon()/>
            <div>{text} {(!hint.is_empty()).then(|| view! { <p class="hint">{hint}</p> })}</div>
        </li>
    }
    .into_any()
}

fn checks(plan: &Plan<'_>) -> Vec<AnyView> {
    let run = match plan.read.runs.as_ref().map(|runs| runs.first()) {
        Ok(Some(run)) => {
            let stand = words::of_run(run);
            let tone = if stand.tone == Tone::Success {
                Tone::Success
            } else {
                Tone::Warning
            };
            check(
                tone,
                format!("Latest run, {} ago: {}", words::age(&run.updated_at), stand.word),
                "",
            )
        }
        Ok(None) => check(Tone::Neutral, "The branch has had no run".to_owned(), ""),
        Err(_) => check(Tone::Warning, "How its latest run went is not known".to_owned(), ""),
    };
    let behind = match plan.read.push.migrations.as_ref().map(Vec::len) {
        Some(0) => check(
            Tone::Success,
            "The branch has every migration of production".to_owned(),
            "",
        ),
        Some(1) => check(
            Tone::Error,
            "Production has 1 migration that the branch lacks".to_owned(),
            "",
        ),
        Some(count) => check(
            Tone::Error,
            format!("Production has {count} migrations that the branch lacks"),
            "",
        ),
        None => check(
            Tone::Warning,
            "Whether the branch has every migration of production is not known".to_owned(),
            "",
        ),
    };
    let review = plan.read.branch.review_requested_at.as_ref();
    let review = review.map(|at| {
        check(
            Tone::Warning,
            words::review(at.clone()),
            "What came of it is not known here.",
        )
    });
    [Some(run), Some(behind), review].into_iter().flatten().collect()
}

fn merge(plan: &Plan<'_>) -> AnyView {
    let Plan { project, read } = plan;
    let own = read.branch.project_ref.clone();
    let functions = read
        .functions
        .as_ref()
        .map(|pairs| pairs.iter().filter(|pair| pair.branch.is_some()).count());
    let deploys = match functions {
        Ok(0) => "Deploy no Edge Function: none differs".to_owned(),
        Ok(1) => "Deploy 1 Edge Function".to_owned(),
        Ok(count) => format!("Deploy {count} Edge Functions"),
        Err(_) => "Deploy Edge Functions; which differ is not known".to_owned(),
    };
    let rest = match read.statements {
        Err(_) => "Change production\u{2019}s schema; what differs is not known".to_owned(),
        Ok(0) => "Change nothing else in production\u{2019}s schema".to_owned(),
        Ok(1) => "Leave production\u{2019}s schema with the 1 statement applied that differs now".to_owned(),
        Ok(count) => format!("Leave production\u{2019}s schema with the {count} statements applied that differ now"),
    };
    let nothing = read.statements == Ok(0) && functions == Ok(0) && runs_none(&read.merge);
    let because = if nothing {
        Some("Nothing differs from production.".to_owned())
    } else if read.push.migrations.as_ref().is_some_and(|missing| !missing.is_empty()) {
        Some("The branch lacks migrations of production: push them to it first.".to_owned())
    } else {
        None
    };
    let question = read.merge.question.clone().filter(|_| because.is_none());
    let (asks, submit, kind) = asked("Merge into production", "Merge", &read.merge, question.is_some());
    let asks = because.is_none().then_some(asks);
    let counted = (question.is_some() && read.merge.counted)
        .then(|| view! { <p class="hint">"Rows were counted on production when this page was read."</p> });
    let (next, back) = (
        paths::started_run(project, project),
        paths::branch_changes(project, &own),
    );
    let (checks, runs) = (checks(plan), runs(read.merge.migrations.as_deref(), "production"));
    view! {
        <div class="doing-head"><h2 id="merge-title">"Merge into production"</h2></div>
        <div class="doing-part">
            <h3>"What it will do"</h3>
            <ol class="intent">
                {runs}
                <li><div>{rest}</div></li>
                <li><div>{deploys}</div></li>
                <li><div>"Leave production\u{2019}s rows, secrets and settings as they are, but for what statements do to them"</div></li>
            </ol>
        </div>
        <div class="doing-part">
            <h3>"Before you merge"</h3>
            <ul class="checks">{checks}</ul>
        </div>
        <div class="doing-part asks" data-region="merge">
            {asks.map(|asks| view! { <h3>{asks}</h3> })}
            {counted}
            <OperationForm operation=OperationId::MergeBranch next back submit kind question disabled_because=because>
                <input type="hidden" name=BRANCH value=own/>
            </OperationForm>
        </div>
    }
    .into_any()
}

/// Why it asks what it asks, and the button that says all of it.
fn asked(gentle: &str, verb: &str, carried: &Carried, asks: bool) -> (&'static str, String, ButtonKind) {
    match carried.losing {
        _ if !asks => (
            "It asks nothing: nothing is dropped, rewritten or granted",
            gentle.to_owned(),
            ButtonKind::Primary,
        ),
        0 => (
            "It changes who gets in, or what was defined, so it asks",
            gentle.to_owned(),
            ButtonKind::Primary,
        ),
        1 => (
            "It may lose data, so it asks",
            format!("{verb}, and lose 1 thing for good"),
            ButtonKind::Danger,
        ),
        count => (
            "It may lose data, so it asks",
            format!("{verb}, and lose {count} things for good"),
            ButtonKind::Danger,
        ),
    }
}

fn push(plan: &Plan<'_>) -> AnyView {
    let (own, carried) = (plan.read.branch.project_ref.clone(), &plan.read.push);
    let (next, back) = (
        paths::started_run(plan.project, &own),
        paths::branch_changes(plan.project, &own),
    );
    let because = runs_none(carried).then(|| "The branch has every migration of production.".to_owned());
    let open = because.is_none();
    let question = carried.question.clone().filter(|_| open);
    let (asks, submit, kind) = asked("Push from production", "Push", carried, question.is_some());
    let asks = open.then_some(asks);
    let runs = runs(carried.migrations.as_deref(), "the branch");
    view! {
        <details class="doing-part" open=open>
            <summary><h3>"Push from production"</h3></summary>
            <ol class="intent">{runs}<li><div>"Deploy production\u{2019}s Edge Functions on the branch"</div></li></ol>
            <div class="asks" data-region="push">
                {asks.map(|asks| view! { <h3>{asks}</h3> })}
                <OperationForm operation=OperationId::PushBranch next back submit kind question disabled_because=because>
                    <input type="hidden" name=BRANCH value=own/>
                </OperationForm>
            </div>
        </details>
    }
    .into_any()
}

/// Tables that are named.
const TABLES: usize = 8;

/// What the branch's tables hold, or why that is not known.
fn held(held: &Part<Vec<Held>>) -> AnyView {
    let held = match held {
        Ok(held) if held.is_empty() => return view! { <p class="hint">"No table holds a row now."</p> }.into_any(),
        Ok(held) => held,
        Err(error) => {
            let why = error.to_string();
            return view! { <p class="hint">"How many rows these are could not be read: " {why}</p> }.into_any();
        }
    };
    let row =
        |one: &Held| view! { <li><code>{one.relation.clone()}</code> " " <span class="hint">{one.told()}</span></li> };
    let left = held.len().saturating_sub(TABLES);
    let left = (left > 0).then(|| view! { <li class="hint">{format!("and {left} more tables")}</li> });
    view! { <ul class="intent-list">{held.iter().take(TABLES).map(row).collect_view()} {left}</ul> }.into_any()
}

/// Versions that can be chosen.
const VERSIONS: usize = 50;

fn reset(plan: &Plan<'_>) -> AnyView {
    let own = plan.read.branch.project_ref.clone();
    let (next, back) = (
        paths::started_run(plan.project, &own),
        paths::branch_changes(plan.project, &own),
    );
    let versions = plan
        .read
        .parents
        .as_deref()
        .unwrap_or_default()
        .iter()
        .rev()
        .take(VERSIONS);
    let versions = versions.map(|row| {
        Choice::new(
            row.version.clone(),
            format!("{} {}", row.version, row.name.clone().unwrap_or_default()),
        )
    });
    let choices: Vec<Choice> = std::iter::once(Choice::new("", "As production is now"))
        .chain(versions)
        .collect();
    let question = plan.read.reset.clone();
    view! {
        <details class="doing-part" open=FormState::of(OperationId::ResetBranch, "").was_sent()>
            <summary><h3>"Reset the branch"</h3></summary>
            <ol class="intent">
                <li><div>"Empty the branch\u{2019}s database: every row and every change that is no migration is lost" {held(&plan.read.held)}</div></li>
                <li><div>"Make it anew as production is now, or by production\u{2019}s migrations up to the version that is chosen"</div></li>
            </ol>
            <div data-region="reset">
                <OperationForm operation=OperationId::ResetBranch next back submit="Reset the branch" kind=ButtonKind::Danger question=Some(question)>
                    <input type="hidden" name=BRANCH value=own/>
                    <SelectField
                        name="migration_version"
                        label="To"
                        choices
                        value=FormState::value("migration_version", "")
                        error=FormState::error("migration_version")
                    />
                </OperationForm>
            </div>
        </details>
    }
    .into_any()
}
