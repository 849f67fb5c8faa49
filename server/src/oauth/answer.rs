//! What the token endpoint answers, in the words of RFC 6749: Supabase has ways of its own to give tokens and to refuse
//! them.

use std::{collections::BTreeSet, error::Error};

use management_api::OperationId;
use oauth2::{
    ExtraTokenFields, RequestTokenError, StandardTokenResponse, TokenResponse,
    basic::{BasicErrorResponse, BasicErrorResponseType, BasicTokenType},
};
use reqwest::StatusCode;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::store::{now, tokens::TokenSet};

/// What the token endpoint tells.
pub(super) type Told = StandardTokenResponse<Extent, BasicTokenType>;

/// What Supabase tells of a grant beside RFC 6749.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Extent {
    /// The projects that it is limited to, by ref; empty: it is for all of them. `None`: not told.
    #[serde(default)]
    project_refs: Option<Vec<String>>,
}

impl ExtraTokenFields for Extent {}

/// Why the token endpoint gave no tokens. Never holds anything of its answer but the error's name.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Refusal {
    /// The code or the refresh token is used, too old or revoked.
    #[error("the grant is not accepted")]
    Grant,
    /// The app's id, secret or redirect URI is wrong.
    #[error("the OAuth app is not accepted ({0})")]
    App(String),
    /// No answer, or none that can be used.
    #[error("the token endpoint gave no usable answer ({0})")]
    Unavailable(String),
}

/// Tokens as RFC 6749 promises them. A success that cannot be read loses the grant, since the tokens before are dead by
/// then: so a lifetime may be a text, a fraction or missing, and so may the kind of token.
pub(super) fn as_promised(body: Vec<u8>) -> Vec<u8> {
    let Ok(Value::Object(mut told)) = serde_json::from_slice(&body) else {
        return body;
    };
    let seconds = match told.remove("expires_in") {
        Some(Value::Number(number)) => number.as_f64(),
        Some(Value::String(text)) => text.trim().parse().ok(),
        Some(_) | None => None,
    };
    // ok: a year and more says no more than a year.
    if let Some(seconds) = seconds.filter(|seconds: &f64| seconds.is_finite() && *seconds >= 0.0) {
        told.insert("expires_in".to_owned(), json!(seconds.min(31_536_000.0) as u64));
    }
    // `null` is all projects; what is missing, or cannot be read, tells nothing.
    told.entry("project_refs")
        .and_modify(|refs| *refs = if refs.is_null() { json!([]) } else { refs.take() });
    let refs = |refs: &Value| refs.as_array().is_some_and(|refs| refs.iter().all(Value::is_string));
    if !told.get("project_refs").is_some_and(refs) {
        told.remove("project_refs");
    }
    for optional in ["refresh_token", "scope"] {
        if told.get(optional).is_some_and(|value| !value.is_string()) {
            told.remove(optional);
        }
    }
    if !told.get("token_type").is_some_and(Value::is_string) {
        told.insert("token_type".to_owned(), json!("Bearer"));
    }
    Value::Object(told).to_string().into_bytes()
}

/// A refusal in the words of RFC 6749; `None`: the answer says nothing of the grant, and it is worth trying again.
///
/// Supabase's own error bodies are `{"message": …}`, so the status decides: 400, 401 and 404 mean a dead grant, but only as
/// JSON, since the page of a firewall in between means nothing. A message about the client is about the app: without an app
/// all grants would look dead, and everybody would be told to sign in again in vain.
pub(super) fn in_oauth_words(status: StatusCode, body: Vec<u8>) -> Option<Vec<u8>> {
    let grant = matches!(
        status,
        StatusCode::BAD_REQUEST | StatusCode::UNAUTHORIZED | StatusCode::NOT_FOUND
    );
    if !grant {
        return None;
    }
    if serde_json::from_slice::<BasicErrorResponse>(&body).is_ok() {
        return Some(body);
    }
    let answer: Value = serde_json::from_slice(&body).ok()?;
    let message = answer.get("message").map(Value::to_string).unwrap_or_default();
    let message = message.to_lowercase();
    let of_the_app = [
        "client_id",
        "client_secret",
        "client id",
        "client secret",
        "invalid client",
        "redirect_uri",
    ]
    .iter()
    .any(|words| message.contains(words));
    let error = if of_the_app { "invalid_client" } else { "invalid_grant" };
    Some(json!({ "error": error }).to_string().into_bytes())
}

/// The tokens of an answer; a refresh token that it does not give stays what it was `before`.
pub(super) fn token_set(answer: &Told, before: Option<&SecretString>) -> TokenSet {
    TokenSet {
        access: answer.access_token().secret().clone().into(),
        refresh: answer
            .refresh_token()
            .map(|token| token.secret().clone().into())
            .or_else(|| before.cloned()),
        access_expires_at: answer
            .expires_in()
            .and_then(|lifetime| i64::try_from(lifetime.as_secs()).ok())
            .map(|seconds| now().saturating_add(seconds)),
        scopes: answer.scopes().and_then(|told| scopes(told)),
        projects: answer.extra_fields().project_refs.as_ref().map(|refs| refs.join(" ")),
    }
}

/// What the grant covers, of the scopes that operations need. `None` where none of the words is one of those: then the
/// answer speaks of something else.
fn scopes(told: &[oauth2::Scope]) -> Option<String> {
    let needed = OperationId::ALL.iter().filter_map(|id| id.row().scope);
    let needed: BTreeSet<&str> = needed
        .filter(|scope| told.iter().any(|word| word.as_str() == *scope))
        .collect();
    (!needed.is_empty()).then(|| needed.into_iter().collect::<Vec<_>>().join(" "))
}

