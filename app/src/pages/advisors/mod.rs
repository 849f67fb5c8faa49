//! Advice: what Supabase's advisors find in one project and in all, how it is mended, and what is let stand.

pub mod detail;
mod fixes;
pub mod fleet;
pub mod list;

use crate::{
    advice::{Finding, Level},
    page::Page,
    ui::{Icon, Tone},
};

pub const PAGES: &[&Page] = &[&list::PAGE, &detail::PAGE, &fleet::PAGE];

/// A level for people.
fn words(level: Level) -> (Tone, Icon, &'static str) {
    match level {
        Level::Error => (Tone::Error, Icon::Error, "Error"),
        Level::Warning => (Tone::Warning, Icon::Warning, "Warning"),
        Level::Note => (Tone::Info, Icon::Info, "Note"),
    }
}

/// How many of a level are not accepted.
fn count(findings: &[Finding], level: Level) -> usize {
    let open = findings.iter().filter(|finding| finding.accepted.is_none());
    open.filter(|finding| Level::of(&finding.lint.level) == level).count()
}

/// The moment in Unix seconds, as RFC 3339 has it.
fn at(seconds: i64) -> String {
    time::OffsetDateTime::from_unix_timestamp(seconds)
        .map(crate::components::when::written)
        .unwrap_or_default()
}
