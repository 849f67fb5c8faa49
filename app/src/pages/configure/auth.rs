//! The settings of Auth: sign-up, sessions, second factors, email, text messages, providers and hooks.

use management_api::OperationId;

use super::{AREA, of_area};
use crate::{
    page::{Group, Page},
    settings,
    ui::Icon,
};

pub const PAGE: Page = Page {
    route: "/projects/:ref/settings/auth",
    title: "Auth settings",
    icon: Icon::SignedIn,
    group: Some(Group::Secure),
    operation: Some(OperationId::GetAuthConfig),
    view: || of_area(&settings::auth::AREA, &PAGE),
    ..AREA
};
