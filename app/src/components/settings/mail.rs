//! The look of an e-mail, drawn by the server in a frame that runs nothing and loads nothing.

use leptos::prelude::*;

use crate::{paths, settings::Setting};

/// Shows what is typed at that moment: the whole form is sent, and only this setting is looked at.
pub fn look(setting: &Setting) -> AnyView {
    let frame = format!("mail-{}", setting.name);
    view! {
        <details class="mail-look">
            <summary>"Look of it"</summary>
            <p class="hint">"As it would be sent, with examples in the place of what stands in braces. Pictures are not loaded."</p>
            <button class="button button-small" type="submit" formaction=paths::mail_look(setting.name) formtarget=frame.clone() formnovalidate=true>
                "Draw it"
            </button>
            <iframe name=frame title=format!("Look of {}", setting.name) sandbox=""></iframe>
        </details>
    }
    .into_any()
}
