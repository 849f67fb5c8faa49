//! Log drains of a project: where its logs are sent as they come.

pub mod create;
pub mod detail;
mod kinds;
pub mod list;

use leptos::prelude::*;
use management_api::{OperationId, analytics::LogDrain};

use self::kinds::Kind;
use crate::{
    components::operation_form::{Described, fields_needing},
    page::Page,
};

pub const PAGES: &[&Page] = &[&list::PAGE, &create::PAGE, &detail::PAGE];

/// What it is called and what it is for.
const ABOUT: [Described<'static>; 2] = [("name", "Name", ""), ("description", "What it is for", "")];

/// The fields of a kind of place. Nothing is proposed in them: what is set cannot be read.
fn settings(operation: OperationId, id: &str, kind: &Kind) -> Vec<AnyView> {
    fields_needing(operation, id, kind.fields, kind.needs)
}

/// Where it leads, as far as that is no secret.
fn leads_to(drain: &LogDrain) -> String {
    let config = &drain.config;
    let host = config.host.as_ref().map(|host| match config.port {
        Some(port) => format!("{host}:{port}"),
        None => host.clone(),
    });
    let places = [
        config.url.clone(),
        config.endpoint.clone(),
        host,
        config.s3_bucket.clone(),
        config.dataset_name.clone(),
        config.region.clone(),
        config.domain.clone(),
    ];
    places
        .into_iter()
        .flatten()
        .next()
        .unwrap_or_else(|| "Not told".to_owned())
}
