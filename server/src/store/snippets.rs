//! Statements, and questions to logs, that people gave a name: sealed, bounded in count, for their owner and whom they are
//! shared with. Whether somebody belongs to an organization is decided by whoever asks.

use app::sql::kept::{Kind, Label, Snippet, Wanted};

use super::{Store, crypto, sql};
use crate::{error::Error, identity::PersonId};

pub(super) const NAMED: &str = "snippets";
pub(super) const NAMED_TOLD: &str = "snippets.told";

/// Named ones of a kind of one person, at most.
const NAMES: i64 = 200;

/// The columns `id`, `person`, `organization` and `told`.
type Labelled = (String, String, Option<String>, Vec<u8>);
/// The same, and `sealed`.
type Whole = (String, String, Option<String>, Vec<u8>, Vec<u8>);

impl Store {
    /// Keeps a statement under a name, for its owner and, where one is given, for an organization. Gives its id; `None`:
    /// the owner has as many as one may have.
    pub async fn add_snippet(
        &self,
        person: &PersonId,
        owner: &str,
        organization: Option<&str>,
        (kind, wanted): (Kind, &Wanted),
    ) -> Result<Option<String>, Error> {
        let id = crypto::random_id();
        let label = Label {
            name: wanted.name.clone(),
            owner: owner.to_owned(),
        };
        let mut transaction = self.pool.begin().await?;
        transaction.alone(NAMED, person.as_str()).await?;
        let added = sql::query(
            "INSERT INTO snippets (id, person, organization, told, sealed, kind) SELECT $1, $2, $3, $4, $5, $7 \
             WHERE (SELECT count(*) FROM snippets WHERE person = $2 AND kind = $7) < $6",
        )
        .bind(&id)
        .bind(person.as_str())
        .bind(organization)
        .bind(self.vault.seal(NAMED_TOLD, &id, &label)?)
        .bind(self.vault.seal(NAMED, &id, &wanted.sql)?)
        .bind(NAMES)
        .bind(kind.as_str())
        .execute(&mut transaction)
        .await?;
        transaction.commit().await?;
        Ok((added == 1).then_some(id))
    }

    /// Changes one of the owner's own; `false` where it is none.
    pub async fn change_snippet(
        &self,
        person: &PersonId,
        owner: &str,
        organization: Option<&str>,
        (kind, id, wanted): (Kind, &str, &Wanted),
    ) -> Result<bool, Error> {
        let label = Label {
            name: wanted.name.clone(),
            owner: owner.to_owned(),
        };
        let changed = sql::query(
            "UPDATE snippets SET organization = $1, told = $2, sealed = $3 WHERE id = $4 AND person = $5 AND kind = $6",
        )
        .bind(organization)
        .bind(self.vault.seal(NAMED_TOLD, id, &label)?)
        .bind(self.vault.seal(NAMED, id, &wanted.sql)?)
        .bind(id)
        .bind(person.as_str())
        .bind(kind.as_str())
        .execute(&self.pool)
        .await?;
        Ok(changed == 1)
    }

    /// Forgets one of the owner's own; `false` where it is none.
    pub async fn drop_snippet(&self, person: &PersonId, (kind, id): (Kind, &str)) -> Result<bool, Error> {
        let dropped = sql::query("DELETE FROM snippets WHERE id = $1 AND person = $2 AND kind = $3")
            .bind(id)
            .bind(person.as_str())
            .bind(kind.as_str())
            .execute(&self.pool)
            .await?;
        Ok(dropped == 1)
    }

    /// The person's own and, where one is given, those that others share with the organization; by name, the own first.
    pub async fn snippets(
        &self,
        person: &PersonId,
        organization: Option<&str>,
        kind: Kind,
    ) -> Result<Vec<Snippet>, Error> {
        let rows: Vec<Labelled> = sql::query_as(
            "SELECT id, person, organization, told FROM snippets WHERE (person = $1 OR organization = $2) AND kind = $3",
        )
        .bind(person.as_str())
        .bind(organization)
        .bind(kind.as_str())
        .fetch_all(&self.pool)
        .await?;
        let all = rows.into_iter().map(|row| self.labelled(person, row));
        let mut all: Vec<Snippet> = all.collect::<Result<_, Error>>()?;
        all.sort_by_cached_key(place);
        Ok(all)
    }

    /// The same with their texts.
    pub async fn snippets_whole(
        &self,
        person: &PersonId,
        organization: Option<&str>,
        kind: Kind,
    ) -> Result<Vec<(Snippet, String)>, Error> {
        let rows: Vec<Whole> = sql::query_as(
            "SELECT id, person, organization, told, sealed FROM snippets \
             WHERE (person = $1 OR organization = $2) AND kind = $3",
        )
        .bind(person.as_str())
        .bind(organization)
        .bind(kind.as_str())
        .fetch_all(&self.pool)
        .await?;
        let all = rows.into_iter().map(|row| self.opened(person, row));
        let mut all: Vec<(Snippet, String)> = all.collect::<Result<_, Error>>()?;
        all.sort_by_cached_key(|(snippet, _)| place(snippet));
        Ok(all)
    }

