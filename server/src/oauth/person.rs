//! Person: who it is that signed in, as far as Supabase tells.
//!
//! `GET /v1/profile` declares no scope, and grants and tokens of one organization may be refused there. So who somebody is
//! does not depend on it: where it is refused for good the sign-in itself stands for its person.

use app::{backend::SignInMethod, error::ConsoleError};
use management_api::{organizations::Organization, profile::Profile};

use crate::{
    identity::{AccountKey, Known, Person, PersonId},
    store::{crypto::hashed, people::by_profile},
};

/// Whoever signed in under `key`. `organizations`: those that the tokens list, where they do.
pub fn of(
    key: &AccountKey,
    method: SignInMethod,
    profile: Result<Profile, ConsoleError>,
    organizations: Option<&[Organization]>,
) -> Person {
    let nobody = Person {
        id: PersonId::from(hashed(key.as_str())),
        email: None,
        username: None,
        label: None,
        method,
        known: Known::NotYet,
    };
    match profile {
        Ok(Profile {
            gotrue_id,
            primary_email,
            username,
        }) => Person {
            id: by_profile(&gotrue_id),
            email: Some(primary_email),
            username: Some(username).filter(|name| !name.is_empty()),
            known: Known::Profile,
            ..nobody
        },
        Err(error) if is_for_good(&error) => Person {
            label: Some(label(&nobody.id, organizations)),
            known: Known::SignIn,
            ..nobody
        },
        Err(error) => {
            tracing::warn!(%error, "Supabase did not tell who signed in; it is asked again before anything is changed");
            nobody
        }
    }
}

/// Whether asking again would bring the same answer.
pub fn is_for_good(error: &ConsoleError) -> bool {
    match error {
        ConsoleError::Reconnect
        | ConsoleError::Forbidden { .. }
        | ConsoleError::PlanLimit { .. }
        | ConsoleError::NotConnected { .. }
        | ConsoleError::Refused { status: 401, .. }
        | ConsoleError::NotFound => true,
        ConsoleError::SignedOut
        | ConsoleError::Refused { .. }
        | ConsoleError::RateLimited { .. }
        | ConsoleError::Upstream { .. }
        | ConsoleError::Uncertain { .. }
        | ConsoleError::Unreachable { .. }
        | ConsoleError::Renewing { .. }
        | ConsoleError::Unreadable { .. }
        | ConsoleError::Invalid { .. }
        | ConsoleError::Unconfirmed { .. }
        | ConsoleError::Busy
        | ConsoleError::Unidentified
        | ConsoleError::Internal { .. } => false,
    }
}

/// What such a person is called, so that two of them are told apart.
fn label(id: &PersonId, organizations: Option<&[Organization]>) -> String {
    let mark: String = id.as_str().chars().take(4).collect();
    match organizations.and_then(<[Organization]>::first) {
        Some(Organization { name, .. }) => {
            let name: String = name.chars().filter(|c| !c.is_control()).take(80).collect();
            format!("someone at {name} (sign-in {mark})")
        }
        None => format!("someone (sign-in {mark})"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> AccountKey {
        AccountKey::from("k".to_owned())
    }

    fn told(profile: Result<Profile, ConsoleError>) -> Person {
        of(&key(), SignInMethod::Oauth, profile, None)
    }

    fn profile(gotrue_id: &str, email: &str) -> Person {
        told(Ok(Profile {
            gotrue_id: gotrue_id.to_owned(),
            primary_email: email.to_owned(),
            username: String::new(),
        }))
    }

    #[test]
    fn a_person_is_their_profile_and_not_their_address() {
        assert_eq!(profile("1", "ada@example.com").id, profile("1", "ada@example.org").id);
        assert_ne!(profile("1", "ada@example.com").id, profile("2", "ada@example.com").id);
        assert!(profile("1", "ada@example.com").is_identified());
    }

    #[test]
    fn whoever_may_not_read_their_profile_is_known_by_the_sign_in() {
        for refused in [
            ConsoleError::Reconnect,
            ConsoleError::NotFound,
            ConsoleError::Forbidden {
                permissions: Vec::new(),
                roles: None,
                token: false,
                scope: None,
                message: String::new(),
            },
        ] {
            let person = told(Err(refused));
            assert!(person.is_identified());
            let mark = &person.id.as_str()[..4];
            assert_eq!(person.label, Some(format!("someone (sign-in {mark})")));
        }
        let acme =
            [serde_json::from_value(serde_json::json!({ "id": "1", "slug": "acme", "name": "Acme\n" })).unwrap()];
        let label = label(&PersonId::from("3f2a00".to_owned()), Some(&acme));
        assert_eq!(label, "someone at Acme (sign-in 3f2a)");
    }

    #[test]
    fn whoever_could_not_be_asked_about_is_nobody_yet() {
        let person = told(Err(ConsoleError::Unreachable { message: String::new() }));
        assert_eq!(person.known, Known::NotYet);
        assert!(!person.is_identified());
    }
}
