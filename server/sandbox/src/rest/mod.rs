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
    shown["jwt_secret"] = json!(jwt_secret(project));
    Ok(answer(StatusCode::OK, &shown))
}

/// v1-update-postgrest-service-config
pub fn update(call: &mut Call<'_>) -> Answered {
    let project = call.running()?;
    let mut rest = project.parts.rest.clone();
    let State {
        db_schema,
        db_extra_search_path,
        max_rows,
        db_pool,
    } = call.request.json()?;
    if max_rows.is_some_and(|rows| rows > 1_000_000) {
        return Err(Refusal::Invalid("max_rows: expected at most 1000000.".to_owned()));
    }
    if db_pool.is_some_and(|pool| pool > 1000) {
        return Err(Refusal::Invalid("db_pool: expected at most 1000.".to_owned()));
    }
    rest.db_schema = db_schema.or(rest.db_schema);
    rest.db_extra_search_path = db_extra_search_path.or(rest.db_extra_search_path);
    rest.max_rows = max_rows.or(rest.max_rows);
    rest.db_pool = db_pool.or(rest.db_pool);
    let shown = rest.shown();
    call.project_mut()?.parts.rest = rest;
    Ok(answer(StatusCode::OK, &shown))
}
