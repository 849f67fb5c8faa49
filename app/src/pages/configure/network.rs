//! From where the database can be reached.

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
    route: "/projects/:ref/settings/network",
    title: "Network restrictions",
    icon: Icon::Lock,
    group: Some(Group::Secure),
    parent: Some(&projects::overview::PAGE),
    operation: Some(OperationId::GetNetworkRestrictions),
    sheet: Some(Sheet::Settings),
    view: || view! { <SettingsPage area=&settings::network::AREA page=&PAGE project=parameter("ref")/> }.into_any(),
};
