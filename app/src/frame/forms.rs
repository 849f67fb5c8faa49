//! Forms that stay on their page (`data-in-place`): the same fields are sent as the browser itself would send, without
//! leaving the page, so that whatever goes wrong, what was typed stays.
//!
//! The server says where what was done is shown ([`LEADS_ON`]), or draws what went wrong: the children of `.form-problem`
//! and, where something must be said yes to first, of `.form-asked`. A form that shows its answer on its own page gets
//! that page. `data-field` names the field that is wrong, `data-says` what is wrong with it.

use leptos::{
    ev,
    prelude::*,
    task::spawn_local,
    wasm_bindgen::{JsCast, JsValue},
    web_sys::{DomParser, Element, FormData, HtmlElement, HtmlFormElement, SubmitEvent, SupportedType},
};

use crate::regions;

/// The request's header that says so.
pub const IN_PLACE: &str = "steward-in-place";
/// The answer's header that names the page to go on to.
pub const LEADS_ON: &str = "steward-leads-on";

/// Marks a form that is under way.
const SENDING: &str = "data-sending";
const PLACES: [&str; 2] = [".form-problem", ".form-asked"];
/// What no server can say.
const NO_ANSWER: &str = "<div class=\"notice\" data-tone=\"error\" role=\"alert\"><div>\
    <p class=\"notice-title\">No answer</p><div class=\"notice-body\">Steward gave no answer, so it is not known whether \
    this was done. Look before you send it again.</div></div></div>";

pub fn listen() {
    let _ = window_event_listener(ev::submit, |event| {
        if event.default_prevented() {
            return;
        }
        let form = event
            .target()
            .and_then(|form| form.dyn_into::<HtmlFormElement>().ok())
            .filter(|form| form.has_attribute("data-in-place"));
        if let Some(form) = form {
            submit(&event, form);
        }
    });
}

fn submit(event: &SubmitEvent, form: HtmlFormElement) {
    let button = event.submitter();
    // A button with a name asks for something else than the page, which the browser fetches by itself.
    if button.as_ref().is_some_and(|button| button.has_attribute("name")) {
        return;
    }
    event.prevent_default();
    if form.has_attribute(SENDING) {
        return;
    }
    set(&form, SENDING, true);
    if let Some(button) = &button {
        set(button, "aria-busy", true);
    }
    spawn_local(async move {
        mark(&form, None);
        if send(&form).await.is_err()
            && let Ok(Some(place)) = form.query_selector(PLACES[0])
        {
            place.set_inner_html(NO_ANSWER);
        }
        set(&form, SENDING, false);
        if let Some(button) = &button {
            set(button, "aria-busy", false);
        }
    });
}

async fn send(form: &HtmlFormElement) -> Result<(), JsValue> {
    let lost = |error: gloo_net::Error| JsValue::from_str(&error.to_string());
    let request = gloo_net::http::Request::post(&form.get_attribute("action").unwrap_or_default())
        .header("Accept", "text/html")
        .header(IN_PLACE, "1");
    let request = if form.has_attribute("enctype") {
        request.body(FormData::new_with_form(form)?)
    } else {
        let request = request.header("Content-Type", "application/x-www-form-urlencoded");
        request.body(regions::fields(form).map_err(lost)?)
    };
    let answer = request.map_err(lost)?.send().await.map_err(lost)?;
    if let Some(next) = answer.headers().get(LEADS_ON) {
        clear(form)?;
        go_on(&next, form).await;
        return Ok(());
    }
    show(form, &answer.text().await.map_err(lost)?)
}

/// To the page that shows what was done: drawn anew where it is this one, which is then true, else visited.
async fn go_on(next: &str, form: &HtmlFormElement) {
    // What is around an open panel is not drawn anew.
    if let Ok(Some(panel)) = form.closest("[popover]")
        && let Some(panel) = panel.dyn_ref::<HtmlElement>()
    {
        // ok: refused only where it is closed already.
        let _ = panel.hide_popover();
    }
    let path = |address: &str| address.split('?').next().unwrap_or_default().to_owned();
    if path(next) == path(&regions::here()) && regions::refresh(next, &[]).await.is_ok() {
        // What was typed is done: the form is again as the server drew it.
        form.reset();
    } else {
        regions::visit(next);
    }
}

/// Takes back what was said of the last time.
fn clear(form: &HtmlFormElement) -> Result<(), JsValue> {
    if let Some(place) = form.query_selector(PLACES[0])? {
        place.set_inner_html("");
    }
    Ok(())
}

/// Shows what the server has drawn: the answer on the form's own page, or what went wrong.
fn show(form: &HtmlFormElement, text: &str) -> Result<(), JsValue> {
    let drawn = DomParser::new()?.parse_from_string(text, SupportedType::TextHtml)?;
    if drawn.query_selector("main")?.is_some() {
        clear(form)?;
        regions::take_over_all(text)?;
        match document().query_selector("#answer [data-field]")? {
            Some(wrong) => mark(form, Some(&wrong)),
            None => focus(document().get_element_by_id("answer")),
        }
        return Ok(());
    }
    for place in PLACES {
        if let (Some(old), Some(new)) = (form.query_selector(place)?, drawn.query_selector(place)?) {
            old.set_inner_html(&new.inner_html());
        }
    }
    mark(form, drawn.query_selector("[data-field]")?.as_ref());
    Ok(())
}

/// Says at the field itself what is wrong with it, and puts the cursor there. `None` takes back what was said.
fn mark(form: &HtmlFormElement, problem: Option<&Element>) {
    let said = |name: &str| problem.and_then(|problem| problem.get_attribute(name));
    let (field, says) = (said("data-field"), said("data-says"));
    let controls = form.elements();
    let mut first = true;
    for at in 0..controls.length() {
        let Some(control) = controls.item(at) else { continue };
        let hidden = control.get_attribute("type").as_deref() == Some("hidden");
        let wrong = !hidden && field.is_some() && control.get_attribute("name") == field;
        let id = control.get_attribute("id").unwrap_or_default();
        if wrong {
            // ok: setting and removing a known attribute cannot fail.
            let _ = control.set_attribute("aria-invalid", "true");
        } else {
            let _ = control.remove_attribute("aria-invalid");
        }
        if let Some(note) = document().get_element_by_id(&format!("{id}-error")) {
            note.set_text_content(says.as_deref().filter(|_| wrong));
        }
        if wrong && std::mem::take(&mut first) {
            if let Ok(Some(folded)) = control.closest("details:not([open])") {
                set(&folded, "open", true);
            }
            focus(Some(control));
        }
    }
}

fn focus(element: Option<Element>) {
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // ok: what cannot be focused is still announced.
        let _ = element.focus();
    }
}

fn set(element: &Element, name: &str, on: bool) {
    // ok: setting and removing a known attribute cannot fail.
    let _ = if on {
        element.set_attribute(name, "true")
    } else {
        element.remove_attribute(name)
    };
}
