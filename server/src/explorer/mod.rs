//! POST /explorer/<operation-id>: the explorer's form becomes a call, and the page that answers it is drawn at once.
//!
//! Nothing of the answer is kept: it may be large, and it is nobody's but the person's who asked.

mod curl;
mod redact;
mod sent;

use std::{collections::BTreeSet, sync::Arc, time::Instant};

use app::{
    backend::BackendHandle,
    error::ConsoleError,
    explorer::{Answer, Body, Budget, CONFIRM, Confirmation, Form, Outcome, Refusal, Run, SURE, Sent},
    paths,
};
use axum::{
    Extension,
    extract::{self, Path, State},
    response::Response,
};
use futures::future::BoxFuture;
use http::{Method, StatusCode};
use management_api::{Area, Operation, OperationId, Request, Row, Visitor, catalogue, visit};
use serde_json::Value;

use crate::{
    confirm::confirm,
    console::{self, Console},
    plain::Sorry,
    stack::{self, Failure, Rate, Source, Through},
    state::Shared,
    visit::{SignedIn, Visit, form_to_sign_in},
};

/// The router's path; see [`paths::explorer_operation`].
pub const ROUTE: &str = "/explorer/{operation}";

pub async fn run(
    State(shared): State<Shared>,
    Extension(visitor): Extension<Visit>,
    Path(operation): Path<String>,
    request: extract::Request,
) -> Result<Response, Sorry> {
    let (parts, body) = request.into_parts();
    // The page that answers is the one with the form.
    let mut page = extract::Request::from_parts(parts.clone(), axum::body::Body::empty());
    *page.method_mut() = Method::GET;
    let Ok(id) = operation.parse::<OperationId>() else {
        return Ok(console::not_found(shared, page).await);
    };
    let sent = match sent::read(extract::Request::from_parts(parts.clone(), body)).await {
        Ok(sent) => sent,
        Err(refusal) => return Ok(refusal),
    };
    let outcome = attempt(&shared, &visitor, id, &sent).await;
    let status = match &outcome {
        Outcome::Refused(Refusal {
            error: error @ (ConsoleError::SignedOut | ConsoleError::Reconnect),
            ..
        }) => return Ok(form_to_sign_in(&parts.headers, error, &paths::explorer_operation(id))),
        Outcome::Held(_) => StatusCode::UNPROCESSABLE_ENTITY,
        // Whatever Supabase has answered: the page shows it.
        Outcome::Refused(_) | Outcome::Answered(_) => StatusCode::OK,
    };
    let run = Run {
        operation: id,
        typed: Form::of(id).kept(&sent),
        outcome,
    };
    page.extensions_mut().insert(Visit {
        run: Some(Arc::new(run)),
        ..visitor
    });
    Ok(console::draw(shared, page, status).await)
}

async fn attempt(shared: &Shared, visitor: &Visit, id: OperationId, sent: &Sent) -> Outcome {
    if id.row().area == Area::Oauth {
        return Outcome::Held(held(
            None,
            format!("{id} belongs to the sign-in, so it cannot be run from here."),
        ));
    }
    let parameters = match Form::of(id).read(sent) {
        Ok(parameters) => parameters,
        Err(error) => return Outcome::Held(error),
    };
    let Some(signed_in) = visitor.signed_in.clone() else {
        return Outcome::Refused(refused(
            Failure::held(ConsoleError::SignedOut),
            Instant::now(),
            String::new(),
        ));
    };
    let call = ExplorerCall {
        shared: shared.clone(),
        signed_in,
        backend: Arc::new(Console::new(shared.clone(), visitor.clone(), Through::Explorer)),
        parameters,
        typed: sent.text(CONFIRM).unwrap_or_default().to_owned(),
        sure: sent.text(SURE).is_some(),
    };
    visit(id, call).await
}

fn held(field: Option<&str>, message: impl Into<String>) -> ConsoleError {
    ConsoleError::Invalid {
        field: field.map(str::to_owned),
        message: message.into(),
    }
}

