//! The side menu as words or as icons only. The server keeps it in a cookie and draws the next page so; here it changes
//! at once.

use leptos::{prelude::*, task::spawn_local};

use crate::ui::{Glyph, Icon};

/// Where it is posted to; [`crate::paths`] belongs to the server.
const MENU: &str = "/menu";

#[island]
pub fn MenuWidth(
    narrow: bool,
    /// The page, for the way back without JavaScript.
    back: String,
) -> impl IntoView {
    let narrow = RwSignal::new(narrow);
    let next = move || if narrow.get() { "wide" } else { "narrow" };
    let change = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let word = next();
        narrow.update(|narrow| *narrow = !*narrow);
        if let Some(root) = document().document_element() {
            // ok: a known attribute of the page itself.
            let _ = root.set_attribute("data-side", word);
        }
        spawn_local(async move {
            let request = gloo_net::http::Request::post(MENU)
                .header("Accept", "application/json")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .body(format!("menu={word}"));
            if let Ok(request) = request {
                // ok: where it is not kept, the next page is as it was.
                let _ = request.send().await;
            }
        });
    };
    view! {
        <form class="side-foot" method="post" action=MENU on:submit=change>
            <input type="hidden" name="return_to" value=back/>
            <button
                class="side-toggle"
                type="submit"
                name="menu"
                value=next
                aria-keyshortcuts="["
                aria-pressed=move || if narrow.get() { "true" } else { "false" }
            >
                <Glyph icon=Icon::Panel/>
                <span class="side-word">"Narrow menu"</span>
                <kbd aria-hidden="true">"["</kbd>
            </button>
        </form>
    }
}
