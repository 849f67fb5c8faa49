//! Export: the audit as a file, whoever takes it away.

use app::audit::{AuditCall, AuditFilter};
use management_api::Scope;
use serde_json::{Map, Value, json};

use crate::{error::Error, spreadsheet, store::Store};

/// Calls that are read and written at once.
pub const STRETCH: u32 = 500;

/// The columns of the CSV, in order, and the fields of each line of JSON.
const COLUMNS: [&str; 21] = [
    "id",
    "time",
    "person",
    "through",
    "sentence",
    "area",
    "operation",
    "effect",
    "project",
    "organization",
    "request",
    "parameters",
    "decision",
    "outcome",
    "status",
    "message",
    "duration_ms",
    "budget_remaining",
    "budget_limit",
    "request_id",
    "connection",
];

/// What an export is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For spreadsheets: no cell of it is a formula.
    Csv,
    /// An object of JSON on each line.
    #[value(name = "jsonl")]
    JsonLines,
}

impl Format {
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::JsonLines => "application/jsonl",
        }
    }

    /// How the names of such files end, without the dot.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::JsonLines => "jsonl",
        }
    }

    /// Calls as they stand in the file; `first`: nothing stands before them.
    pub fn piece(self, calls: &[AuditCall], first: bool) -> Result<Vec<u8>, Error> {
        match self {
            Self::Csv => rows(calls, first),
            Self::JsonLines => Ok(lines(calls)),
        }
    }
}

/// Writes the whole audit, the newest call first. It is read stretch by stretch, so that it needs no memory to speak of.
pub async fn write_all(store: &Store, format: Format, out: &mut dyn std::io::Write) -> Result<(), Error> {
    let visible = store.everybody().await?;
    let filter = AuditFilter::default();
    let mut before = None;
    loop {
        let calls = store.audit_stretch(&visible, &filter, before, STRETCH).await?;
        out.write_all(&format.piece(&calls, before.is_none())?)?;
        before = behind(&calls);
        if before.is_none() {
            return Ok(out.flush()?);
        }
    }
}

/// The call before which the next stretch begins; `None`: this was the last one.
pub fn behind(stretch: &[AuditCall]) -> Option<i64> {
    let last = stretch.last()?;
    (stretch.len() == STRETCH as usize).then_some(last.id)
}

fn lines(calls: &[AuditCall]) -> Vec<u8> {
    calls
        .iter()
        .flat_map(|call| format!("{}\n", Value::Object(fields(call))).into_bytes())
        .collect()
}

fn rows(calls: &[AuditCall], heading: bool) -> Result<Vec<u8>, Error> {
    let heading = heading.then(|| COLUMNS.map(str::to_owned));
    let rows = calls.iter().map(|call| {
        let fields = fields(call);
        COLUMNS.map(|column| fields.get(column).map(cell).unwrap_or_default())
    });
    spreadsheet::csv(heading.into_iter().chain(rows)).map_err(|error| Error::Serve(std::io::Error::other(error)))
}

fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn fields(call: &AuditCall) -> Map<String, Value> {
    let project = match &call.scope {
        Scope::Project(reference) => Some(reference),
        Scope::Organization(_) | Scope::Account => None,
    };
    let value = |column: &str| match column {
        "id" => json!(call.id),
        "time" => json!(call.at),
        "person" => json!(call.person),
        "through" => json!(call.through),
        "sentence" => json!(call.told().text),
        "area" => json!(call.area),
        "operation" => json!(call.operation),
        "effect" => json!(call.effect),
        "project" => json!(project),
        "organization" => json!(call.organization),
        "request" => json!(call.request_line()),
        "parameters" => call.parameters.clone(),
        "decision" => json!(call.decision),
        "outcome" => json!(call.outcome.as_str()),
        "status" => json!(call.status),
        "message" => json!(call.message),
        "duration_ms" => json!(call.milliseconds),
        "budget_remaining" => json!(call.budget.remaining),
        "budget_limit" => json!(call.budget.limit),
        "request_id" => json!(call.request_id),
        "connection" => json!(call.connection),
        _ => Value::Null,
    };
    COLUMNS
        .iter()
        .map(|column| ((*column).to_owned(), value(column)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_as_people_read_it() {
        assert_eq!(cell(&json!("a@b")), "a@b");
        assert_eq!(cell(&json!(12)), "12");
        assert_eq!(cell(&Value::Null), "");
    }
}
