//! News of something just done. Without JavaScript it stays until the next page; with it, it goes by itself.

use std::time::Duration;

use leptos::prelude::*;

use crate::{
    regions,
    ui::{Glyph, Icon, Tone},
};

const SHOWN: Duration = Duration::from_secs(6);

#[island]
pub fn Toast(tone: Tone, text: String) -> impl IntoView {
    let (gone, held) = (RwSignal::new(false), RwSignal::new(false));
    Effect::new(move |_| {
        // So that a reload or a shared link does not say it again.
        regions::forget_parameter("notice");
        expire(gone, held);
    });
    view! {
        <div
            class="toast"
            data-tone=tone.as_str()
            hidden=move || gone.get()
            on:mouseenter=move |_| held.set(true)
            on:mouseleave=move |_| held.set(false)
            on:focusin=move |_| held.set(true)
            on:focusout=move |_| held.set(false)
        >
            <Glyph icon=tone.icon() />
            <p>{text}</p>
            <button class="button button-ghost button-small needs-js" type="button" aria-label="Close" on:click=move |_| gone.set(true)>
                <Glyph icon=Icon::Close />
            </button>
        </div>
    }
}

/// Takes the toast away, unless somebody is just reading it.
fn expire(gone: RwSignal<bool>, held: RwSignal<bool>) {
    set_timeout(
        move || {
            if held.get_untracked() {
                expire(gone, held);
            } else {
                gone.set(true);
            }
        },
        SHOWN,
    );
}
