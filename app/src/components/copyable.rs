//! Text that is there to be taken elsewhere, with its copy button.

use leptos::prelude::*;

use crate::islands::copy::CopyButton;

#[component]
pub fn Copyable(
    #[prop(into)] value: String,
    /// Names the value, such as "database host".
    #[prop(into)]
    what: String,
) -> impl IntoView {
    view! {
        <span class="copyable">
            <code>{value.clone()}</code>
            <CopyButton value what />
        </span>
    }
}
