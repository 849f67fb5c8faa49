//! POST /explorer/<operation-id>: the explorer's form becomes a call, and the page that answers it is drawn at once.
//!
//! Nothing of the answer is kept: it may be large, and it is nobody's but the person's who asked.

mod curl;
mod download;
mod redact;

use std::{
    collections::BTreeSet,
    sync::Arc,
    time::{Duration, Instant},
};

use app::{
    backend::BackendHandle,
    error::ConsoleError,
    explorer::{Answer, Body, Budget, Outcome, Refusal, Run, body as typed_body},
    form::{Attempt, DOWNLOAD, Form, REVEAL, Sent},
    paths,
};
use axum::{
    Extension,
    extract::{self, Path, State},
    response::Response,
};
use http::{Method, StatusCode};
use management_api::{Area, OperationId, Request, Row, catalogue};
use serde_json::Value;

use self::redact::{Redacted, Secrets};
use super::{sent, sign_in::turn_away::form_to_sign_in};
use crate::{
    backend::RequestBackend,
    confirm::confirm,
    context::RequestContext,
    identity::Through,
    render,
    responses::{self, Unavailable},
    stack::{self, Call, Failure, Rate, Source},
    state::Shared,
};

/// Bytes of an answer that become values and then a page: more than is shown of it, and little enough for many at once.
const SHOWN: usize = 256 * 1024;

/// The router's path; see [`paths::explorer_operation`].
pub const ROUTE: &str = "/explorer/{operation}";

pub async fn run(
    State(shared): State<Shared>,
    Extension(context): Extension<RequestContext>,
    Path(operation): Path<String>,
    request: extract::Request,
) -> Result<Response, Unavailable> {
    let (parts, body) = request.into_parts();
    // The page that answers is the one with the form.
    let mut page = extract::Request::from_parts(parts.clone(), axum::body::Body::empty());
    *page.method_mut() = Method::GET;
    let Ok(id) = operation.parse::<OperationId>() else {
        return Ok(render::not_found(shared, page).await);
    };
    let sent = match sent::read(extract::Request::from_parts(parts.clone(), body)).await {
        Ok(sent) => sent,
        Err(refusal) => return Ok(refusal),
    };
    let outcome = match attempt(&shared, &context, id, &sent).await {
        Ok(reached) => {
            let file = || download::file(id, &reached.answer.body, reached.secrets(id.row()));
            // What cannot be given as a file is explained by the page.
            match sent.text(DOWNLOAD).and_then(|_| file()) {
                Some(file) => return Ok(file),
                None => Outcome::Answered(reached.shown(id.row())),
            }
        }
        Err(outcome) => outcome,
    };
    let status = match &outcome {
        Outcome::Refused(Refusal {
            error: error @ (ConsoleError::SignedOut | ConsoleError::Reconnect),
            ..
        }) => return Ok(form_to_sign_in(&parts.headers, error, &paths::explorer_operation(id))),
        Outcome::Held(_) => StatusCode::UNPROCESSABLE_ENTITY,
        // Whatever Supabase has answered: the page shows it.
        Outcome::Refused(_) | Outcome::Answered(_) => StatusCode::OK,
    };
    let attempt = Attempt {
        operation: id,
        form: String::new(),
        typed: typed_body::kept(Form::of(id), &sent),
        error: match &outcome {
            Outcome::Held(error) => Some(error.clone()),
            // The answer tells.
            Outcome::Refused(_) | Outcome::Answered(_) => None,
        },
    };
    let run = Run { operation: id, outcome };
    page.extensions_mut().insert(RequestContext {
        attempt: Some(Arc::new(attempt)),
        run: Some(Arc::new(run)),
        ..context
    });
    Ok(responses::shown(render::draw(shared, page, status).await))
}

/// An answer that has come.
struct Reached {
    answer: stack::Answer,
    took: Duration,
    reveals: Option<&'static str>,
    curl: String,
    /// Secrets that were typed.
    typed: Vec<String>,
}

