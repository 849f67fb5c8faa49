//! Statements of which parts are known only when they are made.

use std::fmt::{Display, Write};

use sqlx::AssertSqlSafe;

use super::{Query, QueryAs, Value};

/// Puts a statement together. What comes from outside is bound, never pushed.
#[derive(Debug, Default)]
pub struct Builder {
    sql: String,
    values: Vec<Value>,
}

impl Builder {
    pub fn new(sql: impl Into<String>) -> Self {
        Self {
            sql: sql.into(),
            values: Vec::new(),
        }
    }

    pub fn push(&mut self, sql: impl Display) -> &mut Self {
        // Writing to a string does not fail.
        let _ = write!(self.sql, "{sql}");
        self
    }

    /// Puts the value's number there, such as `$3`.
    pub fn push_bind(&mut self, value: impl Into<Value>) -> &mut Self {
        self.values.push(value.into());
        let number = self.values.len();
        self.push('$').push(number)
    }

    /// Values with commas between, in parentheses.
    pub fn push_list(&mut self, values: impl IntoIterator<Item = impl Into<Value>>) -> &mut Self {
        self.push('(');
        for (at, value) in values.into_iter().enumerate() {
            if at > 0 {
                self.push(", ");
            }
            self.push_bind(value);
        }
        self.push(')')
    }

    /// `VALUES` and the rows, of which there must be one at least.
    pub fn push_rows(&mut self, rows: impl IntoIterator<Item = Vec<Value>>) -> &mut Self {
        self.push("VALUES ");
        for (at, row) in rows.into_iter().enumerate() {
            if at > 0 {
                self.push(", ");
            }
            self.push_list(row);
        }
        self
    }

    pub fn build(self) -> Query {
        Query::with(AssertSqlSafe(self.sql), self.values)
    }

    pub fn build_as<T>(self) -> QueryAs<T> {
        self.build().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_numbered_and_never_written_into_the_statement() {
        let mut builder = Builder::new("INSERT INTO t (a, b) ");
        builder
            .push_rows([vec!["x'".into(), 1_i64.into()], vec!["y".into(), None::<i64>.into()]])
            .push(" ON CONFLICT DO NOTHING");
        assert_eq!(
            builder.sql,
            "INSERT INTO t (a, b) VALUES ($1, $2), ($3, $4) ON CONFLICT DO NOTHING"
        );
        assert_eq!(builder.values[0], Value::Text(Some("x'".to_owned())));
        assert_eq!(builder.values[3], Value::Int(None));
    }
}
