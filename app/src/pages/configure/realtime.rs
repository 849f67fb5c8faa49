//! Who may join Realtime, and its limits.

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
    route: "/projects/:ref/settings/realtime",
    title: "Realtime",
    icon: Icon::Activity,
    group: Some(Group::Configure),
    parent: Some(&projects::overview::PAGE),
    operation: Some(OperationId::GetRealtimeConfig),
    sheet: Some(Sheet::Settings),
    view: || view! { <SettingsPage area=&settings::realtime::AREA page=&PAGE project=parameter("ref")/> }.into_any(),
};
