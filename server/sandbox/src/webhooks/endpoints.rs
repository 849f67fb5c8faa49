//! The addresses that are told.

use std::collections::BTreeMap;

use axum::http::StatusCode;

use super::{
    Endpoint, State,
    checked::{Change, New, check_events, check_rest, check_url},
    endpoint, place, state,
};
use crate::{
    answer::{Answered, Refusal},
    call::Call,
    envelope, token,
};

/// Addresses of one place.
const MOST: usize = 20;

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
