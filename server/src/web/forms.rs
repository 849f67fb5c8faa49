//! POST /do/<operation-id>: a form becomes a call. What was done leads on by a redirect, and what was not is answered by
//! the form's own page, drawn at once with what was typed. A form that stays on its page (`frame::forms`) is told the same
//! by a header, and drawn what went wrong alone.

use std::{collections::BTreeMap, sync::Arc};

use app::{
    backend::{BackendHandle, Flash, stopped},
    error::ConsoleError,
    form::{Attempt, BACK, DOWNLOAD, FORM, Form, NEXT, OF, REVEAL, Sent},
    operation_form,
    page::Page,
    paths,
    ui::sentence,
};
use axum::{
    Extension,
    extract::{Path, State},
    response::Response,
};
use http::{HeaderMap, StatusCode};
use management_api::{Area, Effect, IDEMPOTENCY_KEY, OperationId, SEGMENT, catalogue::UnknownOperation};
use percent_encoding::utf8_percent_encode;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use super::{
    middleware::address,
    own_path::{own_path, referer_path, with_parameter},
    sign_in::turn_away::form_to_sign_in,
};
use crate::{
    backend::RequestBackend,
    confirm::confirm,
    context::RequestContext,
    identity::Through,
    render,
    responses::{self, Unavailable, in_place},
    state::Shared,
};

/// The router's path; see [`paths::perform`].
pub const ROUTE: &str = "/do/{operation}";

pub async fn perform(
    State(shared): State<Shared>,
    Extension(context): Extension<RequestContext>,
    Path(operation): Path<String>,
    headers: HeaderMap,
    axum::Form(texts): axum::Form<Vec<(String, String)>>,
) -> Result<Response, Unavailable> {
    let sent = Sent::from(texts);
    let backend: BackendHandle = Arc::new(RequestBackend::new(shared.clone(), context.clone(), Through::Console));
    let result = match &context.signed_in {
        Some(_) => attempt(&operation, &sent, backend).await,
        None => Err(ConsoleError::SignedOut),
    };
    let typed = || match operation.parse::<OperationId>() {
        Ok(id) => Form::of(id).kept(&sent),
        Err(_) => BTreeMap::new(),
    };
    finish(shared, context, headers, &operation, &sent, typed, result).await
}

/// The answer to a form: leads on where it was done, and else to the page it stands on, which comes back with what was
/// `typed`.
pub(super) async fn finish(
    shared: Shared,
    context: RequestContext,
    headers: HeaderMap,
    operation: &str,
    sent: &Sent,
    typed: impl FnOnce() -> BTreeMap<String, Vec<String>>,
    result: Result<Done, ConsoleError>,
) -> Result<Response, Unavailable> {
    let back = back(sent, &headers);
    let Some(account) = context.signed_in.as_ref().map(|signed_in| signed_in.account.clone()) else {
        return Ok(form_to_sign_in(&headers, &ConsoleError::SignedOut, &back));
    };
    let done = match result {
        Ok(done) => done,
        Err(error @ (ConsoleError::SignedOut | ConsoleError::Reconnect)) => {
            return Ok(form_to_sign_in(&headers, &error, &back));
        }
        // The page is still there, with everything that was typed.
        Err(error) if in_place(&headers) => {
            let status = responses::status(&error);
            let form = sent.text(FORM).unwrap_or_default();
            let drawn = match operation.parse() {
                Ok(id) => operation_form::in_place(id, form, error),
                Err(UnknownOperation { .. }) => operation_form::refused(app::problem(&error)),
            };
            return Ok(responses::fragment(status, drawn));
        }
        Err(error) => {
            let form = sent.text(FORM).unwrap_or_default().to_owned();
            return Ok(answered(shared, context, headers, operation, (form, typed()), Some(error), &back).await);
        }
    };
    let next = sent.text(NEXT).and_then(|next| done.fill(next));
    let next = next.and_then(|next| own_path(&next)).unwrap_or(back);
    let id = shared.store.add_flash(&account, Flash { text: done.message }).await?;
    let next = with_parameter(&next, "notice", &id);
    Ok(responses::lead_on(&headers, StatusCode::OK, &next))
}

/// The page that the form stands on: as it says itself, else as the browser does.
pub(super) fn back(sent: &Sent, headers: &HeaderMap) -> String {
    sent.text(BACK)
        .and_then(own_path)
        .or_else(|| referer_path(headers))
        .unwrap_or_else(|| paths::HOME.to_owned())
}

