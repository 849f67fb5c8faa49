//! Making a branch: a project, a copy of production's database, and the run that tells of it.

use axum::http::StatusCode;
use futures::future::BoxFuture;
use management_api::{
    branches::{CreateBranch, StepName},
    projects::SIZES,
};
use serde_json::Value;

use super::{
    Branch, Place, State, migrations, row,
    run::{Kind, Run},
    sweep,
};
use crate::{
    answer::{Answered, Refusal, json as answer},
    call::{Call, Waiting},
    checked::checked,
    envelope,
    organizations::Plan,
    projects::{Life, NEWEST_VERSION, Parts, Project, regions},
    secrets::edge,
    token,
    worlds::enter,
};

/// What the default branch is called until somebody renames it.
const DEFAULT: &str = "main";

/// Branches of one project.
const MOST: usize = 50;

/// v1-create-a-branch
pub fn create(waiting: Waiting) -> BoxFuture<'static, Answered> {
    Box::pin(async move {
        let row = make(&waiting, body).await?;
        Ok(answer(StatusCode::CREATED, &row))
    })
}

/// v2-create-a-branch
pub fn create_sized(waiting: Waiting) -> BoxFuture<'static, Answered> {
    Box::pin(async move {
        let row = make(&waiting, sized).await?;
        let names = [
            "name",
            "project_ref",
            "parent_project_ref",
            "is_default",
            "persistent",
            "with_data",
            "git_branch",
            "notify_url",
            "created_at",
            "updated_at",
        ];
        let told = names.into_iter().filter(|name| !row[*name].is_null());
        let attributes = told
            .map(|name| (name.to_owned(), row[name].clone()))
            .collect::<serde_json::Map<_, _>>();
        let id = row["id"].as_str().unwrap_or_default();
        envelope::one(
            StatusCode::CREATED,
            envelope::entity("branch", id, Value::Object(attributes)),
        )
    })
}

