//! How many rows go with what is dropped, emptied or deleted: one query that only reads, for all of it.

use std::collections::BTreeMap;

use management_api::database::{QueryRow, RunReadOnlyQuery};
use serde_json::Value;

use crate::{
    backend::{BackendHandle, narrow},
    sql::Act,
    ui::chart::grouped,
};

/// Counting ends there: what comes after it makes no difference to who is asked.
pub(super) const MOST: u64 = 1_000_000;

/// What was counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Count {
    Rows {
        count: u64,
        /// Whether there are more than were counted.
        more: bool,
    },
    /// Rows in which a column holds something.
    Values { count: u64, more: bool },
    /// The database has nothing of the name now.
    Absent,
}

impl Count {
    /// `38,112 rows`.
    pub fn told(&self) -> String {
        let (count, more, one, many) = match self {
            Self::Rows { count, more } => (*count, *more, "row", "rows"),
            Self::Values { count, more } => (*count, *more, "value", "values"),
            Self::Absent => return "it is not there now".to_owned(),
        };
        match (count, more) {
            (0, false) => format!("no {many}"),
            (1, false) => format!("1 {one}"),
            (count, false) => format!("{} {many}", grouped(count as f64)),
            (count, true) => format!("{} {many} or more", grouped(count as f64)),
        }
    }
}

/// The relation that loses rows, and the column, where only its values go. What else is lost is not counted.
fn target(act: &Act) -> Option<(&str, Option<&str>)> {
    let target: Option<(&str, Option<&str>)> = match (act.does.as_str(), act.what.as_str()) {
        ("drops", "table" | "materialized view") | ("empties", "table") => Some((&act.name, None)),
        ("drops", "column") => Some((&act.of, Some(&act.name))),
        ("deletes every row of" | "changes every row of" | "deletes rows, by a merge, of", _) => {
            Some((&act.name, None))
        }
        _ => None,
    };
    target.filter(|(relation, _)| !relation.is_empty())
}

/// Opens and ends a text in SQL, whatever the database takes a backslash for.
const QUOTE: &str = "$counted$";

fn quoted(text: &str) -> String {
    format!("{QUOTE}{text}{QUOTE}")
}

/// The query for `acts`; `None` where none of them can be counted. Names that nothing stands under are left out of its
/// answer, instead of failing it: a migration may make what the next one drops.
fn query(acts: &[&Act]) -> Option<String> {
    let targets = acts.iter().enumerate().filter_map(|(at, act)| Some((at, target(act)?)));
    let safe = |text: &str| !text.contains('$');
    let rows: Vec<String> = targets
        .filter(|(_, (relation, column))| safe(relation) && column.is_none_or(safe))
        .map(|(at, (relation, column))| {
            let column = column.map_or_else(|| "null".to_owned(), quoted);
            format!("({at}, {}, {column}::text)", quoted(relation))
        })
        .collect();
    let (rows, most) = (rows.join(", "), MOST + 1);
    (!rows.is_empty()).then(|| {
        format!(
            "select at, place is null or (part is not null and not has) as absent, \
             (xpath('/row/c/text()', counts))[1]::text as counted, (xpath('/row/t/text()', counts))[1]::text as looked_at \
             from (select at, place, part, has, case when place is null or (part is not null and not has) then null \
             when part is null then query_to_xml(format('select count(*) as c, count(*) as t \
             from (select from %s limit {most}) as rows_of_it', place), false, true, '') \
             else query_to_xml(format('select count(%1$I) as c, count(*) as t \
             from (select %1$I from %2$s limit {most}) as rows_of_it', part, place), false, true, '') end as counts \
             from (select at, place, part, exists (select from pg_catalog.pg_attribute \
             where attrelid = place and attname = part and not attisdropped) as has \
             from (select at, to_regclass(relation) as place, (parse_ident(column_name))[1] as part \
             from (values {rows}) as asked (at, relation, column_name)) as named) as found) as counted"
        )
    })
}

/// How many rows each of `acts` loses in the database of `project`; `None` for what is not known.
pub async fn counted(backend: &BackendHandle, project: &str, acts: &[&Act]) -> Vec<Option<Count>> {
    let found = match query(acts) {
        Some(query) => {
            let query = RunReadOnlyQuery {
                project: project.to_owned(),
                query,
                parameters: None,
            };
            // ok: without it no count is told.
            narrow(backend, &query).await.ok()
        }
        None => None,
    };
    let rows = found.as_ref().map(|found| found.rows()).unwrap_or_default();
    let mut found: BTreeMap<u64, Count> = rows
        .iter()
        .filter_map(|row| {
            let at = number(row, "at")?;
            let parts = acts.get(usize::try_from(at).ok()?).and_then(|act| target(act))?;
            Some((at, read(row, parts.1.is_some())?))
        })
        .collect();
    (0..acts.len() as u64).map(|at| found.remove(&at)).collect()
}

pub(super) fn number(row: &QueryRow, column: &str) -> Option<u64> {
    match row.get(column)? {
        Value::Number(number) => number.as_u64(),
        Value::String(text) => text.parse().ok(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

fn read(row: &QueryRow, values: bool) -> Option<Count> {
    if row.get("absent") == Some(&Value::Bool(true)) {
        return Some(Count::Absent);
    }
    let more = number(row, "looked_at")? > MOST;
    let count = number(row, "counted")?.min(MOST);
    Some(match values {
        true => Count::Values { count, more },
        false => Count::Rows { count, more },
    })
}

#[cfg(test)]
mod tests {
    use futures::executor::block_on;

    use super::*;
    use crate::sql::acts;

    #[test]
    fn what_loses_rows_is_counted_where_it_stands() {
        for (sql, expected) in [
            ("drop table public.a", Some(("public.a", None))),
            ("drop materialized view m", Some(("m", None))),
            (
                "alter table public.\"B\" drop column \"C of d\"",
                Some(("public.\"B\"", Some("\"C of d\""))),
            ),
            ("truncate a", Some(("a", None))),
            ("delete from s.a as x", Some(("s.a", None))),
            ("update only a set b = 1", Some(("a", None))),
            ("drop type t", None),
            ("drop schema s", None),
            ("selec 1", None),
        ] {
            let acts = block_on(acts(sql));
            assert_eq!(acts.first().and_then(target), expected, "{sql}: {acts:?}");
            assert_eq!(
                query(&acts.iter().collect::<Vec<_>>()).is_some(),
                expected.is_some(),
                "{sql}"
            );
        }
        let hostile = block_on(acts("drop table \"a$counted$\""));
        assert_eq!(query(&hostile.iter().collect::<Vec<_>>()), None);
    }

    #[test]
    fn counts_are_told_in_words() {
        for (count, told) in [
            (Count::Rows { count: 0, more: false }, "no rows"),
            (Count::Rows { count: 1, more: false }, "1 row"),
            (
                Count::Values {
                    count: 38_112,
                    more: false,
                },
                "38,112 values",
            ),
            (
                Count::Rows {
                    count: MOST,
                    more: true,
                },
                "1,000,000 rows or more",
            ),
        ] {
            assert_eq!(count.told(), told);
        }
    }
}
