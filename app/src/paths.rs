//! Every link of the console is built here.

use management_api::SEGMENT;
use percent_encoding::utf8_percent_encode;

fn encoded(value: &str) -> String {
    utf8_percent_encode(value, SEGMENT).to_string()
}

/// Paths without parameters.
pub const HOME: &str = "/";
pub const SIGN_IN: &str = "/sign-in";
/// Where the sign-in form posts to; answers with a redirect to Supabase.
pub const SIGN_IN_START: &str = "/sign-in/start";
/// Where Supabase sends people back to.
pub const SIGN_IN_CALLBACK: &str = "/sign-in/callback";
/// Where a personal access token is posted to.
pub const SIGN_IN_TOKEN: &str = "/sign-in/token";
pub const SIGN_OUT: &str = "/sign-out";
pub const THEME: &str = "/theme";
pub const PROJECTS: &str = "/projects";
pub const NEW_PROJECT: &str = "/projects/new";
pub const ORGANIZATIONS: &str = "/organizations";
pub const NEW_ORGANIZATION: &str = "/organizations/new";
pub const EXPLORER: &str = "/explorer";

/// The form's way to an operation; see [`crate::components::form`].
pub fn perform(operation: management_api::OperationId) -> String {
    format!("/do/{operation}")
}

/// The explorer's page of one operation; its form is posted there too.
pub fn explorer_operation(operation: management_api::OperationId) -> String {
    format!("{EXPLORER}/{}", encoded(operation.as_str()))
}

/// The sign-in page, returning to `path` afterwards.
pub fn sign_in_then(path: &str) -> String {
    format!("{SIGN_IN}?return_to={}", encoded(path))
}

/// Like [`sign_in_then`], where Supabase has ended the sign-in; the page says so.
pub fn sign_in_anew(path: &str) -> String {
    format!("{}&problem=revoked", sign_in_then(path))
}

pub fn project(reference: &str) -> String {
    format!("{PROJECTS}/{}", encoded(reference))
}

pub fn project_settings(reference: &str) -> String {
    format!("{}/settings", project(reference))
}

pub fn new_project_in(slug: &str) -> String {
    format!("{NEW_PROJECT}?organization={}", encoded(slug))
}

pub fn organization(slug: &str) -> String {
    format!("{ORGANIZATIONS}/{}", encoded(slug))
}

pub fn organization_projects(slug: &str) -> String {
    format!("{}/projects", organization(slug))
}

pub fn organization_members(slug: &str) -> String {
    format!("{}/members", organization(slug))
}

pub fn organization_entitlements(slug: &str) -> String {
    format!("{}/entitlements", organization(slug))
}

/// A page of an organization's projects, with its choices.
pub fn organization_projects_at(slug: &str, offset: u32, search: &str, statuses: &str) -> String {
    let offset = offset.to_string();
    let choices = [("offset", offset.as_str()), ("search", search), ("statuses", statuses)];
    let query: Vec<String> = choices
        .iter()
        .filter(|(_, value)| !value.is_empty() && *value != "0")
        .map(|(name, value)| format!("{name}={}", encoded(value)))
        .collect();
    let path = organization_projects(slug);
    if query.is_empty() {
        path
    } else {
        format!("{path}?{}", query.join("&"))
    }
}

/// A project's overview with the requests of the last `interval` (the API's word).
pub fn project_usage(reference: &str, interval: &str) -> String {
    format!("{}?interval={}", project(reference), encoded(interval))
}