/// The form's own page again, with what was `typed` and what is shown of it. Nothing was sent.
pub(super) async fn shown(
    shared: Shared,
    context: RequestContext,
    headers: HeaderMap,
    operation: &str,
    sent: &Sent,
    typed: BTreeMap<String, Vec<String>>,
) -> Response {
    let back = sent
        .text(BACK)
        .and_then(own_path)
        .unwrap_or_else(|| paths::HOME.to_owned());
    let form = sent.text(FORM).unwrap_or_default().to_owned();
    answered(shared, context, headers, operation, (form, typed), None, &back).await
}

/// The page that the form stands on, drawn with what was typed and what is wrong with it. Where there is no such page the
/// explorer has one for every operation.
async fn answered(
    shared: Shared,
    context: RequestContext,
    headers: HeaderMap,
    operation: &str,
    (form, typed): (String, BTreeMap<String, Vec<String>>),
    error: Option<ConsoleError>,
    back: &str,
) -> Response {
    let status = error.as_ref().map_or(StatusCode::OK, responses::status);
    let Ok(id) = operation.parse::<OperationId>() else {
        return responses::not_understood(status);
    };
    let path = back.split('?').next().unwrap_or_default();
    let (address, form) = if Page::at(path).is_some() && address::well_formed(path) {
        (back.to_owned(), form)
    } else {
        (paths::explorer_operation(id), String::new())
    };
    let attempt = Attempt {
        operation: id,
        form,
        typed,
        error,
    };
    let context = RequestContext {
        attempt: Some(Arc::new(attempt)),
        ..context
    };
    render::answer(shared, context, headers, &address, status).await
}

/// Makes the call that the form asks for.
async fn attempt(operation: &str, sent: &Sent, backend: BackendHandle) -> Result<Done, ConsoleError> {
    let id: OperationId = operation
        .parse()
        .map_err(|unknown: UnknownOperation| ConsoleError::invalid(None, unknown.to_string()))?;
    let why_not = match (id.row().area, id.row().effect) {
        (Area::Oauth, _) => Some("belongs to the sign-in"),
        (_, Effect::Read) => Some("only reads"),
        (_, Effect::Write | Effect::Costly | Effect::Destructive) => None,
    };
    if let Some(why_not) = why_not {
        let message = format!("{id} {why_not}, so no form may send it.");
        return Err(ConsoleError::invalid(None, message));
    }
    made(id, Map::new(), sent, backend).await
}

/// Makes the call with what was sent, and what of its parameters came in another way.
pub(super) async fn made(
    id: OperationId,
    beside: Map<String, Value>,
    sent: &Sent,
    backend: BackendHandle,
) -> Result<Done, ConsoleError> {
    if let Some(own) = [REVEAL, OF, DOWNLOAD].into_iter().find(|own| sent.text(own).is_some()) {
        let message = format!("Only the explorer knows {own}: no form of a page shows or hands out an answer.");
        return Err(ConsoleError::invalid(own, message));
    }
    let form = Form::of(id);
    let mut parameters = form.read_beside(beside, sent)?;
    key_of_content(&mut parameters);
    let request = form.request(&parameters)?;
    confirm(&request, sent, &backend).await?;
    let (message, parameters) = (sentence(&request.sentence()), request.parameters.clone());
    let answer = backend.send(request).await.map_err(|error| at_its_field(form, error))?;
    Ok(Done::of(id, message, &answer, parameters))
}

/// A form is drawn with one key, so that sending it twice does it once. What is sent belongs to the key: a page that comes
/// back out of the browser's history and is filled in anew is no second try.
fn key_of_content(parameters: &mut Value) {
    if let Some(key) = parameters.get(IDEMPOTENCY_KEY).filter(|key| !key.is_null()) {
        let content = format!("{key}{parameters}");
        let digest: String = Sha256::digest(content)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        parameters[IDEMPOTENCY_KEY] = digest.into();
    }
}

/// A refusal that begins with the name of a field, as those of the service's checks do, stands at that field.
fn at_its_field(form: &Form, error: ConsoleError) -> ConsoleError {
    let ConsoleError::Refused { message, .. } = &error else {
        return error;
    };
    let named = message.split_once(": ").map(|(names, _)| names.split(", "));
    let mut named = named.into_iter().flatten();
    match named.find(|name| form.field(name).is_some()) {
        Some(field) => ConsoleError::invalid(field, message.clone()),
        None => error,
    }
}

/// A call that was made.
#[derive(Debug)]
pub(super) struct Done {
    pub message: String,
    /// The answer, as far as its type holds it.
    pub answer: Value,
    pub parameters: Value,
}

impl Done {
    pub fn of(id: OperationId, message: String, answer: &[u8], parameters: Value) -> Self {
        let read = id.read(answer);
        let understood = read.is_ok();
        let answer = read.unwrap_or_else(|error| {
            // It was done; only the answer is of a shape that we don't know.
            tracing::warn!(operation = %id, "the answer to a write could not be read: {}", stopped(&error));
            Value::Null
        });
        let message = match left_out(&answer, &parameters) {
            None if !understood => format!("{message} It was done, but Supabase\u{2019}s answer could not be read."),
            Some(left_out) => format!("{message} Not all of it was done: {left_out}"),
            None => message,
        };
        Self {
            message,
            answer,
            parameters,
        }
    }

