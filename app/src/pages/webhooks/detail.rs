//! One webhook: what it is, what it was told, a test, what of it is changed, and its end.

use leptos::prelude::*;
use management_api::{
    Entity, Page as Rows,
    webhooks::{Delivery, EVENTS, EVERYTHING, Endpoint},
};
use serde_json::json;

use super::{
    Place,
    delivery::{answered, opened, status},
    list::{badge, events},
};
use crate::{
    components::{
        copyable::Copyable,
        error_view::error_view,
        head::Head,
        list::{List, Pages, RowAction},
        operation_form::{Described, FormState, OperationForm, Thing, fields},
        query::{ask, loaded},
        when::{To, When},
    },
    islands::place_name::PlaceName,
    page::Page,
    pages::{choice, parameter},
    paths,
    server_fns::webhooks::{Webhook, webhook_of},
    ui::{
        ButtonKind, Card, Choice, Empty, Fact, Facts, Frame, Icon, Shape,
        field::{Select, select},
    },
};

/// In the address: the delivery that is opened, and the cursors of the list of them.
const DELIVERY: &str = "delivery";
const AFTER: &str = "after";
const BEFORE: &str = "before";

const FIELDS: [Described<'static>; 6] = [
    ("url", "Address", "With a name that everybody can look up."),
    ("enabled", "Is told of anything", ""),
    ("description", "What it is for", "At most 512 characters."),
    (
        "event_types",
        "What it is told of",
        "One at least; the star stands for every event.",
    ),
    (
        "custom_headers",
        "Headers that are sent along",
        "One a line, such as X-Team=ops, in place of all that are sent now. Their values are not shown, since they may be credentials.",
    ),
    (
        "signing_secret",
        "Signing secret",
        "8 to 64 characters. Whoever checks signatures has to know the new one at the same moment.",
    ),
];

pub(super) fn shown(page: &'static Page) -> impl IntoView {
    let (place, id) = (Place::here(), parameter("webhook"));
    let (after, before, delivery) = (choice(AFTER), choice(BEFORE), choice(DELIVERY));
    let read = {
        let scope = place.scope.clone();
        ask(move || {
            webhook_of(
                scope.clone(),
                id.clone(),
                (after.clone(), before.clone()),
                delivery.clone(),
            )
        })
    };
    view! {
        <Head page/>
        {loaded("webhook", read, Shape::Facts, move |webhook| drawn(&place, webhook))}
    }
}

fn drawn(place: &Place, webhook: Webhook) -> AnyView {
    let Webhook {
        endpoint,
        deliveries,
        delivery,
    } = webhook;
    let (key, url) = (endpoint.id.clone(), endpoint.url.clone());
    let opened = delivery.map(|delivery| opened(place, &endpoint.id, delivery));
    let told = match deliveries {
        Ok(page) => told(place, &endpoint.id, page),
        Err(error) => error_view(error),
    };
    let (facts, test, change, end) = (
        facts(&endpoint),
        test(place, &endpoint),
        change(place, &endpoint),
        end(place, &endpoint),
    );
    view! {
        <PlaceName key name=url/>
        <div class="stack">
            <Card title="Webhook"><div data-region="facts">{facts}</div></Card>
            {opened}
            <section class="part" aria-labelledby="deliveries">
                <div class="part-head"><h2 id="deliveries">"What it was told"</h2></div>
                {told}
            </section>
            <Card title="Test" hint="Sends a report that says it is a test. At most 10 in a minute."><div data-region="test">{test}</div></Card>
            <Card title="Change" hint="What is left as it is, is not sent."><div data-region="edit">{change}</div></Card>
            <Card title="Remove" hint="It is told of nothing any more, and what is known of its deliveries goes with it." danger=true>
                <div data-region="end">{end}</div>
            </Card>
        </div>
    }
    .into_any()
}

fn facts(endpoint: &Entity<Endpoint>) -> AnyView {
    let events: Vec<_> = events(endpoint)
        .into_iter()
        .map(|event| match event.as_str() {
            EVERYTHING => view! { <li>"Everything, whatever comes later included"</li> }.into_any(),
            _ => view! { <li><code><bdi>{event}</bdi></code></li> }.into_any(),
        })
        .collect();
    let headers = if endpoint.headers.is_empty() {
        "None".to_owned()
    } else {
        endpoint.headers.join(", ")
    };
    let added = match endpoint.created_at.clone() {
        Some(at) => view! { <When at/> }.into_any(),
        None => "Not told".into_any(),
    };
    let about = endpoint
        .description
        .clone()
        .map(|about| view! { <Fact term="What it is for"><bdi>{about}</bdi></Fact> });
    let state = badge(endpoint);
    let (url, id) = (endpoint.url.clone(), endpoint.id.clone());
    view! {
        <Facts>
            <Fact term="Address"><Copyable value=url what="address of the webhook"/></Fact>
            <Fact term="State">{state}</Fact>
            {about}
            <Fact term="Is told of"><ul>{events}</ul></Fact>
            <Fact term="Headers sent along"><bdi>{headers}</bdi></Fact>
            <Fact term="Id"><Copyable value=id what="id of the webhook"/></Fact>
            <Fact term="Added">{added}</Fact>
        </Facts>
    }
    .into_any()
}

