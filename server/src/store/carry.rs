//! Carrying an installation over from one database to another, from either engine to either.

use futures::TryStreamExt;
use sha2::{Digest, Sha256};
use sqlx::{AssertSqlSafe, ColumnIndex, Decode, FromRow, Row, Type};

use super::{
    Store,
    audit::verify::Verdict,
    sql::{self, Builder, Dialect, Transaction, Value, query_as, query_scalar},
};
use crate::error::Error;

/// Rows that are written in one statement; 28 values each at most.
const BATCH: usize = 200;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Int,
    Text,
    Bytes,
    Bool,
}

/// A table: its name, the columns that put its rows in an order, and all of its columns.
pub(super) struct Table {
    pub name: &'static str,
    order: &'static str,
    pub columns: &'static [(Kind, &'static str)],
}

macro_rules! tables {
    ($($name:ident by $order:literal: $($kind:ident $($column:ident)+),+;)+) => {
        &[$(Table {
            name: stringify!($name),
            order: $order,
            columns: &[$($((Kind::$kind, stringify!($column)),)+)+],
        }),+]
    };
}

/// All tables. A test compares them with those that there are.
pub(super) const TABLES: &[Table] = tables! {
    sessions by "id_hash": Text id_hash, Bytes sealed, Int expires_at;
    sign_ins by "state_hash": Text state_hash browser, Bytes sealed, Int expires_at;
    accounts by "key": Text key lease admitted_as owner scopes sign_in projects, Bytes person tokens details,
        Bool dead removed, Int access_expires_at revision lease_until expires_at admitted_at admission_asked_at signed_in_at
        used_at refreshed_at;
    notices by "id_hash": Text id_hash account, Bytes sealed, Int expires_at;
    revocations by "id": Text id, Bytes sealed, Int asked_at attempts next_at;
    people by "alias": Text alias person;
    places by "person, key": Text person key project own organization, Int seen_at;
    plans by "id_hash": Text id_hash account phase run, Bytes sealed, Int written_at expires_at, Bool stopped;
    baselines by "project": Text project account, Bytes sealed, Int check_at;
    accepted_findings by "project, finding": Text project finding, Int until, Bytes sealed;
    seen_findings by "project, finding": Text project finding, Int since;
    ran_statements by "id": Text id person project, Int at written, Bytes told sealed;
    snippets by "id": Text id person organization kind, Bytes told sealed;
    production_marks by "project": Text project, Bytes sealed;
    health by "project, service, since": Text project service status, Int since until;
    seen_types by "id": Text id, Int at, Bytes sealed;
    audit by "id": Int id status budget_remaining budget_limit duration_ms, Text at instance person label through operation
        area scope_kind scope sentence marks parameters effect decision outcome message request_id organization connection,
        Bool reached, Bytes previous hash end_hash;
    audit_chain by "instance": Text instance broken, Int rows ended forgotten, Bytes first last anchored mac, Bool old;
    audit_anchors by "holder, instance": Text holder instance, Int rows, Bytes last;
    kept_keys by "name": Text name, Bytes sealed;
};

/// What was carried over.
#[derive(Clone, Debug)]
pub struct Carried {
    /// Each table with the number of its rows.
    pub tables: Vec<(&'static str, u64)>,
    /// What the audit is found to be, in both databases alike.
    pub audit: Verdict,
}

/// A row of any table, where a `bool` is a number.
struct Raw(Vec<Value>);

impl<'r, R: Row> FromRow<'r, R> for Raw
where
    usize: ColumnIndex<R>,
    Option<i64>: Decode<'r, R::Database> + Type<R::Database>,
    Option<String>: Decode<'r, R::Database> + Type<R::Database>,
    Option<Vec<u8>>: Decode<'r, R::Database> + Type<R::Database>,
{
    fn from_row(row: &'r R) -> Result<Self, sqlx::Error> {
        let value = |at: usize| {
            row.try_get::<Option<i64>, _>(at)
                .map(Value::Int)
                .or_else(|_| row.try_get::<Option<String>, _>(at).map(Value::Text))
                .or_else(|_| row.try_get::<Option<Vec<u8>>, _>(at).map(Value::Bytes))
        };
        (0..row.len()).map(value).collect::<Result<_, _>>().map(Self)
    }
}

impl Table {
    fn names(&self) -> String {
        let names: Vec<&str> = self.columns.iter().map(|(_, name)| *name).collect();
        names.join(", ")
    }

    /// All rows in their order, which is the same in both engines.
    fn select(&self) -> String {
        let columns: Vec<String> = self
            .columns
            .iter()
            .map(|(kind, name)| match kind {
                Kind::Bool => format!("CAST(CAST({name} AS INTEGER) AS BIGINT)"),
                Kind::Int | Kind::Text | Kind::Bytes => (*name).to_owned(),
            })
            .collect();
        format!(
            "SELECT {} FROM {} ORDER BY {}",
            columns.join(", "),
            self.name,
            self.order
        )
    }

