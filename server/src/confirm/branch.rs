//! What is asked before something is done with a branch: its name, or what merging, pushing or resetting it does.

use app::{
    backend::{BackendHandle, narrow},
    branches::{Doing, Pending, missing, read, reset_question},
    form::{BRANCH, project_key},
    outcome::Question,
};
use management_api::{
    Request,
    branches::{Branch, DiffBranch, ListBranches},
    database::ListMigrations,
};

use super::named_or_ref;

/// The branch that a request names, by its project's ref or by its id, and the ref of its production; `None` where nobody
/// has told whose branch it is.
async fn found(branch: &str, backend: &BackendHandle) -> Option<(String, Branch)> {
    let project = backend.production_of(branch)?;
    let list = ListBranches {
        project: project.clone(),
    };
    // ok: without the list its ref does as well.
    let branches = narrow(backend, &list).await.unwrap_or_default();
    let mut branches = branches.into_iter();
    let found = branches.find(|one| one.project_ref == branch || one.id == branch)?;
    Some((project, found))
}

/// What is typed to say which branch is meant, and what that is: its name, or, where it is not known, that by which the
/// request names it.
pub async fn key(branch: &str, backend: &BackendHandle) -> (&'static str, String) {
    match found(branch, backend).await {
        Some((_, found)) if project_key(&found.name, branch).0 == "name" => ("name of the branch", found.name),
        Some(_) | None => ("ref of the branch", branch.to_owned()),
    }
}

fn branch_of(request: &Request) -> &str {
    request.parameter(BRANCH).unwrap_or_default()
}

/// What must be said yes to before a merge: what it does to production.
pub async fn merge_question(request: &Request, backend: &BackendHandle) -> Option<Question> {
    let branch = branch_of(request);
    let diff = DiffBranch {
        branch_id_or_ref: branch.to_owned(),
        included_schemas: None,
        pgdelta: None,
    };
    let (diff, production, pending) = futures::join!(
        narrow(backend, &diff),
        production(branch, backend),
        pending(request, backend, Way::Merge)
    );
    let mut doing = Doing::default();
    doing.add_diff(diff.as_deref()).await;
    doing.add_pending(pending.as_deref()).await;
    doing.question((request.id, &request.path), "production", &production, &[])
}

/// What must be said yes to before a push: what production's migrations do to the branch.
pub async fn push_question(request: &Request, backend: &BackendHandle) -> Option<Question> {
    let ((_, key), pending) = futures::join!(key(branch_of(request), backend), pending(request, backend, Way::Push));
    let mut doing = Doing::default();
    doing.add_pending(pending.as_deref()).await;
    doing.question((request.id, &request.path), "the branch", &key, &[])
}

/// What must be said yes to before a branch's database is made anew.
pub async fn reset(request: &Request, backend: &BackendHandle) -> Question {
    let (_, key) = key(branch_of(request), backend).await;
    // How many rows these are, its page has told.
    reset_question(&request.path, &key, None)
}

#[derive(Clone, Copy)]
enum Way {
    Merge,
    Push,
}

/// The migrations that the request would run, with their SQL; `None` where it cannot be told which these are.
async fn pending(request: &Request, backend: &BackendHandle, way: Way) -> Option<Vec<Pending>> {
    let (production, branch) = found(branch_of(request), backend).await?;
    let branch = branch.project_ref;
    let (from, to) = match way {
        Way::Merge => (branch, production),
        Way::Push => (production, branch),
    };
    let list = |project: &str| ListMigrations {
        project: project.to_owned(),
    };
    let (theirs, ours) = (list(&from), list(&to));
    let (theirs, ours) = futures::join!(narrow(backend, &theirs), narrow(backend, &ours));
    let (theirs, ours) = (theirs.ok()?, ours.ok()?);
    let last = request.parameter("migration_version").filter(|last| !last.is_empty());
    Some(read(backend, &from, &missing(&theirs, &ours, last)).await)
}

/// What is typed to say that production is meant; where nobody has told which that is, what names the branch.
async fn production(branch: &str, backend: &BackendHandle) -> String {
    let Some(reference) = backend.production_of(branch) else {
        return branch.to_owned();
    };
    named_or_ref(reference, backend).await
}
