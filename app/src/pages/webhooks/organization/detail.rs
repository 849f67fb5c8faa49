//! One webhook of an organization.

use leptos::prelude::*;
use management_api::OperationId;

use crate::{
    page::{Page, Sheet},
    pages::webhooks::detail::shown,
    ui::Icon,
};

pub const PAGE: Page = Page {
    route: "/organizations/:slug/webhooks/:webhook",
    title: "Webhook",
    icon: Icon::Webhook,
    group: None,
    parent: Some(&super::list::PAGE),
    operation: Some(OperationId::GetOrganizationWebhook),
    sheet: Some(Sheet::Configure),
    view: || shown(&PAGE).into_any(),
};
