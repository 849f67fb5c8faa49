//! TokenKeeper: gives out access tokens, and refreshes each grant once for all who wait, here and on other instances.

use std::{
    collections::HashMap,
    ops::Range,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use app::error::ConsoleError;
use futures::{
    FutureExt,
    future::{BoxFuture, Shared},
};
use secrecy::{ExposeSecret, SecretString};
use tokio::time::{Instant, sleep};
use tokio_util::task::TaskTracker;

use super::{
    answer::Refusal,
    client::{self, OauthClient},
};
use crate::{
    error::Error,
    identity::AccountKey,
    metrics::{Metrics, Refreshed},
    stack::Tokens,
    store::{
        Store,
        crypto::random_id,
        now,
        tokens::{StoredTokens, TokenSet},
    },
};

/// Seconds before its end from which on an access token is replaced in the background.
const AHEAD: i64 = 60;
/// Seconds before its end from which on an access token is no longer used: the call takes time too.
const TOO_LATE: i64 = 5;
/// Seconds a lease holds: longer than the token endpoint may take, so that it never ends during a refresh.
const LEASE: i64 = client::PATIENCE.as_secs() as i64 + 20;
/// Seconds that a lease still holds from when its holder should have ended to when it is worth while to wait for its end:
/// whoever was killed cannot give it back.
const OVERDUE: Range<i64> = 5..LEASE - client::PATIENCE.as_secs() as i64 - 2;
/// How long it is tried to write down what was refreshed.
const SAVING: Duration = Duration::from_secs(120);

type Flight = Shared<BoxFuture<'static, Result<SecretString, ConsoleError>>>;

/// Cloning is cheap; clones share the refreshes under way.
#[derive(Clone)]
pub struct TokenKeeper(pub(super) Arc<Inner>);

pub(super) struct Inner {
    pub(super) store: Store,
    /// `None`: people sign in with personal access tokens only.
    pub(super) oauth: Option<Arc<OauthClient>>,
    metrics: Metrics,
    flights: Mutex<HashMap<AccountKey, Flight>>,
    /// What must come to its end though nobody may be waiting for it.
    pub(super) tasks: TaskTracker,
}

impl TokenKeeper {
    pub fn new(store: Store, oauth: Option<Arc<OauthClient>>, metrics: Metrics) -> Self {
        Self(Arc::new(Inner {
            store,
            oauth,
            metrics,
            flights: Mutex::default(),
            tasks: TaskTracker::new(),
        }))
    }

    /// Waits until no refresh and no sign-out is under way: for the server's end.
    pub async fn idle(&self) {
        self.0.tasks.close();
        self.0.tasks.wait().await;
    }

    async fn give_current(&self, account: AccountKey) -> Result<SecretString, ConsoleError> {
        let StoredTokens { tokens, .. } = self.0.living(&account).await?;
        let left = tokens.access_expires_at.map_or(i64::MAX, |end| end - now());
        if left > AHEAD || tokens.refresh.is_none() {
            return Ok(tokens.access);
        }
        let refresh = self.refresh(&account, &tokens.access);
        // While the old one lasts nobody has to wait for the new one, nor to notice that upstream is away.
        if left > TOO_LATE {
            Ok(tokens.access)
        } else {
            refresh.await
        }
    }

    async fn give_renewed(&self, account: AccountKey, refused: SecretString) -> Result<SecretString, ConsoleError> {
        let StoredTokens { tokens, .. } = self.0.living(&account).await?;
        if same(&tokens.access, &refused) {
            self.refresh(&account, &refused).await
        } else {
            Ok(tokens.access)
        }
    }

    /// The refresh under way, or a new one. It runs as a task of its own: that nobody waits any more must not lose a
    /// rotated token.
    fn refresh(&self, account: &AccountKey, stale: &SecretString) -> Flight {
        let mut flights = self.0.flights.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(flight) = flights.get(account) {
            return flight.clone();
        }
        let (inner, account, stale) = (self.0.clone(), account.clone(), stale.clone());
        let landing = Landing {
            inner: inner.clone(),
            account: account.clone(),
        };
        let task = self.0.tasks.spawn({
            let account = account.clone();
            async move {
                let _landing = landing;
                inner.replace(&account, &stale).await
            }
        });
        let flight = async move {
            task.await.unwrap_or_else(|error| {
                tracing::error!(%error, "a refresh broke off");
                Err(ConsoleError::Internal {
                    message: "The sign-in could not be renewed. Try again.".to_owned(),
                })
            })
        }
        .boxed()
        .shared();
        flights.insert(account, flight.clone());
        flight
    }
}

/// Takes the flight off the list when its task ends, however it ends.
struct Landing {
    inner: Arc<Inner>,
    account: AccountKey,
}

impl Drop for Landing {
    fn drop(&mut self) {
        self.inner
            .flights
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(&self.account);
    }
}

impl Inner {
    /// The account's tokens, if it is signed in and its grant alive.
    async fn living(&self, account: &AccountKey) -> Result<StoredTokens, ConsoleError> {
        let stored = self
            .store
            .tokens(account)
            .await
            .map_err(internal)?
            .ok_or(ConsoleError::SignedOut)?;
        if stored.dead {
            Err(ConsoleError::Reconnect)
        } else {
            Ok(stored)
        }
    }

    /// An access token other than `stale`: another instance's, or a fresh one, saved before anybody sees it.
    async fn replace(&self, account: &AccountKey, stale: &SecretString) -> Result<SecretString, ConsoleError> {
        let holder = random_id();
        let patience = Instant::now() + client::PATIENCE;
        loop {
            let stored = self.living(account).await?;
            if !same(&stored.tokens.access, stale) {
                return Ok(stored.tokens.access);
            }
            if self.store.take_lease(account, &holder, LEASE).await.map_err(internal)? {
                break;
            }
            let ends_in = self.store.lease_ends_in(account).await.map_err(internal)?;
            if OVERDUE.contains(&ends_in) || Instant::now() > patience {
                let seconds = u32::try_from(ends_in).unwrap_or_default().max(1);
                return Err(ConsoleError::Renewing { seconds });
            }
            sleep(Duration::from_millis(100)).await;
        }
        let outcome = self.replace_under_lease(account, stale).await;
        if let Err(error) = self.store.release_lease(account, &holder).await {
            tracing::warn!(%error, "a lease could not be given back; trying again until it ends by itself");
            tokio::spawn(give_back(self.store.clone(), account.clone(), holder));
        }
        outcome
    }

    async fn replace_under_lease(
        &self,
        account: &AccountKey,
        stale: &SecretString,
    ) -> Result<SecretString, ConsoleError> {
        // Read again: the lease may have come from somebody who has just refreshed.
        let stored = self.living(account).await?;
        if !same(&stored.tokens.access, stale) {
            return Ok(stored.tokens.access);
        }
        let (Some(oauth), Some(refresh)) = (&self.oauth, &stored.tokens.refresh) else {
            self.store.mark_dead(account, stored.revision).await.map_err(internal)?;
            return Err(ConsoleError::Reconnect);
        };
        let answer = oauth.refresh(refresh).await;
        self.metrics.refreshed(match &answer {
            Ok(_) => Refreshed::Done,
            Err(Refusal::Grant) => Refreshed::Dead,
            Err(Refusal::App(_)) => Refreshed::App,
            Err(Refusal::Unavailable(_)) => Refreshed::Failed,
        });
        match answer {
            Ok(tokens) => self.keep(account, stored.revision, tokens).await,
            Err(Refusal::Grant) => {
                self.store.mark_dead(account, stored.revision).await.map_err(internal)?;
                // One that was frozen beyond the end of its lease asks with what another has used since.
                match self.living(account).await {
                    Ok(newer) => Ok(newer.tokens.access),
                    Err(error) => {
                        tracing::info!(%account, "Supabase no longer accepts this grant");
                        Err(error)
                    }
                }
            }
            Err(error @ Refusal::App(_)) => {
                tracing::error!(%error, "no token can be refreshed: check SUPABASE_CLIENT_ID and SUPABASE_CLIENT_SECRET");
                let message =
                    "Supabase does not accept Steward\u{2019}s OAuth app. Ask whoever runs this Steward.".to_owned();
                Err(ConsoleError::Internal { message })
            }
            Err(error @ Refusal::Unavailable(_)) => {
                tracing::warn!(%error, "a token could not be refreshed");
                let message = "The sign-in could not be renewed. Try again in a moment.".to_owned();
                Err(ConsoleError::Unreachable { message })
            }
        }
    }

    /// Saves what upstream has already rotated to, so a database that is busy or away is asked again and again: nobody else
    /// has these tokens.
    async fn keep(&self, account: &AccountKey, revision: i64, tokens: TokenSet) -> Result<SecretString, ConsoleError> {
        let patience = Instant::now() + SAVING;
        let saved = loop {
            match self.store.save_tokens(account, revision, &tokens).await {
                Ok(saved) => break saved,
                Err(error) if Instant::now() < patience => {
                    tracing::warn!(%error, "refreshed tokens could not be saved; trying again");
                    sleep(Duration::from_millis(500)).await;
                }
                Err(error) => return Err(internal(error)),
            }
        };
        if saved {
            return Ok(tokens.access);
        }
        match self.living(account).await {
            // Signed out during the refresh, which revoked the older token only.
            Err(error) => {
                if let Some(refresh) = &tokens.refresh {
                    self.give_back(refresh.clone()).await;
                }
                Err(error)
            }
            Ok(newer) => Ok(newer.tokens.access),
        }
    }
}

/// Gives a lease back as soon as the database takes it: while it lasts nobody renews these tokens.
async fn give_back(store: Store, account: AccountKey, holder: String) {
    let ends = Instant::now() + Duration::from_secs(LEASE.unsigned_abs());
    while Instant::now() < ends {
        sleep(Duration::from_millis(500)).await;
        if store.release_lease(&account, &holder).await.is_ok() {
            return;
        }
    }
}

impl Tokens for TokenKeeper {
    fn current(&self, account: &AccountKey) -> BoxFuture<'_, Result<SecretString, ConsoleError>> {
        self.give_current(account.clone()).boxed()
    }

    fn renewed(
        &self,
        account: &AccountKey,
        refused: &SecretString,
    ) -> BoxFuture<'_, Result<SecretString, ConsoleError>> {
        self.give_renewed(account.clone(), refused.clone()).boxed()
    }
}

fn same(one: &SecretString, other: &SecretString) -> bool {
    one.expose_secret() == other.expose_secret()
}

/// The person is told that Steward failed; the log is told why.
fn internal(error: Error) -> ConsoleError {
    tracing::error!(%error, "tokens could not be read or written");
    ConsoleError::Internal {
        message: "Its database failed. Try again in a moment.".to_owned(),
    }
}
