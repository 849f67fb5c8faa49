//! Notices: what came of a form, kept until the page it leads to is drawn.

use app::{backend::Flash, error::shortened};

use super::{
    Store,
    crypto::{hashed, random_id},
    now,
};
use crate::{error::Error, identity::AccountKey};

const TABLE: &str = "notices";
/// Seconds; long enough to reload the page and to go back to it.
const KEPT: i64 = 600;
/// Bytes of one flash, at most, before it is sealed.
const BYTES: usize = 16 * 1024;
/// Characters of what it says, at most.
const WORDS: usize = 1_000;
/// Notices of one account, at most; the oldest go first.
const EACH: i64 = 20;

impl Store {
    /// Keeps the flash for whoever is signed in as `account`, and gives the id it is asked for with. What is too long
    /// is left out, and the flash says so.
    pub async fn add_flash(&self, account: &AccountKey, flash: Flash) -> Result<String, Error> {
        let id = random_id();
        let id_hash = hashed(&id);
        let sealed = self.vault.seal(TABLE, &id_hash, &fitting(flash)?)?;
        sqlx::query("INSERT INTO notices (id_hash, account, sealed, expires_at) VALUES (?, ?, ?, ?)")
            .bind(&id_hash)
            .bind(account.as_str())
            .bind(sealed)
            .bind(now() + KEPT)
            .execute(&self.pool)
            .await?;
        sqlx::query(
            "DELETE FROM notices WHERE account = ?1 AND id_hash <> ?2 AND id_hash NOT IN \
             (SELECT id_hash FROM notices WHERE account = ?1 AND id_hash <> ?2 ORDER BY expires_at DESC LIMIT ?3)",
        )
        .bind(account.as_str())
        .bind(id_hash)
        .bind(EACH - 1)
        .execute(&self.pool)
        .await?;
        Ok(id)
    }

    /// Reading changes nothing, so that the page may be loaded again.
    pub async fn flash(&self, account: &AccountKey, id: &str) -> Result<Option<Flash>, Error> {
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

/// The flash, without as much of what was typed as is too long; what came of the form stays.
fn fitting(mut flash: Flash) -> Result<Flash, Error> {
    flash.outcome = flash
        .outcome
        .map(|text| shortened(text, WORDS))
        .map_err(|error| error.shortened(WORDS));
    flash.operation = shortened(flash.operation, WORDS);
    while serde_json::to_vec(&flash)?.len() > BYTES {
        let longest = flash
            .typed
            .iter()
            .max_by_key(|(_, texts)| texts.iter().map(String::len).sum::<usize>());
        let Some(name) = longest.map(|(name, _)| name.clone()) else {
            break;
        };
        flash.typed.remove(&name);
        flash.dropped = true;
    }
    Ok(flash)
}

#[cfg(test)]
mod tests {
    use app::error::ConsoleError;

    use super::*;

    fn failed(typed: &[(&str, String)]) -> Flash {
        Flash {
            operation: "v1-update-a-project".to_owned(),
            outcome: Err(ConsoleError::NotFound),
            typed: typed
                .iter()
                .map(|(name, text)| ((*name).to_owned(), vec![text.clone()]))
                .collect(),
            dropped: false,
        }
    }

    #[test]
    fn what_is_too_long_is_left_out_and_the_rest_stays() {
        let flash = fitting(failed(&[
            ("name", "Shop".to_owned()),
            ("ref", "\u{1f98a}".repeat(300_000)),
        ]))
        .unwrap();
        assert_eq!(flash.outcome, Err(ConsoleError::NotFound));
        assert!(flash.dropped);
        assert_eq!(flash.typed.keys().collect::<Vec<_>>(), ["name"]);
        let short = failed(&[("name", "Shop".to_owned())]);
        assert_eq!(fitting(short.clone()).unwrap(), short);
    }

    #[test]
    fn no_flash_is_longer_than_it_may_be() {
        let long = "\"\n\u{1f98a}".repeat(100_000);
        for outcome in [
            Ok(long.clone()),
            Err(ConsoleError::invalid(Some(long.as_str()), long.clone())),
            Err(ConsoleError::Internal { message: long.clone() }),
            Err(ConsoleError::Refused {
                status: 400,
                message: long.clone(),
            }),
        ] {
            let flash = Flash {
                outcome,
                operation: long.clone(),
                ..failed(&[("name", long.clone()), ("ref", long.clone())])
            };
            assert!(serde_json::to_vec(&fitting(flash).unwrap()).unwrap().len() <= BYTES);
        }
    }

    #[tokio::test]
    async fn an_account_keeps_its_newest_flashes() {
        let dir = tempfile::tempdir().unwrap();
        let store = super::super::for_tests(dir.path()).await;
        let (mine, anothers) = (
            AccountKey::from("mine".to_owned()),
            AccountKey::from("anothers".to_owned()),
        );
        let kept = store.add_flash(&anothers, failed(&[])).await.unwrap();
        for _ in 0..50 {
            let id = store.add_flash(&mine, failed(&[])).await.unwrap();
            assert!(store.flash(&mine, &id).await.unwrap().is_some());
        }
        let count: i64 = sqlx::query_scalar("SELECT count(*) FROM notices WHERE account = 'mine'")
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
        let flash = Flash {
            operation: "v1-pause-a-project".to_owned(),
            outcome: Ok("Paused the project abc.".to_owned()),
            typed: [("ref".to_owned(), vec!["abc".to_owned()])].into(),
            dropped: false,
        };
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
