//! What a call did, as a sentence.

use leptos::prelude::*;

use crate::{audit::AuditCall, backend::name_of, paths};

/// The sentence, in which names stand out and the place is a link.
pub fn sentence(call: &AuditCall) -> impl IntoView + use<> {
    let place = call.scope.key().zip(paths::scope(&call.scope));
    let place = place.map(|(key, href)| (name_of(key), key.to_owned(), href));
    let piece = |(text, is_name): (&str, bool)| {
        let text = text.to_owned();
        let href = place.as_ref().filter(|(name, key, _)| *name == text || *key == text);
        match (is_name, href) {
            (true, Some((_, _, href))) => view! { <a href=href.clone()><bdi>{text}</bdi></a> }.into_any(),
            (true, None) => view! { <b class="audit-name"><bdi>{text}</bdi></b> }.into_any(),
            (false, _) => text.into_any(),
        }
    };
    call.told().pieces().into_iter().map(piece).collect_view()
}
