//! Marks: which projects are production, so that every page can tell it without asking the database.

use std::{
    collections::HashSet,
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};

use app::mark::Mark;
use tokio::{sync::Notify, time::timeout};

use crate::{
    error::Error,
    instances::{Change, Instances},
    store::Store,
};

/// How often it is looked without having been told to: what another instance has marked may not have been heard of.
const LOOKS: Duration = Duration::from_secs(60);
/// The same while nothing is heard of others.
const DEAF: Duration = Duration::from_secs(2);

/// Cloning is cheap.
#[derive(Clone)]
pub struct Marks {
    store: Store,
    known: Arc<RwLock<HashSet<String>>>,
    instances: Instances,
    told: Arc<Notify>,
}

impl Marks {
    /// # Errors
    /// The database fails.
    pub async fn of(store: Store, instances: &Instances) -> Result<Self, Error> {
        let marks = Self {
            store,
            known: Arc::default(),
            instances: instances.clone(),
            told: Arc::default(),
        };
        let told = marks.told.clone();
        instances.on_change(move |change| match change {
            Change::Marks | Change::Anything => told.notify_one(),
            Change::Project { .. } | Change::Upstream | Change::Members { .. } | Change::Connections => {}
        });
        marks.look().await?;
        Ok(marks)
    }

    async fn look(&self) -> Result<(), Error> {
        let marked = self.store.marked().await?;
        *self.known.write().unwrap_or_else(PoisonError::into_inner) = marked.into_iter().collect();
        Ok(())
    }

    /// Looks whenever another instance has marked something, and for ever: a database error is logged and tried again.
    pub async fn keep_looking(self) {
        loop {
            let pause = if self.instances.hears() { LOOKS } else { DEAF };
            // ok: that nothing was told in time is a reason to look, too.
            let _ = timeout(pause, self.told.notified()).await;
            if let Err(error) = self.look().await {
                tracing::warn!(%error, "the marks of projects could not be read; trying again later");
            }
        }
    }

    /// Whether the project was marked when it was last looked.
    pub fn is_marked(&self, project: &str) -> bool {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        known.contains(project)
    }

    /// The mark as it stands in the database.
    ///
    /// # Errors
    /// The database fails.
    pub async fn get(&self, project: &str) -> Result<Option<Mark>, Error> {
        self.store.production_mark(project).await
    }

    /// Marks the project, or takes the mark away.
    ///
    /// # Errors
    /// The database fails.
    pub async fn set(&self, project: &str, mark: Option<&Mark>) -> Result<(), Error> {
        self.store.set_mark(project, mark).await?;
        let looked = self.look().await;
        self.instances.tell(&Change::Marks).await;
        looked
    }
}
