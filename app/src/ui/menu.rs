//! Menus: the browser's own popovers, so that they open and close without JavaScript.

use leptos::prelude::*;

/// A button and the panel that it opens. Escape or a click elsewhere closes it.
///
/// The panel is anchored to the button by CSS. Its children are lists: `<ul class="menu-list"><li><a>…`.
#[component]
pub fn Menu(
    /// Unique on the page.
    id: &'static str,
    /// What is chosen from, such as "Project"; read out before what the button shows.
    label: &'static str,
    /// What the button shows.
    #[prop(into)]
    trigger: ViewFnOnce,
    /// Aligns the panel to the button's end.
    #[prop(optional)]
    end: bool,
    children: Children,
) -> impl IntoView {
    view! {
        <div class="menu">
            <button
                class="button button-ghost"
                type="button"
                popovertarget=id
            >
                <span class="visually-hidden">{label}": "</span>
                {trigger.run()}
            </button>
            <div
                class="menu-panel"
                id=id
                popover="auto"
                role="group"
                data-end=end
                aria-label=label
            >
                {children()}
            </div>
        </div>
    }
    .into_any()
}
