//! The settings of Auth: sign-up, sessions, second factors, email, text messages, providers and hooks.

use leptos::prelude::*;
use management_api::OperationId;

use crate::{
    components::settings::SettingsPage,
    page::{Group, Page, Sheet},
    pages::{parameter, projects},
    settings,
    ui::Icon,
};

pub const PAGE: Page = Page {
    route: "/projects/:ref/settings/auth",
    title: "Auth settings",
    icon: Icon::SignedIn,
    group: Some(Group::Secure),
    parent: Some(&projects::overview::PAGE),
    operation: Some(OperationId::GetAuthConfig),
    sheet: Some(Sheet::Settings),
    view: || view! { <SettingsPage area=&settings::auth::AREA page=&PAGE project=parameter("ref")/> }.into_any(),
};
