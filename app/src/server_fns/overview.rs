//! What a project's own page says beside its facts: what needs somebody, its branches and its functions. Each is a
//! function of its own, so that one that fails or is slow holds up nothing else.

use leptos::{prelude::*, server_fn::codec::Json};
use management_api::{
    advisors::{GetPerformanceAdvisors, GetSecurityAdvisors, Lint},
    branches::{Branch, ListBranches},
    functions::ListFunctions,
    secrets::GetLegacyApiKeys,
};
use serde::{Deserialize, Serialize};

use super::{branches::or_off, functions::FunctionView, keys::or_gone};
use crate::{call::call, error::ConsoleError};

/// What was looked at for what needs somebody. Each part may fail for a reason of its own, and is then not counted as fine.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct LookedAt {
    pub security: Result<Vec<Lint>, ConsoleError>,
    pub performance: Result<Vec<Lint>, ConsoleError>,
    /// `None`: branching is off.
    pub branches: Result<Option<Vec<Branch>>, ConsoleError>,
    /// Whether the legacy API keys work; where Supabase has removed them, they do not.
    pub legacy_keys: Result<bool, ConsoleError>,
}

/// Four calls side by side; that for the branches is the one of [`overview_branches`].
#[server(prefix = "/api", endpoint = "project-attention", input = Json, output = Json)]
pub async fn project_attention(project: String) -> Result<LookedAt, ConsoleError> {
    let security = GetSecurityAdvisors {
        project: project.clone(),
        lint_type: None,
    };
    let performance = GetPerformanceAdvisors {
        project: project.clone(),
    };
    let legacy = GetLegacyApiKeys {
        project: project.clone(),
    };
    let (security, performance, branches, legacy) = futures::join!(
        call(security),
        call(performance),
        call(ListBranches { project }),
        call(legacy)
    );
    Ok(LookedAt {
        security: security.map(|found| found.lints),
        performance: performance.map(|found| found.lints),
        branches: or_off(branches),
        legacy_keys: or_gone(legacy).map(|enabled| enabled == Some(true)),
    })
}

/// The project's branches; `None` where branching is off.
#[server(prefix = "/api", endpoint = "project-branches", input = Json, output = Json)]
pub async fn overview_branches(project: String) -> Result<Option<Vec<Branch>>, ConsoleError> {
    or_off(call(ListBranches { project }).await)
}

/// The project's functions, the one that was deployed last first.
#[server(prefix = "/api", endpoint = "project-functions", input = Json, output = Json)]
pub async fn overview_functions(project: String) -> Result<Vec<FunctionView>, ConsoleError> {
    let mut functions = call(ListFunctions { project }).await?;
    functions.sort_by_key(|function| std::cmp::Reverse(function.updated_at));
    Ok(functions.into_iter().map(FunctionView::from).collect())
}
