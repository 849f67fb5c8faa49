//! Configurations of a project, one page each; what they have in common is in [`crate::components::settings`].

pub mod access;
pub mod auth;
pub mod bulk;
pub mod compare;
pub mod compare_two;
pub mod data_api;
pub mod database;
pub mod document;
pub mod domains;
pub mod drift;
pub mod drift_all;
pub mod in_force;
pub mod infrastructure;
pub mod network;
pub mod pooler;
pub mod realtime;
pub mod sign_in;
pub mod ssl;
pub mod storage;

use leptos::prelude::*;

use crate::{
    backend::name_of,
    components::{operation_form::Thing, settings::SettingsPage},
    page::{Group, Page, Sheet},
    pages::{parameter, projects},
    settings::Area,
    ui::Icon,
};

pub const PAGES: &[&Page] = &[
    &compare::PAGE,
    &compare_two::PAGE,
    &bulk::PAGE,
    &drift::PAGE,
    &drift_all::PAGE,
    &auth::PAGE,
    &ssl::PAGE,
    &network::PAGE,
    &database::PAGE,
    &pooler::PAGE,
    &data_api::PAGE,
    &storage::PAGE,
    &realtime::PAGE,
    &domains::hostname::PAGE,
    &domains::vanity::PAGE,
    &infrastructure::overview::PAGE,
    &infrastructure::addons::PAGE,
    &sign_in::providers::PAGE,
    &sign_in::provider_new::PAGE,
    &sign_in::provider::PAGE,
    &sign_in::issuers::PAGE,
    &sign_in::issuer::PAGE,
    &access::jit::PAGE,
    &access::jit_grant::PAGE,
    &access::encryption_key::PAGE,
    &access::read_only::PAGE,
    &access::pgbouncer::PAGE,
    &access::claim_token::PAGE,
    &document::PAGE,
    &in_force::PAGE,
];

/// What the pages of configurations have in common; the rest each says itself.
const AREA: Page = Page {
    route: "",
    title: "",
    icon: Icon::Settings,
    group: Some(Group::Configure),
    parent: Some(&projects::overview::PAGE),
    operation: None,
    sheet: Some(Sheet::Settings),
    view: || ().into_any(),
};

/// The page of a configuration of the project that the address names.
fn of_area(area: &'static Area, page: &'static Page) -> AnyView {
    view! { <SettingsPage area page project=parameter("ref")/> }.into_any()
}

/// The project, for the one who is asked to name it before something of it is destroyed; `None` where its name is not
/// known yet.
fn thing(reference: &str) -> Option<Thing> {
    let name = name_of(reference);
    (name != reference).then(|| Thing::Project {
        name,
        reference: reference.to_owned(),
    })
}
