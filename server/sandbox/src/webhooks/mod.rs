//! Supabase's webhooks (v2), of an organization and of a project alike: addresses, what they were told, and how that went.
//!
//! Nothing leaves the machine: a delivery is made up. An address with `fail` in it answers 500. Guesses: that the free
//! plan has no webhooks, that reading takes a member and changing an administrator, and how many addresses there can be.

mod checked;
pub mod deliveries;
pub mod endpoints;

use std::{collections::BTreeMap, time::Duration};

use axum::http::StatusCode;
use management_api::Role;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use time::OffsetDateTime;

use crate::{
    answer::{Refusal, moment},
    call::Call,
    envelope::entity,
    organizations::Plan,
    token,
};

/// What an organization or a project has of this.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct State(Vec<Endpoint>);

/// An address of a world that has some from the start.
pub struct Seed {
    /// What its id is made from, the same in every world.
    pub key: &'static str,
    pub url: &'static str,
    pub about: &'static str,
    pub events: &'static [&'static str],
    /// Hours since each delivery, the latest first; each is of the next event.
    pub told: &'static [u64],
}

impl State {
    pub fn seeded(seeds: &[Seed], person: &str, now: OffsetDateTime) -> Self {
        let endpoint = |seed: &Seed| {
            let id = token::uuid(seed.key);
            let delivery = |(place, (hours, event)): (usize, (&u64, &&str))| Delivery {
                id: token::uuid(&format!("{} delivery {place}", seed.key)),
                event_id: token::uuid(&format!("{} event {place}", seed.key)),
                event: (*event).to_owned(),
                is_test: false,
                at: now - Duration::from_secs(60 * 60 * hours),
            };
            Endpoint {
                id,
                url: seed.url.to_owned(),
                enabled: !seed.told.is_empty(),
                description: Some(seed.about.to_owned()),
                events: seed.events.iter().map(|event| (*event).to_owned()).collect(),
                headers: BTreeMap::from([("X-Team".to_owned(), "engines".to_owned())]),
                created_by: person.to_owned(),
                created_at: now - Duration::from_secs(60 * 60 * 24 * 40),
                deliveries: seed
                    .told
                    .iter()
                    .zip(seed.events.iter().cycle())
                    .enumerate()
                    .map(delivery)
                    .collect(),
            }
        };
        Self(seeds.iter().map(endpoint).collect())
    }
}

#[derive(Clone, Serialize, Deserialize)]
struct Endpoint {
    id: String,
    url: String,
    enabled: bool,
    description: Option<String>,
    events: Vec<String>,
    headers: BTreeMap<String, String>,
    created_by: String,
    created_at: OffsetDateTime,
    /// The latest first.
    deliveries: Vec<Delivery>,
}

#[derive(Clone, Serialize, Deserialize)]
struct Delivery {
    id: String,
    event_id: String,
    event: String,
    is_test: bool,
    at: OffsetDateTime,
}

impl Endpoint {
    fn body(&self) -> Value {
        let events: Vec<_> = self.events.iter().map(|kind| json!({ "type": kind })).collect();
        entity(
            "endpoint",
            &self.id,
            json!({
                "id": self.id,
                "url": self.url,
                "enabled": self.enabled,
                "description": self.description,
                "event_types": events,
                "custom_headers": self.headers,
                "created_by": self.created_by,
                "created_at": moment(self.created_at),
            }),
        )
    }
}

fn coded(status: StatusCode, code: &'static str, message: &str) -> Refusal {
    Refusal::Coded {
        status,
        code,
        message: message.to_owned(),
    }
}

/// Whose webhooks they are.
struct Place {
    organization: String,
    project: Option<String>,
}

/// Where the path leads, if the caller may do there what is being called.
fn place(call: &Call<'_>, changes: bool) -> Result<Place, Refusal> {
    let person = &call.caller.person;
    let (organization, project, role) = if call.request.path("slug").is_empty() {
        let project = call.project()?;
        let found = call
            .world
            .organizations
            .iter()
            .find(|organization| organization.slug == project.organization);
        let organization = found.ok_or(Refusal::NotFound("Organization"))?;
        (
            organization,
            Some(project.reference.clone()),
            organization.role_in(person, &project.reference),
        )
    } else {
        let organization = call.organization()?;
        (organization, None, organization.role_of(person))
    };
    if organization.plan == Plan::Free {
        return Err(coded(
            StatusCode::FORBIDDEN,
            "webhooks_access_disabled",
            "Webhooks are not open to this organization.",
        ));
    }
    if changes && role < Some(Role::Administrator) {
        return Err(Refusal::Role {
            role: role.map_or("No access", Role::as_str),
            permissions: "platform_webhooks_write".to_owned(),
        });
    }
    Ok(Place {
        organization: organization.slug.clone(),
        project,
    })
}

fn state<'a>(call: &'a mut Call<'_>, place: &Place) -> Result<&'a mut State, Refusal> {
    match &place.project {
        Some(_) => Ok(&mut call.project_mut()?.parts.webhooks),
        None => {
            let organization = call.world.organization_mut(&place.organization);
            Ok(&mut organization.ok_or(Refusal::NotFound("Organization"))?.webhooks)
        }
    }
}

fn not_found() -> Refusal {
    coded(StatusCode::NOT_FOUND, "endpoint_not_found", "There is no such webhook.")
}

fn endpoint<'a>(call: &'a mut Call<'_>, place: &Place) -> Result<&'a mut Endpoint, Refusal> {
    let id = call.request.uuid("id")?.to_owned();
    let mut all = state(call, place)?.0.iter_mut();
    all.find(|endpoint| endpoint.id == id).ok_or_else(not_found)
}
