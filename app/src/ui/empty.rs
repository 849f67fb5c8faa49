//! What stands where nothing is yet: what it would be, and the way to the first one.

use leptos::prelude::*;

use super::icon::{Glyph, Icon};

#[component]
pub fn Empty(
    icon: Icon,
    #[prop(into)] title: String,
    #[prop(into)] sentence: String,
    /// The way on: buttons or links.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <Glyph icon />
            <p class="empty-title">{title}</p>
            <p class="hint">{sentence}</p>
            {children.map(|children| view! { <div class="actions">{children()}</div> })}
        </div>
    }
}
