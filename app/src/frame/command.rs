//! The command menu: opened from the bar's field or by its keys, and gone through with the arrows. What it finds is drawn
//! by the server, as one types.

use std::{cell::RefCell, time::Duration};

use leptos::{
    ev,
    prelude::*,
    task::spawn_local,
    wasm_bindgen::JsCast,
    web_sys::{self, HtmlDialogElement, HtmlElement, HtmlInputElement},
};

use super::is;
use crate::regions;

/// How long typing rests before it is searched.
const REST: Duration = Duration::from_millis(60);
/// The region of what is found.
pub const REGION: &str = "command";

thread_local! {
    static WAITING: RefCell<Option<TimeoutHandle>> = const { RefCell::new(None) };
}

pub fn listen() {
    let _ = window_event_listener(ev::input, |event| {
        let at = element(event.target());
        if at.as_ref().is_some_and(|at| is_in(at, ".bar-find")) {
            open();
        } else if at.is_some_and(|at| is_in(&at, ".command-field")) {
            WAITING.with_borrow_mut(|waiting| {
                if let Some(waiting) = waiting.take() {
                    waiting.clear();
                }
                *waiting = set_timeout_with_handle(search, REST).ok();
            });
        }
    });
    let _ = window_event_listener(ev::keydown, |event| {
        if press(&event) == Some(true) {
            event.prevent_default();
        }
    });
    let _ = window_event_listener(ev::click, |event| {
        // What is clicked beside the menu is the dialog's own ground.
        let Some(at) = element(event.target()) else { return };
        if is_in(&at, ".bar-find") {
            open();
        } else if let Some(dialog) = dialog().filter(|_| is(&at, "command")) {
            dialog.close();
        }
    });
}

fn element(target: Option<web_sys::EventTarget>) -> Option<web_sys::Element> {
    target?.dyn_into().ok()
}

fn is_in(element: &web_sys::Element, selector: &str) -> bool {
    matches!(element.closest(selector), Ok(Some(_)))
}

fn dialog() -> Option<HtmlDialogElement> {
    document().get_element_by_id("command")?.dyn_into().ok()
}

fn field(dialog: &HtmlDialogElement) -> Option<HtmlInputElement> {
    dialog.query_selector("input").ok()??.dyn_into().ok()
}

/// Opens the menu with what was typed into the bar. Not at once: the focus moves into it, which is an event within the one
/// that is told of.
fn open() {
    let late = || {
        // What is not there cannot be opened.
        let _ = open_now();
    };
    set_timeout(late, Duration::ZERO);
}

fn open_now() -> Option<()> {
    let dialog = dialog().filter(|dialog| !dialog.open())?;
    let bar: HtmlInputElement = document().query_selector(".bar-find input").ok()??.dyn_into().ok()?;
    let field = field(&dialog)?;
    field.set_value(&bar.value());
    bar.set_value("");
    // ok: refused only where it is open already.
    dialog.show_modal().ok()?;
    search();
    Some(())
}

fn search() {
    let Some(words) = dialog().as_ref().and_then(field).map(|field| field.value()) else {
        return;
    };
    let here = regions::here();
    let here = here.split('?').next().unwrap_or_default();
    let (words, here) = (js_sys::encode_uri_component(&words), js_sys::encode_uri_component(here));
    let address = format!("/find?q={words}&here={here}");
    spawn_local(async move {
        // A failure leaves what stands there; the next letter asks again.
        if regions::refresh_only(&address, &[REGION.to_owned()]).await.is_ok() {
            choose(0);
        }
    });
}

fn options() -> Vec<HtmlElement> {
    let Ok(all) = document().query_selector_all("#command [role=option]") else {
        return Vec::new();
    };
    (0..all.length())
        .filter_map(|at| all.item(at)?.dyn_into().ok())
        .collect()
}

fn is_chosen(option: &HtmlElement) -> bool {
    option.get_attribute("aria-selected").as_deref() == Some("true")
}

/// Marks the option at `chosen` and tells the field of it.
fn choose(chosen: usize) -> Option<()> {
    for (at, option) in options().iter().enumerate() {
        let is = at == chosen;
        option
            .set_attribute("aria-selected", if is { "true" } else { "false" })
            .ok()?;
        if is {
            option.scroll_into_view_with_bool(at == 0);
            field(&dialog()?)?
                .set_attribute("aria-activedescendant", &option.id())
                .ok()?;
        }
    }
    Some(())
}

/// Whether the key was the menu's.
fn press(event: &web_sys::KeyboardEvent) -> Option<bool> {
    let chord = event.ctrl_key() != event.meta_key() && !event.alt_key() && event.key().eq_ignore_ascii_case("k");
    if !dialog()?.open() {
        return chord.then(open).map(|()| true);
    }
    let options = options();
    let last = options.len().checked_sub(1)?;
    let now = options.iter().position(is_chosen).unwrap_or_default();
    match event.key().as_str() {
        "ArrowDown" => choose(if now == last { 0 } else { now + 1 })?,
        "ArrowUp" => choose(if now == 0 { last } else { now - 1 })?,
        "Enter" if !event.is_composing() => {
            let href = options.get(now)?.get_attribute("href")?;
            if event.ctrl_key() || event.meta_key() {
                window().open_with_url_and_target(&href, "_blank").ok()?;
            } else {
                regions::visit(&href);
            }
        }
        _ => return None,
    }
    Some(true)
}
