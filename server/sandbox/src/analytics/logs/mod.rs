//! Logs, asked with SQL in ClickHouse's dialect over the one table `logs`.
//!
//! The rows are made up (see [`rows`]) and handed to PostgreSQL, which answers the question; so nothing is asked of what a
//! project's own database holds. [`sql`] says what of the dialect is understood; everything else is refused, which is
//! harsher than the service. A result has at most 1000 rows. As on the real service times come as texts without a zone,
//! whole numbers of 64 bits as numbers (the official CLI reads no others), what fails is answered with status 200 and an
//! `error`, and neither `select *` nor `count(*)` will do.
//!
//! Guesses: the query that stands in for a missing one, what one timestamp without the other means, and how errors read.

mod rows;
mod sql;

use std::io;

use axum::http::StatusCode;
use futures::future::BoxFuture;
use serde_json::{Map, Value, json};
use sqlx::{
    AssertSqlSafe, Column, Connection, Executor, PgConnection, SqlSafeStr, Statement, TypeInfo, query_scalar, raw_sql,
};
use time::{Duration, OffsetDateTime, format_description::well_known::Rfc3339};
use tokio::sync::Semaphore;

pub use self::rows::{Dice, rows};
use self::sql::Query;
use crate::{
    answer::{Answered, Refusal, json as answer, moment},
    call::{Call, Waiting},
    postgres::{Access, Database, Failure, identifier},
    projects::Project,
    token::{self, WorldId},
};

/// What is asked where nothing is.
const DEFAULT: &str = "select id, timestamp, event_message, source from logs order by timestamp desc limit 100";

const MOST_ROWS: usize = 1000;

/// Queries that run at the same time; a database has more connections than that, but not many.
static AT_ONCE: Semaphore = Semaphore::const_new(8);

/// The time that rows are of, and the present, after which there are none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    pub begin: OffsetDateTime,
    pub end: OffsetDateTime,
    pub now: OffsetDateTime,
}

/// What logs tell of an Edge Function.
pub struct Function {
    pub id: String,
    pub slug: String,
    pub version: i64,
    /// When it was deployed first.
    pub since: OffsetDateTime,
}

/// The project's Edge Functions.
pub fn functions(project: &Project) -> Vec<Function> {
    let logged = project.parts.functions.logged();
    logged
        .map(|(id, slug, version, since)| Function {
            id: id.to_owned(),
            slug: slug.to_owned(),
            version,
            since,
        })
        .collect()
}

/// A question, read and checked.
struct Asked {
    project: Project,
    window: Window,
    sql: String,
}

impl Asked {
    /// The rows of the sources that are among the texts of a question, or of all where it names none, with the attributes
    /// that it reads; as a JSON array.
    fn rows(&self, texts: &[String], attributes: Option<&[String]>) -> String {
        let functions = functions(&self.project);
        let named = |name: &str| texts.iter().any(|text| text == name);
        let any = rows::SOURCES.iter().any(|(name, _, _)| named(name));
        let sources = rows::SOURCES.iter().map(|(name, _, _)| *name);
        let asked = sources.filter(|name| !any || named(name));
        let rows = asked.flat_map(|name| {
            rows(name, &self.project, &functions, self.window)
                .into_iter()
                .map(move |row| row_of(name, row, attributes))
        });
        Value::Array(rows.collect()).to_string()
    }
}

/// A row of the one table, from one as its source writes it.
fn row_of(source: &str, row: Value, wanted: Option<&[String]>) -> Value {
    let metadata = &row["metadata"];
    let mut attributes = Map::new();
    match wanted {
        Some(names) => attributes.extend(
            names
                .iter()
                .filter_map(|name| Some((name.clone(), within(metadata, name)?))),
        ),
        None => flatten("", metadata, &mut attributes),
    }
    let severity = ["parsed.error_severity", "level"]
        .iter()
        .find_map(|name| within(metadata, name)?.as_str().map(str::to_uppercase));
    let severity = severity.unwrap_or_else(|| "INFO".to_owned());
    json!({
        "id": row["id"],
        "timestamp": row["timestamp"],
        "event_message": row["event_message"],
        "severity_text": severity,
        "source": source,
        "log_attributes": attributes,
    })
}

