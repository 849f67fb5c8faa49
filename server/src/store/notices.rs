//! Notices: what came of a form, kept until the page it leads to is drawn.

use app::backend::Notice;

use super::{
    Store,
    crypto::{hashed, random_id},
    now,
};
use crate::{error::Error, stack::AccountKey};

const TABLE: &str = "notices";
/// Seconds; long enough to reload the page and to go back to it.
const KEPT: i64 = 600;

impl Store {
    /// Keeps the notice for whoever is signed in as `account`, and gives the id it is asked for with.
    pub async fn add_notice(&self, account: &AccountKey, notice: &Notice) -> Result<String, Error> {
        let id = random_id();
        let id_hash = hashed(&id);
        let sealed = self.vault.seal(TABLE, &id_hash, notice)?;
        sqlx::query("INSERT INTO notices (id_hash, account, sealed, expires_at) VALUES (?, ?, ?, ?)")
            .bind(id_hash)
            .bind(account.as_str())
            .bind(sealed)
            .bind(now() + KEPT)
            .execute(&self.pool)
            .await?;
        Ok(id)
    }

    /// Reading changes nothing, so that the page may be loaded again.
    pub async fn notice(&self, account: &AccountKey, id: &str) -> Result<Option<Notice>, Error> {
        let id_hash = hashed(id);
        let sealed: Option<Vec<u8>> =
            sqlx::query_scalar("SELECT sealed FROM notices WHERE id_hash = ? AND account = ? AND expires_at > ?")
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

    #[tokio::test]
    async fn a_notice_is_read_again_and_again_but_only_by_its_account() {
        let dir = tempfile::tempdir().unwrap();
        let store = super::super::for_tests(dir.path()).await;
        let notice = Notice {
            operation: "v1-pause-a-project".to_owned(),
            outcome: Ok("Paused the project abc.".to_owned()),
            typed: [("ref".to_owned(), vec!["abc".to_owned()])].into(),
        };
        let (mine, anothers) = (
            AccountKey::from("mine".to_owned()),
            AccountKey::from("anothers".to_owned()),
        );
        let id = store.add_notice(&mine, &notice).await.unwrap();
        for _ in 0..2 {
            assert_eq!(store.notice(&mine, &id).await.unwrap().as_ref(), Some(&notice));
        }
        assert_eq!(store.notice(&anothers, &id).await.unwrap(), None);
        assert_eq!(store.notice(&mine, "unknown").await.unwrap(), None);
    }
}
