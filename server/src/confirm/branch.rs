//! What is asked before something is done with a branch: its name, or what merging it does to production.

use app::{
    backend::{BackendHandle, narrow},
    form::{self, BRANCH, project_key},
    outcome::Question,
    sql::{self, Deed},
};
use management_api::{
    Request,
    branches::{DiffBranch, ListBranches},
    projects::GetProject,
};

/// What is typed to say which branch is meant, and what that is: its name, or, where nobody has told whose branch it is,
/// that by which the request names it.
pub async fn key(branch: &str, backend: &BackendHandle) -> (&'static str, String) {
    let itself = ("ref of the branch", branch.to_owned());
    let Some(project) = backend.production_of(branch) else {
        return itself;
    };
    // ok: without the list its ref does as well.
    let branches = narrow(backend, &ListBranches { project }).await.unwrap_or_default();
    let found = branches
        .into_iter()
        .find(|one| one.project_ref == branch || one.id == branch);
    match found {
        Some(found) if project_key(&found.name, branch).0 == "name" => ("name of the branch", found.name),
        Some(_) | None => itself,
    }
}

/// What must be said yes to before a merge: what the difference does to production. One that cannot be read may do anything.
pub async fn merge_question(request: &Request, backend: &BackendHandle) -> Option<Question> {
    let branch = request.parameter(BRANCH).unwrap_or_default();
    let diff = DiffBranch {
        branch_id_or_ref: branch.to_owned(),
        included_schemas: None,
        pgdelta: None,
    };
    let (diff, production) = futures::join!(narrow(backend, &diff), production(branch, backend));
    let (diff, deeds) = match diff {
        Ok(diff) => {
            let script = diff.clone();
            // Reading takes a while for a long script, and its own stack.
            let deeds = tokio::task::spawn_blocking(move || sql::deeds(&script)).await;
            (diff, deeds.unwrap_or_else(|_| vec![unknown()]))
        }
        Err(_) => (String::new(), vec![unknown()]),
    };
    form::merge_question(&request.path, &deeds, &diff, &production)
}

fn unknown() -> Deed {
    Deed {
        does: "may drop anything: what differs could not be read".to_owned(),
        loses: true,
    }
}

/// What is typed to say that production is meant; where nobody has told which that is, what names the branch.
async fn production(branch: &str, backend: &BackendHandle) -> String {
    let Some(reference) = backend.production_of(branch) else {
        return branch.to_owned();
    };
    let project = GetProject {
        project: reference.clone(),
    };
    match narrow(backend, &project).await {
        Ok(project) => project_key(&project.name, &reference).1.to_owned(),
        Err(_) => reference,
    }
}
