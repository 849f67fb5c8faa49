//! Keeping what stands in the editor under a name: saved anew, changed, shared with the organization, or forgotten.

use leptos::prelude::*;

use crate::{
    backend::{BackendHandle, name_of},
    components::operation_form::FormState,
    paths,
    sql::kept::{LONGEST_NAME, NAME, SHARED, SNIPPET, Snippet},
    ui::{
        Frame, Glyph, Icon,
        field::{Line, line, tick},
    },
};

/// A button with a name is sent by the browser itself, which then goes to the page of what was saved.
const ACT: &str = "_act";

/// A part of the editor's form, so that what is typed is what is saved, without scripts as well.
pub fn keep(project: &str, kept: Option<Snippet>, state: &FormState) -> impl IntoView + use<> {
    let typed = state.typed(NAME).and_then(|typed| typed.into_iter().next());
    // No run needs it, so the form does not ask for it by itself.
    let named = Frame {
        error: state.error_of(NAME),
        ..Frame::new(NAME, "Name")
    };
    let own = kept.as_ref().is_some_and(|kept| kept.own);
    let (id, name) = match &kept {
        Some(kept) if own => (kept.id.clone(), kept.label.name.clone()),
        Some(_) | None => Default::default(),
    };
    let organization = kept.as_ref().filter(|_| own).and_then(|kept| kept.organization.clone());
    let shared = organization.is_some();
    let organization =
        organization.or_else(|| use_context::<BackendHandle>().and_then(|backend| backend.organization_of(project)));
    let share = Frame {
        name: SHARED.to_owned(),
        label: match &organization {
            Some(slug) => format!("Share with {}", name_of(slug)),
            None => "Share with the organization".to_owned(),
        },
        help: "Who sees the organization\u{2019}s projects can read it. Only you can change it.".to_owned(),
        ..Frame::default()
    };
    let said = match &kept {
        Some(kept) if own => view! { "Saved as " <b><bdi>{kept.label.name.clone()}</bdi></b> }.into_any(),
        Some(kept) => view! {
            <b><bdi>{kept.label.name.clone()}</bdi></b> ", shared by " <bdi>{kept.label.owner.clone()}</bdi>
        }
        .into_any(),
        None => "Save under a name\u{2026}".into_any(),
    };
    let button = |act: &'static str, class: &'static str, label: String| {
        let formaction = paths::statements_act(project, act);
        view! { <button class=class type="submit" name=ACT value=act formaction=formaction>{label}</button> }
    };
    let change = own.then(|| button("save", "button", "Save".to_owned()));
    let add = button(
        "add",
        "button",
        if own { "Save as a new one" } else { "Save" }.to_owned(),
    );
    let delete = own.then(|| {
        view! {
            <details class="sql-forget">
                <summary>"Delete\u{2026}"</summary>
                {button("delete", "button button-danger", format!("Delete \u{201c}{name}\u{201d} for good"))}
            </details>
        }
    });
    let open = named.error.is_some();
    let typed = Line {
        value: Some(typed.unwrap_or_else(|| name.clone())),
        maxlength: Some(LONGEST_NAME as u64),
        ..Line::default()
    };
    view! {
        <div class="sql-kept" data-kept=kept.as_ref().map(|kept| kept.id.clone()) data-name=kept.map(|kept| kept.label.name)>
            <input type="hidden" name=SNIPPET value=id/>
            <details class="sql-keep" open=open>
                <summary><Glyph icon=Icon::Archive/> <span>{said}</span></summary>
                <div class="sql-keep-fields">
                    <div class="field">
                        <label for=named.id()>"Name"</label>
                        {line(&named, typed)}
                        <p class="field-error" id=format!("{}-error", named.id())>{named.error.clone()}</p>
                    </div>
                    {tick(share, shared)}
                    <div class="actions">{change} {add} {delete}</div>
                </div>
            </details>
        </div>
    }
}
