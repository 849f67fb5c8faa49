//! The audit as a file, streamed: /audit.csv and /audit.jsonl, with the choices and the rights of the page.

use std::sync::Arc;

use app::{
    audit::{AuditCall, AuditFilter},
    error::ConsoleError,
};
use axum::{
    Extension,
    body::{Body, Bytes},
    extract::{Query, State},
    response::Response,
};
use futures::{TryStreamExt, stream};
use management_api::Scope;
use serde_json::{Map, Value, json};
use time::OffsetDateTime;

use super::file;
use crate::{
    audit::{others, visibility},
    context::RequestContext,
    error::Error,
    identity::SignedIn,
    responses,
    state::Shared,
    store::audit::find::Visibility,
};

/// Calls that are read and sent at once.
const STRETCH: u32 = 500;

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

#[derive(Clone, Copy)]
enum Format {
    Csv,
    JsonLines,
}

type Choices = Query<Vec<(String, String)>>;

pub async fn csv(shared: State<Shared>, context: Extension<RequestContext>, choices: Choices) -> Response {
    answer(shared, context, choices, Format::Csv).await
}

pub async fn json_lines(shared: State<Shared>, context: Extension<RequestContext>, choices: Choices) -> Response {
    answer(shared, context, choices, Format::JsonLines).await
}

async fn answer(
    State(shared): State<Shared>,
    Extension(context): Extension<RequestContext>,
    Query(choices): Choices,
    format: Format,
) -> Response {
    match exported(shared, context, &choices, format).await {
        Ok(response) => response,
        Err(error) => responses::page(
            responses::status(&error),
            "The audit could not be exported",
            "Supabase did not tell which organizations and projects you can see, and a file that silently lacks calls would \
             mislead. Open the audit\u{2019}s page, which says more, and try again.",
        ),
    }
}

async fn exported(
    shared: Shared,
    context: RequestContext,
    choices: &[(String, String)],
    format: Format,
) -> Result<Response, ConsoleError> {
    let signed_in = context.signed_in.ok_or(ConsoleError::SignedOut)?;
    let view = visibility::of(&shared, &signed_in).await?;
    if let Some(message) = view.missing {
        return Err(ConsoleError::Unreachable { message });
    }
    // The file holds what the page would.
    shared.audit.flush().await;
    let get = |name: &str| {
        let choice = choices.iter().find(|(key, _)| key == name);
        choice.map(|(_, value)| value.clone())
    };
    let filter = AuditFilter::read(get);
    let (content_type, ending) = match format {
        Format::Csv => ("text/csv; charset=utf-8", "csv"),
        Format::JsonLines => ("application/jsonl", "jsonl"),
    };
    let name = format!("steward-audit-{}.{ending}", OffsetDateTime::now_utc().date());
    let body = Body::from_stream(stretches((shared, signed_in), view.visible, filter, format));
    Ok(file::attachment(&name, content_type, body))
}

/// Where an export stands.
enum At {
    Begin,
    Before(i64),
    End,
}

/// The file in pieces. An error breaks the answer off, so that half a file is not taken for a whole one.
fn stretches(
    (shared, reader): (Shared, SignedIn),
    visible: Visibility,
    filter: AuditFilter,
    format: Format,
) -> impl futures::Stream<Item = Result<Bytes, Error>> + Send + 'static {
    let source = Arc::new((shared, reader, visible, filter));
    let pieces = stream::try_unfold(At::Begin, move |at| {
        let source = source.clone();
        async move {
            let (shared, reader, visible, filter) = &*source;
            let before = match at {
                At::Begin => None,
                At::Before(id) => Some(id),
                At::End => return Ok(None),
            };
            let mut calls = shared.store.audit_stretch(visible, filter, before, STRETCH).await?;
            others::shorten_for(&mut calls, shared, reader).await;
            let next = match calls.last() {
                Some(last) if calls.len() == STRETCH as usize => At::Before(last.id),
                Some(_) | None => At::End,
            };
            let piece = match format {
                Format::Csv => rows(&calls, before.is_none())?,
                Format::JsonLines => lines(&calls),
            };
            Ok(Some((Bytes::from(piece), next)))
        }
    });
    pieces.inspect_err(|error: &Error| tracing::error!(%error, "an export of the audit broke off"))
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
    file::csv(heading.into_iter().chain(rows)).map_err(|error| Error::Serve(std::io::Error::other(error)))
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
