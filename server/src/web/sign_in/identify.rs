//! Who somebody is, asked again where Supabase did not tell it at the sign-in.

use std::time::Duration;

use app::error::ConsoleError;
use management_api::{Operation, organizations::ListOrganizations, profile::GetProfile};

use crate::{
    calls,
    error::Error,
    identity::{AccountKey, Known, Person, SignedIn},
    oauth::person,
    state::State,
};

/// How long a form waits until it is known whose it is.
const PATIENCE: Duration = Duration::from_secs(5);

/// Asks again who somebody is, where that is not known yet, and keeps it.
///
/// # Errors
/// The database's alone: whoever cannot be known now stays as they are.
pub async fn settle(shared: &State, signed_in: &mut SignedIn) -> Result<(), Error> {
    let SignedIn {
        account,
        person: before,
        scopes: _,
        request: _,
    } = &*signed_in;
    let profile = ask(shared, signed_in, GetProfile {}).await;
    let organizations = match &profile {
        Err(error) if person::is_for_good(error) => ask(shared, signed_in, ListOrganizations {}).await.ok(),
        Ok(_) | Err(_) => None,
    };
    let known = person::of(account, before.method, profile, organizations.as_deref());
    match known.known {
        Known::NotYet => return Ok(()),
        Known::Profile | Known::SignIn => {}
    }
    keep_names(shared, &known).await?;
    shared.store.name_account(account, &known).await?;
    signed_in.person = known;
    Ok(())
}

/// Somebody who was known by their sign-in alone, whose later token tells who they are. What they did until then becomes
/// theirs in the audit.
pub async fn become_known(shared: &State, sign_in: &AccountKey, before: &Person, known: Person) -> Result<(), Error> {
    keep_names(shared, &known).await?;
    shared.store.join_people(&before.id, &known.id).await?;
    let person = Person {
        method: before.method,
        ..known
    };
    shared.store.name_account(sign_in, &person).await
}

/// What stands in the audit under the person's address of before becomes theirs.
pub async fn keep_names(shared: &State, person: &Person) -> Result<(), Error> {
    match (&person.known, &person.email) {
        (Known::Profile, Some(email)) => shared.store.take_alias(&person.id, email).await,
        (Known::Profile, None) | (Known::NotYet | Known::SignIn, _) => Ok(()),
    }
}

async fn ask<O: Operation>(shared: &State, signed_in: &SignedIn, operation: O) -> Result<O::Output, ConsoleError> {
    match tokio::time::timeout(PATIENCE, calls::read(shared, signed_in, &operation)).await {
        Ok(answer) => answer,
        Err(_) => Err(ConsoleError::Unreachable {
            message: "It gave no answer in time.".to_owned(),
        }),
    }
}
