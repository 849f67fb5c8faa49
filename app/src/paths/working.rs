//! Links to what a team works with: backups, migrations, advice, versions, the database, logs, usage and SQL.

use super::{encoded, project, with_choices};
use crate::logs::{address::choices, question::Question, span::Span};

/// How all projects stand with their backups.
pub const BACKUPS: &str = "/backups";

/// What a project can be set back to.
pub fn backups(reference: &str) -> String {
    format!("{}/backups", project(reference))
}

/// The same with a moment chosen, in UTC, such as `2026-11-26T11:51:00`.
pub fn backups_at(reference: &str, moment: &str) -> String {
    with_choices(&backups(reference), &[("at", moment)])
}

/// The same with the form for the file of one backup.
pub fn backup_file(reference: &str, backup: i64) -> String {
    format!(
        "{}#file",
        with_choices(&backups(reference), &[("file", &backup.to_string())])
    )
}

/// The migrations of a project's database.
pub fn migrations(reference: &str) -> String {
    format!("{}/migrations", project(reference))
}

/// Where one is applied, or written into the history.
pub fn new_migration(reference: &str) -> String {
    format!("{}/new", migrations(reference))
}

/// Where the files of a folder are held against the history.
pub fn migration_folder(reference: &str) -> String {
    format!("{}/folder", migrations(reference))
}

/// Those of a project beside those of another one or of a branch; empty for none yet.
pub fn compare_migrations(reference: &str, with: &str) -> String {
    with_choices(&format!("{}/compare", migrations(reference)), &[("with", with)])
}

/// One of the history.
pub fn migration(reference: &str, version: &str) -> String {
    format!("{}/{}", migrations(reference), encoded(version))
}

/// What a rollback to right before it would undo.
pub fn migration_rollback(reference: &str, version: &str) -> String {
    format!("{}/rollback", migration(reference, version))
}

/// The Postgres versions of all projects.
pub const VERSIONS: &str = "/versions";

/// What a project's database runs on, and its read replicas.
pub fn infrastructure(reference: &str) -> String {
    format!("{}/infrastructure", project(reference))
}

/// Where its Postgres is upgraded.
pub fn upgrade(reference: &str) -> String {
    format!("{}/upgrade", infrastructure(reference))
}

/// What the advisors find in all projects, and the same as a file.
pub const ADVISORS: &str = "/advisors";
pub const ADVISORS_CSV: &str = "/advisors.csv";

/// What they find in one.
pub fn advisors(reference: &str) -> String {
    format!("{}/advisors", project(reference))
}

/// Those findings of it that one rule makes.
pub fn findings_of(reference: &str, rule: &str) -> String {
    with_choices(&advisors(reference), &[("rule", rule)])
}

/// One finding, by its key.
pub fn finding(reference: &str, key: &str) -> String {
    with_choices(&format!("{}/finding", advisors(reference)), &[("key", key)])
}

/// Where a finding is accepted, and where it is made one again: `accept`, `reopen`.
pub fn finding_act(reference: &str, act: &str) -> String {
    format!("/advisors/{}/{act}", encoded(reference))
}

/// A new migration that begins with this.
pub fn migration_of_sql(reference: &str, name: &str, sql: &str) -> String {
    with_choices(&new_migration(reference), &[("name", name), ("query", sql)])
}

/// How much a project is used over a time, by the API's word for that; empty for the usual one.
pub fn usage(reference: &str, interval: &str) -> String {
    with_choices(&format!("{}/usage", project(reference)), &[("interval", interval)])
}

/// Tools around a project's database.
pub fn database(reference: &str) -> String {
    format!("{}/database", project(reference))
}

/// TypeScript types of its schemas.
pub fn types(reference: &str) -> String {
    format!("{}/types", database(reference))
}

/// The same of these schemas as a file.
pub fn types_file(reference: &str, schemas: &[String]) -> String {
    let schemas: Vec<(&str, &str)> = schemas.iter().map(|schema| ("schema", schema.as_str())).collect();
    with_choices(&format!("/files/{}/database/types.ts", encoded(reference)), &schemas)
}

/// What the Data API offers of a schema; empty for the usual one.
pub fn data_api_document(reference: &str, schema: &str) -> String {
    with_choices(&format!("{}/data-api", database(reference)), &[("schema", schema)])
}

/// The same as a file.
pub fn document_file(reference: &str, schema: &str) -> String {
    let path = format!("/files/{}/database/data-api.json", encoded(reference));
    with_choices(&path, &[("schema", schema)])
}

/// What a project's database holds.
pub fn schema(reference: &str) -> String {
    format!("{}/schema", database(reference))
}

