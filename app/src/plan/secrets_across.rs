//! The same secrets in several projects: where each is new, changes, or is the same already. Values are typed anew, since
//! nobody can read them.

use futures::future::join_all;
use management_api::{
    OperationId, Scope,
    secrets::{EdgeSecret, ListSecrets, NewSecret, SECRETS_AT_ONCE},
};

use super::{
    Plan, PlanRow, Step,
    secrets::{Drawn, NAME, VALUE, counted, mark, step, why},
};
use crate::{
    backend::{BackendHandle, narrow},
    error::ConsoleError,
    form::Sent,
    paths,
    secrets::{
        changes::changes,
        digest,
        dotenv::{Dotenv, Entry},
        name_fault, short,
    },
    server_fns::secrets::PROJECTS,
    ui::Mark,
};

/// Fields of the form beside names and values in turn: refs of the projects, and of the one that the names were read in.
pub const TO: &str = "to";
pub const FROM: &str = "from";
pub(super) const KEEPS: &[&str] = &[NAME, TO];

/// The field of another value for one of the projects, where there is only one name.
pub fn own(project: &str) -> String {
    format!("value:{project}")
}

/// What is known of a project that secrets are to be set in.
struct Target {
    reference: String,
    name: String,
    /// What it has; or why nothing can be set there.
    there: Result<Vec<EdgeSecret>, String>,
}

pub(super) fn draw_up(sent: Sent, backend: BackendHandle) -> Drawn {
    Box::pin(async move {
        let to = targets(&sent)?;
        let given = given(&sent, &to)?;
        let from = sent.text(FROM).filter(|from| !from.is_empty());
        let source = async {
            let project = from?.to_owned();
            let name = backend.name_of(&project).unwrap_or_else(|| project.clone());
            // ok: without it only that is not told which value it has.
            Some((
                name,
                narrow(&backend, &ListSecrets { project }).await.unwrap_or_default(),
            ))
        };
        let targets = join_all(to.into_iter().map(|reference| target(reference, &backend)));
        let (source, targets) = futures::join!(source, targets);
        Ok(plan(&given, source.as_ref(), targets))
    })
}

/// The projects, each once.
///
/// # Errors
/// There is none, or too many.
pub(super) fn targets(sent: &Sent) -> Result<Vec<String>, ConsoleError> {
    let mut to: Vec<String> = Vec::new();
    for reference in sent.all(TO).map(str::to_owned) {
        if !to.contains(&reference) {
            to.push(reference);
        }
    }
    match to.len() {
        0 => Err(ConsoleError::invalid(TO, "Tick the projects that it is for.")),
        count if count > PROJECTS => {
            let message =
                format!("These are {count} projects; one plan holds {PROJECTS}, since each is a call of its own.");
            Err(ConsoleError::invalid(TO, message))
        }
        _ => Ok(to),
    }
}

/// Names with the value that all projects get, and values for single projects.
struct Given {
    all: Vec<(String, String)>,
    own: Vec<(String, String)>,
}

fn given(sent: &Sent, to: &[String]) -> Result<Given, ConsoleError> {
    // Browsers end lines in their own way.
    let plain = |value: &str| value.replace("\r\n", "\n");
    let rows = sent.all(NAME).map(str::trim).zip(sent.all(VALUE));
    let rows: Vec<_> = rows
        .filter(|(name, value)| !name.is_empty() || !value.is_empty())
        .collect();
    for (at, (name, _)) in rows.iter().enumerate() {
        if let Some(fault) = name_fault(name) {
            return Err(ConsoleError::invalid(NAME, fault));
        }
        if rows.iter().skip(at + 1).any(|(other, _)| other == name) {
            return Err(ConsoleError::invalid(
                NAME,
                format!("{name} is there twice: nobody could tell which value counts."),
            ));
        }
    }
    let own: Vec<_> = match rows.as_slice() {
        [_] => to
            .iter()
            .filter_map(|project| Some((project.clone(), plain(sent.text(&own(project))?))))
            .filter(|(_, value)| !value.is_empty())
            .collect(),
        _ => Vec::new(),
    };
    let typed = rows.iter().any(|(_, value)| !value.is_empty()) || !own.is_empty();
    if rows.is_empty() {
        return Err(ConsoleError::invalid(NAME, "Give the secret\u{2019}s name."));
    }
    if !typed {
        let message = "Type a value: Supabase shows none, so it cannot be taken from where it is.";
        return Err(ConsoleError::invalid(VALUE, message));
    }
    Ok(Given {
        all: rows
            .iter()
            .map(|(name, value)| ((*name).to_owned(), plain(value)))
            .collect(),
        own,
    })
}

