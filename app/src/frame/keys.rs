//! Keys: whatever says its key in `aria-keyshortcuts` is pressed, or gets the focus where it is a field. Keys are never the
//! only way.

use leptos::{ev, prelude::*, wasm_bindgen::JsCast, web_sys};

pub fn listen() {
    let _ = window_event_listener(ev::keydown, |event| {
        if !event.default_prevented() && !event.repeat() && press(&event) == Some(true) {
            event.prevent_default();
        }
    });
}

/// Whether there was something to press.
fn press(event: &web_sys::KeyboardEvent) -> Option<bool> {
    let chord = match (event.ctrl_key(), event.meta_key(), event.alt_key()) {
        (true, false, false) => format!("Control+{}", event.key().to_ascii_uppercase()),
        (false, true, false) => format!("Meta+{}", event.key().to_ascii_uppercase()),
        (false, false, false) if !typing() => event.key(),
        _ => return None,
    };
    let all = document().query_selector_all("[aria-keyshortcuts]").ok()?;
    let control = (0..all.length())
        .filter_map(|at| all.item(at)?.dyn_into::<web_sys::HtmlElement>().ok())
        .find(|control| {
            let keys = control.get_attribute("aria-keyshortcuts").unwrap_or_default();
            // What is not shown is not there.
            keys.split(' ').any(|key| key == chord) && control.offset_parent().is_some()
        })?;
    match control.dyn_ref::<web_sys::HtmlInputElement>() {
        Some(field) => {
            field.focus().ok()?;
            field.select();
        }
        None => control.click(),
    }
    Some(true)
}

/// Whether the keys go into a field.
fn typing() -> bool {
    let focused = document().active_element();
    focused.is_some_and(|focused| {
        focused
            .matches("input, textarea, select, [contenteditable]")
            .unwrap_or(false)
    })
}
