//! The webhooks of a project.

use leptos::prelude::*;
use management_api::OperationId;

use crate::{
    page::{Group, Page, Sheet},
    pages::{projects::overview, webhooks::list::listed},
    ui::Icon,
};

pub const PAGE: Page = Page {
    route: "/projects/:ref/webhooks",
    title: "Webhooks",
    icon: Icon::Webhook,
    group: Some(Group::Configure),
    parent: Some(&overview::PAGE),
    operation: Some(OperationId::ListProjectWebhooks),
    sheet: Some(Sheet::Configure),
    view: || listed(&PAGE).into_any(),
};