/// Why there are no tokens, without anything of the answer.
pub(super) fn refusal<E: Error>(error: RequestTokenError<E, BasicErrorResponse>) -> Refusal {
    match error {
        RequestTokenError::ServerResponse(answer) => match answer.error() {
            BasicErrorResponseType::InvalidGrant => Refusal::Grant,
            other => Refusal::App(other.to_string()),
        },
        RequestTokenError::Request(error) => Refusal::Unavailable(error.to_string()),
        // Both may quote the answer, which holds tokens.
        RequestTokenError::Parse(..) | RequestTokenError::Other(_) => Refusal::Unavailable("unreadable".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meaning(status: u16, body: &str) -> Option<Refusal> {
        let body = in_oauth_words(StatusCode::from_u16(status).unwrap(), body.as_bytes().to_vec())?;
        let answer = serde_json::from_slice(&body).unwrap();
        Some(refusal::<http::Error>(RequestTokenError::ServerResponse(answer)))
    }

    #[test]
    fn tokens_are_read_however_their_lifetime_is_written() {
        let lifetime = |told: Value| {
            let body = as_promised(told.to_string().into_bytes());
            let answer: Told = serde_json::from_slice(&body).unwrap();
            assert_eq!(answer.access_token().secret(), "a");
            answer.expires_in().map(|lifetime| lifetime.as_secs())
        };
        let with = |expires_in: Value| json!({ "access_token": "a", "token_type": "Bearer", "expires_in": expires_in });
        for (told, expected) in [
            (with(json!(3600)), Some(3600)),
            (with(json!("3600")), Some(3600)),
            (with(json!(3599.9)), Some(3599)),
            (with(json!(1e300)), Some(31_536_000)),
            (with(json!(-5)), None),
            (with(json!("soon")), None),
            (with(Value::Null), None),
            (
                json!({ "access_token": "a", "refresh_token": null, "scope": null, "project_refs": null, "new": [] }),
                None,
            ),
        ] {
            assert_eq!(lifetime(told.clone()), expected, "{told}");
        }
    }

    #[test]
    fn refusals_are_understood_in_oauths_words_and_in_supabases() {
        for (status, body) in [
            (400, r#"{"error":"invalid_grant"}"#),
            (401, r#"{"error":"invalid_grant","error_description":"x"}"#),
            (400, r#"{"message":"Invalid refresh token"}"#),
            (401, r#"{"message":"Unauthorized"}"#),
            (404, r#"{"message":"Not Found"}"#),
            (404, r#"{"message":["refresh_token: unknown"]}"#),
            (400, "[]"),
            (404, "\"Not Found\""),
        ] {
            assert!(matches!(meaning(status, body), Some(Refusal::Grant)), "{status} {body}");
        }
        for (status, body) in [
            (400, r#"{"error":"invalid_client"}"#),
            (401, r#"{"error":"invalid_client"}"#),
            (400, r#"{"message":"Unrecognized client_id"}"#),
            (401, r#"{"message":"Unrecognized client_id"}"#),
            (404, r#"{"message":["client_id: Invalid uuid"]}"#),
        ] {
            assert!(
                matches!(meaning(status, body), Some(Refusal::App(_))),
                "{status} {body}"
            );
        }
    }

    #[test]
    fn what_is_not_supabases_answer_says_nothing_of_the_grant() {
        for (status, body) in [
            (400, ""),
            (401, "<html><title>Attention Required!</title></html>"),
            (404, "<html></html>"),
            (403, r#"{"message":"Forbidden"}"#),
            (403, "<html>blocked</html>"),
            (408, r#"{"message":"Timeout"}"#),
            (429, r#"{"message":"ThrottlerException: Too Many Requests"}"#),
            (500, r#"{"message":"Internal"}"#),
            (503, r#"{"error":"invalid_grant"}"#),
        ] {
            assert!(meaning(status, body).is_none(), "{status} {body}");
        }
    }

    #[test]
    fn a_grant_is_for_all_projects_unless_the_answer_names_some() {
        let projects = |told: Option<Value>| {
            let mut body = json!({ "access_token": "a", "token_type": "Bearer" });
            if let Some(told) = told {
                body["project_refs"] = told;
            }
            let answer: Told = serde_json::from_slice(&as_promised(body.to_string().into_bytes())).unwrap();
            token_set(&answer, None).projects
        };
        for (told, expected) in [
            (None, None),
            (Some(Value::Null), Some("")),
            (Some(json!([])), Some("")),
            (Some(json!(["a", "b"])), Some("a b")),
            (Some(json!("a")), None),
            (Some(json!([1])), None),
        ] {
            assert_eq!(projects(told.clone()).as_deref(), expected, "{told:?}");
        }
    }

    #[test]
    fn a_grant_covers_the_scopes_that_the_answer_names_if_it_names_any() {
        let told = |words: &[&str]| -> Vec<oauth2::Scope> {
            let scope = |word: &&str| oauth2::Scope::new((*word).to_owned());
            words.iter().map(scope).collect()
        };
        let words = told(&["projects:read", "database:write", "all", "projects:read"]);
        assert_eq!(scopes(&words).as_deref(), Some("database:write projects:read"));
        assert_eq!(scopes(&told(&["all"])), None);
        assert_eq!(scopes(&told(&[""])), None);
    }
}
