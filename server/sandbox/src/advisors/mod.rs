//! Advice on a project: what queries of its database's catalogue find, and what its settings tell.

mod lint;
mod settings;

use axum::http::StatusCode;
use futures::{FutureExt, future::BoxFuture};
use management_api::advisors::CHECKS;
use serde::Deserialize;
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use time::OffsetDateTime;

use self::lint::{Category, LINTS, Lint};
use crate::{
    answer::{Answered, Refusal, json as answer, moment},
    call::Waiting,
    database, envelope,
    postgres::Failure,
    projects::NEWEST_VERSION,
};

/// Schemas that are Supabase's own, or PostgreSQL's: nobody needs advice on what they cannot change.
const NOT_OURS: &[&str] = &[
    "auth",
    "cron",
    "extensions",
    "graphql",
    "graphql_public",
    "information_schema",
    "net",
    "pg_catalog",
    "pg_toast",
    "pgbouncer",
    "pgmq",
    "pgsodium",
    "pgsodium_masks",
    "pgtle",
    "realtime",
    "storage",
    "supabase_functions",
    "supabase_migrations",
    "vault",
];

/// A place where advice is due.
#[derive(Deserialize)]
struct Found {
    schema: String,
    name: String,
    kind: String,
    detail: String,
    /// What tells it from other places.
    key: String,
    fkey_name: Option<String>,
    fkey_columns: Option<Vec<i32>>,
}

/// v1-get-performance-advisors
pub fn performance(waiting: Waiting) -> BoxFuture<'static, Answered> {
    async move {
        let lints = advice(&waiting, Category::Performance).await?;
        Ok(answer(StatusCode::OK, &json!({ "lints": lints })))
    }
    .boxed()
}

/// v1-get-security-advisors
pub fn security(waiting: Waiting) -> BoxFuture<'static, Answered> {
    async move {
        let only_sql = match waiting.request.query("lint_type") {
            None | Some("") => false,
            Some("sql") => true,
            Some(_) => return Err(Refusal::Invalid("lint_type: expected sql.".to_owned())),
        };
        let mut lints = advice(&waiting, Category::Security).await?;
        if !only_sql {
            lints.extend(waiting.within(|call| {
                let project = call.project()?;
                Ok(outdated(&project.version)
                    .into_iter()
                    .chain(settings::of_sign_in(project)))
            })?);
        }
        Ok(answer(StatusCode::OK, &json!({ "lints": lints })))
    }
    .boxed()
}

async fn advice(waiting: &Waiting, category: Category) -> Result<Vec<Value>, Refusal> {
    let mut connection = database::reading(waiting).await?;
    let (exposed, mut advice) = (exposed(waiting)?, Vec::new());
    for lint in LINTS.iter().filter(|lint| lint.category == category) {
        advice.extend(find(&mut connection, lint, &exposed).await?);
    }
    // ok: it only read.
    let _ = connection.close().await;
    Ok(advice)
}

/// The schemas that the project's Data API exposes: what lies in them can be reached by whoever has a publishable key.
fn exposed(waiting: &Waiting) -> Result<Vec<String>, Refusal> {
    waiting.within(|call| {
        let schemas = call.project()?.parts.rest.schemas().split(',');
        Ok(schemas.map(|schema| schema.trim().to_owned()).collect())
    })
}

/// Where one piece of advice is due.
async fn find(connection: &mut PgConnection, lint: &Lint, exposed: &[String]) -> Result<Vec<Value>, Refusal> {
    let mut transaction = connection.begin().await.map_err(Failure::from)?;
    // Names are then written with their schemas, and no object of the people's own is taken for one of the catalogue.
    sqlx::query("set local search_path = ''")
        .execute(&mut *transaction)
        .await
        .map_err(Failure::from)?;
    let query = format!(
        // Not every piece of advice looks at what is exposed.
        "select coalesce(json_agg(l order by l.key), '[]')::text from ({}) l where $2::text[] is not null",
        lint.query
    );
    let not_ours: Vec<String> = NOT_OURS.iter().map(|schema| (*schema).to_owned()).collect();
    // The text is one of this crate's own queries.
    let found: String = sqlx::query_scalar(AssertSqlSafe(query))
        .persistent(false)
        .bind(not_ours)
        .bind(exposed)
        .fetch_one(&mut *transaction)
        .await
        .map_err(Failure::from)?;
    transaction.rollback().await.map_err(Failure::from)?;
    let found: Vec<Found> = serde_json::from_str(&found)
        .map_err(|error| Refusal::Unavailable(format!("The catalogue was not understood: {error}")))?;
    Ok(found.into_iter().map(|found| written(lint, found)).collect())
}

