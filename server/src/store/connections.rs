//! Connections in the store: the rows of one sign-in, each with tokens of its own.

use std::sync::Arc;

use super::{
    Store,
    accounts::{Details, NewAccount, TABLE},
    now,
    revocations::Ending,
    sql,
    tokens::{SealedTokens, TokenSet, scopes},
};
use crate::{
    error::Error,
    identity::{AccountKey, Person},
};

/// One connection as it is kept.
#[derive(Clone, Debug)]
pub struct Kept {
    pub key: AccountKey,
    pub person: Person,
    /// Upstream refuses it for good.
    pub dead: bool,
    /// Unix seconds.
    pub since: i64,
    /// Unix seconds; `None`: never.
    pub refreshed_at: Option<i64>,
    pub scopes: Option<Arc<[String]>>,
    /// The refs of the projects that the grant is limited to; `None`: it is for all of its organization's, or it was not
    /// told.
    pub limited_to: Option<Arc<[String]>>,
    pub details: Details,
}

#[derive(sqlx::FromRow)]
struct Row {
    key: String,
    person: Vec<u8>,
    dead: bool,
    signed_in_at: i64,
    refreshed_at: i64,
    scopes: Option<String>,
    projects: Option<String>,
    details: Option<Vec<u8>>,
}

impl Store {
    /// The connections of a sign-in, the first made first.
    pub async fn connections_of(&self, sign_in: &AccountKey) -> Result<Vec<Kept>, Error> {
        let rows: Vec<Row> = sql::query_as(
            "SELECT key, person, dead, signed_in_at, refreshed_at, scopes, projects, details FROM accounts \
             WHERE (key = $1 OR sign_in = $1) AND removed = FALSE AND expires_at > $2 ORDER BY signed_in_at, key = $1 DESC, key",
        )
        .bind(sign_in.as_str())
        .bind(now())
        .fetch_all(&self.pool)
        .await?;
        rows.into_iter()
            .map(|row| {
                let key = AccountKey::from(row.key);
                Ok(Kept {
                    person: self.open_person(&key, &row.person)?,
                    details: self.open_details(&key, row.details)?.unwrap_or_default(),
                    key,
                    dead: row.dead,
                    since: row.signed_in_at,
                    refreshed_at: Some(row.refreshed_at).filter(|at| *at > 0),
                    scopes: row.scopes.as_deref().map(scopes),
                    limited_to: row.projects.as_deref().map(scopes).filter(|refs| !refs.is_empty()),
                })
            })
            .collect()
    }

    /// The keys of all rows of a sign-in.
    pub async fn keys_of(&self, sign_in: &AccountKey) -> Result<Vec<AccountKey>, Error> {
        let keys: Vec<String> = sql::query_scalar("SELECT key FROM accounts WHERE key = $1 OR sign_in = $1")
            .bind(sign_in.as_str())
            .fetch_all(&self.pool)
            .await?;
        Ok(keys.into_iter().map(AccountKey::from).collect())
    }

    /// Adds a connection to a sign-in. It ends with it.
    pub async fn add_connection(&self, sign_in: &AccountKey, account: NewAccount<'_>) -> Result<(), Error> {
        let key = account.key;
        let mut transaction = self.durable.begin().await?;
        self.insert_account(&mut transaction, account).await?;
        sql::query(
            "UPDATE accounts SET sign_in = $1, expires_at = (SELECT expires_at FROM accounts WHERE key = $1) WHERE key = $2",
        )
        .bind(sign_in.as_str())
        .bind(key.as_str())
        .execute(&mut transaction)
        .await?;
        transaction.commit().await?;
        Ok(())
    }

    /// The same connection with new tokens: a refresh of the older ones that is under way comes to nothing.
    pub async fn renew_connection(&self, key: &AccountKey, tokens: &TokenSet, details: &Details) -> Result<(), Error> {
        let sealed = self.vault.seal(TABLE, key.as_str(), &SealedTokens::from(tokens))?;
        sql::query(
            "UPDATE accounts SET tokens = $1, details = $2, access_expires_at = $3, scopes = $4, projects = $5, revision = revision + 1, \
             lease = NULL, dead = FALSE, removed = FALSE, refreshed_at = $6 WHERE key = $7",
        )
        .bind(sealed)
        .bind(self.seal_details(key, details)?)
        .bind(tokens.access_expires_at)
        .bind(&tokens.scopes)
        .bind(&tokens.projects)
        .bind(now())
        .bind(key.as_str())
        .execute(&self.durable)
        .await?;
        Ok(())
    }

    /// Keeps what was found out of a connection.
    pub async fn note_details(&self, key: &AccountKey, details: &Details) -> Result<(), Error> {
        sql::query("UPDATE accounts SET details = $1 WHERE key = $2")
            .bind(self.seal_details(key, details)?)
            .bind(key.as_str())
            .execute(&self.durable)
            .await?;
        Ok(())
    }