fn told(place: &Place, id: &str, page: Rows<Delivery>) -> AnyView {
    let here = paths::webhook(&place.scope, id);
    let cursor = |name: &str, cursor: String| paths::deliveries_at(&place.scope, id, (name, &cursor));
    let (previous, next) = (
        page.links.before().map(|before| cursor(BEFORE, before)),
        page.links.after().map(|after| cursor(AFTER, after)),
    );
    let (scope, of, retry, parameter) = (place.scope.clone(), id.to_owned(), place.deeds.retry, place.parameter());
    let list = List::new(("delivery", "deliveries"), here.clone(), |delivery: &Entity<Delivery>| delivery.id.clone())
        .column("When", move |delivery| {
            let href = paths::delivery(&scope, &of, &delivery.id);
            let at = delivery.attempt_timestamp.clone().unwrap_or_else(|| delivery.id.clone());
            view! { <a class="row-link" href=href><When at to=To::Second/></a> }
        })
        .column("Event", |delivery| {
            let event = delivery.event.as_ref().map(|event| event.kind.clone());
            view! { <code><bdi>{event.unwrap_or_default()}</bdi></code> }
        })
        .column("Outcome", |delivery| status(delivery))
        .column("Answered", |delivery| answered(delivery))
        .actions(move |delivery| {
            vec![RowAction {
                operation: retry,
                label: "Send again",
                of: delivery.id.clone(),
                fields: vec![parameter.clone(), ("id", delivery.id.clone())],
                thing: None,
            }]
        })
        .empty(|| view! {
            <Empty icon=Icon::Webhook title="It was told nothing yet" sentence="Send a test, or wait until something happens."/>
        });
    let list = if previous.is_some() || next.is_some() {
        let summary = format!("{} on this page, the latest first", page.data.len());
        list.pages(Pages {
            summary,
            previous,
            next,
        })
    } else {
        list
    };
    list.draw(page.data)
}

fn test(place: &Place, endpoint: &Entity<Endpoint>) -> AnyView {
    let here = paths::webhook(&place.scope, &endpoint.id);
    let told = events(endpoint);
    let everything = told.iter().any(|event| event == EVERYTHING);
    let known = EVENTS.iter().filter(|event| **event != EVERYTHING);
    let testable = known.filter(|event| everything || told.iter().any(|one| one == *event));
    let choices = std::iter::once(Choice::new("", "Whichever it is told of"))
        .chain(testable.map(|event| Choice::new(*event, *event)))
        .collect();
    let state = FormState::of(place.deeds.test, "");
    let frame = Frame {
        id: "test-type".to_owned(),
        error: state.error_of("type"),
        ..Frame::new("type", "As if this had happened")
    };
    let typed = state.typed("type").and_then(|typed| typed.first().cloned());
    let control = select(
        &frame,
        Select {
            choices,
            value: typed.unwrap_or_default(),
            mono: true,
        },
    );
    let kind = frame.around(control);
    let off =
        (endpoint.enabled == Some(false)).then(|| "The webhook is off: turn it on under Change first.".to_owned());
    let (operation, field, id) = (place.deeds.test, place.field(), endpoint.id.clone());
    view! {
        <OperationForm operation next=here.clone() back=here submit="Send a test" disabled_because=off>
            {field}
            <input type="hidden" name="id" value=id/>
            {kind}
        </OperationForm>
    }
    .into_any()
}

fn change(place: &Place, endpoint: &Entity<Endpoint>) -> AnyView {
    let here = paths::webhook(&place.scope, &endpoint.id);
    let was = json!({
        "url": endpoint.url,
        "enabled": endpoint.enabled,
        "description": endpoint.description,
        "event_types": events(endpoint),
    });
    let (operation, field, id) = (place.deeds.update, place.field(), endpoint.id.clone());
    view! {
        <OperationForm operation next=here.clone() back=here submit="Save" kind=ButtonKind::Primary>
            {field}
            <input type="hidden" name="id" value=id/>
            {fields(operation, "", &FIELDS, Some(&was))}
        </OperationForm>
    }
    .into_any()
}

fn end(place: &Place, endpoint: &Entity<Endpoint>) -> AnyView {
    let (here, list) = (
        paths::webhook(&place.scope, &endpoint.id),
        paths::webhooks(&place.scope),
    );
    let thing = Some(Thing::Named(endpoint.url.clone()));
    let (operation, field, id) = (place.deeds.delete, place.field(), endpoint.id.clone());
    view! {
        <OperationForm operation next=list back=here submit="Remove the webhook" kind=ButtonKind::Danger thing>
            {field}
            <input type="hidden" name="id" value=id/>
        </OperationForm>
    }
    .into_any()
}
