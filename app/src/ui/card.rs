//! Cards: one matter of a page, with its heading and what can be done about it.

use leptos::prelude::*;

#[component]
pub fn Card(
    /// The heading, an `h2`.
    #[prop(into)]
    title: String,
    /// One sentence under the heading.
    #[prop(optional, into)]
    hint: String,
    /// Stands at the end of the heading's row.
    #[prop(optional, into)]
    actions: ViewFnOnce,
    /// Marks what cannot be undone.
    #[prop(optional)]
    danger: bool,
    children: Children,
) -> impl IntoView {
    view! {
        <section class="card" data-danger=danger>
            <header class="card-head">
                <div>
                    <h2>{title}</h2>
                    {(!hint.is_empty()).then(|| view! { <p class="hint">{hint}</p> })}
                </div>
                <div class="actions">{actions.run()}</div>
            </header>
            <div class="card-body">{children()}</div>
        </section>
    }
}