/// # Errors
/// What else came of it.
async fn attempt(shared: &Shared, context: &RequestContext, id: OperationId, sent: &Sent) -> Result<Reached, Outcome> {
    let began = Instant::now();
    let Some(signed_in) = &context.signed_in else {
        let signed_out = Failure::held(ConsoleError::SignedOut);
        return Err(Outcome::Refused(refused(signed_out, began, String::new())));
    };
    let Prepared { request, reveals, curl } = prepare(shared, id, sent).map_err(Outcome::Held)?;
    let backend: BackendHandle = Arc::new(RequestBackend::new(shared.clone(), context.clone(), Through::Explorer));
    match confirm(&request, sent, &backend).await {
        Ok(()) => {}
        Err(error @ (ConsoleError::Invalid { .. } | ConsoleError::Unconfirmed { .. })) => {
            return Err(Outcome::Held(error));
        }
        Err(error) => return Err(Outcome::Refused(refused(Failure::held(error), began, curl))),
    }
    let typed = stack::secrets(&request);
    let call = Call {
        reveals,
        ..Call::new(signed_in.caller(Through::Explorer), request)
    };
    let began = Instant::now();
    match shared.stack.ask(call).await {
        Ok(answer) => Ok(Reached {
            answer,
            took: began.elapsed(),
            reveals,
            curl,
            typed,
        }),
        Err(failure) => Err(Outcome::Refused(refused(failure, began, curl))),
    }
}

impl Reached {
    fn secrets<'a>(&'a self, row: &'static Row) -> Secrets<'a> {
        Secrets {
            names: row.secret_answer,
            revealed: self.reveals,
            typed: &self.typed,
        }
    }

    /// What a page shows of it.
    fn shown(self, row: &'static Row) -> Answer {
        let Redacted {
            content: body,
            redacted,
            cut,
        } = body(row, &self.answer.body, self.secrets(row));
        Answer {
            status: self.answer.status,
            took: self.took,
            cached: self.answer.source == Source::Cache,
            budget: budget(self.answer.rate),
            size: self.answer.body.len(),
            body,
            cut,
            redacted,
            revealed: self.reveals,
            curl: self.curl,
        }
    }
}

/// What was filled in.
struct Prepared {
    request: Request,
    /// The secret of the answer that is asked for.
    reveals: Option<&'static str>,
    /// The same for the shell.
    curl: String,
}

/// # Errors
/// [`ConsoleError::Invalid`]: something is missing or wrong, so nothing may be sent.
fn prepare(shared: &Shared, id: OperationId, sent: &Sent) -> Result<Prepared, ConsoleError> {
    let row = id.row();
    if row.area == Area::Oauth {
        let why = format!("{id} belongs to the sign-in, so it cannot be run from here.");
        return Err(ConsoleError::invalid(None, why));
    }
    let form = Form::of(id);
    let parameters = typed_body::read(form, sent)?;
    let request = form
        .request(&parameters)
        .map_err(|error| typed_body::where_typed(form, sent, error))?;
    Ok(Prepared {
        request,
        reveals: asked_for(row, sent.text(REVEAL).unwrap_or_default())?,
        curl: curl_of(shared, form, parameters),
    })
}

/// The secret field of the answer with this name; none where nothing was chosen.
pub(super) fn asked_for(row: &Row, name: &str) -> Result<Option<&'static str>, ConsoleError> {
    if name.is_empty() {
        return Ok(None);
    }
    let known = row.secret_answer.iter().copied().find(|secret| *secret == name);
    known
        .map(Some)
        .ok_or_else(|| ConsoleError::invalid(REVEAL, format!("The answer has no secret field {name}.")))
}

/// The call for the shell, with a placeholder for each secret.
fn curl_of(shared: &Shared, form: &Form, mut parameters: Value) -> String {
    let mut secret: BTreeSet<&str> = form.operation.row().secret_parameters.iter().copied().collect();
    secret.extend(
        form.fields
            .iter()
            .filter(|field| field.secret)
            .filter_map(|field| field.path().next()),
    );
    for name in secret {
        if let Some(value) = parameters.get_mut(name) {
            redact::placeholders(name, value);
        }
    }
    match form.request(&parameters) {
        Ok(request) => curl::command(&shared.api_url, &request),
        // Placeholders where the type wants something else than a text.
        Err(_) => String::new(),
    }
}

