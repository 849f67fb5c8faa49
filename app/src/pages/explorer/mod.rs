//! The explorer: every operation of the API, and each one's page to run it from.

mod answer;
mod control;
mod form;
pub mod list;
pub mod operation;

use crate::page::Page;

pub const PAGES: &[&Page] = &[&list::PAGE, &operation::PAGE];

use leptos::prelude::*;
use management_api::{Effect, OperationId, Stability, catalogue::Method};

use crate::ui::{Badge, Icon, Tone};

/// The HTTP method; its colour says what kind of call it is.
#[component]
fn MethodBadge(method: Method) -> impl IntoView {
    view! { <span class="method" data-method=method.as_str()>{method.as_str()}</span> }
}

/// What the operation does to the world.
#[component]
fn EffectBadge(effect: Effect, #[prop(optional)] plain: bool) -> impl IntoView {
    let (tone, icon) = match effect {
        Effect::Read => (Tone::Neutral, Icon::List),
        Effect::Write => (Tone::Info, Icon::Edit),
        Effect::Costly => (Tone::Warning, Icon::Warning),
        Effect::Destructive => (Tone::Error, Icon::Trash),
    };
    view! { <Badge plain tone icon word=effect.title()/> }
}

/// Whether the answer is offered as a file, which runs the operation: where that changes nothing, and for SQL, whose
/// answer is what it is run for.
fn downloads(id: OperationId) -> bool {
    match id.row().effect {
        Effect::Read => true,
        Effect::Write | Effect::Costly | Effect::Destructive => id == OperationId::RunQuery,
    }
}

/// What a person should know before relying on it; nothing where it is stable.
fn stability(stability: Stability) -> Option<(Tone, &'static str)> {
    match stability {
        Stability::Stable => None,
        Stability::Beta => Some((Tone::Info, "Beta")),
        Stability::Alpha => Some((Tone::Warning, "Alpha")),
        Stability::Deprecated => Some((Tone::Warning, "Deprecated")),
        Stability::Internal => Some((Tone::Warning, "Internal")),
        Stability::Removed => Some((Tone::Error, "Removed")),
    }
}

#[component]
fn StabilityBadge(stability: Stability, #[prop(optional)] plain: bool) -> impl IntoView {
    self::stability(stability).map(|(tone, word)| view! { <Badge plain tone icon=Icon::Info word/> })
}

/// Text in which names of code stand between backticks.
fn prose(text: &str) -> impl IntoView + use<> {
    text.split('`')
        .enumerate()
        .map(|(at, part)| {
            let part = part.to_owned();
            if at % 2 == 1 {
                view! { <code>{part}</code> }.into_any()
            } else {
                part.into_any()
            }
        })
        .collect_view()
}

/// The path with its placeholders set apart.
fn path(template: &'static str) -> impl IntoView {
    let segment = |segment: &'static str| {
        if segment.starts_with('{') {
            view! { "/" <wbr/> <em>{segment}</em> }.into_any()
        } else {
            view! { "/" <wbr/> {segment} }.into_any()
        }
    };
    let segments = template.trim_start_matches('/').split('/').map(segment).collect_view();
    view! { <code class="path">{segments}</code> }
}
