//! Supabase's webhooks (v2), of an organization and of a project alike: addresses, what they were told, and how that went.
//!
//! Nothing leaves the machine: a delivery is made up. An address with `fail` in it answers 500. Guesses: that the free
//! plan has no webhooks, that reading takes a member and changing an administrator, and how many addresses there can be.

use std::{collections::BTreeMap, net::IpAddr, time::Duration};

use axum::http::StatusCode;
use management_api::{
    Role,
    webhooks::{EVENTS, EVERYTHING},
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use time::OffsetDateTime;
use url::{Host, Url};

use crate::{
    answer::{Answered, Refusal, moment},
    call::Call,
    envelope::{self, entity},
    organizations::Plan,
    token,
};

/// Addresses of one place.
const MOST: usize = 20;
/// Deliveries of one address that are kept.
const KEPT: usize = 100;

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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Event {
    #[serde(rename = "type")]
    kind: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct New {
    url: String,
    #[serde(default = "on")]
    enabled: bool,
    description: Option<String>,
    event_types: Vec<Event>,
    #[serde(default)]
    custom_headers: BTreeMap<String, String>,
    signing_secret: String,
}

fn on() -> bool {
    true
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    url: Option<String>,
    enabled: Option<bool>,
    #[serde(default, deserialize_with = "given")]
    description: Option<Option<String>>,
    event_types: Option<Vec<Event>>,
    custom_headers: Option<BTreeMap<String, String>>,
    signing_secret: Option<String>,
}

fn given<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Option<String>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

fn coded(status: StatusCode, code: &'static str, message: &str) -> Refusal {
    Refusal::Coded {
        status,
        code,
        message: message.to_owned(),
    }
}

/// A name that everybody can look up, of an address that is nobody's own.
fn check_url(url: &str) -> Result<(), Refusal> {
    let bad = || {
        coded(
            StatusCode::BAD_REQUEST,
            "endpoint_url_unresolvable",
            "url: expected an address that everybody can reach.",
        )
    };
    let url = Url::parse(url).map_err(|_| Refusal::Invalid("url: expected an address.".to_owned()))?;
    let is_public = match url.host() {
        Some(Host::Domain(name)) => {
            name.contains('.')
                && ![".local", ".internal", ".localhost"]
                    .iter()
                    .any(|end| name.ends_with(end))
        }
        Some(Host::Ipv4(address)) => !is_reserved(address.into()),
        Some(Host::Ipv6(address)) => !is_reserved(address.into()),
        None => false,
    };
    if is_public && matches!(url.scheme(), "http" | "https") {
        Ok(())
    } else {
        Err(bad())
    }
}

fn is_reserved(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => {
            address.is_private() || address.is_loopback() || address.is_link_local() || address.is_unspecified()
        }
        IpAddr::V6(address) => address.is_loopback() || address.is_unspecified() || address.is_unique_local(),
    }
}

fn check_events(events: &[Event]) -> Result<Vec<String>, Refusal> {
    let known = |event: &Event| EVENTS.contains(&event.kind.as_str());
    if events.is_empty() || !events.iter().all(known) {
        return Err(Refusal::Invalid(
            "event_types: expected events that there are, and one at least.".to_owned(),
        ));
    }
    Ok(events.iter().map(|event| event.kind.clone()).collect())
}

fn check_rest(
    description: Option<&str>,
    headers: &BTreeMap<String, String>,
    secret: Option<&str>,
) -> Result<(), Refusal> {
    if description.is_some_and(|text| text.chars().count() > 512) {
        return Err(Refusal::Invalid(
            "description: expected at most 512 characters.".to_owned(),
        ));
    }
    let is_name =
        |name: &str| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if !headers.keys().all(|name| is_name(name)) {
        return Err(Refusal::Invalid(
            "custom_headers: expected names of letters, digits and hyphens.".to_owned(),
        ));
    }
    if secret.is_some_and(|secret| !(8..=64).contains(&secret.chars().count())) {
        return Err(Refusal::Invalid(
            "signing_secret: expected 8 to 64 characters.".to_owned(),
        ));
    }
    Ok(())
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

    fn tell(&mut self, delivery: Delivery) -> Answered {
        let id = delivery.id.clone();
        self.deliveries.insert(0, delivery);
        self.deliveries.truncate(KEPT);
        envelope::one(StatusCode::CREATED, json!({ "type": "ingress", "id": id }))
    }

    fn delivery(&self, delivery: &Delivery, place: &Place) -> Value {
        let fails = self.url.contains("fail");
        let mut payload = json!({ "organization_slug": place.organization, "project_ref": place.project });
        if delivery.is_test {
            payload["is_test"] = json!(true);
        }
        entity(
            "delivery",
            &delivery.id,
            json!({
                "id": delivery.id,
                "event_id": delivery.event_id,
                "status": if fails { "failure" } else { "success" },
                "response_code": if fails { 500 } else { 200 },
                "response_headers": { "content-type": "text/plain" },
                "response_body": if fails { "Internal Server Error" } else { "ok" },
                "error_code": fails.then_some("response_not_ok"),
                "error_message": fails.then_some("The address answered with the status 500."),
                "attempt_timestamp": moment(delivery.at),
                "event": { "type": delivery.event, "payload": payload, "timestamp": moment(delivery.at) },
            }),
        )
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

/// v2-organizations-slug-webhooks-endpoints-get, v2-projects-ref-webhooks-endpoints-get
pub fn list(call: &mut Call<'_>) -> Answered {
    let place = place(call, false)?;
    let bodies = state(call, &place)?.0.iter().map(Endpoint::body).collect();
    envelope::counted(call.request, bodies)
}

/// v2-organizations-slug-webhooks-endpoints-post, v2-projects-ref-webhooks-endpoints-post
pub fn create(call: &mut Call<'_>) -> Answered {
    let place = place(call, true)?;
    let new: New = envelope::attributes(call.request, "endpoint")?;
    let events = check_events(&new.event_types)?;
    check_rest(
        new.description.as_deref(),
        &new.custom_headers,
        Some(&new.signing_secret),
    )?;
    check_url(&new.url)?;
    let endpoint = Endpoint {
        id: token::uuid(&token::random()),
        url: new.url,
        enabled: new.enabled,
        description: new.description,
        events,
        headers: new.custom_headers,
        created_by: call.caller.person.clone(),
        created_at: call.now,
        deliveries: Vec::new(),
    };
    let State(all) = state(call, &place)?;
    if all.len() >= MOST {
        return Err(Refusal::Invalid(format!("There are at most {MOST} webhooks.")));
    }
    let body = endpoint.body();
    all.push(endpoint);
    envelope::one(StatusCode::CREATED, body)
}

/// v2-organizations-slug-webhooks-endpoints-delete, v2-projects-ref-webhooks-endpoints-delete
pub fn wipe(call: &mut Call<'_>) -> Answered {
    let place = place(call, true)?;
    let gone = std::mem::take(&mut state(call, &place)?.0);
    envelope::all(gone.iter().map(Endpoint::body).collect())
}

/// v2-organizations-slug-webhooks-endpoints-id-get, v2-projects-ref-webhooks-endpoints-id-get
pub fn get(call: &mut Call<'_>) -> Answered {
    let place = place(call, false)?;
    let body = endpoint(call, &place)?.body();
    envelope::one(StatusCode::OK, body)
}

/// v2-organizations-slug-webhooks-endpoints-id-patch, v2-projects-ref-webhooks-endpoints-id-patch
pub fn update(call: &mut Call<'_>) -> Answered {
    let place = place(call, true)?;
    let change: Change = envelope::attributes(call.request, "endpoint")?;
    let events = change.event_types.as_deref().map(check_events).transpose()?;
    let headers = change.custom_headers;
    let none = BTreeMap::new();
    check_rest(
        change.description.as_ref().and_then(Option::as_deref),
        headers.as_ref().unwrap_or(&none),
        change.signing_secret.as_deref(),
    )?;
    change.url.as_deref().map(check_url).transpose()?;
    let endpoint = endpoint(call, &place)?;
    if let Some(url) = change.url {
        endpoint.url = url;
    }
    endpoint.enabled = change.enabled.unwrap_or(endpoint.enabled);
    if let Some(description) = change.description {
        endpoint.description = description;
    }
    if let Some(events) = events {
        endpoint.events = events;
    }
    if let Some(headers) = headers {
        endpoint.headers = headers;
    }
    envelope::one(StatusCode::OK, endpoint.body())
}

/// v2-organizations-slug-webhooks-endpoints-id-delete, v2-projects-ref-webhooks-endpoints-id-delete
pub fn delete(call: &mut Call<'_>) -> Answered {
    let place = place(call, true)?;
    let gone = endpoint(call, &place)?.clone();
    state(call, &place)?.0.retain(|endpoint| endpoint.id != gone.id);
    envelope::one(StatusCode::OK, gone.body())
}

/// v2-organizations-slug-webhooks-endpoints-id-test-post, v2-projects-ref-webhooks-endpoints-id-test-post
pub fn test(call: &mut Call<'_>) -> Answered {
    let place = place(call, true)?;
    let named: Value = if call.request.body.is_empty() {
        json!({})
    } else {
        call.request.json()?
    };
    let named = match named.get("data") {
        Some(_) => Some(envelope::attributes::<Event>(call.request, "event")?.kind),
        None => None,
    };
    let now = call.now;
    let endpoint = endpoint(call, &place)?;
    if !endpoint.enabled {
        return Err(coded(
            StatusCode::BAD_REQUEST,
            "endpoint_disabled",
            "The webhook is switched off.",
        ));
    }
    let everything = endpoint.events.iter().any(|event| event == EVERYTHING);
    let subscribed = |kind: &String| {
        (everything || endpoint.events.contains(kind)) && EVENTS.contains(&kind.as_str()) && kind != EVERYTHING
    };
    let first = if everything {
        EVENTS.first().copied()
    } else {
        endpoint.events.first().map(String::as_str)
    };
    let event = named.unwrap_or_else(|| first.unwrap_or_default().to_owned());
    if !subscribed(&event) {
        return Err(coded(
            StatusCode::BAD_REQUEST,
            "endpoint_event_type_not_subscribed",
            "The webhook is not told of this event.",
        ));
    }
    endpoint.tell(Delivery {
        id: token::uuid(&token::random()),
        event_id: token::uuid(&token::random()),
        event,
        is_test: true,
        at: now,
    })
}

/// v2-organizations-slug-webhooks-endpoints-id-deliveries-get, v2-projects-ref-webhooks-endpoints-id-deliveries-get
pub fn deliveries(call: &mut Call<'_>) -> Answered {
    let place = place(call, false)?;
    let endpoint = endpoint(call, &place)?;
    let told = endpoint
        .deliveries
        .iter()
        .map(|delivery| endpoint.delivery(delivery, &place))
        .collect();
    envelope::page(call.request, told)
}

/// The delivery that the path names, and the place of its address in the list.
fn find(call: &mut Call<'_>, place: &Place) -> Result<(usize, Delivery), Refusal> {
    let id = call.request.uuid("id")?.to_owned();
    let all = state(call, place)?.0.iter().enumerate();
    let mut told =
        all.flat_map(|(at, endpoint)| endpoint.deliveries.iter().map(move |delivery| (at, delivery.clone())));
    let found = told.find(|(_, delivery)| delivery.id == id);
    found.ok_or_else(|| {
        coded(
            StatusCode::NOT_FOUND,
            "delivery_not_found",
            "There is no such delivery.",
        )
    })
}

/// v2-organizations-slug-webhooks-deliveries-id-get, v2-projects-ref-webhooks-deliveries-id-get
pub fn delivery(call: &mut Call<'_>) -> Answered {
    let place = place(call, false)?;
    let (at, delivery) = find(call, &place)?;
    let body = state(call, &place)?.0[at].delivery(&delivery, &place);
    envelope::one(StatusCode::OK, body)
}

/// v2-organizations-slug-webhooks-deliveries-id-retry-post, v2-projects-ref-webhooks-deliveries-id-retry-post
pub fn retry(call: &mut Call<'_>) -> Answered {
    let place = place(call, true)?;
    let now = call.now;
    let (at, delivery) = find(call, &place)?;
    let again = Delivery {
        id: token::uuid(&token::random()),
        at: now,
        ..delivery
    };
    state(call, &place)?.0[at].tell(again)
}
