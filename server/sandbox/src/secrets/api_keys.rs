//! API keys. Of a key only its id is kept: the key itself is derived, so revealing it always gives the same.
//!
//! Guesses: publishable keys have no JWT template, and legacy keys are listed while they are switched off, too.

use axum::http::StatusCode;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value, json};
use time::OffsetDateTime;

use super::legacy;
use crate::{
    answer::{Answered, Refusal, json as answer, moment},
    call::Call,
    projects::Project,
    token,
};

#[derive(Clone, Serialize, Deserialize)]
pub struct ApiKey {
    id: String,
    kind: Kind,
    name: String,
    description: Option<String>,
    template: Option<Map<String, Value>>,
    created_at: OffsetDateTime,
    updated_at: OffsetDateTime,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Publishable,
    Secret,
}

/// How many characters of a secret key are hidden, and how many after `sb_secret_` are not.
const HIDDEN: usize = 26;
const SHOWN: usize = 5;

impl ApiKey {
    /// The key itself: its kind, 22 characters, and 8 that stand for a checksum.
    fn text(&self, reference: &str) -> String {
        let digest = token::digest_base64(&format!("{reference} api key {}", self.id));
        format!("{}{}_{}", self.beginning(), &digest[..22], &digest[22..30])
    }

    fn beginning(&self) -> &'static str {
        match self.kind {
            Kind::Publishable => "sb_publishable_",
            Kind::Secret => "sb_secret_",
        }
    }

    /// The answer: a secret key is masked unless it is to be revealed.
    fn body(&self, reference: &str, reveal: bool) -> Value {
        let key = self.text(reference);
        let prefix = &key[..self.beginning().len() + SHOWN];
        let shown = match self.kind {
            Kind::Secret if !reveal => format!("{prefix}{}", "\u{b7}".repeat(HIDDEN)),
            Kind::Secret | Kind::Publishable => key.clone(),
        };
        json!({
            "id": self.id,
            "name": self.name,
            "type": self.kind,
            "api_key": shown,
            "prefix": prefix,
            "hash": token::digest_base64(&key),
            "description": self.description,
            "secret_jwt_template": self.template,
            "inserted_at": moment(self.created_at),
            "updated_at": moment(self.updated_at),
        })
    }
}

/// The claims of a secret key that says nothing else.
fn service_role() -> Option<Map<String, Value>> {
    json!({ "role": "service_role" }).as_object().cloned()
}

/// The two keys every project begins with.
fn first(project: &Project) -> Vec<ApiKey> {
    let key = |kind, template| ApiKey {
        id: token::uuid(&format!("{} first {kind:?} key", project.reference)),
        kind,
        name: "default".to_owned(),
        description: None,
        template,
        created_at: project.created_at,
        updated_at: project.created_at,
    };
    vec![key(Kind::Publishable, None), key(Kind::Secret, service_role())]
}

/// A key that was made before the world began: of which kind, its name, what it is for, and when.
pub type Seed = (bool, &'static str, &'static str, OffsetDateTime);

/// The project's first keys and these; whether a seed is of a secret key, it says first.
pub fn seeded(project: &Project, seeds: &[Seed]) -> Vec<ApiKey> {
    let key = |(secret, name, description, at): &Seed| ApiKey {
        id: token::uuid(&format!("{} {secret} key {name}", project.reference)),
        kind: if *secret { Kind::Secret } else { Kind::Publishable },
        name: (*name).to_owned(),
        description: Some((*description).to_owned()),
        template: secret.then(service_role).flatten(),
        created_at: *at,
        updated_at: *at,
    };
    first(project).into_iter().chain(seeds.iter().map(key)).collect()
}

/// The project's keys, without the legacy ones.
fn keys(project: &Project) -> Vec<ApiKey> {
    let changed = project.parts.secrets.api_keys.as_ref();
    changed.cloned().unwrap_or_else(|| first(project))
}

