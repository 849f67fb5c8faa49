//! What a request is about: the unit in which upstream counts calls, in which a write outdates reads, and to whose people
//! a call is told.

use percent_encoding::percent_decode_str;
use serde::{Deserialize, Serialize};

use crate::Request;

/// What a call belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// What belongs to the caller alone, such as the list of all projects.
    Account,
    /// One organization, by its slug.
    Organization(String),
    /// One project, by its ref.
    Project(String),
}

/// What a request tells of its scope.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    /// All of it.
    Scope(Scope),
    /// A branch, by the ref of its own project or by its older id: the request does not tell whose branch it is.
    Branch(String),
    /// A snippet, by its id: the request does not tell which project it belongs to.
    Snippet(String),
}

impl Subject {
    /// Read from the path, which every request has in full, else from a parameter that names the place: a new project
    /// belongs to its organization.
    pub fn of(request: &Request) -> Self {
        let placeholder = request
            .id
            .row()
            .path
            .split('/')
            .nth(3)
            .is_some_and(|segment| segment.starts_with('{'));
        let mut segments = request.path.split('/').skip(2);
        match (segments.next(), segments.next().filter(|_| placeholder)) {
            (Some("projects"), Some(reference)) => Self::Scope(Scope::Project(decoded(reference))),
            (Some("organizations"), Some(slug)) => Self::Scope(Scope::Organization(decoded(slug))),
            (Some("branches"), Some(key)) => Self::Branch(decoded(key)),
            (Some("snippets"), Some(id)) => Self::Snippet(decoded(id)),
            _ => Self::Scope(named(request)),
        }
    }
}

fn named(request: &Request) -> Scope {
    let parameter = |name: &str| {
        request
            .parameter(name)
            .filter(|value| !value.is_empty())
            .map(str::to_owned)
    };
    let organization = parameter("organization_slug").map(Scope::Organization);
    organization
        .or_else(|| parameter("project_ref").map(Scope::Project))
        .unwrap_or(Scope::Account)
}

impl Scope {
    /// Of a word that [`Self::kind`] gives, and the ref or slug that goes with it.
    pub fn read(kind: &str, key: String) -> Option<Self> {
        match kind {
            "organization" => Some(Self::Organization(key)),
            "project" => Some(Self::Project(key)),
            _ => None,
        }
    }

    /// A word for what kind of place it is; `None` where it is none.
    pub fn kind(&self) -> Option<&'static str> {
        match self {
            Self::Account => None,
            Self::Organization(_) => Some("organization"),
            Self::Project(_) => Some("project"),
        }
    }

    /// The organization's slug or the project's ref.
    pub fn key(&self) -> Option<&str> {
        match self {
            Self::Account => None,
            Self::Organization(key) | Self::Project(key) => Some(key),
        }
    }

    /// The scope as far as the request itself tells it; what it does not tell belongs to the caller alone.
    pub fn of(request: &Request) -> Self {
        match Subject::of(request) {
            Subject::Scope(scope) => scope,
            Subject::Branch(_) | Subject::Snippet(_) => Self::Account,
        }
    }
}

fn decoded(segment: &str) -> String {
    percent_decode_str(segment).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        branches::MergeBranch,
        database::{GetSnippet, ListSnippets},
        organizations::GetOrganization,
        projects::{GetServicesHealth, ListAvailableRegions, ListProjects},
    };

    #[test]
    fn scope_is_read_from_the_path() {
        let health = Request::of(&GetServicesHealth::of("a-b".to_owned())).unwrap();
        assert_eq!(Scope::of(&health), Scope::Project("a-b".to_owned()));
        let organization = Request::of(&GetOrganization {
            slug: "acme".to_owned(),
        })
        .unwrap();
        assert_eq!(Scope::of(&organization), Scope::Organization("acme".to_owned()));
        let regions = Request::of(&ListAvailableRegions::of("acme".to_owned())).unwrap();
        assert_eq!(Scope::of(&regions), Scope::Organization("acme".to_owned()));
        assert_eq!(Scope::of(&Request::of(&ListProjects {}).unwrap()), Scope::Account);
    }

    #[test]
    fn what_the_path_does_not_tell_is_said_to_be_so() {
        let merge: MergeBranch = serde_json::from_str(r#"{ "branch_id_or_ref": "preview" }"#).unwrap();
        let merge = Request::of(&merge).unwrap();
        assert_eq!(Subject::of(&merge), Subject::Branch("preview".to_owned()));
        assert_eq!(Scope::of(&merge), Scope::Account);
        let snippet = Request::of(&GetSnippet { id: "one".to_owned() }).unwrap();
        assert_eq!(Subject::of(&snippet), Subject::Snippet("one".to_owned()));
        let list: ListSnippets = serde_json::from_str(r#"{ "project_ref": "shop" }"#).unwrap();
        assert_eq!(
            Scope::of(&Request::of(&list).unwrap()),
            Scope::Project("shop".to_owned())
        );
    }
}
