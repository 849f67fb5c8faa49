//! Rows of values that change: field, now, after. A value that changes is no danger, so red and green are for lines only;
//! what a change does stands beside the value that does it.

use leptos::prelude::*;
use serde_json::Value;
use similar::{ChangeTag, TextDiff};

use crate::{
    components::effects,
    settings::{
        Area, Effect, Kind, Setting,
        change::{SettingChange, To},
        words::{lines, words},
    },
    ui::{Icon, Tone, field::code},
};

/// Lines around a change that stay and are shown.
const AROUND: usize = 1;

/// The cell that says which setting it is.
pub fn named(setting: &Setting) -> AnyView {
    view! {
        <td data-label="Setting"><p class="delta-field">{setting.label}</p><span class="setting-name">{code(setting.name)}</span></td>
    }
    .into_any()
}

/// What the value becomes, in words; a secret is never told.
pub fn wanted(setting: &Setting, change: &SettingChange) -> AnyView {
    match &change.to {
        To::Secret(length) => {
            let more = format!("{length} characters, not shown again");
            view! { <ins>"New value"</ins><span class="delta-more">{more}</span> }.into_any()
        }
        To::Set(value) => view! { <ins><bdi>{words(setting, value)}</bdi></ins> }.into_any(),
        To::Cleared => view! { <ins>"Not set"</ins> }.into_any(),
    }
}

/// What it was.
pub fn before(setting: &Setting, change: &SettingChange) -> String {
    match change.was_set {
        Some(true) => "Set".to_owned(),
        Some(false) => "Not set".to_owned(),
        None => words(setting, &change.was),
    }
}

/// Lines that come and go, where the value is made of lines.
pub fn compared(area: &Area, setting: &Setting, change: &SettingChange) -> Option<AnyView> {
    let field = area.field(setting)?;
    let (old, new) = (
        lines(setting, field, &change.was)?,
        lines(setting, field, change.wanted())?,
    );
    if old.is_empty() && new.is_empty() {
        return None;
    }
    let (old, new) = (old.join("\n") + "\n", new.join("\n") + "\n");
    let diff = TextDiff::from_lines(&old, &new);
    let mut rows: Vec<AnyView> = Vec::new();
    let same = |count: usize| {
        let says = if count == 1 {
            "1 line stays".to_owned()
        } else {
            format!("{count} lines stay")
        };
        view! { <li class="delta-same">{says}</li> }.into_any()
    };
    let all: Vec<_> = diff
        .iter_all_changes()
        .filter(|line| !line.value().trim_end().is_empty())
        .collect();
    let changed = |at: usize| all.get(at).is_some_and(|line| line.tag() != ChangeTag::Equal);
    let mut left_out = 0;
    for (at, line) in all.iter().enumerate() {
        let text = line.value().trim_end_matches('\n').to_owned();
        let near = (at.saturating_sub(AROUND)..=at + AROUND).any(changed);
        if !near {
            left_out += 1;
            continue;
        }
        if left_out > 0 {
            rows.push(same(left_out));
            left_out = 0;
        }
        rows.push(match line.tag() {
            ChangeTag::Delete => view! { <li><del>{text}</del></li> }.into_any(),
            ChangeTag::Insert => view! { <li><ins>{text}</ins></li> }.into_any(),
            ChangeTag::Equal => view! { <li><span class="delta-stays">{text}</span></li> }.into_any(),
        });
    }
    if left_out > 0 {
        rows.push(same(left_out));
    }
    Some(view! { <ul class="delta-lines">{rows}</ul> }.into_any())
}

/// What the change does beside changing the value, and what else is to be said of it.
pub fn aftermath(setting: &Setting, change: &SettingChange) -> Option<AnyView> {
    let warning = |says: String| effects::effect(Tone::Warning, Icon::Warning, "Look again.", says);
    let lacks = (!change.lacks.is_empty()).then(|| {
        format!(
            "It does not work before this is set, too: {}.",
            change.lacks.join(" and ")
        )
    });
    let stops = (!change.stops.is_empty()).then(|| {
        format!(
            "What stays on does not work without it: {}.",
            change.stops.join(" and ")
        )
    });
    let warnings = change.warnings.iter().cloned().chain(lacks).chain(stops).map(warning);
    let all: Vec<_> = change.effects(setting).into_iter().map(drawn).chain(warnings).collect();
    (!all.is_empty()).then(|| effects::effects(all))
}

/// What a change does.
pub fn effects(all: Vec<Effect>) -> Option<AnyView> {
    (!all.is_empty()).then(|| effects::effects(all.into_iter().map(drawn).collect()))
}

fn drawn(effect: Effect) -> AnyView {
    let (tone, icon) = match effect.kind {
        Kind::Restarts => (Tone::Info, Icon::Refresh),
        Kind::LocksOut => (Tone::Error, Icon::Lock),
        Kind::Weaker => (Tone::Warning, Icon::Warning),
        Kind::SignsOut => (Tone::Warning, Icon::External),
        Kind::Stops => (Tone::Warning, Icon::Error),
    };
    effects::effect(tone, icon, effect.kind.title(), effect.says)
}

/// What the API said when it was read back, against what was asked for.
pub fn read_back(setting: &Setting, change: &SettingChange) -> (&'static str, String) {
    match (&change.to, &change.now) {
        (_, None) => ("warning", "Not read back.".to_owned()),
        (To::Secret(_), Some(Value::Bool(true))) => ("success", "Set".to_owned()),
        (To::Secret(_), Some(_)) => ("warning", "Supabase says that it is not set.".to_owned()),
        (_, Some(_)) if change.is_as_sent() == Some(true) => ("success", "As sent".to_owned()),
        (_, Some(now)) => (
            "warning",
            format!("Not as sent: Supabase says {} now.", words(setting, now)),
        ),
    }
}
