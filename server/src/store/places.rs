//! Places in the store: what belongs to what, by the person whose answers told it.

use sqlx::{FromRow, QueryBuilder, Sqlite};

use super::{Store, now};
use crate::{error::Error, identity::PersonId};

/// Rows that are kept, the newest.
const ROWS: i64 = 50_000;

/// Where something belongs, as far as that is known.
#[derive(Clone, Debug, Default, PartialEq, Eq, FromRow)]
pub struct Home {
    /// The project: production for a branch's own project, itself for production.
    pub project: Option<String>,
    /// The ref of a branch's own project.
    pub own: Option<String>,
    /// By slug.
    pub organization: Option<String>,
}

/// A row to be written.
pub struct PlaceRow {
    pub person: PersonId,
    pub key: String,
    pub home: Home,
}

#[derive(FromRow)]
struct Kept {
    key: String,
    #[sqlx(flatten)]
    home: Home,
}

impl Store {
    /// What is known of `key`, and of what it belongs to.
    pub async fn places_of(&self, person: &PersonId, key: &str) -> Result<Vec<(String, Home)>, Error> {
        let rows: Vec<Kept> = sqlx::query_as(
            "WITH found AS (SELECT key, project, own FROM places WHERE person = ?1 AND key = ?2) \
             SELECT key, project, own, organization FROM places WHERE person = ?1 AND key IN \
             (SELECT key FROM found UNION SELECT project FROM found UNION SELECT own FROM found)",
        )
        .bind(person.as_str())
        .bind(key)
        .fetch_all(&self.pool)
        .await?;
        Ok(rows.into_iter().map(|row| (row.key, row.home)).collect())
    }

    /// Keeps the rows, at most 1,000; what they do not tell stays as it was.
    pub async fn keep_places(&self, rows: Vec<PlaceRow>) -> Result<(), Error> {
        let seen_at = now();
        let mut query =
            QueryBuilder::<Sqlite>::new("INSERT INTO places (person, key, project, own, organization, seen_at) ");
        query.push_values(rows, |mut values, PlaceRow { person, key, home }| {
            values
                .push_bind(person.as_str().to_owned())
                .push_bind(key)
                .push_bind(home.project)
                .push_bind(home.own)
                .push_bind(home.organization)
                .push_bind(seen_at);
        });
        query.push(
            " ON CONFLICT (person, key) DO UPDATE SET project = coalesce(excluded.project, project), \
             own = coalesce(excluded.own, own), organization = coalesce(excluded.organization, organization), \
             seen_at = excluded.seen_at",
        );
        query.build().execute(&self.pool).await?;
        Ok(())
    }

    /// Forgets the oldest where there are too many.
    pub(super) async fn prune_places(&self) -> Result<(), Error> {
        sqlx::query(
            "DELETE FROM places WHERE seen_at < (SELECT seen_at FROM places ORDER BY seen_at DESC LIMIT 1 OFFSET ?)",
        )
        .bind(ROWS)
        .execute(&self.pool)
        .await?;
        Ok(())
    }
}
