//! What is sent of a webhook, and what it may hold.

use std::{collections::BTreeMap, net::IpAddr};

use axum::http::StatusCode;
use management_api::webhooks::EVENTS;
use serde::Deserialize;
use url::{Host, Url};

use super::coded;
use crate::answer::Refusal;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Event {
    #[serde(rename = "type")]
    pub(super) kind: String,
}

/// What an address is made of.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct New {
    pub(super) url: String,
    #[serde(default = "on")]
    pub(super) enabled: bool,
    pub(super) description: Option<String>,
    pub(super) event_types: Vec<Event>,
    #[serde(default)]
    pub(super) custom_headers: BTreeMap<String, String>,
    pub(super) signing_secret: String,
}

fn on() -> bool {
    true
}

/// What is changed of one.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Change {
    pub(super) url: Option<String>,
    pub(super) enabled: Option<bool>,
    #[serde(default, deserialize_with = "given")]
    pub(super) description: Option<Option<String>>,
    pub(super) event_types: Option<Vec<Event>>,
    pub(super) custom_headers: Option<BTreeMap<String, String>>,
    pub(super) signing_secret: Option<String>,
}

fn given<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Option<String>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

/// A name that everybody can look up, of an address that is nobody's own.
pub(super) fn check_url(url: &str) -> Result<(), Refusal> {
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

pub(super) fn check_events(events: &[Event]) -> Result<Vec<String>, Refusal> {
    let known = |event: &Event| EVENTS.contains(&event.kind.as_str());
    if events.is_empty() || !events.iter().all(known) {
        return Err(Refusal::Invalid(
            "event_types: expected events that there are, and one at least.".to_owned(),
        ));
    }
    Ok(events.iter().map(|event| event.kind.clone()).collect())
}

pub(super) fn check_rest(
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
