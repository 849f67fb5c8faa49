//! Connect: sends each call through the connection that covers its place, and lists through all of them.

use app::error::ConsoleError;
use std::sync::Arc;

use bytes::Bytes;
use futures::future::join_all;
use management_api::{
    Effect, Operation, Request, Scope,
    organizations::ListOrganizations,
    projects::{GetProject, ListProjects},
};
use serde_json::Value;
use tower::{Layer, ServiceExt};

use super::{
    call::{Answer, Call, Failure, Next, Rate, Source},
    layer::{Stacked, stacked},
};
use crate::{
    connections::{
        Connection, Connections,
        cover::{Cover, Route, not_connected, route},
    },
    directory::Directory,
};

pub(super) fn layer<S: Next>(
    connections: Option<Connections>,
    directory: Option<Directory>,
) -> impl Layer<S, Service = Stacked> {
    let kept = Kept { connections, directory };
    stacked(kept, connected)
}

/// `None`: see [`StackSettings`](super::StackSettings).
struct Kept {
    connections: Option<Connections>,
    directory: Option<Directory>,
}

async fn connected<S: Next>(inner: S, kept: Arc<Kept>, call: Call) -> Result<Answer, Failure> {
    let Kept { connections, directory } = &*kept;
    let Some(connections) = connections else {
        return inner.oneshot(call).await;
    };
    let all = connections.of(&call.caller.account).await.map_err(Failure::held)?;
    let mut living = all.iter().filter(|connection| !connection.dead);
    let lists = call.request.id == ListOrganizations::ID || call.request.id == ListProjects::ID;
    match (living.next(), living.next()) {
        // Nobody is signed in there any more, or not with anything that works: the tokens' keeper says which.
        (None, _) => inner.oneshot(call).await,
        (Some(_), _) if lists => Box::pin(merged(&inner, connections, directory.as_ref(), &all, call)).await,
        (Some(only), None) if all.len() == 1 => Box::pin(through(&inner, connections, &all, only, call)).await,
        (Some(_), _) => Box::pin(placed(&inner, connections, &all, call)).await,
    }
}

async fn placed<S: Next>(
    inner: &S,
    connections: &Connections,
    all: &[Connection],
    call: Call,
) -> Result<Answer, Failure> {
    match route(all, call.request.id, &call.place) {
        Route::Through(connection) => through(inner, connections, all, connection, call).await,
        Route::None { dead } => Err(Failure::held(not_connected(all, &call.place, dead))),
        Route::Try(candidates) => {
            // A write is sent once: the first that may fit. What it belongs to was asked for before.
            let reads = call.request.id.row().effect == Effect::Read;
            let place = call.place.clone();
            let mut last = None;
            for connection in candidates {
                let result = through(inner, connections, all, connection, call.clone()).await;
                let elsewhere = matches!(
                    &result,
                    Err(Failure {
                        error: ConsoleError::Forbidden { .. }
                            | ConsoleError::NotFound
                            | ConsoleError::NotConnected { .. },
                        ..
                    })
                );
                if !(elsewhere && reads) {
                    return result;
                }
                last = Some(result);
            }
            // ok: a route is never tried through none.
            last.unwrap_or_else(|| Err(Failure::held(not_connected(all, &place, false))))
        }
    }
}

/// Through one of them; what its refusal means depends on what it covers.
async fn through<S: Next>(
    inner: &S,
    connections: &Connections,
    all: &[Connection],
    connection: &Connection,
    mut call: Call,
) -> Result<Answer, Failure> {
    let place = call.place.clone();
    call.caller = connection.caller(&call.caller);
    call.by = Some(connection.told());
    let mut failure = match inner.clone().oneshot(call).await {
        Ok(answer) => return Ok(answer),
        Err(failure) => failure,
    };
    if failure.error == ConsoleError::Reconnect {
        connections.changed().await;
        // Whoever has others stays signed in by them.
        if all.iter().any(|other| other.key != connection.key && !other.dead) {
            failure.error = not_connected(all, &place, true);
        }
        return Err(failure);
    }
    if let ConsoleError::Forbidden { message, .. } = &failure.error {
        let missing = failure.refusal.as_ref().map(|refused| refused.missing.clone());
        let missing = missing.unwrap_or_default();
        let of_place = place.scope != Scope::Account;
        if !missing.is_empty() {
            connections.note_lacking(connection, &missing).await;
        } else if of_place && connection.is_grant() && elsewhere(connection.covers(&place), message) {
            failure.error = not_connected(all, &place, false);
        }
    }
    Err(failure)
}

/// Whether a grant was refused because the place is of another organization than its own.
fn elsewhere(cover: Cover, message: &str) -> bool {
    const OF_ANOTHER: &str = "You do not have permission to perform this action.";
    match cover {
        Cover::Yes => false,
        Cover::No => true,
        Cover::Unknown => message == OF_ANOTHER,
    }
}

