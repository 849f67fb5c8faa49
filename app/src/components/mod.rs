//! Console pieces: what pages are put together from, beyond the primitives of [`crate::ui`].

pub mod console;
pub mod error_view;
pub mod filter_form;
pub mod form;
pub mod layout;
mod layout_account;
pub mod page;
pub mod place_name;
pub mod query;
pub mod when;
