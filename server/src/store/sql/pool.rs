//! Connections to one engine or the other.

use futures::future::BoxFuture;
use sqlx::{PgConnection, PgPool, Postgres, Sqlite, SqliteConnection, SqlitePool};

use super::{Dialect, postgres::answered, query};

/// Connections that are kept open. Cloning is cheap.
#[derive(Clone, Debug)]
pub enum Pool {
    Sqlite(SqlitePool),
    Postgres(PgPool),
}

/// What a statement runs on: any connection of a pool, or the one of a transaction.
pub enum On<'c> {
    SqlitePool(&'c SqlitePool),
    PostgresPool(&'c PgPool),
    Sqlite(&'c mut SqliteConnection),
    Postgres(&'c mut PgConnection),
}

/// Statements that count all together or not at all. Dropped without [`Transaction::commit`] it changes nothing.
#[derive(Debug)]
pub enum Transaction {
    Sqlite(sqlx::Transaction<'static, Sqlite>),
    Postgres(sqlx::Transaction<'static, Postgres>),
}

impl Pool {
    pub fn dialect(&self) -> Dialect {
        match self {
            Self::Sqlite(_) => Dialect::Sqlite,
            Self::Postgres(_) => Dialect::Postgres,
        }
    }

    /// Begins to change something. On SQLite nobody else writes until the end; on PostgreSQL see [`Transaction::alone`].
    pub fn begin(&self) -> BoxFuture<'_, Result<Transaction, sqlx::Error>> {
        Box::pin(async move {
            Ok(match self {
                Self::Sqlite(pool) => Transaction::Sqlite(pool.begin_with("BEGIN IMMEDIATE").await?),
                Self::Postgres(pool) => Transaction::Postgres(answered(pool.begin()).await?),
            })
        })
    }

    /// Begins to read: all statements see the same moment, whatever others write meanwhile.
    pub fn snapshot(&self) -> BoxFuture<'_, Result<Transaction, sqlx::Error>> {
        Box::pin(async move {
            Ok(match self {
                Self::Sqlite(pool) => Transaction::Sqlite(pool.begin().await?),
                Self::Postgres(pool) => {
                    let begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
                    Transaction::Postgres(answered(pool.begin_with(begin)).await?)
                }
            })
        })
    }

    /// Waits for what is under way, and closes all connections.
    pub async fn close(&self) {
        match self {
            Self::Sqlite(pool) => pool.close().await,
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

impl Transaction {
    pub fn dialect(&self) -> Dialect {
        match self {
            Self::Sqlite(_) => Dialect::Sqlite,
            Self::Postgres(_) => Dialect::Postgres,
        }
    }

    /// Waits until no other transaction of any instance has said the same of this thing, and keeps others waiting until
    /// the end: for what is read, decided upon and then written. SQLite's only writer is alone anyway.
    pub fn alone(&mut self, kind: &str, thing: &str) -> BoxFuture<'_, Result<(), sqlx::Error>> {
        if self.dialect() == Dialect::Sqlite {
            return Box::pin(std::future::ready(Ok(())));
        }
        let locked = query("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))")
            .bind(format!("steward/{kind}/{thing}"))
            .execute(self);
        Box::pin(async move { locked.await.map(drop) })
    }

    pub async fn commit(self) -> Result<(), sqlx::Error> {
        match self {
            Self::Sqlite(transaction) => transaction.commit().await,
            Self::Postgres(transaction) => answered(transaction.commit()).await,
        }
    }
}

impl<'c> From<&'c Pool> for On<'c> {
    fn from(pool: &'c Pool) -> Self {
        match pool {
            Pool::Sqlite(pool) => Self::SqlitePool(pool),
            Pool::Postgres(pool) => Self::PostgresPool(pool),
        }
    }
}

impl<'c> From<&'c mut Transaction> for On<'c> {
    fn from(transaction: &'c mut Transaction) -> Self {
        match transaction {
            Transaction::Sqlite(transaction) => Self::Sqlite(transaction),
            Transaction::Postgres(transaction) => Self::Postgres(transaction),
        }
    }
}
