//! Signing keys and the states they go through.
//!
//! Guesses: which statuses refusals have, that a key has been revoked "for a while" after as long as a project takes to
//! come up, and that a project has no signing key before it takes its JWT secret over or makes one.

use axum::http::StatusCode;
use management_api::auth::SigningKeyStatus::{self, InUse, PreviouslyUsed, Revoked, Standby};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use time::OffsetDateTime;

use super::jwk;
use crate::{
    answer::{Answered, Refusal, json as answer, moment},
    call::Call,
    token,
};

/// A key, without its private half: nothing here signs.
#[derive(Clone, Serialize, Deserialize)]
pub struct SigningKey {
    id: String,
    algorithm: String,
    status: SigningKeyStatus,
    public_jwk: Option<Value>,
    /// Made of the project's JWT secret.
    legacy: bool,
    created_at: OffsetDateTime,
    /// When the status last changed.
    updated_at: OffsetDateTime,
}

impl SigningKey {
    fn new(id: String, algorithm: &str, own: Option<&Value>, now: OffsetDateTime) -> Self {
        Self {
            public_jwk: jwk::public(algorithm, &id, own.and_then(Value::as_object)),
            id,
            algorithm: algorithm.to_owned(),
            status: Standby,
            legacy: false,
            created_at: now,
            updated_at: now,
        }
    }

    /// A key that is where it is since before the world began.
    pub fn seeded(of: &str, algorithm: &str, status: SigningKeyStatus, legacy: bool, since: OffsetDateTime) -> Self {
        let id = token::uuid(&format!("{of} signing key {algorithm} {}", status.as_str()));
        let mut key = Self::new(id, algorithm, None, since);
        key.turn(status, since);
        key.legacy = legacy;
        key
    }

    fn body(&self) -> Value {
        json!({
            "id": self.id,
            "algorithm": self.algorithm,
            "status": self.status,
            "public_jwk": self.public_jwk,
            "created_at": moment(self.created_at),
            "updated_at": moment(self.updated_at),
        })
    }

    fn turn(&mut self, status: SigningKeyStatus, now: OffsetDateTime) {
        self.status = status;
        self.updated_at = now;
    }
}

/// The key set that the project publishes.
pub fn public(keys: &[SigningKey]) -> Value {
    let good = keys.iter().filter(|key| key.status != Revoked);
    json!({ "keys": good.filter_map(|key| key.public_jwk.as_ref()).collect::<Vec<_>>() })
}

fn not_found() -> Refusal {
    Refusal::NotFound("Signing key")
}

fn standby_is_taken(keys: &[SigningKey]) -> Result<(), Refusal> {
    if keys.iter().any(|key| key.status == Standby) {
        return Err(Refusal::Conflict(
            "There is a key on standby already; rotate to it or move it away first.".to_owned(),
        ));
    }
    Ok(())
}

/// The key in use makes room for another one.
fn retire(keys: &mut [SigningKey], now: OffsetDateTime) {
    for key in keys.iter_mut().filter(|key| key.status == InUse) {
        key.turn(PreviouslyUsed, now);
    }
}

/// v1-get-project-signing-keys
pub fn list(call: &mut Call<'_>) -> Answered {
    let keys = &call.project()?.parts.auth.signing_keys;
    let keys: Vec<_> = keys.iter().map(SigningKey::body).collect();
    Ok(answer(StatusCode::OK, &json!({ "keys": keys })))
}

