//! Several secrets of one project's functions: what is new, what changes, what is the same already, and what is refused.

use std::{future::Future, pin::Pin};

use management_api::{
    OperationId,
    secrets::{CreateSecrets, ListSecrets, NewSecret, SECRETS_AT_ONCE},
};

use super::{Plan, PlanRow, Step};
use crate::{
    backend::{BackendHandle, narrow},
    error::ConsoleError,
    form::Sent,
    paths,
    secrets::{
        changes::{Becomes, Change, changes},
        dotenv::{self, Dotenv, Entry},
        short,
    },
    ui::Mark,
};

/// What draws a plan up comes to.
pub(super) type Drawn = Pin<Box<dyn Future<Output = Result<Plan, ConsoleError>> + Send>>;

/// Fields of the form: a file, the text of one, and any number of names and values in turn.
pub const FILE: &str = "file";
pub const TEXT: &str = "env";
pub const NAME: &str = "name";
pub const VALUE: &str = "value";

/// Fields: `ref`, and the secrets in one of three ways.
pub(super) fn draw_up(sent: Sent, backend: BackendHandle) -> Drawn {
    Box::pin(async move {
        let project = sent.text("ref").unwrap_or_default().to_owned();
        let (given, lines) = given(&sent)?;
        let of = ListSecrets {
            project: project.clone(),
        };
        let there = narrow(&backend, &of).await?;
        Ok(plan(&project, changes(given, &there), lines))
    })
}

/// What was filled in, and whether its lines mean something to whoever did.
fn given(sent: &Sent) -> Result<(Dotenv, bool), ConsoleError> {
    let text = sent.text(TEXT).filter(|text| !text.trim().is_empty());
    let file = sent.files.iter().find(|(name, _)| name == FILE).map(|(_, file)| file);
    let names = sent.all(NAME).map(str::trim).zip(sent.all(VALUE));
    let rows: Vec<(&str, &str)> = names
        .filter(|(name, value)| !name.is_empty() || !value.is_empty())
        .collect();
    match (file, text, rows.as_slice()) {
        (None, None, []) => Err(ConsoleError::invalid(
            TEXT,
            "Nothing was given: paste the text of a .env file, choose a file, or fill in a row.",
        )),
        (None, Some(text), []) => Ok((dotenv::read(text), true)),
        (Some(file), None, []) => {
            let bytes = file.content().unwrap_or_default();
            let text = String::from_utf8(bytes).map_err(|_| {
                ConsoleError::invalid(
                    FILE,
                    "This file is no text in UTF-8, so it is no .env file. Save it as one, or paste its text.",
                )
            })?;
            Ok((dotenv::read(&text), true))
        }
        (None, None, rows) => {
            let entry = |(at, (name, value)): (usize, &(&str, &str))| Entry {
                name: (*name).to_owned(),
                // Browsers end lines in their own way.
                value: value.replace("\r\n", "\n").into(),
                line: at + 1,
            };
            let entries = rows.iter().enumerate().map(entry).collect();
            Ok((
                Dotenv {
                    entries,
                    faults: Vec::new(),
                },
                false,
            ))
        }
        _ => Err(ConsoleError::invalid(
            TEXT,
            "Give the secrets in one way: as a file, as text, or row by row. Where two ways name one secret, nobody could tell \
             which value counts.",
        )),
    }
}

fn plan(project: &str, changes: Vec<Change>, lines: bool) -> Plan {
    let (mut rows, mut secrets) = (Vec::new(), Vec::new());
    for change in changes {
        let step = change.becomes.is_sent().then_some(secrets.len() / SECRETS_AT_ONCE);
        rows.push(PlanRow {
            mark: mark(&change.becomes),
            remark: remark(&change, lines),
            name: change.name.clone(),
            place: None,
            step,
        });
        if step.is_some() {
            secrets.push(NewSecret {
                name: change.name,
                value: change.value,
            });
        }
    }
    let steps = secrets
        .chunks(SECRETS_AT_ONCE)
        .map(|part| step(project, part.to_vec(), format!("Set {}", counted(part.len()))));
    let act = format!("Send {}", counted(secrets.len()));
    Plan::new(paths::secrets(project), act, rows, steps.collect())
}

/// The call that sets `secrets` of a project.
pub(super) fn step(project: &str, secrets: Vec<NewSecret>, label: String) -> Step {
    let operation = CreateSecrets {
        project: project.to_owned(),
        secrets,
    };
    let parameters = serde_json::to_value(operation).unwrap_or_default();
    Step::new(OperationId::CreateSecrets, label, parameters)
}

