//! How many rows a statement would take away, told in the question about it: counted where they are few, else by the
//! database's own estimate. Of those that a `where` picks out its plan tells.

use app::{
    backend::{BackendHandle, narrow},
    outcome::Question,
    sql::{
        acts,
        explain::Explained,
        export::literal,
        touched::{Touched, touched},
    },
    ui::chart::grouped,
};
use management_api::{Asks, Request, database::RunReadOnlyQuery};
use serde_json::Value;

/// Rows that are counted; of more than these the estimate is told.
const COUNTED: i64 = 10_000;
/// Tables that are looked at.
const TABLES: usize = 5;

/// The question with the rows of what it is about, where they can be told; else as it was.
pub async fn told(mut question: Question, request: &Request, backend: &BackendHandle) -> Question {
    let Asks::Sql(texts) = request.id.row().asks else {
        return question;
    };
    let (Some(project), Some(tick)) = (request.parameter("ref"), question.ticks.first_mut()) else {
        return question;
    };
    let texts: Vec<&str> = texts.iter().filter_map(|name| request.parameter(name)).collect();
    let mut tables: Vec<String> = Vec::new();
    for act in acts(&texts.join("\n;\n")).await {
        let rows =
            act.does.ends_with("every row of") || act.does == "empties" || (act.does == "drops" && act.what == "table");
        if rows && !act.name.is_empty() && act.of.is_empty() && !tables.contains(&act.name) {
            tables.push(act.name);
        }
    }
    tables.truncate(TABLES);
    if tables.is_empty() {
        if let Some(said) = picked(&texts.join("\n;\n"), project, backend).await {
            tick.does = format!("{} ({said})", tick.does);
        }
        return question;
    }
    let query = RunReadOnlyQuery {
        project: project.to_owned(),
        query: tables
            .iter()
            .map(|table| counting(table))
            .collect::<Vec<_>>()
            .join(" union all "),
        parameters: None,
    };
    // ok: what cannot be counted is asked about without a number.
    let Ok(answer) = narrow(backend, &query).await else {
        return question;
    };
    let mut said = Vec::new();
    for row in answer.rows() {
        let number = |name: &str| row.get(name).and_then(whole);
        let (Some(counted), Some(name)) = (number("counted"), row.get("name").and_then(Value::as_str)) else {
            continue;
        };
        said.push(match number("estimated") {
            _ if counted <= COUNTED => format!("{name} has {}", rows(counted)),
            Some(estimated) if estimated > COUNTED => format!("{name} has about {}", rows(estimated)),
            Some(_) | None => format!("{name} has more than {}", rows(COUNTED)),
        });
    }
    if !said.is_empty() {
        tick.does = format!("{} ({})", tick.does, said.join(", "));
    }
    question
}

/// How many rows the `where` of the only statement picks out, as the plan of finding them says.
async fn picked(sql: &str, project: &str, backend: &BackendHandle) -> Option<String> {
    let sql = sql.to_owned();
    // ok: the parser does not panic; if it did, it would be asked about without a number.
    let Touched { table, plan } = tokio::task::spawn_blocking(move || touched(&sql)).await.ok()??;
    let query = RunReadOnlyQuery {
        project: project.to_owned(),
        query: plan,
        parameters: None,
    };
    // ok: what cannot be planned is asked about without a number.
    let answer = narrow(backend, &query).await.ok()?;
    let plan = answer.rows().first()?.get("QUERY PLAN")?;
    let expected = Explained::read(plan)?.root.expected;
    Some(format!(
        "by PostgreSQL\u{2019}s estimate its \u{201c}where\u{201d} picks out {} of {table}",
        rows(expected as i64)
    ))
}

/// The statement that tells of one table, by its name as SQL writes it.
fn counting(table: &str) -> String {
    let text = literal(&Value::from(table));
    format!(
        "select {text} as name, (select count(*) from (select from {table} limit {}) as few) as counted, \
         (select reltuples::int8 from pg_class where oid = {text}::regclass) as estimated",
        COUNTED + 1
    )
}

/// A whole number, which drivers write as a text where it may be long.
fn whole(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| value.as_str()?.parse().ok())
}

fn rows(count: i64) -> String {
    match count {
        1 => "1 row".to_owned(),
        count => format!("{} rows", grouped(count as f64)),
    }
}
