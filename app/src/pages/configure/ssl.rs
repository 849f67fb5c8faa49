//! Whether the database takes encrypted connections only.

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
    route: "/projects/:ref/settings/ssl",
    title: "SSL enforcement",
    icon: Icon::Shield,
    group: Some(Group::Secure),
    parent: Some(&projects::overview::PAGE),
    operation: Some(OperationId::GetSslEnforcement),
    sheet: Some(Sheet::Settings),
    view: || view! { <SettingsPage area=&settings::ssl::AREA page=&PAGE project=parameter("ref")/> }.into_any(),
};
