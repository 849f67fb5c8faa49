//! How much a project is used, and how its services are: what their page reads. Each is a function of its own, so that one
//! that fails or is slow holds up nothing else.

use std::collections::HashMap;

use leptos::{prelude::*, server_fn::codec::Json};
use management_api::{
    functions::ListFunctions,
    projects::{DiskUtilization, GetDiskUtilization, GetServicesHealth, ServiceHealth},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use time::{Duration, OffsetDateTime, format_description::well_known::Rfc3339};

use super::{
    branches::Part,
    functions::{FunctionView, interval},
    metrics::{Measured, metrics_of},
};
use crate::{
    backend::handle,
    call::call,
    error::ConsoleError,
    health::Seen,
    logs::line::{number, text},
    reads::logs::ask,
};

/// Rows of the query, at most; the service gives no more than that in one go.
const ROWS: usize = 1_000;
/// What the gateway logs, and what functions' calls are logged as.
const GATEWAY: &str = "edge_logs";
const FUNCTIONS: &str = "function_edge_logs";

/// Answers within one part of an interval, by their status.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Answers {
    pub succeeded: f64,
    pub redirected: f64,
    /// With a status from 400 up to 499, and of 500 or more.
    pub refused: f64,
    pub failed: f64,
    /// Milliseconds that functions ran, all together.
    pub time: f64,
}

impl Answers {
    pub fn count(&self) -> f64 {
        self.succeeded + self.redirected + self.refused + self.failed
    }

    pub fn add(&mut self, other: &Self) {
        self.succeeded += other.succeeded;
        self.redirected += other.redirected;
        self.refused += other.refused;
        self.failed += other.failed;
        self.time += other.time;
    }
}

/// All of them as one.
pub fn sum(all: &[Answers]) -> Answers {
    let mut sum = Answers::default();
    for one in all {
        sum.add(one);
    }
    sum
}

/// A function that was called, with all of its calls.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Called {
    /// `None`: there is no function of that id (any more).
    pub slug: Option<String>,
    pub id: String,
    pub answers: Answers,
}

/// How requests were answered, in parts of an interval.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Traffic {
    /// What people call the interval.
    pub interval: String,
    /// When each part begins: RFC 3339.
    pub begins: Vec<String>,
    /// Requests to the gateway, and calls of all functions together.
    pub gateway: Vec<Answers>,
    pub functions: Vec<Answers>,
    /// The most called first.
    pub called: Vec<Called>,
    /// Whether the answer was cut: then the oldest parts lack some.
    pub cut: bool,
}

/// How requests were answered within the interval, at most 24 hours, which is as far as one query of the logs reaches. Two
/// calls side by side; without the functions' names, they go by their ids.
#[server(prefix = "/api", endpoint = "usage-traffic", input = Json, output = Json)]
pub async fn usage_traffic(project: String, interval: String) -> Result<Traffic, ConsoleError> {
    let (_, said, step, parts) = self::interval(&interval);
    let now = OffsetDateTime::now_utc();
    // The whole minute before now: seconds would make every query another one.
    let now =
        now - Duration::seconds(now.unix_timestamp().rem_euclid(60)) - Duration::nanoseconds(now.nanosecond().into());
    // ok: such a moment can always be written.
    let written = |moment: OffsetDateTime| moment.format(&Rfc3339).unwrap_or_default();
    let length = Duration::seconds(step * i64::try_from(parts).unwrap_or_default());
    let span = (written(now - length), written(now));
    let backend = handle()?;
    let rows = ask(&backend, project.clone(), question(step), span);
    let (rows, list) = futures::join!(rows, call(ListFunctions { project }));
    let list = list.unwrap_or_default().into_iter().map(FunctionView::from);
    let names = list.map(|function| (function.id, function.slug)).collect();
    let last = now.unix_timestamp().div_euclid(step);
    let begin = |part: i64| {
        OffsetDateTime::from_unix_timestamp(part * step)
            .map(written)
            .unwrap_or_default()
    };
    let first = last + 1 - i64::try_from(parts).unwrap_or_default();
    Ok(Traffic {
        interval: said.to_owned(),
        begins: (first..=last).map(begin).collect(),
        ..in_parts(&rows?, first, parts, names)
    })
}

