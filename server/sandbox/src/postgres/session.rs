//! A session of the people's own SQL: limited in time and size, and ended on the server when it goes past either.

use std::time::Duration;

use futures::StreamExt;
use management_api::database::QueryRow;
use serde_json::Value;
use sqlx::{
    AssertSqlSafe, Column, Either, Executor, PgConnection, Row, SqlSafeStr, ValueRef,
    postgres::{PgDatabaseError, PgRow},
};

use super::{
    Access, Database,
    message::message,
    statements::{Statement, Transaction, Way, statements},
    values,
};
use crate::answer::Refusal;

/// Rows that one answer has at most.
const MOST_ROWS: usize = 10_000;

/// Bytes that the values of one answer have at most, as PostgreSQL writes them.
const MOST_BYTES: usize = 5 << 20;

pub struct Session {
    database: Database,
    connection: PgConnection,
    /// The process that serves the connection.
    process: i32,
}

/// Why a statement came to nothing.
enum Trouble {
    Sql(sqlx::Error),
    TooLarge,
    TooLong,
}

impl From<sqlx::Error> for Trouble {
    fn from(error: sqlx::Error) -> Self {
        Self::Sql(error)
    }
}

impl Session {
    pub async fn open(database: Database, access: Access) -> Result<Self, Refusal> {
        let mut connection = database.connect(access).await?;
        let process = sqlx::query_scalar("SELECT pg_catalog.pg_backend_pid()")
            .fetch_one(&mut connection)
            .await
            .map_err(super::Failure::from)?;
        Ok(Self {
            database,
            connection,
            process,
        })
    }

    /// Runs a whole script in one go, and gives the rows of the last statement that had any.
    pub async fn run(&mut self, script: &str) -> Result<Vec<QueryRow>, Refusal> {
        if let [statement] = statements(script)[..]
            && let Some(way) = statement.copies()
        {
            return self.copy(statement, way, script).await;
        }
        self.send(script.to_owned(), script, 0).await
    }

    /// What node-postgres does where lines are to be copied: those that come are dropped, and there are none to be sent.
    async fn copy(&mut self, statement: Statement<'_>, way: Way, script: &str) -> Result<Vec<QueryRow>, Refusal> {
        let refused = |error: sqlx::Error| refusal(&error, script, statement.offset as isize);
        match way {
            Way::ToClient => {
                let mut lines = self.connection.copy_out_raw(statement.text).await.map_err(refused)?;
                while let Some(line) = lines.next().await {
                    line.map_err(refused)?;
                }
                Ok(Vec::new())
            }
            Way::FromClient => {
                const NONE: &str = "No source stream defined";
                let lines = self.connection.copy_in_raw(statement.text).await.map_err(refused)?;
                lines.abort(NONE).await.map_err(refused)?;
                Err(failed(&format!("ERROR:  57014: COPY from stdin failed: {NONE}\n")))
            }
        }
    }

    /// Runs one statement with values for `$1` and so on.
    pub async fn run_with(&mut self, script: &str, parameters: &[Value]) -> Result<Vec<QueryRow>, Refusal> {
        let [statement] = statements(script)[..] else {
            return Err(several());
        };
        // What PostgreSQL cannot prepare has no parameters either, but for what EXPLAIN tells of: that can.
        const PREPARE: &str = "PREPARE parameters_of_this_call AS ";
        let (explain, text) = statement.explained();
        let prepare = format!("{PREPARE}{text}");
        let before = statement.offset + explain.chars().count();
        self.send(prepare, script, before as isize - PREPARE.len() as isize)
            .await?;
        let literals: Vec<_> = parameters.iter().map(values::literal).collect();
        let list = if literals.is_empty() {
            String::new()
        } else {
            format!("({})", literals.join(","))
        };
        let execute = format!("{explain}EXECUTE parameters_of_this_call{list}");
        // ok: an error's place in our own statement says nothing, and values carry none.
        self.send(execute.clone(), &execute, 0).await
    }

    /// Runs SQL that may only read: within a transaction that lets nothing be written and that it cannot leave.
    pub async fn read(&mut self, script: &str, parameters: &[Value]) -> Result<Vec<QueryRow>, Refusal> {
        self.own("BEGIN TRANSACTION READ ONLY").await?;
        // Once something was read, PostgreSQL itself refuses to make the transaction one that writes.
        self.own("SELECT pg_catalog.now()").await?;
        if parameters.is_empty() {
            return self.run_each(script, Whole::Reading).await;
        }
        for statement in statements(script) {
            self.admit(statement, script, Whole::Reading).await?;
        }
        self.run_with(script, parameters).await
    }

    /// Runs statements one by one within the transaction that is open, which none of them may end.
    pub async fn run_each(&mut self, script: &str, whole: Whole) -> Result<Vec<QueryRow>, Refusal> {
        let mut last = Vec::new();
        for statement in statements(script) {
            if !self.admit(statement, script, whole).await? {
                continue;
            }
            let (text, before) = (statement.text.to_owned(), statement.offset as isize);
            // Nobody is given the rows of a migration, however many there are.
            let rows = match whole {
                Whole::Transaction => self.send_for(text, script, before, Rows::Dropped).await?,
                Whole::Reading => self.send(text, script, before).await?,
            };
            if !rows.is_empty() {
                last = rows;
            }
        }
        Ok(last)
    }

