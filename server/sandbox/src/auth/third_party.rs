//! Issuers that the project trusts. Keys behind an address are found after a while, and derived: nothing is fetched.
//!
//! Guesses: the words in `type`, and that the same issuer is refused a second time.

use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use time::OffsetDateTime;
use url::Url;

use super::jwk;
use crate::{
    answer::{Answered, Refusal, json as answer, moment},
    call::Call,
    token,
};

#[derive(Clone, Serialize, Deserialize)]
pub struct Issuer {
    id: String,
    source: Source,
    created_at: OffsetDateTime,
    /// When its keys are found.
    resolved_at: OffsetDateTime,
}

#[derive(Clone, PartialEq, Serialize, Deserialize)]
enum Source {
    Oidc(String),
    Jwks(String),
    Custom(Value),
}

#[derive(Deserialize)]
struct Create {
    oidc_issuer_url: Option<String>,
    jwks_url: Option<String>,
    custom_jwks: Option<Value>,
}

fn invalid<T>(message: &str) -> Result<T, Refusal> {
    Err(Refusal::Invalid(message.to_owned()))
}

fn https(name: &str, url: String) -> Result<String, Refusal> {
    match Url::parse(&url) {
        Ok(parsed) if parsed.scheme() == "https" => Ok(url),
        Ok(_) | Err(_) => invalid(&format!("{name}: expected an HTTPS address.")),
    }
}

impl Create {
    fn source(self) -> Result<Source, Refusal> {
        match (self.oidc_issuer_url, self.jwks_url, self.custom_jwks) {
            (Some(url), None, None) => https("oidc_issuer_url", url).map(Source::Oidc),
            (None, Some(url), None) => https("jwks_url", url).map(Source::Jwks),
            (None, None, Some(keys)) if keys["keys"].is_array() => Ok(Source::Custom(keys)),
            (None, None, Some(_)) => invalid("custom_jwks: expected an object with a list of keys."),
            _ => invalid("oidc_issuer_url, jwks_url, custom_jwks: expected exactly one of them."),
        }
    }
}

impl Issuer {
    fn body(&self, now: OffsetDateTime) -> Value {
        let (mut oidc, mut jwks, mut custom) = (None, None, None);
        let kind = match &self.source {
            Source::Oidc(url) => {
                oidc = Some(url);
                "oidc"
            }
            Source::Jwks(url) => {
                jwks = Some(url);
                "jwks"
            }
            Source::Custom(keys) => {
                custom = Some(keys);
                "custom"
            }
        };
        let found = self.resolved_at <= now;
        let keys = || match &self.source {
            Source::Custom(keys) => keys.clone(),
            Source::Oidc(_) | Source::Jwks(_) => {
                let id = token::uuid(&format!("{} key", self.id));
                json!({ "keys": [jwk::public("RS256", &id, None)] })
            }
        };
        json!({
            "id": self.id,
            "type": kind,
            "oidc_issuer_url": oidc,
            "jwks_url": jwks,
            "custom_jwks": custom,
            "resolved_jwks": found.then(keys),
            "inserted_at": moment(self.created_at),
            "updated_at": moment(if found { self.resolved_at } else { self.created_at }),
            "resolved_at": found.then(|| moment(self.resolved_at)),
        })
    }
}

/// Where the issuer of the path stands in the project's list.
fn place(call: &Call<'_>) -> Result<usize, Refusal> {
    let issuers = &call.project()?.parts.auth.issuers;
    let id = call.request.uuid("tpa_id")?;
    let place = issuers.iter().position(|issuer| issuer.id == id);
    place.ok_or(Refusal::NotFound("Third-party auth integration"))
}

/// v1-list-project-tpa-integrations
pub fn list(call: &mut Call<'_>) -> Answered {
    let issuers = &call.project()?.parts.auth.issuers;
    let issuers: Vec<_> = issuers.iter().map(|issuer| issuer.body(call.now)).collect();
    Ok(answer(StatusCode::OK, &issuers))
}

/// v1-create-project-tpa-integration
pub fn create(call: &mut Call<'_>) -> Answered {
    let (now, half) = (call.now, call.world.rules.coming_up / 2);
    call.project()?;
    let source = call.request.json::<Create>()?.source()?;
    let issuers = &mut call.project_mut()?.parts.auth.issuers;
    if issuers.iter().any(|issuer| issuer.source == source) {
        return Err(Refusal::Conflict("The project trusts this issuer already.".to_owned()));
    }
    let resolved_at = if matches!(source, Source::Custom(_)) {
        now
    } else {
        now + half
    };
    let issuer = Issuer {
        id: token::uuid(&token::random()),
        source,
        created_at: now,
        resolved_at,
    };
    let body = issuer.body(now);
    issuers.push(issuer);
    Ok(answer(StatusCode::CREATED, &body))
}

/// v1-get-project-tpa-integration
pub fn get(call: &mut Call<'_>) -> Answered {
    let place = place(call)?;
    let issuer = &call.project()?.parts.auth.issuers[place];
    Ok(answer(StatusCode::OK, &issuer.body(call.now)))
}

/// v1-delete-project-tpa-integration
pub fn delete(call: &mut Call<'_>) -> Answered {
    let (place, now) = (place(call)?, call.now);
    let issuer = call.project_mut()?.parts.auth.issuers.remove(place);
    Ok(answer(StatusCode::OK, &issuer.body(now)))
}
