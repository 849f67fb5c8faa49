//! People: the ids under which somebody stands in the audit.

use super::{Store, crypto::hashed, sql};
use crate::{error::Error, identity::PersonId};

/// The id of whoever has this profile. It stays with them when their address changes, and passes to nobody else.
pub fn by_profile(gotrue_id: &str) -> PersonId {
    PersonId::from(hashed(&format!("profile {gotrue_id}")))
}

/// The id that people had while they were known by their address.
fn by_address(email: &str) -> PersonId {
    PersonId::from(hashed(&format!("person {}", email.to_lowercase())))
}

impl Store {
    /// Gives a person what stands in the audit under their address of before: once, to whoever comes first, so that
    /// somebody who takes the address over later does not inherit it. Only ids that stood there when people began to be
    /// known by their profile can be taken.
    pub async fn take_alias(&self, person: &PersonId, email: &str) -> Result<(), Error> {
        let taken = sql::query("UPDATE people SET person = $1 WHERE alias = $2 AND person IS NULL")
            .bind(person.as_str())
            .bind(by_address(email).as_str())
            .execute(&self.durable)
            .await?;
        if taken > 0 {
            tracing::info!(%person, "the audit's rows of an address of before have found their person");
        }
        Ok(())
    }

    /// What stood under the id of one sign-in is the person's from now on, whom a token of theirs has named.
    pub async fn join_people(&self, sign_in: &PersonId, person: &PersonId) -> Result<(), Error> {
        sql::query("INSERT INTO people (alias, person) VALUES ($1, $2) ON CONFLICT (alias) DO NOTHING")
            .bind(sign_in.as_str())
            .bind(person.as_str())
            .execute(&self.durable)
            .await?;
        Ok(())
    }

    /// Everything that the person is called in the audit: the id of today first.
    pub async fn names_in_audit(&self, person: &PersonId) -> Result<Vec<PersonId>, Error> {
        let aliases: Vec<String> = sql::query_scalar("SELECT alias FROM people WHERE person = $1")
            .bind(person.as_str())
            .fetch_all(&self.pool)
            .await?;
        let mut names = vec![person.clone()];
        names.extend(aliases.into_iter().map(PersonId::from));
        Ok(names)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn an_address_of_before_is_taken_once_and_only_if_it_stood_there() {
        let dir = tempfile::tempdir().unwrap();
        let store = super::super::for_tests(dir.path()).await;
        let old = by_address("Ada@example.com");
        sql::query("INSERT INTO people (alias) VALUES ($1)")
            .bind(old.as_str())
            .execute(&store.durable)
            .await
            .unwrap();
        let (ada, heir) = (by_profile("1"), by_profile("2"));
        store.take_alias(&ada, "ada@example.com").await.unwrap();
        store.take_alias(&heir, "ada@example.com").await.unwrap();
        store.take_alias(&heir, "new@example.com").await.unwrap();
        assert_eq!(store.names_in_audit(&ada).await.unwrap(), [ada, old]);
        assert_eq!(store.names_in_audit(&heir).await.unwrap(), [heir]);
    }
}
