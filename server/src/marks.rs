//! Marks: which projects are production, so that every page can tell it without asking the database.

use std::{
    collections::HashSet,
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};

use app::mark::Mark;

use crate::{error::Error, store::Store};

/// How often it is looked what another process on the same database has marked.
const LOOKS: Duration = Duration::from_secs(60);

/// Cloning is cheap.
#[derive(Clone)]
pub struct Marks {
    store: Store,
    known: Arc<RwLock<HashSet<String>>>,
}

impl Marks {
    /// # Errors
    /// The database fails.
    pub async fn of(store: Store) -> Result<Self, Error> {
        let marks = Self {
            store,
            known: Arc::default(),
        };
        marks.look().await?;
        Ok(marks)
    }

    async fn look(&self) -> Result<(), Error> {
        let marked = self.store.marked().await?;
        *self.known.write().unwrap_or_else(PoisonError::into_inner) = marked.into_iter().collect();
        Ok(())
    }

    /// Looks every minute and for ever: a database error is logged and tried again.
    pub async fn keep_looking(self) {
        loop {
            tokio::time::sleep(LOOKS).await;
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
        self.look().await
    }
}
