//! What is done, told in clauses.

use super::{Act, Deed};

/// So many names are told of each thing that is done.
const TOLD: usize = 5;
/// So many things are told.
const DEEDS: usize = 10;

/// What is done, in the order of the script, each thing once.
#[derive(Default)]
pub(super) struct Deeds(pub(super) Vec<Act>);

impl Deeds {
    pub(super) fn add(&mut self, does: impl Into<String>, what: &str, name: String) {
        self.part(does, what, name, String::new());
    }

    /// Does something to a part of a thing.
    pub(super) fn part(&mut self, does: impl Into<String>, what: &str, name: String, of: String) {
        let does = does.into();
        let act = Act {
            loses: loses(&does, what),
            does,
            what: what.to_owned(),
            name,
            of,
        };
        if !self.0.contains(&act) {
            self.0.push(act);
        }
    }

    /// In clauses, those of one kind in one.
    pub(super) fn told(self) -> Vec<Deed> {
        let mut kinds: Vec<(Act, Vec<Act>)> = Vec::new();
        for act in self.0 {
            let kind = kinds
                .iter_mut()
                .find(|(first, _)| first.does == act.does && first.what == act.what);
            match kind {
                Some((_, rest)) => rest.push(act),
                None => kinds.push((act, Vec::new())),
            }
        }
        let more = kinds.len().saturating_sub(DEEDS);
        let mut told: Vec<Deed> = kinds.iter().map(|(first, rest)| clause(first, rest)).collect();
        let loses = told.iter().skip(DEEDS).any(|deed| deed.loses);
        told.truncate(DEEDS);
        if more > 0 {
            let does = format!("and does {more} more things of the kind");
            told.push(Deed { does, loses });
        }
        told
    }
}

/// Acts of one kind in one clause.
pub(super) fn clause(first: &Act, rest: &[Act]) -> Deed {
    let names = std::iter::once(first).chain(rest).map(Act::whole);
    let mut names: Vec<String> = names.filter(|name| !name.is_empty()).collect();
    let count = names.len();
    let what = match count {
        _ if first.what.is_empty() => String::new(),
        0 => format!(" a {}", first.what),
        1 => format!(" the {}", first.what),
        _ => format!(" {count} {}:", plural(&first.what)),
    };
    let left = count.saturating_sub(TOLD);
    names.truncate(TOLD);
    let names = if names.is_empty() {
        String::new()
    } else {
        format!(" {}", names.join(", "))
    };
    let more = if left == 0 {
        String::new()
    } else {
        format!(" and {left} more")
    };
    let does = format!("{}{what}{names}{more}", first.does);
    Deed {
        does,
        loses: first.loses,
    }
}

/// Whether rows go with what is dropped, emptied or deleted; a policy or a function is only a definition.
fn loses(does: &str, what: &str) -> bool {
    match does {
        "drops" => matches!(
            what,
            "table"
                | "column"
                | "schema"
                | "database"
                | "materialized view"
                | "foreign table"
                | "type"
                | "domain"
                | "extension"
                | "tablespace"
                | "sequence"
                | "attribute"
        ),
        "drops everything that is owned by" | "empties" | "deletes every row of" | "changes every row of" => true,
        "deletes rows, by a merge, of" | "reaches everything that depends on them, too" => true,
        "runs a block of code that Steward cannot read" => true,
        other => other.starts_with("holds SQL that Steward cannot read"),
    }
}

fn plural(what: &str) -> String {
    match what.strip_suffix('y') {
        Some(stem) => format!("{stem}ies"),
        None if what.ends_with('s') || what.ends_with('x') => format!("{what}es"),
        None => format!("{what}s"),
    }
}
