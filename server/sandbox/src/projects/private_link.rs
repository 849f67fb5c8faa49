//! PrivateLink (v2): accounts at AWS that a database is shared with. Nobody accepts here, so a request ends after 12 hours.

use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use time::{Duration, OffsetDateTime};

use crate::{
    answer::{Answered, Refusal, empty, moment},
    call::Call,
    envelope::{self, entity},
    organizations::Plan,
    token,
};

const KIND: &str = "private_link_association";
/// How long a request can be accepted.
const LASTS: Duration = Duration::hours(12);

/// What a project has of this.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct State(Vec<Association>);

#[derive(Clone, Serialize, Deserialize)]
struct Association {
    id: String,
    account: String,
    name: Option<String>,
    database: String,
    is_replica: bool,
    asked_at: OffsetDateTime,
    /// When it is shared.
    ready_at: OffsetDateTime,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct New {
    aws_account_id: String,
    account_name: Option<String>,
    database_identifier: Option<String>,
}

impl Association {
    fn body(&self, now: OffsetDateTime) -> Value {
        let shared = now >= self.ready_at;
        let status = match (shared, now >= self.ready_at + LASTS) {
            (false, _) => "CREATING",
            (true, false) => "READY",
            (true, true) => "ASSOCIATION_REQUEST_EXPIRED",
        };
        let mut attributes = json!({
            "aws_account_id": self.account,
            "status": status,
            "shared_at": shared.then(|| moment(self.ready_at)),
            "database_type": if self.is_replica { "READ_REPLICA" } else { "PRIMARY" },
            "database_identifier": self.database,
            "custom_dns_name": format!("db-{}.private.supabase.example", self.database),
        });
        if let Some(name) = &self.name {
            attributes["account_name"] = json!(name);
        }
        entity(KIND, &self.id, attributes)
    }
}

/// v2-list-private-link-associations
pub fn list(call: &mut Call<'_>) -> Answered {
    let now = call.now;
    envelope::all(
        call.project()?
            .parts
            .private_link
            .0
            .iter()
            .map(|one| one.body(now))
            .collect(),
    )
}

/// v2-create-private-link-association
pub fn create(call: &mut Call<'_>) -> Answered {
    let (now, coming_up) = (call.now, call.world.rules.coming_up);
    let project = call.project()?;
    let New {
        aws_account_id,
        account_name,
        database_identifier,
    } = envelope::attributes(call.request, KIND)?;
    if aws_account_id.len() != 12 || !aws_account_id.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Refusal::Invalid("aws_account_id: expected 12 digits.".to_owned()));
    }
    if account_name.as_ref().is_some_and(|name| name.chars().count() > 128) {
        return Err(Refusal::Invalid(
            "account_name: expected at most 128 characters.".to_owned(),
        ));
    }
    match call.plan()? {
        Plan::Team | Plan::Enterprise => {}
        Plan::Free | Plan::Pro => return Err(Refusal::PlanLimit("PrivateLink takes the Team plan.".to_owned())),
    }
    project.check_running(now)?;
    let primary = project.reference.clone();
    let database = database_identifier.unwrap_or_else(|| primary.clone());
    let is_replica = database != primary;
    let known = project
        .parts
        .database
        .replicas
        .all(now)
        .any(|(replica, _)| replica.identifier == database);
    if is_replica && !known {
        return Err(Refusal::Invalid(
            "database_identifier: there is no such database.".to_owned(),
        ));
    }
    let same = |one: &Association| one.account == aws_account_id && one.database == database;
    if project.parts.private_link.0.iter().any(same) {
        return Err(Refusal::Conflict(
            "The database is shared with this account already.".to_owned(),
        ));
    }
    let association = Association {
        id: token::uuid(&token::random()),
        account: aws_account_id,
        name: account_name,
        database,
        is_replica,
        asked_at: now,
        ready_at: now + coming_up,
    };
    let body = association.body(now);
    call.project_mut()?.parts.private_link.0.push(association);
    envelope::one(StatusCode::CREATED, body)
}

/// v2-delete-private-link-association, v2-delete-private-link-association-for-database
pub fn delete(call: &mut Call<'_>) -> Answered {
    let account = call.request.path("aws_account_id").to_owned();
    let named = call.request.path("database_identifier").to_owned();
    let project = call.project_mut()?;
    let database = if named.is_empty() {
        project.reference.clone()
    } else {
        named
    };
    let all = &mut project.parts.private_link.0;
    let before = all.len();
    all.retain(|one| one.account != account || one.database != database);
    if all.len() == before {
        return Err(Refusal::NotFound("Association"));
    }
    Ok(empty(StatusCode::NO_CONTENT))
}
