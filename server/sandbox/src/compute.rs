//! Compute (v2, alpha): programs beside the database, in one region only. Nothing runs.
//!
//! Guesses: which words a specification takes, and that an upload is good once it was asked for.

use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use time::{Duration, OffsetDateTime};

use crate::{
    answer::{Answered, Refusal, empty, moment},
    call::Call,
    envelope::{self, entity},
    token,
};

const KIND: &str = "project_compute_instance";
/// The one region of the private alpha.
const REGION: &str = "us-west-2";
/// Programs of one project.
const MOST: usize = 5;
/// How long an upload can be used.
const UPLOAD: Duration = Duration::HOUR;

/// What a project has of this.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct State {
    instances: Vec<Instance>,
    /// Ids of uploads that were asked for, with their end.
    uploads: Vec<(String, OffsetDateTime)>,
}

impl State {
    /// A program that runs from the start.
    pub fn seeded(name: &str, now: OffsetDateTime) -> Self {
        let instance = Instance {
            name: name.to_owned(),
            spec: Spec {
                runtime: None,
                size: "micro".to_owned(),
                exposure: "private".to_owned(),
                instances: 2,
                secrets_scope: Some(json!([{ "secret_name": "POSTMARK_TOKEN" }])),
            },
            built_at: now - Duration::days(3),
            gone_at: None,
        };
        Self {
            instances: vec![instance],
            uploads: Vec::new(),
        }
    }
}

#[derive(Clone, Serialize, Deserialize)]
struct Instance {
    name: String,
    spec: Spec,
    built_at: OffsetDateTime,
    /// When it is gone, once that was asked for.
    gone_at: Option<OffsetDateTime>,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Spec {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    runtime: Option<String>,
    size: String,
    exposure: String,
    instances: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    secrets_scope: Option<Value>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Deploy {
    spec: Spec,
    context_upload_id: Option<String>,
}

fn coded(status: StatusCode, code: &'static str, message: &str) -> Refusal {
    Refusal::Coded {
        status,
        code,
        message: message.to_owned(),
    }
}

impl Instance {
    fn body(&self, now: OffsetDateTime) -> Value {
        let built = now >= self.built_at;
        let live = if built { self.spec.instances } else { 0 };
        let mut attributes = json!({
            "spec": self.spec,
            "build_state": if built { "active" } else { "building" },
            "secret_generation": "1",
            "instances": { "declared": self.spec.instances, "live": live, "ready": live, "stale": 0 },
        });
        if self.gone_at.is_some() {
            attributes["deleting"] = json!(true);
        }
        entity(KIND, &self.name, attributes)
    }
}

/// The state of the project that the path names, where compute is to be had.
fn state<'a>(call: &'a mut Call<'_>) -> Result<&'a mut State, Refusal> {
    let now = call.now;
    let project = call.running()?;
    if project.region != REGION {
        return Err(coded(
            StatusCode::FORBIDDEN,
            "compute_not_enabled",
            "Compute is not enabled for this project.",
        ));
    }
    let state = &mut project.parts.compute;
    state
        .instances
        .retain(|instance| instance.gone_at.is_none_or(|gone| gone > now));
    state.uploads.retain(|(_, until)| *until > now);
    Ok(state)
}

fn name(call: &Call<'_>) -> Result<String, Refusal> {
    let name = call.request.path("name");
    let fits = (1..=63).contains(&name.len())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        && !name.starts_with('-')
        && !name.ends_with('-');
    if fits {
        Ok(name.to_owned())
    } else {
        Err(Refusal::Invalid(
            "name: expected lower-case letters, digits and inner hyphens.".to_owned(),
        ))
    }
}

fn not_found() -> Refusal {
    coded(
        StatusCode::NOT_FOUND,
        "compute_instance_not_found",
        "There is no such compute instance.",
    )
}

/// v2-list-all-compute-instances
pub fn list(call: &mut Call<'_>) -> Answered {
    let now = call.now;
    envelope::all(
        state(call)?
            .instances
            .iter()
            .map(|instance| instance.body(now))
            .collect(),
    )
}

/// v2-get-a-compute-instance
pub fn get(call: &mut Call<'_>) -> Answered {
    let (now, name) = (call.now, name(call)?);
    let mut instances = state(call)?.instances.iter();
    let instance = instances.find(|instance| instance.name == name).ok_or_else(not_found)?;
    envelope::one(StatusCode::OK, instance.body(now))
}

/// v2-create-compute-instance-upload
pub fn upload(call: &mut Call<'_>) -> Answered {
    let (now, name) = (call.now, name(call)?);
    let id = token::uuid(&token::random());
    state(call)?.uploads.push((id.clone(), now + UPLOAD));
    let attributes = json!({
        "url": format!("https://uploads.supabase.example/{name}/{id}"),
        "method": "PUT",
        "expires_at": moment(now + UPLOAD),
    });
    envelope::one(
        StatusCode::CREATED,
        entity("project_compute_instance_upload", &id, attributes),
    )
}

/// v2-deploy-a-compute-instance
pub fn deploy(call: &mut Call<'_>) -> Answered {
    let (now, name, building) = (call.now, name(call)?, call.world.rules.coming_up);
    state(call)?;
    let Deploy {
        spec,
        context_upload_id,
    } = envelope::attributes(call.request, KIND)?;
    let state = state(call)?;
    match (&spec.runtime, &context_upload_id) {
        (_, Some(id)) if !state.uploads.iter().any(|(known, _)| known == id) => {
            return Err(coded(
                StatusCode::BAD_REQUEST,
                "compute_request_rejected",
                "There is no such upload.",
            ));
        }
        (None, None) => {
            return Err(Refusal::Invalid(
                "context_upload_id: expected one, since there is no runtime.".to_owned(),
            ));
        }
        _ => {}
    }
    let found = state.instances.iter().position(|instance| instance.name == name);
    if found.is_some_and(|at| state.instances[at].built_at > now) {
        return Err(coded(
            StatusCode::CONFLICT,
            "compute_build_in_progress",
            "It is being built.",
        ));
    }
    if found.is_none() && state.instances.len() >= MOST {
        return Err(coded(
            StatusCode::BAD_REQUEST,
            "compute_instance_limit_exceeded",
            "There are too many.",
        ));
    }
    let instance = Instance {
        name,
        spec,
        built_at: now + building,
        gone_at: None,
    };
    let body = instance.body(now);
    match found {
        Some(at) => state.instances[at] = instance,
        None => state.instances.push(instance),
    }
    envelope::one(StatusCode::ACCEPTED, body)
}

/// v2-delete-a-compute-instance
pub fn delete(call: &mut Call<'_>) -> Answered {
    let (now, name, lasting) = (call.now, name(call)?, call.world.rules.coming_up);
    let mut instances = state(call)?.instances.iter_mut();
    let instance = instances.find(|instance| instance.name == name).ok_or_else(not_found)?;
    instance.gone_at = Some(now + lasting);
    Ok(empty(StatusCode::NO_CONTENT))
}
