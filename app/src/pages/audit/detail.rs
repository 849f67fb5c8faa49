//! One call: who asked for what, and what came of it.

use leptos::prelude::*;
use management_api::Scope;
use serde_json::Value;

use super::{super::parameter, area, effect, held, left, or_dash, outcome, through, took};
use crate::{
    audit::{AuditCall, Outcome},
    backend::{handle, name_of},
    components::head::Head,
    components::query::{ask, loaded},
    components::sentence::sentence,
    components::when::{To, When},
    error::ConsoleError,
    page::{Page, Sheet},
    paths,
    ui::{Card, Fact, Facts, Icon, Notice, Panel, Shape, Tone},
};

pub const PAGE: Page = Page {
    route: "/audit/:id",
    title: "Call",
    icon: Icon::Audit,
    group: None,
    parent: Some(&super::list::PAGE),
    operation: None,
    sheet: Some(Sheet::Audit),
    view: || view! { <AuditedCall/> }.into_any(),
};

#[component]
pub fn AuditedCall() -> impl IntoView {
    let id = parameter("id").parse::<i64>().map_err(|_| ConsoleError::NotFound);
    view! {
        <Head page=&PAGE hint="As it stands in the audit. Secrets were left out before it was written down."/>
        {one(id)}
    }
}

/// The call beside the list; `back` is the list without it.
pub fn panel(id: i64, back: String) -> impl IntoView {
    view! { <Panel title=format!("Call {id}") close=back page=paths::audit_call(id)>{one(Ok(id))}</Panel> }
}

fn one(id: Result<i64, ConsoleError>) -> AnyView {
    let call = ask(move || {
        let id = id.clone();
        async move { handle()?.audit_call(id?).await }
    });
    loaded("call", call, Shape::Form, |call| {
        view! {
            <p class="audit-lead">{sentence(&call)}"."</p>
            {notice(&call)}
            {came(&call)}
            {asked(&call)}
        }
        .into_any()
    })
}

/// What a person should know before anything else.
fn notice(call: &AuditCall) -> Option<AnyView> {
    let (tone, title) = match call.outcome {
        Outcome::Done if call.message.is_none() => return None,
        Outcome::Done => (Tone::Info, "Done, and its answer was not understood"),
        Outcome::Started => (Tone::Info, "Under way, as far as is known"),
        Outcome::Refused if held(call) => (Tone::Error, "Steward did not send this"),
        Outcome::Refused => (Tone::Error, "Supabase refused this"),
        Outcome::Unanswered => (Tone::Warning, "It is not known whether this was done"),
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
    let (badge, took, left) = (outcome(call, false), took(call), left(call));
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
    let (at, way, parameters) = (call.at.clone(), through(&call.through), parameters(&call.parameters));
    let connection = call.connection.clone();
    let place = place(&call.scope);
    let (area, effect) = (area(&call.area), effect(&call.effect));
    view! {
        <Card title="What was asked">
            <Facts>
                <Fact term="Person"><bdi>{person}</bdi></Fact>
                <Fact term="Time"><When at to=To::Second/></Fact>
                <Fact term="Through">{way}</Fact>
                {connection.map(|by| view! { <Fact term="Connection"><bdi>{by}</bdi></Fact> })}
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

fn place(scope: &Scope) -> Option<impl IntoView + use<>> {
    let term = match scope {
        Scope::Project(_) => "Project",
        Scope::Organization(_) => "Organization",
        Scope::Account => return None,
    };
    let (key, href) = scope.key().zip(paths::scope(scope))?;
    let (name, key) = (name_of(key), key.to_owned());
    Some(view! {
        <Fact term=term>
            <a class="link" href=href><bdi>{name.clone()}</bdi></a>
            {(name != key).then(|| view! { " " <code>{key}</code> })}
        </Fact>
    })
}

fn parameters(parameters: &Value) -> AnyView {
    let empty = parameters.as_object().is_none_or(serde_json::Map::is_empty);
    if empty {
        return "None".into_any();
    }
    let text = serde_json::to_string_pretty(parameters).unwrap_or_default();
    view! { <pre class="audit-parameters" tabindex="0"><code>{text}</code></pre> }.into_any()
}
