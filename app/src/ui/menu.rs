//! Menus: the browser's own popovers, so that they open and close without JavaScript.

use leptos::prelude::*;

/// A button and the panel that it opens. Escape or a click elsewhere closes it.
///
/// The panel is anchored to the button by CSS. Its children are lists: `<ul class="menu-list"><li><a>…`.
#[component]
pub fn Menu(
    /// Unique on the page.
    id: &'static str,
    /// Names button and panel for screen readers.
    #[prop(into)]
    label: String,
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
                aria-label=label.clone()
            >
                {trigger.run()}
            </button>
            <div
                class="menu-panel"
                id=id
                popover="auto"
                role="group"
                data-end=end
                aria-label=label.clone()
            >
                {children()}
            </div>
        </div>
    }
    .into_any()
}