    /// One of them with its text.
    pub async fn snippet(
        &self,
        person: &PersonId,
        organization: Option<&str>,
        (kind, id): (Kind, &str),
    ) -> Result<Option<(Snippet, String)>, Error> {
        let row: Option<Whole> = sql::query_as(
            "SELECT id, person, organization, told, sealed FROM snippets \
             WHERE id = $1 AND (person = $2 OR organization = $3) AND kind = $4",
        )
        .bind(id)
        .bind(person.as_str())
        .bind(organization)
        .bind(kind.as_str())
        .fetch_optional(&self.pool)
        .await?;
        row.map(|row| self.opened(person, row)).transpose()
    }

    /// A snippet as `person` sees it.
    fn labelled(&self, person: &PersonId, (id, owner, organization, told): Labelled) -> Result<Snippet, Error> {
        Ok(Snippet {
            own: owner == person.as_str(),
            label: self.vault.open(NAMED_TOLD, &id, &told)?,
            id,
            organization,
        })
    }

    /// The same with its text.
    fn opened(
        &self,
        person: &PersonId,
        (id, owner, organization, told, sealed): Whole,
    ) -> Result<(Snippet, String), Error> {
        let text = self.vault.open(NAMED, &id, &sealed)?;
        Ok((self.labelled(person, (id, owner, organization, told))?, text))
    }
}

/// Where a list has it: by name, the own first.
fn place(snippet: &Snippet) -> (bool, String) {
    (!snippet.own, snippet.label.name.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(id: &str) -> PersonId {
        PersonId::from(id.to_owned())
    }

    fn wanted(name: &str) -> Wanted {
        Wanted {
            name: name.to_owned(),
            sql: format!("select '{name}'"),
            shared: false,
        }
    }

    #[tokio::test]
    async fn a_named_one_is_read_by_its_organization_and_changed_by_its_owner_only() {
        let dir = tempfile::tempdir().unwrap();
        let store = super::super::for_tests(dir.path()).await;
        let (ada, bob) = (person("ada"), person("bob"));
        let own = store
            .add_snippet(&ada, "ada@x", None, (Kind::Sql, &wanted("own")))
            .await
            .unwrap()
            .unwrap();
        let shared = store
            .add_snippet(&ada, "ada@x", Some("acme"), (Kind::Sql, &wanted("shared")))
            .await
            .unwrap()
            .unwrap();
        let names =
            |snippets: Vec<Snippet>| -> Vec<String> { snippets.into_iter().map(|one| one.label.name).collect() };
        assert_eq!(
            names(store.snippets(&ada, None, Kind::Sql).await.unwrap()),
            ["own", "shared"]
        );
        assert_eq!(
            names(store.snippets(&bob, Some("acme"), Kind::Sql).await.unwrap()),
            ["shared"]
        );
        assert!(store.snippets(&ada, None, Kind::Logs).await.unwrap().is_empty());
        assert_eq!(store.snippet(&ada, None, (Kind::Logs, &own)).await.unwrap(), None);
        let whole = store.snippets_whole(&bob, Some("acme"), Kind::Sql).await.unwrap();
        assert_eq!(whole[0].1, "select 'shared'");
        assert!(store.snippets(&bob, None, Kind::Sql).await.unwrap().is_empty());
        let (seen, sql) = store
            .snippet(&bob, Some("acme"), (Kind::Sql, &shared))
            .await
            .unwrap()
            .unwrap();
        assert_eq!(
            (seen.own, seen.label.owner.as_str(), sql.as_str()),
            (false, "ada@x", "select 'shared'")
        );
        assert_eq!(
            store.snippet(&bob, Some("acme"), (Kind::Sql, &own)).await.unwrap(),
            None
        );
        assert_eq!(
            store.snippet(&bob, Some("other"), (Kind::Sql, &shared)).await.unwrap(),
            None
        );
        let other = wanted("other");
        assert!(
            !store
                .change_snippet(&bob, "bob@x", None, (Kind::Sql, &shared, &other))
                .await
                .unwrap()
        );
        assert!(!store.drop_snippet(&bob, (Kind::Sql, &shared)).await.unwrap());
        assert!(
            !store.drop_snippet(&ada, (Kind::Logs, &own)).await.unwrap(),
            "of another kind"
        );
        assert!(
            store
                .change_snippet(&ada, "ada@x", None, (Kind::Sql, &shared, &other))
                .await
                .unwrap()
        );
        assert!(
            store.snippets(&bob, Some("acme"), Kind::Sql).await.unwrap().is_empty(),
            "no longer shared"
        );
        assert!(store.drop_snippet(&ada, (Kind::Sql, &own)).await.unwrap());
        for at in 0..NAMES - 1 {
            assert!(
                store
                    .add_snippet(&ada, "ada@x", None, (Kind::Sql, &wanted(&at.to_string())))
                    .await
                    .unwrap()
                    .is_some()
            );
        }
        assert_eq!(
            store
                .add_snippet(&ada, "ada@x", None, (Kind::Sql, &wanted("more")))
                .await
                .unwrap(),
            None
        );
    }
}
