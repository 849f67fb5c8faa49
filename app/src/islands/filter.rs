//! The toolbar over a list: a form that puts its choices into the address, so that a view can be shared and reloaded.
//! Without JavaScript it is sent by its button; with it, the list follows every keystroke: the region that comes after the
//! toolbar, or where none does, the whole page. A form that asks Supabase something is followed the same way.

use std::time::Duration;

use leptos::{ev, prelude::*, task::spawn_local, wasm_bindgen::JsCast, web_sys::HtmlFormElement};

use crate::regions;

/// How long typing rests before the list follows.
const REST: Duration = Duration::from_millis(200);
/// The same before Supabase is asked: some of its answers are few a minute.
const REST_OF_QUESTIONS: Duration = Duration::from_millis(800);

#[island]
pub fn FilterForm(
    /// The list's path; the choices become its query.
    action: String,
    children: Children,
) -> impl IntoView {
    let follow = following(action.clone(), REST, list);
    view! {
        <form class="toolbar" role="search" method="get" action=action on:input=follow on:submit=|event| event.prevent_default()>
            {children()}
            <button class="button no-js-only" type="submit">"Apply"</button>
        </form>
    }
}

/// A form that asks Supabase about what is typed, once it fits and typing rests, and without JavaScript when it is sent. The
/// answer is the region beside its fields.
#[island]
pub fn AskingForm(
    /// The page's path; the fields become its query.
    action: String,
    children: Children,
) -> impl IntoView {
    let follow = following(action.clone(), REST_OF_QUESTIONS, answer);
    view! {
        <form class="check" method="get" action=action on:input=follow>
            {children()}
        </form>
    }
}

/// What follows a form's fields: its address, and the regions that `wanted` names, `rest` after the last change. None is
/// followed while a field does not fit.
fn following(path: String, rest: Duration, wanted: fn(&HtmlFormElement) -> Vec<String>) -> impl Fn(ev::Event) {
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    move |event: ev::Event| {
        let Some(form) = event
            .current_target()
            .and_then(|target| target.dyn_into::<HtmlFormElement>().ok())
        else {
            return;
        };
        let path = path.clone();
        waiting.update_value(|waiting| {
            if let Some(waiting) = waiting.take() {
                waiting.clear();
            }
            let follow = move || {
                let fits = !form.matches(":invalid").unwrap_or_default();
                if fits {
                    spawn_local(async move {
                        let address = format!("{path}{}", choices(&form));
                        regions::replace_address(&address);
                        if regions::refresh(&address, &wanted(&form)).await.is_err() {
                            // The page itself says what is wrong.
                            regions::visit(&address);
                        }
                    });
                }
            };
            *waiting = set_timeout_with_handle(follow, rest).ok();
        });
    }
}

/// The region with the answer to what was typed, in the form's card.
fn answer(form: &HtmlFormElement) -> Vec<String> {
    let around = form.closest(".card-body").ok().flatten();
    let region = around.and_then(|card| card.query_selector("[data-region]").ok().flatten());
    region.iter().flat_map(regions::around).collect()
}

/// The region of the list under the toolbar, and the one that changes with it.
fn list(form: &HtmlFormElement) -> Vec<String> {
    let mut next = form.closest("leptos-island").ok().flatten();
    while let Some(element) = next.and_then(|element| element.next_element_sibling()) {
        if element.has_attribute("data-region") {
            return regions::around(&element);
        }
        next = Some(element);
    }
    Vec::new()
}

/// The form's choices as a query; what was left open is left out.
fn choices(form: &HtmlFormElement) -> String {
    let text = regions::fields(form).unwrap_or_default();
    let chosen: Vec<&str> = text.split('&').filter(|pair| !pair.ends_with('=')).collect();
    if chosen.is_empty() {
        String::new()
    } else {
        format!("?{}", chosen.join("&"))
    }
}
