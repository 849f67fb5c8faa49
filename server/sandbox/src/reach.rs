//! Reach: which of a person's organizations and projects a token opens.

use serde::{Deserialize, Serialize};

use crate::token::{self, WorldId};

/// What a token opens of what its person sees.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    /// Everything, and the person's own account.
    Person,
    /// All projects of these organizations, by slug.
    Organizations(Vec<String>),
    /// These projects, by ref, and nothing of their organization.
    Projects(Vec<String>),
}

impl Reach {
    /// Whether the organization itself is open.
    pub fn opens_organization(&self, slug: &str) -> bool {
        match self {
            Self::Person => true,
            Self::Organizations(slugs) => slugs.iter().any(|known| known == slug),
            Self::Projects(_) => false,
        }
    }

    /// Whether a project of this organization is open; a branch is open with its parent.
    pub fn opens_project(&self, organization: &str, reference: &str, parent: Option<&str>) -> bool {
        match self {
            Self::Projects(refs) => refs
                .iter()
                .any(|known| known == reference || Some(known.as_str()) == parent),
            Self::Person | Self::Organizations(_) => self.opens_organization(organization),
        }
    }
}

/// A personal token that may do a part of what its person may.
#[derive(Clone, Serialize, Deserialize)]
pub struct ScopedToken {
    pub token: String,
    /// The person's id.
    pub person: String,
    pub reach: Reach,
    /// By id, as in the API's table of permissions.
    pub permissions: Vec<String>,
}

/// What a test asks for.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewScopedToken {
    person: String,
    reach: Reach,
    permissions: Vec<String>,
}

impl NewScopedToken {
    pub fn mint(self, world: WorldId) -> ScopedToken {
        ScopedToken {
            token: token::scoped(world),
            person: self.person,
            reach: self.reach,
            permissions: self.permissions,
        }
    }
}
