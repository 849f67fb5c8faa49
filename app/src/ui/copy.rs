//! Copying: text that is there to be taken elsewhere. Without JavaScript it can still be selected.

use std::time::Duration;

use leptos::{leptos_dom::helpers::window, prelude::*, task::spawn_local};
use wasm_bindgen_futures::JsFuture;

use super::icon::{Glyph, Icon};

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

/// Copies what `value` is when the button is pressed; `what` names it, such as "database host". Hidden until the page is hydrated.
#[component]
pub fn CopyButton(#[prop(into)] value: Signal<String>, #[prop(into)] what: String) -> impl IntoView {
    let said = RwSignal::new(None::<&str>);
    let copy = move |_| {
        let value = value.get_untracked();
        spawn_local(async move {
            said.set(Some(if to_clipboard(value).await { "Copied" } else { "Not allowed: select it" }));
            set_timeout(move || said.set(None), TOLD);
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

/// `value` in mono type with its copy button.
#[component]
pub fn Copyable(#[prop(into)] value: String, #[prop(into)] what: String) -> impl IntoView {
    view! {
        <span class="copyable">
            <code>{value.clone()}</code>
            <CopyButton value what />
        </span>
    }
}
