//! What would come of secrets that somebody gives: new, changed, the same, or refused. Told by digests; nothing is sent.

use std::collections::{BTreeMap, BTreeSet};

use management_api::{
    Secret,
    secrets::{EdgeSecret, SECRETS_AT_ONCE},
};

use super::{
    digest,
    dotenv::{Dotenv, Entry},
    is_reserved, name_fault, value_fault,
};

/// Secrets of its own that a project holds at most.
pub const SECRETS_IN_A_PROJECT: usize = SECRETS_AT_ONCE;

/// What comes of one name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Becomes {
    Refused(String),
    /// Digests before and after.
    Changed(String, String),
    New(String),
    Same,
}

impl Becomes {
    /// What needs a decision stands first.
    fn rank(&self) -> u8 {
        match self {
            Self::Refused(_) => 0,
            Self::Changed(..) => 1,
            Self::New(_) => 2,
            Self::Same => 3,
        }
    }

    pub fn is_sent(&self) -> bool {
        matches!(self, Self::Changed(..) | Self::New(_))
    }
}

/// One name that was given, or a line without one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Empty where a line has none.
    pub name: String,
    pub value: Secret,
    pub becomes: Becomes,
    /// From 1.
    pub line: usize,
    /// Earlier lines with the same name, whose values do not count.
    pub before: Vec<usize>,
}

/// What would come of `given` in a project that has `there`; what needs a decision first.
pub fn changes(given: Dotenv, there: &[EdgeSecret]) -> Vec<Change> {
    let known: BTreeMap<&str, &str> = there
        .iter()
        .map(|one| (one.name.as_str(), one.digest.as_str()))
        .collect();
    let own = there.iter().filter(|one| !is_reserved(&one.name)).count();
    let mut room = SECRETS_IN_A_PROJECT.saturating_sub(own);
    let mut changes: Vec<Change> = given
        .faults
        .iter()
        .map(|fault| Change {
            name: String::new(),
            value: Secret::default(),
            becomes: Becomes::Refused(fault.kind.to_string()),
            line: fault.line,
            before: Vec::new(),
        })
        .collect();
    let lines = lines(&given.entries);
    let mut seen = BTreeSet::new();
    // The last one counts.
    let mut last: Vec<Entry> = given
        .entries
        .into_iter()
        .rev()
        .filter(|one| seen.insert(one.name.clone()))
        .collect();
    last.reverse();
    for Entry { name, value, line } in last {
        let mut becomes = becomes(&name, &value, known.get(name.as_str()).copied());
        if matches!(becomes, Becomes::New(_)) {
            match room.checked_sub(1) {
                Some(less) => room = less,
                None => {
                    becomes = Becomes::Refused(format!(
                        "A project holds {SECRETS_IN_A_PROJECT} secrets of its own at most."
                    ));
                }
            }
        }
        let mut before = lines.get(&name).cloned().unwrap_or_default();
        before.retain(|one| *one != line);
        changes.push(Change {
            name,
            value,
            becomes,
            line,
            before,
        });
    }
    changes.sort_by_key(|change| (change.becomes.rank(), change.line));
    changes
}

/// The lines on which each name stands.
fn lines(entries: &[Entry]) -> BTreeMap<String, Vec<usize>> {
    let mut lines: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for entry in entries {
        lines.entry(entry.name.clone()).or_default().push(entry.line);
    }
    lines
}

/// What comes of one value where `there` is its digest until now.
pub fn becomes(name: &str, value: &Secret, there: Option<&str>) -> Becomes {
    if let Some(fault) = name_fault(name).or_else(|| value_fault(value.expose())) {
        return Becomes::Refused(fault);
    }
    let new = digest(value.expose());
    match there {
        None => Becomes::New(new),
        Some(there) if there.eq_ignore_ascii_case(&new) => Becomes::Same,
        Some(there) => Becomes::Changed(there.to_owned(), new),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secrets::dotenv::read;

    fn there(names: &[(&str, &str)]) -> Vec<EdgeSecret> {
        let one = |(name, value): &(&str, &str)| EdgeSecret {
            name: (*name).to_owned(),
            digest: digest(value),
            updated_at: None,
        };
        names.iter().map(one).collect()
    }

    fn words(changes: &[Change]) -> Vec<(&str, &str, usize)> {
        let word = |becomes: &Becomes| match becomes {
            Becomes::Refused(_) => "refused",
            Becomes::Changed(..) => "changed",
            Becomes::New(_) => "new",
            Becomes::Same => "same",
        };
        changes
            .iter()
            .map(|one| (word(&one.becomes), one.name.as_str(), one.line))
            .collect()
    }

    #[test]
    fn what_needs_a_decision_stands_first() {
        let text = "SAME=a\nNEW=b\nCHANGED=c\nSUPABASE_URL=d\nwords\nEMPTY=";
        let changes = changes(read(text), &there(&[("SAME", "a"), ("CHANGED", "old"), ("OTHER", "x")]));
        assert_eq!(
            words(&changes),
            [
                ("refused", "SUPABASE_URL", 4),
                ("refused", "", 5),
                ("refused", "EMPTY", 6),
                ("changed", "CHANGED", 3),
                ("new", "NEW", 2),
                ("same", "SAME", 1)
            ]
        );
        assert_eq!(changes[3].becomes, Becomes::Changed(digest("old"), digest("c")));
        assert_eq!(changes.iter().filter(|one| one.becomes.is_sent()).count(), 2);
    }

    #[test]
    fn of_a_name_that_comes_twice_the_last_counts() {
        let changes = changes(read("A=1\nB=2\nA=3\nA=4"), &there(&[("A", "4")]));
        assert_eq!(words(&changes), [("new", "B", 2), ("same", "A", 4)]);
        assert_eq!(changes[1].before, [1, 3]);
    }

    #[test]
    fn a_project_that_is_full_takes_changes_only() {
        let names: Vec<String> = (0..99).map(|at| format!("S{at}")).collect();
        let mut full: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "x")).collect();
        full.push(("SUPABASE_URL", "x"));
        let changes = changes(read("S1=y\nFITS=a\nTOO_MUCH=b"), &there(&full));
        assert_eq!(
            words(&changes),
            [("refused", "TOO_MUCH", 3), ("changed", "S1", 1), ("new", "FITS", 2)]
        );
    }
}
