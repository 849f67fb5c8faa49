//! The root key of pgsodium.

use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::json;

use crate::{
    answer::{Answered, Refusal, json as answer},
    call::Call,
    token,
};

/// v1-get-pgsodium-config
pub fn get(call: &mut Call<'_>) -> Answered {
    let project = call.project()?;
    project.check_running(call.now)?;
    let set = project.parts.secrets.root_key.clone();
    let key = set.unwrap_or_else(|| token::digest(&format!("{} root key", project.reference)));
    Ok(answer(StatusCode::OK, &json!({ "root_key": key })))
}

#[derive(Deserialize)]
struct Update {
    root_key: String,
}

/// v1-update-pgsodium-config
pub fn update(call: &mut Call<'_>) -> Answered {
    call.project()?.check_running(call.now)?;
    let Update { root_key } = call.request.json()?;
    if root_key.len() != 64 || !root_key.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        // As recorded.
        return Err(Refusal::Invalid(
            "Expected a 32 byte secret, hex-encoded (64 characters).".to_owned(),
        ));
    }
    call.project_mut()?.parts.secrets.root_key = Some(root_key.clone());
    Ok(answer(StatusCode::OK, &json!({ "root_key": root_key })))
}
