//! A new webhook of a project.

use leptos::prelude::*;
use management_api::OperationId;

use crate::{
    page::{Page, Sheet},
    pages::webhooks::create::made,
    ui::Icon,
};

pub const PAGE: Page = Page {
    route: "/projects/:ref/webhooks/new",
    title: "New webhook",
    icon: Icon::Plus,
    group: None,
    parent: Some(&super::list::PAGE),
    operation: Some(OperationId::CreateProjectWebhook),
    sheet: Some(Sheet::Configure),
    view: || made(&PAGE).into_any(),
};
