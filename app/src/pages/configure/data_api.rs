//! Which schemas the Data API shows, and how much.

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
    route: "/projects/:ref/settings/data-api",
    title: "Data API",
    icon: Icon::Braces,
    group: Some(Group::Configure),
    parent: Some(&projects::overview::PAGE),
    operation: Some(OperationId::GetPostgrestConfig),
    sheet: Some(Sheet::Settings),
    view: || view! { <SettingsPage area=&settings::data_api::AREA page=&PAGE project=parameter("ref")/> }.into_any(),
};
