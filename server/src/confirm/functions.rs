//! What is asked before several functions are updated: which of them would be opened, replaced or stopped.

use app::{
    backend::{BackendHandle, narrow},
    form::yes_to,
    outcome::{Question, Tick},
};
use management_api::{
    Request,
    functions::{Function, FunctionUpdate, ListFunctions},
};
use serde_json::Value;

use super::named_or_ref;

/// The question; nothing where only names change, or who may call is bounded.
pub async fn question(request: &Request, backend: &BackendHandle) -> Option<Question> {
    let project = request.parameter("ref").unwrap_or_default().to_owned();
    let rows = request.parameters["functions"].as_array();
    let of = |row: &Value| serde_json::from_value::<FunctionUpdate>(row.clone()).ok();
    let updates: Option<Vec<FunctionUpdate>> = rows.into_iter().flatten().map(of).collect();
    let list = ListFunctions {
        project: project.clone(),
    };
    let deeds = match (updates, narrow(backend, &list).await) {
        (Some(updates), Ok(running)) => Deeds::of(&updates, &running),
        (None, _) | (_, Err(_)) => Deeds {
            unknown: true,
            ..Deeds::default()
        },
    };
    // Of the very rows, whatever is said of them.
    let about = request.parameters["functions"].to_string();
    let tick = |does: String| Tick {
        sure: yes_to(request.id, &request.path, &does, &about),
        does,
    };
    let ticks: Vec<Tick> = deeds.said().into_iter().map(tick).collect();
    if ticks.is_empty() {
        return None;
    }
    let name = if deeds.loses() {
        Some(named_or_ref(project, backend).await)
    } else {
        None
    };
    Some(Question { ticks, name })
}

/// What would become of functions, by their slugs.
#[derive(Default)]
struct Deeds {
    opened: Vec<String>,
    replaced: Vec<String>,
    stopped: Vec<String>,
    unknown: bool,
}

impl Deeds {
    fn of(updates: &[FunctionUpdate], running: &[Function]) -> Self {
        let mut deeds = Self::default();
        for update in updates {
            let slug = || update.slug.clone();
            let known = running
                .iter()
                .find(|one| one.id == update.id || one.slug == update.slug);
            let checked = known.is_none_or(|known| known.verify_jwt != Some(false));
            if update.verify_jwt == Some(false) && checked {
                deeds.opened.push(slug());
            }
            let Some(known) = known else { continue };
            if replaces(update, known) {
                deeds.replaced.push(slug());
            }
            if update.status != known.status.as_str() && update.status != "ACTIVE" {
                deeds.stopped.push(slug());
            }
        }
        deeds
    }

    fn loses(&self) -> bool {
        self.unknown || !self.replaced.is_empty() || !self.stopped.is_empty()
    }

    /// A sentence for each box.
    fn said(&self) -> Vec<String> {
        if self.unknown {
            return vec!["may replace or open functions: what runs could not be read".to_owned()];
        }
        let counted = |slugs: &[String]| match slugs.len() {
            1 => format!("1 function ({})", slugs.join(", ")),
            count => format!("{count} functions ({})", slugs.join(", ")),
        };
        let mut said = Vec::new();
        if !self.opened.is_empty() {
            let opened = counted(&self.opened);
            said.push(format!(
                "lets anybody on the internet call {opened}, without a token of the project"
            ));
        }
        if !self.replaced.is_empty() {
            said.push(format!("replaces what runs of {}", counted(&self.replaced)));
        }
        if !self.stopped.is_empty() {
            said.push(format!("stops or slows {}", counted(&self.stopped)));
        }
        said
    }
}

/// Whether something else would run afterwards than does now.
fn replaces(update: &FunctionUpdate, running: &Function) -> bool {
    let other = |new: &Option<String>, old: &Option<String>| new.is_some() && new != old;
    update.id != running.id
        || update.slug != running.slug
        || update.version != running.version
        || other(&update.ezbr_sha256, &running.ezbr_sha256)
        || other(&update.entrypoint_path, &running.entrypoint_path)
        || other(&update.import_map_path, &running.import_map_path)
        || update.import_map.is_some() && update.import_map != running.import_map
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_opens_replaces_and_stops_is_told_and_a_name_is_not() {
        let row = json!({
            "id": "i", "slug": "a", "name": "A", "status": "ACTIVE", "version": 3, "verify_jwt": true,
            "import_map": false, "entrypoint_path": "file:///index.ts", "ezbr_sha256": "d",
        });
        let running: Function = serde_json::from_value(row.clone()).unwrap();
        for (changed, value, told, loses) in [
            ("name", json!("B"), None, false),
            ("verify_jwt", json!(true), None, false),
            (
                "verify_jwt",
                json!(false),
                Some("anybody on the internet call 1 function (a)"),
                false,
            ),
            ("version", json!(2), Some("replaces what runs of 1 function (a)"), true),
            ("ezbr_sha256", json!("e"), Some("replaces what runs"), true),
            ("slug", json!("b"), Some("replaces what runs"), true),
            ("status", json!("REMOVED"), Some("stops or slows"), true),
        ] {
            let mut row = row.clone();
            row[changed] = value;
            let update: FunctionUpdate = serde_json::from_value(row).unwrap();
            let deeds = Deeds::of(&[update], std::slice::from_ref(&running));
            assert_eq!(deeds.loses(), loses, "{changed}");
            match (deeds.said().as_slice(), told) {
                ([], None) => {}
                ([said], Some(told)) => assert!(said.contains(told), "{said}"),
                (said, _) => panic!("{changed}: {said:?}"),
            }
        }
    }
}
