//! The list: where reports go, what of, and the end of them all.

use leptos::prelude::*;
use management_api::{Entity, Scope, webhooks::Endpoint};

use super::{Place, told_of};
use crate::{
    backend::name_of,
    components::{
        head::Head,
        list::{List, Pages, Part},
        operation_form::{OperationForm, Thing, why_not},
        query::{ask, loaded},
        when::{To, When},
    },
    page::Page,
    pages::choice,
    paths,
    server_fns::webhooks::{Webhooks, webhooks_of},
    ui::{Badge, ButtonKind, ButtonLink, Card, Choice, Empty, Icon, Shape, Tone, row_link},
};

/// In the address: how many are passed over.
const OFFSET: &str = "offset";

pub(super) fn listed(page: &'static Page) -> impl IntoView {
    let place = Place::here();
    let offset = choice(OFFSET).parse().unwrap_or_default();
    let read = {
        let scope = place.scope.clone();
        ask(move || webhooks_of(scope.clone(), offset))
    };
    let (new, closed) = (paths::new_webhook(&place.scope), why_not(place.deeds.create));
    let hint = format!(
        "Supabase reports what happens in this {} to these addresses, as it happens.",
        place.word()
    );
    view! {
        <Head
            page
            hint
            actions=move || view! { <ButtonLink href=new kind=ButtonKind::Primary icon=Icon::Plus disabled_because=closed>"Add a webhook"</ButtonLink> }
        />
        {loaded("webhooks", read, Shape::Rows, move |webhooks| drawn(&place, webhooks))}
    }
}

fn drawn(place: &Place, webhooks: Webhooks) -> AnyView {
    let some = !webhooks.page.data.is_empty();
    let wipe = some.then(|| wipe(place, &webhooks));
    let list = list(place, &webhooks).draw(webhooks.page.data);
    view! { {list} {wipe} }.into_any()
}

pub(super) fn events(endpoint: &Endpoint) -> Vec<String> {
    endpoint.event_types.iter().map(|event| event.kind.clone()).collect()
}

/// Whether it is told of anything, for the filter and the badge.
fn state(endpoint: &Endpoint) -> Choice {
    match endpoint.enabled {
        Some(true) => Choice::new("on", "On"),
        Some(false) => Choice::new("off", "Off"),
        None => Choice::new("unknown", "Not told"),
    }
}

pub(super) fn badge(endpoint: &Endpoint) -> AnyView {
    let (tone, icon) = match endpoint.enabled {
        Some(true) => (Tone::Success, Icon::CheckCircle),
        Some(false) => (Tone::Neutral, Icon::Pause),
        None => (Tone::Neutral, Icon::Question),
    };
    view! { <Badge plain=true tone icon word=state(endpoint).label/> }.into_any()
}

fn list(place: &Place, webhooks: &Webhooks) -> List<Entity<Endpoint>> {
    let scope = place.scope.clone();
    let list = List::new(
        ("webhook", "webhooks"),
        paths::webhooks(&place.scope),
        |endpoint: &Entity<Endpoint>| endpoint.id.clone(),
    )
    .search("Search webhooks", |endpoint| {
        let mut texts = events(endpoint);
        texts.push(endpoint.url.clone());
        texts.extend(endpoint.description.clone());
        texts
    })
    .filter("state", "State", |endpoint| state(endpoint))
    .column("Address", move |endpoint| {
        let href = paths::webhook(&scope, &endpoint.id);
        let about = endpoint.description.clone();
        view! {
            {row_link(&href, &endpoint.url)}
            {about.map(|about| view! { " " <span class="quiet"><bdi>{about}</bdi></span> })}
        }
    })
    .column("Is told of", |endpoint| told_of(&events(endpoint)))
    .column("State", |endpoint| badge(endpoint))
    .column("Added", |endpoint| match endpoint.created_at.clone() {
        Some(at) => view! { <When at to=To::Day/> }.into_any(),
        None => "Not told".into_any(),
    })
    .empty(|| view! {
        <Empty icon=Icon::Webhook title="No webhook yet" sentence="Nobody is told of what happens here. A webhook names an address and the events that are reported to it, and each report is signed."/>
    });
    match pages(&place.scope, webhooks) {
        Some(pages) => list.pages(pages),
        None => list,
    }
}

/// Nothing where all of them are here.
fn pages(scope: &Scope, webhooks: &Webhooks) -> Option<Pages> {
    let at = |offset: u64| format!("{}?{OFFSET}={offset}", paths::webhooks(scope));
    let offset = webhooks.offset;
    let next = webhooks.page.links.offset().and_then(|next| next.parse().ok());
    // ok: a page holds few.
    let part = Part {
        offset,
        shown: webhooks.page.data.len() as u64,
        count: None,
        size: Webhooks::A_PAGE,
        more: next.is_some(),
    };
    (offset > 0 || next.is_some()).then(|| Pages {
        next: next.map(at),
        ..part.pages(at)
    })
}

/// The end of them all, which has an operation of its own.
fn wipe(place: &Place, webhooks: &Webhooks) -> AnyView {
    let here = paths::webhooks(&place.scope);
    let thing = match &place.scope {
        Scope::Project(reference) => Thing::Project {
            name: name_of(reference),
            reference: reference.clone(),
        },
        Scope::Organization(slug) => Thing::Named(webhooks.name.clone().unwrap_or_else(|| slug.clone())),
        Scope::Account => Thing::Named(String::new()),
    };
    let hint = format!(
        "Every webhook of the {} goes, with all that is known of what it was told. Nobody is told of anything any more.",
        place.word()
    );
    let (field, operation) = (place.field(), place.deeds.wipe);
    view! {
        <Card title="Remove all of them" hint danger=true>
            <OperationForm operation next=here.clone() back=here submit="Remove every webhook" kind=ButtonKind::Danger thing=Some(thing)>
                {field}
            </OperationForm>
        </Card>
    }
    .into_any()
}
