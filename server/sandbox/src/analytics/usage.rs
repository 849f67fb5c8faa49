//! How much a project's API is used: invented, but the same for the same project and hour.

use axum::http::StatusCode;
use management_api::projects::ProjectStatus;
use serde_json::json;
use time::OffsetDateTime;

use crate::{
    answer::{Answered, Refusal, json as answer, moment},
    call::Call,
    projects::Project,
    token,
};

pub const MINUTE: i64 = 60;
pub const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// Each interval with the number of points and the seconds between them.
const INTERVALS: &[(&str, i64, i64)] = &[
    ("15min", 15, MINUTE),
    ("30min", 30, MINUTE),
    ("1hr", 60, MINUTE),
    ("3hr", 36, 5 * MINUTE),
    ("1day", 24, HOUR),
    ("3day", 72, HOUR),
    ("7day", 7, DAY),
];

/// v1-get-project-usage-api-count
pub fn api_counts(call: &mut Call<'_>) -> Answered {
    let project = call.project()?;
    let interval = call.request.query("interval").unwrap_or("1day");
    let (_, points, step) = INTERVALS
        .iter()
        .find(|(name, _, _)| *name == interval)
        .ok_or_else(|| Refusal::Invalid("interval: expected 15min, 30min, 1hr, 3hr, 1day, 3day or 7day.".to_owned()))?;
    let result: Vec<_> = buckets(call.now, *points, *step)
        .map(|start| {
            json!({
                "timestamp": timestamp(start),
                "total_auth_requests": requests(project, "auth", 4.0, start, *step, call.now),
                "total_realtime_requests": requests(project, "realtime", 2.0, start, *step, call.now),
                "total_rest_requests": requests(project, "rest", 30.0, start, *step, call.now),
                "total_storage_requests": requests(project, "storage", 6.0, start, *step, call.now),
            })
        })
        .collect();
    Ok(answer(StatusCode::OK, &json!({ "result": result })))
}

/// v1-get-project-usage-request-count: the last day's requests, of all services together.
pub fn request_count(call: &mut Call<'_>) -> Answered {
    let project = call.project()?;
    let services = [("auth", 4.0), ("realtime", 2.0), ("rest", 30.0), ("storage", 6.0)];
    let count: i64 = buckets(call.now, 24, HOUR)
        .flat_map(|start| services.map(|(service, rate)| requests(project, service, rate, start, HOUR, call.now)))
        .sum();
    Ok(answer(StatusCode::OK, &json!({ "result": [{ "count": count }] })))
}

/// The beginnings of the last whole steps, as Unix seconds, the oldest first.
pub fn buckets(now: OffsetDateTime, points: i64, step: i64) -> impl Iterator<Item = i64> {
    let end = now.unix_timestamp() / step * step;
    (1..=points).rev().map(move |back| end - back * step)
}

pub fn timestamp(seconds: i64) -> String {
    let time = OffsetDateTime::from_unix_timestamp(seconds).unwrap_or(OffsetDateTime::UNIX_EPOCH);
    moment(time)
}

/// Requests to one service from `start` on: a daily wave with its height in the afternoon, some noise, and each
/// project of another size. Nothing before a project was made, and nothing of one that is not up.
fn requests(project: &Project, service: &str, rate: f64, start: i64, step: i64, now: OffsetDateTime) -> i64 {
    let up = matches!(
        project.status(now),
        ProjectStatus::ActiveHealthy | ProjectStatus::ActiveUnhealthy
    );
    if !up || start < project.created_at.unix_timestamp() {
        return 0;
    }
    // ok: numbers of this size lose nothing that a chart could show.
    let share = |seed: &str| (token::number(seed) % 1000) as f64 / 1000.0;
    let size = 0.2 + 3.0 * share(&project.reference);
    let hours = (start + step / 2) as f64 / HOUR as f64;
    let wave = if step >= DAY {
        1.0
    } else {
        1.0 + 0.7 * ((hours - 9.0) / 24.0 * std::f64::consts::TAU).sin()
    };
    let noise = 0.8 + 0.4 * share(&format!("{} {service} {start} {step}", project.reference));
    (rate * size * wave * noise * step as f64 / MINUTE as f64).round() as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buckets_are_whole_and_end_in_the_past() {
        let now = OffsetDateTime::UNIX_EPOCH + time::Duration::seconds(10 * HOUR + 1);
        assert_eq!(buckets(now, 2, HOUR).collect::<Vec<_>>(), [8 * HOUR, 9 * HOUR]);
    }
}
