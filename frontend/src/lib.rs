//! The browser's half of the console: it takes over the page the server has drawn.

/// Called once by the page's module script, when the WASM has arrived.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_body(app::App);
}
