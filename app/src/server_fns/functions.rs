//! Edge Functions: the list with its numbers, one function, its source, and the same function in other projects.

use std::collections::HashMap;

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{error::ConsoleError, functions::source::SourceFile};

/// A function, as pages show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FunctionView {
    pub id: String,
    pub slug: String,
    pub name: String,
    /// The API's word.
    pub status: String,
    pub version: i64,
    /// RFC 3339; empty where it is not told.
    pub created_at: String,
    pub updated_at: String,
    /// Whether only requests with a JWT of the project get through; `None` where it is not told.
    pub verify_jwt: Option<bool>,
    pub import_map: bool,
    /// An address of the place where it was bundled.
    pub entrypoint: String,
    pub import_map_path: String,
    /// SHA-256 of the bundle in hexadecimal; empty where it is not told.
    pub digest: String,
}

/// What a function did within one part of an interval.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Step {
    pub calls: f64,
    /// Answers with a status of 500 or more.
    pub errors: f64,
    /// Milliseconds of all calls together.
    pub time: f64,
}

/// A function with its numbers over an interval, oldest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Numbered {
    pub function: FunctionView,
    /// `None`: not known, or not asked for.
    pub steps: Option<Vec<Step>>,
}

/// What all functions of a project did over an interval.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Numbers {
    /// By the function's id, oldest first; one that is not among them did nothing. Or why they are not known.
    pub steps: Result<HashMap<String, Vec<Step>>, ConsoleError>,
    /// How many functions the plan allows, where that is known.
    pub most: Option<f64>,
}

impl Numbers {
    /// What the function did in each of the interval's `parts`; `None`: not known.
    pub fn of(&self, id: &str, parts: usize) -> Option<Vec<Step>> {
        let steps = self.steps.as_ref().ok()?;
        Some(steps.get(id).cloned().unwrap_or_else(|| vec![Step::default(); parts]))
    }
}

/// A part of the interval of one function's statistics.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// RFC 3339, or what the service writes for it.
    pub at: String,
    pub succeeded: f64,
    pub redirected: f64,
    pub refused: f64,
    pub failed: f64,
    /// Milliseconds.
    pub mean_time: f64,
    pub longest: f64,
    pub cpu: f64,
    /// Megabytes.
    pub memory: f64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogLine {
    /// RFC 3339.
    pub at: String,
    /// The service's word, such as `error`.
    pub level: String,
    pub message: String,
}

/// What a function did of late. Each part may be missing for a reason of its own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Usage {
    pub points: Result<Vec<Point>, ConsoleError>,
    /// The newest first.
    pub logs: Result<Vec<LogLine>, ConsoleError>,
}

/// A function with what it is made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    pub function: FunctionView,
    /// `None`: only its bundle is known, which was made elsewhere.
    pub files: Option<Vec<SourceFile>>,
}

/// What the organization's plan allows of functions; `None` where it is not told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Limits {
    pub megabytes: Option<f64>,
    pub functions: Option<f64>,
}

/// The function of one slug in a project.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Elsewhere {
    pub reference: String,
    pub name: String,
    pub organization: String,
    /// `Ok(None)`: the project has no such function.
    pub function: Result<Option<FunctionView>, ConsoleError>,
}

/// A project that functions can be deployed to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    pub reference: String,
    pub name: String,
    /// The organization's slug.
    pub organization: String,
    pub runs: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Everywhere {
    pub rows: Vec<Elsewhere>,
    /// Projects that were not asked, since they do not run or are too many.
    pub paused: usize,
    pub beyond: usize,
}

/// Projects that are asked for a function of theirs, at most: a page must not use up what everybody shares.
pub const PROJECTS: usize = 20;

/// Intervals: the API's word, ours, the seconds of one part of it, and how many parts it has.
pub const INTERVALS: [(&str, &str, i64, usize); 4] = [
    ("15min", "15 minutes", 60, 15),
    ("1hr", "1 hour", 180, 20),
    ("3hr", "3 hours", 600, 18),
    ("1day", "24 hours", 3600, 24),
];

/// The interval that `word` names; else the longest, which is the usual.
pub fn interval(word: &str) -> (&'static str, &'static str, i64, usize) {
    let known = INTERVALS.into_iter().find(|(known, ..)| *known == word);
    known.unwrap_or(INTERVALS[3])
}

/// The functions of a project; with what each did over `interval` where the list waits for that, to stand in its order.
#[server(prefix = "/api", endpoint = "functions", input = leptos::server_fn::codec::Json, output = leptos::server_fn::codec::Json)]
pub async fn functions(project: String, interval: Option<String>) -> Result<Vec<Numbered>, ConsoleError> {
    let list = function_rows(project.clone());
    let Some(interval) = interval else {
        let list = list.await?.into_iter();
        return Ok(list.map(|function| Numbered { function, steps: None }).collect());
    };
    let (list, steps) = futures::join!(list, crate::reads::functions::steps(project, &interval));
    let (numbers, (.., parts)) = (Numbers { steps, most: None }, self::interval(&interval));
    let numbered = |function: FunctionView| Numbered {
        steps: numbers.of(&function.id, parts),
        function,
    };
    Ok(list?.into_iter().map(numbered).collect())
}

/// The numbers of all functions of a project from one query of its logs: the API tells statistics of one function a call.
#[server(prefix = "/api", endpoint = "function_numbers", input = leptos::server_fn::codec::Json, output = leptos::server_fn::codec::Json)]
pub async fn function_numbers(project: String, interval: String) -> Result<Numbers, ConsoleError> {
    use crate::{backend, reads::functions::limits};

    let backend = backend::handle()?;
    // Whose plan it is, only another round would tell.
    let organization = backend.organization_of(&project);
    let most = async { limits(&backend, organization?).await.ok()?.functions };
    let steps = crate::reads::functions::steps(project, &interval);
    let (steps, most) = futures::join!(steps, most);
    Ok(Numbers { steps, most })
}