fn question(step: i64) -> String {
    let status = "toInt32OrZero(log_attributes['response.status_code'])";
    let within = |name: &str, from: u16, to: u16| format!("countIf({status} >= {from} and {status} < {to}) as {name}");
    format!(
        "select intDiv(toUnixTimestamp(timestamp), {step}) as part, source, log_attributes['function_id'] as function_id, \
         count() as calls, {}, {}, countIf({status} >= 500) as failed, \
         sum(toFloat64OrZero(log_attributes['execution_time_ms'])) as time \
         from logs where source in ('{GATEWAY}', '{FUNCTIONS}') group by part, source, function_id \
         order by part desc limit {ROWS}",
        within("redirected", 300, 400),
        within("refused", 400, 500),
    )
}

/// `first`: the number of the first part.
fn in_parts(rows: &[Value], first: i64, parts: usize, mut names: HashMap<String, String>) -> Traffic {
    let nothing = vec![Answers::default(); parts];
    let (mut gateway, mut functions) = (nothing.clone(), nothing);
    let mut called = HashMap::<String, Answers>::new();
    for row in rows {
        let place = usize::try_from(number(row, "part") as i64 - first).ok();
        let Some(place) = place.filter(|place| *place < parts) else {
            continue;
        };
        let (redirected, refused, failed) = (number(row, "redirected"), number(row, "refused"), number(row, "failed"));
        let answers = Answers {
            succeeded: (number(row, "calls") - redirected - refused - failed).max(0.0),
            redirected,
            refused,
            failed,
            time: number(row, "time"),
        };
        let of_function = text(row, "source") == FUNCTIONS;
        let all = if of_function { &mut functions } else { &mut gateway };
        if let Some(one) = all.get_mut(place) {
            one.add(&answers);
        }
        if of_function {
            called.entry(text(row, "function_id")).or_default().add(&answers);
        }
    }
    let mut called: Vec<_> = called
        .into_iter()
        .map(|(id, answers)| Called {
            slug: names.remove(&id),
            id,
            answers,
        })
        .collect();
    called.sort_by(|a, b| (b.answers.count().total_cmp(&a.answers.count())).then_with(|| a.id.cmp(&b.id)));
    Traffic {
        interval: String::new(),
        begins: Vec::new(),
        gateway,
        functions,
        called,
        cut: rows.len() >= ROWS,
    }
}

/// How full the project is.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Room {
    pub disk: Part<DiskUtilization>,
    pub measured: Part<Measured>,
}

/// Two calls side by side; each may fail by itself.
#[server(prefix = "/api", endpoint = "usage-room", input = Json, output = Json)]
pub async fn usage_room(project: String) -> Result<Room, ConsoleError> {
    let disk = GetDiskUtilization {
        project: project.clone(),
    };
    let (disk, measured) = futures::join!(call(disk), metrics_of(project));
    Ok(Room { disk, measured })
}

/// How a project's services are, and what is known of how they were.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Health {
    pub services: Vec<ServiceHealth>,
    /// The oldest first.
    pub seen: Vec<Seen>,
}

/// One call; what it tells is kept, so that the past can be told.
#[server(prefix = "/api", endpoint = "usage-health", input = Json, output = Json)]
pub async fn health_of(project: String) -> Result<Health, ConsoleError> {
    let services = call(GetServicesHealth::of(project.clone())).await?;
    let now = services.iter().map(|one| (one.name.clone(), one.status.clone()));
    let seen = handle()?.note_health(&project, now.collect()).await?;
    Ok(Health { services, seen })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn answers_stand_in_their_parts_and_functions_by_their_calls() {
        let row = |part: i64, source: &str, id: &str, calls: i64| {
            json!({ "part": part, "source": source, "function_id": id, "calls": calls.to_string(),
                "redirected": 1, "refused": "1", "failed": 1, "time": 2.5 })
        };
        let rows = [
            row(12, GATEWAY, "", 9),
            row(10, FUNCTIONS, "a", 3),
            row(11, FUNCTIONS, "b", 30),
            row(12, FUNCTIONS, "a", 5),
            row(9, GATEWAY, "", 100),
            row(13, FUNCTIONS, "a", 100),
        ];
        let names = [("b".to_owned(), "hello".to_owned())].into();
        let told = in_parts(&rows, 10, 3, names);
        let counts = |all: &[Answers]| all.iter().map(Answers::count).collect::<Vec<_>>();
        assert_eq!(counts(&told.gateway), [0.0, 0.0, 9.0]);
        assert_eq!(counts(&told.functions), [3.0, 30.0, 5.0]);
        let called: Vec<_> = told
            .called
            .iter()
            .map(|one| (one.slug.as_deref(), one.answers.count()))
            .collect();
        assert_eq!(called, [(Some("hello"), 30.0), (None, 8.0)]);
        assert_eq!(told.called[1].answers.succeeded, 2.0);
        assert!(!told.cut);
    }
}
