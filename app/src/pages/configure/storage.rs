//! How large files may be, and what Storage can do.

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
    route: "/projects/:ref/settings/storage",
    title: "Storage",
    icon: Icon::Archive,
    group: Some(Group::Configure),
    parent: Some(&projects::overview::PAGE),
    operation: Some(OperationId::GetStorageConfig),
    sheet: Some(Sheet::Settings),
    view: || view! { <SettingsPage area=&settings::storage::AREA page=&PAGE project=parameter("ref")/> }.into_any(),
};
