//! The webhooks of an organization.

use leptos::prelude::*;
use management_api::OperationId;

use crate::{
    page::{Group, Page, Sheet},
    pages::{organizations::overview, webhooks::list::listed},
    ui::Icon,
};

pub const PAGE: Page = Page {
    route: "/organizations/:slug/webhooks",
    title: "Webhooks",
    icon: Icon::Webhook,
    group: Some(Group::Top),
    parent: Some(&overview::PAGE),
    operation: Some(OperationId::ListOrganizationWebhooks),
    sheet: Some(Sheet::Configure),
    view: || listed(&PAGE).into_any(),
};
