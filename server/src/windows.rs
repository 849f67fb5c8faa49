//! Windows: rows of an answer that wait for the grid on the page that shows them. It asks for them once, and at once.

use std::{sync::Arc, time::Duration};

use app::sql::window::Window;
use moka::sync::Cache;

use crate::{identity::AccountKey, store::crypto::random_id};

const KEPT: Duration = Duration::from_secs(60);
/// Bytes of all that wait, at most; the oldest go first.
const BYTES: u64 = 32 * 1024 * 1024;

#[derive(Clone)]
pub struct Windows(Cache<String, (AccountKey, Arc<Window>)>);

impl Default for Windows {
    fn default() -> Self {
        let bytes = |_: &String, (_, window): &(AccountKey, Arc<Window>)| {
            let bytes: usize = window.pieces.iter().map(String::len).sum();
            u32::try_from(bytes).unwrap_or(u32::MAX)
        };
        Self(
            Cache::builder()
                .weigher(bytes)
                .max_capacity(BYTES)
                .time_to_live(KEPT)
                .build(),
        )
    }
}

impl Windows {
    /// Keeps the rows for this sign-in, and gives the id that they are asked for with.
    pub fn add(&self, account: &AccountKey, window: Window) -> String {
        let id = random_id();
        self.0.insert(id.clone(), (account.clone(), Arc::new(window)));
        id
    }

    /// The rows, which are then gone; `None` where there are none for this sign-in (any more).
    pub fn take(&self, account: &AccountKey, id: &str) -> Option<Arc<Window>> {
        let (owner, _) = self.0.get(id)?;
        if owner != *account {
            return None;
        }
        self.0.remove(id).map(|(_, window)| window)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_given_once_and_to_their_own_sign_in() {
        let (windows, ada, bob) = (
            Windows::default(),
            AccountKey::from("ada".to_owned()),
            AccountKey::from("bob".to_owned()),
        );
        let window = Window {
            pieces: vec!["[]".to_owned()],
            rows: 0,
        };
        let id = windows.add(&ada, window.clone());
        assert_eq!(windows.take(&bob, &id), None);
        assert_eq!(windows.take(&ada, &id).as_deref(), Some(&window));
        assert_eq!(windows.take(&ada, &id), None);
    }
}
