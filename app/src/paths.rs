//! Every link of the console is built here.

mod account;
mod audit;
mod branches;
mod configuration;
mod functions;
mod organizations;
mod projects;
mod secrets;
mod webhooks;
mod working;

use management_api::{SEGMENT, Scope};
use percent_encoding::utf8_percent_encode;

pub use self::{
    account::*, audit::*, branches::*, configuration::*, functions::*, organizations::*, projects::*, secrets::*,
    webhooks::*, working::*,
};

fn encoded(value: &str) -> String {
    utf8_percent_encode(value, SEGMENT).collect()
}

/// What stands under a path without parameters.
fn under(path: &str, value: &str) -> String {
    let mut text = String::with_capacity(path.len() + value.len() + 24);
    text.push_str(path);
    text.push('/');
    text.extend(utf8_percent_encode(value, SEGMENT));
    text
}

pub const HOME: &str = "/";
pub const THEME: &str = "/theme";
/// Where the side menu is made narrow or wide.
pub const MENU: &str = "/menu";
/// What is searched for in the bar.
pub const FIND: &str = "/find";
pub const EXPLORER: &str = "/explorer";

/// The form's way to an operation; see [`crate::components::form`].
pub fn perform(operation: management_api::OperationId) -> String {
    format!("/do/{}", encoded(operation.as_str()))
}

/// Where a form goes that asks to see one secret of an answer; see [`crate::components::reveal`].
pub fn reveal(operation: management_api::OperationId) -> String {
    format!("/reveal/{operation}")
}

/// The explorer's page of one operation; its form is posted there too.
pub fn explorer_operation(operation: management_api::OperationId) -> String {
    format!("{EXPLORER}/{}", encoded(operation.as_str()))
}

/// The same with these parameters filled in.
pub fn explorer_filled(operation: management_api::OperationId, fields: &[(&str, &str)]) -> String {
    let filled: Vec<String> = fields
        .iter()
        .map(|(name, value)| format!("{name}={}", encoded(value)))
        .collect();
    format!("{}?{}", explorer_operation(operation), filled.join("&"))
}

/// The page of what a call belongs to.
pub fn scope(scope: &Scope) -> Option<String> {
    match scope {
        Scope::Account => None,
        Scope::Organization(slug) => Some(organization(slug)),
        Scope::Project(reference) => Some(project(reference)),
    }
}

/// The path with its choices as a query; what was left open is left out.
fn with_choices(path: &str, choices: &[(&str, &str)]) -> String {
    let query: Vec<String> = choices
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}={}", encoded(value)))
        .collect();
    if query.is_empty() {
        path.to_owned()
    } else {
        format!("{path}?{}", query.join("&"))
    }
}
