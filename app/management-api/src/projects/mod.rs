//! Projects: list, create, status, health, and what can be done to a whole project.

mod claim;
mod config;
mod disk;
mod health;
mod network;
mod private_link;
mod regions;
mod status;
mod transfer;
mod upgrade;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value, json};

pub use claim::*;
pub use config::*;
pub use disk::*;
pub use health::{GetServicesHealth, SERVICES, ServiceHealth, ServiceInfo};
pub use network::*;
pub use private_link::*;
pub use regions::{AllRegions, AvailableRegions, ListAvailableRegions, Recommendations, Region};
pub use status::ProjectStatus;
pub use transfer::*;
pub use upgrade::*;

use crate::{Nothing, Operation, OperationId, Secret};

/// Every project of every organization the person belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ListProjects {}

impl Operation for ListProjects {
    const ID: OperationId = OperationId::ListProjects;
    type Output = Vec<Project>;
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Project {
    /// Twenty lower-case letters; part of the project's host names.
    #[serde(rename = "ref")]
    pub reference: String,
    pub organization_slug: String,
    pub name: String,
    pub region: String,
    /// RFC 3339.
    pub created_at: String,
    pub status: ProjectStatus,
    /// Missing in the answer to a creation.
    #[serde(default)]
    pub database: Option<Database>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Database {
    pub host: String,
    /// Full version of the database image, such as `17.6.1.084`.
    pub version: String,
    /// Major version of PostgreSQL.
    #[serde(default)]
    pub postgres_engine: String,
    #[serde(default)]
    pub release_channel: String,
}

/// The projects of one organization, a page at a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ListOrganizationProjects {
    pub slug: String,
    #[serde(default)]
    pub offset: u32,
    /// How many to list.
    #[serde(default = "whole_page")]
    #[schemars(range(min = 1, max = 100))]
    pub limit: u32,
    #[serde(default)]
    pub search: String,
    /// What the list is sorted by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = ["name_asc", "name_desc", "created_asc", "created_desc"]))]
    pub sort: Option<String>,
    /// API words joined by commas; empty for all.
    #[serde(default)]
    pub statuses: String,
}

/// As many as the API lists by itself.
fn whole_page() -> u32 {
    100
}

impl Operation for ListOrganizationProjects {
    const ID: OperationId = OperationId::ListOrganizationProjects;
    type Output = ProjectPage;
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProjectPage {
    pub projects: Vec<OrganizationProject>,
    pub pagination: Pagination,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrganizationProject {
    #[serde(rename = "ref")]
    pub reference: String,
    pub name: String,
    pub region: String,
    #[serde(default)]
    pub cloud_provider: String,
    /// A branch is a project of its own here.
    #[serde(default)]
    pub is_branch: bool,
    pub status: ProjectStatus,
    /// RFC 3339.
    pub inserted_at: String,
    #[serde(default)]
    pub databases: Vec<DatabaseInstance>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DatabaseInstance {
    /// The project's ref, or what a read replica is called.
    #[serde(default)]
    pub identifier: String,
    #[serde(default)]
    pub region: String,
    /// A word of a list of its own, `INIT_READ_REPLICA` among them.
    #[serde(default)]
    pub status: String,
    #[serde(default)]
    pub infra_compute_size: Option<String>,
    /// `PRIMARY` or `READ_REPLICA`.
    #[serde(default, rename = "type")]
    pub kind: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pagination {
    /// How many there are in all.
    #[serde(deserialize_with = "whole")]
    pub count: u32,
    #[serde(deserialize_with = "whole")]
    pub limit: u32,
    #[serde(deserialize_with = "whole")]
    pub offset: u32,
}

/// The document calls counts numbers, not whole ones: what is no count becomes the nearest that is.
fn whole<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u32, D::Error> {
    // ok: `as` saturates.
    f64::deserialize(deserializer).map(|number| number as u32)
}

/// A new project. Its database password cannot be read again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CreateProject {
    pub organization_slug: String,
    #[schemars(length(min = 1, max = 256))]
    pub name: String,
    pub db_pass: Secret,
    /// A region's code, or a group's (`americas`, `emea`, `apac`) to let Supabase choose within it.
    pub region: String,
    /// `micro`, `small`, …; `None` leaves the choice to the plan.
    #[serde(default, deserialize_with = "none_if_empty", skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = SIZES))]
    pub desired_instance_size: Option<String>,
    /// Which releases of the database it takes; `None` for those that are generally available.
    #[serde(default, deserialize_with = "none_if_empty", skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = ["internal", "alpha", "beta", "ga", "withdrawn", "preview"]))]
    pub release_channel: Option<String>,
    /// The database's engine; `None` for the newest.
    #[serde(default, deserialize_with = "none_if_empty", skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = ["15", "17", "17-oriole"]))]
    pub postgres_engine: Option<String>,
    /// Whether a second machine stands ready to take over. In an experiment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub high_availability: Option<bool>,
}

/// Compute sizes, the smallest first.
pub const SIZES: &[&str] = &[
    "nano",
    "micro",
    "small",
    "medium",
    "large",
    "xlarge",
    "2xlarge",
    "4xlarge",
    "8xlarge",
    "12xlarge",
    "16xlarge",
    "24xlarge",
    "24xlarge_optimized_memory",
    "24xlarge_optimized_cpu",
    "24xlarge_high_memory",
    "48xlarge",
    "48xlarge_optimized_memory",
    "48xlarge_optimized_cpu",
    "48xlarge_high_memory",
];

/// Groups of regions that Supabase chooses within.
pub const REGION_GROUPS: &[&str] = &["americas", "emea", "apac"];

impl Operation for CreateProject {
    const ID: OperationId = OperationId::CreateProject;
    type Output = Project;

    /// The region's place in the body tells whether it is one or a group.
    fn shape(body: &mut Map<String, Value>) {
        let region = body.remove("region").unwrap_or_default();
        let kind = if region.as_str().is_some_and(|region| REGION_GROUPS.contains(&region)) {
            "smartGroup"
        } else {
            "specific"
        };
        body.insert("region_selection".to_owned(), json!({ "type": kind, "code": region }));
    }
}

/// A form sends an empty text for a choice that was left open.
fn none_if_empty<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(Option::<String>::deserialize(deserializer)?.filter(|text| !text.is_empty()))
}

/// Operations on one project that carry nothing but its ref.
macro_rules! on_project {
    ($( $(#[$doc:meta])* $name:ident -> $output:ty; )*) => { $(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
        pub struct $name {
            #[serde(rename = "ref")]
            pub project: String,
        }

        impl Operation for $name {
            const ID: OperationId = OperationId::$name;
            type Output = $output;
        }
    )* };
}

on_project! {
    /// One project: its status, region and database version.
    GetProject -> Project;
    /// Deletes the project with its data and backups, for good.
    DeleteProject -> Nothing;
    /// Stops the project; its data is kept and it can be restored.
    PauseProject -> Nothing;
    /// The Postgres versions that a paused project can be restored with.
    ListRestoreVersions -> RestoreVersions;
    /// Starts a paused project.
    RestoreProject -> Nothing;
    /// Stops a restoration that is under way; the project is paused again.
    CancelProjectRestoration -> Nothing;
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RestoreVersions {
    #[serde(default)]
    pub available_versions: Vec<RestoreVersion>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RestoreVersion {
    pub version: String,
    #[serde(default)]
    pub release_channel: String,
    #[serde(default)]
    pub postgres_engine: String,
}

/// Renames a project. Names have 1 to 256 characters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct UpdateProject {
    #[serde(rename = "ref")]
    pub project: String,
    #[schemars(length(min = 1, max = 256))]
    pub name: String,
}

impl Operation for UpdateProject {
    const ID: OperationId = OperationId::UpdateProject;
    type Output = Nothing;
}

/// Restarts a project. Its database and all its services are away meanwhile, and connections are cut off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RestartProject {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for RestartProject {
    const ID: OperationId = OperationId::RestartProject;
    type Output = Nothing;
}
