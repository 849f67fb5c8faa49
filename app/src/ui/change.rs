//! A changed thing: what becomes of it and how much, and its lines folded under it.

use leptos::prelude::*;

use super::{
    badge::{Badge, Tone},
    icon::{Glyph, Icon},
    mark::{Delta, Mark, MarkBadge},
};

/// `details.change`: the head stays in sight while its lines scroll by.
#[component]
pub fn ChangeCard(
    /// Unique on the page; what leads here leads to it.
    #[prop(into)]
    id: String,
    mark: Mark,
    /// What the mark says, where its own word says too much or too little.
    #[prop(optional, into)]
    word: String,
    #[prop(into)] name: String,
    /// Such as "table".
    #[prop(into)]
    kind: String,
    /// What cannot be undone about it, such as "Drops a column".
    #[prop(optional_no_strip)]
    danger: Option<String>,
    /// Lines that come and go.
    delta: (usize, usize),
    #[prop(optional)] open: bool,
    children: Children,
) -> impl IntoView {
    let (adds, dels) = delta;
    view! {
        <details class="change" id=id open=open>
            <summary class="change-head">
                <Glyph icon=Icon::ChevronRight/>
                <MarkBadge mark word/>
                <bdi class="change-name">{name}</bdi>
                <span class="change-kind">{kind}</span>
                {danger.map(|word| view! { <Badge tone=Tone::Error icon=Icon::Warning word/> })}
                <Delta adds dels/>
            </summary>
            {children()}
        </details>
    }
    .into_any()
}
