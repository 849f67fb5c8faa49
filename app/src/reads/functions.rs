//! Functions, their numbers and their logs.

use std::collections::HashMap;

use management_api::{
    analytics::GetFunctionStats,
    functions::{Function, GetFunction},
    organizations::GetOrganizationEntitlements,
};
use serde_json::Value;
use time::{Duration, OffsetDateTime, format_description::well_known::Rfc3339};

use crate::{
    backend::{self, BackendHandle, narrow},
    call::call,
    components::when,
    error::ConsoleError,
    logs::line::{number, text},
    reads::logs,
    server_fns::functions::{FunctionView, Limits, LogLine, Point, Step, interval},
};

/// Rows of one query, at most; the service gives no more than that in one go.
const ROWS: usize = 1_000;
/// Lines of a function's log that its page shows.
const LINES: usize = 50;

impl From<Function> for FunctionView {
    fn from(function: Function) -> Self {
        let moment = |at: Option<i64>| when::read(&at?.to_string()).map(when::written);
        Self {
            id: function.id,
            slug: function.slug,
            name: function.name,
            status: function.status.as_str().to_owned(),
            version: function.version,
            created_at: moment(function.created_at).unwrap_or_default(),
            updated_at: moment(function.updated_at).unwrap_or_default(),
            verify_jwt: function.verify_jwt,
            import_map: function.import_map.unwrap_or(false),
            entrypoint: function.entrypoint_path.unwrap_or_default(),
            import_map_path: function.import_map_path.unwrap_or_default(),
            digest: function.ezbr_sha256.unwrap_or_default(),
        }
    }
}

pub async fn function(project: String, slug: String) -> Result<FunctionView, ConsoleError> {
    let get = GetFunction {
        project,
        function_slug: slug,
    };
    Ok(call(get).await?.into())
}

/// What an organization's plan allows of functions; where that is not told, nothing of it.
///
/// # Errors
/// Whatever keeps the entitlements from being read.
pub async fn limits(backend: &BackendHandle, organization: String) -> Result<Limits, ConsoleError> {
    let ask = GetOrganizationEntitlements { slug: organization };
    let told = narrow(backend, &ask).await?.entitlements;
    let number = |key: &str| {
        let one = told.iter().find(|one| one.feature.key == key)?;
        let config = one.config.as_ref().filter(|config| config.unlimited != Some(true))?;
        config.value
    };
    Ok(Limits {
        megabytes: number("function.size_limit_mb"),
        functions: number("function.max_count"),
    })
}

/// Asks the logs of the last `seconds`.
async fn ask(project: String, sql: String, seconds: i64, now: OffsetDateTime) -> Result<Vec<Value>, ConsoleError> {
    // ok: such a moment can always be written.
    let written = |moment: OffsetDateTime| moment.format(&Rfc3339).unwrap_or_default();
    let span = (written(now - Duration::seconds(seconds)), written(now));
    logs::ask(&backend::handle()?, project, sql, span).await
}

/// The whole minute before now: seconds would make every query another one.
fn this_minute() -> OffsetDateTime {
    let now = OffsetDateTime::now_utc();
    OffsetDateTime::from_unix_timestamp(now.unix_timestamp() / 60 * 60).unwrap_or(now)
}

/// What every function of the project did in each part of the interval, by the function's id.
pub async fn steps(project: String, word: &str) -> Result<HashMap<String, Vec<Step>>, ConsoleError> {
    let (_, _, step, parts) = interval(word);
    let now = this_minute();
    let length = step * parts as i64;
    let sql = format!(
        "select intDiv(toUnixTimestamp(timestamp), {step}) as part, log_attributes['function_id'] as function_id, \
         count() as calls, countIf(toInt32OrZero(log_attributes['response.status_code']) >= 500) as errors, \
         sum(toFloat64OrZero(log_attributes['execution_time_ms'])) as time \
         from logs where source = 'function_edge_logs' group by part, function_id order by part desc limit {ROWS}"
    );
    let rows = ask(project, sql, length, now).await?;
    Ok(in_parts(&rows, now.unix_timestamp() / step, parts))
}

/// `last`: the number of the part that is now.
fn in_parts(rows: &[Value], last: i64, parts: usize) -> HashMap<String, Vec<Step>> {
    let mut all: HashMap<String, Vec<Step>> = HashMap::new();
    for row in rows {
        let ago = last - number(row, "part") as i64;
        let place = usize::try_from(ago).ok().and_then(|ago| parts.checked_sub(ago + 1));
        let steps = all
            .entry(text(row, "function_id"))
            .or_insert_with(|| vec![Step::default(); parts]);
        if let Some(step) = place.and_then(|place| steps.get_mut(place)) {
            step.calls += number(row, "calls");
            step.errors += number(row, "errors");
            step.time += number(row, "time");
        }
    }
    all
}

pub async fn points(project: String, id: String, word: &str) -> Result<Vec<Point>, ConsoleError> {
    let (word, ..) = interval(word);
    let stats = GetFunctionStats {
        project,
        interval: word.to_owned(),
        function_id: id,
    };
    Ok(logs::rows(call(stats).await?)?.iter().map(point).collect())
}

/// Guess: the columns, which are those that Supabase's dashboard reads. One that is missing is nothing.
fn point(row: &Value) -> Point {
    Point {
        at: when::of(&row["timestamp"]),
        succeeded: number(row, "success_count"),
        redirected: number(row, "redirect_count"),
        refused: number(row, "client_err_count"),
        failed: number(row, "server_err_count"),
        mean_time: number(row, "avg_execution_time"),
        longest: number(row, "max_execution_time"),
        cpu: number(row, "avg_cpu_time_used"),
        memory: number(row, "avg_memory_used"),
    }
}

/// The latest lines of the last 24 hours, which is as far as one query reaches.
pub async fn logs(project: String, id: &str) -> Result<Vec<LogLine>, ConsoleError> {
    // Nothing but a UUID is put into a query.
    if !id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
        return Err(ConsoleError::Unreadable {
            message: "The function\u{2019}s id is none.".to_owned(),
        });
    }
    let sql = format!(
        "select toUnixTimestamp64Milli(timestamp) as at, event_message, log_attributes['level'] as level \
         from logs where source = 'function_logs' and log_attributes['function_id'] = '{id}' \
         order by timestamp desc limit {LINES}"
    );
    let rows = ask(project, sql, 24 * 60 * 60, this_minute()).await?;
    Ok(rows.iter().map(line).collect())
}

fn line(row: &Value) -> LogLine {
    LogLine {
        at: when::of(&row["at"]),
        level: text(row, "level"),
        message: text(row, "event_message").trim_end().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn parts_stand_in_their_order_and_what_lies_outside_is_left_out() {
        let row =
            |part: i64, id: &str| json!({ "part": part, "function_id": id, "calls": "3", "errors": 1, "time": 12.5 });
        let all = in_parts(
            &[row(10, "a"), row(8, "a"), row(7, "a"), row(11, "a"), row(9, "b")],
            10,
            3,
        );
        let step = Step {
            calls: 3.0,
            errors: 1.0,
            time: 12.5,
        };
        assert_eq!(all["a"], [step, Step::default(), step]);
        assert_eq!(all["b"], [Step::default(), step, Step::default()]);
    }
}
