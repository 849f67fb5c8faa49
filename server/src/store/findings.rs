//! What is known of advisors' findings: acceptances, sealed, and when each was seen first. Who may see them is decided by
//! whoever asks.

use std::collections::BTreeMap;

use app::advice::{Acceptance, Known};
use sha2::{Digest, Sha256};

use super::{
    Store, now,
    sql::{self, Builder},
};
use crate::error::Error;

pub(super) const TABLE: &str = "accepted_findings";

/// The row that says when a project was looked at first.
const FIRST: &str = "";

/// A key tells names of tables; only its digest stands in the clear.
fn digest(key: &str) -> String {
    if key == FIRST {
        return String::new();
    }
    Sha256::digest(key).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What a row is sealed as.
pub(super) fn row(project: &str, digest: &str) -> String {
    format!("{project}/{digest}")
}

impl Store {
    /// Acceptances of these findings that have not ended, and since when each is known.
    pub async fn known_findings(&self, project: &str, keys: &[String]) -> Result<Known, Error> {
        let named: BTreeMap<String, &String> = keys.iter().map(|key| (digest(key), key)).collect();
        let mut known = Known::default();
        let sealed: Vec<(String, Vec<u8>)> =
            sql::query_as("SELECT finding, sealed FROM accepted_findings WHERE project = $1 AND until > $2")
                .bind(project)
                .bind(now())
                .fetch_all(&self.pool)
                .await?;
        for (finding, sealed) in sealed {
            if let Some(key) = named.get(&finding) {
                let acceptance: Acceptance = self.vault.open(TABLE, &row(project, &finding), &sealed)?;
                known.accepted.insert((*key).clone(), acceptance);
            }
        }
        let seen: Vec<(String, i64)> = sql::query_as("SELECT finding, since FROM seen_findings WHERE project = $1")
            .bind(project)
            .fetch_all(&self.pool)
            .await?;
        for (finding, since) in seen {
            if finding == FIRST {
                known.first_look = since;
            } else if let Some(key) = named.get(&finding) {
                known.since.insert((*key).clone(), since);
            }
        }
        Ok(known)
    }

    /// Notes which findings there are now: those that are new to it since now.
    pub async fn note_findings(&self, project: &str, keys: &[String]) -> Result<(), Error> {
        for some in keys.chunks(300) {
            let mut query = Builder::new("INSERT INTO seen_findings (project, finding, since) ");
            let mut all: Vec<String> = some.iter().map(|key| digest(key)).chain([digest(FIRST)]).collect();
            // In one order everywhere, so that two instances never wait for each other.
            all.sort_unstable();
            let row = |finding: String| vec![project.into(), finding.into(), now().into()];
            query
                .push_rows(all.into_iter().map(row))
                .push(" ON CONFLICT (project, finding) DO NOTHING");
            query.build().execute(&self.pool).await?;
        }
        if keys.is_empty() {
            sql::query(
                "INSERT INTO seen_findings (project, finding, since) VALUES ($1, '', $2) \
                 ON CONFLICT (project, finding) DO NOTHING",
            )
            .bind(project)
            .bind(now())
            .execute(&self.pool)
            .await?;
        }
        Ok(())
    }

    pub async fn accept_finding(&self, project: &str, key: &str, acceptance: &Acceptance) -> Result<(), Error> {
        let finding = digest(key);
        let sealed = self.vault.seal(TABLE, &row(project, &finding), acceptance)?;
        sql::query(
            "INSERT INTO accepted_findings (project, finding, until, sealed) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (project, finding) DO UPDATE SET until = excluded.until, sealed = excluded.sealed",
        )
        .bind(project)
        .bind(finding)
        .bind(acceptance.until)
        .bind(sealed)
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// Whether there was one.
    pub async fn drop_acceptance(&self, project: &str, key: &str) -> Result<bool, Error> {
        let dropped = sql::query("DELETE FROM accepted_findings WHERE project = $1 AND finding = $2")
            .bind(project)
            .bind(digest(key))
            .execute(&self.pool)
            .await?;
        Ok(dropped > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn acceptances_are_sealed_and_end_and_findings_keep_their_first_day() {
        let dir = tempfile::tempdir().unwrap();
        let store = super::super::for_tests(dir.path()).await;
        let keys = ["unused_index_public_t".to_owned(), "other".to_owned()];
        let acceptance = Acceptance {
            reason: "Agreed with Grace".to_owned(),
            by: "ada".to_owned(),
            at: now(),
            until: now() + 60,
        };
        store.accept_finding("abc", &keys[0], &acceptance).await.unwrap();
        let known = store.known_findings("abc", &keys).await.unwrap();
        assert_eq!(known.accepted, [(keys[0].clone(), acceptance.clone())].into());
        assert_eq!(store.known_findings("abd", &keys).await.unwrap(), Known::default());
        let (finding, sealed): (String, Vec<u8>) = sql::query_as("SELECT finding, sealed FROM accepted_findings")
            .fetch_one(&store.pool)
            .await
            .unwrap();
        assert!(!finding.contains("public") && !String::from_utf8_lossy(&sealed).contains("Grace"));

        let over = Acceptance {
            until: now() - 1,
            ..acceptance
        };
        store.accept_finding("abc", &keys[0], &over).await.unwrap();
        assert_eq!(
            store.known_findings("abc", &keys).await.unwrap().accepted,
            BTreeMap::new()
        );
        assert!(store.drop_acceptance("abc", &keys[0]).await.unwrap());
        assert!(!store.drop_acceptance("abc", &keys[0]).await.unwrap());

        store.note_findings("abc", &keys[..1]).await.unwrap();
        sql::query("UPDATE seen_findings SET since = 7")
            .execute(&store.pool)
            .await
            .unwrap();
        store.note_findings("abc", &keys).await.unwrap();
        let known = store.known_findings("abc", &keys).await.unwrap();
        assert_eq!((known.first_look, known.since[&keys[0]]), (7, 7));
        assert!(known.since[&keys[1]] > 7);
    }
}
