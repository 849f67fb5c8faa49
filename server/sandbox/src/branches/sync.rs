//! Between a branch and production: comparing, merging, pushing and resetting.
//!
//! The databases change while the call is answered; the run then tells of it step by step, as if it were just happening.

use axum::http::StatusCode;
use futures::future::BoxFuture;
use management_api::branches::StepName;
use serde::Deserialize;
use serde_json::json;
use time::{OffsetDateTime, macros::format_description};

use super::{
    locate,
    migrations::{self, Migration, Run as Running, apply, missing},
    run::{Kind, Run},
};
use crate::{
    answer::{Answered, Refusal, json as answer, text},
    call::{Call, Waiting},
    projects::Project,
    schema::check_names,
    token::WorldId,
    worlds::enter,
};

#[derive(Deserialize)]
struct Wanted {
    migration_version: Option<String>,
}

/// The branch and production, as far as the databases are concerned.
struct Pair {
    world: WorldId,
    id: String,
    name: String,
    with_data: bool,
    branch: String,
    production: String,
    now: OffsetDateTime,
}

/// Whether both projects run, and which they are.
fn pair(waiting: &Waiting) -> Result<Pair, Refusal> {
    let world = enter(&waiting.world).id;
    waiting.within(|call| {
        let place = locate(call)?;
        let branch = place.branch(call.world);
        if branch.is_default {
            return Err(Refusal::Invalid("The default branch is production itself.".to_owned()));
        }
        let own = place.project(call.world)?;
        for place in [own, place.production] {
            call.world.projects[place].check_running(call.now)?;
        }
        Ok(Pair {
            world,
            id: branch.id.clone(),
            name: branch.name.clone(),
            with_data: branch.with_data,
            branch: branch.project.clone(),
            production: call.world.projects[place.production].reference.clone(),
            now: call.now,
        })
    })
}

fn wanted(waiting: &Waiting) -> Result<Option<String>, Refusal> {
    let Wanted { migration_version } = waiting.request.json()?;
    Ok(migration_version.filter(|version| !version.is_empty()))
}

/// v1-diff-a-branch
pub fn diff(waiting: Waiting) -> BoxFuture<'static, Answered> {
    Box::pin(async move {
        let pair = pair(&waiting)?;
        let named = waiting.request.query("included_schemas");
        check_names(
            "included_schemas",
            &named.into_iter().flat_map(|names| names.split(',')).collect::<Vec<_>>(),
        )?;
        waiting.request.flag("pgdelta")?;
        let both = (pair.production.as_str(), pair.branch.as_str());
        let postgres = waiting.sandbox.postgres();
        Ok(text(migrations::diff(postgres, pair.world, both, named).await?))
    })
}

/// v1-merge-a-branch
///
/// The branch's own migrations run on production. Without a version to stop at, what still differs then follows as a
/// migration of its own, which both write down.
pub fn merge(waiting: Waiting) -> BoxFuture<'static, Answered> {
    Box::pin(async move {
        let (pair, last) = (pair(&waiting)?, wanted(&waiting)?);
        let postgres = waiting.sandbox.postgres();
        let theirs = migrations::history(postgres, pair.world, &pair.branch).await?;
        let ours = migrations::history(postgres, pair.world, &pair.production).await?;
        let pending = missing(&theirs, &ours, last.as_deref())?;
        if last.is_none() && !missing(&ours, &theirs, None)?.is_empty() {
            return Err(Refusal::Conflict(
                "Production has migrations that the branch lacks: push them to the branch first.".to_owned(),
            ));
        }
        let mut run = waiting.within(|call| Ok(new_run(call, Kind::Merge, &pair, &pair.production)))?;
        let done = run_all(&waiting, &mut run, &pair.production, &pair, &pending).await;
        if done && last.is_none() {
            merge_the_rest(&waiting, &mut run, &pair, &ours, &theirs).await?;
        }
        finish(&waiting, run, &pair, |production, branch, now| {
            production.parts.functions.adopt(&branch.parts.functions, now)
        })
    })
}

async fn merge_the_rest(
    waiting: &Waiting,
    run: &mut Run,
    pair: &Pair,
    ours: &[Migration],
    theirs: &[Migration],
) -> Result<(), Refusal> {
    let postgres = waiting.sandbox.postgres();
    let sql = migrations::diff(postgres, pair.world, (&pair.production, &pair.branch), None).await?;
    if sql.trim().is_empty() {
        run.note(StepName::Migrate, "Nothing else differs");
        return Ok(());
    }
    let latest = ours.iter().chain(theirs).max_by_key(|migration| &migration.version);
    let migration = Migration {
        version: version(pair.now, latest),
        name: format!("merge_{}", pair.name),
        statements: vec![sql],
    };
    if run_all(waiting, run, &pair.production, pair, std::slice::from_ref(&migration)).await {
        apply(postgres, pair.world, &pair.branch, &migration, Running::Not).await?;
    }
    Ok(())
}

