//! Help in the margin: terms and what is to be known of each, beside what is filled in.

use leptos::prelude::*;

/// The content with its margin.
#[component]
pub fn WithMargin(
    /// Holds [`Note`]s.
    #[prop(into)]
    margin: ViewFnOnce,
    children: Children,
) -> impl IntoView {
    view! {
        <div class="with-margin">
            <div class="with-margin-body">{children()}</div>
            <aside class="margin" aria-label="About this page"><dl>{margin.run()}</dl></aside>
        </div>
    }
    .into_any()
}

#[component]
pub fn Note(term: &'static str, children: Children) -> impl IntoView {
    view! { <div><dt>{term}</dt><dd>{children()}</dd></div> }
}
