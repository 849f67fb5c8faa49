//! Configurations: what their pages read.

use futures::future::join_all;
use leptos::{prelude::*, server_fn::codec::Json};
use management_api::{branches::ListBranches, projects::ListProjects};
use serde::{Deserialize, Serialize};

use crate::{
    backend::{self, narrow},
    error::ConsoleError,
    settings::{
        Area,
        current::Current,
        parts::{Marks, Part},
    },
};

/// A project's configuration as it is, without secrets. One call.
#[server(prefix = "/api", endpoint = "settings", input = Json, output = Json)]
pub async fn area_now(area: String, project: String) -> Result<Current, ConsoleError> {
    let area = Area::of(&area).ok_or(ConsoleError::NotFound)?;
    Current::read(area, &project, &backend::handle()?).await
}

/// One configuration of two projects. Each may fail for a reason of its own.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AreaPair {
    /// The area's word.
    pub area: String,
    pub here: Result<Current, ConsoleError>,
    pub there: Result<Current, ConsoleError>,
}

impl AreaPair {
    /// Whether both were read, and nothing differs.
    pub fn is_same(&self) -> bool {
        match (&self.here, &self.there) {
            (Ok(here), Ok(there)) => Area::of(&self.area).is_some_and(|area| area.differing(here, there).is_empty()),
            (Err(_), _) | (_, Err(_)) => false,
        }
    }
}

/// All configurations of two projects, side by side: two calls for each, since the API knows no call for several.
#[server(prefix = "/api", endpoint = "settings-compared", input = Json, output = Json)]
pub async fn compared(project: String, with: String) -> Result<Vec<AreaPair>, ConsoleError> {
    let backend = backend::handle()?;
    let pairs = Area::ALL.into_iter().map(|area| {
        let (backend, project, with) = (&backend, &project, &with);
        async move {
            let (here, there) = futures::join!(
                Current::read(area, project, backend),
                Current::read(area, with, backend)
            );
            AreaPair {
                area: area.key.to_owned(),
                here,
                there,
            }
        }
    });
    Ok(join_all(pairs).await)
}

/// One part of two projects beside their settings. Each may fail for a reason of its own.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PartPair {
    /// The part's word.
    pub part: String,
    pub here: Result<Marks, ConsoleError>,
    pub there: Result<Marks, ConsoleError>,
}

/// What two projects have beside their settings: five calls for each, side by side.
#[server(prefix = "/api", endpoint = "parts-compared", input = Json, output = Json)]
pub async fn parts_compared(project: String, with: String) -> Result<Vec<PartPair>, ConsoleError> {
    let backend = backend::handle()?;
    let pairs = Part::ALL.into_iter().map(|part| {
        let (backend, project, with) = (&backend, &project, &with);
        async move {
            let (here, there) = futures::join!(part.read(project, backend), part.read(with, backend));
            PartPair {
                part: part.key.to_owned(),
                here,
                there,
            }
        }
    });
    Ok(join_all(pairs).await)
}

/// A project that another can be compared with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comparable {
    pub reference: String,
    /// For a branch, with what it is a branch of.
    pub name: String,
}

/// What a project can be compared with: its production or its branches first, then every other. Two calls at once.
#[server(prefix = "/api", endpoint = "settings-comparable", input = Json, output = Json)]
pub async fn comparables(project: String) -> Result<Vec<Comparable>, ConsoleError> {
    let backend = backend::handle()?;
    let production = backend.production_of(&project).unwrap_or_else(|| project.clone());
    let branches = async {
        let list = ListBranches {
            project: production.clone(),
        };
        match production.is_empty() {
            true => Vec::new(),
            // ok: not every project may have branches, and the others can be compared all the same.
            false => narrow(&backend, &list).await.unwrap_or_default(),
        }
    };
    let list = ListProjects {};
    let (projects, branches) = futures::join!(narrow(&backend, &list), branches);
    let mut projects = projects?;
    projects.sort_by_cached_key(|project| (project.reference != production, project.name.to_lowercase()));
    let of = backend.name_of(&production).unwrap_or_else(|| production.clone());
    let own: Vec<Comparable> = branches
        .into_iter()
        .filter(|branch| !branch.is_default)
        .map(|branch| Comparable {
            name: format!("{} (branch of {of})", branch.name),
            reference: branch.project_ref,
        })
        .collect();
    let others = projects
        .into_iter()
        .filter(|one| own.iter().all(|branch| branch.reference != one.reference))
        .map(|one| Comparable {
            reference: one.reference,
            name: one.name,
        });
    let mut all: Vec<Comparable> = own.iter().cloned().chain(others).collect();
    // Of a branch, its production is what is asked for most.
    all.sort_by_key(|one| one.reference != production || production == project);
    Ok(all)
}
