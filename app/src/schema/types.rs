//! The text of a project's types as it was seen last, so that a look can tell what has changed since.

use serde::{Deserialize, Serialize};

/// Bytes of a text that is kept, at most: no longer one is compared.
pub const LONGEST: usize = 2_000_000;

/// What is kept of the types of some schemas.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeenTypes {
    pub text: String,
    /// When they were first looked at, in Unix seconds.
    pub first: i64,
    /// The change that was seen last; `None`: none yet.
    pub change: Option<Change>,
}

/// A change: the text before it, and between which looks it came, in Unix seconds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    pub before: String,
    pub after_look: i64,
    pub by_look: i64,
}

/// What is known after a look at `text`; `last` is when the look before it was.
pub fn looked(known: Option<(SeenTypes, i64)>, text: &str, now: i64) -> SeenTypes {
    match known {
        None => SeenTypes {
            text: text.to_owned(),
            first: now,
            change: None,
        },
        Some((known, _)) if known.text == text => known,
        Some((known, last)) => SeenTypes {
            text: text.to_owned(),
            first: known.first,
            change: Some(Change {
                before: known.text,
                after_look: last,
                by_look: now,
            }),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_stays_until_there_is_another() {
        let first = looked(None, "a", 10);
        assert_eq!((first.first, &first.change), (10, &None));
        let same = looked(Some((first, 10)), "a", 20);
        assert_eq!(same.change, None);
        let changed = looked(Some((same, 20)), "b", 30);
        let change = Change {
            before: "a".to_owned(),
            after_look: 20,
            by_look: 30,
        };
        assert_eq!((changed.first, changed.change.as_ref()), (10, Some(&change)));
        let again = looked(Some((changed, 30)), "b", 40);
        assert_eq!(again.change, Some(change), "looking again does not take it away");
    }
}
