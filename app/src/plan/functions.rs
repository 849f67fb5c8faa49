//! Several functions of a project in one call: their names, and whether they check JWTs. Whatever else the call says of a
//! function is what runs.

use management_api::{
    OperationId,
    functions::{BulkUpdateFunctions, Function, FunctionUpdate, ListFunctions},
};

use super::{Plan, PlanRow, Step, secrets::Drawn};
use crate::{
    backend::{BackendHandle, narrow},
    error::ConsoleError,
    form::Sent,
    paths,
    ui::Mark,
};

/// Fields of the form: slugs, and what becomes of the JWT check (`true`, `false`, or empty where it stays).
pub const SLUG: &str = "slug";
pub const JWT: &str = "verify_jwt";
/// Characters of a name, at most.
pub const NAME_LENGTH: usize = 256;

/// The field of a function's name.
pub fn name(slug: &str) -> String {
    format!("name:{slug}")
}

pub(super) fn draw_up(sent: Sent, backend: BackendHandle) -> Drawn {
    Box::pin(async move {
        let project = sent.text("ref").unwrap_or_default().to_owned();
        let slugs = slugs(&sent)?;
        let list = ListFunctions {
            project: project.clone(),
        };
        let running = narrow(&backend, &list).await?;
        plan(&project, &slugs, &sent, &running)
    })
}

/// The functions that were ticked, each once.
///
/// # Errors
/// There is none.
pub(super) fn slugs(sent: &Sent) -> Result<Vec<String>, ConsoleError> {
    let mut slugs: Vec<String> = Vec::new();
    for slug in sent.all(SLUG).map(str::to_owned) {
        if !slugs.contains(&slug) {
            slugs.push(slug);
        }
    }
    if slugs.is_empty() {
        return Err(ConsoleError::invalid(SLUG, "Tick the functions that it is about."));
    }
    Ok(slugs)
}

fn plan(project: &str, slugs: &[String], sent: &Sent, running: &[Function]) -> Result<Plan, ConsoleError> {
    let jwt = match sent.text(JWT) {
        Some("true") => Some(true),
        Some("false") => Some(false),
        Some(_) | None => None,
    };
    let (mut rows, mut functions) = (Vec::new(), Vec::new());
    for slug in slugs {
        let Some(function) = running.iter().find(|one| one.slug == *slug) else {
            rows.push(row(
                slug,
                Mark::Refused,
                "There is no such function any more.".to_owned(),
            ));
            continue;
        };
        let field = name(slug);
        let name = sent.text(&field).map(str::trim).filter(|name| !name.is_empty());
        if name.is_some_and(|name| name.chars().count() > NAME_LENGTH) {
            let message = format!("A name has {NAME_LENGTH} characters at most.");
            return Err(ConsoleError::invalid(field.as_str(), message));
        }
        let name = name.filter(|name| *name != function.name);
        let check = jwt.filter(|jwt| function.verify_jwt != Some(*jwt));
        let remarks = [
            check.map(|check| checked(function.verify_jwt, check)),
            name.map(|name| renamed(function, name)),
        ];
        let remark = remarks.into_iter().flatten().collect::<Vec<_>>().join(" ");
        if remark.is_empty() {
            rows.push(row(slug, Mark::Same, "Stays as it is.".to_owned()));
            continue;
        }
        rows.push(PlanRow {
            step: Some(0),
            ..row(slug, Mark::Changed, remark)
        });
        functions.push(FunctionUpdate {
            name: name.unwrap_or(&function.name).to_owned(),
            verify_jwt: check.or(function.verify_jwt),
            ..as_it_is(function)
        });
    }
    rows.sort_by_key(|row| match row.mark {
        Mark::Refused => 0,
        Mark::Added | Mark::Changed | Mark::Removed | Mark::Moved => 1,
        Mark::Same => 2,
    });
    let act = format!("Change {}", counted(functions.len()));
    let operation = BulkUpdateFunctions {
        project: project.to_owned(),
        functions,
    };
    let steps = (!operation.functions.is_empty()).then(|| {
        let parameters = serde_json::to_value(&operation).unwrap_or_default();
        Step::new(OperationId::BulkUpdateFunctions, act.clone(), parameters)
    });
    Ok(Plan::new(
        paths::functions(project),
        act,
        rows,
        steps.into_iter().collect(),
    ))
}

