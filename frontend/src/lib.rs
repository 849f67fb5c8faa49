//! The console in the browser: the islands of pages that the server has drawn.

// Their entry points are exports of that crate.
pub use app::islands;

/// Called once, when the WASM has arrived and before the islands wake.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    app::regions::remember();
    app::frame::start();
    leptos::mount::hydrate_islands();
}
