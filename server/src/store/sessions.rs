//! Sessions: the store behind tower-sessions.

use async_trait::async_trait;
use time::OffsetDateTime;
use tower_sessions::{
    SessionStore,
    session::{Id, Record},
    session_store,
};

use super::{Store, crypto::hashed, now, sql};
use crate::error::Error;

pub(super) const TABLE: &str = "sessions";

#[derive(serde::Serialize, serde::Deserialize)]
struct Sealed {
    data: std::collections::HashMap<String, serde_json::Value>,
}

impl Store {
    fn session_row(&self, record: &Record) -> Result<(String, Vec<u8>, i64), Error> {
        let id_hash = hashed(&record.id.to_string());
        let sealed = self.vault.seal(
            TABLE,
            &id_hash,
            &Sealed {
                data: record.data.clone(),
            },
        )?;
        Ok((id_hash, sealed, record.expiry_date.unix_timestamp()))
    }
}

#[async_trait]
impl SessionStore for Store {
    async fn create(&self, record: &mut Record) -> session_store::Result<()> {
        loop {
            let (id_hash, sealed, expires_at) = self.session_row(record).map_err(backend)?;
            let made = sql::query(
                "INSERT INTO sessions (id_hash, sealed, expires_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
            )
            .bind(id_hash)
            .bind(sealed)
            .bind(expires_at)
            .execute(&self.durable)
            .await
            .map_err(backend)?;
            if made == 1 {
                return Ok(());
            }
            record.id = Id::default();
        }
    }

    /// Only updates: a request that was under way while its person signed out must not bring the session back to life.
    async fn save(&self, record: &Record) -> session_store::Result<()> {
        let (id_hash, sealed, expires_at) = self.session_row(record).map_err(backend)?;
        sql::query("UPDATE sessions SET sealed = $1, expires_at = $2 WHERE id_hash = $3")
            .bind(sealed)
            .bind(expires_at)
            .bind(id_hash)
            .execute(&self.durable)
            .await
            .map_err(backend)?;
        Ok(())
    }

    async fn load(&self, id: &Id) -> session_store::Result<Option<Record>> {
        let id_hash = hashed(&id.to_string());
        let row: Option<(Vec<u8>, i64)> =
            sql::query_as("SELECT sealed, expires_at FROM sessions WHERE id_hash = $1 AND expires_at > $2")
                .bind(&id_hash)
                .bind(now())
                .fetch_optional(&self.pool)
                .await
                .map_err(backend)?;
        let Some((sealed, expires_at)) = row else {
            return Ok(None);
        };
        match self.vault.open::<Sealed>(TABLE, &id_hash, &sealed) {
            Ok(Sealed { data }) => {
                let expiry_date = OffsetDateTime::from_unix_timestamp(expires_at).map_err(backend)?;
                Ok(Some(Record {
                    id: *id,
                    data,
                    expiry_date,
                }))
            }
            // With another key nobody is signed in any more, but everybody can sign in again.
            Err(error) => {
                tracing::warn!(%error, "a session was left out");
                Ok(None)
            }
        }
    }

    async fn delete(&self, id: &Id) -> session_store::Result<()> {
        sql::query("DELETE FROM sessions WHERE id_hash = $1")
            .bind(hashed(&id.to_string()))
            .execute(&self.durable)
            .await
            .map_err(backend)?;
        Ok(())
    }
}

fn backend(error: impl std::fmt::Display) -> session_store::Error {
    session_store::Error::Backend(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record() -> Record {
        let data = [("account".to_owned(), "k".into())].into();
        Record {
            id: Id::default(),
            data,
            expiry_date: OffsetDateTime::now_utc() + time::Duration::hours(1),
        }
    }

    #[tokio::test]
    async fn a_save_in_flight_does_not_revive_a_deleted_session() {
        let dir = tempfile::tempdir().unwrap();
        let store = super::super::for_tests(dir.path()).await;
        let mut record = record();
        store.create(&mut record).await.unwrap();
        assert_eq!(store.load(&record.id).await.unwrap().unwrap().data, record.data);
        store.delete(&record.id).await.unwrap();
        store.save(&record).await.unwrap();
        assert!(store.load(&record.id).await.unwrap().is_none());
    }

    #[tokio::test]
    async fn neither_id_nor_content_lies_readable_in_the_database() {
        let dir = tempfile::tempdir().unwrap();
        let store = super::super::for_tests(dir.path()).await;
        let mut record = record();
        record.data.insert("account".to_owned(), "a-key-to-look-for".into());
        store.create(&mut record).await.unwrap();
        let id = record.id.to_string();
        store.close().await;
        for file in std::fs::read_dir(dir.path()).unwrap() {
            let bytes = std::fs::read(file.unwrap().path()).unwrap();
            for text in [id.as_str(), "a-key-to-look-for"] {
                assert!(!bytes.windows(text.len()).any(|window| window == text.as_bytes()));
            }
        }
    }

    #[tokio::test]
    async fn expired_sessions_are_gone_before_and_after_they_are_deleted() {
        let dir = tempfile::tempdir().unwrap();
        let store = super::super::for_tests(dir.path()).await;
        let mut record = Record {
            expiry_date: OffsetDateTime::now_utc() - time::Duration::seconds(1),
            ..record()
        };
        store.create(&mut record).await.unwrap();
        assert!(store.load(&record.id).await.unwrap().is_none());
        store.delete_expired().await.unwrap();
        let left: i64 = sql::query_scalar("SELECT count(*) FROM sessions")
            .fetch_one(&store.pool)
            .await
            .unwrap();
        assert_eq!(left, 0);
    }
}
