//! Statistics of one Edge Function: counted from the rows that its logs would show.
//!
//! Guesses: the columns, which are those that Supabase's dashboard reads, and that a function that is not there has none.

use axum::http::StatusCode;
use serde_json::{Value, json};
use time::OffsetDateTime;

use super::{
    logs::{self, Dice, Window},
    usage::{HOUR, MINUTE, buckets, timestamp},
};
use crate::{
    answer::{Answered, Refusal, json as answer},
    call::Call,
};

/// Each interval with the number of points and the seconds between them.
const INTERVALS: &[(&str, i64, i64)] = &[
    ("15min", 15, MINUTE),
    ("1hr", 60, MINUTE),
    ("3hr", 36, 5 * MINUTE),
    ("1day", 24, HOUR),
];

/// v1-get-project-function-combined-stats
pub fn stats(call: &mut Call<'_>) -> Answered {
    let (project, now) = (call.project()?, call.now);
    let interval = call.request.query("interval").unwrap_or_default();
    let (_, points, step) = INTERVALS
        .iter()
        .find(|(name, _, _)| *name == interval)
        .ok_or_else(|| Refusal::Invalid("interval: expected 15min, 1hr, 3hr or 1day.".to_owned()))?;
    let id = call.request.query("function_id").filter(|id| !id.is_empty());
    let id = id.ok_or_else(|| Refusal::Invalid("function_id: expected the id of a function.".to_owned()))?;
    let functions = logs::functions(project);
    if functions.iter().all(|function| function.id != id) {
        return Ok(answer(StatusCode::OK, &json!({ "result": [] })));
    }
    let starts: Vec<_> = buckets(now, *points, *step).collect();
    let time = |seconds| OffsetDateTime::from_unix_timestamp(seconds).unwrap_or(now);
    let result: Vec<_> = starts
        .into_iter()
        .map(|start| {
            let (begin, end) = (time(start), time(start + step));
            let of = |source| {
                let rows = logs::rows(source, project, &functions, Window { begin, end, now });
                rows.into_iter()
                    .map(|mut row| row["metadata"][0].take())
                    .filter(|metadata| metadata["function_id"] == id)
                    .collect::<Vec<_>>()
            };
            point(&timestamp(start), id, &of("function_edge_logs"), &of("function_logs"))
        })
        .collect();
    Ok(answer(StatusCode::OK, &json!({ "result": result })))
}

/// One point of the result, from the calls and the messages within it.
fn point(timestamp: &str, id: &str, calls: &[Value], messages: &[Value]) -> Value {
    let status = |family: u64| {
        let status = |call: &&Value| call["response"][0]["status_code"].as_u64().unwrap_or_default() / 100 == family;
        calls.iter().filter(status).count()
    };
    let level = |level: &str| messages.iter().filter(|message| message["level"] == level).count();
    let times: Vec<_> = calls
        .iter()
        .filter_map(|call| call["execution_time_ms"].as_f64())
        .collect();
    // ok: there are never so many that a float could not count them.
    let average = times.iter().sum::<f64>() / (times.len() as f64).max(1.0);
    let longest = times.iter().copied().fold(0.0, f64::max);
    // Nothing is used where nothing ran.
    let mut dice = Dice::new(&format!("{id} {timestamp}"));
    let mut used = |least: u32, range: u32| match calls {
        [] => 0.0,
        _ => f64::from(least) + dice.number(u128::from(range)) as f64 / 10.0,
    };
    let (heap, external, cpu) = (used(8, 200), used(2, 60), used(3, 400));
    json!({
        "timestamp": timestamp,
        "requests_count": calls.len(),
        "success_count": status(2),
        "redirect_count": status(3),
        "client_err_count": status(4),
        "server_err_count": status(5),
        "log_count": messages.len(),
        "log_info_count": level("info"),
        "log_warn_count": level("warning"),
        "log_error_count": level("error"),
        "avg_execution_time": average,
        "max_execution_time": longest,
        "avg_cpu_time_used": cpu,
        "max_cpu_time_used": cpu * 2.0,
        "avg_memory_used": heap + external,
        "avg_heap_memory_used": heap,
        "avg_external_memory_used": external,
    })
}
