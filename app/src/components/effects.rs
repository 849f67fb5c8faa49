//! What a change does beside changing a value: kind and sentence, beside the thing that does it.

use leptos::prelude::*;

use crate::ui::{Glyph, Icon, Tone};

/// One effect; `title` says its kind.
pub fn effect(tone: Tone, icon: Icon, title: &'static str, says: impl IntoView + 'static) -> AnyView {
    view! { <li class="effect" data-tone=tone.as_str()><Glyph icon/><p><b>{title}</b> " " <span>{says}</span></p></li> }
        .into_any()
}

pub fn effects(all: Vec<AnyView>) -> AnyView {
    view! { <ul class="effects">{all}</ul> }.into_any()
}
