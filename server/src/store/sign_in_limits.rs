//! How often an address may ask for the sign-in, at all instances together. On PostgreSQL alone: on SQLite there is one
//! instance, which counts by itself.

use std::net::IpAddr;

use super::{
    Store,
    sql::{self, Dialect},
};
use crate::error::Error;

/// Microseconds in which an empty bucket is full again.
const MINUTE: i64 = 60_000_000;

/// $1 address, $2 microseconds for one request, $3 how long before it is full a bucket still has room for one.
const TAKE: &str = "\
WITH clock AS MATERIALIZED (SELECT unixmicros() AS at) \
INSERT INTO sign_in_limits AS kept (address, full_at) SELECT $1, at + $2 FROM clock \
ON CONFLICT (address) DO UPDATE SET full_at = GREATEST(kept.full_at + $2, excluded.full_at) \
WHERE kept.full_at - (SELECT at FROM clock) <= $3 RETURNING full_at";

/// $1 address.
const FULL_IN: &str = "SELECT full_at - unixmicros() FROM sign_in_limits WHERE address = $1";

impl Store {
    /// Takes one of so many requests a minute of this address; else tells after how many seconds there is room for one.
    pub async fn count_sign_in(&self, address: IpAddr, a_minute: u32) -> Result<Result<(), u64>, Error> {
        if self.pool.dialect() == Dialect::Sqlite {
            return Ok(Ok(()));
        }
        let address = self
            .vault
            .mac("sign-in address", &[Some(address.to_string().as_bytes())])
            .to_vec();
        let each = MINUTE / i64::from(a_minute.max(1));
        let taken: Option<i64> = sql::query_scalar(TAKE)
            .bind(&address)
            .bind(each)
            .bind(MINUTE - each)
            .fetch_optional(&self.pool)
            .await?;
        if taken.is_some() {
            return Ok(Ok(()));
        }
        let full_in: Option<i64> = sql::query_scalar(FULL_IN)
            .bind(&address)
            .fetch_optional(&self.pool)
            .await?;
        let wait = full_in.unwrap_or_default() - (MINUTE - each);
        Ok(Err(wait.max(1).unsigned_abs().div_ceil(1_000_000)))
    }
}

#[cfg(test)]
mod tests {
    use crate::store;

    #[tokio::test]
    async fn an_address_has_its_minute_at_all_instances_together() {
        let dir = tempfile::tempdir().unwrap();
        let store = store::for_tests(dir.path()).await;
        let (one, another) = ("192.0.2.1".parse().unwrap(), "192.0.2.2".parse().unwrap());
        for _ in 0..4 {
            assert_eq!(store.count_sign_in(one, 4).await.unwrap(), Ok(()));
        }
        if store.pool.dialect() == store::sql::Dialect::Sqlite {
            assert_eq!(
                store.count_sign_in(one, 4).await.unwrap(),
                Ok(()),
                "it is counted elsewhere"
            );
            return;
        }
        let wait = store.count_sign_in(one, 4).await.unwrap().unwrap_err();
        assert!((14..=15).contains(&wait), "{wait}");
        assert_eq!(store.count_sign_in(another, 4).await.unwrap(), Ok(()));
        // As if a quarter of a minute had gone by.
        store::sql::query("UPDATE sign_in_limits SET full_at = full_at - 15000000")
            .execute(&store.pool)
            .await
            .unwrap();
        assert_eq!(store.count_sign_in(one, 4).await.unwrap(), Ok(()));
        assert!(store.count_sign_in(one, 4).await.unwrap().is_err());
        // Whoever was not here for long has no more than a minute's.
        store::sql::query("UPDATE sign_in_limits SET full_at = 0")
            .execute(&store.pool)
            .await
            .unwrap();
        let mut taken = 0;
        while store.count_sign_in(one, 4).await.unwrap().is_ok() {
            taken += 1;
        }
        assert_eq!(taken, 4);
    }
}
