//! The docked panel: one thing beside its list, with an address of its own. On narrow screens it covers the list.

use leptos::prelude::*;

use super::icon::{Glyph, Icon};

#[component]
pub fn Panel(
    /// An `h2`.
    #[prop(into)]
    title: String,
    /// The list without the panel.
    #[prop(into)]
    close: String,
    /// The thing's own page.
    #[prop(into)]
    page: String,
    children: Children,
) -> impl IntoView {
    view! {
        <aside class="panel" aria-labelledby="panel-title">
            <header class="panel-head">
                <h2 id="panel-title">{title}</h2>
                <a class="button button-ghost button-small" href=page aria-label="Open as a page">
                    <Glyph icon=Icon::Expand />
                </a>
                <a class="button button-ghost button-small" href=close aria-label="Close" aria-keyshortcuts="Escape">
                    <Glyph icon=Icon::Close />
                </a>
            </header>
            <div class="panel-body">{children()}</div>
        </aside>
    }
    .into_any()
}
