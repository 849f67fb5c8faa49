//! Statements with their values, and what comes of them.

use std::marker::PhantomData;

use futures::{StreamExt, TryStreamExt, future::BoxFuture, stream::BoxStream};
use sqlx::{
    FromRow, Postgres, SqlSafeStr, SqlStr, Sqlite,
    postgres::PgRow,
    query::{Query as Bound, QueryAs as BoundAs},
    sqlite::SqliteRow,
};

use super::{
    On, Value,
    postgres::{answered, each_answered},
};

/// A row that can be read from either engine, such as a tuple or what derives `FromRow`. Numbers are `i64` or `bool`.
pub trait Record: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin + 'static {}
impl<T> Record for T where T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin + 'static {}

/// A statement of which only is asked how many rows it met.
#[derive(Debug)]
#[must_use = "it does nothing until it is executed"]
pub struct Query {
    sql: SqlStr,
    values: Vec<Value>,
}

/// A statement that gives rows.
#[derive(Debug)]
#[must_use = "it does nothing until it is fetched"]
pub struct QueryAs<T>(Query, PhantomData<fn() -> T>);

/// A statement that gives rows of one column.
#[derive(Debug)]
#[must_use = "it does nothing until it is fetched"]
pub struct QueryScalar<T>(Query, PhantomData<fn() -> T>);

pub fn query(sql: impl SqlSafeStr) -> Query {
    Query::with(sql, Vec::new())
}

pub fn query_as<T>(sql: impl SqlSafeStr) -> QueryAs<T> {
    query(sql).into()
}

pub fn query_scalar<T>(sql: impl SqlSafeStr) -> QueryScalar<T> {
    QueryScalar(query(sql), PhantomData)
}

impl<T> From<Query> for QueryAs<T> {
    fn from(query: Query) -> Self {
        Self(query, PhantomData)
    }
}

/// The statement with its values as one engine's driver wants them.
macro_rules! bound {
    ($query:expr, $values:expr, $text:path) => {{
        let mut query = $query;
        for value in $values {
            query = match value {
                Value::Int(value) => query.bind(value),
                Value::Text(value) => query.bind(value.map($text)),
                Value::Bytes(value) => query.bind(value),
                Value::Bool(value) => query.bind(value),
            };
        }
        query
    }};
}

fn as_it_is(text: String) -> String {
    text
}

impl Query {
    pub(super) fn with(sql: impl SqlSafeStr, values: Vec<Value>) -> Self {
        Self {
            sql: sql.into_sql_str(),
            values,
        }
    }

    pub fn bind(mut self, value: impl Into<Value>) -> Self {
        self.values.push(value.into());
        self
    }

    fn sqlite(self) -> Bound<'static, Sqlite, <Sqlite as sqlx::Database>::Arguments> {
        bound!(sqlx::query(self.sql), self.values, as_it_is)
    }

    fn postgres(self) -> Bound<'static, Postgres, <Postgres as sqlx::Database>::Arguments> {
        bound!(sqlx::query(self.sql), self.values, Value::without_zero)
    }

    fn sqlite_as<T: Record>(self) -> BoundAs<'static, Sqlite, T, <Sqlite as sqlx::Database>::Arguments> {
        bound!(sqlx::query_as(self.sql), self.values, as_it_is)
    }

    fn postgres_as<T: Record>(self) -> BoundAs<'static, Postgres, T, <Postgres as sqlx::Database>::Arguments> {
        bound!(sqlx::query_as(self.sql), self.values, Value::without_zero)
    }

    /// Gives the number of rows that were met.
    pub fn execute<'c>(self, on: impl Into<On<'c>>) -> BoxFuture<'c, Result<u64, sqlx::Error>> {
        let on = on.into();
        Box::pin(async move {
            Ok(match on {
                On::SqlitePool(pool) => self.sqlite().execute(pool).await?.rows_affected(),
                On::Sqlite(one) => self.sqlite().execute(one).await?.rows_affected(),
                On::PostgresPool(pool) => answered(self.postgres().execute(pool)).await?.rows_affected(),
                On::Postgres(one) => answered(self.postgres().execute(one)).await?.rows_affected(),
            })
        })
    }
}

impl<T: Record> QueryAs<T> {
    pub fn bind(self, value: impl Into<Value>) -> Self {
        Self(self.0.bind(value), PhantomData)
    }

    /// The rows, as they come.
    pub fn fetch<'c>(self, on: impl Into<On<'c>>) -> BoxStream<'c, Result<T, sqlx::Error>> {
        match on.into() {
            On::SqlitePool(pool) => self.0.sqlite_as().fetch(pool),
            On::Sqlite(one) => self.0.sqlite_as().fetch(one),
            On::PostgresPool(pool) => each_answered(self.0.postgres_as().fetch(pool)),
            On::Postgres(one) => each_answered(self.0.postgres_as().fetch(one)),
        }
    }

    pub fn fetch_all<'c>(self, on: impl Into<On<'c>>) -> BoxFuture<'c, Result<Vec<T>, sqlx::Error>> {
        Box::pin(self.fetch(on).try_collect())
    }

    /// The first row, where there is one.
    pub fn fetch_optional<'c>(self, on: impl Into<On<'c>>) -> BoxFuture<'c, Result<Option<T>, sqlx::Error>> {
        let on = on.into();
        Box::pin(async move {
            match on {
                On::SqlitePool(pool) => self.0.sqlite_as().fetch_optional(pool).await,
                On::Sqlite(one) => self.0.sqlite_as().fetch_optional(one).await,
                On::PostgresPool(pool) => answered(self.0.postgres_as().fetch_optional(pool)).await,
                On::Postgres(one) => answered(self.0.postgres_as().fetch_optional(one)).await,
            }
        })
    }

    /// The first row; an error where there is none.
    pub fn fetch_one<'c>(self, on: impl Into<On<'c>>) -> BoxFuture<'c, Result<T, sqlx::Error>> {
        let found = self.fetch_optional(on);
        Box::pin(async move { found.await?.ok_or(sqlx::Error::RowNotFound) })
    }
}

impl<T: 'static> QueryScalar<T>
where
    (T,): Record,
{
    pub fn bind(self, value: impl Into<Value>) -> Self {
        Self(self.0.bind(value), PhantomData)
    }

    fn rows(self) -> QueryAs<(T,)> {
        self.0.into()
    }

    pub fn fetch<'c>(self, on: impl Into<On<'c>>) -> BoxStream<'c, Result<T, sqlx::Error>> {
        self.rows().fetch(on).map_ok(|(value,)| value).boxed()
    }

    pub fn fetch_all<'c>(self, on: impl Into<On<'c>>) -> BoxFuture<'c, Result<Vec<T>, sqlx::Error>>
    where
        T: Send,
    {
        Box::pin(self.fetch(on).try_collect())
    }

    /// The value of the first row, where there is one.
    pub fn fetch_optional<'c>(self, on: impl Into<On<'c>>) -> BoxFuture<'c, Result<Option<T>, sqlx::Error>> {
        let found = self.rows().fetch_optional(on);
        Box::pin(async move { Ok(found.await?.map(|(value,)| value)) })
    }

    /// The value of the first row; an error where there is none.
    pub fn fetch_one<'c>(self, on: impl Into<On<'c>>) -> BoxFuture<'c, Result<T, sqlx::Error>> {
        let found = self.rows().fetch_one(on);
        Box::pin(async move { Ok(found.await?.0) })
    }
}
