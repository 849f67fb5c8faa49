//! The toolbar over a list: a form that puts its choices into the address, so that a view can be shared and reloaded.
//! Without JavaScript it is sent by its button; hydrated, it follows every keystroke.

use std::time::Duration;

use leptos::{ev, prelude::*, wasm_bindgen::JsCast, web_sys};
use leptos_router::{NavigateOptions, hooks::use_navigate};

/// How long typing rests before the address follows.
const REST: Duration = Duration::from_millis(200);

#[component]
pub fn FilterForm(
    /// The list's path; the choices become its query.
    action: String,
    children: Children,
) -> impl IntoView {
    let navigate = use_navigate();
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    let path = action.clone();
    let follow = move |event: ev::Event| {
        let Some(form) = event
            .current_target()
            .and_then(|target| target.dyn_into::<web_sys::HtmlFormElement>().ok())
        else {
            return;
        };
        let (navigate, path) = (navigate.clone(), path.clone());
        waiting.update_value(|waiting| {
            if let Some(waiting) = waiting.take() {
                waiting.clear();
            }
            *waiting = set_timeout_with_handle(
                move || {
                    let options = NavigateOptions {
                        replace: true,
                        scroll: false,
                        ..Default::default()
                    };
                    navigate(&format!("{path}{}", choices(&form)), options);
                },
                REST,
            )
            .ok();
        });
    };
    view! {
        <form class="toolbar" role="search" method="get" action=action on:input=follow on:submit=|event| event.prevent_default()>
            {children()}
            <button class="button no-js-only" type="submit">"Apply"</button>
        </form>
    }
}

/// The form's choices as a query; what was left open is left out.
fn choices(form: &web_sys::HtmlFormElement) -> String {
    let Ok(fields) = web_sys::FormData::new_with_form(form)
        .and_then(|fields| web_sys::UrlSearchParams::new_with_str_sequence_sequence(&fields))
    else {
        return String::new();
    };
    let text = String::from(fields.to_string());
    let chosen: Vec<&str> = text.split('&').filter(|pair| !pair.ends_with('=')).collect();
    if chosen.is_empty() {
        String::new()
    } else {
        format!("?{}", chosen.join("&"))
    }
}