/// The time as versions tell it, or the number after the latest one.
fn version(now: OffsetDateTime, latest: Option<&Migration>) -> String {
    let format = format_description!("[year][month][day][hour][minute][second]");
    // ok: all parts of the form are parts of every time.
    let time = now.format(format).unwrap_or_default();
    let next = latest.and_then(|latest| latest.version.parse::<u64>().ok());
    match next.map(|latest| (latest + 1).to_string()) {
        Some(next) if (next.len(), next.as_str()) > (time.len(), time.as_str()) => next,
        Some(_) | None => time,
    }
}

/// v1-push-a-branch
pub fn push(waiting: Waiting) -> BoxFuture<'static, Answered> {
    Box::pin(async move {
        let (pair, last) = (pair(&waiting)?, wanted(&waiting)?);
        let postgres = waiting.sandbox.postgres();
        let theirs = migrations::history(postgres, pair.world, &pair.branch).await?;
        let ours = migrations::history(postgres, pair.world, &pair.production).await?;
        let pending = missing(&ours, &theirs, last.as_deref())?;
        let mut run = waiting.within(|call| Ok(new_run(call, Kind::Push, &pair, &pair.branch)))?;
        run_all(&waiting, &mut run, &pair.branch, &pair, &pending).await;
        finish(&waiting, run, &pair, |production, branch, now| {
            branch.parts.functions.adopt(&production.parts.functions, now)
        })
    })
}

/// v1-reset-a-branch
///
/// Without a version the database is a new copy of production's; with one, what production's migrations up to it make
/// of an empty one.
pub fn reset(waiting: Waiting) -> BoxFuture<'static, Answered> {
    Box::pin(async move {
        let (pair, last) = (pair(&waiting)?, wanted(&waiting)?);
        let postgres = waiting.sandbox.postgres();
        let ours = migrations::history(postgres, pair.world, &pair.production).await?;
        let chosen = missing(&ours, &[], last.as_deref())?;
        let mut run = waiting.within(|call| Ok(new_run(call, Kind::Reset, &pair, &pair.branch)))?;
        if last.is_some() {
            postgres.drop(pair.world, &pair.branch).await?;
            run.note(StepName::Migrate, "Began with an empty database");
            run_all(&waiting, &mut run, &pair.branch, &pair, &chosen).await;
        } else {
            postgres.copy(pair.world, &pair.production, &pair.branch).await?;
            run.note(StepName::Migrate, "Copied production\u{2019}s schema");
            if pair.with_data {
                run.note(StepName::Seed, "Copied production\u{2019}s data");
            } else if let Err(refusal) = migrations::empty(postgres, pair.world, &pair.branch).await {
                postgres.drop(pair.world, &pair.branch).await?;
                run.fail(StepName::Migrate, refusal.to_string());
            }
        }
        finish(&waiting, run, &pair, |production, branch, now| {
            branch.parts.functions.clear();
            branch.parts.functions.adopt(&production.parts.functions, now)
        })
    })
}

fn new_run(call: &Call<'_>, kind: Kind, pair: &Pair, project: &str) -> Run {
    Run::new(kind, &pair.id, project, call.now, call.world.rules.coming_up)
}

/// Runs migrations until one fails; the run logs them. Whether all ran.
async fn run_all(waiting: &Waiting, run: &mut Run, project: &str, pair: &Pair, migrations: &[Migration]) -> bool {
    if migrations.is_empty() {
        run.note(StepName::Migrate, "There are no new migrations");
    }
    for migration in migrations {
        let Migration { version, name, .. } = migration;
        run.note(StepName::Migrate, format!("Running migration {version} {name}"));
        let postgres = waiting.sandbox.postgres();
        if let Err(refusal) = apply(postgres, pair.world, project, migration, Running::AndWriteDown).await {
            run.fail(StepName::Migrate, format!("Migration {version} failed: {refusal}"));
            return false;
        }
    }
    true
}

/// Deploys the functions, unless the run failed before, and answers with the run.
fn finish(
    waiting: &Waiting,
    mut run: Run,
    pair: &Pair,
    deploy: impl FnOnce(&mut Project, &mut Project, OffsetDateTime) -> Vec<String>,
) -> Answered {
    waiting.within(|call| {
        let place = locate(call)?;
        let own = place.project(call.world)?;
        if !run.fails() {
            // Production comes before its branches in the world's list, but nothing here leans on it.
            let [production, branch] = call
                .world
                .projects
                .get_disjoint_mut([place.production, own])
                .map_err(|_| Refusal::NotFound("Branch"))?;
            for slug in deploy(production, branch, call.now) {
                run.note(StepName::Deploy, format!("Deployed {slug}"));
            }
        }
        let id = run.id.clone();
        let (production, branch) = (place.production, place.branch_mut(call.world));
        branch.updated_at = pair.now;
        call.world.projects[production].parts.branches.start(run);
        Ok(answer(
            StatusCode::CREATED,
            &json!({ "workflow_run_id": id, "message": "ok" }),
        ))
    })
}
