//! POST /projects/<ref>/sql: the SQL page's form runs a statement, and the page that answers it is drawn at once, or the rows
//! are given as a file. Nothing of the answer is kept; the statement goes into the person's own history.

use std::{sync::Arc, time::Instant};

use app::{
    backend::BackendHandle,
    error::ConsoleError,
    form::Attempt,
    paths,
    sql::{
        explain::Explained,
        export::Format,
        format::{FORMAT, formatted},
        kept::Told,
        rows::Table,
        run::{AS, Body, Mode, Outcome, QUERY, Ran, Typed},
        window::Window,
    },
};
use axum::{
    Extension, body,
    extract::{self, Path, State},
    response::Response,
};
use http::{Method, StatusCode};
use management_api::Request;

use super::{
    rows_file::{self, Made},
    sent,
    sign_in::turn_away::form_to_sign_in,
};
use crate::{
    backend::RequestBackend,
    confirm::confirm,
    context::RequestContext,
    identity::Through,
    render,
    responses::{self, Unavailable},
    stack::{Call, Failure},
    state::Shared,
};

/// The router's path; see [`paths::sql`].
pub const ROUTE: &str = "/projects/{ref}/sql";

/// Rows and values that are drawn; the files have all of them.
const ROWS: usize = 500;
/// The same where a grid fetches the others.
const FIRST: usize = 60;
const CELLS: usize = 10_000;
/// Bytes of an answer that are read for the page: what is longer is cut behind a row.
const MOST: usize = 6 * 1024 * 1024;

pub async fn run(
    State(shared): State<Shared>,
    Extension(context): Extension<RequestContext>,
    Path(project): Path<String>,
    request: extract::Request,
) -> Result<Response, Unavailable> {
    let (parts, body) = request.into_parts();
    // The page that answers is the one with the form.
    let mut page = extract::Request::from_parts(parts.clone(), body::Body::empty());
    *page.method_mut() = Method::GET;
    let sent = match sent::read(extract::Request::from_parts(parts.clone(), body)).await {
        Ok(sent) => sent,
        Err(refusal) => return Ok(refusal),
    };
    let typed = Typed::read(&sent);
    if sent.text(AS) == Some(FORMAT) {
        return Ok(set_anew(shared, context, page, project, typed).await);
    }
    // A file is made by running the statement again, which only a read may be.
    let format = sent
        .text(AS)
        .and_then(Format::read)
        .filter(|_| typed.mode == Mode::Read);
    let began = Instant::now();
    let asked = match (call(&shared, &context, &project, &typed, &sent).await, format) {
        (Ok(call), Some(format)) => match rows_file::made(&shared, call, format).await {
            Ok(Made::File(file)) => return Ok(file),
            Ok(Made::Other(answer)) => Ok(answer),
            Err(failure) => Err(failure),
        },
        (Ok(call), None) => {
            let cut_at = Some(MOST);
            shared.stack.ask(Call { cut_at, ..call }).await
        }
        (Err(failure), _) => Err(failure),
    };
    let outcome = match asked {
        Ok(answer) => {
            let took = began.elapsed();
            let grid = responses::in_place(&parts.headers);
            let body = shown(&typed, &answer.body, if grid { FIRST } else { ROWS });
            let window = match (&body, &context.signed_in) {
                (Body::Rows(table), Some(me)) if grid && table.total > 0 => match Window::read(&answer.body) {
                    Ok(window) => {
                        let rows = window.rows;
                        let id = shared.windows.add(&me.account, window).await;
                        id.map(|id| (id, rows))
                    }
                    // ok: the page says what the answer is.
                    Err(_) => None,
                },
                (Body::Rows(_) | Body::Plan(_) | Body::Other(_), _) => None,
            };
            Outcome::Answered {
                body,
                took,
                size: answer.body.len(),
                cut: answer.cut,
                window,
            }
        }
        Err(failure) => {
            let message = failure.refusal.map(|told| told.message).unwrap_or_default();
            match failure.error {
                error @ (ConsoleError::SignedOut | ConsoleError::Reconnect) => {
                    return Ok(form_to_sign_in(&parts.headers, &error, &paths::sql(&project)));
                }
                error @ (ConsoleError::Invalid { .. } | ConsoleError::Unconfirmed { .. }) => Outcome::Held(error),
                error => Outcome::Refused {
                    error,
                    message,
                    took: began.elapsed(),
                },
            }
        }
    };
    let ran = typed.ran(project, outcome);
    note(&shared, &context, &ran).await;
    Ok(answered_by_page(shared, context, page, ran).await)
}

