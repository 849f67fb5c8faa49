//! Which schemas the Data API shows, and how much.

use management_api::OperationId;

use super::{AREA, of_area};
use crate::{page::Page, settings, ui::Icon};

pub const PAGE: Page = Page {
    route: "/projects/:ref/settings/data-api",
    title: "Data API",
    icon: Icon::Braces,
    operation: Some(OperationId::GetPostgrestConfig),
    view: || of_area(&settings::data_api::AREA, &PAGE),
    ..AREA
};
