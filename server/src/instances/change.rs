//! Change: what one instance tells the others that it has changed. Refs and slugs, never a token or a name.

use management_api::Scope;
use serde::{Deserialize, Serialize};

/// Bytes of a ref or slug; a longer one is none, and a note has room for 8,000.
const KEY: usize = 100;

/// What may be otherwise from now on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// Something of a project, by its ref.
    Project {
        reference: String,
        /// The ref of the branch's own project, where it was about a branch.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        own: Option<String>,
    },
    /// Something that is not of one project: what it touches is not known.
    Upstream,
    /// Who is in an organization, and as what, by its slug.
    Members { slug: String },
    /// Through what people reach Supabase.
    Connections,
    /// Which projects are production.
    Marks,
    /// Nobody can say what.
    Anything,
}

impl Change {
    /// What a write there may have changed at Supabase. `own`: the ref of a branch's own project.
    pub fn written(scope: &Scope, own: Option<&String>) -> Self {
        let is_key = |key: &String| key.len() <= KEY;
        match scope {
            Scope::Project(reference) if is_key(reference) && own.is_none_or(is_key) => Self::Project {
                reference: reference.clone(),
                own: own.cloned(),
            },
            Scope::Project(_) | Scope::Organization(_) | Scope::Account => Self::Upstream,
        }
    }

    /// Who is in the organization has changed.
    pub fn members(slug: &str) -> Self {
        if slug.len() <= KEY {
            Self::Members { slug: slug.to_owned() }
        } else {
            Self::Anything
        }
    }
}

/// What goes over the channel, as a line of JSON.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Note {
    /// The instance's, made anew at each start.
    pub from: String,
    /// `None`: it lives, and hears itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub change: Option<Change>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_write_is_told_by_refs_that_fit_a_note() {
        let (shop, long) = ("shop".to_owned(), "x".repeat(9_000));
        let project = |reference: &String| Scope::Project(reference.clone());
        let written = Change::written(&project(&shop), Some(&shop));
        let text = serde_json::to_string(&written).unwrap();
        assert_eq!(text, r#"{"project":{"reference":"shop","own":"shop"}}"#);
        assert_eq!(serde_json::from_str::<Change>(&text).unwrap(), written);
        assert_eq!(Change::written(&project(&long), None), Change::Upstream);
        assert_eq!(Change::written(&project(&shop), Some(&long)), Change::Upstream);
        assert_eq!(Change::written(&Scope::Organization(shop), None), Change::Upstream);
        assert_eq!(Change::members(&long), Change::Anything);
    }
}
