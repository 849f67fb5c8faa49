//! Drawing parts of a page anew, in place: the server draws the whole page, the browser takes over what has changed.
//!
//! A region is an element with `data-region`. Only innermost regions are exchanged, and only if the server's drawing has
//! changed, so that a form somebody is filling in stays as it is while a status beside it moves.

use std::cell::Cell;

use leptos::{
    prelude::{document, window},
    wasm_bindgen::{JsCast, JsValue},
    web_sys::{self, Document, DomParser, Element, FormData, HtmlFormElement, SupportedType, UrlSearchParams},
};

/// The property that keeps a region as the server drew it: islands and people change the element itself.
const DRAWN: &str = "drawn";

/// Tells the loader that there are islands to wake in the event's target.
pub const AWAKE: &str = "steward:awake";

thread_local! {
    /// Counts the drawings that were asked for, so that an older answer never covers a newer one.
    static ASKED: Cell<u32> = const { Cell::new(0) };
}

/// Remembers how the server drew each region. Called before the islands wake.
pub fn remember() {
    for region in regions(&document()) {
        keep(&region);
    }
}

/// Fetches the page at `address` and takes over what has changed.
///
/// # Errors
/// The server could not be reached or did not answer with a page; the regions are as they were.
pub async fn refresh(address: &str) -> Result<(), gloo_net::Error> {
    let number = ASKED.get().wrapping_add(1);
    ASKED.set(number);
    let answer = gloo_net::http::Request::get(address)
        .header("Accept", "text/html")
        .send()
        .await?;
    if answer.redirected() {
        // Signed out, most likely: the page that says so is where the redirect leads.
        visit(&answer.url());
        return Ok(());
    }
    let text = answer.text().await?;
    if ASKED.get() == number {
        take_over(&text).map_err(|_| gloo_net::Error::GlooError("the answer was no page".to_owned()))?;
    }
    Ok(())
}

/// Sends `form`, files included, and takes over what has changed on the page that answers.
///
/// # Errors
/// What to tell the person where no such page came back; the regions are as they were.
pub async fn send(address: &str, form: &HtmlFormElement) -> Result<(), String> {
    let unknown =
        |_| "Steward gave no answer, so it is not known whether this was done. Look before you send it again.";
    let fields = FormData::new_with_form(form).map_err(unknown)?;
    let request = gloo_net::http::Request::post(address)
        .header("Accept", "text/html")
        .body(fields);
    let unknown = |_| unknown(JsValue::NULL);
    let answer = request.map_err(unknown)?.send().await.map_err(unknown)?;
    if answer.redirected() {
        visit(&answer.url());
        return Ok(());
    }
    if answer.status() == 413 {
        return Err("This is more than a form may hold, a megabyte with its files. Nothing was sent.".to_owned());
    }
    let text = answer.text().await.map_err(unknown)?;
    // A refusal by anything but the page itself has no place for an answer.
    if !text.contains("data-region=\"answer\"") {
        return Err("Steward refused this form. Load the page anew and try again.".to_owned());
    }
    ASKED.set(ASKED.get().wrapping_add(1));
    take_over(&text).map_err(|_| "The answer could not be shown.".to_owned())
}

fn take_over(text: &str) -> Result<(), JsValue> {
    let fresh = DomParser::new()?.parse_from_string(text, SupportedType::TextHtml)?;
    let (old, new) = (regions(&document()), regions(&fresh));
    let name = |region: &Element| region.get_attribute("data-region");
    if old.iter().map(name).eq(new.iter().map(name)) {
        for (old, new) in old.iter().zip(&new) {
            exchange(old, new)?;
        }
    } else if let (Some(old), Some(new)) = (document().query_selector("main")?, fresh.query_selector("main")?) {
        // The page has another shape now.
        old.set_inner_html(&new.inner_html());
        remember();
        awake(&old)?;
    }
    Ok(())
}

fn exchange(old: &Element, new: &Element) -> Result<(), JsValue> {
    let drawn = new.inner_html();
    if js_sys::Reflect::get(old, &DRAWN.into())?.as_string().as_deref() == Some(drawn.as_str()) {
        return Ok(());
    }
    old.set_inner_html(&drawn);
    keep(old);
    awake(old)
}

/// Innermost regions, in the order of the page.
fn regions(document: &Document) -> Vec<Element> {
    let Ok(all) = document.query_selector_all("[data-region]") else {
        return Vec::new();
    };
    (0..all.length())
        .filter_map(|at| all.item(at)?.dyn_into::<Element>().ok())
        .filter(|region| matches!(region.query_selector("[data-region]"), Ok(None)))
        .collect()
}

fn keep(region: &Element) {
    // ok: elements take properties; if one did not, the region would only be drawn once more than needed.
    let _ = js_sys::Reflect::set(region, &DRAWN.into(), &region.inner_html().into());
}

fn awake(root: &Element) -> Result<(), JsValue> {
    let options = web_sys::EventInit::new();
    options.set_bubbles(true);
    root.dispatch_event(&web_sys::Event::new_with_event_init_dict(AWAKE, &options)?)?;
    Ok(())
}

/// The page's own address: path and query.
pub fn here() -> String {
    let location = window().location();
    format!(
        "{}{}",
        location.pathname().unwrap_or_default(),
        location.search().unwrap_or_default()
    )
}

/// Goes to another page.
pub fn visit(address: &str) {
    // ok: refused only for addresses that are none.
    let _ = window().location().assign(address);
}

/// Puts `address` where the page's own stands, without going anywhere.
pub fn replace_address(address: &str) {
    if let Ok(history) = window().history() {
        // ok: refused only for other origins.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(address));
    }
}

/// Takes a parameter out of the page's address.
pub fn forget_parameter(name: &str) {
    let Ok(query) = UrlSearchParams::new_with_str(&window().location().search().unwrap_or_default()) else {
        return;
    };
    query.delete(name);
    let query = String::from(query.to_string());
    let path = window().location().pathname().unwrap_or_default();
    replace_address(&if query.is_empty() {
        path
    } else {
        format!("{path}?{query}")
    });
}

/// A form's fields as the browser itself would send them.
pub fn fields(form: &HtmlFormElement) -> Result<String, gloo_net::Error> {
    FormData::new_with_form(form)
        .and_then(|fields| UrlSearchParams::new_with_str_sequence_sequence(&fields))
        .map(|fields| String::from(fields.to_string()))
        .map_err(|_| gloo_net::Error::GlooError("the form could not be read".to_owned()))
}
