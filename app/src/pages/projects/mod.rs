//! Projects: list, create, and the pages of one.

pub mod create;
mod filter;
pub mod list;
pub mod overview;
pub mod settings;

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// The project that the address names.
pub(crate) fn reference() -> impl Fn() -> String + Copy + Send + Sync + 'static {
    let params = use_params_map();
    move || params.with(|params| params.get("ref").unwrap_or_default())
}
