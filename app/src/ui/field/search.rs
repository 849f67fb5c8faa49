//! The search of a toolbar.

use leptos::prelude::*;

use crate::ui::icon::{Glyph, Icon};

/// Its label is read out but not shown: the icon and the placeholder show it.
#[component]
pub fn SearchField(
    name: &'static str,
    /// Such as "Search projects".
    label: &'static str,
    #[prop(optional, into)] value: String,
    /// What puts the cursor there, as in `aria-keyshortcuts`.
    #[prop(optional)]
    keys: Option<&'static str>,
) -> impl IntoView {
    view! {
        <div class="search">
            <Glyph icon=Icon::Search />
            <input
                class="input"
                type="search"
                name=name
                value=value
                placeholder=label
                aria-label=label
                aria-keyshortcuts=keys
                autocomplete="off"
                spellcheck="false"
            />
        </div>
    }
}
