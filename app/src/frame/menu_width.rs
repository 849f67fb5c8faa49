//! The side menu as words or as icons only. The server keeps it in a cookie and draws the next page so; here it changes
//! at once.

use leptos::{ev, prelude::*, task::spawn_local, wasm_bindgen::JsCast, web_sys};

use super::is;
use crate::regions::fields;

pub fn listen() {
    let _ = window_event_listener(ev::submit, |event| {
        let form = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::HtmlFormElement>().ok());
        if let Some(form) = form.filter(|form| is(form, "menu-width")) {
            event.prevent_default();
            // ok: what is not changed here, the next page shows.
            let _ = change(&form);
        }
    });
}

/// Changes the page, and the form for the next time.
fn change(form: &web_sys::HtmlFormElement) -> Option<()> {
    let button = form.query_selector("button").ok()??;
    let next = form
        .query_selector("[name=menu]")
        .ok()??
        .dyn_into::<web_sys::HtmlInputElement>()
        .ok()?;
    let narrow = next.value() == "narrow";
    let body = fields(form).ok()?;
    document()
        .document_element()?
        .set_attribute("data-side", &next.value())
        .ok()?;
    next.set_value(if narrow { "wide" } else { "narrow" });
    button
        .set_attribute("aria-pressed", if narrow { "true" } else { "false" })
        .ok()?;
    let request = gloo_net::http::Request::post(&form.action())
        .header("Accept", "application/json")
        .header("Content-Type", "application/x-www-form-urlencoded")
        .body(body)
        .ok()?;
    spawn_local(async move {
        // ok: where it is not kept, the next page is as it was.
        let _ = request.send().await;
    });
    Some(())
}
