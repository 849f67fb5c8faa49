//! One webhook of a project.

use leptos::prelude::*;
use management_api::OperationId;

use crate::{
    page::{Page, Sheet},
    pages::webhooks::detail::shown,
    ui::Icon,
};

pub const PAGE: Page = Page {
    route: "/projects/:ref/webhooks/:webhook",
    title: "Webhook",
    icon: Icon::Webhook,
    group: None,
    parent: Some(&super::list::PAGE),
    operation: Some(OperationId::GetProjectWebhook),
    sheet: Some(Sheet::Configure),
    view: || shown(&PAGE).into_any(),
};
