//! One call: who asked for what, and what came of it.

use leptos::prelude::*;
use serde_json::Value;

use super::{
    super::parameter,
    held, left,
    list::{area, effect},
    moment, or_dash, outcome, sentence, through, took,
};
use crate::{
    audit::{AuditCall, Outcome, PlaceKind},
    backend::{handle, name_of},
    components::query::{ask, loaded},
    components::title::Title,
    error::ConsoleError,
    paths,
    ui::{Card, Fact, Facts, Notice, PageHeader, Shape, Tone},
};

#[component]
pub fn AuditedCall() -> impl IntoView {
    let id = parameter("id").parse::<i64>().map_err(|_| ConsoleError::NotFound);
    let call = ask(move || {
        let id = id.clone();
        async move { handle()?.audit_call(id?).await }
    });
    view! {
        <Title text="Call \u{b7} Audit"/>
        <PageHeader title="Call" hint="As it stands in the audit. Secrets were left out before it was written down."/>
        {loaded("call", call, Shape::Form, |call| {
            view! {
                <p class="audit-lead">{sentence(&call.told())}"."</p>
                {notice(&call)}
                {came(&call)}
                {asked(&call)}
            }
            .into_any()
        })}
    }
}

/// What a person should know before anything else.
fn notice(call: &AuditCall) -> Option<AnyView> {
    let (tone, title) = match call.outcome {
        Outcome::Done => return None,
        Outcome::Started => (Tone::Info, "Under way, as far as is known"),
        Outcome::Refused if held(call) => (Tone::Error, "Steward did not send this"),
        Outcome::Refused => (Tone::Error, "Supabase refused this"),
        Outcome::Unanswered => (Tone::Warning, "No answer came, so the outcome is unknown"),
        Outcome::Unknown => (Tone::Warning, "Outcome unknown"),
    };
    let text = call.message.clone().unwrap_or_else(|| match call.outcome {
        Outcome::Started => "An answer usually comes within seconds. Load the page anew to see it.".to_owned(),
        _ => "No reason was given.".to_owned(),
    });
    let advice = (call.outcome == Outcome::Unanswered && call.effect != "read")
        .then_some(" Look whether it was done before you try again.");
    Some(view! { <Notice tone title>{text}{advice}</Notice> }.into_any())
}

fn came(call: &AuditCall) -> impl IntoView + use<> {
    let decision = match call.decision.as_str() {
        "allowed" => "Allowed".to_owned(),
        "refused" => "Refused by Steward".to_owned(),
        other => other.to_owned(),
    };
    let status = or_dash(call.status.map(|status| status.to_string()));
    let request_id = call.request_id.clone();
    let (badge, took, left) = (outcome(call), took(call), left(call));
    view! {
        <Card title="What came of it">
            <Facts>
                <Fact term="Outcome">{badge}</Fact>
                <Fact term="Decision">{decision}</Fact>
                <Fact term="Answer">{status}</Fact>
                <Fact term="Took">{took}</Fact>
                <Fact term="Calls left">{left}</Fact>
                {request_id.map(|id| view! { <Fact term="Request id"><code>{id}</code></Fact> })}
            </Facts>
        </Card>
    }
}

fn asked(call: &AuditCall) -> impl IntoView + use<> {
    let line = call.request_line().unwrap_or_else(|| call.operation.clone());
    let operation = call.operation.clone();
    let person = call.person.clone();
    let (at, way, parameters) = (moment(&call.at), through(&call.through), parameters(&call.parameters));
    let place = call.place.clone().map(|(kind, key)| place(kind, &key));
    let (area, effect) = (area(&call.area), effect(&call.effect));
    view! {
        <Card title="What was asked">
            <Facts>
                <Fact term="Person"><bdi>{person}</bdi></Fact>
                <Fact term="Time (UTC)">{at}</Fact>
                <Fact term="Through">{way}</Fact>
                {place}
                <Fact term="Area">{area}</Fact>
                <Fact term="Effect">{effect}</Fact>
                <Fact term="Operation"><code>{operation}</code></Fact>
                <Fact term="Request"><code class="audit-line">{line}</code></Fact>
                <Fact term="Parameters">{parameters}</Fact>
            </Facts>
        </Card>
    }
}

fn place(kind: PlaceKind, key: &str) -> impl IntoView + use<> {
    let (term, href) = match kind {
        PlaceKind::Project => ("Project", paths::project(key)),
        PlaceKind::Organization => ("Organization", paths::organization(key)),
    };
    let (name, key) = (name_of(key), key.to_owned());
    view! {
        <Fact term=term>
            <a class="link" href=href><bdi>{name.clone()}</bdi></a>
            {(name != key).then(|| view! { " " <code>{key}</code> })}
        </Fact>
    }
}

fn parameters(parameters: &Value) -> AnyView {
    let empty = parameters.as_object().is_none_or(serde_json::Map::is_empty);
    if empty {
        return "None".into_any();
    }
    let text = serde_json::to_string_pretty(parameters).unwrap_or_default();
    view! { <pre class="audit-parameters" tabindex="0"><code>{text}</code></pre> }.into_any()
}
