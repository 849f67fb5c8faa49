//! The pooler in front of the database.

use management_api::OperationId;

use super::{AREA, of_area};
use crate::{page::Page, settings, ui::Icon};

pub const PAGE: Page = Page {
    route: "/projects/:ref/settings/pooler",
    title: "Connection pooler",
    icon: Icon::Pooler,
    operation: Some(OperationId::GetPoolerConfig),
    view: || of_area(&settings::pooler::AREA, &PAGE),
    ..AREA
};