impl Given {
    /// What a project gets; whatever was left empty is left as it is.
    fn of(&self, project: &str) -> Dotenv {
        let own = self.own.iter().find(|(one, _)| one == project).map(|(_, value)| value);
        let entry = |(at, (name, value)): (usize, &(String, String))| Entry {
            name: name.clone(),
            value: own.unwrap_or(value).clone().into(),
            line: at + 1,
        };
        let entries = self.all.iter().enumerate().map(entry);
        Dotenv {
            entries: entries.filter(|entry| !entry.value.expose().is_empty()).collect(),
            faults: Vec::new(),
        }
    }
}

async fn target(reference: String, backend: &BackendHandle) -> Target {
    let name = backend.name_of(&reference).unwrap_or_else(|| reference.clone());
    let there = match backend.may(OperationId::CreateSecrets, &Scope::Project(reference.clone())) {
        Err(why) => Err(why.sentence()),
        Ok(()) => {
            let list = ListSecrets {
                project: reference.clone(),
            };
            let there = narrow(backend, &list).await;
            there.map_err(|error| format!("What it has could not be read: {error}"))
        }
    };
    Target { reference, name, there }
}

fn plan(given: &Given, source: Option<&(String, Vec<EdgeSecret>)>, targets: Vec<Target>) -> Plan {
    let (mut rows, mut steps): (Vec<PlanRow>, Vec<Step>) = (Vec::new(), Vec::new());
    let mut sent = 0;
    for target in targets {
        let entries = given.of(&target.reference);
        let there = match target.there {
            Ok(there) => there,
            Err(why) => {
                rows.extend(entries.entries.into_iter().map(|entry| PlanRow {
                    mark: Mark::Refused,
                    name: entry.name,
                    place: Some(target.name.clone()),
                    remark: why.clone(),
                    step: None,
                }));
                continue;
            }
        };
        let mut secrets = Vec::new();
        for change in changes(entries, &there) {
            let at = change
                .becomes
                .is_sent()
                .then_some(steps.len() + secrets.len() / SECRETS_AT_ONCE);
            let other = source.and_then(|source| other_than(source, &change.name, change.value.expose()));
            rows.push(PlanRow {
                mark: mark(&change.becomes),
                remark: [why(&change.becomes), other.unwrap_or_default()]
                    .join(" ")
                    .trim()
                    .to_owned(),
                name: change.name.clone(),
                place: Some(target.name.clone()),
                step: at,
            });
            if at.is_some() {
                secrets.push(NewSecret {
                    name: change.name,
                    value: change.value,
                });
            }
        }
        sent += secrets.len();
        for part in secrets.chunks(SECRETS_AT_ONCE) {
            let label = format!("Set {} of {}", counted(part.len()), target.name);
            steps.push(step(&target.reference, part.to_vec(), label));
        }
    }
    rows.sort_by_key(|row| match row.mark {
        Mark::Refused => 0,
        Mark::Changed | Mark::Removed | Mark::Moved => 1,
        Mark::Added => 2,
        Mark::Same => 3,
    });
    let places = match steps.len() {
        1 => "1 project".to_owned(),
        count => format!("{count} projects"),
    };
    let act = format!("Send {} to {places}", counted(sent));
    Plan::new(paths::SECRETS, act, rows, steps)
}

