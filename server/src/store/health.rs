//! How services were seen to be, in the store. Who may see it is decided by whoever asks.

use app::health::{KEPT, Seen};

use super::{Store, now, sql};
use crate::error::Error;

/// Seconds without a look after which nothing is said of the time between.
const GAP: i64 = 60 * 60;
/// Looks that follow each other sooner, in seconds, are one.
const TOGETHER: i64 = 30;
/// Services of a project, and letters of a word, at most: both come from upstream.
const SERVICES: usize = 20;
const WORD: usize = 40;
/// Spans of a project, the newest: a service that comes and goes all the time fills no disk.
const SPANS: i64 = 2_000;

impl Store {
    /// Keeps how the services are now: pairs of service and status.
    pub async fn note_health(&self, project: &str, services: &[(String, String)]) -> Result<(), Error> {
        self.note_health_at(project, services, now()).await
    }

    async fn note_health_at(&self, project: &str, services: &[(String, String)], at: i64) -> Result<(), Error> {
        let short = |word: &String| word.chars().take(WORD).collect::<String>();
        let mut transaction = self.pool.begin().await?;
        transaction.alone("health", project).await?;
        for (service, status) in services.iter().take(SERVICES) {
            let (service, status) = (short(service), short(status));
            let last: Option<(i64, i64, String)> = sql::query_as(
                "SELECT since, until, status FROM health WHERE project = $1 AND service = $2 ORDER BY since DESC LIMIT 1",
            )
            .bind(project)
            .bind(&service)
            .fetch_optional(&mut transaction)
            .await?;
            match last {
                Some((since, until, last)) if last == status && at - until <= GAP => {
                    if at - until >= TOGETHER {
                        sql::query("UPDATE health SET until = $1 WHERE project = $2 AND service = $3 AND since = $4")
                            .bind(at)
                            .bind(project)
                            .bind(&service)
                            .bind(since)
                            .execute(&mut transaction)
                            .await?;
                    }
                }
                _ => {
                    sql::query(
                        "INSERT INTO health (project, service, since, until, status) VALUES ($1, $2, $3, $4, $5) \
                         ON CONFLICT (project, service, since) DO UPDATE SET status = excluded.status",
                    )
                    .bind(project)
                    .bind(&service)
                    .bind(at)
                    .bind(at)
                    .bind(&status)
                    .execute(&mut transaction)
                    .await?;
                }
            }
        }
        transaction.commit().await?;
        Ok(())
    }

    /// What is known of the project's services, the oldest first.
    pub async fn health(&self, project: &str) -> Result<Vec<Seen>, Error> {
        let rows: Vec<(String, String, i64, i64)> = sql::query_as(
            "SELECT service, status, since, until FROM (SELECT * FROM health WHERE project = $1 AND until > $2 \
             ORDER BY since DESC LIMIT $3) AS latest ORDER BY since, service",
        )
        .bind(project)
        .bind(now() - KEPT)
        .bind(SPANS)
        .fetch_all(&self.pool)
        .await?;
        let seen = |(service, status, since, until)| Seen {
            service,
            status,
            since,
            until,
        };
        Ok(rows.into_iter().map(seen).collect())
    }

    /// Forgets what is too old, and what is too much of one project.
    pub(super) async fn prune_health(&self) -> Result<(), Error> {
        sql::query("DELETE FROM health WHERE until <= $1")
            .bind(now() - KEPT)
            .execute(&self.pool)
            .await?;
        sql::query(
            "DELETE FROM health WHERE (project, service, since) IN (SELECT project, service, since FROM \
             (SELECT *, row_number() OVER (PARTITION BY project ORDER BY since DESC) AS place FROM health) AS placed WHERE place > $1)",
        )
        .bind(SPANS)
        .execute(&self.pool)
        .await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(all: &[(&str, &str)]) -> Vec<(String, String)> {
        let owned = |(service, status): &(&str, &str)| ((*service).to_owned(), (*status).to_owned());
        all.iter().map(owned).collect()
    }

    async fn spans(store: &Store, begin: i64) -> Vec<(String, i64, i64)> {
        let seen = store.health("abc").await.unwrap().into_iter();
        seen.map(|one| (one.status, one.since - begin, one.until - begin))
            .collect()
    }

    #[tokio::test]
    async fn a_span_lasts_while_somebody_looks_and_nothing_changes() {
        let dir = tempfile::tempdir().unwrap();
        let store = super::super::for_tests(dir.path()).await;
        let begin = now() - 4 * GAP;
        for (after, status) in [
            (0, "UP"),
            (10, "UP"),
            (600, "UP"),
            (700, "DOWN"),
            (700, "UP"),
            (700 + GAP + 1, "UP"),
        ] {
            let services = pairs(&[("db", status)]);
            store.note_health_at("abc", &services, begin + after).await.unwrap();
        }
        let up = |since, until| ("UP".to_owned(), since, until);
        assert_eq!(
            spans(&store, begin).await,
            [up(0, 600), up(700, 700), up(701 + GAP, 701 + GAP)],
            "two looks at one moment are the later one; nobody looked between the last two"
        );
        assert!(store.health("abd").await.unwrap().is_empty());
    }

    #[tokio::test]
    async fn what_is_kept_is_bounded() {
        let dir = tempfile::tempdir().unwrap();
        let store = super::super::for_tests(dir.path()).await;
        let old = now() - KEPT - 1;
        store.note_health_at("abc", &pairs(&[("db", "UP")]), old).await.unwrap();
        let many: Vec<_> = (0..SERVICES + 9)
            .map(|at| (format!("s{at}"), "x".repeat(WORD + 9)))
            .collect();
        store.note_health("abc", &many).await.unwrap();
        assert!(store.health("abc").await.unwrap().iter().all(|one| one.service != "db"));
        store.prune_health().await.unwrap();
        let kept: Vec<(String,)> = sql::query_as("SELECT status FROM health")
            .fetch_all(&store.pool)
            .await
            .unwrap();
        assert_eq!(kept.len(), SERVICES);
        assert!(kept.iter().all(|(status,)| status.len() == WORD));
        let now = now();
        for at in 0..SPANS {
            let status = if at % 2 == 0 { "UP" } else { "DOWN" };
            sql::query("INSERT INTO health VALUES ('abc', 'db', $1, $2, $3)")
                .bind(now - 9 - at)
                .bind(now - 9 - at)
                .bind(status)
                .execute(&store.pool)
                .await
                .unwrap();
        }
        store.prune_health().await.unwrap();
        let (kept,): (i64,) = sql::query_as("SELECT count(*) FROM health")
            .fetch_one(&store.pool)
            .await
            .unwrap();
        assert_eq!(kept, SPANS);
    }
}