/// Parameters on their way to becoming an operation.
struct ExplorerCall {
    shared: Shared,
    signed_in: SignedIn,
    backend: BackendHandle,
    parameters: Value,
    /// What was typed to confirm it.
    typed: String,
    /// Whether the cost was confirmed.
    sure: bool,
}

impl Visitor for ExplorerCall {
    type Outcome = BoxFuture<'static, Outcome>;

    fn visit<O: Operation>(self) -> Self::Outcome {
        Box::pin(async move {
            let row = O::ID.row();
            let request = match request_of::<O>(&self.parameters) {
                Ok(request) => request,
                Err(error) => return Outcome::Held(error),
            };
            if Confirmation::of(row) == Confirmation::Sure && !self.sure {
                return Outcome::Held(held(Some(SURE), "Nothing was done: tick this box first."));
            }
            let curl = curl_of::<O>(&self.shared, &self.parameters);
            let began = Instant::now();
            match confirm(&request, &self.typed, &self.backend).await {
                Ok(()) => {}
                Err(error @ ConsoleError::Invalid { .. }) => return Outcome::Held(error),
                Err(error) => return Outcome::Refused(refused(Failure::held(error), began, curl)),
            }
            let secrets = stack::secrets(&request);
            let began = Instant::now();
            match console::ask(&self.shared, &self.signed_in, Through::Explorer, request).await {
                Ok(answer) => Outcome::Answered(answered(row, answer, &secrets, began, curl)),
                Err(failure) => Outcome::Refused(refused(failure, began, curl)),
            }
        })
    }
}

/// # Errors
/// [`ConsoleError::Invalid`], which names the field that does not fit the operation's type.
fn request_of<O: Operation>(parameters: &Value) -> Result<Request, ConsoleError> {
    let operation: O = serde_json::from_value(parameters.clone()).map_err(|error| unfit::<O>(parameters, &error))?;
    Request::of(&operation).map_err(|bad| held(Some(bad.name), bad.to_string()))
}

/// Finds the field behind serde's complaint: it is the one without which there is no such complaint any more.
fn unfit<O: Operation>(parameters: &Value, error: &serde_json::Error) -> ConsoleError {
    let message = error.to_string();
    let form = Form::of(O::ID);
    let fits_without = |name: &str| {
        let mut fewer = parameters.clone();
        let (whole, part) = name
            .split_once('.')
            .map_or((None, name), |(whole, part)| (Some(whole), part));
        let object = match whole {
            Some(whole) => fewer.get_mut(whole),
            None => Some(&mut fewer),
        };
        let removed = object
            .and_then(Value::as_object_mut)
            .and_then(|object| object.remove(part));
        removed.is_some()
            && serde_json::from_value::<O>(fewer)
                .err()
                .is_none_or(|error| error.to_string() != message)
    };
    match form.fields.iter().find(|field| fits_without(&field.name)) {
        // serde repeats what it could not read.
        Some(field) if field.secret => held(
            Some(&field.name),
            format!("{} is not of the expected shape.", field.name),
        ),
        Some(field) => held(Some(&field.name), format!("{} does not fit: {message}.", field.name)),
        None if form.fields.iter().any(|field| field.secret) => held(None, format!("The form does not fit {}.", O::ID)),
        None => held(None, format!("The form does not fit {}: {message}.", O::ID)),
    }
}

/// The call for the shell, with a placeholder for each secret.
fn curl_of<O: Operation>(shared: &Shared, parameters: &Value) -> String {
    let form = Form::of(O::ID);
    let mut secret: BTreeSet<&str> = O::ID.row().secret_parameters.iter().copied().collect();
    secret.extend(
        form.fields
            .iter()
            .filter(|field| field.secret)
            .filter_map(|field| field.path().next()),
    );
    let mut parameters = parameters.clone();
    for name in secret {
        if let Some(value) = parameters.get_mut(name) {
            redact::placeholders(name, value);
        }
    }
    match request_of::<O>(&parameters) {
        Ok(request) => curl::command(&shared.api_url, &request),
        // Placeholders where the type wants something else than a text.
        Err(_) => String::new(),
    }
}

