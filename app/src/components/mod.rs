//! Console pieces: what pages are put together from, beyond the primitives of [`crate::ui`].

pub mod attention;
pub mod changes;
pub mod command;
pub mod console;
pub mod context;
pub mod control;
pub mod copyable;
pub mod effects;
pub mod error_view;
pub mod head;
pub mod json;
pub mod layout;
mod layout_account;
pub mod list;
pub mod margin;
pub mod module;
pub mod operation_form;
pub mod plan;
pub mod query;
pub mod reveal;
pub mod rows;
pub mod sentence;
pub mod settings;
pub mod stages;
pub mod status;
pub mod title;
pub mod when;