/// The page with the text formatted. Nothing is asked of Supabase by it, and nothing is kept.
async fn set_anew(
    shared: Shared,
    context: RequestContext,
    page: extract::Request,
    project: String,
    mut typed: Typed,
) -> Response {
    if context.signed_in.is_none() {
        return form_to_sign_in(page.headers(), &ConsoleError::SignedOut, &paths::sql(&project));
    }
    let text = typed.text.clone();
    let set = tokio::task::spawn_blocking(move || formatted(&text)).await;
    let set = set.unwrap_or_else(|_| {
        let message = "Nothing was formatted: the formatter cannot read this. The text stays as you wrote it.";
        Err(ConsoleError::invalid(QUERY, message))
    });
    let outcome = match set {
        Ok(text) => {
            typed.text = text;
            Outcome::Formatted
        }
        Err(error) => Outcome::Held(error),
    };
    typed.sql.clone_from(&typed.text);
    answered_by_page(shared, context, page, typed.ran(project, outcome)).await
}

/// The page with what came of its form.
async fn answered_by_page(shared: Shared, context: RequestContext, mut page: extract::Request, ran: Ran) -> Response {
    let (status, error) = match &ran.outcome {
        Outcome::Held(error) => (StatusCode::UNPROCESSABLE_ENTITY, Some(error.clone())),
        // Whatever Supabase has answered: the page shows it.
        Outcome::Formatted | Outcome::Refused { .. } | Outcome::Answered { .. } => (StatusCode::OK, None),
    };
    let attempt = Attempt {
        operation: ran.mode.operation(),
        form: String::new(),
        typed: Default::default(),
        error,
    };
    page.extensions_mut().insert(RequestContext {
        attempt: Some(Arc::new(attempt)),
        sql: Some(Arc::new(ran)),
        ..context
    });
    responses::shown(render::draw(shared, page, status).await)
}

/// Writes the statement into the history of who has run it, where it is known who that is.
async fn note(shared: &Shared, context: &RequestContext, ran: &Ran) {
    let me = context.signed_in.as_ref().map(|me| &me.person);
    let (Some(me), Some(told)) = (me.filter(|me| me.is_identified()), Told::of(ran)) else {
        return;
    };
    if let Err(error) = shared.store.note_statement(&me.id, &ran.project, &ran.sql, &told).await {
        // What was run is answered all the same.
        tracing::error!(%error, "a statement could not be written into the history");
    }
}

/// What Supabase is asked. A read is made anew: who runs a statement twice wants to know what it gives now.
async fn call(
    shared: &Shared,
    context: &RequestContext,
    project: &str,
    typed: &Typed,
    sent: &app::form::Sent,
) -> Result<Call, Failure> {
    let Some(signed_in) = &context.signed_in else {
        return Err(Failure::held(ConsoleError::SignedOut));
    };
    let request: Request = typed.request(project).map_err(Failure::held)?;
    let backend: BackendHandle = Arc::new(RequestBackend::new(shared.clone(), context.clone(), Through::Console));
    confirm(&request, sent, &backend).await.map_err(Failure::held)?;
    Ok(Call {
        anew: true,
        ..Call::new(signed_in.caller(Through::Console), request)
    })
}

/// What of an answer the page shows; of rows at most so many.
fn shown(typed: &Typed, answer: &[u8], most: usize) -> Body {
    let other =
        || Body::Other(serde_json::from_slice(answer).unwrap_or_else(|_| String::from_utf8_lossy(answer).into()));
    let Ok(table) = Table::read(answer, most, CELLS) else {
        return other();
    };
    match (&*table.columns, &*table.rows) {
        // `explain (format json)`, be it ours or the person's own.
        ([column], [row]) if column == "QUERY PLAN" => match row.first().and_then(Explained::read) {
            Some(plan) => Body::Plan(plan),
            None => Body::Rows(table),
        },
        _ if typed.explain.is_some() => other(),
        _ => Body::Rows(table),
    }
}
