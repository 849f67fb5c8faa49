//! Every operation refuses as the real service does: without a token, without scope or role, for what is not there, and
//! past its limit.

use axum::http::{Method, StatusCode};
use management_api::{Area, Body, Effect, OperationId};
use serde_json::json;

use crate::support::{Lab, Reply};

/// A ref or slug in the right form that nothing has.
const NOBODYS: &str = "aaaaaaaaaaaaaaaaaaaa";
/// An id in the right form that nothing has.
const NOTHINGS: &str = "00000000-0000-4000-8000-000000000000";

/// All but the sign-in, which neither token nor limit protects; its refusals are in `oauth.rs`.
fn operations() -> impl Iterator<Item = OperationId> {
    OperationId::ALL
        .iter()
        .copied()
        .filter(|id| id.row().area != Area::Oauth)
}

/// The operation's path with `project` and nothing else that exists.
fn path(id: OperationId, project: &str) -> String {
    let segments = id.row().path.split('/').map(|segment| match segment {
        "{ref}" | "{slug}" => project,
        "{version}" => "20260101000000",
        placeholder if placeholder.starts_with('{') => NOTHINGS,
        other => other,
    });
    segments.collect::<Vec<_>>().join("/")
}

async fn send(lab: &Lab, id: OperationId, path: &str, token: &str) -> Reply {
    let row = id.row();
    let method = Method::from_bytes(row.method.as_str().as_bytes()).unwrap();
    let body = match row.body {
        Body::None => None,
        Body::Whole("functions" | "secrets" | "names") => Some(json!([])),
        Body::Json | Body::Whole(_) | Body::Data(_) | Body::List(..) | Body::Form | Body::Multipart => Some(json!({})),
    };
    lab.call(method, path, token, body).await
}

/// A refusal has a message, but for answers to HEAD, which have no body.
fn refused(id: OperationId, reply: &Reply, status: StatusCode) -> Result<(), String> {
    let silent = id == OperationId::CountActionRuns && reply.text.is_empty();
    if reply.status == status && (silent || !reply.message().is_empty()) {
        return Ok(());
    }
    Err(format!("{id}: {} instead of {status}: {}", reply.status, reply.text))
}

fn report(what: &str, outcomes: Vec<Result<(), String>>) {
    let wrong: Vec<_> = outcomes.iter().filter_map(|outcome| outcome.as_ref().err()).collect();
    println!("{what}: {}/{}", outcomes.len() - wrong.len(), outcomes.len());
    assert!(wrong.is_empty(), "{what}: {wrong:#?}");
}

#[tokio::test]
async fn no_token_no_answer() {
    let lab = Lab::new(json!({})).await;
    let mut outcomes = Vec::new();
    for id in operations() {
        let reply = send(&lab, id, &path(id, lab.reference("Note G")), "sbp_0000").await;
        outcomes.push(refused(id, &reply, StatusCode::UNAUTHORIZED));
    }
    report("refused without a token (401)", outcomes);
}

#[tokio::test]
async fn an_app_without_the_scope_is_told_which() {
    let lab = Lab::new(json!({ "scopes": [] })).await;
    let token = lab.sign_in("Ada").await.access;
    let mut outcomes = Vec::new();
    for id in operations() {
        let Some(scope) = id.row().scope else { continue };
        let reply = send(&lab, id, &path(id, lab.reference("Note G")), &token).await;
        let named = id == OperationId::CountActionRuns || reply.message().contains(scope);
        outcomes.push(
            refused(id, &reply, StatusCode::FORBIDDEN).and(named.then_some(()).ok_or(format!("{id}: {}", reply.text))),
        );
    }
    report("refused without the scope (403)", outcomes);
}

