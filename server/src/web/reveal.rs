//! POST /reveal/<operation-id>: somebody asks to see one secret of an answer, of a read or of the write that makes it. That
//! is written down before Supabase is asked, and the page that the form stands on is drawn with the secret; nothing of it is kept.

use std::sync::Arc;

use app::{
    backend::stopped,
    error::ConsoleError,
    form::{FORM, Form, OF, REVEAL, Sent},
    page::Page,
    revealed::Revealed,
};
use axum::{
    Extension,
    extract::{Path, State},
    response::Response,
};
use http::{HeaderMap, StatusCode};
use management_api::{Effect, OperationId, Secret, catalogue::UnknownOperation};
use serde_json::Value;
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use super::{explorer::asked_for, forms::back, middleware::address::well_formed, sign_in::turn_away::form_to_sign_in};
use crate::{
    backend::RequestBackend,
    confirm::confirm,
    context::RequestContext,
    identity::{SignedIn, Through},
    render, responses,
    stack::Call,
    state::Shared,
};

/// The router's path; see [`app::paths::reveal`].
pub const ROUTE: &str = "/reveal/{operation}";

/// What Supabase writes in the place of what it does not show.
const MASK: char = '\u{b7}';

pub async fn reveal(
    State(shared): State<Shared>,
    Extension(context): Extension<RequestContext>,
    Path(operation): Path<String>,
    headers: HeaderMap,
    axum::Form(texts): axum::Form<Vec<(String, String)>>,
) -> Response {
    let sent = Sent::from(texts);
    let back = back(&sent, &headers);
    let Some(signed_in) = context.signed_in.clone() else {
        return form_to_sign_in(&headers, &ConsoleError::SignedOut, &back);
    };
    let path = back.split('?').next().unwrap_or_default();
    // There must be a page to show it.
    if Page::at(path).is_none() || !well_formed(path) {
        return responses::not_understood(StatusCode::UNPROCESSABLE_ENTITY);
    }
    let at = OffsetDateTime::now_utc();
    let told = ask(&shared, &signed_in, &operation, &sent).await;
    let status = match &told {
        Ok(_) => StatusCode::OK,
        Err(error @ (ConsoleError::SignedOut | ConsoleError::Reconnect)) => {
            return form_to_sign_in(&headers, error, &back);
        }
        Err(error) => responses::status(error),
    };
    let revealed = Revealed {
        form: sent.text(FORM).unwrap_or_default().to_owned(),
        // ok: such a moment can always be written.
        at: at.format(&Rfc3339).unwrap_or_default(),
        id: told.as_ref().ok().and_then(|(_, id)| id.clone()),
        secret: told.map(|(secret, _)| secret),
    };
    let context = RequestContext {
        revealed: Some(Arc::new(revealed)),
        ..context
    };
    render::answer(shared, context, headers, &back, status).await
}

/// Makes the call that the form asks for, where it says yes to what the call does, and takes of its answer the one secret,
/// and the id of what was made with it.
async fn ask(
    shared: &Shared,
    signed_in: &SignedIn,
    operation: &str,
    sent: &Sent,
) -> Result<(Secret, Option<String>), ConsoleError> {
    let id: OperationId = operation
        .parse()
        .map_err(|unknown: UnknownOperation| ConsoleError::invalid(None, unknown.to_string()))?;
    let row = id.row();
    let field = match asked_for(row, sent.text(REVEAL).unwrap_or_default())? {
        // Some tell theirs only where they make it.
        Some(field) if matches!(row.effect, Effect::Read | Effect::Write) => field,
        Some(_) | None => {
            let message = format!("{id} has no secret to show.");
            return Err(ConsoleError::invalid(REVEAL, message));
        }
    };
    let form = Form::of(id);
    let request = form.request(&form.read(sent)?)?;
    confirm(&request, sent, &RequestBackend::of(shared, signed_in, Through::Console)).await?;
    let call = Call {
        reveals: Some(field),
        ..Call::new(signed_in.caller(Through::Console), request)
    };
    let answer = shared.stack.send(call).await?;
    let told: Value = serde_json::from_slice(&answer.body).map_err(|error| ConsoleError::Unreadable {
        message: format!("{id}: {}", stopped(&error)),
    })?;
    let id = told.pointer("/data/id").and_then(Value::as_str).map(str::to_owned);
    Ok((pick(&told, sent.text(OF), field)?, id))
}

/// The secret of the answer, or of the one `of` in an answer that lists several. In v2 what is told of a thing stands in its
/// attributes.
fn pick(answer: &Value, of: Option<&str>, field: &str) -> Result<Secret, ConsoleError> {
    let one = match (answer, of) {
        (Value::Array(all), Some(of)) => all.iter().find(|one| one["id"] == *of),
        (Value::Array(_), None) => None,
        (one, _) => Some(one),
    };
    let one = one.ok_or(ConsoleError::NotFound)?;
    let one = one.pointer("/data/attributes").unwrap_or(one);
    let secret = one[field].as_str().unwrap_or_default();
    if secret.is_empty() || secret.contains(MASK) {
        let message = "Supabase answered without it: this sign-in may read the rest, but not the secret itself.";
        return Err(ConsoleError::Unreadable {
            message: message.to_owned(),
        });
    }
    Ok(Secret::from(secret.to_owned()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn of(answer: Value, of: Option<&str>) -> Result<String, ConsoleError> {
        pick(&answer, of, "api_key").map(|secret| secret.expose().to_owned())
    }

    #[test]
    fn one_secret_is_taken_and_no_other() {
        let all = json!([{ "id": "a", "api_key": "one" }, { "id": "b", "api_key": "two" }]);
        assert_eq!(of(all.clone(), Some("b")).unwrap(), "two");
        assert_eq!(of(all.clone(), Some("c")), Err(ConsoleError::NotFound));
        assert_eq!(of(all, None), Err(ConsoleError::NotFound));
        assert_eq!(of(json!({ "id": "a", "api_key": "one" }), None).unwrap(), "one");
        let v2 = json!({ "data": { "type": "key", "id": "a", "attributes": { "api_key": "one" } } });
        assert_eq!(of(v2, None).unwrap(), "one");
    }

    #[test]
    fn what_is_not_told_is_not_shown() {
        for answer in [
            json!({}),
            json!({ "api_key": null }),
            json!({ "api_key": "" }),
            json!({ "api_key": "sb_secret_abcde\u{b7}\u{b7}\u{b7}" }),
        ] {
            assert!(matches!(of(answer, None), Err(ConsoleError::Unreadable { .. })));
        }
    }
}
