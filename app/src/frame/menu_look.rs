//! The side menu as words or as icons only, and which of its groups are folded. The server keeps it in cookies and draws the
//! next page so; here it changes at once.

use leptos::{ev, prelude::*, task::spawn_local, wasm_bindgen::JsCast, web_sys};

use super::is;
use crate::regions::{elements, fields};

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
    let _ = window_event_listener(ev::click, |event| {
        let target = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        if let Some(Ok(Some(summary))) = target.map(|target| target.closest(".side-fold > summary"))
            && let Some(group) = summary.parent_element()
        {
            // ok: a menu that cannot be made narrow is kept as it was.
            let _ = keep(&format!("folded={}", folded(&group)));
        }
    });
}

/// The words of the groups that are folded once `turned` is the other way round. One that is folded and open all the same,
/// since somebody is in it, stays folded until it is turned itself.
fn folded(turned: &web_sys::Element) -> String {
    let Some(menu) = document().get_element_by_id("side-menu") else {
        return String::new();
    };
    // ok: of an element that is there every attribute can be taken away.
    let _ = turned.remove_attribute("data-folded");
    let groups = elements(&menu, ".side-fold").into_iter();
    let folded =
        groups.filter(|group| group.has_attribute("open") == (group == turned) || group.has_attribute("data-folded"));
    let words: Vec<_> = folded.filter_map(|group| group.get_attribute("data-group")).collect();
    words.join(".")
}

/// Lets the server keep it. Where it does not, the next page is as it was.
fn keep(body: &str) -> Option<()> {
    let form = document().get_element_by_id("menu-width")?;
    let request = gloo_net::http::Request::post(&form.get_attribute("action")?)
        .header("Accept", "application/json")
        .header("Content-Type", "application/x-www-form-urlencoded")
        .body(body)
        .ok()?;
    spawn_local(async move {
        // ok: as above.
        let _ = request.send().await;
    });
    Some(())
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
    keep(&body)
}