#[tokio::test]
async fn a_reader_changes_nothing() {
    let lab = Lab::new(json!({})).await;
    let mut outcomes = Vec::new();
    for id in operations() {
        let row = id.row();
        if row.effect == Effect::Read || !row.path.contains("{ref}") {
            continue;
        }
        // Whoever was invited from outside has no role; and SQL by whoever may only read is run, and writes nothing.
        if matches!(id, OperationId::AcceptJitInvitation | OperationId::RunQuery) {
            continue;
        }
        let reply = send(&lab, id, &path(id, lab.reference("Note G")), lab.pat("Katherine")).await;
        outcomes.push(refused(id, &reply, StatusCode::FORBIDDEN));
    }
    report("refused for the role (403)", outcomes);
}

#[tokio::test]
async fn what_is_not_there_is_not_found() {
    let lab = Lab::new(json!({})).await;
    let mut outcomes = Vec::new();
    for id in operations() {
        let row = id.row();
        if row.placeholders().next().is_none() {
            continue;
        }
        let status = match id {
            // As recorded.
            OperationId::GetSnippet => StatusCode::NOT_ACCEPTABLE,
            _ => StatusCode::NOT_FOUND,
        };
        let reply = send(&lab, id, &path(id, NOBODYS), lab.pat("Ada")).await;
        outcomes.push(refused(id, &reply, status));
        if row.path.contains("/projects/{ref}") {
            let malformed = send(&lab, id, &path(id, "not-a-ref"), lab.pat("Ada")).await;
            outcomes.push(refused(id, &malformed, StatusCode::BAD_REQUEST));
        }
        // Something of a project that is there, by an id that is not.
        if row.path.contains("{ref}") && row.placeholders().count() > 1 {
            let reply = send(&lab, id, &path(id, lab.reference("Note G")), lab.pat("Ada")).await;
            let status = match reply.status {
                StatusCode::BAD_REQUEST => StatusCode::BAD_REQUEST,
                // Not open to the project at all.
                StatusCode::FORBIDDEN if row.area == Area::Compute => StatusCode::FORBIDDEN,
                _ => status,
            };
            outcomes.push(refused(id, &reply, status));
        }
    }
    report("refused for what is not there (404, 400, 406)", outcomes);
}

#[tokio::test]
async fn past_the_limit_nothing_is_answered() {
    let lab = Lab::new(json!({ "rate_limit": 0 })).await;
    let mut outcomes = Vec::new();
    for id in operations() {
        let reply = send(&lab, id, &path(id, lab.reference("Note G")), lab.pat("Ada")).await;
        let told = reply.header("x-ratelimit-remaining") == Some("0") && reply.header("x-ratelimit-reset").is_some();
        outcomes.push(
            refused(id, &reply, StatusCode::TOO_MANY_REQUESTS)
                .and(told.then_some(()).ok_or(format!("{id}: no headers"))),
        );
    }
    report("refused past the limit (429)", outcomes);
}

/// The limits of the catalogue are those that the headers tell.
#[tokio::test]
async fn each_class_has_its_limit() {
    let lab = Lab::new(json!({})).await;
    let mut outcomes = Vec::new();
    // As recorded, the answer to a new organization tells no limit.
    for id in operations().filter(|id| *id != OperationId::CreateOrganization) {
        let reply = send(&lab, id, &path(id, NOBODYS), lab.pat("Ada")).await;
        let limit = id.row().limit.per_minute().to_string();
        let told = reply.header("x-ratelimit-limit") == Some(limit.as_str());
        outcomes.push(
            told.then_some(())
                .ok_or(format!("{id}: {:?}", reply.header("x-ratelimit-limit"))),
        );
    }
    report("limits told", outcomes);
    // Of a project that is not there, since a first question to a database takes longer than a second.
    let (nobodys, ada) = ("b".repeat(20), lab.pat("Ada"));
    let context = format!("/v1/projects/{nobodys}/database/context");
    let statuses = [lab.get(&context, ada).await.status, lab.get(&context, ada).await.status];
    assert_eq!(statuses[1], StatusCode::TOO_MANY_REQUESTS, "one a second: {statuses:?}");
}
