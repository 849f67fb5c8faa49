//! The control API under `/sandbox/`: worlds, faults, and the passing of time. See the crate's documentation.

use std::time::Duration;

use axum::{
    Json, Router,
    extract::{Path, State, rejection::JsonRejection},
    http::StatusCode,
    routing::{get, post},
};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    Sandbox,
    answer::Refusal,
    fault::Fault,
    reach::NewScopedToken,
    seed::{self, WorldOptions},
    token::WorldId,
    world::World,
    worlds::{self, enter},
};

/// A body, or what is wrong with it.
type Given<T> = Result<Json<T>, JsonRejection>;

pub fn router() -> Router<Sandbox> {
    Router::new()
        .route("/sandbox/worlds", post(create))
        .route("/sandbox/worlds/{id}", get(show).delete(remove))
        .route("/sandbox/worlds/{id}/faults", post(add_fault).delete(clear_faults))
        .route("/sandbox/worlds/{id}/tokens/expire", post(expire_tokens))
        .route("/sandbox/worlds/{id}/grants/revoke", post(revoke_grants))
        .route("/sandbox/worlds/{id}/tokens", post(create_token))
        .route("/sandbox/worlds/{id}/codes/expire", post(expire_codes))
        .route("/sandbox/worlds/{id}/clock", post(advance))
        .route("/sandbox/worlds/{id}/disk", post(fill_disk))
}

fn given<T>(body: Given<T>) -> Result<T, Refusal> {
    body.map(|Json(value)| value)
        .map_err(|rejection| Refusal::Invalid(rejection.body_text()))
}

fn world_id(text: &str) -> Result<WorldId, Refusal> {
    text.parse().map_err(|_| Refusal::NotFound("World"))
}

/// Does something in a world; the demo is kept as it is afterwards.
fn within<T>(sandbox: &Sandbox, id: &str, act: impl FnOnce(&mut World) -> Result<T, Refusal>) -> Result<T, Refusal> {
    let world = sandbox.find(world_id(id)?).ok_or(Refusal::NotFound("World"))?;
    let mut world = enter(&world);
    let outcome = act(&mut world)?;
    worlds::save(sandbox.settings(), &world);
    Ok(outcome)
}

/// The same for what cannot fail and has nothing to tell.
fn change(sandbox: &Sandbox, id: &str, act: impl FnOnce(&mut World)) -> Result<StatusCode, Refusal> {
    within(sandbox, id, |world| {
        act(world);
        Ok(StatusCode::NO_CONTENT)
    })
}

/// What a world holds, with everything a test needs to act in it.
fn content(world: &World) -> Value {
    let now = world.now();
    let people = world.people.iter();
    let organizations = world.organizations.iter();
    let projects = world.projects.iter().filter(|project| !project.is_removed(now));
    let (access, refresh) = world.grants.tokens();
    json!({
        "id": world.id.to_string(),
        "people": people
            .map(|person| json!({ "id": person.id, "email": person.email, "name": person.name, "pat": person.pat }))
            .collect::<Vec<_>>(),
        "organizations": organizations
            .map(|organization| json!({ "slug": organization.slug, "name": organization.name, "plan": organization.plan }))
            .collect::<Vec<_>>(),
        "projects": projects
            .map(|project| {
                json!({
                    "ref": project.reference,
                    "name": project.name,
                    "organization_slug": project.organization,
                    "status": project.status(now),
                })
            })
            .collect::<Vec<_>>(),
        "grants": world.grants.count(),
        "tokens": { "access": access, "refresh": refresh },
        "counters": world.counters,
        "faults": world.faults,
    })
}

async fn create(
    State(sandbox): State<Sandbox>,
    options: Given<WorldOptions>,
) -> Result<(StatusCode, Json<Value>), Refusal> {
    let world = seed::world(given(options)?, worlds::rules(sandbox.settings()))?;
    let content = content(&world);
    if let Some(dropped) = sandbox.worlds().add(world) {
        sandbox.postgres().drop_world(dropped).await?;
    }
    Ok((StatusCode::CREATED, Json(content)))
}

async fn show(State(sandbox): State<Sandbox>, Path(id): Path<String>) -> Result<Json<Value>, Refusal> {
    within(&sandbox, &id, |world| Ok(Json(content(world))))
}

async fn remove(State(sandbox): State<Sandbox>, Path(id): Path<String>) -> Result<StatusCode, Refusal> {
    let id = world_id(&id)?;
    if !sandbox.worlds().remove(id, sandbox.settings()) {
        return Err(Refusal::NotFound("World"));
    }
    sandbox.postgres().drop_world(id).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn add_fault(
    State(sandbox): State<Sandbox>,
    Path(id): Path<String>,
    fault: Given<Fault>,
) -> Result<StatusCode, Refusal> {
    let fault = given(fault)?;
    fault.check()?;
    change(&sandbox, &id, |world| world.faults.add(fault))
}

async fn clear_faults(State(sandbox): State<Sandbox>, Path(id): Path<String>) -> Result<StatusCode, Refusal> {
    change(&sandbox, &id, |world| world.faults.clear())
}

async fn expire_tokens(State(sandbox): State<Sandbox>, Path(id): Path<String>) -> Result<StatusCode, Refusal> {
    change(&sandbox, &id, |world| world.grants.expire_access())
}

async fn revoke_grants(State(sandbox): State<Sandbox>, Path(id): Path<String>) -> Result<StatusCode, Refusal> {
    change(&sandbox, &id, |world| world.grants.end_all())
}

async fn expire_codes(State(sandbox): State<Sandbox>, Path(id): Path<String>) -> Result<StatusCode, Refusal> {
    change(&sandbox, &id, |world| world.grants.expire_codes(world.now()))
}

/// A scoped personal token, as its person would make it in the dashboard.
async fn create_token(
    State(sandbox): State<Sandbox>,
    Path(id): Path<String>,
    asked: Given<NewScopedToken>,
) -> Result<(StatusCode, Json<Value>), Refusal> {
    let asked = given(asked)?;
    within(&sandbox, &id, |world| {
        let scoped = asked.mint(world.id);
        let told = json!({ "token": scoped.token });
        world.scoped_tokens.push(scoped);
        Ok((StatusCode::CREATED, Json(told)))
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Advance {
    advance_s: u64,
}

async fn advance(
    State(sandbox): State<Sandbox>,
    Path(id): Path<String>,
    by: Given<Advance>,
) -> Result<StatusCode, Refusal> {
    let by = Duration::from_secs(given(by)?.advance_s);
    within(&sandbox, &id, |world| {
        world.advance(by).map(|()| StatusCode::NO_CONTENT)
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Disk {
    #[serde(rename = "ref")]
    project: String,
    full: bool,
}

async fn fill_disk(
    State(sandbox): State<Sandbox>,
    Path(id): Path<String>,
    disk: Given<Disk>,
) -> Result<StatusCode, Refusal> {
    let Disk { project, full } = given(disk)?;
    within(&sandbox, &id, |world| {
        let project = world.projects.iter_mut().find(|known| known.reference == project);
        project
            .ok_or(Refusal::NotFound("Project"))?
            .parts
            .database
            .readonly
            .full = full;
        Ok(StatusCode::NO_CONTENT)
    })
}