/// What the names, with dots between them, lead to.
fn within(metadata: &Value, names: &str) -> Option<Value> {
    // Nested objects came as lists of one.
    fn inside(value: &Value) -> &Value {
        value.get(0).unwrap_or(value)
    }
    let mut at = inside(metadata);
    for name in names.split('.') {
        at = inside(at.get(name)?);
    }
    match at {
        Value::String(_) => Some(at.clone()),
        Value::Bool(_) | Value::Number(_) => Some(at.to_string().into()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// Puts what is nested side by side, each under the names that lead to it, as a text.
fn flatten(prefix: &str, value: &Value, into: &mut Map<String, Value>) {
    match value {
        Value::Object(fields) => fields.iter().for_each(|(name, value)| {
            let dot = if prefix.is_empty() { "" } else { "." };
            flatten(&format!("{prefix}{dot}{name}"), value, into);
        }),
        // Nested objects came as lists of one.
        Value::Array(items) => items.iter().for_each(|item| flatten(prefix, item, into)),
        Value::Null => {}
        Value::String(text) => {
            into.insert(prefix.to_owned(), text.clone().into());
        }
        Value::Bool(_) | Value::Number(_) => {
            into.insert(prefix.to_owned(), value.to_string().into());
        }
    }
}

/// v1-get-project-logs-all: gone since September 2026.
pub fn gone(call: &mut Call<'_>) -> Answered {
    call.project()?;
    Err(Refusal::Gone(
        "This endpoint has been removed. Use /analytics/endpoints/logs instead.",
    ))
}

/// v1-get-project-logs
pub fn query(waiting: Waiting) -> BoxFuture<'static, Answered> {
    Box::pin(async move {
        let asked = waiting.within(read)?;
        let now = moment(asked.window.now);
        let query = match sql::translate(&asked.sql, &now) {
            Ok(query) => query,
            Err(message) => return Ok(failed(&message)),
        };
        let Query {
            text,
            texts,
            attributes,
        } = query;
        // Of a whole day there are thousands: other calls go on meanwhile.
        let rows = tokio::task::spawn_blocking(move || asked.rows(&texts, attributes.as_deref()))
            .await
            .map_err(|error| Failure::Io(io::Error::other(error)))?;
        let _place = AT_ONCE.acquire().await;
        // One database for all worlds: the rows come with the query, and nothing is kept.
        let database = waiting.sandbox.postgres().open(WorldId::DEMO, "logs").await?;
        let mut connection = connect(&database).await?;
        match ask(&mut connection, &text, &rows).await {
            Ok(Ok(rows)) => Ok(answer(StatusCode::OK, &json!({ "result": rows }))),
            Ok(Err(message)) => Ok(failed(&message)),
            Err(sqlx::Error::Database(error)) => Ok(failed(error.message())),
            Err(error) => Err(Failure::from(error).into()),
        }
    })
}

/// A query that cannot be answered, in the document's shape.
fn failed(message: &str) -> crate::answer::Answer {
    let error = json!({
        "code": 400,
        "message": message,
        "status": "INVALID_ARGUMENT",
        "errors": [{
            "domain": "global",
            "location": "q",
            "locationType": "parameter",
            "message": message,
            "reason": "invalidQuery",
        }],
    });
    answer(StatusCode::OK, &json!({ "result": [], "error": error }))
}

fn read(call: &mut Call<'_>) -> Result<Asked, Refusal> {
    let project = call.project()?.clone();
    let parameter = |name| call.request.query(name).filter(|text| !text.is_empty());
    let time = |name| {
        let time = parameter(name).map(|text| OffsetDateTime::parse(text, &Rfc3339));
        time.transpose()
            .map_err(|_| Refusal::Invalid(format!("{name}: expected a time such as 2026-01-31T12:00:00Z.")))
    };
    let window = window(time("iso_timestamp_start")?, time("iso_timestamp_end")?, call.now)?;
    let sql = parameter("sql").unwrap_or(DEFAULT).to_owned();
    Ok(Asked { project, window, sql })
}

/// The times given, to the nearest minute; without any it is the last minute.
fn window(begin: Option<OffsetDateTime>, end: Option<OffsetDateTime>, now: OffsetDateTime) -> Result<Window, Refusal> {
    const DAY: Duration = Duration::DAY;
    let (begin, end) = match (begin, end) {
        (None, None) => (now - Duration::MINUTE, now),
        (Some(begin), Some(end)) => (rounded(begin), rounded(end)),
        (Some(begin), None) => (rounded(begin), now),
        (None, Some(end)) => (rounded(end) - Duration::MINUTE, rounded(end)),
    };
    if end < begin {
        return Err(Refusal::Invalid(
            "iso_timestamp_end: expected a time after the start.".to_owned(),
        ));
    }
    if end - begin > DAY {
        return Err(Refusal::Invalid(
            "The time between iso_timestamp_start and iso_timestamp_end must be 24 hours at most.".to_owned(),
        ));
    }
    Ok(Window { begin, end, now })
}

fn rounded(time: OffsetDateTime) -> OffsetDateTime {
    let minutes = (time.unix_timestamp() + 30).div_euclid(60);
    OffsetDateTime::from_unix_timestamp(minutes * 60).unwrap_or(time)
}

/// The schema with what queries find, named by its content: a build with another one makes its own.
fn schema() -> String {
    format!("logs_{:08x}", token::number(include_str!("logs.sql")) as u32)
}

/// A connection that can write nothing, with the schema there and in its path.
async fn connect(database: &Database) -> Result<PgConnection, Refusal> {
    let mut connection = database.connect(Access::ReadOnly).await?;
    if !is_prepared(&mut connection).await.map_err(Failure::from)? {
        let mut admin = database.connect(Access::Admin).await?;
        prepare(&mut admin).await.map_err(Failure::from)?;
    }
    let path = format!("SET search_path = {}; SET timezone = 'UTC'", identifier(&schema()));
    raw_sql(AssertSqlSafe(path))
        .execute(&mut connection)
        .await
        .map_err(Failure::from)?;
    Ok(connection)
}

async fn is_prepared(connection: &mut PgConnection) -> Result<bool, sqlx::Error> {
    query_scalar("SELECT to_regnamespace($1) IS NOT NULL")
        .bind(schema())
        .fetch_one(connection)
        .await
}

async fn prepare(admin: &mut PgConnection) -> Result<(), sqlx::Error> {
    let mut transaction = admin.begin().await?;
    // Two queries may come first at the same time.
    raw_sql("SELECT pg_advisory_xact_lock(1)")
        .execute(&mut *transaction)
        .await?;
    if !is_prepared(&mut transaction).await? {
        let schema = identifier(&schema());
        let sql = format!(
            "CREATE SCHEMA {schema}; GRANT USAGE ON SCHEMA {schema} TO PUBLIC; SET LOCAL search_path = {schema};\n{}",
            include_str!("logs.sql")
        );
        raw_sql(AssertSqlSafe(sql)).execute(&mut *transaction).await?;
    }
    transaction.commit().await
}

/// Runs the query over the rows. The inner error is one that only the query's author can mend.
///
/// What people wrote stands in parentheses within a statement of ours: there it cannot be but a query, and it runs as a
/// role that reads, in a database that holds nothing.
async fn ask(
    connection: &mut PgConnection,
    query: &str,
    rows: &str,
) -> Result<Result<Vec<Value>, String>, sqlx::Error> {
    let with = "WITH logs AS (SELECT * FROM json_populate_recordset(NULL::logs, $1::text::json))";
    let described = format!("{with} SELECT * FROM ({query}\n) AS q");
    let described = connection.prepare(AssertSqlSafe(described).into_sql_str()).await?;
    let mut names = Vec::new();
    let mut columns = Vec::new();
    for (place, column) in described.columns().iter().enumerate() {
        let name = match column.name() {
            "?column?" => format!("f{place}_"),
            name => name.to_owned(),
        };
        if names.contains(&name) {
            return Ok(Err(format!(
                "Duplicate column names in the result are not supported. Found: {name}."
            )));
        }
        let value = match column.type_info().name() {
            "TIMESTAMP" => format!("to_char(c{place}, 'YYYY-MM-DD\"T\"HH24:MI:SS.US')"),
            _ => format!("c{place}"),
        };
        columns.push(format!("{value} AS {}", identifier(&name)));
        names.push(name);
    }
    let places: Vec<_> = (0..names.len()).map(|place| format!("c{place}")).collect();
    let whole = format!(
        "{with} SELECT to_json(r)::text FROM (SELECT {} FROM ({query}\n) AS q ({}) LIMIT {MOST_ROWS}) AS r",
        columns.join(", "),
        places.join(", "),
    );
    let rows: Vec<String> = query_scalar(AssertSqlSafe(whole))
        .bind(rows)
        .fetch_all(connection)
        .await?;
    Ok(Ok(rows
        .iter()
        .filter_map(|row| serde_json::from_str(row).ok())
        .collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_are_whole_minutes_and_a_day_at_most() {
        let now = OffsetDateTime::UNIX_EPOCH + Duration::days(10);
        let of = |begin: i64, end: i64| {
            let at = |seconds| Some(now - Duration::seconds(seconds));
            window(at(begin), at(end), now).map(|window| (window.end - window.begin).whole_seconds())
        };
        assert_eq!(of(3600, 0), Ok(3600));
        assert_eq!(of(3620, 29), Ok(3600));
        assert_eq!(of(24 * 3600, 0), Ok(24 * 3600));
        assert!(of(24 * 3600 + 60, 0).is_err() && of(0, 60).is_err());
        assert_eq!(
            window(None, None, now).map(|window| window.begin),
            Ok(now - Duration::MINUTE)
        );
    }
}
