//! What a project's own page says beside its facts: what needs somebody, its branches and its functions. Each is a
//! function of its own, so that one that fails or is slow holds up nothing else.

use leptos::{prelude::*, server_fn::codec::Json};
use management_api::{
    Operation, Scope,
    advisors::{GetPerformanceAdvisors, GetSecurityAdvisors, Lint},
    branches::{Branch, ListBranches},
    functions::ListFunctions,
    organizations::{ListOrganizationMembers, Member},
    projects::{ListProjects, Project},
    secrets::{GetLegacyApiKeys, ListApiKeys},
};
use serde::{Deserialize, Serialize};

use super::{branches::or_off, functions::FunctionView, keys::or_gone};
use crate::{backend::handle, call::call, error::ConsoleError};

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

/// What was looked at of an organization for what needs somebody.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct OrganizationLookedAt {
    pub members: Result<Vec<Member>, ConsoleError>,
    /// Its projects, by name.
    pub projects: Result<Vec<(Project, Seen)>, ConsoleError>,
}

/// What the person has seen of a project of late. Nothing is asked for it, so it is less than there may be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    pub failed_branches: u32,
    pub legacy_keys: bool,
    /// Settings that are not as the baseline has them.
    pub drifting: u32,
}

/// Two calls side by side, which nearly every page makes.
#[server(prefix = "/api", endpoint = "organization-attention", input = Json, output = Json)]
pub async fn organization_attention(slug: String) -> Result<OrganizationLookedAt, ConsoleError> {
    let backend = handle()?;
    let members = ListOrganizationMembers { slug: slug.clone() };
    let (members, projects) = futures::join!(call(members), call(ListProjects {}));
    let seen = |project: &Project| {
        let scope = Scope::Project(project.reference.clone());
        let wants = |operation| backend.wants_attention(operation, &scope).unwrap_or_default();
        Seen {
            failed_branches: wants(ListBranches::ID),
            legacy_keys: wants(ListApiKeys::ID) > 0,
            drifting: backend.drifting(&project.reference).unwrap_or_default(),
        }
    };
    let projects = projects.map(|all| {
        let mut own: Vec<_> = all
            .into_iter()
            .filter(|project| project.organization_slug == slug)
            .map(|project| {
                let seen = seen(&project);
                (project, seen)
            })
            .collect();
        own.sort_by_cached_key(|(project, _)| project.name.to_lowercase());
        own
    });
    Ok(OrganizationLookedAt { members, projects })
}