/// What of the answer may be shown.
fn body(row: &Row, bytes: &[u8], secrets: Secrets) -> Redacted<Body> {
    let whole = |content, redacted| Redacted {
        content,
        redacted,
        cut: false,
    };
    if bytes.is_empty() {
        return whole(Body::Empty, false);
    }
    let plain = || match std::str::from_utf8(bytes) {
        Ok(_) if row.reveals_secret() => whole(Body::Withheld(bytes.len()), true),
        Ok(text) => redact::text(text, secrets.typed, SHOWN).map(Body::Text),
        Err(_) => whole(Body::Bytes(bytes.len()), false),
    };
    match row.answer {
        catalogue::Answer::Json => match secrets.json(bytes, SHOWN) {
            // ok: what was copied is JSON.
            Ok(copy) => copy.map(|json| Body::Json(serde_json::from_slice(&json).unwrap_or_default())),
            Err(_) => plain(),
        },
        catalogue::Answer::Text | catalogue::Answer::Bytes | catalogue::Answer::Count => plain(),
    }
}

fn refused(failure: Failure, began: Instant, curl: String) -> Refusal {
    let (status, message, event, rate) = match failure.refusal {
        Some(told) => (Some(told.status), told.message, told.event, told.rate),
        None => (None, String::new(), None, Rate::default()),
    };
    Refusal {
        error: failure.error,
        status,
        message,
        event,
        took: began.elapsed(),
        budget: budget(rate),
        curl,
    }
}

fn budget(rate: Rate) -> Budget {
    let Rate {
        limit,
        remaining,
        reset,
    } = rate;
    Budget {
        limit,
        remaining,
        reset,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(id: OperationId, bytes: &[u8]) -> (Body, bool) {
        let secrets = Secrets {
            names: id.row().secret_answer,
            revealed: None,
            typed: &[],
        };
        let shown = body(id.row(), bytes, secrets);
        (shown.content, shown.redacted)
    }

    #[test]
    fn an_answer_that_cannot_be_read_is_withheld_where_it_may_hold_secrets() {
        let (keys, projects) = (OperationId::ListApiKeys, OperationId::ListProjects);
        assert_eq!(shown(keys, b"[{\"api_key\": \"sb_"), (Body::Withheld(17), true));
        assert_eq!(shown(projects, b"[{"), (Body::Text("[{".to_owned()), false));
        assert_eq!(shown(projects, b"\xff\xfe"), (Body::Bytes(2), false));
        assert_eq!(shown(keys, b""), (Body::Empty, false));
        assert_eq!(shown(keys, b"null"), (Body::Json(Value::Null), false));
    }

    #[test]
    fn a_large_answer_is_cut_before_it_becomes_values() {
        let many = format!("[{}1]", "1,".repeat(4_000_000));
        let secrets = Secrets {
            names: &[],
            revealed: None,
            typed: &[],
        };
        let shown = body(OperationId::ListProjects.row(), many.as_bytes(), secrets);
        let (Body::Json(Value::Array(values)), true) = (shown.content, shown.cut) else {
            panic!("it is a list that was cut");
        };
        assert!(values.len() <= SHOWN);
        let text = body(
            OperationId::ListProjects.row(),
            "\u{e9}".repeat(4_000_000).as_bytes(),
            secrets,
        );
        let (Body::Text(text), true) = (text.content, text.cut) else {
            panic!("it is a text that was cut");
        };
        assert!(text.len() <= SHOWN);
    }

    #[test]
    fn the_order_of_an_answer_stays() {
        let (Body::Json(value), _) = shown(OperationId::ListProjects, b"{\"z\":1,\"a\":2}") else {
            panic!("it is JSON");
        };
        assert_eq!(value.to_string(), "{\"z\":1,\"a\":2}");
    }

    #[test]
    fn every_secret_field_has_a_form_that_forgets_it() {
        for id in OperationId::ALL {
            let form = Form::of(*id);
            let sent = Sent {
                texts: form
                    .fields
                    .iter()
                    .map(|field| (field.name.clone(), "{\"hunter2\": 1".to_owned()))
                    .collect(),
                files: Vec::new(),
            };
            let kept = form.kept(&sent);
            for field in form.fields.iter().filter(|field| field.secret) {
                assert!(!kept.contains_key(&field.name), "{id}: {}", field.name);
            }
        }
    }
}