    /// The row's values as the columns want them: one that is absent tells not of what kind.
    fn row(&self, Raw(values): Raw) -> Vec<Value> {
        let typed = |(value, (kind, _)): (Value, &(Kind, &str))| match (kind, value) {
            (Kind::Bool, Value::Int(number)) => Value::Bool(number == Some(1)),
            (Kind::Int, Value::Text(None) | Value::Bytes(None)) => Value::Int(None),
            (Kind::Text, Value::Int(None) | Value::Bytes(None)) => Value::Text(None),
            (Kind::Bytes, Value::Int(None) | Value::Text(None)) => Value::Bytes(None),
            (_, value) => value,
        };
        values.into_iter().zip(self.columns).map(typed).collect()
    }

    async fn count(&self, on: &mut Transaction) -> Result<i64, sqlx::Error> {
        query_scalar(AssertSqlSafe(format!("SELECT count(*) FROM {}", self.name)))
            .fetch_one(on)
            .await
    }

    async fn write(&self, on: &mut Transaction, rows: Vec<Vec<Value>>) -> Result<(), sqlx::Error> {
        let mut query = Builder::new(format!("INSERT INTO {} ({}) ", self.name, self.names()));
        query.push_rows(rows);
        query.build().execute(on).await?;
        Ok(())
    }

    /// Copies all rows; their number and digest.
    async fn copy(&self, from: &mut Transaction, to: &mut Transaction) -> Result<Sum, sqlx::Error> {
        let mut sum = Sum::default();
        let mut waiting = Vec::new();
        let mut rows = query_as::<Raw>(AssertSqlSafe(self.select())).fetch(from);
        while let Some(row) = rows.try_next().await? {
            let row = self.row(row);
            sum.add(&row);
            waiting.push(row);
            if waiting.len() == BATCH {
                self.write(to, std::mem::take(&mut waiting)).await?;
            }
        }
        if !waiting.is_empty() {
            self.write(to, waiting).await?;
        }
        Ok(sum)
    }

    async fn sum(&self, of: &mut Transaction) -> Result<Sum, sqlx::Error> {
        let mut sum = Sum::default();
        let mut rows = query_as::<Raw>(AssertSqlSafe(self.select())).fetch(of);
        while let Some(row) = rows.try_next().await? {
            sum.add(&self.row(row));
        }
        Ok(sum)
    }
}

/// Number and digest of rows.
#[derive(Default)]
struct Sum {
    rows: u64,
    digest: Sha256,
}

impl Sum {
    fn add(&mut self, row: &[Value]) {
        self.rows += 1;
        for value in row {
            let number = |number: i64| Some(number.to_be_bytes().to_vec());
            let bytes = match value {
                Value::Int(value) => value.and_then(number),
                Value::Bool(value) => number(i64::from(*value)),
                Value::Text(value) => value.as_ref().map(|text| text.as_bytes().to_vec()),
                Value::Bytes(value) => value.clone(),
            };
            match bytes {
                Some(bytes) => {
                    self.digest.update((bytes.len() as u64).to_be_bytes());
                    self.digest.update(bytes);
                }
                None => self.digest.update(u64::MAX.to_be_bytes()),
            }
        }
    }
}

/// Copies everything that `from` holds as of now into `to`, which must hold nothing yet; see [`Store::beside`]. Either all of it is there in the
/// end, row for row the same, or nothing.
///
/// # Errors
/// The target is not empty, what it holds afterwards is not what was copied, or a database failed.
pub async fn carry(from: &Store, to: &Store) -> Result<Carried, Error> {
    let mut source = from.pool.snapshot().await?;
    let mut target = to.durable.begin().await?;
    for table in TABLES {
        let rows = table.count(&mut target).await?;
        if rows > 0 {
            return Err(Error::Carry(format!(
                "the database to carry to is not empty: its table {} holds {rows} rows. Name an empty one.",
                table.name
            )));
        }
    }
    let mut tables = Vec::new();
    for table in TABLES {
        let sent = table.copy(&mut source, &mut target).await?;
        let kept = table.sum(&mut target).await?;
        let rows = sent.rows;
        if rows != kept.rows || sent.digest.finalize() != kept.digest.finalize() {
            return Err(Error::Carry(format!(
                "the table {} did not arrive as it was sent. Is something else writing to the target?",
                table.name
            )));
        }
        tables.push((table.name, rows));
    }
    if target.dialect() == Dialect::Postgres {
        // The next row gets the next number, and none twice.
        sql::query("SELECT setval(pg_get_serial_sequence('audit', 'id'), max(id)) FROM audit HAVING count(*) > 0")
            .execute(&mut target)
            .await?;
    }
    let (before, after) = (
        from.verify_audit_in(&mut source).await?,
        to.verify_audit_in(&mut target).await?,
    );
    if before != after {
        return Err(Error::Carry(
            "the audit\u{2019}s chain is not the same in both databases. Was Steward still running?".to_owned(),
        ));
    }
    target.commit().await?;
    Ok(Carried { tables, audit: after })
}

#[cfg(test)]
mod tests;
