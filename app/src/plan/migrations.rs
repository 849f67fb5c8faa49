//! A folder of migration files: which of them the history holds, which it lacks, and which it holds with another text.
//! What is missing is applied file by file, in the order of the files' names; the first that fails stops the rest.

use futures::future::join_all;
use management_api::{
    OperationId,
    database::{ApplyMigration, GetMigration, ListMigrations, MigrationRow},
};

use super::{Plan, PlanRow, Step, secrets::Drawn};
use crate::{
    backend::{BackendHandle, narrow},
    error::ConsoleError,
    form::Sent,
    paths,
    server_fns::migrations::{OPENED, meant, text},
    ui::Mark,
};

/// The field of the files.
pub const FILES: &str = "file";
/// Files of one plan, at most: the service takes 120 migrations in three minutes.
const MOST: usize = 100;

/// A file, as its name tells of it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct File {
    /// The name without its folders.
    name: String,
    /// `None` where the name begins with none.
    version: Option<String>,
    /// What the history calls it.
    called: String,
    sql: String,
}

impl File {
    /// `None` where it is no SQL.
    fn read(path: &str, content: Vec<u8>) -> Option<Self> {
        let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
        let stem = name.strip_suffix(".sql")?;
        let digits = stem.bytes().take_while(u8::is_ascii_digit).count();
        let (version, called) = stem.split_at(digits);
        let called = called.trim_start_matches(['_', '-']);
        Some(Self {
            name: name.to_owned(),
            version: Some(version.to_owned()).filter(|version| !version.is_empty()),
            called: if called.is_empty() { stem } else { called }.to_owned(),
            sql: String::from_utf8(content).ok()?,
        })
    }

    /// The row of the history that is this file: of its version, or of its name where only one has that. The API gives
    /// each a version of its own by the time at which it was applied.
    fn applied<'a>(&self, history: &'a [MigrationRow]) -> Option<&'a MigrationRow> {
        let same = |row: &&MigrationRow| self.version.as_deref() == Some(row.version.as_str());
        let named = || {
            let mut named = history
                .iter()
                .filter(|row| row.name.as_deref() == Some(self.called.as_str()));
            named.next().filter(|_| named.next().is_none())
        };
        history.iter().find(same).or_else(named)
    }
}

/// Fields: `ref`, and the files.
pub(super) fn draw_up(sent: Sent, backend: BackendHandle) -> Drawn {
    Box::pin(async move {
        let project = sent.text("ref").unwrap_or_default().to_owned();
        let (files, left) = files(&sent)?;
        let backend = backend.anew();
        let list = ListMigrations {
            project: project.clone(),
        };
        let history = narrow(&backend, &list).await?;
        // The newest ones are held against the history's text, each by a call.
        let known = |(at, file): (usize, &File)| {
            let row = file.applied(&history).filter(|_| files.len() - at <= OPENED);
            let get = row.map(|row| GetMigration {
                project: project.clone(),
                version: row.version.clone(),
            });
            let backend = &backend;
            async move {
                let migration = narrow(backend, &get?).await.ok()?;
                Some(text(migration.statements.as_deref()))
            }
        };
        let texts = join_all(files.iter().enumerate().map(known)).await;
        let key: u128 = rand::random();
        Ok(plan(&project, &files, &left, &history, &texts, key))
    })
}

/// The files in the order in which they are run, and the names of what is no migration.
///
/// # Errors
/// There is none, or too many, or two are one.
fn files(sent: &Sent) -> Result<(Vec<File>, Vec<String>), ConsoleError> {
    let (mut files, mut left): (Vec<File>, Vec<String>) = (Vec::new(), Vec::new());
    let sent = sent.files.iter().filter(|(name, _)| name == FILES);
    for (_, upload) in sent {
        match File::read(&upload.name, upload.content().unwrap_or_default()) {
            Some(file) => files.push(file),
            None => left.push(upload.name.clone()),
        }
    }
    files.sort_by(|one, other| one.name.cmp(&other.name));
    let twice = files.windows(2).find_map(|pair| match pair {
        [one, other] if one.name == other.name => Some(&one.name),
        _ => None,
    });
    let wrong = match (files.len(), twice) {
        (0, _) => "Choose the folder of your migrations, or its files: those whose names end in .sql.".to_owned(),
        (count, _) if count > MOST => format!("These are {count} files. Choose {MOST} at most, the oldest first."),
        (_, Some(name)) => format!("{name} came twice. Choose the files of one folder."),
        (_, None) => return Ok((files, left)),
    };
    Err(ConsoleError::invalid(FILES, wrong))
}

