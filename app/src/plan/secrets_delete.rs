//! The same secrets in several projects, which go: where each is, and where it is not.

use futures::future::join_all;
use management_api::{
    OperationId, Scope,
    secrets::{DeleteSecrets, EdgeSecret, ListSecrets},
};

use super::{
    Plan, PlanRow, Step,
    secrets::{Drawn, NAME, counted},
    secrets_across::targets,
};
use crate::{
    backend::{BackendHandle, narrow},
    error::ConsoleError,
    form::Sent,
    paths,
    secrets::{is_reserved, short},
    ui::Mark,
};

/// A project that secrets are to go from.
struct Place {
    reference: String,
    name: String,
    /// What it has; or why nothing can be deleted there.
    there: Result<Vec<EdgeSecret>, String>,
}

/// Fields: the names, and the refs of the projects.
pub(super) fn draw_up(sent: Sent, backend: BackendHandle) -> Drawn {
    Box::pin(async move {
        let projects = targets(&sent)?;
        let names = names(&sent)?;
        let places = projects.into_iter().map(|reference| place(reference, &backend));
        Ok(plan(&names, join_all(places).await))
    })
}

/// The names, each once.
///
/// # Errors
/// There is none, or Supabase sets one of them itself.
fn names(sent: &Sent) -> Result<Vec<String>, ConsoleError> {
    let mut names: Vec<String> = Vec::new();
    for name in sent.all(NAME).map(str::trim).filter(|name| !name.is_empty()) {
        if is_reserved(name) {
            let message = format!("{name} belongs to Supabase and stays.");
            return Err(ConsoleError::invalid(NAME, message));
        }
        if !names.iter().any(|one| one == name) {
            names.push(name.to_owned());
        }
    }
    if names.is_empty() {
        return Err(ConsoleError::invalid(NAME, "Give the secret\u{2019}s name."));
    }
    Ok(names)
}

async fn place(reference: String, backend: &BackendHandle) -> Place {
    let name = backend.name_of(&reference).unwrap_or_else(|| reference.clone());
    let there = match backend.may(OperationId::DeleteSecrets, &Scope::Project(reference.clone())) {
        Err(why) => Err(why.sentence()),
        Ok(()) => {
            let project = reference.clone();
            let there = narrow(backend, &ListSecrets { project }).await;
            there.map_err(|error| format!("What it has could not be read: {error}"))
        }
    };
    Place { reference, name, there }
}

fn plan(names: &[String], places: Vec<Place>) -> Plan {
    let (mut rows, mut steps): (Vec<PlanRow>, Vec<Step>) = (Vec::new(), Vec::new());
    for place in places {
        let mut going = Vec::new();
        for name in names {
            let there = place.there.as_ref().map(|all| all.iter().find(|one| one.name == *name));
            let (mark, remark) = match there {
                Err(why) => (Mark::Refused, why.clone()),
                Ok(None) => (Mark::Same, "It is not there.".to_owned()),
                Ok(Some(secret)) => (Mark::Removed, format!("Its value {} is lost.", short(&secret.digest))),
            };
            if mark == Mark::Removed {
                going.push(name.clone());
            }
            rows.push(PlanRow {
                step: (mark == Mark::Removed).then_some(steps.len()),
                name: name.clone(),
                place: Some(place.name.clone()),
                mark,
                remark,
            });
        }
        if !going.is_empty() {
            let label = format!("Delete {} of {}", counted(going.len()), place.name);
            let operation = DeleteSecrets {
                project: place.reference,
                names: going,
            };
            let parameters = serde_json::to_value(operation).unwrap_or_default();
            steps.push(Step::new(OperationId::DeleteSecrets, label, parameters));
        }
    }
    rows.sort_by_key(|row| match row.mark {
        Mark::Refused => 0,
        Mark::Removed | Mark::Added | Mark::Changed | Mark::Moved => 1,
        Mark::Same => 2,
    });
    let going = rows.iter().filter(|row| row.step.is_some()).count();
    let places = match steps.len() {
        1 => "1 project".to_owned(),
        count => format!("{count} projects"),
    };
    let act = format!("Delete {} from {places}", counted(going));
    Plan::new(paths::SECRETS, act, rows, steps)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{form::sent, secrets::digest};

    fn place(name: &str, there: Result<&[&str], &str>) -> Place {
        let secret = |name: &&str| EdgeSecret {
            name: (*name).to_owned(),
            digest: digest("value"),
            updated_at: None,
        };
        Place {
            reference: name.to_lowercase(),
            name: name.to_owned(),
            there: there.map(|all| all.iter().map(secret).collect()).map_err(str::to_owned),
        }
    }

    #[test]
    fn it_goes_where_it_is_and_the_plan_says_where_it_is_not() {
        let places = vec![
            place("Shop", Ok(&["A", "C"])),
            place("Mill", Ok(&["C"])),
            place("Loom", Err("No access.")),
            place("Store", Ok(&["A", "B"])),
        ];
        let plan = plan(&["A".to_owned(), "B".to_owned()], places);
        let told: Vec<_> = plan
            .rows
            .iter()
            .map(|row| (row.mark, row.name.as_str(), row.place.as_deref().unwrap(), row.step))
            .collect();
        assert_eq!(
            told,
            [
                (Mark::Refused, "A", "Loom", None),
                (Mark::Refused, "B", "Loom", None),
                (Mark::Removed, "A", "Shop", Some(0)),
                (Mark::Removed, "A", "Store", Some(1)),
                (Mark::Removed, "B", "Store", Some(1)),
                (Mark::Same, "B", "Shop", None),
                (Mark::Same, "A", "Mill", None),
                (Mark::Same, "B", "Mill", None),
            ]
        );
        assert_eq!(plan.act, "Delete 3 secrets from 2 projects");
        let parameters = plan.steps[1].parameters.as_ref().unwrap().expose();
        assert_eq!(*parameters, json!({ "ref": "store", "names": ["A", "B"] }));
    }

    #[test]
    fn what_supabase_sets_stays() {
        assert!(names(&sent(&[("name", "SUPABASE_URL")])).is_err());
        assert!(names(&sent(&[("name", " ")])).is_err());
        assert_eq!(names(&sent(&[("name", "A"), ("name", "A")])).unwrap(), ["A"]);
    }
}
