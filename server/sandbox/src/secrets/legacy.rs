//! The API keys of old: two long-lived tokens, `anon` and `service_role`.

use axum::http::StatusCode;
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use serde_json::{Value, json};

use crate::{
    answer::{Answered, Refusal, json as answer},
    call::Call,
    projects::Project,
    token,
};

const ROLES: [&str; 2] = ["anon", "service_role"];
/// Ten years, in seconds.
const LIFETIME: i64 = 315_360_000;

/// A JWT that reads like the real one. Its signature is a digest: nothing here would check it.
fn jwt(project: &Project, role: &str) -> String {
    let encode = |part: &Value| BASE64_URL_SAFE_NO_PAD.encode(part.to_string());
    let from = project.created_at.unix_timestamp();
    let claims = json!({
        "iss": "supabase",
        "ref": project.reference,
        "role": role,
        "iat": from,
        "exp": from + LIFETIME,
    });
    let signed = format!(
        "{}.{}",
        encode(&json!({ "alg": "HS256", "typ": "JWT" })),
        encode(&claims)
    );
    let signature = token::digest_base64(&format!("{} JWT secret {signed}", project.reference));
    format!("{signed}.{signature}")
}

/// Both keys as they are listed: always in full, as recorded.
pub(super) fn keys(project: &Project) -> impl Iterator<Item = Value> {
    ROLES.into_iter().map(|role| {
        let key = jwt(project, role);
        let signature = key.rsplit('.').next().unwrap_or_default();
        json!({
            "name": role,
            "api_key": key,
            "id": role,
            "type": "legacy",
            "hash": token::digest_base64(&key),
            "prefix": signature[..5],
            "description": format!("Legacy {role} API key"),
        })
    })
}

/// What the functions of a project are told of these keys.
pub(super) fn environment(project: &Project) -> [(&'static str, String); 2] {
    [
        ("SUPABASE_ANON_KEY", jwt(project, ROLES[0])),
        ("SUPABASE_SERVICE_ROLE_KEY", jwt(project, ROLES[1])),
    ]
}

/// v1-get-project-legacy-api-keys
pub fn get(call: &mut Call<'_>) -> Answered {
    let enabled = call.project()?.parts.secrets.legacy_keys_work();
    Ok(answer(StatusCode::OK, &json!({ "enabled": enabled })))
}

/// v1-update-project-legacy-api-keys
pub fn update(call: &mut Call<'_>) -> Answered {
    call.project()?;
    let enabled = call.request.flag("enabled")?;
    let enabled = enabled.ok_or_else(|| Refusal::Invalid("enabled: expected true or false.".to_owned()))?;
    call.project_mut()?.parts.secrets.legacy_keys_are_off = !enabled;
    Ok(answer(StatusCode::OK, &json!({ "enabled": enabled })))
}
