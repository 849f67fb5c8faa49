//! One row per operation: the single source for the client, the audit, the sandbox and every disabled control.

use std::{fmt, str::FromStr};

/// The part of the API an operation belongs to; also the name of its module, pages, styles and tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Area {
    Analytics,
    Oauth,
    Organizations,
    Profile,
    Projects,
}

/// What an operation does to the world, which decides how carefully it is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Effect {
    /// Changes nothing.
    Read,
    /// Changes something that can be changed back.
    Write,
    /// Takes something away that cannot be brought back: the name is asked for first.
    Destructive,
}

/// How firmly Supabase stands behind an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stability {
    Stable,
    Beta,
}

/// The fine-grained permissions that let a token call an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Permissions {
    /// No permission is named by the API.
    None,
    /// Any one of these.
    Any(&'static [&'static str]),
    /// All of these.
    All(&'static [&'static str]),
}

impl Permissions {
    /// The names alone, in the API's order.
    pub fn names(self) -> &'static [&'static str] {
        match self {
            Self::None => &[],
            Self::Any(names) | Self::All(names) => names,
        }
    }
}

/// One operation of the Management API. Facts are those of the API document of June 2026.
#[derive(Debug)]
pub struct Row {
    pub id: OperationId,
    /// The API's own operation id.
    pub name: &'static str,
    pub method: Method,
    /// Path template; placeholders in braces are filled from the operation's parameters.
    pub path: &'static str,
    pub area: Area,
    pub permissions: Permissions,
    /// The OAuth scope; `None` where the document declares none (whether an OAuth token reaches it is then unknown).
    pub scope: Option<&'static str>,
    pub effect: Effect,
    pub stability: Stability,
    /// The answer holds secrets, which never travel further than the server unless a person asks for one.
    pub reveals_secret: bool,
    /// Parameters that are secrets, kept out of the audit and out of every log.
    pub secret_parameters: &'static [&'static str],
    /// Calls allowed per minute for one identity, scope and endpoint.
    pub per_minute: u32,
    /// What was done, in the past tense, for the audit and for messages; placeholders are the operation's parameters.
    pub sentence: &'static str,
}

/// The HTTP methods that the API uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Method {
    Get,
    Post,
    Put,
    Patch,
    Delete,
}