/// Makes a branch as `wanted` reads it from the call, and gives its row.
async fn make(waiting: &Waiting, wanted: fn(&Call<'_>) -> Result<CreateBranch, Refusal>) -> Result<Value, Refusal> {
    let new = waiting.within(|call| {
        let wanted = wanted(call);
        begin(call, wanted)
    })?;
    let Some(made) = new.made else {
        return Ok(new.row);
    };
    let copied = copy(waiting, &made).await;
    waiting.within(|call| {
        let state = &mut call.project_mut()?.parts.branches;
        let Some(run) = state.runs.iter_mut().find(|run| run.id == made.run) else {
            return Ok(());
        };
        match copied {
            Ok(lines) => lines.into_iter().for_each(|line| run.note(StepName::Migrate, line)),
            Err(refusal) => run.fail(StepName::Migrate, refusal.to_string()),
        }
        Ok(())
    })?;
    Ok(new.row)
}

/// What there is before the database is copied.
struct Begun {
    row: Value,
    /// `None` where the branch is production itself.
    made: Option<Made>,
}

struct Made {
    production: String,
    project: String,
    run: String,
    with_data: bool,
}

async fn copy(waiting: &Waiting, made: &Made) -> Result<Vec<String>, Refusal> {
    let world = enter(&waiting.world).id;
    let postgres = waiting.sandbox.postgres();
    postgres.copy(world, &made.production, &made.project).await?;
    let emptied = if made.with_data {
        Ok(())
    } else {
        migrations::empty(postgres, world, &made.project).await
    };
    if emptied.is_err() {
        // What was not asked for must not stay.
        postgres.drop(world, &made.project).await?;
    }
    emptied?;
    let history = migrations::history(postgres, world, &made.project).await?;
    let mut lines = vec![if made.with_data {
        "Copied production\u{2019}s schema and data".to_owned()
    } else {
        "Copied production\u{2019}s schema".to_owned()
    }];
    lines.push(format!("{} migrations are in place", history.len()));
    Ok(lines)
}

fn begin(call: &mut Call<'_>, new: Result<CreateBranch, Refusal>) -> Result<Begun, Refusal> {
    sweep(call.world, call.now);
    let now = call.now;
    let production = call.position_of(call.request.path("ref"))?;
    let new = new?;
    if call.world.projects[production].parts.branches.is_branch() {
        return Err(Refusal::Invalid("A branch has no branches of its own.".to_owned()));
    }
    if call.plan()? == Plan::Free {
        return Err(Refusal::PlanLimit("The free plan has no branches.".to_owned()));
    }
    call.running()?;
    let state = &call.world.projects[production].parts.branches;
    let is_default = new.is_default == Some(true);
    let has_default = state.branches.iter().any(|branch| branch.is_default);
    let takes_default = !is_default && !has_default && new.branch_name == DEFAULT;
    if state.named(&new.branch_name).is_some() || takes_default || is_default && has_default {
        return Err(Refusal::Conflict(format!(
            "The project already has a branch named {}.",
            if is_default { DEFAULT } else { &new.branch_name }
        )));
    }
    if state.branches.len() >= MOST {
        return Err(Refusal::PlanLimit(format!("A project has at most {MOST} branches.")));
    }
    let parts = Parts {
        branches: State {
            parent: Some(call.world.projects[production].reference.clone()),
            ..State::default()
        },
        ..Parts::default()
    };
    let project = project(&call.world.projects[production], &new, parts, call)?;
    let production_ref = call.world.projects[production].reference.clone();
    let entry = |name: &str, project: &str, is_default| Branch {
        id: token::uuid(&token::random()),
        name: name.to_owned(),
        project: project.to_owned(),
        is_default,
        git_branch: new.git_branch.clone(),
        persistent: is_default || new.persistent == Some(true),
        with_data: is_default || new.with_data == Some(true),
        created_at: now,
        updated_at: now,
        review_requested_at: None,
        notify_url: new.notify_url.clone(),
        deletion_scheduled_at: None,
        status: None,
    };
    let state = &mut call.world.projects[production].parts.branches;
    let mut made = None;
    if is_default {
        state.branches.insert(0, entry(&new.branch_name, &production_ref, true));
    } else {
        if !has_default {
            // The first branch brings production into the list.
            let main = Branch {
                git_branch: None,
                notify_url: None,
                ..entry(DEFAULT, &production_ref, true)
            };
            state.branches.insert(0, main);
        }
        let branch = entry(&new.branch_name, &project.reference, false);
        let pace = call.world.rules.coming_up;
        let mut run = Run::new(Kind::Create, &branch.id, &branch.project, now, pace);
        for slug in project.parts.functions.slugs() {
            run.note(StepName::Deploy, format!("Deployed {slug}"));
        }
        made = Some(Made {
            production: production_ref,
            project: branch.project.clone(),
            run: run.id.clone(),
            with_data: branch.with_data,
        });
        state.branches.push(branch);
        state.start(run);
        call.world.last_project += 1;
        call.world.projects.push(project);
    }
    let branches = &call.world.projects[production].parts.branches.branches;
    let branch = if is_default { 0 } else { branches.len() - 1 };
    let row = row(call.world, Place { production, branch }, now);
    Ok(Begun { row, made })
}

fn body(call: &Call<'_>) -> Result<CreateBranch, Refusal> {
    // The ref stands in the path; the type has it among the others.
    let mut body: Value = call.request.json()?;
    if let Value::Object(fields) = &mut body {
        fields.insert("ref".to_owned(), call.request.path("ref").into());
    }
    let new: CreateBranch = checked(&body).map_err(Refusal::Invalid)?;
    check_name(&new.branch_name)?;
    if let Some(address) = &new.notify_url {
        check_url(address)?;
    }
    Ok(new)
}

/// What v2 sends, as v1 has it. The disk is only checked: every branch's is as large as its data.
fn sized(call: &Call<'_>) -> Result<CreateBranch, Refusal> {
    #[derive(serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Sized {
        name: String,
        git_branch: Option<String>,
        region: Option<String>,
        persistent: Option<bool>,
        with_data: Option<bool>,
        desired_instance_size: Option<String>,
        desired_disk_size_gb: Option<u32>,
        notify_url: Option<String>,
    }
    let new: Sized = envelope::attributes(call.request, "branch")?;
    if new
        .desired_disk_size_gb
        .is_some_and(|size| !(8..=61_440).contains(&size))
    {
        return Err(Refusal::Invalid(
            "desired_disk_size_gb: expected a number from 8 to 61440.".to_owned(),
        ));
    }
    check_name(&new.name)?;
    new.notify_url.as_deref().map(check_url).transpose()?;
    Ok(CreateBranch {
        project: call.request.path("ref").to_owned(),
        branch_name: new.name,
        git_branch: new.git_branch,
        region: new.region,
        persistent: new.persistent,
        with_data: new.with_data,
        desired_instance_size: new.desired_instance_size,
        notify_url: new.notify_url,
        ..CreateBranch::default()
    })
}