    /// Whether a statement of a script in a transaction is to run.
    async fn admit(&mut self, statement: Statement<'_>, script: &str, whole: Whole) -> Result<bool, Refusal> {
        match (statement.transaction(), whole) {
            (Transaction::Stays, Whole::Transaction) => Ok(true),
            (Transaction::Stays, Whole::Reading) => {
                // Here it matters that this is one statement: PostgreSQL itself confirms it by preparing it, as it
                // prepares none that are several.
                let sql = AssertSqlSafe(statement.text.to_owned()).into_sql_str();
                let prepared = (&mut self.connection).prepare(sql).await;
                let refused = |error| refusal(&error, script, statement.offset as isize);
                prepared.map(|_| true).map_err(refused)
            }
            // The whole script is a transaction already.
            (Transaction::Begins | Transaction::Commits, Whole::Transaction) => Ok(false),
            (Transaction::Begins | Transaction::Commits | Transaction::Leaves, _) => Err(failed(
                "it runs as one transaction, which it cannot end or roll back itself.",
            )),
        }
    }

    /// A statement of the sandbox's own, such as `BEGIN`.
    pub async fn own(&mut self, sql: &'static str) -> Result<(), Refusal> {
        self.send(sql.to_owned(), sql, 0).await.map(|_| ())
    }

    /// For queries with bound values; what they say of the history is the sandbox's own.
    pub fn connection(&mut self) -> &mut PgConnection {
        &mut self.connection
    }

    async fn send(&mut self, sql: String, script: &str, before: isize) -> Result<Vec<QueryRow>, Refusal> {
        self.send_for(sql, script, before, Rows::Given).await
    }

    async fn send_for(
        &mut self,
        sql: String,
        script: &str,
        before: isize,
        rows: Rows,
    ) -> Result<Vec<QueryRow>, Refusal> {
        // A script may switch the server's own time-out off, and has many statements, each with its own.
        let patience = self.database.statement_timeout + Duration::from_secs(1);
        let gathered = tokio::time::timeout(patience, gather(&mut self.connection, sql, rows)).await;
        match gathered.unwrap_or(Err(Trouble::TooLong)) {
            Ok(rows) => Ok(rows),
            Err(Trouble::Sql(error)) => Err(refusal(&error, script, before)),
            Err(Trouble::TooLarge) => {
                self.database.end(self.process).await?;
                Err(failed(&format!(
                    "the result is larger than {MOST_ROWS} rows or {} MiB. Ask for less of it, with LIMIT for example.",
                    MOST_BYTES >> 20
                )))
            }
            Err(Trouble::TooLong) => {
                self.database.end(self.process).await?;
                Err(failed(&format!(
                    "it took longer than {} s and was stopped.",
                    patience.as_secs()
                )))
            }
        }
    }
}

/// What a script that runs statement by statement is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whole {
    /// A migration: its own BEGIN and COMMIT say what holds already.
    Transaction,
    /// Reading: nothing may leave the transaction that lets nothing be written.
    Reading,
}

/// What becomes of the rows of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rows {
    Given,
    Dropped,
}

async fn gather(connection: &mut PgConnection, sql: String, kept: Rows) -> Result<Vec<QueryRow>, Trouble> {
    let mut steps = sqlx::raw_sql(AssertSqlSafe(sql)).fetch_many(connection);
    let (mut last, mut rows) = (Vec::new(), Vec::new());
    let (mut count, mut bytes) = (0, 0);
    while let Some(step) = steps.next().await {
        match step? {
            Either::Left(_) if rows.is_empty() => {}
            Either::Left(_) => last = std::mem::take(&mut rows),
            Either::Right(_) if kept == Rows::Dropped => {}
            Either::Right(row) => {
                count += 1;
                let (row, size) = convert(&row)?;
                bytes += size;
                if count > MOST_ROWS || bytes > MOST_BYTES {
                    return Err(Trouble::TooLarge);
                }
                rows.push(row);
            }
        }
    }
    Ok(last)
}

/// A row, and how many bytes PostgreSQL sent for it.
fn convert(row: &PgRow) -> Result<(QueryRow, usize), sqlx::Error> {
    let mut columns: Vec<(String, Value)> = Vec::new();
    let mut size = 0;
    for column in row.columns() {
        let raw = row.try_get_raw(column.ordinal())?;
        let value = if raw.is_null() {
            Value::Null
        } else {
            let text = raw.as_str().map_err(sqlx::Error::Decode)?;
            size += text.len();
            values::value(raw.type_info().oid().map(|oid| oid.0), text)
        };
        size += column.name().len();
        // A JavaScript object has each name once: the last one counts.
        match columns.iter_mut().find(|(name, _)| name == column.name()) {
            Some(known) => known.1 = value,
            None => columns.push((column.name().to_owned(), value)),
        }
    }
    Ok((QueryRow(columns), size))
}

/// What went wrong, as the API says it.
pub fn refusal(error: &sqlx::Error, script: &str, before: isize) -> Refusal {
    let told = error
        .as_database_error()
        .and_then(|error| error.try_downcast_ref::<PgDatabaseError>());
    match told {
        Some(error) => failed(&message(error, script, before)),
        // What the client's library makes of what it does not know is nothing that the service would say.
        None if matches!(error, sqlx::Error::Protocol(_)) => {
            failed("ERROR:  0A000: lines are copied by a statement that stands alone\n")
        }
        None => failed(&error.to_string()),
    }
}

/// The code of an error of the database.
pub fn code(error: &sqlx::Error) -> Option<String> {
    Some(error.as_database_error()?.code()?.into_owned())
}

fn failed(why: &str) -> Refusal {
    Refusal::Invalid(format!("Failed to run sql query: {why}"))
}

fn several() -> Refusal {
    failed("ERROR:  42601: cannot insert multiple commands into a prepared statement\n")
}
