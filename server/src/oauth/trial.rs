//! Trial: what somebody's tokens open, found out before anything of them is stored.
//!
//! A trial has a call stack of its own. Its tokens lie in memory and go with it; nobody's calls wait behind those of people
//! who have yet to be let in; and nothing of it stands in the audit, which strangers could fill otherwise.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use app::{
    backend::{SignInMethod, read},
    error::ConsoleError,
};
use futures::{FutureExt, future::BoxFuture};
use management_api::{
    Operation, Request,
    organizations::{ListOrganizations, Organization},
    profile::{GetProfile, Profile},
};
use secrecy::SecretString;

use super::person;
use crate::{
    audit_log::{AuditId, AuditLog, End, Intent},
    identity::{AccountKey, Caller, Identity, Person, PersonId, Through},
    request_id::RequestId,
    stack::{Call, CallStack, StackSettings, Tokens, Turns},
    store::{
        crypto::{hashed, random_id},
        tokens::TokenSet,
    },
};

/// How long somebody waits for what is asked before they are let in.
const PATIENCE: Duration = Duration::from_secs(5);
/// Trials' calls under way at once.
const AT_ONCE: usize = 16;

/// Where tokens are tried.
pub struct Trials {
    stack: CallStack,
    candidates: Candidates,
}

/// What came of a trial.
pub struct Tried {
    /// The key that the account will have.
    pub key: AccountKey,
    pub person: Person,
    /// The organizations that the tokens list, or why they could not be asked for.
    pub organizations: Result<Vec<Organization>, ConsoleError>,
}

impl Trials {
    /// `settings`: those of the console's own stack, but for how many calls there are at once.
    pub fn new(settings: StackSettings) -> Self {
        let candidates = Candidates::default();
        let settings = StackSettings {
            turns: Turns {
                person: 2,
                all: AT_ONCE,
                patience: PATIENCE,
            },
            // Nothing is asked for twice.
            cache_bytes: 1024 * 1024,
            connections: None,
            ..settings
        };
        Self {
            stack: CallStack::new(settings, Arc::new(candidates.clone()), Arc::new(Unwritten)),
            candidates,
        }
    }

    /// Asks whose the tokens are and which organizations they open.
    pub async fn try_out(&self, method: SignInMethod, tokens: &TokenSet) -> Tried {
        let key = AccountKey::from(random_id());
        let _candidate = self.candidates.hold(&key, tokens.access.clone());
        let id = PersonId::from(hashed(key.as_str()));
        let caller = Caller {
            account: key.clone(),
            person: id.clone(),
            email: None,
            label: "someone".to_owned(),
            identified: false,
            identity: match method {
                SignInMethod::Oauth => Identity::App,
                SignInMethod::PersonalAccessToken => Identity::Person(id),
            },
            through: Through::Console,
            request: RequestId::current(),
        };
        let (profile, organizations): (Result<Profile, _>, _) = futures::join!(
            self.ask(caller.clone(), GetProfile {}),
            self.ask(caller, ListOrganizations {})
        );
        Tried {
            person: person::of(&key, method, profile, organizations.as_deref().ok()),
            key,
            organizations,
        }
    }

    async fn ask<O: Operation>(&self, caller: Caller, operation: O) -> Result<O::Output, ConsoleError> {
        let request = Request::of(&operation)?;
        let answer = tokio::time::timeout(PATIENCE, self.stack.send(Call::new(caller, request)));
        let answer = answer.await.unwrap_or_else(|_| {
            Err(ConsoleError::Unreachable {
                message: "It gave no answer in time.".to_owned(),
            })
        })?;
        read::<O>(&answer.body)
    }
}

/// The tokens on trial, by the keys that their accounts will have.
#[derive(Clone, Default)]
struct Candidates(Arc<Mutex<HashMap<AccountKey, SecretString>>>);

impl Candidates {
    fn hold(&self, key: &AccountKey, access: SecretString) -> Held {
        // A panic in between leaves a map that is right.
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.insert(key.clone(), access);
        Held {
            candidates: self.clone(),
            key: key.clone(),
        }
    }
}

/// Lets go of the tokens when the trial ends, however it ends.
struct Held {
    candidates: Candidates,
    key: AccountKey,
}

impl Drop for Held {
    fn drop(&mut self) {
        let mut held = self.candidates.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.remove(&self.key);
    }
}

impl Tokens for Candidates {
    fn current(&self, account: &AccountKey) -> BoxFuture<'_, Result<SecretString, ConsoleError>> {
        let held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // Whoever's browser has gone meanwhile is on trial no longer.
        let token = held.get(account).cloned().ok_or(ConsoleError::SignedOut);
        async move { token }.boxed()
    }

    /// Tokens that are refused at once are not worth refreshing.
    fn renewed(&self, _: &AccountKey, _: &SecretString) -> BoxFuture<'_, Result<SecretString, ConsoleError>> {
        async { Err(ConsoleError::Reconnect) }.boxed()
    }
}

/// The audit of calls that it does not hold: reads alone, by people who are nobody here yet.
struct Unwritten;

impl AuditLog for Unwritten {
    fn begin(&self, _: Intent) -> BoxFuture<'_, Result<AuditId, ConsoleError>> {
        async {
            Err(ConsoleError::Internal {
                message: "Nothing is changed before somebody is signed in.".to_owned(),
            })
        }
        .boxed()
    }

    fn finish(&self, _: AuditId, _: End) -> BoxFuture<'_, ()> {
        async {}.boxed()
    }

    fn read(&self, _: Intent, _: End) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn tokens_on_trial_go_with_it() {
        let candidates = Candidates::default();
        let key = AccountKey::from("a".to_owned());
        let held = candidates.hold(&key, "secret".into());
        assert!(candidates.current(&key).await.is_ok());
        assert!(matches!(
            candidates.renewed(&key, &"secret".into()).await,
            Err(ConsoleError::Reconnect)
        ));
        drop(held);
        assert!(matches!(candidates.current(&key).await, Err(ConsoleError::SignedOut)));
    }
}
