//! Statements that people ran: sealed, each person's own, bounded in count and age.

use app::sql::kept::{Past, Told};
use time::OffsetDateTime;

use super::{Store, crypto, now, sql};
use crate::{error::Error, identity::PersonId};

pub(super) const RAN: &str = "ran_statements";
pub(super) const RAN_TOLD: &str = "ran_statements.told";

/// Seconds after its last run that a statement is forgotten.
const KEPT: i64 = 90 * 24 * 60 * 60;
/// Statements of one person in one project, and in all, at most; the oldest go first.
const EACH: i64 = 100;
const ALL: i64 = 1_000;

impl Store {
    /// Writes down that the person has run the statement.
    pub async fn note_statement(&self, person: &PersonId, project: &str, sql: &str, told: &Told) -> Result<(), Error> {
        let fields = [person.as_str(), project, sql].map(|field| Some(field.as_bytes()));
        let id = crypto::hex(&self.vault.mac(RAN, &fields));
        sql::query(
            "INSERT INTO ran_statements (id, person, project, at, written, told, sealed) VALUES ($1, $2, $3, $4, $5, $6, $7) \
             ON CONFLICT (id) DO UPDATE SET at = excluded.at, written = excluded.written, told = excluded.told, \
             sealed = excluded.sealed",
        )
        .bind(&id)
        .bind(person.as_str())
        .bind(project)
        .bind(now())
        .bind(microseconds())
        .bind(self.vault.seal(RAN_TOLD, &id, told)?)
        .bind(self.vault.seal(RAN, &id, &sql)?)
        .execute(&self.pool)
        .await?;
        // Of the same second the one that was written last is the latest.
        sql::query(
            "DELETE FROM ran_statements WHERE id IN \
             (SELECT id FROM ran_statements WHERE person = $1 AND project = $2 ORDER BY at DESC, written DESC LIMIT $5 OFFSET $3) \
             OR id IN (SELECT id FROM ran_statements WHERE person = $1 ORDER BY at DESC, written DESC LIMIT $5 OFFSET $4)",
        )
        .bind(person.as_str())
        .bind(project)
        .bind(EACH)
        .bind(ALL)
        .bind(ALL)
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// What the person ran in the project, the latest first; where `find` is not empty, only what holds it, whatever its case.
    pub async fn past_statements(&self, person: &PersonId, project: &str, find: &str) -> Result<Vec<Past>, Error> {
        let rows: Vec<(String, i64, Vec<u8>, Vec<u8>)> = sql::query_as(
            "SELECT id, at, told, CASE WHEN $4 THEN sealed ELSE told END FROM ran_statements \
             WHERE person = $1 AND project = $2 AND at > $3 ORDER BY at DESC, written DESC",
        )
        .bind(person.as_str())
        .bind(project)
        .bind(now() - KEPT)
        .bind(!find.is_empty())
        .fetch_all(&self.pool)
        .await?;
        let find = find.to_lowercase();
        let mut all = Vec::new();
        for (id, at, told, sealed) in rows {
            let text = || self.vault.open::<String>(RAN, &id, &sealed);
            if find.is_empty() || text()?.to_lowercase().contains(&find) {
                let told = self.vault.open(RAN_TOLD, &id, &told)?;
                all.push(Past { id, told, at });
            }
        }
        Ok(all)
    }

    /// One of them, as it was run.
    pub async fn past_statement(&self, person: &PersonId, project: &str, id: &str) -> Result<Option<String>, Error> {
        let sealed: Option<Vec<u8>> =
            sql::query_scalar("SELECT sealed FROM ran_statements WHERE id = $1 AND person = $2 AND project = $3")
                .bind(id)
                .bind(person.as_str())
                .bind(project)
                .fetch_optional(&self.pool)
                .await?;
        sealed.map(|sealed| self.vault.open(RAN, id, &sealed)).transpose()
    }

    /// Forgets all that the person ran in the project, and says how many these were.
    pub async fn clear_statements(&self, person: &PersonId, project: &str) -> Result<u64, Error> {
        let cleared = sql::query("DELETE FROM ran_statements WHERE person = $1 AND project = $2")
            .bind(person.as_str())
            .bind(project)
            .execute(&self.pool)
            .await?;
        Ok(cleared)
    }

    /// Forgets what was not run for a long time.
    pub(super) async fn prune_statements(&self) -> Result<(), Error> {
        sql::query("DELETE FROM ran_statements WHERE at <= $1")
            .bind(now() - KEPT)
            .execute(&self.pool)
            .await?;
        Ok(())
    }
}

/// By which what was written in one second is put in order; Unix time.
fn microseconds() -> i64 {
    let nanoseconds = OffsetDateTime::now_utc().unix_timestamp_nanos();
    i64::try_from(nanoseconds / 1_000).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use app::sql::kept::Came;

    use super::*;

    fn person(id: &str) -> PersonId {
        PersonId::from(id.to_owned())
    }

    fn told(rows: usize) -> Told {
        Told {
            head: "select".to_owned(),
            wrote: false,
            came: Came::Rows(rows),
            took: 1,
        }
    }

    #[tokio::test]
    async fn a_history_is_its_persons_own_and_sealed_and_the_same_statement_is_one() {
        let dir = tempfile::tempdir().unwrap();
        let store = super::super::for_tests(dir.path()).await;
        let (ada, bob) = (person("ada"), person("bob"));
        let secret = "select 'hush-hush'";
        store.note_statement(&ada, "shop", secret, &told(1)).await.unwrap();
        store.note_statement(&ada, "shop", "select 2", &told(2)).await.unwrap();
        store.note_statement(&ada, "shop", secret, &told(3)).await.unwrap();
        let past = store.past_statements(&ada, "shop", "").await.unwrap();
        let came: Vec<_> = past.iter().map(|past| past.told.came.clone()).collect();
        assert_eq!(came, [Came::Rows(3), Came::Rows(2)]);
        let found = store.past_statements(&ada, "shop", "HUSH").await.unwrap();
        assert_eq!(found, past[..1]);
        assert!(store.past_statements(&ada, "shop", "hush!").await.unwrap().is_empty());
        let first = &past[0].id;
        assert_eq!(
            store.past_statement(&ada, "shop", first).await.unwrap().as_deref(),
            Some(secret)
        );
        assert_eq!(store.past_statement(&bob, "shop", first).await.unwrap(), None);
        assert_eq!(store.past_statement(&ada, "other", first).await.unwrap(), None);
        assert!(store.past_statements(&bob, "shop", "").await.unwrap().is_empty());
        let sealed: Vec<(Vec<u8>, Vec<u8>)> = sql::query_as("SELECT told, sealed FROM ran_statements")
            .fetch_all(&store.pool)
            .await
            .unwrap();
        assert!(sealed.iter().all(|(told, sealed)| {
            let all = [String::from_utf8_lossy(told), String::from_utf8_lossy(sealed)].concat();
            !all.contains("hush") && !all.contains("select")
        }));
        assert_eq!(store.clear_statements(&bob, "shop").await.unwrap(), 0);
        assert_eq!(store.clear_statements(&ada, "shop").await.unwrap(), 2);
    }

    #[tokio::test]
    async fn a_history_is_bounded_in_count_and_age() {
        let dir = tempfile::tempdir().unwrap();
        let store = super::super::for_tests(dir.path()).await;
        let ada = person("ada");
        for at in 0..EACH + 5 {
            store
                .note_statement(&ada, "shop", &format!("select {at}"), &told(0))
                .await
                .unwrap();
        }
        let past = store.past_statements(&ada, "shop", "").await.unwrap();
        assert_eq!(past.len(), usize::try_from(EACH).unwrap());
        let latest = store.past_statement(&ada, "shop", &past[0].id).await.unwrap();
        assert_eq!(latest, Some(format!("select {}", EACH + 4)));
        sql::query("UPDATE ran_statements SET at = at - $1")
            .bind(KEPT)
            .execute(&store.pool)
            .await
            .unwrap();
        assert!(store.past_statements(&ada, "shop", "").await.unwrap().is_empty());
        store.delete_expired().await.unwrap();
        let left: i64 = sql::query_scalar("SELECT count(*) FROM ran_statements")
            .fetch_one(&store.pool)
            .await
            .unwrap();
        assert_eq!(left, 0);
    }
}
