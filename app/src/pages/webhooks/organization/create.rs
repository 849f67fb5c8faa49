//! A new webhook of an organization.

use leptos::prelude::*;
use management_api::OperationId;

use crate::{
    page::{Page, Sheet},
    pages::webhooks::create::made,
    ui::Icon,
};

pub const PAGE: Page = Page {
    route: "/organizations/:slug/webhooks/new",
    title: "New webhook",
    icon: Icon::Plus,
    group: None,
    parent: Some(&super::list::PAGE),
    operation: Some(OperationId::CreateOrganizationWebhook),
    sheet: Some(Sheet::Configure),
    view: || made(&PAGE).into_any(),
};