/// The functions of a project, without numbers.
#[server(prefix = "/api", endpoint = "function_rows", input = leptos::server_fn::codec::Json, output = leptos::server_fn::codec::Json)]
pub async fn function_rows(project: String) -> Result<Vec<FunctionView>, ConsoleError> {
    use management_api::functions::ListFunctions;

    let list = crate::call::call(ListFunctions { project }).await?;
    Ok(list.into_iter().map(FunctionView::from).collect())
}

/// The projects that functions can be deployed to, by name.
#[server(prefix = "/api", endpoint = "places_of_functions", input = leptos::server_fn::codec::Json, output = leptos::server_fn::codec::Json)]
pub async fn places_of_functions() -> Result<Vec<Place>, ConsoleError> {
    use crate::reads::projects::runs;
    use management_api::projects::ListProjects;

    let mut all = crate::call::call(ListProjects {}).await?;
    all.sort_by_cached_key(|project| (project.name.to_lowercase(), project.reference.clone()));
    let place = |project: management_api::projects::Project| Place {
        reference: project.reference,
        name: project.name,
        organization: project.organization_slug,
        runs: runs(&project.status),
    };
    Ok(all.into_iter().map(place).collect())
}

#[server(prefix = "/api", endpoint = "function", input = leptos::server_fn::codec::Json, output = leptos::server_fn::codec::Json)]
pub async fn function(project: String, slug: String) -> Result<FunctionView, ConsoleError> {
    crate::reads::functions::function(project, slug).await
}

/// What one function did of late. Both answers want the function's id, which has passed by before, most likely; where it
/// has not, its row is read first. Where the page reads that as well, it is one call.
#[server(prefix = "/api", endpoint = "function_usage", input = leptos::server_fn::codec::Json, output = leptos::server_fn::codec::Json)]
pub async fn function_usage(project: String, slug: String, interval: String) -> Result<Usage, ConsoleError> {
    use crate::{
        backend,
        reads::functions::{function, logs, points},
    };
    use management_api::{OperationId, Scope};

    let row = function(project.clone(), slug.clone());
    let usage = |id: String| {
        let (project, interval) = (project.clone(), interval.clone());
        async move {
            let (points, logs) = futures::join!(points(project.clone(), id.clone(), &interval), logs(project, &id));
            Usage { points, logs }
        }
    };
    let (backend, scope) = (backend::handle()?, Scope::Project(project.clone()));
    let known = [OperationId::ListFunctions, OperationId::GetFunction]
        .into_iter()
        .filter_map(|operation| backend.listed(operation, &scope))
        .flatten()
        .find(|one| one.key == slug)
        .and_then(|one| one.id);
    let Some(known) = known else {
        return Ok(usage(row.await?.id).await);
    };
    let (row, told) = futures::join!(row, usage(known.clone()));
    match row?.id {
        id if id == known => Ok(told),
        // Another function has its slug by now.
        id => Ok(usage(id).await),
    }
}

#[server(prefix = "/api", endpoint = "function_source", input = leptos::server_fn::codec::Json, output = leptos::server_fn::codec::Json)]
pub async fn function_source(project: String, slug: String) -> Result<Source, ConsoleError> {
    use crate::{call::call, functions::source};
    use management_api::functions::GetFunctionBody;

    let body = GetFunctionBody {
        project: project.clone(),
        function_slug: slug.clone(),
    };
    let (function, body) = futures::join!(crate::reads::functions::function(project, slug), call(body));
    let uploads = body?.files();
    // ok: it was put into base64 by ourselves.
    let read = |file: management_api::Upload| {
        let content = file.content().unwrap_or_default();
        (file.name, content)
    };
    Ok(Source {
        function: function?,
        files: uploads.map(|uploads| source::files(&uploads.into_iter().map(read).collect::<Vec<_>>())),
    })
}

/// What the plan allows. Where it is not known whose plan that is, the project tells, so its row is read first.
#[server(prefix = "/api", endpoint = "function_limits", input = leptos::server_fn::codec::Json, output = leptos::server_fn::codec::Json)]
pub async fn function_limits(project: String) -> Result<Limits, ConsoleError> {
    use crate::{backend, call::call, reads::functions::limits};
    use management_api::projects::GetProject;

    let backend = backend::handle()?;
    let slug = match backend.organization_of(&project) {
        Some(slug) => slug,
        None => call(GetProject { project }).await?.organization_slug,
    };
    limits(&backend, slug).await
}

/// The function `slug` in every project that runs, up to [`PROJECTS`] of them.
#[server(prefix = "/api", endpoint = "function_everywhere", input = leptos::server_fn::codec::Json, output = leptos::server_fn::codec::Json)]
pub async fn function_everywhere(slug: String) -> Result<Everywhere, ConsoleError> {
    use crate::reads::projects::{each, running, runs};

    let read = |project: String| {
        let function = crate::reads::functions::function(project, slug.clone());
        async {
            match function.await {
                Ok(function) => Ok(Some(function)),
                Err(ConsoleError::NotFound) => Ok(None),
                Err(error) => Err(error),
            }
        }
    };
    let mut everywhere = Everywhere {
        rows: Vec::new(),
        paused: 0,
        beyond: 0,
    };
    for (project, function) in each(|all| running(all, PROJECTS), read).await? {
        match function {
            Some(function) => everywhere.rows.push(Elsewhere {
                reference: project.reference,
                name: project.name,
                organization: project.organization_slug,
                function,
            }),
            None if runs(&project.status) => everywhere.beyond += 1,
            None => everywhere.paused += 1,
        }
    }
    Ok(everywhere)
}
