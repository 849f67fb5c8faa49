//! What the pages of keys draw alike.

use leptos::prelude::*;
use management_api::OperationId;

use crate::{
    components::{
        copyable::Copyable,
        reveal::{Reveal, Source},
    },
    server_fns::keys::{KeyKind, KeyRow},
    ui::{Glyph, Icon, Tone},
};

/// A key: one that everybody may see in full, another one masked with the button that asks for it.
pub fn value(project: &str, key: &KeyRow) -> AnyView {
    let what = format!("{} {}", key.kind.noun(), key.name);
    let source = |operation, parameters: &[(&'static str, &str)], of: Option<&str>| Source {
        operation,
        field: "api_key",
        parameters: parameters
            .iter()
            .map(|(name, value)| (*name, (*value).to_owned()))
            .collect(),
        of: of.map(str::to_owned),
    };
    let (reference, reveal) = (("ref", project), ("reveal", "true"));
    let source = match (key.kind, key.name.as_str()) {
        (KeyKind::Publishable, _) if !key.shown.is_empty() => {
            return view! { <Copyable value=key.shown.clone() what/> }.into_any();
        }
        // Only the list tells of these, and of this one to everybody who may read it.
        (KeyKind::Legacy, "anon") => source(OperationId::ListApiKeys, &[reference], Some(&key.id)),
        (KeyKind::Legacy, _) => source(OperationId::ListApiKeys, &[reference, reveal], Some(&key.id)),
        (KeyKind::Publishable | KeyKind::Secret | KeyKind::Other, _) => {
            source(OperationId::GetApiKey, &[reference, ("id", &key.id), reveal], None)
        }
    };
    view! { <Reveal id=key.id.clone() what beginning=key.shown.clone() source/> }.into_any()
}

/// Something that was looked at before a step that cannot be seen through, and what came of it.
pub fn check(tone: Tone, words: impl IntoView + 'static, hint: impl IntoView + 'static) -> AnyView {
    let icon = match tone {
        // Nobody has looked, or nobody can: that is not fine.
        Tone::Neutral => Icon::Question,
        Tone::Info | Tone::Success | Tone::Warning | Tone::Error => tone.icon(),
    };
    view! {
        <li data-tone=tone.as_str()>
            <Glyph icon/>
            <div>{words}<div class="hint">{hint}</div></div>
        </li>
    }
    .into_any()
}
