//! Bans: addresses that failed to sign in too often. A project has a few from its second day on.

use std::{collections::BTreeSet, net::IpAddr};

use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::json;
use time::{Duration, OffsetDateTime};

use crate::{
    answer::{Answered, Refusal, empty, json as answer},
    call::Call,
    projects::Project,
    token,
};

/// Which bans were lifted; the others follow from the project's ref.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct State {
    lifted: BTreeSet<String>,
}

/// Networks that are kept for examples (RFC 5737): nobody real is banned.
const NETWORKS: [&str; 3] = ["203.0.113", "198.51.100", "192.0.2"];

/// Two to four addresses.
fn banned(project: &Project, now: OffsetDateTime) -> Vec<String> {
    if now < project.created_at + Duration::DAY {
        return Vec::new();
    }
    let number = |what: &str| token::number(&format!("{} ban {what}", project.reference));
    let count = usize::try_from(number("count") % 3 + 2).unwrap_or(2);
    NETWORKS
        .iter()
        .cycle()
        .take(count)
        .enumerate()
        // ok: even and odd for the first and the second round, so that no address comes twice.
        .map(|(place, network)| {
            let host = number(&place.to_string()) % 120 * 2 + u128::from(place >= NETWORKS.len()) + 1;
            format!("{network}.{host}")
        })
        .filter(|address| !project.parts.network.bans.lifted.contains(address))
        .collect()
}

/// v1-list-all-network-bans
pub fn list(call: &mut Call<'_>) -> Answered {
    let now = call.now;
    let banned = banned(call.running()?, now);
    Ok(answer(StatusCode::CREATED, &json!({ "banned_ipv4_addresses": banned })))
}

/// v1-list-all-network-bans-enriched
pub fn enriched(call: &mut Call<'_>) -> Answered {
    let now = call.now;
    let project = call.running()?;
    let banned: Vec<_> = banned(project, now)
        .into_iter()
        .map(|address| json!({ "banned_address": address, "identifier": project.reference, "type": "postgres" }))
        .collect();
    Ok(answer(StatusCode::CREATED, &json!({ "banned_ipv4_addresses": banned })))
}

#[derive(Deserialize)]
struct Lift {
    ipv4_addresses: Vec<String>,
    /// The sandbox bans none of its callers.
    #[serde(default, rename = "requester_ip")]
    _requester_ip: bool,
    identifier: Option<String>,
}

/// v1-delete-network-bans
pub fn lift(call: &mut Call<'_>) -> Answered {
    let now = call.now;
    call.project()?;
    let Lift {
        ipv4_addresses,
        identifier,
        ..
    } = call.request.json()?;
    if let Some(other) = ipv4_addresses.iter().find(|text| text.parse::<IpAddr>().is_err()) {
        return Err(Refusal::Invalid(format!(
            "ipv4_addresses: \u{201c}{other}\u{201d} is no address."
        )));
    }
    let project = call.running()?;
    // ok: bans are the primary's; a replica has none to lift.
    if identifier.is_none_or(|identifier| identifier == project.reference) {
        let banned = banned(project, now);
        let known = ipv4_addresses.into_iter().filter(|address| banned.contains(address));
        project.parts.network.bans.lifted.extend(known);
    }
    Ok(empty(StatusCode::OK))
}
