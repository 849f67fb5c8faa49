//! The page's own address, and where to go from it.

use leptos::{
    prelude::window,
    wasm_bindgen::JsValue,
    web_sys::{FormData, HtmlFormElement, UrlSearchParams},
};

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
