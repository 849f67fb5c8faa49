//! The sign-in that a browser had before the one that is being made.

use app::backend::SignInMethod;

use crate::{
    identity::{AccountKey, Known, Person},
    responses::Unavailable,
    state,
    store::accounts::Details,
};

/// Ends the sign-in that this browser had before.
pub(super) async fn end_before(
    shared: &state::State,
    before: AccountKey,
    person: &Person,
    details: &Details,
) -> Result<(), Unavailable> {
    for one in shared.store.connections_of(&before).await? {
        if may_be_one_grant(&one.person, Some(&one.details), person, details) {
            shared.store.delete_account(&one.key).await?;
        }
    }
    shared.keeper.end(before);
    Ok(())
}

/// Whether the grant of before and the new one may be the same one at Supabase. A grant is of one app, one person and one
/// organization, and whether giving it anew leaves the older tokens alive is not documented: revoking those could then end
/// the tokens just received. In doubt the old ones are forgotten; grants that are surely two are told apart and the first
/// is revoked.
fn may_be_one_grant(before: &Person, kept: Option<&Details>, person: &Person, details: &Details) -> bool {
    let by_app = |person: &Person| match person.method {
        SignInMethod::Oauth => true,
        SignInMethod::PersonalAccessToken => false,
    };
    let two_people = before.known == Known::Profile && person.known == Known::Profile && before.id != person.id;
    let organizations = |details: Option<&Details>| details.and_then(|details| details.organizations.clone());
    let two_places = match (organizations(kept), organizations(Some(details))) {
        (Some(before), Some(now)) => !before.iter().any(|slug| now.contains(slug)),
        (None, _) | (_, None) => false,
    };
    by_app(before) && by_app(person) && !two_people && !two_places
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::PersonId;

    fn person(id: &str, method: SignInMethod, known: Known) -> Person {
        Person {
            id: PersonId::from(id.to_owned()),
            email: None,
            username: None,
            label: None,
            method,
            known,
        }
    }

    fn details(organizations: Option<&[&str]>) -> Details {
        Details {
            organizations: organizations.map(|slugs| slugs.iter().map(|slug| (*slug).to_owned()).collect()),
            ..Details::default()
        }
    }

    #[test]
    fn only_grants_that_are_surely_two_are_told_apart() {
        use SignInMethod::{Oauth, PersonalAccessToken};
        let ada = || person("ada", Oauth, Known::Profile);
        for (before, organizations, one) in [
            (ada(), Some(&["acme"][..]), true),
            (ada(), Some(&["acme", "globex"]), true),
            (ada(), None, true),
            (ada(), Some(&["globex"]), false),
            (person("grace", Oauth, Known::Profile), Some(&["acme"]), false),
            // Who it was is not known, so they may be the same.
            (person("x", Oauth, Known::SignIn), Some(&["acme"]), true),
            (person("x", Oauth, Known::SignIn), Some(&["globex"]), false),
            (
                person("ada", PersonalAccessToken, Known::Profile),
                Some(&["acme"]),
                false,
            ),
        ] {
            let kept = details(organizations);
            let found = may_be_one_grant(&before, Some(&kept), &ada(), &details(Some(&["acme"])));
            assert_eq!(found, one, "{before:?}");
        }
    }
}
