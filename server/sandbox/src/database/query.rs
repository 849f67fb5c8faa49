//! SQL, run in the project's own database.

use axum::http::StatusCode;
use futures::future::BoxFuture;
use serde::Deserialize;
use serde_json::Value;

use super::{Running, logins, readonly};
use crate::{
    answer::{Answered, Refusal, json as answer},
    call::Waiting,
    postgres::{Access, Session},
};

#[derive(Deserialize)]
struct Query {
    query: String,
    #[serde(default)]
    parameters: Option<Vec<Value>>,
    #[serde(default)]
    read_only: Option<bool>,
}

/// v1-run-a-query
pub fn run(waiting: Waiting) -> BoxFuture<'static, Answered> {
    Box::pin(query(waiting, false))
}

/// v1-read-only-query
pub fn read(waiting: Waiting) -> BoxFuture<'static, Answered> {
    Box::pin(query(waiting, true))
}

async fn query(waiting: Waiting, reads: bool) -> Answered {
    let (running, query, full, writes) = waiting.within(|call| {
        let running = Running::of(call)?;
        let query: Query = call.request.json()?;
        if query.query.is_empty() {
            return Err(Refusal::Invalid("query: expected at least one character.".to_owned()));
        }
        Ok((running, query, readonly::holds(call)?, call.has("database_write")?))
    })?;
    logins::sweep(&waiting, &running).await?;
    let parameters = query.parameters.unwrap_or_default();
    let database = running.open(&waiting).await?;
    // Whoever may only read has what they send run so, by either operation.
    let rows = if reads || !writes || query.read_only == Some(true) {
        let mut session = Session::open(database, Access::ReadOnly).await?;
        session.read(&query.query, &parameters).await?
    } else {
        let mut session = Session::open(database, Access::Owner).await?;
        if full {
            // As on the real service, a session may lift this for itself, to make room.
            session.own("SET default_transaction_read_only = on").await?;
        }
        if parameters.is_empty() {
            session.run(&query.query).await?
        } else {
            session.run_with(&query.query, &parameters).await?
        }
    };
    Ok(answer(StatusCode::CREATED, &rows))
}
