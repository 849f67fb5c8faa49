//! What a branch's database holds, table by table: the rows that go when it is made anew.

use management_api::database::{QueryRow, RunReadOnlyQuery};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::count::{MOST, number};
use crate::{
    backend::{BackendHandle, narrow},
    error::ConsoleError,
    ui::chart::grouped,
};

/// A table with rows in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// `public.notes`.
    pub relation: String,
    /// `None`: the database does not know.
    pub rows: Option<u64>,
    /// Whether that is what the database reckons, instead of a count.
    pub about: bool,
}

/// Tables are looked at, at most.
const TABLES: usize = 500;
/// Bytes up to which the rows of a table are counted; of a larger one it is taken what the database reckons.
const COUNTED: u64 = 16 * 1024 * 1024;

/// What is Supabase's own: it comes back by itself, or is no data of anybody's.
const OWN: &str = "'information_schema', 'supabase_migrations', 'supabase_functions', 'realtime', '_realtime', \
                   'extensions', 'graphql', 'graphql_public', 'pgbouncer', 'pgsodium', 'net', 'cron'";

fn query() -> String {
    let most = MOST + 1;
    format!(
        "select relation, about, case when about then reckoned \
         else (xpath('/row/c/text()', query_to_xml(format('select count(*) as c from (select from %s limit {most}) as rows_of_it', \
         place), false, true, '')))[1]::text::bigint end as counted \
         from (select format('%I.%I', n.nspname, c.relname) as relation, c.oid::regclass as place, \
         nullif(c.reltuples, -1)::bigint as reckoned, pg_relation_size(c.oid) > {COUNTED} as about \
         from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace \
         where c.relkind = 'r' and n.nspname not like 'pg\\_%' and n.nspname not in ({OWN}) \
         and not (n.nspname in ('auth', 'storage') and c.relname in ('schema_migrations', 'migrations')) \
         and pg_relation_size(c.oid) > 0 order by pg_relation_size(c.oid) desc limit {TABLES}) as tables"
    )
}

/// The tables of `project` that hold rows, those with the most first.
///
/// # Errors
/// Whatever keeps them from being counted.
pub async fn held(backend: &BackendHandle, project: &str) -> Result<Vec<Held>, ConsoleError> {
    let ask = RunReadOnlyQuery {
        project: project.to_owned(),
        query: query(),
        parameters: None,
    };
    let answer = narrow(backend, &ask).await?;
    let mut held: Vec<Held> = answer.rows().iter().filter_map(read).collect();
    held.sort_by(|a, b| (b.rows, &a.relation).cmp(&(a.rows, &b.relation)));
    Ok(held)
}

/// Nothing of a table that has become empty.
fn read(row: &QueryRow) -> Option<Held> {
    let relation = row.get("relation")?.as_str()?.to_owned();
    let rows = number(row, "counted");
    let more = rows.is_some_and(|rows| rows > MOST);
    (rows != Some(0)).then(|| Held {
        relation,
        about: more || row.get("about") == Some(&Value::Bool(true)),
        rows,
    })
}

impl Held {
    /// `38,112 rows`.
    pub fn told(&self) -> String {
        told(self.rows, self.about)
    }
}

fn told(rows: Option<u64>, about: bool) -> String {
    let about = if about { "about " } else { "" };
    match rows {
        None => "rows, how many is not known".to_owned(),
        Some(1) => format!("{about}1 row"),
        Some(rows) => format!("{about}{} rows", grouped(rows as f64)),
    }
}

/// What is lost, in words: `1,204 rows in 6 tables`; of what could not be counted it says so.
pub fn lost(held: Option<&[Held]>) -> String {
    let Some(held) = held else {
        return "every row in it is lost, how many could not be read".to_owned();
    };
    let rows: u64 = held.iter().filter_map(|one| one.rows).sum();
    let (about, unknown) = (
        held.iter().any(|one| one.about),
        held.iter().filter(|one| one.rows.is_none()).count(),
    );
    let unknown = match unknown {
        0 => String::new(),
        1 => ", and those of 1 more, which is not counted,".to_owned(),
        more => format!(", and those of {more} more, which are not counted,"),
    };
    match held.iter().filter(|one| one.rows.is_some()).count() {
        0 if unknown.is_empty() => "no table holds a row now".to_owned(),
        1 => format!("{} in 1 table{unknown} are lost", told(Some(rows), about)),
        tables => format!("{} in {tables} tables{unknown} are lost", told(Some(rows), about)),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn row(row: Value) -> Option<Held> {
        let Value::Object(fields) = row else { return None };
        read(&QueryRow(fields.into_iter().collect()))
    }

    #[test]
    fn what_is_counted_and_what_is_reckoned_are_told_apart() {
        let counted = row(json!({ "relation": "public.a", "about": false, "counted": 1204 })).unwrap();
        let reckoned = row(json!({ "relation": "public.b", "about": true, "counted": "3000000" })).unwrap();
        let unknown = row(json!({ "relation": "public.c", "about": true, "counted": null })).unwrap();
        assert_eq!(counted.told(), "1,204 rows");
        assert_eq!(reckoned.told(), "about 3,000,000 rows");
        assert_eq!(unknown.told(), "rows, how many is not known");
        assert_eq!(
            row(json!({ "relation": "public.d", "about": false, "counted": 0 })),
            None
        );
        assert_eq!(
            lost(Some(std::slice::from_ref(&counted))),
            "1,204 rows in 1 table are lost"
        );
        assert_eq!(
            lost(Some(&[counted, reckoned, unknown])),
            "about 3,001,204 rows in 2 tables, and those of 1 more, which is not counted, are lost"
        );
        assert_eq!(lost(Some(&[])), "no table holds a row now");
        assert!(lost(None).contains("could not be read"));
    }
}
