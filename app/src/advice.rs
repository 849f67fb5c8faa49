//! What Steward knows of the findings of a project's advisors, beside what Supabase tells: which are accepted, and since
//! when each is known.

use std::collections::BTreeMap;

use management_api::advisors::Lint;
use serde::{Deserialize, Serialize};

/// Days until an acceptance ends that may be chosen.
pub const DAYS: &[u32] = &[7, 30, 90, 365];
/// Fields of the form.
pub const KEY: &str = "key";
pub const REASON: &str = "reason";
pub const UNTIL: &str = "days";
/// Tells the form of acceptance from others of its page.
pub const FORM: &str = "accept";
/// Characters of a reason, at most.
pub const LONGEST: usize = 500;

/// For so many seconds a finding that came after the first look counts as new.
const NEW: i64 = 7 * 24 * 60 * 60;

/// A finding that somebody has looked at and lets stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acceptance {
    pub reason: String,
    /// Who has accepted it, as the audit calls them.
    pub by: String,
    /// Unix seconds.
    pub at: i64,
    /// Unix seconds; from then on it is a finding again.
    pub until: i64,
}

/// What Steward keeps of one project.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// By the finding's key; those that have ended are not in it.
    pub accepted: BTreeMap<String, Acceptance>,
    /// When each was seen first, by its key, in Unix seconds.
    pub since: BTreeMap<String, i64>,
    /// When anybody looked first.
    pub first_look: i64,
}

/// A finding with what Steward knows of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    pub lint: Lint,
    pub accepted: Option<Acceptance>,
    /// When it was seen first, in Unix seconds; `None` where that is not known.
    pub since: Option<i64>,
    /// Whether it came after the first look, and of late.
    pub new: bool,
}

impl Finding {
    pub fn of(lint: Lint, known: &Known, now: i64) -> Self {
        let since = known.since.get(&lint.cache_key).copied();
        Self {
            accepted: known.accepted.get(&lint.cache_key).cloned(),
            new: since.is_some_and(|since| since > known.first_look && now - since < NEW),
            since,
            lint,
        }
    }

    /// What it concerns, such as `public.payments`.
    pub fn object(&self) -> Option<String> {
        let told = self.lint.metadata.as_ref()?;
        match (&told.schema, &told.name, &told.entity) {
            (Some(schema), Some(name), _) => Some(format!("{schema}.{name}")),
            (_, Some(name), _) => Some(name.clone()),
            (_, None, entity) => entity.clone(),
        }
    }
}

/// How bad a finding is, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    Error,
    Warning,
    Note,
}

impl Level {
    /// By the API's word; one that came later is a note.
    pub fn of(word: &str) -> Self {
        match word {
            "ERROR" => Self::Error,
            "WARN" => Self::Warning,
            _ => Self::Note,
        }
    }

    /// The word of the address and of files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use serde_json::json;

    use super::*;

    pub fn lint(name: &str, level: &str, table: &str) -> Lint {
        serde_json::from_value(json!({
            "name": name, "title": name, "level": level, "categories": ["SECURITY"], "description": "", "detail": "",
            "remediation": "", "metadata": { "schema": "public", "name": table, "type": "table" },
            "cache_key": format!("{name}_{table}"),
        }))
        .unwrap()
    }

    #[test]
    fn a_finding_is_new_when_it_came_after_the_first_look_and_of_late() {
        let known = Known {
            accepted: BTreeMap::new(),
            since: [("a_t", 10), ("b_t", 20)].map(|(key, at)| (key.to_owned(), at)).into(),
            first_look: 10,
        };
        let of = |name: &str, now| Finding::of(lint(name, "WARN", "t"), &known, now);
        assert!(!of("a", 30).new, "it was there at the first look");
        assert!(of("b", 30).new);
        assert!(!of("b", 20 + NEW).new);
        assert!(!of("c", 30).new, "nothing is known of it");
        assert_eq!(of("a", 30).object().as_deref(), Some("public.t"));
    }
}