/// One table or view.
pub fn table(reference: &str, schema_name: &str, table: &str) -> String {
    with_choices(
        &format!("{}/table", schema(reference)),
        &[("schema", schema_name), ("name", table)],
    )
}

/// How its tables point at each other: those of a schema, or what is near one of its tables; empty for the usual ones.
pub fn relations(reference: &str, schema_name: &str, table: &str) -> String {
    with_choices(
        &format!("{}/relations", database(reference)),
        &[("schema", schema_name), ("table", table)],
    )
}

/// A project's SQL; its form posts there, too.
pub fn sql(reference: &str) -> String {
    format!("{}/sql", project(reference))
}

/// The same with one of Supabase's own snippets in the editor.
pub fn sql_snippet(reference: &str, snippet: &str) -> String {
    with_choices(&sql(reference), &[("snippet", snippet)])
}

/// A statement to be looked at, and run by whoever wants to.
pub fn sql_of(reference: &str, statement: &str) -> String {
    with_choices(&sql(reference), &[("sql", statement)])
}

/// One that the person ran there.
pub fn sql_past(reference: &str, id: &str) -> String {
    with_choices(&sql(reference), &[("past", id)])
}

/// One that Steward keeps under a name.
pub fn sql_kept(reference: &str, id: &str) -> String {
    with_choices(&sql(reference), &[("kept", id)])
}

/// Where the grid of the SQL page finds the rows of a run.
pub fn sql_rows(id: &str) -> String {
    format!("/rows/{}", encoded(id))
}

/// Where a project is marked as production, and where it no longer is: `set`, `clear`.
pub fn mark_act(reference: &str, act: &str) -> String {
    format!("/marks/{}/{act}", encoded(reference))
}

/// Where statements are kept and forgotten: `save`, `add`, `delete`, `clear`.
pub fn statements_act(reference: &str, act: &str) -> String {
    format!("/statements/{}/{act}", encoded(reference))
}

/// The same with this beside the editor, by the word of [`Side`](crate::pages::sql::Side), and with what else is chosen.
pub fn sql_beside(reference: &str, side: &str, choices: &[(&str, &str)]) -> String {
    let choices: Vec<_> = [("side", side)].into_iter().chain(choices.iter().copied()).collect();
    with_choices(&sql(reference), &choices)
}

/// The same with Supabase's snippets from `cursor` on.
pub fn sql_saved(reference: &str, cursor: &str) -> String {
    sql_beside(reference, "saved", &[("cursor", cursor)])
}

/// The same with one of Steward's own statements in it.
pub fn sql_ready(reference: &str, ready: &str) -> String {
    with_choices(&sql(reference), &[("ready", ready)])
}

/// A project's logs.
pub fn logs_of(reference: &str) -> String {
    format!("{}/logs", project(reference))
}

/// The same for a question and a span.
pub fn logs(reference: &str, question: &Question, span: &Span) -> String {
    with_all(&logs_of(reference), &choices(question, span), &[])
}

/// Where questions to the logs are kept and forgotten: `add`, `share`, `unshare`, `delete`.
pub fn log_questions_act(reference: &str, act: &str) -> String {
    format!("/log-questions/{}/{act}", encoded(reference))
}

/// Where logs are asked in SQL.
pub fn logs_query_of(reference: &str) -> String {
    format!("{}/query", logs_of(reference))
}

/// The same with a question.
pub fn logs_query(reference: &str, sql: &str, span: &Span) -> String {
    with_all(
        &logs_query_of(reference),
        &choices(&Question::default(), span),
        &[("sql", sql)],
    )
}

/// The same with a ready-made one, over the same time.
pub fn logs_view(reference: &str, view: &str, span: Option<&Span>) -> String {
    let span = span.map(|span| choices(&Question::default(), span)).unwrap_or_default();
    with_all(&logs_query_of(reference), &span, &[("view", view)])
}

/// The lines of a question as a file: `csv` or `jsonl`.
pub fn logs_file(reference: &str, question: &Question, span: &Span, format: &str) -> String {
    with_all(&logs_files(reference), &choices(question, span), &[("as", format)])
}

/// The rows of a question in SQL as a file.
pub fn logs_query_file(reference: &str, sql: &str, span: &Span, format: &str) -> String {
    with_all(
        &logs_files(reference),
        &choices(&Question::default(), span),
        &[("sql", sql), ("as", format)],
    )
}

fn logs_files(reference: &str) -> String {
    format!("/files/{}/logs", encoded(reference))
}

fn with_all(path: &str, choices: &[(&str, String)], more: &[(&str, &str)]) -> String {
    let choices = choices.iter().map(|(name, value)| (*name, value.as_str()));
    with_choices(path, &choices.chain(more.iter().copied()).collect::<Vec<_>>())
}
