//! A row of the audit's table, as it is written.

use app::audit::Outcome;
use sqlx::{QueryBuilder, Sqlite, SqlitePool};
use time::{OffsetDateTime, UtcOffset, format_description::BorrowedFormatItem, macros::format_description};

use crate::stack::{self, Decision, End, Intent};

/// Always with milliseconds, so that rows sort as text.
const AT: &[BorrowedFormatItem<'_>] =
    format_description!("[year]-[month]-[day]T[hour]:[minute]:[second].[subsecond digits:3]Z");
/// 21 values for each row: a batch of 256 stays far below SQLite's limit of 32,766.
const INSERT: &str = "INSERT INTO audit (at, instance, person, label, through, operation, area, scope_kind, scope, \
                      marks, sentence, parameters, effect, decision, outcome, status, message, request_id, \
                      budget_remaining, budget_limit, duration_ms) ";

pub(super) struct Row {
    pub intent: Intent,
    /// `None` while it is under way.
    pub end: Option<End>,
}

/// The columns that tell how a call ended.
pub(super) struct Ended {
    pub decision: &'static str,
    pub outcome: &'static str,
    pub status: Option<u16>,
    pub message: Option<String>,
    pub request_id: Option<String>,
    pub remaining: Option<u32>,
    pub limit: Option<u32>,
    pub milliseconds: Option<i64>,
}

impl Ended {
    pub fn of(end: End) -> Self {
        let (outcome, status, message) = match end.outcome {
            stack::Outcome::Done { status } => (Outcome::Done, Some(status), None),
            stack::Outcome::Refused { status, message } => (Outcome::Refused, status, Some(message)),
            stack::Outcome::Unanswered { message } => (Outcome::Unanswered, None, Some(message)),
        };
        Self {
            decision: end.decision.as_str(),
            outcome: outcome.as_str(),
            status,
            message,
            request_id: end.request_id,
            remaining: end.rate.remaining,
            limit: end.rate.limit,
            milliseconds: Some(i64::try_from(end.took.as_millis()).unwrap_or(i64::MAX)),
        }
    }

    fn not_yet() -> Self {
        Self {
            decision: Decision::Allowed.as_str(),
            outcome: Outcome::Started.as_str(),
            status: None,
            message: None,
            request_id: None,
            remaining: None,
            limit: None,
            milliseconds: None,
        }
    }
}

/// Inserts the rows, at least one, and gives the last one's id.
pub(super) async fn insert(pool: &SqlitePool, instance: &str, rows: Vec<Row>) -> Result<i64, sqlx::Error> {
    let mut query = QueryBuilder::<Sqlite>::new(INSERT);
    query.push_values(rows, |mut values, Row { intent, end }| {
        let row = intent.operation.row();
        let ended = end.map_or_else(Ended::not_yet, Ended::of);
        let (kind, scope) = intent.place.map(|(kind, key)| (kind.as_str(), key)).unzip();
        values
            .push_bind(rfc3339(intent.at))
            .push_bind(instance.to_owned())
            .push_bind(intent.person.as_str().to_owned())
            .push_bind(intent.label)
            .push_bind(intent.through.as_str())
            .push_bind(intent.operation.as_str())
            .push_bind(row.area.as_str())
            .push_bind(kind)
            .push_bind(scope)
            .push_bind(marks(&intent.sentence.marks))
            .push_bind(intent.sentence.text)
            .push_bind(intent.parameters.to_string())
            .push_bind(row.effect.as_str())
            .push_bind(ended.decision)
            .push_bind(ended.outcome)
            .push_bind(ended.status)
            .push_bind(ended.message)
            .push_bind(ended.request_id)
            .push_bind(ended.remaining)
            .push_bind(ended.limit)
            .push_bind(ended.milliseconds);
    });
    Ok(query.build().execute(pool).await?.last_insert_rowid())
}

fn marks(marks: &[(usize, usize)]) -> String {
    serde_json::to_string(marks).unwrap_or_else(|_| "[]".to_owned())
}

/// The moment as it stands in the table.
pub(super) fn rfc3339(at: OffsetDateTime) -> String {
    // Formatting fails only for components that a date and time does not have.
    at.to_offset(UtcOffset::UTC).format(AT).unwrap_or_default()
}
