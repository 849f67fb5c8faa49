//! The Data API's settings.

use axum::http::StatusCode;
use base64::{Engine, prelude::BASE64_STANDARD};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest, Sha512};

use crate::{
    answer::{Answered, Refusal, json as answer},
    call::Call,
    projects::Project,
};

/// What a project has of this: what was changed.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct State {
    db_schema: Option<String>,
    db_extra_search_path: Option<String>,
    max_rows: Option<u32>,
    db_pool: Option<u32>,
    db_pool_acquisition_timeout: Option<u32>,
    db_pool_max_idletime: Option<u32>,
    db_pool_max_lifetime: Option<u32>,
}

impl State {
    /// The schemas that the Data API exposes, joined by commas.
    pub fn schemas(&self) -> &str {
        self.db_schema.as_deref().unwrap_or("public,graphql_public")
    }

    fn shown(&self) -> Value {
        json!({
            "db_schema": self.schemas(),
            "max_rows": self.max_rows.unwrap_or(1000),
            "db_extra_search_path": self.db_extra_search_path.as_deref().unwrap_or("public, extensions"),
            "db_pool": self.db_pool,
            "db_pool_acquisition_timeout": self.db_pool_acquisition_timeout,
            "db_pool_max_idletime": self.db_pool_max_idletime,
            "db_pool_max_lifetime": self.db_pool_max_lifetime,
        })
    }
}

/// What the project's legacy tokens are signed with.
pub fn jwt_secret(project: &Project) -> String {
    BASE64_STANDARD.encode(Sha512::digest(format!("{} jwt secret", project.reference)))
}

/// v1-get-postgrest-service-config
pub fn get(call: &mut Call<'_>) -> Answered {
    let project = call.project()?;
    let mut shown = project.parts.rest.shown();
    if call.has("data_api_config_secret_read")? {
        shown["jwt_secret"] = json!(jwt_secret(project));
    }
    Ok(answer(StatusCode::OK, &shown))
}

/// v1-update-postgrest-service-config
pub fn update(call: &mut Call<'_>) -> Answered {
    let before = call.running()?.parts.rest.clone();
    let wanted: State = call.request.json()?;
    let numbers = [
        ("max_rows", wanted.max_rows, 1_000_000),
        ("db_pool", wanted.db_pool, 1000),
        ("db_pool_acquisition_timeout", wanted.db_pool_acquisition_timeout, 60),
        ("db_pool_max_idletime", wanted.db_pool_max_idletime, 60),
        ("db_pool_max_lifetime", wanted.db_pool_max_lifetime, 3600),
    ];
    for (name, number, most) in numbers {
        if number.is_some_and(|number| number > most) {
            return Err(Refusal::Invalid(format!("{name}: expected at most {most}.")));
        }
    }
    let rest = State {
        db_schema: wanted.db_schema.or(before.db_schema),
        db_extra_search_path: wanted.db_extra_search_path.or(before.db_extra_search_path),
        max_rows: wanted.max_rows.or(before.max_rows),
        db_pool: wanted.db_pool.or(before.db_pool),
        db_pool_acquisition_timeout: wanted
            .db_pool_acquisition_timeout
            .or(before.db_pool_acquisition_timeout),
        db_pool_max_idletime: wanted.db_pool_max_idletime.or(before.db_pool_max_idletime),
        db_pool_max_lifetime: wanted.db_pool_max_lifetime.or(before.db_pool_max_lifetime),
    };
    let shown = rest.shown();
    call.project_mut()?.parts.rest = rest;
    Ok(answer(StatusCode::OK, &shown))
}
