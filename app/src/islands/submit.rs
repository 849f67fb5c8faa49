//! What forms of islands share: sending in place of the browser, and showing which field is wrong.

use std::rc::Rc;

use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local, wasm_bindgen::JsCast, web_sys};

use crate::outcome::Problem;

/// Sends a form in place of the browser, once at a time; `pending` tells while it is under way.
pub(super) fn in_place<F>(pending: RwSignal<bool>, send: F) -> impl Fn(SubmitEvent) + 'static
where
    F: AsyncFn(web_sys::HtmlFormElement) + 'static,
{
    let send = Rc::new(send);
    move |event| {
        let target = event.target();
        let Some(form) = target.and_then(|target| target.dyn_into::<web_sys::HtmlFormElement>().ok()) else {
            return;
        };
        // A button with a name asks for something else than the page, which the browser fetches by itself.
        if event.submitter().is_some_and(|button| button.has_attribute("name")) {
            return;
        }
        event.prevent_default();
        if pending.get_untracked() {
            return;
        }
        pending.set(true);
        let send = send.clone();
        spawn_local(async move {
            mark_field(&form, None);
            send(form).await;
            pending.set(false);
        });
    }
}

/// Says at the field itself what is wrong with it, and puts the cursor there. `None` takes back what was said.
pub(super) fn mark_field(form: &web_sys::HtmlFormElement, problem: Option<&Problem>) {
    let field = problem.and_then(|problem| problem.field.as_deref());
    let controls = form.elements();
    for at in 0..controls.length() {
        let Some(control) = controls.item(at) else { continue };
        let wrong = field.is_some() && control.get_attribute("name").as_deref() == field;
        let note = document().get_element_by_id(&format!("{}-error", control.id()));
        // ok: setting and removing a known attribute cannot fail.
        let _ = if wrong {
            control.set_attribute("aria-invalid", "true")
        } else {
            control.remove_attribute("aria-invalid")
        };
        if let Some(note) = note {
            note.set_text_content(problem.filter(|_| wrong).map(|problem| problem.text.as_str()));
        }
        if wrong && let Some(control) = control.dyn_ref::<web_sys::HtmlElement>() {
            if let Ok(Some(folded)) = control.closest("details:not([open])") {
                let _ = folded.set_attribute("open", "");
            }
            let _ = control.focus();
        }
    }
}
