//! Places in the store: what belongs to what, by the person whose answers told it.

use sqlx::FromRow;

use super::{
    Store, now,
    sql::{self, Builder},
};
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
        let rows: Vec<Kept> = sql::query_as(
            "WITH found AS (SELECT key, project, own FROM places WHERE person = $1 AND key = $2) \
             SELECT key, project, own, organization FROM places WHERE person = $1 AND key IN \
             (SELECT key FROM found UNION SELECT project FROM found UNION SELECT own FROM found)",
        )
        .bind(person.as_str())
        .bind(key)
        .fetch_all(&self.pool)
        .await?;
        Ok(rows.into_iter().map(|row| (row.key, row.home)).collect())
    }

    /// Keeps the rows, at most 1,000; what they do not tell stays as it was.
    pub async fn keep_places(&self, mut rows: Vec<PlaceRow>) -> Result<(), Error> {
        // In one order everywhere, so that two instances never wait for each other.
        rows.sort_unstable_by(|one, other| (one.person.as_str(), &one.key).cmp(&(other.person.as_str(), &other.key)));
        let seen_at = now();
        let mut query = Builder::new("INSERT INTO places (person, key, project, own, organization, seen_at) ");
        query.push_rows(rows.into_iter().map(|PlaceRow { person, key, home }| {
            vec![
                person.as_str().into(),
                key.into(),
                home.project.into(),
                home.own.into(),
                home.organization.into(),
                seen_at.into(),
            ]
        }));
        query.push(
            " ON CONFLICT (person, key) DO UPDATE SET project = coalesce(excluded.project, places.project), \
             own = coalesce(excluded.own, places.own), \
             organization = coalesce(excluded.organization, places.organization), \
             seen_at = excluded.seen_at",
        );
        query.build().execute(&self.pool).await?;
        Ok(())
    }

    /// Forgets the oldest where there are too many.
    pub(super) async fn prune_places(&self) -> Result<(), Error> {
        sql::query(
            "DELETE FROM places WHERE seen_at < (SELECT seen_at FROM places ORDER BY seen_at DESC LIMIT 1 OFFSET $1)",
        )
        .bind(ROWS)
        .execute(&self.pool)
        .await?;
        Ok(())
    }
}
