//! Rows: what a query has answered, read row by row, so that a large answer is never in memory as values.

use std::fmt;

use management_api::database::QueryRow;
use serde::{
    Deserialize, Deserializer, Serialize,
    de::{Error, IgnoredAny, MapAccess, SeqAccess, Visitor},
};
use serde_json::{Value, value::RawValue};

/// The first rows of an answer.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Table {
    /// In the order of the query. The API names columns and tells nothing of their types.
    pub columns: Vec<String>,
    /// As many values as there are columns.
    pub rows: Vec<Vec<Value>>,
    /// How many rows the whole answer has.
    pub total: usize,
}

/// Reads an answer's rows one after the other; `take` says whether it wants the next one as well. Gives how many there are.
///
/// # Errors
/// It is no list of rows. What `take` has had until then does not count.
pub fn each(body: &[u8], take: impl FnMut(QueryRow) -> bool) -> Result<usize, serde_json::Error> {
    struct Rows<F>(F);

    impl<'de, F: FnMut(QueryRow) -> bool> Visitor<'de> for Rows<F> {
        type Value = usize;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a list of rows")
        }

        fn visit_seq<S: SeqAccess<'de>>(mut self, mut rows: S) -> Result<usize, S::Error> {
            let mut count = 0_usize;
            while let Some(Whole(row)) = rows.next_element()? {
                count += 1;
                if !(self.0)(row) {
                    while rows.next_element::<IgnoredAny>()?.is_some() {
                        count = count.checked_add(1).ok_or_else(|| S::Error::custom("too many rows"))?;
                    }
                    break;
                }
            }
            Ok(count)
        }
    }

    let mut json = serde_json::Deserializer::from_slice(body);
    let count = json.deserialize_seq(Rows(take))?;
    json.end()?;
    Ok(count)
}

/// A row as it is written, such as `{"a":1}`. A value that is nested deeper than a reader goes is the text that it is written as.
///
/// # Errors
/// It is no row.
pub fn written(row: &[u8]) -> Result<QueryRow, serde_json::Error> {
    // Nearly all can be read at once.
    serde_json::from_slice(row).or_else(|_| serde_json::from_slice(row).map(|Whole(row)| row))
}

/// See [`written`]. It is read from the text itself, and from nowhere else.
struct Whole(QueryRow);

impl<'de> Deserialize<'de> for Whole {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Columns;

        impl<'de> Visitor<'de> for Columns {
            type Value = Whole;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a row")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Whole, A::Error> {
                let mut columns = Vec::new();
                while let Some((name, value)) = map.next_entry::<String, &RawValue>()? {
                    let value = serde_json::from_str(value.get()).unwrap_or_else(|_| Value::from(value.get()));
                    columns.push((name, value));
                }
                Ok(Whole(QueryRow(columns)))
            }
        }

        deserializer.deserialize_map(Columns)
    }
}

impl Table {
    /// The first rows: at most `most` of them, and no more than `cells` values.
    ///
    /// # Errors
    /// The answer is no list of rows.
    pub fn read(body: &[u8], most: usize, cells: usize) -> Result<Self, serde_json::Error> {
        let mut table = Self::default();
        if most == 0 {
            table.total = each(body, |_| false)?;
            return Ok(table);
        }
        table.total = each(body, |row| {
            if table.columns.is_empty() {
                table.columns = row.0.iter().map(|(name, _)| name.clone()).collect();
            }
            table.rows.push(values(&table.columns, row));
            table.rows.len() < most && (table.rows.len() + 1) * table.columns.len() <= cells
        })?;
        Ok(table)
    }

    /// The first of rows that were read already, which may differ in their columns.
    pub fn of(rows: Vec<QueryRow>, most: usize) -> Self {
        let mut columns: Vec<String> = Vec::new();
        for (name, _) in rows.iter().flat_map(|row| &row.0) {
            if !columns.contains(name) {
                columns.push(name.clone());
            }
        }
        Self {
            total: rows.len(),
            rows: rows.into_iter().take(most).map(|row| values(&columns, row)).collect(),
            columns,
        }
    }

