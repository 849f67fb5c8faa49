//! What is read of many projects, for pages that show something of all of them.

use std::collections::HashMap;

use futures::future::{join_all, try_join};
use management_api::{
    Operation, Scope,
    projects::{ListProjects, Project, ProjectStatus},
};

use crate::{backend, call::call, error::ConsoleError};

/// A project, as far as it decides whether it is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    pub reference: String,
    pub name: String,
    pub status: ProjectStatus,
}

/// Whether a project answers for what it holds.
pub fn runs(status: &ProjectStatus) -> bool {
    matches!(status, ProjectStatus::ActiveHealthy | ProjectStatus::ActiveUnhealthy)
}

/// The first `most` of those that run.
pub fn running(projects: &[Seen], most: usize) -> Vec<String> {
    let running = projects.iter().filter(|project| runs(&project.status));
    running.take(most).map(|project| project.reference.clone()).collect()
}

/// All projects of the person by name, each with what `read` finds where `choose` names it; `choose` has them in that order.
///
/// Which projects there are is asked, and those that were there when the list last passed by are read side by side with
/// that: a page of all projects takes no longer than one of them. What turns out to be gone is left out, what has come is
/// read then.
///
/// # Errors
/// Whatever keeps the list from being read.
pub async fn each<T, F: Future<Output = T>>(
    choose: impl Fn(&[Seen]) -> Vec<String>,
    read: impl Fn(String) -> F,
) -> Result<Vec<(Project, Option<T>)>, ConsoleError> {
    let reading = |reference: String| {
        let found = read(reference.clone());
        async { (reference, found.await) }
    };
    let early = async { Ok(join_all(choose(&known()?).into_iter().map(&reading)).await) };
    let (mut projects, early) = try_join(call(ListProjects {}), early).await?;
    projects.sort_by_cached_key(|project| (project.name.to_lowercase(), project.reference.clone()));
    let seen: Vec<Seen> = projects.iter().map(Seen::from).collect();
    let mut found: HashMap<String, T> = early.into_iter().collect();
    let (mut chosen, mut late) = (HashMap::new(), Vec::new());
    for reference in choose(&seen) {
        match found.remove_entry(&reference) {
            Some((reference, found)) => drop(chosen.insert(reference, found)),
            None => late.push(reading(reference)),
        }
    }
    chosen.extend(join_all(late).await);
    let with = |project: Project| {
        let found = chosen.remove(&project.reference);
        (project, found)
    };
    Ok(projects.into_iter().map(with).collect())
}

/// The projects that the list held when it last passed by, by name; none where that is long ago.
fn known() -> Result<Vec<Seen>, ConsoleError> {
    let listed = backend::handle()?.listed(ListProjects::ID, &Scope::Account);
    let mut known: Vec<Seen> = listed
        .unwrap_or_default()
        .into_iter()
        .filter_map(|named| {
            Some(Seen {
                status: named.status.as_deref()?.into(),
                reference: named.key,
                name: named.name,
            })
        })
        .collect();
    known.sort_by_cached_key(|project| (project.name.to_lowercase(), project.reference.clone()));
    Ok(known)
}

impl From<&Project> for Seen {
    fn from(project: &Project) -> Self {
        Self {
            reference: project.reference.clone(),
            name: project.name.clone(),
            status: project.status.clone(),
        }
    }
}
