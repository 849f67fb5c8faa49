//! The types of projects as they were seen last, sealed and bounded in size, count and age. Who may see them is decided by
//! whoever asks.

use app::schema::types::{LONGEST, SeenTypes, looked};

use super::{Store, crypto, now, sql};
use crate::error::Error;

pub(super) const TABLE: &str = "seen_types";

/// Seconds after the last look that they are forgotten, and how many are kept.
const KEPT: i64 = 180 * 24 * 60 * 60;
const ROWS: i64 = 500;

impl Store {
    /// Keeps the types of these schemas as they are now, and tells what is known of them; `None` where they are too long.
    pub async fn note_types(&self, project: &str, schemas: &str, text: &str) -> Result<Option<SeenTypes>, Error> {
        if text.len() > LONGEST {
            return Ok(None);
        }
        let id = crypto::hex(
            &self
                .vault
                .mac(TABLE, &[project, schemas].map(|field| Some(field.as_bytes()))),
        );
        let mut transaction = self.pool.begin().await?;
        transaction.alone(TABLE, &id).await?;
        let known: Option<(i64, Vec<u8>)> = sql::query_as("SELECT at, sealed FROM seen_types WHERE id = $1")
            .bind(&id)
            .fetch_optional(&mut transaction)
            .await?;
        let known = match known {
            Some((at, sealed)) => Some((self.vault.open(TABLE, &id, &sealed)?, at)),
            None => None,
        };
        let seen = looked(known, text, now());
        sql::query(
            "INSERT INTO seen_types (id, at, sealed) VALUES ($1, $2, $3) \
             ON CONFLICT (id) DO UPDATE SET at = excluded.at, sealed = excluded.sealed",
        )
        .bind(&id)
        .bind(now())
        .bind(self.vault.seal(TABLE, &id, &seen)?)
        .execute(&mut transaction)
        .await?;
        transaction.commit().await?;
        Ok(Some(seen))
    }

    /// Forgets what nobody looked at for a long time, and the oldest where there are too many.
    pub(super) async fn prune_types(&self) -> Result<(), Error> {
        sql::query(
            "DELETE FROM seen_types WHERE at <= $1 OR id NOT IN (SELECT id FROM seen_types ORDER BY at DESC, id LIMIT $2)",
        )
        .bind(now() - KEPT)
        .bind(ROWS)
        .execute(&self.pool)
        .await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_was_seen_is_sealed_and_bounded_and_tells_what_changed() {
        let dir = tempfile::tempdir().unwrap();
        let store = super::super::for_tests(dir.path()).await;
        let note = async |schemas: &str, text: &str| store.note_types("abc", schemas, text).await.unwrap();
        assert_eq!(note("public", "type Before").await.unwrap().change, None);
        assert_eq!(note("public", "type Before").await.unwrap().change, None);
        let changed = note("public", "type After").await.unwrap();
        assert_eq!(changed.change.unwrap().before, "type Before");
        assert_eq!(note("auth", "type After").await.unwrap().change, None, "other schemas");
        assert_eq!(note("public", &"x".repeat(LONGEST + 1)).await, None);

        let rows: Vec<(String, Vec<u8>)> = sql::query_as("SELECT id, sealed FROM seen_types")
            .fetch_all(&store.pool)
            .await
            .unwrap();
        assert_eq!(rows.len(), 2);
        for (id, sealed) in rows {
            assert!(!id.contains("abc") && !String::from_utf8_lossy(&sealed).contains("type"));
        }
        for at in 0..ROWS {
            store.note_types("abc", &at.to_string(), "").await.unwrap();
        }
        sql::query("UPDATE seen_types SET at = 7 WHERE id = (SELECT min(id) FROM seen_types)")
            .execute(&store.pool)
            .await
            .unwrap();
        store.prune_types().await.unwrap();
        let (count, oldest): (i64, i64) = sql::query_as("SELECT count(*), min(at) FROM seen_types")
            .fetch_one(&store.pool)
            .await
            .unwrap();
        assert!(count == ROWS && oldest > 7);
    }
}
