//! Copying: text that is there to be taken elsewhere. Without JavaScript it can still be selected.

use std::time::Duration;

use leptos::{prelude::*, task::spawn_local, wasm_bindgen::JsCast, web_sys};
use wasm_bindgen_futures::JsFuture;

use crate::ui::{Glyph, Icon};

const TOLD: Duration = Duration::from_secs(2);

async fn to_clipboard(text: String) -> bool {
    // Browsers hide the clipboard from pages that came over plain HTTP.
    if !window().is_secure_context() {
        return false;
    }
    JsFuture::from(window().navigator().clipboard().write_text(&text))
        .await
        .is_ok()
}

fn held_by(id: &str) -> Option<String> {
    let input = document()
        .get_element_by_id(id)?
        .dyn_into::<web_sys::HtmlInputElement>()
        .ok()?;
    Some(input.value())
}

/// Copies `value`, or what the input `from` holds by then. Hidden until it can be pressed.
#[island]
pub fn CopyButton(
    /// Names the value, such as "database host".
    what: String,
    #[prop(optional)] value: Option<String>,
    /// Id of an input.
    #[prop(optional)]
    from: Option<String>,
) -> impl IntoView {
    let said = RwSignal::new("");
    let copy = move |_| {
        let held = from.as_deref().and_then(held_by);
        let value = held.or_else(|| value.clone()).unwrap_or_default();
        spawn_local(async move {
            said.set(if to_clipboard(value).await {
                "Copied"
            } else {
                "Not allowed: select it"
            });
            set_timeout(move || said.set(""), TOLD);
        });
    };
    view! {
        <span class="copy needs-js">
            <button class="button button-ghost button-small" type="button" aria-label=format!("Copy {what}") on:click=copy>
                <Glyph icon=Icon::Copy />
            </button>
            <span class="copy-said" role="status">{move || said.get()}</span>
        </span>
    }
}