/// Says that a typed value is not the one that the project has which it is copied from.
fn other_than((name, source): &(String, Vec<EdgeSecret>), secret: &str, value: &str) -> Option<String> {
    let known = source.iter().find(|one| one.name == secret)?;
    (known.digest != digest(value)).then(|| format!("Not the value that {name} has, {}.", short(&known.digest)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::sent;

    fn secret(name: &str, value: &str) -> EdgeSecret {
        EdgeSecret {
            name: name.to_owned(),
            digest: digest(value),
            updated_at: None,
        }
    }

    fn target(reference: &str, there: Result<&[(&str, &str)], &str>) -> Target {
        Target {
            reference: reference.to_owned(),
            name: reference.to_uppercase(),
            there: there
                .map(|all| all.iter().map(|(name, value)| secret(name, value)).collect())
                .map_err(str::to_owned),
        }
    }

    #[test]
    fn each_project_is_told_apart_and_gets_a_call_of_its_own() {
        let sent = sent(&[
            ("name", "KEY"),
            ("value", "new"),
            ("value:c", "own"),
            ("to", "a"),
            ("to", "b"),
            ("to", "c"),
            ("to", "d"),
            ("to", "e"),
            ("to", "a"),
        ]);
        let to = targets(&sent).unwrap();
        assert_eq!(to, ["a", "b", "c", "d", "e"]);
        let given = given(&sent, &to).unwrap();
        let source = ("Source".to_owned(), vec![secret("KEY", "new")]);
        let plan = plan(
            &given,
            Some(&source),
            vec![
                target("a", Ok(&[("KEY", "new")])),
                target("b", Ok(&[("KEY", "old")])),
                target("c", Ok(&[])),
                target("d", Err("Needs more.")),
                target("e", Ok(&[])),
            ],
        );
        let told: Vec<_> = plan
            .rows
            .iter()
            .map(|row| (row.mark, row.place.as_deref().unwrap_or_default(), row.step))
            .collect();
        assert_eq!(
            told,
            [
                (Mark::Refused, "D", None),
                (Mark::Changed, "B", Some(0)),
                (Mark::Added, "C", Some(1)),
                (Mark::Added, "E", Some(2)),
                (Mark::Same, "A", None)
            ]
        );
        assert!(
            plan.rows[2].remark.starts_with("Not the value that Source has"),
            "{}",
            plan.rows[2].remark
        );
        assert!(plan.rows[4].remark.contains("already"));
        assert_eq!(plan.act, "Send 3 secrets to 3 projects");
        let own = plan.steps[1].parameters.as_ref().unwrap().expose();
        assert_eq!(
            (own["ref"].as_str(), own["secrets"][0]["value"].as_str()),
            (Some("c"), Some("own"))
        );
    }

    #[test]
    fn what_is_left_empty_stays_as_it_is() {
        let sent = sent(&[
            ("name", "A"),
            ("value", ""),
            ("name", "B"),
            ("value", "1"),
            ("to", "a"),
            ("value:a", "x"),
        ]);
        let to = targets(&sent).unwrap();
        let plan = plan(&given(&sent, &to).unwrap(), None, vec![target("a", Ok(&[]))]);
        assert_eq!(
            (plan.rows.len(), plan.rows[0].name.as_str()),
            (1, "B"),
            "a value of its own is for one name only"
        );
        assert_eq!(plan.act, "Send 1 secret to 1 project");
    }

    #[test]
    fn what_cannot_be_meant_is_told() {
        let to = [("to", "a")];
        for (fields, field) in [
            (vec![("name", "A"), ("value", "1")], TO),
            (vec![("name", ""), ("value", ""), to[0]], NAME),
            (vec![("name", "SUPABASE_URL"), ("value", "1"), to[0]], NAME),
            (
                vec![("name", "A"), ("value", "1"), ("name", "A"), ("value", "2"), to[0]],
                NAME,
            ),
            (vec![("name", "A"), ("value", ""), to[0]], VALUE),
        ] {
            let sent = sent(&fields);
            let error = targets(&sent).and_then(|to| given(&sent, &to)).err().unwrap();
            assert!(
                matches!(&error, ConsoleError::Invalid { field: Some(at), .. } if at == field),
                "{error:?}"
            );
        }
    }
}
