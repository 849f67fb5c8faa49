//! Statements that people ran, and those that they gave a name: sealed, bounded in count and age. Whether somebody belongs to
//! an organization is decided by whoever asks.

use app::sql::kept::{Kind, Label, Past, Snippet, Told, Wanted};
use time::OffsetDateTime;

use super::{Store, crypto, now, sql};
use crate::{error::Error, identity::PersonId};

pub(super) const RAN: &str = "ran_statements";
pub(super) const RAN_TOLD: &str = "ran_statements.told";
pub(super) const NAMED: &str = "snippets";
pub(super) const NAMED_TOLD: &str = "snippets.told";

/// Seconds after its last run that a statement is forgotten.
const KEPT: i64 = 90 * 24 * 60 * 60;
/// Statements of one person in one project, and in all, at most; the oldest go first.
const EACH: i64 = 100;
const ALL: i64 = 1_000;
/// Named ones of a kind of one person, at most.
const NAMES: i64 = 200;

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

/// By which what was written in one second is put in order; Unix time.
fn microseconds() -> i64 {
    let nanoseconds = OffsetDateTime::now_utc().unix_timestamp_nanos();
    i64::try_from(nanoseconds / 1_000).unwrap_or(i64::MAX)
}

/// The columns `id`, `person`, `organization` and `told`.
type Labelled = (String, String, Option<String>, Vec<u8>);
/// The same, and `sealed`.
type Whole = (String, String, Option<String>, Vec<u8>, Vec<u8>);

/// Where a list has it: by name, the own first.
fn place(snippet: &Snippet) -> (bool, String) {
    (!snippet.own, snippet.label.name.to_lowercase())
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

    fn wanted(name: &str) -> Wanted {
        Wanted {
            name: name.to_owned(),
            sql: format!("select '{name}'"),
            shared: false,
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
