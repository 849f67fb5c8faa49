//! One delivery: what was reported, and what the address answered. All of it is of others' making, so it is shown as text.

use leptos::prelude::*;
use management_api::{Entity, webhooks::Delivery};
use serde_json::Value;

use super::Place;
use crate::{
    components::{
        copyable::Copyable,
        error_view::error_view,
        operation_form::OperationForm,
        when::{To, When},
    },
    form::spelled,
    paths,
    server_fns::branches::Part,
    ui::{Badge, ButtonLink, Card, Fact, Facts, Icon, Tone},
};

/// How it went.
pub(super) fn status(delivery: &Delivery) -> AnyView {
    let (tone, icon, word) = match delivery.status.as_str() {
        "success" => (Tone::Success, Icon::CheckCircle, "Taken".to_owned()),
        "failure" => (Tone::Error, Icon::Error, "Failed".to_owned()),
        "pending" => (Tone::Info, Icon::Clock, "Under way".to_owned()),
        "skipped" => (Tone::Neutral, Icon::Skipped, "Skipped".to_owned()),
        other => (Tone::Neutral, Icon::Question, other.to_owned()),
    };
    view! { <Badge plain=true tone icon word/> }.into_any()
}

/// What came back, in a word or two.
pub(super) fn answered(delivery: &Delivery) -> String {
    match (delivery.response_code, &delivery.error_code) {
        (Some(0) | None, Some(error)) => error.clone(),
        (Some(0) | None, None) => "Nothing".to_owned(),
        (Some(code), _) => code.to_string(),
    }
}

/// The one that the address names.
pub(super) fn opened(place: &Place, webhook: &str, delivery: Part<Entity<Delivery>>) -> AnyView {
    let here = paths::webhook(&place.scope, webhook);
    let close = here.clone();
    let body = match delivery {
        Ok(delivery) => drawn(place, &delivery, here),
        Err(error) => error_view(error),
    };
    view! {
        <Card title="One delivery" actions=move || view! { <ButtonLink href=close small=true icon=Icon::Close>"Close"</ButtonLink> }>
            <div data-region="delivery">{body}</div>
        </Card>
    }
    .into_any()
}

fn drawn(place: &Place, delivery: &Entity<Delivery>, here: String) -> AnyView {
    let event = delivery.event.clone().unwrap_or_default();
    let at = delivery
        .attempt_timestamp
        .clone()
        .map(|at| view! { <Fact term="Sent"><When at to=To::Second/></Fact> });
    let happened = event
        .timestamp
        .clone()
        .map(|at| view! { <Fact term="Happened"><When at to=To::Second/></Fact> });
    let why = delivery
        .error_message
        .clone()
        .map(|why| view! { <Fact term="Why"><bdi>{why}</bdi></Fact> });
    let headers: Vec<String> = delivery
        .response_headers
        .iter()
        .flatten()
        .map(|(name, value)| format!("{name}: {}", spelled(value)))
        .collect();
    let texts = [
        ("What was reported", event.payload.as_ref().map(written)),
        ("Headers of the answer", Some(headers.join("\n"))),
        ("The answer", delivery.response_body.as_ref().map(written)),
    ];
    let texts: Vec<_> = texts
        .into_iter()
        .filter_map(|(title, text)| Some((title, text.filter(|text| !text.is_empty())?)))
        .map(|(title, text)| {
            view! { <details class="zone" open><summary>{title}</summary><div class="zone-text"><pre><code>{text}</code></pre></div></details> }
        })
        .collect();
    let (outcome, code) = (status(delivery), answered(delivery));
    let (operation, field) = (place.deeds.retry, place.field());
    let (id, shown) = (delivery.id.clone(), delivery.id.clone());
    view! {
        <Facts>
            <Fact term="Event"><code><bdi>{event.kind.clone()}</bdi></code></Fact>
            <Fact term="Outcome">{outcome}</Fact>
            <Fact term="Answered"><bdi>{code}</bdi></Fact>
            {why}
            {happened}
            {at}
            <Fact term="Id"><Copyable value=shown what="id of the delivery"/></Fact>
        </Facts>
        {texts}
        <OperationForm operation id="opened" next=here.clone() back=here submit="Send it again">
            {field}
            <input type="hidden" name="id" value=id/>
        </OperationForm>
        <p class="hint">"Sent again by hand, it is not tried a second time by itself."</p>
    }
    .into_any()
}

/// JSON with its lines; a text as it is.
fn written(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        // ok: what was read can be written.
        other => serde_json::to_string_pretty(other).unwrap_or_default(),
    }
}