fn written(lint: &Lint, found: Found) -> Value {
    let category = match lint.category {
        Category::Performance => "PERFORMANCE",
        Category::Security => "SECURITY",
    };
    let mut metadata = json!({ "schema": found.schema, "name": found.name, "type": found.kind });
    if let (Some(name), Some(columns)) = (found.fkey_name, found.fkey_columns) {
        metadata["fkey_name"] = json!(name);
        metadata["fkey_columns"] = json!(columns);
    }
    json!({
        "name": lint.name,
        "title": lint.title,
        "level": lint.level,
        "facing": "EXTERNAL",
        "categories": [category],
        "description": lint.description,
        "detail": found.detail,
        "remediation": lint.remediation(),
        "metadata": metadata,
        "cache_key": format!("{}_{}", lint.name, found.key),
    })
}

/// Advice that no query of the database gives: whether its image is behind the newest one.
fn outdated(version: &str) -> Option<Value> {
    (version != NEWEST_VERSION).then(|| {
        json!({
            "name": "vulnerable_postgres_version",
            "title": "A newer Postgres is available",
            "level": "WARN",
            "facing": "EXTERNAL",
            "categories": ["SECURITY"],
            "description": "Newer images of the database mend weaknesses of older ones.",
            "detail": format!("The project runs the image {version}; {NEWEST_VERSION} is available."),
            "remediation": "https://supabase.com/docs/guides/platform/upgrading",
            "metadata": { "entity": "Config", "type": "compliance" },
            "cache_key": "vulnerable_postgres_version",
        })
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    lints: Vec<Name>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Name {
    name: String,
}

/// Checks of one call.
const MOST_CHECKS: usize = 15;

/// v2-run-project-advisors
///
/// Guesses: the words of what a check itself reports, and that checks which look at logs and machines find nothing here.
pub fn run(waiting: Waiting) -> BoxFuture<'static, Answered> {
    async move {
        waiting.within(|call| call.project().map(drop))?;
        let Asked { lints: asked } = envelope::attributes(&waiting.request, "project_advisors")?;
        if asked.is_empty() || asked.len() > MOST_CHECKS {
            return Err(Refusal::Invalid(format!("lints: expected 1 to {MOST_CHECKS}.")));
        }
        if let Some(other) = asked.iter().find(|asked| !CHECKS.contains(&asked.name.as_str())) {
            return Err(Refusal::Invalid(format!("lints: there is no check {}.", other.name)));
        }
        let is_asked = |name: &str| asked.iter().any(|asked| asked.name == name);
        let (running, version, settings, now) = waiting.within(|call| {
            let project = call.project()?;
            Ok((
                project.check_running(call.now).is_ok(),
                project.version.clone(),
                settings::due(project, is_asked),
                call.now,
            ))
        })?;
        let mut found = Vec::new();
        if !running {
            found.push(health("project_not_active", "The project is not running", now));
        } else {
            let ours: Vec<_> = LINTS.iter().filter(|lint| is_asked(lint.name)).collect();
            if !ours.is_empty() {
                match database::reading(&waiting).await {
                    Ok(mut connection) => {
                        let exposed = exposed(&waiting)?;
                        for lint in ours {
                            found.extend(find(&mut connection, lint, &exposed).await?);
                        }
                        // ok: it only read.
                        let _ = connection.close().await;
                    }
                    Err(_) => found.push(health("advisor_check_unavailable", "A check could not be run", now)),
                }
            }
            if is_asked("vulnerable_postgres_version") {
                found.extend(outdated(&version));
            }
            found.extend(settings);
        }
        envelope::one(
            StatusCode::OK,
            json!({ "type": "project_advisors", "attributes": { "lints": found } }),
        )
    }
    .boxed()
}

/// What a check reports of itself.
fn health(name: &str, title: &str, now: OffsetDateTime) -> Value {
    json!({
        "name": name,
        "title": title,
        "level": "WARN",
        "facing": "EXTERNAL",
        "categories": ["HEALTH"],
        "description": title,
        "detail": title,
        "remediation": "https://supabase.com/docs/guides/database/database-advisors",
        "metadata": { "type": "health" },
        "cache_key": name,
        "observed_at": moment(now),
    })
}
