//! The look of an e-mail, drawn by the server as a page of its own that runs nothing and loads nothing.

use leptos::prelude::*;

use crate::{paths, settings::Setting};

/// Shows what is typed at that moment: the whole form is sent, and only this setting is looked at.
pub fn look(setting: &Setting) -> AnyView {
    let what = format!(
        "Look at {}, in a new tab, with examples in the place of what stands in braces",
        setting.label
    );
    view! {
        <button class="link-button" type="submit" formaction=paths::mail_look(setting.name) formtarget="_blank" formnovalidate=true title=what>
            "Look at it as an e-mail"
        </button>
    }
    .into_any()
}
