//! The call stack: the one way from Steward to the Management API, whoever is calling.

mod audit;
mod blot;
mod budget;
mod call;
mod coalesce;
mod concurrency;
mod connect;
mod cut;
mod digest;
mod files;
mod intent;
mod layer;
mod measure;
mod passage;
mod place;
mod refusal;
mod retry;
mod sentence;
#[cfg(test)]
pub(crate) mod tests;
mod token;
mod transport;

use std::{sync::Arc, time::Duration};

use app::error::ConsoleError;
use futures::future::BoxFuture;
use management_api::Effect;
use secrecy::SecretString;
use tokio_util::task::TaskTracker;
use tower::{ServiceBuilder, ServiceExt};
use tracing::Instrument;
use url::Url;

use self::layer::Stacked;
use crate::{
    audit_log::AuditLog, connections::Connections, directory::Directory, identity::AccountKey, instances::Instances,
    metrics::Metrics, request_id::RequestId, store::budget::Shares,
};

pub use call::{Answer, Call, Failure, Rate, Refused, Source};
pub use concurrency::Turns;
pub use files::{Ended, FileSender, files};
pub use passage::passage;
pub use refusal::secrets;
pub use transport::{address, causes, http_client};

/// Where the token layer gets access tokens from.
pub trait Tokens: Send + Sync + 'static {
    /// A token to call with, refreshed ahead of its expiry; once for all who wait.
    fn current(&self, account: &AccountKey) -> BoxFuture<'_, Result<SecretString, ConsoleError>>;

    /// A token newer than `refused`, which upstream answered with 401; [`ConsoleError::Reconnect`] if there is none.
    fn renewed(
        &self,
        account: &AccountKey,
        refused: &SecretString,
    ) -> BoxFuture<'_, Result<SecretString, ConsoleError>>;
}

/// How the stack is set up.
#[derive(Clone, Debug)]
pub struct StackSettings {
    /// The API's origin, such as `https://api.supabase.com`.
    pub api_url: Url,
    /// From [`http_client`]; time-outs beyond that for connecting are the stack's.
    pub http: reqwest::Client,
    /// How long a call may take; for reads with all their retries.
    pub total: Duration,
    /// How long a call may take whose files come in meanwhile, or whose answer goes on meanwhile.
    pub files: Duration,
    /// Bytes of one answer, at most.
    pub answer_bytes: usize,
    /// How long an answer may be given again.
    pub keep: Duration,
    /// Bytes of all kept answers, at most.
    pub cache_bytes: u64,
    /// How many calls are under way at once.
    pub turns: Turns,
    /// Where it is kept what belongs to what; without it a call belongs to what its request tells.
    pub directory: Option<Directory>,
    /// Through what people reach Supabase; without it a call goes by its caller's own account.
    pub connections: Option<Connections>,
    /// Whose writes make old what is kept, beside those of this stack; by itself there are no others.
    pub instances: Instances,
    /// Where instances take shares of upstream's limits from; `None`: there is only this one.
    pub shares: Option<Arc<dyn Shares>>,
    /// Where calls are counted.
    pub metrics: Metrics,
}

impl StackSettings {
    /// The usual settings. Fails where the HTTP client cannot be made, for instance without root certificates.
    pub fn new(api_url: Url) -> Result<Self, reqwest::Error> {
        let total = Duration::from_secs(20);
        Ok(Self {
            http: http_client(&api_url)?,
            api_url,
            total,
            // Twenty megabytes over a line of a megabit a second, and then the bundler.
            files: Duration::from_secs(300),
            answer_bytes: 10 * 1024 * 1024,
            keep: Duration::from_secs(5),
            cache_bytes: 64 * 1024 * 1024,
            turns: Turns {
                // Supabase counts 120 calls a minute for each endpoint of each project, so a page that asks many projects
                // for one thing is no burden to any of them; a quarter of all turns is what one person can hold up others by.
                person: 24,
                all: 96,
                // By then whatever stood before it has ended, and those behind that have had their chance.
                patience: total,
            },
            directory: None,
            connections: None,
            instances: Instances::default(),
            shares: None,
            metrics: Metrics::default(),
        })
    }
}

/// The stack; clones share cache and budget.
#[derive(Clone)]
pub struct CallStack {
    service: Stacked,
    under_way: TaskTracker,
}

impl CallStack {
    pub fn new(settings: StackSettings, tokens: Arc<dyn Tokens>, audit: Arc<dyn AuditLog>) -> Self {
        let service = ServiceBuilder::new()
            .layer(place::layer(settings.directory.clone()))
            .layer(connect::layer(settings.connections.clone(), settings.directory.clone()))
            .layer(audit::layer(
                audit,
                settings.directory.clone(),
                settings.metrics.clone(),
            ))
            .layer(place::learning(settings.directory.clone()))
            .layer(coalesce::layer(
                settings.keep,
                settings.cache_bytes,
                settings.instances.clone(),
                settings.metrics.clone(),
            ))
            .layer(measure::layer(settings.metrics.clone()))
            .layer(refusal::layer())
            .layer(budget::layer(settings.shares.clone()))
            .layer(concurrency::layer(settings.turns))
            .layer(retry::layer(settings.total))
            .layer(token::layer(tokens))
            .service(transport::service(settings));
        Self {
            service,
            under_way: TaskTracker::new(),
        }
    }

    /// Makes the call. It runs to its end even if the caller goes away: a write has its outcome recorded, and others
    /// who wait for the same read get their answer.
    pub async fn send(&self, call: Call) -> Result<Answer, ConsoleError> {
        self.ask(call).await.map_err(|failure| failure.error)
    }

    /// Like [`Self::send`], with what upstream itself said of a refusal.
    pub async fn ask(&self, call: Call) -> Result<Answer, Failure> {
        let effect = call.request.id.row().effect;
        let span = tracing::info_span!(
            "call",
            request_id = call.caller.request.as_ref().map(RequestId::as_str),
            operation = %call.request.id,
            person = %call.caller.person
        );
        match self
            .under_way
            .spawn(self.service.clone().oneshot(call).instrument(span))
            .await
        {
            Ok(result) => result,
            Err(error) => {
                tracing::error!(%error, "a call ended in a panic or with the server");
                Err(Failure::sent(match effect {
                    Effect::Read => ConsoleError::Internal {
                        message: "The call was broken off. Try again.".to_owned(),
                    },
                    Effect::Write | Effect::Costly | Effect::Destructive => ConsoleError::Uncertain {
                        status: None,
                        message: "Steward broke off before the answer came.".to_owned(),
                        event: None,
                    },
                }))
            }
        }
    }

    /// Waits until no call is under way, not even one whose caller has gone: for the server's end.
    pub async fn idle(&self) {
        self.under_way.close();
        self.under_way.wait().await;
    }
}
