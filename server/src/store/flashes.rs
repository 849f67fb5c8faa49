//! Flashes: what was just done, kept until the page that says so is drawn.

use app::{backend::Flash, error::shortened};

use super::{
    Store,
    crypto::{hashed, random_id},
    now, sql,
};
use crate::{error::Error, identity::AccountKey};

pub(super) const TABLE: &str = "notices";
/// Seconds; long enough to reload the page and to go back to it.
const KEPT: i64 = 600;
/// Characters of what it says, at most.
const WORDS: usize = 1_000;
/// Notices of one account, at most; the oldest go first.
const EACH: i64 = 20;

impl Store {
    /// Keeps the flash for whoever is signed in as `account`, and gives the id it is asked for with. What is too long is
    /// cut.
    pub async fn add_flash(&self, account: &AccountKey, flash: Flash) -> Result<String, Error> {
        let flash = Flash {
            text: shortened(flash.text, WORDS),
        };
        let id = random_id();
        let id_hash = hashed(&id);
        let sealed = self.vault.seal(TABLE, &id_hash, &flash)?;
        sql::query("INSERT INTO notices (id_hash, account, sealed, expires_at) VALUES ($1, $2, $3, $4)")
            .bind(&id_hash)
            .bind(account.as_str())
            .bind(sealed)
            .bind(now() + KEPT)
            .execute(&self.pool)
            .await?;
        self.keep_newest(TABLE, "TRUE", account, &id_hash, EACH).await?;
        Ok(id)
    }

    /// Reading changes nothing, so that the page may be loaded again.
    pub async fn flash(&self, account: &AccountKey, id: &str) -> Result<Option<Flash>, Error> {
        let id_hash = hashed(id);
        let sealed: Option<Vec<u8>> =
            sql::query_scalar("SELECT sealed FROM notices WHERE id_hash = $1 AND account = $2 AND expires_at > $3")
                .bind(&id_hash)
                .bind(account.as_str())
                .bind(now())
                .fetch_optional(&self.pool)
                .await?;
        sealed
            .map(|sealed| self.vault.open(TABLE, &id_hash, &sealed))
            .transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn done() -> Flash {
        Flash {
            text: "Paused the project abc.".to_owned(),
        }
    }

    #[tokio::test]
    async fn no_flash_is_longer_than_it_may_be() {
        let dir = tempfile::tempdir().unwrap();
        let store = super::super::for_tests(dir.path()).await;
        let account = AccountKey::from("mine".to_owned());
        let long = Flash {
            text: "\u{1f98a}".repeat(100_000),
        };
        let id = store.add_flash(&account, long).await.unwrap();
        let kept = store.flash(&account, &id).await.unwrap().unwrap();
        assert!(kept.text.chars().count() <= WORDS + 1, "{}", kept.text.chars().count());
    }

    #[tokio::test]
    async fn an_account_keeps_its_newest_flashes() {
        let dir = tempfile::tempdir().unwrap();
        let store = super::super::for_tests(dir.path()).await;
        let (mine, anothers) = (
            AccountKey::from("mine".to_owned()),
            AccountKey::from("anothers".to_owned()),
        );
        let kept = store.add_flash(&anothers, done()).await.unwrap();
        for _ in 0..50 {
            let id = store.add_flash(&mine, done()).await.unwrap();
            assert!(store.flash(&mine, &id).await.unwrap().is_some());
        }
        let count: i64 = sql::query_scalar("SELECT count(*) FROM notices WHERE account = 'mine'")
            .fetch_one(&store.pool)
            .await
            .unwrap();
        assert_eq!(count, EACH);
        assert!(store.flash(&anothers, &kept).await.unwrap().is_some());
    }

    #[tokio::test]
    async fn a_flash_is_read_again_and_again_but_only_by_its_account() {
        let dir = tempfile::tempdir().unwrap();
        let store = super::super::for_tests(dir.path()).await;
        let flash = done();
        let (mine, anothers) = (
            AccountKey::from("mine".to_owned()),
            AccountKey::from("anothers".to_owned()),
        );
        let id = store.add_flash(&mine, flash.clone()).await.unwrap();
        for _ in 0..2 {
            assert_eq!(store.flash(&mine, &id).await.unwrap().as_ref(), Some(&flash));
        }
        assert_eq!(store.flash(&anothers, &id).await.unwrap(), None);
        assert_eq!(store.flash(&mine, "unknown").await.unwrap(), None);
    }
}
