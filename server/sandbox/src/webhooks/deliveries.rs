//! What addresses were told, and how that went.

use axum::http::StatusCode;
use management_api::webhooks::{EVENTS, EVERYTHING};
use serde_json::{Value, json};

use super::{Delivery, Endpoint, Place, checked::Event, coded, endpoint, place, state};
use crate::{
    answer::{Answered, Refusal, moment},
    call::Call,
    envelope::{self, entity},
    token,
};

/// Deliveries of one address that are kept.
const KEPT: usize = 100;

impl Endpoint {
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
pub fn list(call: &mut Call<'_>) -> Answered {
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
pub fn get(call: &mut Call<'_>) -> Answered {
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