fn answered(row: &Row, answer: stack::Answer, secrets: &[String], began: Instant, curl: String) -> Answer {
    let (body, redacted) = body(row, &answer.body, secrets);
    Answer {
        status: answer.status,
        took: began.elapsed(),
        cached: answer.source == Source::Cache,
        budget: budget(answer.rate),
        body,
        redacted,
        curl,
    }
}

/// What of the answer may be shown, and whether anything was taken out of it.
fn body(row: &Row, bytes: &[u8], secrets: &[String]) -> (Body, bool) {
    if bytes.is_empty() {
        return (Body::Empty, false);
    }
    let plain = || match std::str::from_utf8(bytes) {
        Ok(_) if row.reveals_secret() => (Body::Withheld(bytes.len()), true),
        Ok(text) => {
            let (text, redacted) = redact::text(text, secrets);
            (Body::Text(text), redacted)
        }
        Err(_) => (Body::Bytes(bytes.len()), false),
    };
    match row.answer {
        catalogue::Answer::Json => match serde_json::from_slice::<Value>(bytes) {
            Ok(mut value) => {
                let redacted = redact::redact(&mut value, row.secret_answer, secrets);
                (Body::Json(value), redacted)
            }
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
    use app::explorer::Form;
    use serde_json::json;

    use super::*;

    struct Unfit(Value);

    impl Visitor for Unfit {
        type Outcome = ConsoleError;

        fn visit<O: Operation>(self) -> ConsoleError {
            request_of::<O>(&self.0).unwrap_err()
        }
    }

    fn unfit_field(id: OperationId, parameters: Value) -> (Option<String>, String) {
        match visit(id, Unfit(parameters)) {
            ConsoleError::Invalid { field, message } => (field, message),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_field_that_does_not_fit_is_named() {
        let (field, message) = unfit_field(
            OperationId::RunQuery,
            json!({ "ref": "abc", "query": "select 1", "parameters": 5 }),
        );
        assert_eq!(field.as_deref(), Some("parameters"), "{message}");
        let (field, _) = unfit_field(OperationId::GetProject, json!({ "ref": ".." }));
        assert_eq!(field.as_deref(), Some("ref"));
    }

    #[test]
    fn a_secret_that_does_not_fit_is_not_repeated() {
        let secrets = json!({ "ref": "abc", "secrets": [{ "name": "A", "value": ["hunter2"] }] });
        let (field, message) = unfit_field(OperationId::CreateSecrets, secrets);
        assert_eq!(field.as_deref(), Some("secrets"));
        assert!(!message.contains("hunter2"), "{message}");
        let (_, message) = unfit_field(
            OperationId::CreateSecrets,
            json!({ "ref": "abc", "secrets": "hunter2" }),
        );
        assert!(!message.contains("hunter2"), "{message}");
    }

    #[test]
    fn an_answer_that_cannot_be_read_is_withheld_where_it_may_hold_secrets() {
        let (keys, projects) = (OperationId::ListApiKeys.row(), OperationId::ListProjects.row());
        assert_eq!(body(keys, b"[{\"api_key\": \"sb_", &[]), (Body::Withheld(17), true));
        assert_eq!(body(projects, b"[{", &[]), (Body::Text("[{".to_owned()), false));
        assert_eq!(body(projects, b"\xff\xfe", &[]), (Body::Bytes(2), false));
        assert_eq!(body(keys, b"", &[]), (Body::Empty, false));
        assert_eq!(body(keys, b"null", &[]), (Body::Json(Value::Null), false));
    }

    #[test]
    fn the_order_of_an_answer_stays() {
        let (Body::Json(value), _) = body(OperationId::ListProjects.row(), b"{\"z\":1,\"a\":2}", &[]) else {
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