/// `texts`: what the history holds of each file, where that was read. `key`: of this plan alone.
fn plan(
    project: &str,
    files: &[File],
    left: &[String],
    history: &[MigrationRow],
    texts: &[Option<String>],
    key: u128,
) -> Plan {
    let (mut rows, mut steps): (Vec<PlanRow>, Vec<Step>) = (Vec::new(), Vec::new());
    let newest = history.iter().map(|row| row.version.as_str()).max().unwrap_or_default();
    let row = |mark, name: &str, remark: String, step| PlanRow {
        mark,
        name: name.to_owned(),
        place: None,
        remark,
        step,
    };
    let mut known = Vec::new();
    for (file, text) in files.iter().zip(texts) {
        let Some(applied) = file.applied(history) else {
            let early = file.version.as_deref().is_some_and(|version| version < newest);
            let remark = match early {
                true => format!("Missing. It is older than {newest}, which has run already."),
                false => "Missing.".to_owned(),
            };
            rows.push(row(Mark::Added, &file.name, remark, Some(steps.len())));
            let apply = ApplyMigration {
                project: project.to_owned(),
                query: file.sql.clone(),
                name: Some(file.called.clone()),
                rollback: None,
                idempotency_key: Some(format!("{key:032x}-{}", steps.len())),
            };
            let parameters = serde_json::to_value(apply).unwrap_or_default();
            steps.push(Step::new(
                OperationId::ApplyMigration,
                format!("Apply {}", file.name),
                parameters,
            ));
            continue;
        };
        let version = &applied.version;
        known.push(version.as_str());
        let (mark, remark) = match text {
            Some(text) if meant(text) == meant(&file.sql) => (Mark::Same, format!("Applied as {version}.")),
            Some(_) => (
                Mark::Changed,
                format!(
                    "Applied as {version}, and the file has another text since. It is not run again: write a new migration."
                ),
            ),
            None => (Mark::Same, format!("Applied as {version}. Its text was not compared.")),
        };
        rows.push(row(mark, &file.name, remark, None));
    }
    for only in history.iter().filter(|row| !known.contains(&row.version.as_str())) {
        let name = only.name.as_deref().unwrap_or("without a name");
        let said = format!("In the history as {}, and not among the files.", only.version);
        rows.push(row(Mark::Same, name, said, None));
    }
    let left = left.iter().map(|name| {
        let why = "No migration: its name does not end in .sql, or it is no text.".to_owned();
        row(Mark::Refused, name, why, None)
    });
    rows.extend(left);
    rows.sort_by_key(|row| match row.mark {
        Mark::Refused | Mark::Changed => 0,
        Mark::Added | Mark::Removed | Mark::Moved => 1,
        Mark::Same => 2,
    });
    let act = match steps.len() {
        1 => "Apply 1 migration".to_owned(),
        count => format!("Apply {count} migrations"),
    };
    Plan {
        halts: true,
        ..Plan::new(paths::migration_folder(project), act, rows, steps)
    }
}

#[cfg(test)]
mod tests {
    use management_api::Upload;

    use super::*;

    fn sent(files: &[(&str, &str)]) -> Sent {
        let file = |(name, text): &(&str, &str)| (FILES.to_owned(), Upload::new((*name).to_owned(), text.as_bytes()));
        Sent {
            files: files.iter().map(file).collect(),
            ..Sent::default()
        }
    }

    #[test]
    fn files_are_told_by_their_names_and_run_in_their_order() {
        let (files, left) = files(&sent(&[
            ("supabase/migrations/20260201000000_b.sql", "select 2"),
            ("20260101000000-a.sql", "select 1"),
            ("README.md", ""),
            ("c.sql", "select 3"),
            ("20260301000000.sql", "select 4"),
        ]))
        .unwrap();
        let told: Vec<_> = files
            .iter()
            .map(|one| (one.version.as_deref(), one.called.as_str()))
            .collect();
        assert_eq!(
            told,
            [
                (Some("20260101000000"), "a"),
                (Some("20260201000000"), "b"),
                (Some("20260301000000"), "20260301000000"),
                (None, "c")
            ]
        );
        assert_eq!(left, ["README.md"]);
        for wrong in [
            vec![],
            vec![("README.md", "")],
            vec![("a/1_a.sql", ""), ("b/1_a.sql", "")],
        ] {
            assert!(super::files(&sent(&wrong)).is_err(), "{wrong:?}");
        }
        let many: Vec<_> = (0..=MOST).map(|at| (format!("{at}_x.sql"), "")).collect();
        let many: Vec<_> = many.iter().map(|(name, text)| (name.as_str(), *text)).collect();
        assert!(super::files(&sent(&many)).is_err());
    }

    #[test]
    fn what_the_history_lacks_is_run_and_what_differs_is_told() {
        let (files, left) = files(&sent(&[
            ("1_a.sql", "select 1;"),
            ("2_b.sql", "select 2"),
            ("3_c.sql", "select 3"),
            ("5_e.sql", "select 5"),
            ("9_f.sql", "select 9"),
            ("x.txt", ""),
        ]))
        .unwrap();
        let history: Vec<_> = [("1", "other"), ("7", "b"), ("8", "gone"), ("6", "e")]
            .map(|(version, name)| MigrationRow {
                version: version.to_owned(),
                name: Some(name.to_owned()),
            })
            .into();
        let texts = [Some("select 1"), Some("select 22"), None, None, None].map(|text| text.map(str::to_owned));
        let plan = plan("abc", &files, &left, &history, &texts, 1);
        let told: Vec<_> = plan
            .rows
            .iter()
            .map(|row| (row.mark, row.name.as_str(), row.step))
            .collect();
        assert_eq!(
            told,
            [
                (Mark::Changed, "2_b.sql", None),
                (Mark::Refused, "x.txt", None),
                (Mark::Added, "3_c.sql", Some(0)),
                (Mark::Added, "9_f.sql", Some(1)),
                (Mark::Same, "1_a.sql", None),
                (Mark::Same, "5_e.sql", None),
                (Mark::Same, "gone", None),
            ]
        );
        assert!(plan.rows[2].remark.contains("older than 8") && !plan.rows[3].remark.contains("older"));
        assert!(plan.halts);
        assert_eq!(plan.act, "Apply 2 migrations");
        let parameters = plan.steps[1].parameters.as_ref().unwrap().expose();
        assert_eq!(parameters["name"], "f");
        assert_eq!(parameters["idempotency_key"], format!("{:032x}-1", 1));
    }
}
