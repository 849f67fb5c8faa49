//! Menus: the browser's own popovers, so that they open and close without JavaScript.

use leptos::{ev::MouseEvent, prelude::*, wasm_bindgen::JsCast, web_sys};

/// Closes the popover around a link that was followed: a hydrated page changes without a reload, so nothing else would.
pub fn close_on_link(event: MouseEvent) {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let popover = target
        .filter(|target| matches!(target.closest("a"), Ok(Some(_))))
        .and_then(|target| target.closest("[popover]").ok().flatten())
        .and_then(|popover| popover.dyn_into::<web_sys::HtmlElement>().ok());
    if let Some(popover) = popover {
        // Refused where it is not open, which is what was wanted.
        let _ = popover.hide_popover();
    }
}

/// A button and the panel that it opens. Escape or a click elsewhere closes it.
///
/// The panel is anchored to the button by CSS. Its children are lists: `<ul class="menu-list"><li><a>…`.
#[component]
pub fn Menu(
    /// Unique on the page.
    id: &'static str,
    /// Names button and panel for screen readers.
    #[prop(into)]
    label: Signal<String>,
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
                aria-label=move || label.get()
            >
                {trigger.run()}
            </button>
            <div
                class="menu-panel"
                id=id
                popover="auto"
                role="group"
                data-end=end
                aria-label=move || label.get()
                on:click=close_on_link
            >
                {children()}
            </div>
        </div>
    }
    .into_any()
}