pub fn counted(count: usize) -> String {
    match count {
        1 => "1 secret".to_owned(),
        count => format!("{count} secrets"),
    }
}

pub(super) fn mark(becomes: &Becomes) -> Mark {
    match becomes {
        Becomes::Refused(_) => Mark::Refused,
        Becomes::Changed(..) => Mark::Changed,
        Becomes::New(_) => Mark::Added,
        Becomes::Same => Mark::Same,
    }
}

/// What becomes of a secret. Nothing of a value.
pub(super) fn why(becomes: &Becomes) -> String {
    match becomes {
        Becomes::Refused(why) => why.clone(),
        Becomes::Changed(from, to) => format!("{} becomes {}.", short(from), short(to)),
        Becomes::New(_) => String::new(),
        Becomes::Same => "Is this value already.".to_owned(),
    }
}

/// Why it is what it is, and which line it is about. Nothing of a value.
fn remark(change: &Change, lines: bool) -> String {
    let why = why(&change.becomes);
    let (line, word) = (change.line, if lines { "Line" } else { "Row" });
    let place = if change.name.is_empty() || lines {
        format!("{word} {line}. ")
    } else {
        String::new()
    };
    let before: Vec<String> = change.before.iter().map(usize::to_string).collect();
    let again = match before.as_slice() {
        [] => String::new(),
        [one] => format!(" {word} {one} gives it too; the last one counts."),
        several => format!(" {word}s {} give it too; the last one counts.", several.join(", ")),
    };
    format!("{place}{why}{again}").trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use management_api::{Upload, secrets::EdgeSecret};

    use super::*;
    use crate::{form::sent, secrets::digest};

    fn plan_of(sent: &Sent, there: &[EdgeSecret]) -> Plan {
        let (given, lines) = given(sent).unwrap();
        plan("abc", changes(given, there), lines)
    }

    #[test]
    fn a_text_says_its_lines_and_what_comes_of_them() {
        let there = [EdgeSecret {
            name: "OLD".to_owned(),
            digest: digest("a"),
            updated_at: None,
        }];
        let text = "OLD=1\nNEW=x\nOLD=b\nSUPABASE_URL=y";
        let plan = plan_of(&sent(&[("env", text)]), &there);
        let rows: Vec<_> = plan
            .rows
            .iter()
            .map(|row| (row.mark, row.name.as_str(), row.step))
            .collect();
        assert_eq!(
            rows,
            [
                (Mark::Refused, "SUPABASE_URL", None),
                (Mark::Changed, "OLD", Some(0)),
                (Mark::Added, "NEW", Some(0))
            ]
        );
        assert_eq!(
            plan.rows[0].remark,
            "Line 4. Names that begin with SUPABASE_ belong to Supabase."
        );
        let changed = format!(
            "Line 3. {} becomes {}. Line 1 gives it too; the last one counts.",
            short(&digest("a")),
            short(&digest("b"))
        );
        assert_eq!(plan.rows[1].remark, changed);
        assert_eq!((plan.act.as_str(), plan.steps.len()), ("Send 2 secrets", 1));
        assert_eq!(plan.page, "/projects/abc/secrets");
    }

    #[test]
    fn rows_and_files_say_the_same_and_not_together() {
        let rows = sent(&[
            ("name", " A "),
            ("value", " 1\r\n2 "),
            ("name", ""),
            ("value", ""),
            ("name", ""),
            ("value", "x"),
        ]);
        let plan = plan_of(&rows, &[]);
        assert_eq!(
            (plan.rows[0].remark.as_str(), plan.rows[1].name.as_str()),
            ("Row 2. It has no name.", "A")
        );
        let parameters = plan.steps[0].parameters.as_ref().unwrap().expose().clone();
        assert_eq!(parameters["secrets"][0]["value"], " 1\n2 ", "spaces belong to it");

        let mut file = sent(&[("env", "  "), ("name", ""), ("value", "")]);
        file.files.push(("file".to_owned(), Upload::new(".env", b"A=1\nB=2")));
        assert_eq!(plan_of(&file, &[]).act, "Send 2 secrets");
        file.texts.push(("env".to_owned(), "C=3".to_owned()));
        let two_ways = sent(&[("env", "C=3"), ("name", "D"), ("value", "4")]);
        let nothing = sent(&[("env", "\n"), ("name", ""), ("value", "")]);
        let mut bytes = sent(&[]);
        bytes
            .files
            .push(("file".to_owned(), Upload::new(".env", &[0xff, 0xfe])));
        for wrong in [two_ways, nothing, bytes] {
            assert!(given(&wrong).is_err(), "{wrong:?}");
        }
    }
}