pub(super) fn check_name(name: &str) -> Result<(), Refusal> {
    if name.trim().is_empty() || name.chars().count() > 255 {
        return Err(Refusal::Invalid(
            "branch_name: expected 1 to 255 characters.".to_owned(),
        ));
    }
    crate::projects::check_name(name)
}

pub(super) fn check_url(address: &str) -> Result<(), Refusal> {
    match url::Url::parse(address) {
        Ok(_) => Ok(()),
        Err(error) => Err(Refusal::Invalid(format!("notify_url: {error}."))),
    }
}

fn one_of(name: &str, value: Option<&String>, known: &[&str]) -> Result<(), Refusal> {
    match value {
        Some(value) if !known.contains(&value.as_str()) => Err(Refusal::Invalid(format!(
            "{name}: expected one of {}.",
            known.join(", ")
        ))),
        Some(_) | None => Ok(()),
    }
}

/// The branch's project: where nothing else was asked for it is like production, but small, and with its functions.
fn project(production: &Project, new: &CreateBranch, mut parts: Parts, call: &Call<'_>) -> Result<Project, Refusal> {
    let region = new.region.as_ref().unwrap_or(&production.region);
    if !regions::is_known(region) {
        return Err(Refusal::Invalid("region: there is no such region.".to_owned()));
    }
    let sizes: Vec<_> = ["pico"].into_iter().chain(SIZES.iter().copied()).collect();
    one_of("desired_instance_size", new.desired_instance_size.as_ref(), &sizes)?;
    let channels = ["internal", "alpha", "beta", "ga", "withdrawn", "preview"];
    one_of("release_channel", new.release_channel.as_ref(), &channels)?;
    one_of(
        "postgres_engine",
        new.postgres_engine.as_ref(),
        &["15", "17", "17-oriole"],
    )?;
    let version = match new.postgres_engine.as_deref() {
        Some("15") => "15.8.1.121",
        _ => NEWEST_VERSION,
    };
    let given = new.secrets.iter().flatten();
    let given = given.map(|(name, value)| (name.clone(), value.expose().to_owned()));
    parts.secrets = edge::begin_with(given, call.now)?;
    parts.functions.adopt(&production.parts.functions, call.now);
    Ok(Project {
        id: call.world.last_project + 1,
        reference: token::letters(&token::random()),
        organization: production.organization.clone(),
        name: new.branch_name.clone(),
        region: region.clone(),
        size: new.desired_instance_size.clone().unwrap_or_else(|| "micro".to_owned()),
        version: version.to_owned(),
        created_at: call.now,
        life: Life::created(call.now, call.world.rules.coming_up),
        parts,
    })
}
