//! JavaScript of some pages only, such as the editor: loaded after the page, and apart from what every page loads.

use leptos::{nonce::use_nonce, prelude::*};

use crate::backend;

/// Loads the module `name`; without it the page does as well.
#[component]
pub fn Module(name: &'static str) -> impl IntoView {
    let assets = backend::handle().map(|backend| backend.assets()).unwrap_or_default();
    let src = assets.modules.get(name).cloned();
    src.map(|src| view! { <script type="module" src=src nonce=use_nonce()></script> })
}
