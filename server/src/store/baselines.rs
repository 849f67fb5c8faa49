//! Baselines in the store: one for each project. Who may see one is decided by whoever asks.

use std::collections::BTreeMap;

use app::settings::baseline::Baseline;

use super::{
    Store, now,
    sql::{self, Builder},
};
use crate::{error::Error, identity::AccountKey};

pub(super) const TABLE: &str = "baselines";

/// A check that is due.
pub struct Due {
    pub project: String,
    pub account: AccountKey,
}

impl Store {
    pub async fn baseline(&self, project: &str) -> Result<Option<Baseline>, Error> {
        let sealed: Option<Vec<u8>> = sql::query_scalar("SELECT sealed FROM baselines WHERE project = $1")
            .bind(project)
            .fetch_optional(&self.pool)
            .await?;
        sealed
            .map(|sealed| self.vault.open(TABLE, project, &sealed))
            .transpose()
    }

    /// Those of these projects that have one.
    pub async fn baselines(&self, projects: &[String]) -> Result<BTreeMap<String, Baseline>, Error> {
        let mut found = BTreeMap::new();
        for some in projects.chunks(500) {
            let mut query = Builder::new("SELECT project, sealed FROM baselines WHERE project IN ");
            query.push_list(some);
            let rows: Vec<(String, Vec<u8>)> = query.build_as().fetch_all(&self.pool).await?;
            for (project, sealed) in rows {
                let baseline = self.vault.open(TABLE, &project, &sealed)?;
                found.insert(project, baseline);
            }
        }
        Ok(found)
    }

    /// Keeps a project's baseline in the place of the one that was there; when it is checked stays as it is.
    pub async fn save_baseline(&self, project: &str, baseline: &Baseline) -> Result<(), Error> {
        let sealed = self.vault.seal(TABLE, project, baseline)?;
        sql::query(
            "INSERT INTO baselines (project, sealed) VALUES ($1, $2) \
             ON CONFLICT (project) DO UPDATE SET sealed = excluded.sealed",
        )
        .bind(project)
        .bind(sealed)
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// Changes a project's baseline as it stands; `change` tells whether there was anything to be changed. What somebody else
    /// writes meanwhile is changed in its turn, and a baseline that is forgotten meanwhile stays so.
    pub async fn change_baseline(
        &self,
        project: &str,
        mut change: impl FnMut(&mut Baseline) -> bool + Send,
    ) -> Result<(), Error> {
        loop {
            let before: Option<Vec<u8>> = sql::query_scalar("SELECT sealed FROM baselines WHERE project = $1")
                .bind(project)
                .fetch_optional(&self.pool)
                .await?;
            let Some(before) = before else {
                return Ok(());
            };
            let mut baseline: Baseline = self.vault.open(TABLE, project, &before)?;
            if !change(&mut baseline) {
                return Ok(());
            }
            let changed = sql::query("UPDATE baselines SET sealed = $1 WHERE project = $2 AND sealed = $3")
                .bind(self.vault.seal(TABLE, project, &baseline)?)
                .bind(project)
                .bind(before)
                .execute(&self.pool)
                .await?;
            if changed == 1 {
                return Ok(());
            }
        }
    }

    pub async fn drop_baseline(&self, project: &str) -> Result<(), Error> {
        sql::query("DELETE FROM baselines WHERE project = $1")
            .bind(project)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// When the project is checked next, on whose grant; `None`: never.
    pub async fn schedule_check(&self, project: &str, next: Option<(&AccountKey, i64)>) -> Result<(), Error> {
        sql::query("UPDATE baselines SET account = $1, check_at = $2 WHERE project = $3")
            .bind(next.map(|(account, _)| account.as_str()))
            .bind(next.map(|(_, at)| at))
            .bind(project)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// Checks that are due, the longest first.
    pub async fn due_checks(&self, most: u32) -> Result<Vec<Due>, Error> {
        let rows: Vec<(String, String)> = sql::query_as(
            "SELECT project, account FROM baselines WHERE check_at <= $1 AND account IS NOT NULL ORDER BY check_at LIMIT $2",
        )
        .bind(now())
        .bind(most)
        .fetch_all(&self.pool)
        .await?;
        let due = |(project, account): (String, String)| Due {
            project,
            account: AccountKey::from(account),
        };
        Ok(rows.into_iter().map(due).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_baseline_is_kept_sealed_and_checked_when_it_is_due() {
        let dir = tempfile::tempdir().unwrap();
        let store = super::super::for_tests(dir.path()).await;
        let baseline = Baseline::of("Release".to_owned(), "ada".to_owned(), 7, Vec::new(), Vec::new());
        store.save_baseline("abc", &baseline).await.unwrap();
        assert_eq!(store.baseline("abc").await.unwrap(), Some(baseline.clone()));
        assert_eq!(store.baseline("abd").await.unwrap(), None);
        let found = store.baselines(&["abc".to_owned(), "abd".to_owned()]).await.unwrap();
        assert_eq!(found.keys().collect::<Vec<_>>(), ["abc"]);
        let sealed: Vec<u8> = sql::query_scalar("SELECT sealed FROM baselines")
            .fetch_one(&store.pool)
            .await
            .unwrap();
        assert!(!String::from_utf8_lossy(&sealed).contains("Release"));

        let mine = AccountKey::from("mine".to_owned());
        assert!(store.due_checks(9).await.unwrap().is_empty());
        store.schedule_check("abc", Some((&mine, now() + 60))).await.unwrap();
        assert!(store.due_checks(9).await.unwrap().is_empty());
        store.schedule_check("abc", Some((&mine, now() - 1))).await.unwrap();
        let due = store.due_checks(9).await.unwrap();
        assert_eq!((due[0].project.as_str(), &due[0].account), ("abc", &mine));
        store.save_baseline("abc", &baseline).await.unwrap();
        assert_eq!(
            store.due_checks(9).await.unwrap().len(),
            1,
            "a new reading changes no date"
        );
        store.drop_baseline("abc").await.unwrap();
        assert_eq!(store.baseline("abc").await.unwrap(), None);
    }

    #[tokio::test]
    async fn a_change_meets_the_baseline_as_it_stands_and_none_that_is_forgotten() {
        let dir = tempfile::tempdir().unwrap();
        let store = super::super::for_tests(dir.path()).await;
        let of = |name: &str| Baseline::of(name.to_owned(), "ada".to_owned(), 7, Vec::new(), Vec::new());
        store.change_baseline("abc", |_| true).await.unwrap();
        assert_eq!(store.baseline("abc").await.unwrap(), None);
        store.save_baseline("abc", &of("One")).await.unwrap();
        let many = (0..20).map(|at| {
            let store = store.clone();
            async move {
                store
                    .change_baseline("abc", |baseline| {
                        baseline.name.push_str(&format!(" {at}"));
                        true
                    })
                    .await
            }
        });
        for changed in futures::future::join_all(many).await {
            changed.unwrap();
        }
        let name = store.baseline("abc").await.unwrap().unwrap().name;
        assert_eq!(name.split(' ').count(), 21, "{name}");
        store.change_baseline("abc", |_| false).await.unwrap();
        assert_eq!(store.baseline("abc").await.unwrap().unwrap().name, name);
    }
}
