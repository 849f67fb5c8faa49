//! Late: what came after the rows that it is about is shown in them, too.

use std::cell::Cell;

use leptos::{
    prelude::*,
    wasm_bindgen::{JsCast, closure::Closure},
    web_sys::Element,
};

use crate::regions::{AWAKE, elements};

/// The attribute of a place in a row; its value names what is waited for.
pub const AWAITS: &str = "data-awaits";
/// The attribute of what has come: the same value.
pub const BRINGS: &str = "data-brings";

thread_local! {
    /// Whether the document is listened to already.
    static LISTENS: Cell<bool> = const { Cell::new(false) };
}

/// Puts what has [`BRINGS`] into the places with [`AWAITS`], also into those that are drawn later. Without JavaScript what
/// came late is read where it stands, after the rows.
#[island]
pub fn Late() -> impl IntoView {
    Effect::new(|_| {
        place();
        // Once for all that are drawn after this one.
        if LISTENS.replace(true) {
            return;
        }
        let again = Closure::<dyn Fn()>::new(place);
        // ok: a browser without events has woken no island.
        let _ = document().add_event_listener_with_callback(AWAKE, again.as_ref().unchecked_ref());
        again.forget();
    });
    view! { <span hidden=true></span> }
}

fn place() {
    let Some(page) = document().document_element() else {
        return;
    };
    let name = |element: &Element, attribute: &str| element.get_attribute(attribute);
    let brought = elements(&page, &format!("[{BRINGS}]"));
    // Both stand in the rows' order, most likely: the search goes on where it ended.
    let mut next = 0;
    for place in elements(&page, &format!("[{AWAITS}]")) {
        let wanted = name(&place, AWAITS);
        let at = (0..brought.len())
            .map(|step| (next + step) % brought.len())
            .find(|at| name(&brought[*at], BRINGS) == wanted);
        if let Some(at) = at {
            next = at + 1;
            let content = brought[at].inner_html();
            if place.inner_html() != content {
                place.set_inner_html(&content);
            }
        }
    }
}