/// What the functions of a project are told of its keys, as the names of the environment have them.
pub(super) fn environment(project: &Project) -> [(&'static str, String); 2] {
    let all = keys(project);
    let of = |kind| {
        let fitting = all.iter().filter(|key| key.kind == kind);
        let named: Map<_, _> = fitting
            .map(|key| (key.name.clone(), json!(key.text(&project.reference))))
            .collect();
        Value::Object(named).to_string()
    };
    [
        ("SUPABASE_PUBLISHABLE_KEYS", of(Kind::Publishable)),
        ("SUPABASE_SECRET_KEYS", of(Kind::Secret)),
    ]
}

/// What it takes to see a secret key, besides what it takes to list keys.
const TO_REVEAL: &str = "api_gateway_keys_secret_read";

fn reveal(call: &Call<'_>) -> Result<bool, Refusal> {
    let reveal = call.request.flag("reveal")?.unwrap_or(false);
    if reveal && !call.has(TO_REVEAL)? {
        return Err(Refusal::Missing(vec![TO_REVEAL]));
    }
    Ok(reveal)
}

/// The keys, and where among them the one of the path stands.
fn find(call: &Call<'_>) -> Result<(Vec<ApiKey>, usize), Refusal> {
    let keys = keys(call.project()?);
    let id = call.request.uuid("id")?;
    let place = keys.iter().position(|key| key.id == id);
    Ok((keys, place.ok_or(Refusal::NotFound("API key"))?))
}

fn check_name(name: &str) -> Result<(), Refusal> {
    let fits = (4..=64).contains(&name.len())
        && !name.starts_with(|c: char| c.is_ascii_digit())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
    if fits {
        return Ok(());
    }
    Err(Refusal::Invalid(
        "name: expected 4 to 64 lower-case letters, digits and _, no digit first.".to_owned(),
    ))
}

fn check_template(kind: Kind, template: Option<&Map<String, Value>>) -> Result<(), Refusal> {
    if kind == Kind::Publishable && template.is_some() {
        return Err(Refusal::Invalid(
            "secret_jwt_template: only a secret key has one.".to_owned(),
        ));
    }
    Ok(())
}

/// Keys of one kind have names of their own.
fn check_free(keys: &[ApiKey], kind: Kind, name: &str, own: &str) -> Result<(), Refusal> {
    let taken = |key: &ApiKey| key.kind == kind && key.name == name && key.id != own;
    if keys.iter().any(taken) {
        return Err(Refusal::Conflict(format!(
            "The project already has a key of this kind with the name {name}."
        )));
    }
    Ok(())
}

/// v1-get-project-api-keys
pub fn list(call: &mut Call<'_>) -> Answered {
    let project = call.project()?;
    let reveal = reveal(call)?;
    let keys = keys(project);
    let keys = keys.iter().map(|key| key.body(&project.reference, reveal));
    let all: Vec<_> = legacy::keys(project).chain(keys).collect();
    Ok(answer(StatusCode::OK, &all))
}

/// v1-get-project-api-key
pub fn get(call: &mut Call<'_>) -> Answered {
    let (keys, place) = find(call)?;
    let reveal = reveal(call)?;
    Ok(answer(
        StatusCode::OK,
        &keys[place].body(&call.project()?.reference, reveal),
    ))
}

#[derive(Deserialize)]
struct Create {
    #[serde(rename = "type")]
    kind: Kind,
    name: String,
    description: Option<String>,
    secret_jwt_template: Option<Map<String, Value>>,
}

/// v1-create-project-api-key
pub fn create(call: &mut Call<'_>) -> Answered {
    let now = call.now;
    let mut keys = keys(call.project()?);
    let reveal = reveal(call)?;
    let body: Create = call.request.json()?;
    check_name(&body.name)?;
    check_template(body.kind, body.secret_jwt_template.as_ref())?;
    check_free(&keys, body.kind, &body.name, "")?;
    let template = match body.kind {
        Kind::Publishable => None,
        Kind::Secret => body.secret_jwt_template.or_else(service_role),
    };
    let key = ApiKey {
        id: token::uuid(&token::random()),
        kind: body.kind,
        name: body.name,
        description: body.description,
        template,
        created_at: now,
        updated_at: now,
    };
    let project = call.project_mut()?;
    let created = key.body(&project.reference, reveal);
    keys.push(key);
    project.parts.secrets.api_keys = Some(keys);
    Ok(answer(StatusCode::CREATED, &created))
}

/// Tells `null`, which unsets, from nothing.
#[derive(Deserialize)]
struct Update {
    name: Option<String>,
    #[serde(default, deserialize_with = "given")]
    description: Option<Option<String>>,
    #[serde(default, deserialize_with = "given")]
    secret_jwt_template: Option<Option<Map<String, Value>>>,
}

fn given<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

/// v1-update-project-api-key
pub fn update(call: &mut Call<'_>) -> Answered {
    let now = call.now;
    let (mut keys, place) = find(call)?;
    let reveal = reveal(call)?;
    let body: Update = call.request.json()?;
    if let Some(name) = &body.name {
        check_name(name)?;
        check_free(&keys, keys[place].kind, name, &keys[place].id)?;
    }
    check_template(
        keys[place].kind,
        body.secret_jwt_template.as_ref().and_then(Option::as_ref),
    )?;
    let key = &mut keys[place];
    if let Some(name) = body.name {
        key.name = name;
    }
    if let Some(description) = body.description {
        key.description = description;
    }
    if let Some(template) = body.secret_jwt_template {
        key.template = template;
    }
    key.updated_at = now;
    let project = call.project_mut()?;
    let changed = key.body(&project.reference, reveal);
    project.parts.secrets.api_keys = Some(keys);
    Ok(answer(StatusCode::OK, &changed))
}

/// v1-delete-project-api-key: why it goes is told to Supabase, and nobody can read it again.
pub fn delete(call: &mut Call<'_>) -> Answered {
    let (mut keys, place) = find(call)?;
    let reveal = reveal(call)?;
    call.request.flag("was_compromised")?;
    let project = call.project_mut()?;
    let gone = keys.remove(place).body(&project.reference, reveal);
    project.parts.secrets.api_keys = Some(keys);
    Ok(answer(StatusCode::OK, &gone))
}
