//! Several functions of a project that go, each by a call of its own.

use management_api::{
    OperationId,
    functions::{DeleteFunction, Function, ListFunctions},
};

use super::{
    Plan, PlanRow, Step,
    functions::{counted, row, slugs},
    secrets::Drawn,
};
use crate::{
    backend::{BackendHandle, narrow},
    form::Sent,
    paths,
    ui::Mark,
};

/// Fields: `ref`, and the slugs.
pub(super) fn draw_up(sent: Sent, backend: BackendHandle) -> Drawn {
    Box::pin(async move {
        let project = sent.text("ref").unwrap_or_default().to_owned();
        let slugs = slugs(&sent)?;
        let list = ListFunctions {
            project: project.clone(),
        };
        Ok(plan(&project, &slugs, &narrow(&backend, &list).await?))
    })
}

fn plan(project: &str, slugs: &[String], running: &[Function]) -> Plan {
    let (mut rows, mut steps): (Vec<PlanRow>, Vec<Step>) = (Vec::new(), Vec::new());
    for slug in slugs {
        let Some(function) = running.iter().find(|one| one.slug == *slug) else {
            rows.push(row(slug, Mark::Same, "It is gone already.".to_owned()));
            continue;
        };
        rows.push(PlanRow {
            step: Some(steps.len()),
            ..row(slug, Mark::Removed, format!("Version {} runs.", function.version))
        });
        let operation = DeleteFunction {
            project: project.to_owned(),
            function_slug: slug.clone(),
        };
        let parameters = serde_json::to_value(operation).unwrap_or_default();
        steps.push(Step::new(
            OperationId::DeleteFunction,
            format!("Delete {slug}"),
            parameters,
        ));
    }
    rows.sort_by_key(|row| row.mark == Mark::Same);
    let act = format!("Delete {}", counted(steps.len()));
    Plan::new(paths::functions(project), act, rows, steps)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn each_function_that_is_there_goes_by_a_call_of_its_own() {
        let function = |slug: &str| -> Function {
            serde_json::from_value(json!({ "id": slug, "slug": slug, "name": slug, "status": "ACTIVE", "version": 4 }))
                .unwrap()
        };
        let slugs = ["gone", "a", "b"].map(str::to_owned);
        let plan = plan("abc", &slugs, &[function("a"), function("b"), function("c")]);
        let told: Vec<_> = plan
            .rows
            .iter()
            .map(|row| (row.mark, row.name.as_str(), row.step))
            .collect();
        assert_eq!(
            told,
            [
                (Mark::Removed, "a", Some(0)),
                (Mark::Removed, "b", Some(1)),
                (Mark::Same, "gone", None)
            ]
        );
        assert_eq!(plan.act, "Delete 2 functions");
        let parameters = plan.steps[1].parameters.as_ref().unwrap().expose();
        assert_eq!(*parameters, json!({ "ref": "abc", "function_slug": "b" }));
    }
}
