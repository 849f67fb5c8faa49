//! Organizations: list, create, and the pages of one.

pub mod create;
pub mod entitlements;
pub mod list;
pub mod members;
pub mod overview;
pub mod projects;

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// The organization that the address names.
pub(crate) fn slug() -> impl Fn() -> String + Copy + Send + Sync + 'static {
    let params = use_params_map();
    move || params.with(|params| params.get("slug").unwrap_or_default())
}
