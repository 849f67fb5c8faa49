//! The form of an operation: its fields by where they travel, and what is asked before it is run.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use management_api::{Effect, OperationId};

use super::{
    control::{control, rest},
    downloads,
};
use crate::{
    components::{
        context::Context,
        control::Holds,
        operation_form::{FormState, confirmation, problem_place},
    },
    explorer::body::{REST, together},
    form::{Confirmation, DOWNLOAD, Field, Form, Kind, Place, REVEAL},
    paths,
    ui::{Button, ButtonKind, Choice, Notice, SelectField, Tone},
};

/// Ids of the lists of projects and organizations that the person can see.
pub const PROJECTS: &str = "projects-seen";
pub const ORGANIZATIONS: &str = "organizations-seen";

/// Up to so many optional fields are shown at once.
const FEW: usize = 4;

/// What is known of the form's fields: what was typed, what is wrong, and what the address proposes.
#[derive(Clone)]
struct Known {
    state: FormState,
    query: leptos_router::params::ParamsMap,
}

impl Known {
    fn of(&self, field: &Field) -> Holds {
        Holds {
            typed: if field.secret { None } else { self.typed(&field.name) },
            proposals: proposals(field),
            ..Holds::default()
        }
    }

    /// What was typed before, or what the address proposes.
    fn typed(&self, name: &str) -> Option<Vec<String>> {
        if self.state.was_sent() {
            self.state.typed(name)
        } else {
            self.query.get(name).map(|text| vec![text])
        }
    }

    fn error(&self, name: &str) -> Option<String> {
        self.state.error_of(name)
    }

    /// Whether the address, which anybody may have written, has put something into the form.
    fn proposed(&self, form: &Form) -> bool {
        let named = self.typed(REST).is_some() || form.fields.iter().any(|field| self.touched(field));
        !self.state.was_sent() && named
    }

    /// Whether there is something in the field, or something wrong with it.
    fn touched(&self, field: &Field) -> bool {
        let typed = self.of(field).typed;
        self.error(&field.name).is_some() || typed.is_some_and(|texts| texts.iter().any(|text| !text.is_empty()))
    }
}

/// The list of proposals that fits a field.
pub fn proposals(field: &Field) -> Option<&'static str> {
    match field.name.as_str() {
        "ref" => Some(PROJECTS),
        "slug" | "organization_slug" if field.place == Place::Path || field.name != "slug" => Some(ORGANIZATIONS),
        _ => None,
    }
}

pub fn form(id: OperationId) -> impl IntoView {
    let form = Form::of(id);
    let known = Known {
        state: FormState::of(id, ""),
        query: use_query_map().get_untracked(),
    };
    let (kind, submit) = match Confirmation::of(id.row()) {
        Confirmation::Sure(_) if id.row().effect == Effect::Costly => (ButtonKind::Primary, "Run and pay"),
        Confirmation::None | Confirmation::Sure(_) | Confirmation::Told => (ButtonKind::Primary, "Run"),
        Confirmation::Project
        | Confirmation::Branch
        | Confirmation::Name(_)
        | Confirmation::Again(_)
        | Confirmation::Each(_) => (ButtonKind::Danger, "Run"),
    };
    // A form of another page that could not be done is answered here; what came of a run stands beside it.
    let is_run = Context::current().with(|page| page.run.is_some());
    let problem = known.state.problem().filter(|_| !is_run);
    let groups = Place::ALL.map(|place| group(form, place, &known));
    let nothing = form
        .fields
        .is_empty()
        .then(|| view! { <p class="hint">"It takes no parameters."</p> });
    let proposed = known.proposed(form).then(|| {
        view! {
            <Notice tone=Tone::Warning title="A link filled this form in">
                "Read every field before you run it: it is run in your name, with your rights."
            </Notice>
        }
    });
    view! {
        // Without scripts the page comes back at its answer.
        <form class="form" method="post" enctype="multipart/form-data" action=format!("{}#answer", paths::explorer_operation(id)) data-in-place="">
            {nothing}
            {groups}
            {reveal(id, &known)}
            // What is asked can depend on what was filled in: the answer then comes with the question.
            <div class="question" data-region="question">{confirmation(id, "", None, None, &known.state)}</div>
            {proposed}
            {problem_place(problem)}
            <div class="form-actions">
                <Button kind submit=true>{submit}</Button>
                {downloads(id).then(download)}
            </div>
        </form>
    }
}