/// Asks all that live side by side, and makes one list of it. What one of them does not give is missing; the list is there.
async fn merged<S: Next>(
    inner: &S,
    connections: &Connections,
    directory: Option<&Directory>,
    all: &[Connection],
    call: Call,
) -> Result<Answer, Failure> {
    let living: Vec<&Connection> = all.iter().filter(|connection| !connection.dead).collect();
    let mut asked = Vec::with_capacity(living.len());
    for connection in &living {
        let part = Call {
            part: true,
            ..call.clone()
        };
        asked.push(Box::pin(part_of(inner, connections, all, connection, part)));
    }
    let (mut rows, mut failures, mut source) = (Vec::new(), Vec::new(), Source::Cache);
    let single = living.len() == 1;
    for (connection, result) in living.iter().zip(join_all(asked).await) {
        connections.note_list(&connection.key, result.as_ref().err().map(|failure| &failure.error));
        match result {
            // One list is what it is: nothing of it is read here.
            Ok(answer) if single && connection.details.projects.is_empty() => {
                note(connections, &call, connection, &answer).await;
                learn(directory, &call, &answer);
                return Ok(answer);
            }
            Ok(answer) => {
                note(connections, &call, connection, &answer).await;
                if answer.source == Source::Upstream {
                    source = Source::Upstream;
                }
                match serde_json::from_slice::<Vec<Value>>(&answer.body) {
                    Ok(part) => rows.extend(part),
                    Err(_) => failures.push(Failure::sent(ConsoleError::Unreadable {
                        message: "A list was none.".to_owned(),
                    })),
                }
            }
            Err(failure) => failures.push(failure),
        }
    }
    if failures.len() == living.len() {
        let kept = |failure: &Failure| {
            !matches!(
                failure.error,
                ConsoleError::NotConnected { .. } | ConsoleError::Reconnect
            )
        };
        let at = failures.iter().position(kept).unwrap_or_default();
        return Err(failures.swap_remove(at));
    }
    let answer = Answer {
        status: 200,
        body: Bytes::from(serde_json::to_vec(&once_each(rows)).unwrap_or_default()),
        source,
        rate: Rate::default(),
        request_id: None,
        cut: false,
    };
    learn(directory, &call, &answer);
    Ok(answer)
}

/// A connection's part of a list. Where it may not list projects, those that its owner typed are asked for one by one.
async fn part_of<S: Next>(
    inner: &S,
    connections: &Connections,
    all: &[Connection],
    connection: &Connection,
    call: Call,
) -> Result<Answer, Failure> {
    let lists_projects = call.request.id == ListProjects::ID;
    let (caller, anew) = (call.caller.clone(), call.anew);
    let result = through(inner, connections, all, connection, call).await;
    let typed = &connection.details.projects;
    if !lists_projects
        || typed.is_empty()
        || !matches!(&result, Err(failure) if matches!(failure.error, ConsoleError::Forbidden { .. }))
    {
        return result;
    }
    let mut asked = Vec::new();
    for reference in typed {
        let project = GetProject {
            project: reference.clone(),
        };
        let request = Request::of(&project).map_err(|error| Failure::held(error.into()))?;
        let one = Call {
            anew,
            ..Call::new(caller.clone(), request)
        };
        asked.push(Box::pin(through(inner, connections, all, connection, one)));
    }
    let mut rows = Vec::new();
    let mut failure = None;
    for found in join_all(asked).await {
        match found {
            Ok(answer) => rows.extend(serde_json::from_slice::<Value>(&answer.body)),
            Err(error) => failure = Some(error),
        }
    }
    match failure {
        Some(failure) if rows.is_empty() => Err(failure),
        Some(_) | None => Ok(Answer {
            status: 200,
            body: Bytes::from(serde_json::to_vec(&rows).unwrap_or_default()),
            source: Source::Upstream,
            rate: Rate::default(),
            request_id: None,
            cut: false,
        }),
    }
}

/// Which organizations a connection lists is what it covers.
async fn note(connections: &Connections, call: &Call, connection: &Connection, answer: &Answer) {
    if call.request.id != ListOrganizations::ID || answer.source != Source::Upstream {
        return;
    }
    let Ok(rows) = serde_json::from_slice::<Vec<Value>>(&answer.body) else {
        return;
    };
    let text = |row: &Value, key: &str| row.get(key).and_then(Value::as_str).map(str::to_owned);
    let listed = rows
        .iter()
        .filter_map(|row| Some((text(row, "slug")?, text(row, "name")?)))
        .collect();
    connections.note_organizations(connection, listed).await;
}

fn learn(directory: Option<&Directory>, call: &Call, answer: &Answer) {
    if let Some(directory) = directory.filter(|_| answer.source == Source::Upstream) {
        directory.lists.learn(&call.caller.person, &call.request, &answer.body);
    }
}

/// Two connections may open the same: each row stands once.
fn once_each(rows: Vec<Value>) -> Vec<Value> {
    let mut seen = std::collections::HashSet::new();
    rows.into_iter()
        .filter(|row| {
            let id = ["ref", "slug", "id"].iter().find_map(|key| row.get(key)?.as_str());
            id.is_none_or(|id| seen.insert(id.to_owned()))
        })
        .collect()
}