impl Method {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

macro_rules! catalogue {
    ($( $id:ident {
        $name:literal $method:ident $path:literal $area:ident $effect:ident $stability:ident,
        permissions: $permissions:expr, scope: $scope:expr,
        $( reveals_secret: $reveals:literal, )?
        $( secret_parameters: $secrets:expr, )?
        $( per_minute: $per_minute:literal, )?
        sentence: $sentence:literal $(,)?
    } )*) => {
        /// Every operation that Steward knows.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum OperationId { $( $id ),* }

        impl OperationId {
            /// All operations, in the catalogue's order.
            pub const ALL: &'static [OperationId] = &[ $( OperationId::$id ),* ];
        }

        static ROWS: &[Row] = &[ $( Row {
            id: OperationId::$id,
            name: $name,
            method: Method::$method,
            path: $path,
            area: Area::$area,
            permissions: $permissions,
            scope: $scope,
            effect: Effect::$effect,
            stability: Stability::$stability,
            reveals_secret: false $( || $reveals )?,
            secret_parameters: first(&[$( $secrets, )? &[]]),
            per_minute: *first(&[$( &$per_minute, )? &120]),
            sentence: $sentence,
        } ),* ];
    };
}

/// The value a row gives, or the default that stands behind it.
const fn first<T: ?Sized>(given_then_default: &[&'static T]) -> &'static T {
    given_then_default[0]
}

catalogue! {
    GetApiUsage {
        "v1-get-project-usage-api-count" Get "/v1/projects/{ref}/analytics/endpoints/usage.api-counts" Analytics Read Stable,
        permissions: Permissions::Any(&["analytics_usage_read"]), scope: None,
        per_minute: 30,
        sentence: "read the API requests of the project {ref}",
    }
    GetApiRequestCount {
        "v1-get-project-usage-request-count" Get "/v1/projects/{ref}/analytics/endpoints/usage.api-requests-count" Analytics Read Stable,
        permissions: Permissions::Any(&["analytics_usage_read"]), scope: None,
        per_minute: 30,
        sentence: "read the number of API requests of the project {ref}",
    }
    Authorize {
        "v1-authorize-user" Get "/v1/oauth/authorize" Oauth Read Beta,
        permissions: Permissions::None, scope: None,
        sentence: "asked for consent",
    }
    ExchangeToken {
        "v1-exchange-oauth-token" Post "/v1/oauth/token" Oauth Write Beta,
        permissions: Permissions::None, scope: None,
        reveals_secret: true,
        sentence: "exchanged a code for tokens",
    }
    RevokeToken {
        "v1-revoke-token" Post "/v1/oauth/revoke" Oauth Write Beta,
        permissions: Permissions::None, scope: None,
        sentence: "revoked the sign-in",
    }
    ListOrganizations {
        "v1-list-all-organizations" Get "/v1/organizations" Organizations Read Stable,
        permissions: Permissions::Any(&["organizations_read"]), scope: Some("organizations:read"),
        sentence: "listed the organizations",
    }
    CreateOrganization {
        "v1-create-an-organization" Post "/v1/organizations" Organizations Write Stable,
        permissions: Permissions::Any(&["organizations_create"]), scope: None,
        sentence: "created the organization {name}",
    }
    GetOrganization {
        "v1-get-an-organization" Get "/v1/organizations/{slug}" Organizations Read Stable,
        permissions: Permissions::Any(&["organization_admin_read"]), scope: Some("organizations:read"),
        sentence: "opened the organization {slug}",
    }
    GetOrganizationEntitlements {
        "v1-get-organization-entitlements" Get "/v1/organizations/{slug}/entitlements" Organizations Read Stable,
        permissions: Permissions::Any(&["organization_admin_read"]), scope: Some("organizations:read"),
        sentence: "read the entitlements of the organization {slug}",
    }
    ListOrganizationMembers {
        "v1-list-organization-members" Get "/v1/organizations/{slug}/members" Organizations Read Stable,
        permissions: Permissions::Any(&["members_read"]), scope: Some("organizations:read"),
        sentence: "listed the members of the organization {slug}",
    }
    GetProfile {
        "v1-get-profile" Get "/v1/profile" Profile Read Stable,
        permissions: Permissions::None, scope: None,
        sentence: "read the profile",
    }
    ListOrganizationProjects {
        "v1-get-all-projects-for-organization" Get "/v1/organizations/{slug}/projects" Projects Read Stable,
        permissions: Permissions::Any(&["organization_projects_read"]), scope: Some("projects:read"),
        sentence: "listed the projects of the organization {slug}",
    }
    ListProjects {
        "v1-list-all-projects" Get "/v1/projects" Projects Read Stable,
        permissions: Permissions::Any(&["projects_read"]), scope: Some("projects:read"),
        sentence: "listed the projects",
    }
    CreateProject {
        "v1-create-a-project" Post "/v1/projects" Projects Write Stable,
        permissions: Permissions::Any(&["organization_projects_create"]), scope: Some("projects:write"),
        secret_parameters: &["db_pass"],
        sentence: "created the project {name}",
    }
    ListAvailableRegions {
        "v1-get-available-regions" Get "/v1/projects/available-regions" Projects Read Beta,
        permissions: Permissions::None, scope: Some("organizations:read"),
        sentence: "listed the regions for the organization {organization_slug}",
    }
    DeleteProject {
        "v1-delete-a-project" Delete "/v1/projects/{ref}" Projects Destructive Stable,
        permissions: Permissions::Any(&["project_admin_write"]), scope: Some("projects:write"),
        sentence: "deleted the project {ref}",
    }
    GetProject {
        "v1-get-project" Get "/v1/projects/{ref}" Projects Read Stable,
        permissions: Permissions::Any(&["project_admin_read"]), scope: Some("projects:read"),
        sentence: "opened the project {ref}",
    }
    UpdateProject {
        "v1-update-a-project" Patch "/v1/projects/{ref}" Projects Write Stable,
        permissions: Permissions::Any(&["project_admin_write"]), scope: Some("projects:write"),
        sentence: "renamed the project {ref} to {name}",
    }
    GetServicesHealth {
        "v1-get-services-health" Get "/v1/projects/{ref}/health" Projects Read Stable,
        permissions: Permissions::Any(&["project_admin_read"]), scope: Some("projects:read"),
        sentence: "checked the health of the project {ref}",
    }
    PauseProject {
        "v1-pause-a-project" Post "/v1/projects/{ref}/pause" Projects Write Stable,
        permissions: Permissions::Any(&["project_admin_write"]), scope: Some("projects:write"),
        sentence: "paused the project {ref}",
    }
    ListRestoreVersions {
        "v1-list-available-restore-versions" Get "/v1/projects/{ref}/restore" Projects Read Stable,
        permissions: Permissions::Any(&["project_admin_read"]), scope: Some("projects:read"),
        sentence: "listed the versions the project {ref} can be restored with",
    }
    RestoreProject {
        "v1-restore-a-project" Post "/v1/projects/{ref}/restore" Projects Write Stable,
        permissions: Permissions::Any(&["project_admin_write"]), scope: Some("projects:write"),
        sentence: "restored the project {ref}",
    }
    CancelProjectRestoration {
        "v1-cancel-a-project-restoration" Post "/v1/projects/{ref}/restore/cancel" Projects Write Stable,
        permissions: Permissions::Any(&["project_admin_write"]), scope: Some("projects:write"),
        sentence: "cancelled the restoration of the project {ref}",
    }
}

impl OperationId {
    /// What the catalogue says of this operation.
    pub fn row(self) -> &'static Row {
        // ok: the enum and the rows come from one macro, in one order.
        &ROWS[self as usize]
    }

    /// The API's own operation id, such as `v1-list-all-projects`.
    pub fn as_str(self) -> &'static str {
        self.row().name
    }
}

impl fmt::Display for OperationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The text names no operation of the catalogue.
#[derive(Debug, thiserror::Error)]
#[error("There is no operation \u{201c}{0}\u{201d} in the catalogue.")]
pub struct UnknownOperation(pub String);

impl FromStr for OperationId {
    type Err = UnknownOperation;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        ROWS.iter()
            .find(|row| row.name == name)
            .map(|row| row.id)
            .ok_or_else(|| UnknownOperation(name.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_stands_where_its_id_points() {
        for id in OperationId::ALL {
            assert_eq!(id.row().id, *id);
            assert_eq!(id.as_str().parse::<OperationId>().unwrap(), *id);
        }
    }

    /// Holds the rows against the API document's table, where it lies beside the project.
    #[test]
    fn rows_agree_with_the_document() {
        let table = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../../shared/management-api/operations.tsv"
        );
        let Ok(table) = std::fs::read_to_string(table) else {
            println!("skipped: the API document is not beside the project");
            return;
        };
        for id in OperationId::ALL {
            let row = id.row();
            let line = table
                .lines()
                .map(|line| line.split('\t').collect::<Vec<_>>())
                .find(|columns| columns[0] == row.name)
                .unwrap_or_else(|| panic!("{id} is not in the document"));
            let permissions = match row.permissions {
                Permissions::None => "-".to_owned(),
                Permissions::Any(names) => names.join("|"),
                Permissions::All(names) => names.join("+"),
            };
            let scope = row.scope.unwrap_or("-");
            assert_eq!(
                [row.method.as_str(), row.path, &permissions, scope],
                [line[1], line[2], line[4], line[5]],
                "{id}"
            );
        }
    }
}
