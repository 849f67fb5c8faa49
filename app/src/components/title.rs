//! The document's title. The only place that knows leptos_meta's own `Title`, which writes its text into the page as it is.

use html_escape::encode_text;
use leptos::prelude::*;

/// What the browser's tab says: the page, and whose page it is. `text` may come from outside.
#[component]
pub fn Title(#[prop(into)] text: String) -> impl IntoView {
    let text = format!("{text} \u{b7} Steward");
    view! { <leptos_meta::Title text=encode_text(&text).into_owned()/> }
}
