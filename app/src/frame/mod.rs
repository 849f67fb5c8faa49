//! What the frame does in the browser. It has nothing of its own to draw, so there is no island for it: the server's
//! elements are listened to.

pub mod command;
pub mod forms;
mod keys;
mod later;
mod menu_look;
mod menu_place;
mod times;

/// Whether it is the element with this id. Not by its property: that of a form with a field named `id` is the field, and
/// where text is expected anything else damages the memory of the WASM.
fn is(element: &leptos::web_sys::Element, id: &str) -> bool {
    element.get_attribute("id").as_deref() == Some(id)
}

/// Called once, when the WASM has arrived. What is listened to stays for as long as the page lives.
pub fn start() {
    command::listen();
    forms::listen();
    keys::listen();
    later::listen();
    menu_look::listen();
    menu_place::show();
    times::tell();
}
