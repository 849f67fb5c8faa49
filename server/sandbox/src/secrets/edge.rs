//! Secrets of the Edge Functions: a value comes in, and only its digest stays.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use management_api::secrets::{NAME_LENGTH, RESERVED_PREFIX, SECRETS_AT_ONCE, VALUE_LENGTH};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use time::OffsetDateTime;

use super::{api_keys, legacy};
use crate::{
    answer::{Answered, Refusal, empty, json as answer, moment},
    call::Call,
    projects::Project,
    token,
};

#[derive(Clone, Serialize, Deserialize)]
pub struct Kept {
    digest: String,
    updated_at: OffsetDateTime,
}

impl Kept {
    pub fn of(value: &str, updated_at: OffsetDateTime) -> Self {
        Self {
            digest: token::digest(value),
            updated_at,
        }
    }
}

fn invalid<T>(message: String) -> Result<T, Refusal> {
    Err(Refusal::Invalid(message))
}

/// The database password that functions and branches are given. The one that somebody chose is kept by nobody.
pub fn password(project: &Project) -> String {
    token::digest(&format!("{} database password", project.reference))
}

/// What every function finds in its environment, whether somebody set a secret or not.
fn provided(project: &Project) -> Vec<(&'static str, String)> {
    let password = password(project);
    let mut all = vec![
        ("SUPABASE_URL", format!("https://{}", project.host())),
        (
            "SUPABASE_DB_URL",
            format!(
                "postgresql://postgres:{password}@{}:5432/postgres",
                project.database_host()
            ),
        ),
        ("SUPABASE_JWKS", project.parts.auth.jwks().to_string()),
    ];
    all.extend(legacy::environment(project));
    all.extend(api_keys::environment(project));
    all
}

/// v1-list-all-secrets
pub fn list(call: &mut Call<'_>) -> Answered {
    let project = call.project()?;
    let row = |name: &str, digest: &str, updated_at| -> Value {
        json!({ "name": name, "value": digest, "updated_at": moment(updated_at) })
    };
    let provided = provided(project).into_iter();
    let provided = provided.map(|(name, value)| row(name, &token::digest(&value), project.created_at));
    let kept = project.parts.secrets.edge.iter();
    let kept = kept.map(|(name, kept)| row(name, &kept.digest, kept.updated_at));
    let mut all: Vec<_> = kept.chain(provided).collect();
    all.sort_by(|one, other| one["name"].as_str().cmp(&other["name"].as_str()));
    Ok(answer(StatusCode::OK, &all))
}

#[derive(Deserialize)]
struct New {
    name: String,
    value: String,
}

impl New {
    fn kept(self, now: OffsetDateTime) -> (String, Kept) {
        let kept = Kept::of(&self.value, now);
        (self.name, kept)
    }

    fn check(&self) -> Result<(), Refusal> {
        let Self { name, value } = self;
        if name.is_empty() || name.chars().count() > NAME_LENGTH {
            return invalid(format!("name: expected 1 to {NAME_LENGTH} characters."));
        }
        if name.starts_with(RESERVED_PREFIX) {
            return invalid(format!(
                "name: {name} begins with {RESERVED_PREFIX}, which is reserved."
            ));
        }
        if value.chars().count() > VALUE_LENGTH {
            return invalid(format!("value of {name}: expected at most {VALUE_LENGTH} characters."));
        }
        Ok(())
    }
}

/// v1-bulk-create-secrets: all or none.
pub fn create(call: &mut Call<'_>) -> Answered {
    let now = call.now;
    call.project()?;
    let secrets: Vec<New> = call.request.json()?;
    if secrets.len() > SECRETS_AT_ONCE {
        return invalid(format!("Expected at most {SECRETS_AT_ONCE} secrets in one call."));
    }
    secrets.iter().try_for_each(New::check)?;
    let edge = &mut call.project_mut()?.parts.secrets.edge;
    // As many as one call takes is what a project holds, too; those of the service are not counted.
    let new = secrets
        .iter()
        .map(|secret| &secret.name)
        .filter(|name| !edge.contains_key(*name));
    if edge.len() + new.collect::<BTreeSet<_>>().len() > SECRETS_AT_ONCE {
        return invalid(format!("A project can hold at most {SECRETS_AT_ONCE} secrets."));
    }
    edge.extend(secrets.into_iter().map(|new| new.kept(now)));
    Ok(empty(StatusCode::CREATED))
}

/// The secrets that a project begins with.
pub fn begin_with(
    secrets: impl IntoIterator<Item = (String, String)>,
    now: OffsetDateTime,
) -> Result<super::State, Refusal> {
    let secrets: Vec<_> = secrets.into_iter().map(|(name, value)| New { name, value }).collect();
    if secrets.len() > SECRETS_AT_ONCE {
        return invalid(format!("secrets: expected at most {SECRETS_AT_ONCE}."));
    }
    secrets.iter().try_for_each(New::check)?;
    Ok(super::State {
        edge: secrets.into_iter().map(|new| new.kept(now)).collect(),
        ..super::State::default()
    })
}

/// v1-bulk-delete-secrets: as recorded, names that nothing has are passed over.
pub fn delete(call: &mut Call<'_>) -> Answered {
    call.project()?;
    let names: Vec<String> = call.request.json()?;
    if let Some(name) = names.iter().find(|name| name.starts_with(RESERVED_PREFIX)) {
        return invalid(format!("{name} is provided by the service and cannot be deleted."));
    }
    let edge = &mut call.project_mut()?.parts.secrets.edge;
    for name in &names {
        edge.remove(name);
    }
    Ok(empty(StatusCode::OK))
}