pub(super) fn row(slug: &str, mark: Mark, remark: String) -> PlanRow {
    PlanRow {
        mark,
        name: slug.to_owned(),
        place: None,
        remark,
        step: None,
    }
}

/// What becomes of the check of JWTs.
pub(super) fn checked(before: Option<bool>, after: bool) -> String {
    let word = |on: bool| if on { "on" } else { "off" };
    match before {
        Some(before) => format!("JWT check: {} becomes {}.", word(before), word(after)),
        None => format!("JWT check: becomes {}.", word(after)),
    }
}

fn renamed(function: &Function, name: &str) -> String {
    format!(
        "Name: \u{201c}{}\u{201d} becomes \u{201c}{name}\u{201d}.",
        function.name
    )
}

pub fn counted(count: usize) -> String {
    match count {
        1 => "1 function".to_owned(),
        count => format!("{count} functions"),
    }
}

/// The call says all of a function, so that nothing else changes. The version must be the one that runs.
fn as_it_is(function: &Function) -> FunctionUpdate {
    FunctionUpdate {
        id: function.id.clone(),
        slug: function.slug.clone(),
        name: function.name.clone(),
        status: function.status.as_str().to_owned(),
        version: function.version,
        created_at: function.created_at,
        verify_jwt: function.verify_jwt,
        import_map: function.import_map,
        entrypoint_path: function.entrypoint_path.clone(),
        import_map_path: function.import_map_path.clone(),
        ezbr_sha256: function.ezbr_sha256.clone(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::form::sent;

    fn function(slug: &str, verify_jwt: bool) -> Function {
        serde_json::from_value(json!({
            "id": format!("id-{slug}"), "slug": slug, "name": slug, "status": "ACTIVE", "version": 4,
            "verify_jwt": verify_jwt, "entrypoint_path": "file:///index.ts", "ezbr_sha256": "d", "created_at": 7,
        }))
        .unwrap()
    }

    #[test]
    fn only_what_changes_is_sent_and_all_of_it() {
        let running = [function("a", true), function("b", false), function("c", true)];
        let sent = sent(&[
            ("slug", "a"),
            ("slug", "b"),
            ("slug", "gone"),
            ("slug", "a"),
            ("verify_jwt", "false"),
            ("name:a", " Carry "),
            ("name:b", "b"),
        ]);
        let plan = plan("abc", &slugs(&sent).unwrap(), &sent, &running).unwrap();
        let told: Vec<_> = plan
            .rows
            .iter()
            .map(|row| (row.mark, row.name.as_str(), row.remark.as_str()))
            .collect();
        assert_eq!(
            told,
            [
                (Mark::Refused, "gone", "There is no such function any more."),
                (
                    Mark::Changed,
                    "a",
                    "JWT check: on becomes off. Name: \u{201c}a\u{201d} becomes \u{201c}Carry\u{201d}."
                ),
                (Mark::Same, "b", "Stays as it is.")
            ]
        );
        assert_eq!(plan.act, "Change 1 function");
        let parameters = plan.steps[0].parameters.as_ref().unwrap().expose();
        let expected = json!([{
            "id": "id-a", "slug": "a", "name": "Carry", "status": "ACTIVE", "version": 4, "created_at": 7,
            "verify_jwt": false, "entrypoint_path": "file:///index.ts", "ezbr_sha256": "d",
        }]);
        assert_eq!(parameters["functions"], expected);
    }

    #[test]
    fn nothing_to_do_is_no_call() {
        let sent = sent(&[("slug", "a"), ("verify_jwt", ""), ("name:a", "")]);
        let plan = plan("abc", &["a".to_owned()], &sent, &[function("a", true)]).unwrap();
        assert!(plan.steps.is_empty());
    }
}
