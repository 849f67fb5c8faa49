//! The end of sign-ins, here at once and at Supabase as soon as it can be reached.
//!
//! What is to be revoked lies sealed in the database first, so that neither a restart nor an outage of Supabase leaves a
//! grant behind: it is tried again for a day, at longer and longer intervals.

use std::{sync::Arc, time::Duration};

use futures::{StreamExt, future::join_all, stream};
use secrecy::SecretString;
use tokio::task::JoinHandle;

use super::{
    answer::Refusal,
    tokens::{Inner, TokenKeeper},
};
use crate::{
    error::Error,
    identity::AccountKey,
    store::{
        now,
        revocations::{Ending, Revocation},
    },
};

/// How often it is looked for revocations that are due.
const PACE: Duration = Duration::from_secs(10);
/// Grants revoked at once.
const AT_ONCE: usize = 4;

/// What has become of a grant that ended here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ended {
    /// Supabase could not be reached: it is asked again for a day.
    Later,
    /// It is a personal access token, which Supabase lets only its owner delete.
    Token,
    /// Supabase has ended it.
    Revoked,
    /// There was none, or Supabase had ended it.
    Nothing,
}

impl TokenKeeper {
    /// Signs the account out, in a task of its own: a browser that goes away leaves no grant behind.
    pub fn end(&self, account: AccountKey) -> JoinHandle<Ended> {
        let inner = self.0.clone();
        self.0.tasks.spawn(async move {
            inner.end(&account).await.unwrap_or_else(|error| {
                tracing::error!(%error, "a signed-out account could not be deleted");
                Ended::Later
            })
        })
    }

    /// Ends one connection of a sign-in, whose others go on.
    pub fn disconnect(&self, sign_in: AccountKey, key: AccountKey) -> JoinHandle<Ended> {
        let inner = self.0.clone();
        self.0.tasks.spawn(async move {
            match inner.store.disconnect(&sign_in, &key).await {
                Ok(ending) => inner.settle(ending).await,
                Err(error) => {
                    tracing::error!(%error, "a connection could not be ended");
                    Ended::Later
                }
            }
        })
    }

    /// Gives back a grant of somebody who was not let in.
    pub fn give_back(&self, refresh: SecretString) -> JoinHandle<Ended> {
        let inner = self.0.clone();
        self.0.tasks.spawn(async move { inner.give_back(refresh).await })
    }

    /// Works revocations off for ever: at the start all there are, then those that are due.
    pub async fn keep_revoking(self) {
        let mut by = i64::MAX;
        loop {
            self.work_off(by).await;
            tokio::time::sleep(PACE).await;
            by = now();
        }
    }

    /// Tries those that are due by then (Unix seconds).
    pub async fn work_off(&self, by: i64) {
        match self.0.store.due_revocations(by).await {
            Ok(due) => {
                stream::iter(due)
                    .for_each_concurrent(AT_ONCE, |revocation| async {
                        self.0.revoke(revocation).await;
                    })
                    .await;
            }
            Err(error) => tracing::warn!(%error, "revocations could not be read; trying again later"),
        }
    }
}

impl Inner {
    /// The row goes first, then the grant is revoked upstream: that this cannot be reached keeps nobody signed in.
    async fn end(self: &Arc<Self>, account: &AccountKey) -> Result<Ended, Error> {
        let mut endings = Vec::new();
        for key in self.store.keys_of(account).await? {
            endings.push(self.store.end_account(&key).await?);
        }
        let ended = join_all(endings.into_iter().map(|ending| self.settle(ending))).await;
        // What is worst is told: nobody is to take a grant for revoked that is not.
        Ok(ended.into_iter().min().unwrap_or(Ended::Nothing))
    }

    async fn settle(&self, ending: Ending) -> Ended {
        match ending {
            Ending::Grant(revocation) => self.revoke(revocation).await,
            Ending::Token => Ended::Token,
            Ending::Nothing => Ended::Nothing,
        }
    }

    pub(super) async fn give_back(&self, refresh: SecretString) -> Ended {
        match self.store.add_revocation(refresh.clone()).await {
            Ok(revocation) => self.revoke(revocation).await,
            Err(error) => {
                tracing::warn!(%error, "a revocation could not be kept; it is tried once");
                self.at_supabase(&refresh).await
            }
        }
    }

    async fn revoke(&self, Revocation { id, refresh }: Revocation) -> Ended {
        let ended = self.at_supabase(&refresh).await;
        if ended == Ended::Revoked
            && let Err(error) = self.store.revoked(&id).await
        {
            tracing::warn!(%error, "a grant was revoked, and will be once more");
        }
        ended
    }

    async fn at_supabase(&self, refresh: &SecretString) -> Ended {
        let Some(oauth) = &self.oauth else {
            tracing::warn!("a grant cannot be revoked without the OAuth app that it was given to");
            return Ended::Later;
        };
        match oauth.revoke(refresh).await {
            // What Supabase does not know any more has ended.
            Ok(()) | Err(Refusal::Grant) => Ended::Revoked,
            Err(error @ (Refusal::App(_) | Refusal::Unavailable(_))) => {
                tracing::warn!(%error, "a grant could not be revoked at Supabase; trying again later");
                Ended::Later
            }
        }
    }
}
