//! The pooler in front of the database.

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
    route: "/projects/:ref/settings/pooler",
    title: "Connection pooler",
    icon: Icon::Pooler,
    group: Some(Group::Configure),
    parent: Some(&projects::overview::PAGE),
    operation: Some(OperationId::GetPoolerConfig),
    sheet: Some(Sheet::Settings),
    view: || view! { <SettingsPage area=&settings::pooler::AREA page=&PAGE project=parameter("ref")/> }.into_any(),
};
