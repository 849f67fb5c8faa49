//! What an organization has: its projects with their machines, GitHub connections, maintenance windows (v2).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::ProjectName;
use crate::{Operation, OperationId, Page, projects::ProjectStatus};

/// The projects of an organization with their databases, the size of each and its disk.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SearchProjects {
    pub slug: String,
    /// Projects on a page.
    #[serde(rename = "page[size]", default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 100))]
    pub size: Option<i64>,
    /// The cursor of the page before: this one begins behind it.
    #[serde(rename = "page[after]", default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1))]
    pub after: Option<String>,
    /// The cursor of the page behind: this one ends before it.
    #[serde(rename = "page[before]", default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1))]
    pub before: Option<String>,
    /// The oldest first, or with a minus the newest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = ["inserted_at", "-inserted_at"]))]
    pub sort: Option<String>,
    /// A part of the name, whatever its case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1))]
    pub search: Option<String>,
}

impl Operation for SearchProjects {
    const ID: OperationId = OperationId::SearchProjects;
    type Output = Page<ProjectEstate>;
}

/// A project. The id beside it is its ref.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProjectEstate {
    pub name: String,
    pub status: ProjectStatus,
    #[serde(default)]
    pub cloud_provider: Option<String>,
    #[serde(default)]
    pub region: Option<String>,
    /// RFC 3339.
    #[serde(default)]
    pub inserted_at: Option<String>,
    #[serde(default)]
    pub databases: Vec<Machine>,
}

/// The machine of a database.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Machine {
    /// The project's ref, or that and a replica's own part.
    #[serde(default)]
    pub identifier: String,
    /// `PRIMARY` or `READ_REPLICA`.
    #[serde(rename = "type", default)]
    pub kind: String,
    #[serde(default)]
    pub status: String,
    #[serde(default)]
    pub region: Option<String>,
    #[serde(default)]
    pub infra_compute_size: Option<String>,
    #[serde(default)]
    pub disk_volume_size_gb: Option<f64>,
    #[serde(default)]
    pub disk_type: Option<String>,
    #[serde(default)]
    pub disk_throughput_mbps: Option<f64>,
}

impl Machine {
    pub fn is_replica(&self) -> bool {
        self.kind == "READ_REPLICA"
    }
}

/// The repositories on GitHub that projects of an organization follow. A page may be short or empty while more follow.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ListGithubConnections {
    pub slug: String,
    /// Projects that are looked through for a page.
    #[serde(rename = "page[size]", default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 100))]
    pub size: Option<i64>,
    /// The cursor of the page before: this one begins behind it.
    #[serde(rename = "page[after]", default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// The cursor of the page behind: this one ends before it.
    #[serde(rename = "page[before]", default, skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// Only those of this project.
    #[serde(rename = "filter[project_ref]", default, skip_serializing_if = "Option::is_none")]
    pub project_ref: Option<String>,
}

impl Operation for ListGithubConnections {
    const ID: OperationId = OperationId::ListGithubConnections;
    type Output = Page<GithubConnection>;
}

/// A project and the repository that it follows.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct GithubConnection {
    pub project: ProjectName,
    pub repository: Repository,
    /// The folder of the repository that Supabase looks into.
    #[serde(default)]
    pub workdir: Option<String>,
    /// Preview branches at one time.
    #[serde(default)]
    pub branch_limit: Option<f64>,
    /// Whether each pull request gets a branch.
    #[serde(default)]
    pub new_branch_per_pr: Option<bool>,
    /// Whether only pull requests do that change Supabase's folder.
    #[serde(default)]
    pub supabase_changes_only: Option<bool>,
    /// RFC 3339.
    #[serde(default)]
    pub inserted_at: Option<String>,
    #[serde(default)]
    pub user: Option<Connector>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Repository {
    pub name: String,
}

/// Who connected it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Connector {
    #[serde(default)]
    pub username: Option<String>,
    #[serde(default)]
    pub primary_email: Option<String>,
}

/// When Supabase may restart machines for maintenance, region by region.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ListMaintenanceWindows {
    pub slug: String,
}

impl Operation for ListMaintenanceWindows {
    const ID: OperationId = OperationId::ListMaintenanceWindows;
    type Output = Page<MaintenanceWindow>;
}

/// The window of a region. The id beside it is the region's code.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct MaintenanceWindow {
    pub window: Weekly,
    /// The one that is open now.
    #[serde(default)]
    pub current_window: Option<Span>,
    /// The next five.
    #[serde(default)]
    pub next_windows: Vec<Span>,
}

/// A part of each week, by UTC.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Weekly {
    /// `mon` to `sun`.
    #[serde(default)]
    pub day: String,
    /// `HH:MM` or `HH:MM:SS`.
    #[serde(default)]
    pub start_utc: String,
    #[serde(default)]
    pub duration_minutes: f64,
}

/// From one moment until just before another, RFC 3339.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    pub start_at: String,
    pub end_at: String,
}
