//! Which of a person's connections a call goes through.

use app::error::ConsoleError;
use management_api::{Operation, OperationId, Scope, organizations::CreateOrganization, profile::GetProfile};

use super::Connection;
use crate::directory::Place;

/// What is to be done with a call.
#[derive(Debug)]
pub enum Route<'a> {
    /// It goes through this one.
    Through(&'a Connection),
    /// It is not known which one covers its place: these are asked in turn.
    Try(Vec<&'a Connection>),
    /// None covers it; or the one that does is dead.
    None { dead: bool },
}

/// Whether a connection covers a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cover {
    Yes,
    No,
    Unknown,
}

impl Connection {
    /// Whether it may open more than is known of it: whole accounts come by organizations without being asked.
    fn is_open_ended(&self) -> bool {
        let many = |slugs: &Vec<String>| slugs.len() > 1;
        if self.is_grant() {
            self.details.organizations.as_ref().is_none_or(many)
        } else {
            !self.details.scoped || self.details.organizations.is_none() && self.details.projects.is_empty()
        }
    }

    pub fn covers(&self, place: &Place) -> Cover {
        let names = |refs: &[String]| match &place.scope {
            Scope::Project(reference) => {
                refs.contains(reference) || place.own.as_ref().is_some_and(|own| refs.contains(own))
            }
            Scope::Organization(_) | Scope::Account => false,
        };
        // Of an organization's projects it may be given some only.
        if let (Some(refs), Scope::Project(_)) = (&self.limited_to, &place.scope) {
            return if names(refs) { Cover::Yes } else { Cover::No };
        }
        let of_project = names(&self.details.projects);
        let of_organization = |slug: &String| self.details.organizations.iter().flatten().any(|known| known == slug);
        if of_project || place.organization.as_ref().is_some_and(of_organization) {
            return Cover::Yes;
        }
        match &place.organization {
            Some(_) if !self.is_open_ended() => Cover::No,
            Some(_) | None => Cover::Unknown,
        }
    }
}

/// The way of a call to `place`. Grants go before tokens, and those made first before later ones.
pub fn route<'a>(all: &'a [Connection], operation: OperationId, place: &Place) -> Route<'a> {
    let mut ranked: Vec<&Connection> = all.iter().collect();
    // What is the account's alone is for a token that is for all of it; a grant is refused there.
    let wants_token = operation == GetProfile::ID || operation == CreateOrganization::ID;
    ranked.sort_by_key(|connection| (connection.details.scoped, connection.is_grant() == wants_token));
    let fitting = |cover: Cover| {
        let all = ranked.iter().copied();
        all.filter(|connection| connection.covers(place) == cover)
            .collect::<Vec<_>>()
    };
    let living = |connection: &&Connection| !connection.dead;
    let covering = fitting(Cover::Yes);
    if let Some(first) = covering.iter().copied().find(living) {
        return Route::Through(first);
    }
    let open: Vec<&Connection> = fitting(Cover::Unknown).into_iter().filter(living).collect();
    let about_a_place = place.scope != Scope::Account;
    match open.first().copied() {
        None => Route::None {
            dead: !(about_a_place && covering.is_empty()),
        },
        Some(first) if !about_a_place => Route::Through(first),
        Some(_) => Route::Try(open),
    }
}

/// Whether a project is left out on purpose: there are connections that are limited to other projects, and none covers it.
pub fn leaves_out(all: &[Connection], place: &Place) -> bool {
    let mut living = all.iter().filter(|connection| !connection.dead).peekable();
    let limited = |connection: &Connection| connection.limited_to.is_some();
    matches!(place.scope, Scope::Project(_))
        && living.peek().is_some()
        && all.iter().any(limited)
        && living.all(|connection| connection.covers(place) == Cover::No)
}

/// What is said where no connection covers a place.
pub fn not_connected(all: &[Connection], place: &Place, dead: bool) -> ConsoleError {
    let organization = place.organization.clone();
    let name = organization.as_ref().map(|slug| {
        let named = |connection: &Connection| connection.details.names.get(slug).cloned();
        all.iter().find_map(named).unwrap_or_else(|| slug.clone())
    });
    let name = if leaves_out(all, place) {
        Some("this project".to_owned())
    } else {
        name
    };
    ConsoleError::NotConnected {
        organization,
        name,
        dead,
    }
}

#[cfg(test)]
mod tests {
    use app::backend::SignInMethod;

