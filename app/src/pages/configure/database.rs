//! Settings of Postgres that differ from those of the compute size.

use management_api::OperationId;

use super::{AREA, of_area};
use crate::{page::Page, settings, ui::Icon};

pub const PAGE: Page = Page {
    route: "/projects/:ref/settings/database",
    title: "Postgres settings",
    icon: Icon::Database,
    operation: Some(OperationId::GetPostgresConfig),
    view: || of_area(&settings::database::AREA, &PAGE),
    ..AREA
};