fn download() -> impl IntoView {
    view! {
        <button class="button" type="submit" name=DOWNLOAD value="1" title="Runs it, and gives the whole answer as a file">
            "Download the answer"
        </button>
    }
}

/// The fields that travel in one place; many optional ones stay folded until they are wanted.
fn group(form: &'static Form, place: Place, known: &Known) -> Option<AnyView> {
    let together = if place == Place::Body {
        together(form)
    } else {
        Vec::new()
    };
    let (folded, shown): (Vec<&Field>, Vec<&Field>) = form
        .fields
        .iter()
        .filter(|field| field.place == place && !together.contains(field))
        .partition(|field| !field.required && field.kind != Kind::Files);
    if folded.is_empty() && shown.is_empty() && together.is_empty() {
        return None;
    }
    let draw = |fields: Vec<&'static Field>| {
        let one = |field: &'static Field| control(field, known.of(field), known.error(&field.name));
        fields.into_iter().map(one).collect_view()
    };
    let open = folded.iter().any(|field| known.touched(field));
    let count = folded.len();
    let (shown, folded) = (draw(shown), draw(folded));
    let folded = if count == 0 {
        None
    } else if count <= FEW {
        Some(folded.into_any())
    } else {
        Some(
            view! {
                <details class="folded" open=open>
                    <summary>{format!("{count} optional fields")}</summary>
                    <div class="fields">{folded}</div>
                </details>
            }
            .into_any(),
        )
    };
    Some(
        view! {
            <fieldset class="fields">
                <legend>{place.title()}</legend>
                {shown}
                {folded}
                {body(&together, known)}
            </fieldset>
        }
        .into_any(),
    )
}

/// The body where it is typed as one object, and what may stand in it.
fn body(together: &[&'static Field], known: &Known) -> Option<AnyView> {
    if together.is_empty() {
        return None;
    }
    let one = |field: &&'static Field| {
        view! {
            <div>
                <dt><code>{field.name.as_str()}</code></dt>
                <dd>
                    <span class="quiet">{field.kind.words()}</span>
                    {(!field.help.is_empty()).then(|| view! { <p>{field.help.replace('`', "")}</p> })}
                </dd>
            </div>
        }
    };
    let typed = known.typed(REST).and_then(|texts| texts.into_iter().next());
    Some(
        view! {
            {rest(typed.unwrap_or_default(), known.error(REST))}
            <details class="folded">
                <summary>{format!("{} names that the body may hold", together.len())}</summary>
                // Reached by Tab, so that it can be scrolled without a mouse.
                <dl class="names" tabindex="0" role="group" aria-label="Names that the body may hold">
                    {together.iter().map(one).collect_view()}
                </dl>
            </details>
        }
        .into_any(),
    )
}

/// Asks which secret of the answer to show. Never filled in ahead: each one is asked for anew.
fn reveal(id: OperationId, known: &Known) -> Option<AnyView> {
    let secrets = id.row().secret_answer;
    if secrets.is_empty() {
        return None;
    }
    let none = Choice::new("", "None: secrets stay on the server");
    let choices = std::iter::once(none)
        .chain(secrets.iter().map(|name| Choice::new(*name, *name)))
        .collect();
    let hint = "Some are told only this once. Whoever asks for one is named in the audit.";
    let error = known.error(REVEAL);
    Some(
        view! {
            <div class="reveal">
                <SelectField name=REVEAL label="Secret to reveal" choices hint error id="field-_reveal"/>
            </div>
        }
        .into_any(),
    )
}
