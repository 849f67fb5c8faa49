//! The side menu's place: it is longer than most screens, and every page begins it at its top.

use leptos::{prelude::document, wasm_bindgen::JsCast, web_sys::HtmlElement};

/// Shows the entry of this page, where the menu would hide it.
pub fn show() {
    // ok: without a menu there is nothing to show.
    let _ = scroll();
}

fn scroll() -> Option<()> {
    let menu = document().query_selector(".side-scroll").ok()??;
    let entry = menu
        .query_selector("[aria-current]")
        .ok()??
        .dyn_into::<HtmlElement>()
        .ok()?;
    let menu = menu.dyn_into::<HtmlElement>().ok()?;
    // Both are measured from the same element, which the menu is not.
    let below = entry.offset_top() - menu.offset_top();
    let height = menu.client_height();
    if below + entry.offset_height() > height {
        menu.set_scroll_top(below - height / 2);
    }
    Some(())
}
