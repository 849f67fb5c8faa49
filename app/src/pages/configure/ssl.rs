//! Whether the database takes encrypted connections only.

use management_api::OperationId;

use super::{AREA, of_area};
use crate::{
    page::{Group, Page},
    settings,
    ui::Icon,
};

pub const PAGE: Page = Page {
    route: "/projects/:ref/settings/ssl",
    title: "SSL enforcement",
    icon: Icon::Shield,
    group: Some(Group::Secure),
    operation: Some(OperationId::GetSslEnforcement),
    view: || of_area(&settings::ssl::AREA, &PAGE),
    ..AREA
};
