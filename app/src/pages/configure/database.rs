//! Settings of Postgres that differ from those of the compute size.

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
    route: "/projects/:ref/settings/database",
    title: "Postgres settings",
    icon: Icon::Database,
    group: Some(Group::Configure),
    parent: Some(&projects::overview::PAGE),
    operation: Some(OperationId::GetPostgresConfig),
    sheet: Some(Sheet::Settings),
    view: || view! { <SettingsPage area=&settings::database::AREA page=&PAGE project=parameter("ref")/> }.into_any(),
};