    pub fn is_cut(&self) -> bool {
        self.rows.len() < self.total
    }
}

/// A row of an answer that is no query's; what is no object is one value.
pub fn row(value: Value) -> QueryRow {
    match value {
        Value::Object(columns) => QueryRow(columns.into_iter().collect()),
        other => QueryRow(vec![("value".to_owned(), other)]),
    }
}

/// A row's values in the order of the columns.
pub fn values(columns: &[String], row: QueryRow) -> Vec<Value> {
    let same = row.0.len() == columns.len() && row.0.iter().zip(columns).all(|((name, _), column)| name == column);
    if same {
        return row.0.into_iter().map(|(_, value)| value).collect();
    }
    let value = |column: &String| row.get(column).cloned().unwrap_or(Value::Null);
    columns.iter().map(value).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_nested_deeper_than_a_reader_goes_stays_text() {
        let deep = format!("{}1{}", "[".repeat(300), "]".repeat(300));
        let row = format!("{{\"a\":{deep},\"b\":\"{deep}\",\"c\":9007199254740993}}");
        let table = Table::read(format!("[{row},{row}]").as_bytes(), 1, 100).unwrap();
        assert_eq!((table.total, &table.rows[0][0]), (2, &Value::from(&*deep)));
        assert_eq!(
            table.rows[0][1..],
            [Value::from(&*deep), Value::from(9_007_199_254_740_993_u64)]
        );
        assert_eq!(written(row.as_bytes()).unwrap().get("a"), Some(&Value::from(deep)));
        assert!(written(b"{\"a\":}").is_err() && written(b"[1]").is_err());
    }

    #[test]
    fn only_the_first_rows_become_values_and_all_are_counted() {
        let body = format!("[{}]", vec![r#"{"z":9007199254740993,"a":null}"#; 1_000].join(","));
        let table = Table::read(body.as_bytes(), 10, 1_000).unwrap();
        assert_eq!((table.rows.len(), table.total, table.is_cut()), (10, 1_000, true));
        assert_eq!(table.columns, ["z", "a"]);
        assert_eq!(table.rows[0][0].to_string(), "9007199254740993", "to the last digit");
        let few = Table::read(body.as_bytes(), 1_000, 20).unwrap();
        assert_eq!(few.rows.len(), 10, "no more cells than are shown");
    }

    #[test]
    fn an_empty_answer_has_no_columns_and_what_is_no_list_is_told() {
        assert_eq!(Table::read(b"[]", 10, 10).unwrap(), Table::default());
        for other in ["null", "{\"a\":1}", "[1]", "[{}", "[] x"] {
            assert!(Table::read(other.as_bytes(), 10, 10).is_err(), "{other}");
        }
    }

    #[test]
    fn rows_become_a_table_whatever_columns_they_have() {
        let rows = [
            json!({ "z": 1, "a": null }),
            json!({ "a": "x", "b": { "c": true } }),
            json!(7),
        ];
        let table = Table::of(rows.into_iter().map(row).collect(), 2);
        assert_eq!(table.columns, ["z", "a", "b", "value"]);
        assert_eq!(table.rows[0], [json!(1), Value::Null, Value::Null, Value::Null]);
        assert_eq!(
            table.rows[1],
            [Value::Null, json!("x"), json!({ "c": true }), Value::Null]
        );
        assert_eq!((table.total, table.is_cut()), (3, true));
    }

    #[test]
    fn a_row_of_another_shape_keeps_its_values_under_their_columns() {
        let columns = ["a".to_owned(), "b".to_owned()];
        let row = QueryRow(vec![("b".to_owned(), json!(2)), ("c".to_owned(), json!(3))]);
        assert_eq!(values(&columns, row), [Value::Null, json!(2)]);
    }
}
