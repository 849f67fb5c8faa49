//! What a switcher offers, asked for only when somebody opens it: most pages are read without.
//! Without JavaScript the switcher leads to the lists.

use leptos::{html, prelude::*, task::spawn_local, wasm_bindgen::JsCast, wasm_bindgen::closure::Closure, web_sys};

use crate::{
    error::ConsoleError,
    server_fns::places::{Kind, PlaceLink, places},
};

#[island]
pub fn Places(kind: Kind) -> impl IntoView {
    let list = NodeRef::<html::Ul>::new();
    let entries = RwSignal::<Option<Result<Vec<PlaceLink>, ConsoleError>>>::new(None);
    let ask = move || {
        // An error is shown now, and the next opening asks again.
        if entries.with_untracked(|entries| matches!(entries, Some(Ok(_)))) {
            return;
        }
        spawn_local(async move { entries.set(Some(places(kind).await)) });
    };
    Effect::new(move |_| {
        if let Some(list) = list.get() {
            on_open(&list, ask);
        }
    });
    view! {
        <ul class="menu-list" node_ref=list>
            {move || match entries.get() {
                None => ().into_any(),
                Some(Err(error)) => view! { <li class="menu-note" role="alert">{error.to_string()}</li> }.into_any(),
                Some(Ok(entries)) => entries.into_iter().map(entry).collect_view().into_any(),
            }}
        </ul>
    }
}

fn entry(place: PlaceLink) -> impl IntoView {
    view! { <li><a href=place.href><bdi>{place.name}</bdi></a></li> }
}

/// Calls `then` whenever the popover around `inside` opens, and at once where it was opened before the island woke: a page
/// that still streams can be used already.
fn on_open(inside: &web_sys::Element, then: impl Fn() + 'static) {
    let Ok(Some(popover)) = inside.closest("[popover]") else {
        return;
    };
    if popover.matches(":popover-open").unwrap_or_default() {
        then();
    }
    let listener = Closure::<dyn Fn()>::new(then);
    // ok: without the listener the menu still leads to the lists.
    let _ = popover.add_event_listener_with_callback("beforetoggle", listener.as_ref().unchecked_ref());
    // It listens for as long as the page lives.
    listener.forget();
}
