//! Audit: the calls that were made, and one of them in full.

pub mod detail;
mod filter;
mod fold;
pub mod list;

use crate::page::Page;

pub const PAGES: &[&Page] = &[&list::PAGE, &detail::PAGE];

use leptos::prelude::*;
use management_api::{Area, Effect};

use crate::{
    audit::{AuditCall, Outcome},
    ui::{Badge, Icon, Tone},
};

/// `plain`: for lists.
fn outcome(call: &AuditCall, plain: bool) -> impl IntoView + use<> {
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
    view! { <Badge plain tone icon word/> }
}

/// The area's name; a word that is no area any more stands as it is.
fn area(word: &str) -> String {
    let area = Area::ALL.iter().find(|area| area.as_str() == word);
    area.map_or(word, |area| area.title()).to_owned()
}

fn effect(word: &str) -> String {
    let effect = Effect::ALL.iter().find(|effect| effect.as_str() == word);
    effect.map_or(word, |effect| effect.title()).to_owned()
}

/// Why it was not done, in a word or two.
fn refusal(call: &AuditCall) -> Option<String> {
    let status = call.status.filter(|status| *status >= 300)?;
    Some(match status {
        401 => "signed out".to_owned(),
        402 => "the plan".to_owned(),
        403 => "not allowed".to_owned(),
        404 => "not found".to_owned(),
        429 => "too many calls".to_owned(),
        other => other.to_string(),
    })
}

/// Whether the call never left Steward.
fn held(call: &AuditCall) -> bool {
    call.decision != "allowed"
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
