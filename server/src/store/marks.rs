//! Projects that are marked as production. Who may see and change that is decided by whoever asks.

use app::mark::Mark;

use super::{Store, sql};
use crate::error::Error;

pub(super) const TABLE: &str = "production_marks";

impl Store {
    /// The refs of all projects that are marked.
    pub async fn marked(&self) -> Result<Vec<String>, Error> {
        let marked = sql::query_scalar("SELECT project FROM production_marks");
        Ok(marked.fetch_all(&self.pool).await?)
    }

    pub async fn production_mark(&self, project: &str) -> Result<Option<Mark>, Error> {
        let sealed: Option<Vec<u8>> = sql::query_scalar("SELECT sealed FROM production_marks WHERE project = $1")
            .bind(project)
            .fetch_optional(&self.pool)
            .await?;
        sealed
            .map(|sealed| self.vault.open(TABLE, project, &sealed))
            .transpose()
    }

    /// Marks the project, or takes the mark away.
    pub async fn set_mark(&self, project: &str, mark: Option<&Mark>) -> Result<(), Error> {
        let statement = match mark {
            Some(mark) => sql::query(
                "INSERT INTO production_marks (project, sealed) VALUES ($1, $2) \
                 ON CONFLICT (project) DO UPDATE SET sealed = excluded.sealed",
            )
            .bind(project)
            .bind(self.vault.seal(TABLE, project, mark)?),
            None => sql::query("DELETE FROM production_marks WHERE project = $1").bind(project),
        };
        statement.execute(&self.pool).await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_project_is_marked_and_unmarked_and_who_did_it_lies_sealed() {
        let dir = tempfile::tempdir().unwrap();
        let store = super::super::for_tests(dir.path()).await;
        let mark = Mark {
            by: "ada@example.com".to_owned(),
            at: 7,
        };
        store.set_mark("shop", Some(&mark)).await.unwrap();
        store.set_mark("shop", Some(&mark)).await.unwrap();
        assert_eq!(store.production_mark("shop").await.unwrap(), Some(mark));
        assert_eq!(store.production_mark("other").await.unwrap(), None);
        assert_eq!(store.marked().await.unwrap(), ["shop"]);
        let sealed: Vec<u8> = sql::query_scalar("SELECT sealed FROM production_marks")
            .fetch_one(&store.pool)
            .await
            .unwrap();
        assert!(!String::from_utf8_lossy(&sealed).contains("ada"));
        store.set_mark("shop", None).await.unwrap();
        assert!(store.marked().await.unwrap().is_empty());
    }
}
