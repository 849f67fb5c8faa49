//! Link: the connection on which an instance hears of the others, and holds the lock of whoever leads.

use std::{convert::Infallible, sync::Arc, time::Duration};

use tokio::{
    select,
    sync::{mpsc, oneshot, watch},
    time::{Instant, interval, sleep},
};

use super::{CHANNEL, Change, Keepers, Note, roll::Roll, say};
use crate::{
    metrics::Metrics,
    store::{Store, sql::Line},
};

/// How often an instance tells itself and the others that it lives. It is told on another connection than it is heard on,
/// so that what comes back has gone the way of the others' notes.
const BEAT: Duration = Duration::from_secs(2);
/// An instance that has not heard itself for so long does not hear others either. Its connection seems to be open as long
/// as nobody says that it is not.
pub(super) const DEAF: Duration = Duration::from_secs(6);
/// From the loss of a connection to the next one.
const PAUSE: Duration = Duration::from_secs(1);
/// Whoever holds it leads.
const LOCK: &str = "steward/leader";

/// What [`Link::new`] gives beside the link.
#[derive(Clone)]
pub(super) struct Ends {
    /// Whether it hears.
    pub linked: watch::Receiver<bool>,
    /// How many instances there are, this one included.
    pub count: watch::Receiver<u32>,
    /// Whom to ask whether this one leads.
    pub questions: mpsc::Sender<oneshot::Sender<bool>>,
}

/// What keeps the connection.
pub(super) struct Link {
    id: Arc<str>,
    store: Store,
    keepers: Arc<Keepers>,
    questions: mpsc::Receiver<oneshot::Sender<bool>>,
    roll: Roll,
    standing: Standing,
}

/// What is so only while the connection is there.
struct Standing {
    metrics: Metrics,
    linked: watch::Sender<bool>,
    leads: bool,
}

impl Link {
    pub fn new(id: Arc<str>, store: Store, metrics: Metrics, keepers: Arc<Keepers>) -> (Self, Ends) {
        let (linked, hears) = watch::channel(false);
        let (asking, questions) = mpsc::channel(16);
        let (roll, count) = Roll::new();
        let standing = Standing {
            metrics,
            linked,
            leads: false,
        };
        let ends = Ends {
            linked: hears,
            count,
            questions: asking,
        };
        let link = Self {
            id,
            store,
            keepers,
            questions,
            roll,
            standing,
        };
        (link, ends)
    }

    /// Holds a connection for ever, and makes a new one wherever one was lost.
    pub async fn keep(mut self) {
        loop {
            let Err(error) = self.hold().await;
            let was_linked = *self.standing.linked.borrow();
            self.standing.end();
            // What others have changed since is not known.
            self.keepers.hear(&Change::Anything);
            if was_linked {
                tracing::warn!(%error, "this instance does not hear any more what others change: nothing is kept until it does");
            }
            sleep(PAUSE).await;
        }
    }

    /// Holds one as long as it lasts.
    async fn hold(&mut self) -> Result<Infallible, sqlx::Error> {
        let Some(mut line) = self.store.pool.listen(CHANNEL).await? else {
            std::future::pending().await
        };
        let (mut beat, mut heard) = (interval(BEAT), Instant::now());
        loop {
            select! {
                said = line.hear() => {
                    if self.hear(&said?) {
                        heard = Instant::now();
                        if !*self.standing.linked.borrow() {
                            self.link(&mut line).await?;
                        }
                        self.roll.strike_off(heard);
                    }
                }
                _ = beat.tick() => {
                    if heard.elapsed() > DEAF {
                        return Err(deaf());
                    }
                    self.beat();
                    if *self.standing.linked.borrow() && !self.standing.leads {
                        self.try_to_lead(&mut line).await?;
                    }
                }
                Some(answer) = self.questions.recv() => {
                    if self.standing.leads {
                        line.try_out().await?;
                    }
                    // ok: whoever asked may have given up.
                    let _ = answer.send(self.standing.leads);
                }
            }
        }
    }

    /// Hears itself for the first time on this connection: from here on nothing is missed.
    async fn link(&mut self, line: &mut Line) -> Result<(), sqlx::Error> {
        self.keepers.hear(&Change::Anything);
        self.roll.resume(Instant::now());
        // Whoever waits for the link is to know who leads.
        self.try_to_lead(line).await?;
        self.standing.metrics.linked(true);
        self.standing.linked.send_replace(true);
        tracing::info!("this instance hears what others change");
        Ok(())
    }

    async fn try_to_lead(&mut self, line: &mut Line) -> Result<(), sqlx::Error> {
        self.standing.leads = line.try_lock(LOCK).await?;
        self.standing.metrics.leads(self.standing.leads);
        if self.standing.leads {
            tracing::info!("this instance does the timed work of all");
        }
        Ok(())
    }

    /// Passes a note on; whether it was its own that says no more than that it lives.
    fn hear(&mut self, said: &str) -> bool {
        // Another version of Steward may have other words.
        let Ok(Note { from, change }) = serde_json::from_str(said) else {
            self.keepers.hear(&Change::Anything);
            return false;
        };
        if *from == *self.id {
            // A change has been heard here before it was said.
            return change.is_none();
        }
        if self.roll.hear(from, Instant::now()) {
            // Whoever has just come is to count this one, too, before it sends much.
            self.beat();
        }
        if let Some(change) = change {
            self.keepers.hear(&change);
        }
        false
    }

    /// Behind the link's back, which is to go on hearing meanwhile.
    fn beat(&self) {
        let (store, id) = (self.store.clone(), self.id.clone());
        tokio::spawn(async move {
            if let Err(error) = say(&store, &id, None).await {
                tracing::debug!(%error, "an instance could not tell that it lives");
            }
        });
    }
}

impl Standing {
    fn end(&mut self) {
        self.leads = false;
        self.metrics.leads(false);
        self.metrics.linked(false);
        self.linked.send_replace(false);
    }
}

impl Drop for Standing {
    fn drop(&mut self) {
        self.end();
    }
}

fn deaf() -> sqlx::Error {
    let why = format!(
        "its own notes have not come back for {} s. LISTEN needs connections that are its own: a pooler must be in session mode",
        DEAF.as_secs()
    );
    std::io::Error::new(std::io::ErrorKind::TimedOut, why).into()
}
