//! Instances: those that share one PostgreSQL tell each other what they change, so that what each of them keeps is never
//! older than that; and one of them leads: it does the timed work of all. On SQLite there is one, and none of this.

mod change;
mod link;
mod roll;
#[cfg(test)]
mod tests;

use std::{
    fmt,
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};

use tokio::{
    sync::{oneshot, watch},
    time::{sleep, timeout},
};
use tokio_util::task::AbortOnDropHandle;

pub use self::change::Change;
use self::{
    change::Note,
    link::{Ends, Link},
};
use crate::{
    metrics::Metrics,
    store::{Store, crypto::random_id, sql::Dialect},
};

/// Where all instances of one database are told, and tell.
const CHANNEL: &str = "steward";
/// How long whoever has changed something waits until the others can hear of it. It is told all the same.
const TELLING: Duration = Duration::from_millis(500);
/// How often it is tried to tell others, and how long until the next time.
const TRIES: u32 = 5;
const AGAIN: Duration = Duration::from_secs(1);
/// How long a start waits for the link, and timed work for the answer whether this instance still leads.
const PATIENCE: Duration = Duration::from_secs(5);

type Keeper = Box<dyn Fn(&Change) + Send + Sync>;

/// This instance and the others. Cloning is cheap; clones are the same instance.
#[derive(Clone, Default)]
pub struct Instances {
    keepers: Arc<Keepers>,
    /// `None`: there are no others.
    others: Option<Others>,
}

/// Those that keep something which a change makes old.
#[derive(Default)]
struct Keepers(RwLock<Vec<Keeper>>);

impl Keepers {
    fn hear(&self, change: &Change) {
        let keepers = self.0.read().unwrap_or_else(PoisonError::into_inner);
        keepers.iter().for_each(|keeper| keeper(change));
    }
}

#[derive(Clone)]
struct Others {
    id: Arc<str>,
    store: Store,
    metrics: Metrics,
    ends: Ends,
    link: Arc<AbortOnDropHandle<()>>,
}

impl fmt::Debug for Instances {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let id = self.others.as_ref().map(|others| &others.id);
        f.debug_struct("Instances").field("id", &id).finish_non_exhaustive()
    }
}

impl Instances {
    /// Those on this database. Made within a Tokio runtime; on PostgreSQL it keeps a task and a connection there.
    pub fn of(store: &Store, metrics: &Metrics) -> Self {
        let keepers = Arc::<Keepers>::default();
        if store.pool.dialect() == Dialect::Sqlite {
            metrics.linked(true);
            metrics.leads(true);
            return Self { keepers, others: None };
        }
        let id: Arc<str> = random_id().into();
        let (link, ends) = Link::new(id.clone(), store.clone(), metrics.clone(), keepers.clone());
        let others = Others {
            id,
            store: store.clone(),
            metrics: metrics.clone(),
            ends,
            link: Arc::new(AbortOnDropHandle::new(tokio::spawn(link.keep()))),
        };
        Self {
            keepers,
            others: Some(others),
        }
    }

    /// Lets whoever keeps something know, from now on, of each change of any instance, this one included. `keeper` must not wait.
    pub fn on_change(&self, keeper: impl Fn(&Change) + Send + Sync + 'static) {
        let mut keepers = self.keepers.0.write().unwrap_or_else(PoisonError::into_inner);
        keepers.push(Box::new(keeper));
    }

    /// Tells here at once, and others behind the caller's back, that something changes.
    pub fn announce(&self, change: &Change) {
        self.keepers.hear(change);
        // ok: nobody waits for it.
        let _ = self.send(change);
    }

    /// The same, and waits until the others can hear of it: what its caller answers is seen on every instance. That they
    /// cannot be told is logged and counted, and is no failure of what was done.
    pub async fn tell(&self, change: &Change) {
        self.keepers.hear(change);
        let Some(sent) = self.send(change) else { return };
        if timeout(TELLING, sent).await.is_err() {
            tracing::warn!("the database takes long to tell other instances of a change");
        }
    }

    /// In a task of its own, so that it is sent though its caller goes away; `None` where there is nobody to be told.
    fn send(&self, change: &Change) -> Option<impl Future<Output = ()> + use<>> {
        let others = self.others.clone()?;
        // ok: without a runtime the process is at its end.
        let runtime = tokio::runtime::Handle::try_current().ok()?;
        let change = change.clone();
        let sending = runtime.spawn(async move {
            for tried in 1..=TRIES {
                let Err(error) = say(&others.store, &others.id, Some(change.clone())).await else {
                    return;
                };
                if tried == TRIES {
                    others.metrics.note_lost();
                    tracing::warn!(%error, ?change, "other instances could not be told of a change");
                } else {
                    sleep(AGAIN).await;
                }
            }
        });
        // An error is a panic, which stands in the log.
        Some(async move { drop(sending.await) })
    }

    /// Whether this instance hears of what others change. While it does not, nothing that is kept may be used.
    pub fn hears(&self) -> bool {
        self.others.as_ref().is_none_or(|others| *others.ends.linked.borrow())
    }

    /// How many there are from now on, this one included: those that were heard lately. One that does not hear goes by
    /// whom it knew.
    pub fn count(&self) -> watch::Receiver<u32> {
        let alone = || watch::channel(1).1;
        self.others
            .as_ref()
            .map_or_else(alone, |others| others.ends.count.clone())
    }

    /// Waits until it hears of others, but not for ever.
    pub async fn linked(&self) {
        if let Some(others) = &self.others {
            let mut linked = others.ends.linked.clone();
            let waiting = linked.wait_for(|linked| *linked);
            if timeout(PATIENCE, waiting).await.is_err() {
                tracing::warn!("this instance does not hear of others: nothing is kept until it does");
            }
        }
    }

    /// Whether this instance does the timed work of all. The database is asked, so that it is so at this moment.
    pub async fn leads(&self) -> bool {
        let Some(others) = &self.others else { return true };
        let (answer, answered) = oneshot::channel();
        let asked = async {
            others.ends.questions.send(answer).await.ok()?;
            answered.await.ok()
        };
        timeout(PATIENCE, asked).await.ok().flatten().unwrap_or(false)
    }

    /// Takes turns for ever, with a pause behind each, as long as this instance leads.
    pub async fn keep_leading<T>(&self, pause: Duration, turn: impl Fn() -> T)
    where
        T: Future<Output = ()> + Send,
    {
        loop {
            if self.leads().await {
                turn().await;
            }
            sleep(pause).await;
        }
    }

    /// Hears and leads no more: for the server's end.
    pub fn leave(&self) {
        if let Some(others) = &self.others {
            others.link.abort();
        }
    }
}

/// Says it to all; no change: that the instance lives.
async fn say(store: &Store, from: &str, change: Option<Change>) -> Result<(), sqlx::Error> {
    let from = from.to_owned();
    // ok: it has a form in JSON; what had none would be taken for any change.
    let note = serde_json::to_string(&Note { from, change }).unwrap_or_default();
    store.pool.notify(CHANNEL, note).await
}