    /// Fills the placeholders of a path from the answer's texts, else from the parameters; `None` if one stays empty.
    fn fill(&self, template: &str) -> Option<String> {
        let mut parts = template.split('{');
        let mut path = parts.next()?.to_owned();
        for part in parts {
            let (name, rest) = part.split_once('}')?;
            // v2 puts what it made under `data`.
            let value = [&self.answer, &self.answer["data"], &self.parameters]
                .into_iter()
                .find_map(|values| values.get(name)?.as_str())?;
            path.extend(utf8_percent_encode(value, SEGMENT));
            path.push_str(rest);
        }
        Some(path)
    }
}

/// What was not done of several things, where a success says so itself or leaves some of them out: v2 answers what was
/// done under `data`, and beside it under `error` why the others were not.
fn left_out(answer: &Value, parameters: &Value) -> Option<String> {
    let email = |value: &Value| value["email"].as_str().or(value.as_str()).map(str::to_owned);
    let done: Vec<String> = answer["data"]
        .as_array()?
        .iter()
        .filter_map(|one| email(&one["attributes"]))
        .collect();
    let issues = answer
        .pointer("/error/issues")
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    let told: Vec<(String, String)> = issues
        .filter_map(|issue| Some((email(&issue["meta"])?, issue["message"].as_str()?.to_owned())))
        .collect();
    let asked = ["invitations", "emails"]
        .iter()
        .filter_map(|name| parameters[*name].as_array());
    let missing = asked.flatten().filter_map(email).filter(|asked| !done.contains(asked));
    let said: Vec<String> = missing
        .map(|missing| match told.iter().find(|(email, _)| *email == missing) {
            Some((_, why)) => format!("{missing} ({})", why.trim_end_matches('.')),
            None => format!("{missing} (Supabase does not say why)"),
        })
        .collect();
    (!said.is_empty()).then(|| format!("{}.", said.join(", ")))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_was_not_done_of_several_is_told() {
        let answer = json!({
            "data": [{ "id": "", "attributes": { "email": "a@example.com" } }],
            "error": { "issues": [{ "code": "x", "message": "No.", "meta": { "email": "b@example.com" } }] },
        });
        let asked = json!({ "invitations": [
            { "email": "a@example.com" }, { "email": "b@example.com" }, { "email": "c@example.com" },
        ] });
        assert_eq!(
            left_out(&answer, &asked).as_deref(),
            Some("b@example.com (No), c@example.com (Supabase does not say why).")
        );
        let withdrawn = json!({ "data": [{ "attributes": { "email": "a@example.com" } }], "error": null });
        assert_eq!(left_out(&withdrawn, &json!({ "emails": ["a@example.com"] })), None);
        assert_eq!(left_out(&json!({ "data": [] }), &json!({ "name": "x" })), None);
        assert_eq!(left_out(&json!([]), &json!({})), None);
    }

    #[test]
    fn a_refusal_stands_at_the_field_that_it_names() {
        let form = Form::of(OperationId::CreateSsoProvider);
        let refused = |message: &str| ConsoleError::Refused {
            status: 400,
            message: message.to_owned(),
        };
        for (message, field) in [
            ("metadata_url: expected an HTTPS address.", Some("metadata_url")),
            (
                "metadata_xml, metadata_url: expected one of them.",
                Some("metadata_xml"),
            ),
            ("Another provider: example.com.", None),
            ("Too bad.", None),
        ] {
            let expected = match field {
                Some(field) => ConsoleError::invalid(field, message),
                None => refused(message),
            };
            assert_eq!(at_its_field(form, refused(message)), expected);
        }
        assert_eq!(at_its_field(form, ConsoleError::Busy), ConsoleError::Busy);
    }

    #[test]
    fn placeholders_are_filled_and_encoded() {
        let done = Done {
            message: String::new(),
            answer: json!({ "ref": "abc", "count": 1 }),
            parameters: json!({ "ref": "old", "slug": "a/../b?" }),
        };
        assert_eq!(done.fill("/projects/{ref}").as_deref(), Some("/projects/abc"));
        assert_eq!(
            done.fill("/organizations/{slug}/members").as_deref(),
            Some("/organizations/a%2F..%2Fb%3F/members")
        );
        for unfilled in ["/{nothing}", "/{count}", "/{ref"] {
            assert_eq!(done.fill(unfilled), None, "{unfilled}");
        }
    }
}
