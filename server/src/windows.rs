//! Windows: rows of an answer that wait for the grid on the page that shows them. It asks for them once, and at once; where
//! there are several instances, whichever it reaches.

use std::{sync::Arc, time::Duration};

use app::sql::window::Window;
use moka::sync::Cache;

use crate::{
    identity::AccountKey,
    store::{Store, crypto::random_id, sql::Dialect},
};

const KEPT: Duration = Duration::from_secs(60);
/// Bytes of all that wait here, at most; the oldest go first.
const BYTES: u64 = 32 * 1024 * 1024;

#[derive(Clone)]
pub enum Windows {
    /// In memory: there is one instance.
    Here(Cache<String, (AccountKey, Arc<Vec<String>>)>),
    Shared(Store),
}

impl Windows {
    /// Where rows wait for the instances on this database.
    pub fn of(store: &Store) -> Self {
        match store.pool.dialect() {
            Dialect::Sqlite => Self::here(),
            Dialect::Postgres => Self::Shared(store.clone()),
        }
    }

    fn here() -> Self {
        let bytes = |_: &String, (_, pieces): &(AccountKey, Arc<Vec<String>>)| {
            let bytes: usize = pieces.iter().map(String::len).sum();
            u32::try_from(bytes).unwrap_or(u32::MAX)
        };
        Self::Here(
            Cache::builder()
                .weigher(bytes)
                .max_capacity(BYTES)
                .time_to_live(KEPT)
                .build(),
        )
    }

    /// Keeps the rows for this sign-in, and gives the id that they are asked for with; `None` where they cannot be kept.
    pub async fn add(&self, account: &AccountKey, window: Window) -> Option<String> {
        match self {
            Self::Here(cache) => {
                let id = random_id();
                cache.insert(id.clone(), (account.clone(), Arc::new(window.pieces)));
                Some(id)
            }
            Self::Shared(store) => store
                .add_window(account, &window.pieces, KEPT)
                .await
                .inspect_err(|error| tracing::warn!(%error, "the grid does without rows that could not be kept"))
                .ok(),
        }
    }

    /// The pieces of the rows, which are then gone; `None` where there are none for this sign-in (any more).
    pub async fn take(&self, account: &AccountKey, id: &str) -> Option<Arc<Vec<String>>> {
        match self {
            Self::Here(cache) => {
                let (owner, _) = cache.get(id)?;
                if owner != *account {
                    return None;
                }
                cache.remove(id).map(|(_, pieces)| pieces)
            }
            Self::Shared(store) => store
                .take_window(account, id)
                .await
                .inspect_err(|error| tracing::warn!(%error, "rows could not be given to the grid"))
                .ok()?
                .map(Arc::new),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store;

    #[tokio::test]
    async fn rows_are_given_once_and_to_their_own_sign_in() {
        let dir = tempfile::tempdir().unwrap();
        let windows = Windows::of(&store::for_tests(dir.path()).await);
        let (ada, bob) = (AccountKey::from("ada".to_owned()), AccountKey::from("bob".to_owned()));
        let window = Window {
            pieces: vec!["[]".to_owned()],
            rows: 0,
        };
        let id = windows.add(&ada, window.clone()).await.unwrap();
        assert_eq!(windows.take(&bob, &id).await, None);
        assert_eq!(windows.take(&ada, &id).await.as_deref(), Some(&window.pieces));
        assert_eq!(windows.take(&ada, &id).await, None);
        // Others' are not pushed out by one's own.
        let theirs = windows.add(&bob, window.clone()).await.unwrap();
        for _ in 0..10 {
            windows.add(&ada, window.clone()).await.unwrap();
        }
        assert!(windows.take(&bob, &theirs).await.is_some());
    }
}
