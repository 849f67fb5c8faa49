//! Islands: the only parts of the console that live in the browser. Everything else is drawn by the server and stays
//! as it was drawn, so the WASM does not grow with the pages.
//!
//! Each island improves something that works without it: a form, a list's filter, a status that changes by itself.

pub mod copy;
pub mod countdown;
pub mod filter;
pub mod late;
pub mod live;
pub mod place_name;
pub mod switcher;
pub mod toast;
