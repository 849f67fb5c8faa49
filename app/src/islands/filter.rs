//! The toolbar over a list: a form that puts its choices into the address, so that a view can be shared and reloaded.
//! Without JavaScript it is sent by its button; with it, the list follows every keystroke: the region that comes after the
//! toolbar, or where none does, the whole page.

use std::time::Duration;

use leptos::{ev, prelude::*, task::spawn_local, wasm_bindgen::JsCast, web_sys};

use crate::regions;

/// How long typing rests before the list follows.
const REST: Duration = Duration::from_millis(200);

#[island]
pub fn FilterForm(
    /// The list's path; the choices become its query.
    action: String,
    children: Children,
) -> impl IntoView {
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    let path = action.clone();
    let follow = move |event: ev::Event| {
        let Some(form) = event
            .current_target()
            .and_then(|target| target.dyn_into::<web_sys::HtmlFormElement>().ok())
        else {
            return;
        };
        let path = path.clone();
        waiting.update_value(|waiting| {
            if let Some(waiting) = waiting.take() {
                waiting.clear();
            }
            let follow = move || {
                spawn_local(async move {
                    let address = format!("{path}{}", choices(&form));
                    regions::replace_address(&address);
                    if regions::refresh(&address, &list(&form)).await.is_err() {
                        // The page itself says what is wrong.
                        regions::visit(&address);
                    }
                });
            };
            *waiting = set_timeout_with_handle(follow, REST).ok();
        });
    };
    view! {
        <form class="toolbar" role="search" method="get" action=action on:input=follow on:submit=|event| event.prevent_default()>
            {children()}
            <button class="button no-js-only" type="submit">"Apply"</button>
        </form>
    }
}

/// The region of the list under the toolbar.
fn list(form: &web_sys::HtmlFormElement) -> Vec<String> {
    let mut next = form.closest("leptos-island").ok().flatten();
    while let Some(element) = next.and_then(|element| element.next_element_sibling()) {
        if let Some(name) = element.get_attribute("data-region") {
            return vec![name];
        }
        next = Some(element);
    }
    Vec::new()
}

/// The form's choices as a query; what was left open is left out.
fn choices(form: &web_sys::HtmlFormElement) -> String {
    let text = regions::fields(form).unwrap_or_default();
    let chosen: Vec<&str> = text.split('&').filter(|pair| !pair.ends_with('=')).collect();
    if chosen.is_empty() {
        String::new()
    } else {
        format!("?{}", chosen.join("&"))
    }
}
