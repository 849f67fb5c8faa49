//! Baselines in the store: one for each project. Who may see one is decided by whoever asks.

use std::collections::BTreeMap;

use app::settings::baseline::Baseline;

use super::{
    Store, now,
    sql::{self, Builder},
};
use crate::{error::Error, identity::AccountKey};

pub(super) const TABLE: &str = "baselines";

/// Seconds for which a check is of whoever took it; after that somebody else takes it, as if it had broken off.
const TAKEN: i64 = 15 * 60;

/// A check that is due, taken by whoever makes it.
pub struct Due {
    pub project: String,
    pub account: AccountKey,
    /// Until when, in seconds since 1970.
    until: i64,
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

    /// Takes the check that has been due the longest: no other instance makes it meanwhile.
    pub async fn take_check(&self) -> Result<Option<Due>, Error> {
        let until = now() + TAKEN;
        let taken: Option<(String, String)> = sql::query_as(
            "UPDATE baselines SET check_at = $1 WHERE check_at <= $2 AND project = \
             (SELECT project FROM baselines WHERE check_at <= $2 AND account IS NOT NULL ORDER BY check_at LIMIT 1) \
             RETURNING project, account",
        )
        .bind(until)
        .bind(now())
        .fetch_optional(&self.pool)
        .await?;
        Ok(taken.map(|(project, account)| Due {
            project,
            account: AccountKey::from(account),
            until,
        }))
    }

    /// When a check that was taken is made next; `None`: never. Nothing changes where somebody has said otherwise meanwhile.
    pub async fn put_back_check(&self, due: &Due, next: Option<i64>) -> Result<(), Error> {
        sql::query("UPDATE baselines SET account = $1, check_at = $2 WHERE project = $3 AND check_at = $4")
            .bind(next.map(|_| due.account.as_str()))
            .bind(next)
            .bind(&due.project)
            .bind(due.until)
            .execute(&self.pool)
            .await?;
        Ok(())
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
        assert!(store.take_check().await.unwrap().is_none());
        store.schedule_check("abc", Some((&mine, now() + 60))).await.unwrap();
        assert!(store.take_check().await.unwrap().is_none());
        store.schedule_check("abc", Some((&mine, now() - 1))).await.unwrap();
        store.save_baseline("abc", &baseline).await.unwrap();
        let due = store
            .take_check()
            .await
            .unwrap()
            .expect("a new reading changes no date");
        assert_eq!((due.project.as_str(), &due.account), ("abc", &mine));
        store.drop_baseline("abc").await.unwrap();
        assert_eq!(store.baseline("abc").await.unwrap(), None);
    }

    #[tokio::test]
    async fn a_check_is_made_by_one_and_undoes_no_other_schedule() {
        let dir = tempfile::tempdir().unwrap();
        let store = super::super::for_tests(dir.path()).await;
        let baseline = Baseline::of("Release".to_owned(), "ada".to_owned(), 7, Vec::new(), Vec::new());
        store.save_baseline("abc", &baseline).await.unwrap();
        let mine = AccountKey::from("mine".to_owned());
        store.schedule_check("abc", Some((&mine, now() - 1))).await.unwrap();
        let taken = futures::future::join_all((0..8).map(|_| store.take_check())).await;
        let mut taken: Vec<Due> = taken.into_iter().filter_map(Result::unwrap).collect();
        let due = taken.pop().unwrap();
        assert!(taken.is_empty());

        let at = async || -> Option<i64> {
            sql::query_scalar("SELECT check_at FROM baselines")
                .fetch_one(&store.pool)
                .await
                .unwrap()
        };
        store.put_back_check(&due, Some(now() - 1)).await.unwrap();
        let due = store.take_check().await.unwrap().unwrap();
        // Switched off while it was made.
        store.schedule_check("abc", None).await.unwrap();
        store.put_back_check(&due, Some(now() + 60)).await.unwrap();
        assert_eq!(at().await, None);
        // By somebody else, to another time.
        let theirs = AccountKey::from("theirs".to_owned());
        store.schedule_check("abc", Some((&theirs, 77))).await.unwrap();
        store.put_back_check(&due, None).await.unwrap();
        assert_eq!(at().await, Some(77));
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