/// v1-get-project-signing-key
pub fn get(call: &mut Call<'_>) -> Answered {
    let keys = &call.project()?.parts.auth.signing_keys;
    let id = call.request.uuid("id")?;
    let key = keys.iter().find(|key| key.id == id).ok_or_else(not_found)?;
    Ok(answer(StatusCode::OK, &key.body()))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Create {
    algorithm: String,
    status: Option<String>,
    private_jwk: Option<Value>,
}

/// v1-create-project-signing-key
pub fn create(call: &mut Call<'_>) -> Answered {
    let now = call.now;
    call.project()?;
    let body: Create = call.request.json()?;
    if !jwk::is_known(&body.algorithm) {
        return Err(Refusal::Invalid(
            "algorithm: expected one of EdDSA, ES256, RS256, HS256.".to_owned(),
        ));
    }
    let status = match body.status.as_deref().map(SigningKeyStatus::from) {
        None => Standby,
        Some(status @ (Standby | InUse)) => status,
        Some(_) => return Err(Refusal::Invalid("status: expected in_use or standby.".to_owned())),
    };
    let own = body.private_jwk.as_ref();
    if let Some(own) = own {
        jwk::check_private(&body.algorithm, own).map_err(Refusal::Invalid)?;
    }
    let keys = &mut call.project_mut()?.parts.auth.signing_keys;
    // A key from outside keeps the name that its tokens carry.
    let id = match own.and_then(|own| own.get("kid")).and_then(Value::as_str) {
        Some(id) => id.to_owned(),
        None => token::uuid(&token::random()),
    };
    if keys.iter().any(|key| key.id == id) {
        return Err(Refusal::Conflict(
            "The project already has a key of this id.".to_owned(),
        ));
    }
    if status == Standby {
        standby_is_taken(keys)?;
    } else {
        retire(keys, now);
    }
    let mut key = SigningKey::new(id, &body.algorithm, own, now);
    key.status = status;
    let body = key.body();
    keys.push(key);
    Ok(answer(StatusCode::CREATED, &body))
}

/// v1-get-legacy-signing-key
pub fn legacy(call: &mut Call<'_>) -> Answered {
    let keys = &call.project()?.parts.auth.signing_keys;
    let key = keys.iter().find(|key| key.legacy).ok_or_else(not_found)?;
    Ok(answer(StatusCode::OK, &key.body()))
}

/// v1-create-legacy-signing-key
pub fn take_over(call: &mut Call<'_>) -> Answered {
    let now = call.now;
    let project = call.project_mut()?;
    let keys = &mut project.parts.auth.signing_keys;
    if keys.iter().any(|key| key.legacy) {
        return Err(Refusal::Conflict(
            "The project\u{2019}s JWT secret is a signing key already.".to_owned(),
        ));
    }
    let id = token::uuid(&format!("{} legacy signing key", project.reference));
    let mut key = SigningKey::new(id, "HS256", None, now);
    key.legacy = true;
    key.status = InUse;
    let body = key.body();
    retire(keys, now);
    keys.push(key);
    Ok(answer(StatusCode::CREATED, &body))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Update {
    status: String,
}

/// v1-update-project-signing-key
pub fn update(call: &mut Call<'_>) -> Answered {
    let now = call.now;
    let project = call.project()?;
    let id = call.request.uuid("id")?.to_owned();
    let key = project.parts.auth.signing_keys.iter().find(|key| key.id == id);
    let key = key.ok_or_else(not_found)?;
    let to = match SigningKeyStatus::from(call.request.json::<Update>()?.status.as_str()) {
        SigningKeyStatus::Other(_) => {
            let known = SigningKeyStatus::KNOWN.join(", ");
            return Err(Refusal::Invalid(format!("status: expected one of {known}.")));
        }
        known => known,
    };
    match (&key.status, &to) {
        (from, to) if from == to => return Ok(answer(StatusCode::OK, &key.body())),
        (Standby, InUse | PreviouslyUsed) => {}
        (PreviouslyUsed | Revoked, Standby) => standby_is_taken(&project.parts.auth.signing_keys)?,
        (PreviouslyUsed, Revoked) if key.legacy && project.parts.secrets.legacy_keys_work() => {
            return Err(Refusal::Invalid(
                "The API keys anon and service_role are signed with this key; switch them off first.".to_owned(),
            ));
        }
        (PreviouslyUsed, Revoked) => {}
        (from, to) => {
            return Err(Refusal::Invalid(format!(
                "A key cannot go from {} to {}.",
                from.as_str(),
                to.as_str()
            )));
        }
    }
    let keys = &mut call.project_mut()?.parts.auth.signing_keys;
    if to == InUse {
        retire(keys, now);
    }
    let key = keys.iter_mut().find(|key| key.id == id).ok_or_else(not_found)?;
    key.turn(to, now);
    Ok(answer(StatusCode::OK, &key.body()))
}

/// v1-remove-project-signing-key
pub fn remove(call: &mut Call<'_>) -> Answered {
    let (now, a_while) = (call.now, call.world.rules.coming_up);
    call.project()?;
    let id = call.request.uuid("id")?;
    let keys = &mut call.project_mut()?.parts.auth.signing_keys;
    let place = keys.iter().position(|key| key.id == id).ok_or_else(not_found)?;
    let key = &keys[place];
    let refused = if key.legacy {
        "The key made of the project\u{2019}s JWT secret cannot be removed."
    } else if key.status != Revoked {
        "Only a revoked key can be removed."
    } else if key.updated_at + a_while > now {
        "The key was revoked only just now; it can be removed after a while."
    } else {
        return Ok(answer(StatusCode::OK, &keys.remove(place).body()));
    };
    Err(Refusal::Invalid(refused.to_owned()))
}
