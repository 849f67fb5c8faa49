//! Migrations: SQL that the project's database remembers, in the table where Supabase's own tools look for it.
//!
//! The real service answers these to selected partner apps only; here everybody may try them.

use axum::http::{HeaderName, StatusCode};
use futures::future::BoxFuture;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use sqlx::{Row, postgres::PgRow};
use time::{Duration, OffsetDateTime, macros::format_description};

use super::Running;
use crate::{
    answer::{Answered, Refusal, empty, json as answer},
    call::{Call, Waiting},
    postgres::{Access, Session, Whole, code, refusal},
};

const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

#[derive(Deserialize)]
struct NewMigration {
    query: String,
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    rollback: Option<String>,
}

/// What is written into the history, beside the version.
struct Entry {
    migration: NewMigration,
    author: String,
    key: Option<String>,
    now: OffsetDateTime,
}

impl Entry {
    fn of(call: &Call<'_>) -> Result<Self, Refusal> {
        let migration: NewMigration = call.request.json()?;
        if migration.query.is_empty() {
            return Err(Refusal::Invalid("query: expected at least one character.".to_owned()));
        }
        let author = call.world.person(&call.caller.person);
        Ok(Self {
            migration,
            author: author.map(|person| person.email.clone()).unwrap_or_default(),
            key: call.request.header(IDEMPOTENCY_KEY).map(str::to_owned),
            now: call.now,
        })
    }
}

/// A session in the project's database that may write its history.
async fn session(waiting: &Waiting, running: &Running) -> Result<Session, Refusal> {
    Session::open(running.open(waiting).await?, Access::Owner).await
}

/// The history begins anew where people have dropped it.
pub const HISTORY: &str = "
SET LOCAL client_min_messages = error;
CREATE SCHEMA IF NOT EXISTS supabase_migrations;
CREATE TABLE IF NOT EXISTS supabase_migrations.schema_migrations (
    version text PRIMARY KEY,
    statements text[],
    name text,
    created_by text,
    idempotency_key text UNIQUE,
    rollback text[]
);
SET LOCAL client_min_messages = notice;
";

fn told(error: sqlx::Error) -> Refusal {
    refusal(&error, "", 0)
}

/// v1-list-migration-history
pub fn list(waiting: Waiting) -> BoxFuture<'static, Answered> {
    Box::pin(async move {
        let running = waiting.within(|call| Running::of(call))?;
        let mut session = session(&waiting, &running).await?;
        let history = "SELECT version, name FROM supabase_migrations.schema_migrations ORDER BY version";
        let rows = found(sqlx::query(history).fetch_all(session.connection()).await)?;
        let rows = rows.iter().map(|row| shown(row, &["version", "name"]));
        Ok(answer(StatusCode::OK, &rows.collect::<Result<Vec<_>, _>>()?))
    })
}

/// Rows of the history; none where there is no history.
fn found(rows: Result<Vec<PgRow>, sqlx::Error>) -> Result<Vec<PgRow>, Refusal> {
    rows.or_else(|error| match code(&error).as_deref() {
        Some("42P01" | "3F000") => Ok(Vec::new()),
        _ => Err(told(error)),
    })
}

/// These columns of a row, without those that are empty.
fn shown(row: &PgRow, columns: &[&str]) -> Result<Value, Refusal> {
    let mut fields = Map::new();
    for column in columns {
        let value = match *column {
            "statements" | "rollback" => json!(row.try_get::<Option<Vec<String>>, _>(column).map_err(told)?),
            _ => json!(row.try_get::<Option<String>, _>(column).map_err(told)?),
        };
        if !value.is_null() {
            fields.insert((*column).to_owned(), value);
        }
    }
    Ok(Value::Object(fields))
}

/// v1-apply-a-migration
pub fn apply(waiting: Waiting) -> BoxFuture<'static, Answered> {
    Box::pin(record(waiting, true))
}

/// v1-upsert-a-migration
pub fn upsert(waiting: Waiting) -> BoxFuture<'static, Answered> {
    Box::pin(record(waiting, false))
}

/// Writes a migration into the history, and runs it if it is to be applied: both or nothing.
async fn record(waiting: Waiting, applies: bool) -> Answered {
    let (running, entry) = waiting.within(|call| Ok((Running::of(call)?, Entry::of(call)?)))?;
    let mut session = session(&waiting, &running).await?;
    session.own("BEGIN").await?;
    session.own(HISTORY).await?;
    // Two at once would take the same version.
    session
        .own("LOCK TABLE supabase_migrations.schema_migrations IN SHARE ROW EXCLUSIVE MODE")
        .await?;
    let known = "SELECT version FROM supabase_migrations.schema_migrations WHERE idempotency_key = $1";
    let known: Option<String> = sqlx::query_scalar(known)
        .bind(&entry.key)
        .fetch_optional(session.connection())
        .await
        .map_err(told)?;
    match known {
        // It has run already.
        Some(_) if applies => return Ok(empty(StatusCode::OK)),
        Some(version) => {
            let forget = "DELETE FROM supabase_migrations.schema_migrations WHERE version = $1";
            let forgotten = sqlx::query(forget).bind(&version).execute(session.connection()).await;
            forgotten.map_err(told)?;
            insert(&mut session, &entry, &version).await?;
        }
        None => {
            if applies {
                session.run_each(&entry.migration.query, Whole::Transaction).await?;
                session.own("RESET ROLE; RESET search_path").await?;
            }
            let version = next_version(&mut session, entry.now).await?;
            insert(&mut session, &entry, &version).await?;
        }
    }
    session.own("COMMIT").await?;
    Ok(empty(StatusCode::OK))
}

