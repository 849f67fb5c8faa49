//! The head of a page: its one `h1`, what is worth knowing at once, and what can be done.

use leptos::prelude::*;

#[component]
pub fn PageHeader(
    #[prop(into)] title: String,
    /// Beside the title: a status badge, a ref.
    #[prop(optional, into)]
    meta: ViewFnOnce,
    /// One sentence under the title.
    #[prop(optional, into)]
    hint: String,
    /// Buttons and links, at the end.
    #[prop(optional, into)]
    actions: ViewFnOnce,
) -> impl IntoView {
    view! {
        <header class="page-header">
            <div>
                <div class="page-title">
                    <h1>{title}</h1>
                    {meta.run()}
                </div>
                {(!hint.is_empty()).then(|| view! { <p class="hint">{hint}</p> })}
            </div>
            <div class="actions">{actions.run()}</div>
        </header>
    }
}
