//! Place: what a call belongs to.

use management_api::{Request, Scope, Subject, branches::GetBranchConfig, projects::GetProject};

use super::Directory;
use crate::{identity::PersonId, store::places::Home};

/// What a call belongs to, as far as that is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// To whose people the call is told: a branch belongs to its parent project.
    pub scope: Scope,
    /// The ref of the branch's own project, where the call is about a branch.
    pub own: Option<String>,
    /// The organization of the scope, by slug.
    pub organization: Option<String>,
}

impl Place {
    /// What the request itself tells.
    pub fn told_by(request: &Request) -> Self {
        Self::from(Scope::of(request))
    }

    /// In which project or organization upstream counts the call.
    pub fn counted(&self) -> Scope {
        match &self.own {
            Some(own) => Scope::Project(own.clone()),
            None => self.scope.clone(),
        }
    }
}

impl From<Scope> for Place {
    fn from(scope: Scope) -> Self {
        let organization = match &scope {
            Scope::Organization(slug) => Some(slug.clone()),
            Scope::Project(_) | Scope::Account => None,
        };
        Self {
            scope,
            own: None,
            organization,
        }
    }
}

impl Directory {
    /// What a call belongs to, as far as the person's answers have told.
    pub fn place(&self, person: &PersonId, request: &Request) -> Place {
        match Subject::of(request) {
            Subject::Scope(Scope::Project(reference)) => self.place_of_project(person, reference),
            Subject::Scope(scope @ (Scope::Organization(_) | Scope::Account)) => scope.into(),
            Subject::Snippet(id) => match self.known(person, &id).home.project {
                Some(project) => self.place_of_project(person, project),
                None => Scope::Account.into(),
            },
            Subject::Branch(key) => {
                let Home { project, own, .. } = self.known(person, &key).home;
                let own = own.or_else(|| is_ref(&key).then_some(key));
                let of_own = own.as_ref().map(|own| self.known(person, own).home).unwrap_or_default();
                match project.or(of_own.project) {
                    Some(parent) => {
                        let place = self.place_of_project(person, parent.clone());
                        Place {
                            own: own.filter(|own| *own != parent),
                            // The parent's is the branch's.
                            organization: place.organization.clone().or(of_own.organization),
                            ..place
                        }
                    }
                    // The parent is not known, but whose it is: the people of the organization are told.
                    None => Place {
                        own,
                        ..of_own.organization.map_or(Scope::Account, Scope::Organization).into()
                    },
                }
            }
        }
    }

    /// The organization that a scope belongs to, by slug, as far as it is known.
    pub fn organization_of(&self, person: &PersonId, scope: &Scope) -> Option<String> {
        self.place_of(person, scope).organization
    }

    /// What a scope belongs to, as far as the person's answers have told.
    pub fn place_of(&self, person: &PersonId, scope: &Scope) -> Place {
        match scope {
            Scope::Project(reference) => self.place_of_project(person, reference.clone()),
            Scope::Organization(_) | Scope::Account => scope.clone().into(),
        }
    }

    /// A branch's own project belongs to its parent.
    fn place_of_project(&self, person: &PersonId, reference: String) -> Place {
        let home = self.known(person, &reference).home;
        match home.project.filter(|parent| *parent != reference) {
            Some(parent) => Place {
                organization: self.known(person, &parent).home.organization.or(home.organization),
                own: Some(reference),
                scope: Scope::Project(parent),
            },
            None => Place {
                scope: Scope::Project(reference),
                own: None,
                organization: home.organization,
            },
        }
    }

    /// What to ask Supabase, so that more is known of what a call belongs to; `None` where nothing is missing, or nothing
    /// would tell.
    pub fn question(&self, person: &PersonId, request: &Request) -> Option<Request> {
        let place = self.place(person, request);
        if place.organization.is_some() {
            return None;
        }
        let project = match (Subject::of(request), place) {
            (
                _,
                Place {
                    scope: Scope::Project(project),
                    ..
                },
            ) => project,
            (Subject::Branch(_), Place { own: Some(own), .. }) => own,
            (Subject::Branch(key), Place { own: None, .. }) => {
                return Request::of(&GetBranchConfig { branch_id_or_ref: key }).ok();
            }
            (Subject::Scope(_) | Subject::Snippet(_), _) => return None,
        };
        Request::of(&GetProject { project }).ok()
    }
}

/// Whether it is a project's ref, where the id of a branch could stand, too.
fn is_ref(key: &str) -> bool {
    key.len() == 20 && key.bytes().all(|byte| byte.is_ascii_lowercase())
}