/// The time of the world's clock as digits; a second later for each that is taken.
async fn next_version(session: &mut Session, now: OffsetDateTime) -> Result<String, Refusal> {
    let form = format_description!("[year][month][day][hour][minute][second]");
    let mut time = now;
    loop {
        // ok: all parts of the form are parts of every time.
        let version = time.format(form).unwrap_or_default();
        let taken = "SELECT FROM supabase_migrations.schema_migrations WHERE version = $1";
        let taken = sqlx::query(taken)
            .bind(&version)
            .fetch_optional(session.connection())
            .await;
        if taken.map_err(told)?.is_none() {
            return Ok(version);
        }
        time += Duration::SECOND;
    }
}

async fn insert(session: &mut Session, entry: &Entry, version: &str) -> Result<(), Refusal> {
    let migration = &entry.migration;
    let insert = "INSERT INTO supabase_migrations.schema_migrations
        (version, name, statements, rollback, created_by, idempotency_key) VALUES ($1, $2, $3, $4, $5, $6)";
    let inserted = sqlx::query(insert)
        .bind(version)
        .bind(&migration.name)
        .bind(vec![migration.query.clone()])
        .bind(migration.rollback.clone().map(|rollback| vec![rollback]))
        .bind(&entry.author)
        .bind(&entry.key)
        .execute(session.connection())
        .await;
    inserted.map(|_| ()).map_err(told)
}

/// A version is digits.
fn version(text: Option<&str>, name: &str) -> Result<String, Refusal> {
    let text = text.filter(|text| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()));
    text.map(str::to_owned)
        .ok_or_else(|| Refusal::Invalid(format!("{name}: expected digits.")))
}

/// v1-get-a-migration
pub fn get(waiting: Waiting) -> BoxFuture<'static, Answered> {
    Box::pin(async move {
        let (running, version) = waiting.within(|call| {
            let running = Running::of(call)?;
            Ok((running, version(Some(call.request.path("version")), "version")?))
        })?;
        let mut session = session(&waiting, &running).await?;
        let one = "SELECT version, name, statements, rollback, created_by, idempotency_key
            FROM supabase_migrations.schema_migrations WHERE version = $1";
        let rows = found(sqlx::query(one).bind(&version).fetch_all(session.connection()).await)?;
        let row = rows.first().ok_or(Refusal::NotFound("Migration"))?;
        let columns = [
            "version",
            "name",
            "statements",
            "rollback",
            "created_by",
            "idempotency_key",
        ];
        Ok(answer(StatusCode::OK, &shown(row, &columns)?))
    })
}

#[derive(Deserialize)]
struct Patch {
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    rollback: Option<String>,
}

/// v1-patch-a-migration
pub fn patch(waiting: Waiting) -> BoxFuture<'static, Answered> {
    Box::pin(async move {
        let (running, version, patch) = waiting.within(|call| {
            let running = Running::of(call)?;
            let version = version(Some(call.request.path("version")), "version")?;
            Ok((running, version, call.request.json::<Patch>()?))
        })?;
        let mut session = session(&waiting, &running).await?;
        let change = "UPDATE supabase_migrations.schema_migrations
            SET name = coalesce($2, name), rollback = coalesce($3, rollback) WHERE version = $1 RETURNING version";
        let changed = sqlx::query(change)
            .bind(&version)
            .bind(&patch.name)
            .bind(patch.rollback.map(|rollback| vec![rollback]))
            .fetch_all(session.connection())
            .await;
        let changed = found(changed)?;
        changed.first().ok_or(Refusal::NotFound("Migration"))?;
        Ok(empty(StatusCode::OK))
    })
}

/// v1-rollback-migrations
pub fn rollback(waiting: Waiting) -> BoxFuture<'static, Answered> {
    Box::pin(async move {
        let (running, from) = waiting.within(|call| {
            let running = Running::of(call)?;
            Ok((running, version(call.request.query("gte"), "gte")?))
        })?;
        let mut session = session(&waiting, &running).await?;
        session.own("BEGIN").await?;
        // Versions are texts, and so is their order.
        let these = "SELECT version, rollback FROM supabase_migrations.schema_migrations
            WHERE version >= $1 ORDER BY version DESC";
        let rows = found(sqlx::query(these).bind(&from).fetch_all(session.connection()).await)?;
        if rows.is_empty() {
            return Err(Refusal::NotFound("Migration"));
        }
        for row in rows {
            let version: String = row.try_get("version").map_err(told)?;
            let undo: Option<Vec<String>> = row.try_get("rollback").map_err(told)?;
            let Some(undo) = undo.filter(|undo| !undo.is_empty()) else {
                return Err(Refusal::Invalid(format!(
                    "The migration {version} has no rollback, so nothing was rolled back."
                )));
            };
            for script in undo {
                session.run_each(&script, Whole::Transaction).await?;
            }
            session.own("RESET ROLE; RESET search_path").await?;
            let forget = "DELETE FROM supabase_migrations.schema_migrations WHERE version = $1";
            let forgotten = sqlx::query(forget).bind(&version).execute(session.connection()).await;
            forgotten.map_err(told)?;
        }
        session.own("COMMIT").await?;
        Ok(empty(StatusCode::OK))
    })
}
