//! What waits in a `<details>` comes when it is opened: see [`crate::ui::later`].

use leptos::{
    prelude::document,
    wasm_bindgen::{JsCast, JsValue, closure::Closure},
    web_sys::{Element, Event},
};

use crate::regions::{LATER, awake};

/// Listens for what is opened.
pub fn listen() {
    let opened = Closure::<dyn Fn(Event)>::new(|event: Event| {
        if let Some(details) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) {
            // ok: what could not be put in is still to be read without scripts.
            let _ = open(&details);
        }
    });
    // Such an event is told to its own element only, and seen on its way there.
    let _ = document().add_event_listener_with_callback_and_bool("toggle", opened.as_ref().unchecked_ref(), true);
    opened.forget();
}

fn open(details: &Element) -> Result<(), JsValue> {
    let Some(waiting) = details.query_selector(&format!(":scope > noscript[{LATER}]"))? else {
        return Ok(());
    };
    waiting.insert_adjacent_html("afterend", &waiting.text_content().unwrap_or_default())?;
    waiting.remove();
    awake(details)
}
