//! The console. Pages are drawn on the server (`ssr`); the browser (`hydrate`) gets the islands in them and nothing else.

pub mod error;
pub mod frame;
pub mod functions;
pub mod islands;
pub mod outcome;
pub mod regions;
pub mod server_fns;
pub mod ui;

// Only the server draws pages.
#[cfg(feature = "ssr")]
pub mod advice;
#[cfg(feature = "ssr")]
mod application;
#[cfg(feature = "ssr")]
pub mod audit;
#[cfg(feature = "ssr")]
pub mod backend;
#[cfg(feature = "ssr")]
pub mod branches;
#[cfg(feature = "ssr")]
pub mod call;
#[cfg(feature = "ssr")]
pub mod components;
pub mod connections;
#[cfg(feature = "ssr")]
mod document;
#[cfg(feature = "ssr")]
pub mod explorer;
#[cfg(feature = "ssr")]
mod find;
#[cfg(feature = "ssr")]
pub mod form;
#[cfg(feature = "ssr")]
pub mod gaps;
#[cfg(feature = "ssr")]
pub mod health;
#[cfg(feature = "ssr")]
pub mod logs;
#[cfg(feature = "ssr")]
pub mod mark;
#[cfg(feature = "ssr")]
pub mod may;
#[cfg(feature = "ssr")]
pub mod members;
#[cfg(feature = "ssr")]
pub mod notebooks;
#[cfg(feature = "ssr")]
pub mod page;
#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(feature = "ssr")]
pub mod paths;
#[cfg(feature = "ssr")]
pub mod plan;
#[cfg(feature = "ssr")]
pub mod reads;
#[cfg(feature = "ssr")]
pub mod revealed;
#[cfg(feature = "ssr")]
pub mod schema;
#[cfg(feature = "ssr")]
pub mod secrets;
#[cfg(feature = "ssr")]
pub mod sessions;
#[cfg(feature = "ssr")]
pub mod settings;
#[cfg(feature = "ssr")]
pub mod sql;

#[cfg(feature = "ssr")]
pub use {
    application::App,
    components::{error_view::problem, operation_form},
    document::shell,
};
