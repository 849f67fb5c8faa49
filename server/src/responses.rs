//! Responses for where no page of the app can be drawn: refusals and Steward's own failures.

use app::{
    error::ConsoleError,
    frame::forms::{IN_PLACE, LEADS_ON},
    outcome::Problem,
};
use axum::response::{Html, IntoResponse, Redirect, Response};
use http::{HeaderMap, StatusCode, header::ACCEPT};

use crate::request_id::RequestId;

/// The words of a [`page`], which lie beside it for whoever wants them without.
#[derive(Clone, Copy)]
struct Words {
    title: &'static str,
    text: &'static str,
}

const BROKE_OFF: Words = Words {
    title: "Steward broke off",
    text: "This is a fault of Steward itself. Go back and look whether your change was made before you try again; the \
           person who runs this console finds the reason in its log.",
};

const NOT_UNDERSTOOD: Words = Words {
    title: "Steward did not understand this form",
    text: "Nothing was changed. Load the page anew and try again.",
};

/// Marks what a form that stays on its page can show.
#[derive(Clone, Copy)]
struct Shown;

/// Whether a form was sent that stays on its page (`frame::forms`).
pub fn in_place(headers: &HeaderMap) -> bool {
    headers.contains_key(IN_PLACE)
}

/// What went wrong with such a form, drawn.
pub fn fragment(status: StatusCode, html: String) -> Response {
    shown((status, Html(html)).into_response())
}

/// Marks a response that a form that stays on its page can show.
pub fn shown(mut response: Response) -> Response {
    response.extensions_mut().insert(Shown);
    response
}

/// Leads whoever has sent a form on to a page of ours; one that stays where it is is told the way, with `status`.
pub fn lead_on(headers: &HeaderMap, status: StatusCode, next: &str) -> Response {
    if in_place(headers) {
        (status, [(LEADS_ON, next)]).into_response()
    } else {
        Redirect::to(next).into_response()
    }
}

/// Whether a form that stays on its page can show the response, or go on by it.
pub fn can_show(response: &Response) -> bool {
    response.headers().contains_key(LEADS_ON) || response.extensions().get::<Shown>().is_some()
}

/// The answer to a request that ended in a panic.
pub fn broke_off() -> Response {
    page(StatusCode::INTERNAL_SERVER_ERROR, BROKE_OFF.title, BROKE_OFF.text)
}

/// The answer to a form that is none of ours.
pub fn not_understood(status: StatusCode) -> Response {
    page(status, NOT_UNDERSTOOD.title, NOT_UNDERSTOOD.text)
}

/// A page of a heading and a paragraph. Both are our own words, so nothing is escaped.
pub fn page(status: StatusCode, title: &'static str, text: &'static str) -> Response {
    let number = number(status)
        .map(|number| format!("<p>{number}</p>"))
        .unwrap_or_default();
    let html = format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\"><title>{title} \u{b7} Steward</title></head>\
         <body><main><h1>{title}</h1><p>{text}</p>{number}<p><a href=\"/\">Go to the start page</a></p></main></body></html>"
    );
    let mut response = (status, Html(html)).into_response();
    response.extensions_mut().insert(Words { title, text });
    response
}

/// By what the log's lines are found, where Steward itself has failed.
fn number(status: StatusCode) -> Option<String> {
    let id = RequestId::current().filter(|_| status.is_server_error())?;
    Some(format!("The number of this request is {id}."))
}

/// What a refusal says, for a form that stays where it is; other layers than ours refuse without our words.
pub fn problem(refusal: &Response) -> Problem {
    let Words { title, text } = refusal.extensions().get().copied().unwrap_or(match refusal.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Words {
            title: "This is too much",
            text: "A form holds a megabyte at most, and nothing was changed. Shorten it and send it again.",
        },
        status if status.is_client_error() => NOT_UNDERSTOOD,
        _ => BROKE_OFF,
    });
    let number = number(refusal.status());
    Problem {
        title: title.to_owned(),
        text: [Some(text.to_owned()), number]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" "),
        field: None,
        question: None,
    }
}

/// Steward's own failure: the log is told why, the person that trying again may help.
pub struct Unavailable;

impl<E: std::fmt::Display> From<E> for Unavailable {
    fn from(error: E) -> Self {
        tracing::error!(%error, "a request failed");
        Self
    }
}

impl IntoResponse for Unavailable {
    fn into_response(self) -> Response {
        page(
            StatusCode::SERVICE_UNAVAILABLE,
            "Steward could not do this",
            "Its database did not answer. If you were changing something, look whether it was done before you try again; if \
             this stays so, the person who runs this console finds the reason in its log.",
        )
    }
}

/// Whether the request comes from a script of the page, which reads JSON.
pub fn wants_json(headers: &HeaderMap) -> bool {
    headers
        .get(ACCEPT)
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.contains("application/json"))
}

/// Whether the request is somebody opening a page.
pub fn wants_html(headers: &HeaderMap) -> bool {
    headers
        .get(ACCEPT)
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.contains("text/html"))
}

/// Whether the request takes a page among others: programs such as curl say `*/*`, or nothing at all.
pub fn takes_html(headers: &HeaderMap) -> bool {
    match headers.get(ACCEPT).map(|accept| accept.to_str()) {
        None => true,
        Some(accept) => accept.is_ok_and(|accept| accept.contains("text/html") || accept.contains("*/*")),
    }
}

/// The status that goes with an error.
pub fn status(error: &ConsoleError) -> StatusCode {
    match error {
        ConsoleError::SignedOut | ConsoleError::Reconnect => StatusCode::UNAUTHORIZED,
        ConsoleError::PlanLimit { .. } => StatusCode::PAYMENT_REQUIRED,
        ConsoleError::Forbidden { .. } | ConsoleError::Unidentified | ConsoleError::NotConnected { .. } => {
            StatusCode::FORBIDDEN
        }
        ConsoleError::NotFound => StatusCode::NOT_FOUND,
        // Not that somebody is signed out here.
        ConsoleError::Refused { status: 401, .. } => StatusCode::UNPROCESSABLE_ENTITY,
        ConsoleError::Refused { status, .. } => StatusCode::from_u16(*status).unwrap_or(StatusCode::BAD_REQUEST),
        ConsoleError::RateLimited { .. } => StatusCode::TOO_MANY_REQUESTS,
        ConsoleError::Upstream { .. } | ConsoleError::Unreadable { .. } => StatusCode::BAD_GATEWAY,
        ConsoleError::Uncertain { status: Some(_), .. } => StatusCode::BAD_GATEWAY,
        ConsoleError::Uncertain { status: None, .. } | ConsoleError::Unreachable { .. } => StatusCode::GATEWAY_TIMEOUT,
        ConsoleError::Invalid { .. } | ConsoleError::Unconfirmed { .. } => StatusCode::UNPROCESSABLE_ENTITY,
        ConsoleError::Busy | ConsoleError::Renewing { .. } => StatusCode::SERVICE_UNAVAILABLE,
        ConsoleError::Internal { .. } => StatusCode::INTERNAL_SERVER_ERROR,
    }
}