    use super::*;
    use crate::{
        identity::{AccountKey, Known, Person, PersonId},
        store::{accounts::Details, connections::Kept},
    };

    fn connection(key: &str, method: SignInMethod, organizations: Option<&[&str]>, dead: bool) -> Connection {
        let person = Person {
            id: PersonId::from("ada".to_owned()),
            email: None,
            username: None,
            label: None,
            method,
            known: Known::SignIn,
        };
        Connection(Kept {
            key: AccountKey::from(key.to_owned()),
            person,
            dead,
            since: 0,
            refreshed_at: None,
            scopes: None,
            limited_to: None,
            details: Details {
                organizations: organizations.map(|slugs| slugs.iter().map(|slug| (*slug).to_owned()).collect()),
                ..Details::default()
            },
        })
    }

    fn way(all: &[Connection], operation: OperationId, place: &Place) -> String {
        match route(all, operation, place) {
            Route::Through(one) => one.key.to_string(),
            Route::Try(some) => {
                let keys: Vec<String> = some.iter().map(|one| one.key.to_string()).collect();
                format!("try {}", keys.join(" "))
            }
            Route::None { dead } => format!("none, dead: {dead}"),
        }
    }

    #[test]
    fn a_call_goes_by_the_grant_of_its_organization_and_by_no_other() {
        use SignInMethod::{Oauth, PersonalAccessToken};
        let organization = |slug: &str| Place::from(Scope::Organization(slug.to_owned()));
        let project = Place::from(Scope::Project("abcdefghijklmnopqrst".to_owned()));
        let account = Place::from(Scope::Account);
        let read = OperationId::GetOrganization;
        let grants = [
            connection("acme", Oauth, Some(&["acme"]), false),
            connection("globex", Oauth, Some(&["globex"]), false),
            connection("initech", Oauth, Some(&["initech"]), true),
        ];
        assert_eq!(way(&grants, read, &organization("globex")), "globex");
        assert_eq!(way(&grants, read, &organization("initech")), "none, dead: true");
        assert_eq!(way(&grants, read, &organization("umbrella")), "none, dead: false");
        assert_eq!(way(&grants, read, &project), "try acme globex");
        assert_eq!(way(&grants, read, &account), "acme");
        let with_token = [
            connection("token", PersonalAccessToken, Some(&["acme", "umbrella"]), false),
            connection("acme", Oauth, Some(&["acme"]), false),
        ];
        assert_eq!(
            way(&with_token, read, &organization("acme")),
            "acme",
            "a grant goes before a token"
        );
        assert_eq!(way(&with_token, read, &organization("umbrella")), "token");
        assert_eq!(way(&with_token, read, &organization("made since")), "try token");
        assert_eq!(way(&with_token, OperationId::GetProfile, &account), "token");
    }

    #[test]
    fn a_grant_for_some_projects_covers_those_and_their_branches_alone() {
        let place = |reference: &str, own: Option<&str>| Place {
            scope: Scope::Project(reference.to_owned()),
            own: own.map(str::to_owned),
            organization: Some("acme".to_owned()),
        };
        let mut limited = connection("limited", SignInMethod::Oauth, Some(&["acme"]), false);
        limited.0.limited_to = Some(["mill".to_owned()].into());
        assert_eq!(limited.covers(&place("mill", None)), Cover::Yes);
        assert_eq!(limited.covers(&place("mill", Some("branch"))), Cover::Yes);
        assert_eq!(limited.covers(&place("store", None)), Cover::No);
        let organization = Place::from(Scope::Organization("acme".to_owned()));
        assert_eq!(limited.covers(&organization), Cover::Yes);

        let alone = [limited];
        assert!(leaves_out(&alone, &place("store", None)));
        assert!(!leaves_out(&alone, &place("mill", None)) && !leaves_out(&alone, &organization));
        let said = not_connected(&alone, &place("store", None), false).to_string();
        assert_eq!(said, "None of your connections covers this project: connect it.");
        let token = connection("token", SignInMethod::PersonalAccessToken, Some(&["acme"]), false);
        let [limited] = alone;
        let both = [limited, token];
        assert!(!leaves_out(&both, &place("store", None)));
        assert_eq!(way(&both, OperationId::GetProject, &place("store", None)), "token");
        assert_eq!(way(&both, OperationId::GetProject, &place("mill", None)), "limited");
    }
}
