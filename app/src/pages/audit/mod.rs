//! Audit: the calls that were made, and one of them in full.

pub mod detail;
mod filter;
pub mod list;

use leptos::prelude::*;

use crate::{
    audit::{AuditCall, Outcome, Sentence},
    components::when::second,
    ui::{Badge, Icon, Tone},
};

/// The sentence, in which names stand out.
fn sentence(sentence: &Sentence) -> impl IntoView + use<> {
    let piece = |(text, is_name): (&str, bool)| {
        let text = text.to_owned();
        if is_name {
            view! { <b class="audit-name"><bdi>{text}</bdi></b> }.into_any()
        } else {
            text.into_any()
        }
    };
    sentence.pieces().into_iter().map(piece).collect_view()
}

fn outcome(call: &AuditCall) -> impl IntoView + use<> {
    let (tone, icon) = match call.outcome {
        Outcome::Started => (Tone::Info, Icon::Clock),
        Outcome::Done => (Tone::Success, Icon::CheckCircle),
        Outcome::Refused => (Tone::Error, Icon::Error),
        Outcome::Unanswered | Outcome::Unknown => (Tone::Warning, Icon::Question),
    };
    let word = if held(call) {
        "Refused by Steward"
    } else {
        call.outcome.title()
    };
    view! { <Badge tone icon word/> }
}

/// Whether the call never left Steward.
fn held(call: &AuditCall) -> bool {
    call.decision != "allowed"
}

fn moment(at: &str) -> impl IntoView + use<> {
    view! { <time datetime=at.to_owned()>{second(at)}</time> }
}

/// What is not known or does not apply.
fn or_dash(text: Option<String>) -> String {
    text.unwrap_or_else(|| "\u{2014}".to_owned())
}

fn took(call: &AuditCall) -> String {
    or_dash(call.milliseconds.map(|milliseconds| match milliseconds {
        ..10_000 => format!("{milliseconds} ms"),
        _ => format!("{:.1} s", milliseconds as f64 / 1_000.0),
    }))
}

fn left(call: &AuditCall) -> String {
    or_dash(call.budget.remaining.map(|remaining| match call.budget.limit {
        Some(limit) => format!("{remaining} of {limit}"),
        None => remaining.to_string(),
    }))
}

/// A way in for people.
fn through(word: &str) -> String {
    match word {
        "console" => "Console".to_owned(),
        "explorer" => "Explorer".to_owned(),
        other => other.to_owned(),
    }
}