    /// Forgets the tokens of a connection and puts its grant among those to be revoked. The row of the sign-in itself
    /// stays as long as others need it.
    pub async fn disconnect(&self, sign_in: &AccountKey, key: &AccountKey) -> Result<Ending, Error> {
        if key != sign_in {
            return self.end_account(key).await;
        }
        let nothing = SealedTokens::none();
        let emptied = self.vault.seal(TABLE, key.as_str(), &nothing)?;
        let mut transaction = self.durable.begin().await?;
        // From here on nobody else changes the row: no refresh that is under way is lost, none is given back twice.
        let row: Option<(Vec<u8>, bool)> = sql::query_as(
            "UPDATE accounts SET removed = TRUE, lease = NULL, revision = revision + 1 WHERE key = $1 RETURNING tokens, dead",
        )
        .bind(key.as_str())
        .fetch_optional(&mut transaction)
        .await?;
        sql::query("UPDATE accounts SET tokens = $1, dead = TRUE WHERE key = $2")
            .bind(emptied)
            .bind(key.as_str())
            .execute(&mut transaction)
            .await?;
        let ending = self.ending(&mut transaction, key, row).await?;
        transaction.commit().await?;
        Ok(ending)
    }
}

#[cfg(test)]
mod tests {
    use app::backend::SignInMethod;
    use secrecy::ExposeSecret;

    use super::*;
    use crate::{
        identity::{Known, PersonId},
        store::for_tests,
    };

    async fn add(store: &Store, key: &str, to: Option<&str>) -> AccountKey {
        let (key, person) = (
            AccountKey::from(key.to_owned()),
            Person {
                id: PersonId::from("ada".to_owned()),
                email: None,
                username: None,
                label: None,
                method: SignInMethod::Oauth,
                known: Known::SignIn,
            },
        );
        let tokens = TokenSet {
            access: format!("access {}", key.as_str()).into(),
            refresh: Some(format!("refresh {}", key.as_str()).into()),
            access_expires_at: None,
            scopes: None,
            projects: None,
        };
        let details = Details::default();
        let account = NewAccount {
            key: &key,
            person: &person,
            tokens: &tokens,
            details: &details,
            admitted_as: None,
        };
        match to {
            Some(to) => store.add_connection(&AccountKey::from(to.to_owned()), account).await,
            None => store.add_account(account).await,
        }
        .unwrap();
        key
    }

    #[tokio::test]
    async fn a_sign_in_holds_several_and_outlives_its_first() {
        let dir = tempfile::tempdir().unwrap();
        let store = for_tests(dir.path()).await;
        let first = add(&store, "a", None).await;
        let second = add(&store, "b", Some("a")).await;
        let keys = async || -> Vec<String> {
            let all = store.connections_of(&first).await.unwrap();
            all.iter().map(|one| one.key.as_str().to_owned()).collect()
        };
        assert_eq!(keys().await, ["a", "b"]);
        assert_eq!(
            store
                .accounts_of(&PersonId::from("ada".to_owned()))
                .await
                .unwrap()
                .len(),
            1,
            "it is one sign-in"
        );
        assert!(matches!(
            store.disconnect(&first, &first).await.unwrap(),
            Ending::Grant(_)
        ));
        assert_eq!(keys().await, ["b"]);
        assert!(store.account(&first).await.unwrap().is_some(), "the sign-in stays");
        assert!(store.tokens(&first).await.unwrap().unwrap().dead);
        assert!(matches!(
            store.disconnect(&first, &second).await.unwrap(),
            Ending::Grant(_)
        ));
        assert!(keys().await.is_empty());
    }

    #[tokio::test]
    async fn what_belongs_to_a_sign_in_that_has_gone_ends_too() {
        let dir = tempfile::tempdir().unwrap();
        let store = for_tests(dir.path()).await;
        let first = add(&store, "a", None).await;
        add(&store, "b", Some("a")).await;
        store.end_account(&first).await.unwrap();
        store.delete_expired().await.unwrap();
        assert!(store.keys_of(&first).await.unwrap().is_empty());
    }

    #[tokio::test]
    async fn a_refresh_under_way_does_not_undo_a_new_consent() {
        let dir = tempfile::tempdir().unwrap();
        let store = for_tests(dir.path()).await;
        let key = add(&store, "a", None).await;
        let before = store.tokens(&key).await.unwrap().unwrap();
        store.mark_dead(&key, before.revision).await.unwrap();
        store
            .renew_connection(&key, &before.tokens, &Details::default())
            .await
            .unwrap();
        assert!(!store.tokens(&key).await.unwrap().unwrap().dead);
        assert!(!store.save_tokens(&key, before.revision, &before.tokens).await.unwrap());
    }

    #[tokio::test]
    async fn a_grant_that_another_found_dead_lives_for_whom_its_new_tokens_were_given() {
        let dir = tempfile::tempdir().unwrap();
        let store = for_tests(dir.path()).await;
        let key = add(&store, "a", None).await;
        let before = store.tokens(&key).await.unwrap().unwrap();
        // One instance has been given new tokens and is frozen; the next one is refused those of before.
        assert!(store.take_lease(&key, "frozen", 0).await.unwrap());
        assert!(store.take_lease(&key, "other", 30).await.unwrap());
        store.mark_dead(&key, before.revision).await.unwrap();
        assert!(store.tokens(&key).await.unwrap().unwrap().dead);
        let given = TokenSet {
            access: "given".to_owned().into(),
            ..before.tokens
        };
        assert!(store.save_tokens(&key, before.revision, &given).await.unwrap());
        let after = store.tokens(&key).await.unwrap().unwrap();
        assert!(!after.dead);
        assert_eq!(after.tokens.access.expose_secret(), "given");
    }
}
