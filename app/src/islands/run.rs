//! The explorer's form in the browser: sends the same fields and files as the form itself would and takes over the
//! answer, so that everything that was typed stays, secrets included.

use leptos::{prelude::*, wasm_bindgen::JsCast, web_sys};

use super::submit::{in_place, mark_field};
use crate::{
    outcome::Problem,
    regions,
    ui::{Button, ButtonKind, problem_notice},
};

#[island]
pub fn RunForm(
    /// Where it is sent, and the part of the page that answers: `/explorer/<operation-id>#answer`.
    action: String,
    submit: String,
    kind: ButtonKind,
    /// Name of the button that gives the answer as a file, where it may be taken away.
    download: Option<String>,
    children: Children,
) -> impl IntoView {
    let problem = RwSignal::new(None::<Problem>);
    let pending = RwSignal::new(false);
    let target = action.clone();
    let send = in_place(pending, async move |form| match regions::send(&target, &form).await {
        Ok(()) => {
            problem.set(None);
            look(&form);
        }
        Err(text) => problem.set(Some(Problem {
            title: "No answer".to_owned(),
            text,
            field: None,
            question: None,
        })),
    });
    let always = None::<String>;
    view! {
        <form class="form" method="post" enctype="multipart/form-data" action=action on:submit=send>
            {children()}
            <div class="form-problem">{move || problem.get().map(problem_notice)}</div>
            <div class="form-actions">
                <Button kind submit=true pending disabled_because=always>{submit}</Button>
                {download
                    .map(|name| {
                        view! {
                            <button class="button" type="submit" name=name value="1" title="Runs it, and gives the whole answer as a file">
                                "Download the answer"
                            </button>
                        }
                    })}
            </div>
        </form>
    }
}

/// Puts the focus on the field that is wrong, else on the answer.
fn look(form: &web_sys::HtmlFormElement) {
    let wrong = document().query_selector("#answer [data-field]").ok().flatten();
    let problem = wrong.and_then(|wrong| {
        Some(Problem {
            title: String::new(),
            text: wrong.get_attribute("data-says")?,
            field: wrong.get_attribute("data-field"),
            question: None,
        })
    });
    match &problem {
        Some(_) => mark_field(form, problem.as_ref()),
        None => {
            let answer = document().get_element_by_id("answer");
            if let Some(answer) = answer.and_then(|answer| answer.dyn_into::<web_sys::HtmlElement>().ok()) {
                // ok: what cannot be focused is still announced.
                let _ = answer.focus();
            }
        }
    }
}
