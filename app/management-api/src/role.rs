//! Roles: what somebody is in an organization, and which permissions the lowest of them that has one has.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{Permissions, Row};

/// A role in an organization, in the order of what they allow. An organization may have roles of its own besides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Role {
    ReadOnly,
    Developer,
    Administrator,
    Owner,
}

impl Role {
    pub const ALL: [Role; 4] = [Self::ReadOnly, Self::Developer, Self::Administrator, Self::Owner];

    /// The API's word, as in the list of members.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ReadOnly => "Read-only",
            Self::Developer => "Developer",
            Self::Administrator => "Administrator",
            Self::Owner => "Owner",
        }
    }

    /// Reads the API's word, in the spelling of v1 or of v2. `None`: a role that says nothing here, such as one of the
    /// organization's own, or v2's `no-access`, which stands beside roles in single projects.
    pub fn read(word: &str) -> Option<Self> {
        let same = |role: &Self| role.as_str().eq_ignore_ascii_case(word.trim());
        Self::ALL.into_iter().find(same)
    }

    /// Those who have at least this role, in a sentence: "Administrators and Owners".
    pub fn and_above(self) -> String {
        let names: Vec<String> = Self::ALL
            .iter()
            .filter(|role| **role >= self)
            .map(|role| role.plural())
            .collect();
        match names.as_slice() {
            [] | [_] => names.concat(),
            [before @ .., last] => format!("{} and {last}", before.join(", ")),
        }
    }

    fn plural(self) -> String {
        match self {
            Self::ReadOnly => "Read-only members".to_owned(),
            Self::Developer | Self::Administrator | Self::Owner => format!("{self}s"),
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A permission that somebody lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lacking {
    pub permission: &'static str,
    /// The lowest role that has it.
    pub lowest: Role,
}

impl Row {
    /// What a role lacks for the operation; `None` where it has everything, or where that is not known.
    pub fn lacking(&self, role: Role) -> Option<Lacking> {
        self.lacking_where(|lowest| lowest > role)
    }

    /// The permission that decides who may call the operation; `None` where every member may, or where that is not known.
    pub fn deciding(&self) -> Option<Lacking> {
        self.lacking_where(|_| true)
    }

    fn lacking_where(&self, too_high: impl Fn(Role) -> bool) -> Option<Lacking> {
        let lacking = |permission: &&'static str| {
            let lowest = lowest_role(permission).filter(|lowest| too_high(*lowest))?;
            Some(Lacking { permission, lowest })
        };
        match self.permissions {
            Permissions::None => None,
            // One of them is enough, so the one that is easiest to get decides.
            Permissions::Any(names) => {
                let all: Option<Vec<Lacking>> = names.iter().map(lacking).collect();
                all?.into_iter().min_by_key(|one| one.lowest)
            }
            Permissions::All(names) => names.iter().filter_map(lacking).max_by_key(|one| one.lowest),
        }
    }
}

/// The lowest role that has a permission; `None` where every member has it, or where it is not known.
///
/// Source: the dashboard's own table of November 2026.
pub fn lowest_role(permission: &str) -> Option<Role> {
    let lists = [
        (READ_ONLY, Role::ReadOnly),
        (DEVELOPER, Role::Developer),
        (ADMINISTRATOR, Role::Administrator),
        (OWNER, Role::Owner),
    ];
    lists
        .into_iter()
        .find(|(names, _)| names.contains(&permission))
        .map(|(_, role)| role)
}

/// Members who may only read have these.
const READ_ONLY: &[&str] = &[
    "action_runs_read",
    "advisors_read",
    "analytics_logs_read",
    "analytics_usage_read",
    "auth_config_read",
    "backups_read",
    "branching_development_read",
    "branching_production_read",
    "custom_domain_read",
    "data_api_config_read",
    "database_config_read",
    "database_jit_read",
    "database_migrations_read",
    "database_network_bans_read",
    "database_network_restrictions_read",
    "database_pooling_config_read",
    "database_read",
    "database_readonly_config_read",
    "database_ssl_config_read",
    "database_webhooks_config_read",
    "edge_functions_read",
    "edge_functions_secrets_read",
    "infra_add_ons_read",
    "infra_disk_config_read",
    "infra_read_replicas_read",
    "members_read",
    "project_notebooks_read",
    "project_snippets_read",
    "project_snippets_write",
    "realtime_config_read",
    "storage_config_read",
    "storage_read",
    "workers_read",
];

/// Developers have these besides.
const DEVELOPER: &[&str] = &[
    "action_runs_write",
    "analytics_config_read",
    "api_gateway_keys_read",
    "api_gateway_keys_secret_read",
    "auth_config_write",
    "auth_signing_keys_read",
    "auth_signing_keys_write",
    "backups_write",
    "branching_development_create",
    "branching_development_delete",
    "branching_development_write",
    "branching_production_write",
    "data_api_config_secret_read",
    "database_migrations_write",
    "database_webhooks_config_write",
    "database_write",
    "edge_functions_write",
    "project_notebooks_write",
    "storage_write",
    "workers_write",
];

/// Administrators have these besides.
const ADMINISTRATOR: &[&str] = &[
    "analytics_config_write",
    "api_gateway_keys_write",
    "branching_production_create",
    "branching_production_delete",
    "custom_domain_write",
    "data_api_config_write",
    "database_config_write",
    "database_jit_write",
    "database_network_bans_write",
    "database_network_restrictions_write",
    "database_pooling_config_write",
    "database_readonly_config_write",
    "database_ssl_config_write",
    "edge_functions_secrets_write",
    "infra_add_ons_write",
    "infra_disk_config_write",
    "infra_read_replicas_write",
    "members_write",
    "organization_projects_create",
    "platform_webhooks_organization_write",
    "platform_webhooks_projects_write",
    "project_admin_write",
    "realtime_config_write",
    "storage_config_write",
    "vanity_subdomain_read",
    "vanity_subdomain_write",
];

/// Owners have these besides.
const OWNER: &[&str] = &["organization_admin_write"];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::OperationId;

    /// Permissions that every member has, and so no list.
    const MEMBERS: &[&str] = &[
        "organization_admin_read",
        "organization_projects_read",
        "organizations_create",
        "organizations_read",
        "platform_webhooks_organization_read",
        "platform_webhooks_projects_read",
        "project_admin_read",
        "projects_read",
        "snippets_read",
    ];

    #[test]
    fn every_permission_of_the_catalogue_is_of_one_role_or_of_every_member() {
        for id in OperationId::ALL {
            for name in id.row().permissions.names() {
                let lists = [READ_ONLY, DEVELOPER, ADMINISTRATOR, OWNER, MEMBERS];
                assert_eq!(
                    lists.iter().filter(|list| list.contains(name)).count(),
                    1,
                    "{id}: {name}"
                );
            }
        }
    }

    #[test]
    fn what_a_role_lacks_is_the_permission_that_decides() {
        let lacking = |id: OperationId, role| id.row().lacking(role).map(|one| (one.permission, one.lowest));
        let pause = OperationId::PauseProject;
        assert_eq!(
            lacking(pause, Role::Developer),
            Some(("project_admin_write", Role::Administrator))
        );
        assert_eq!(lacking(pause, Role::Administrator), None);
        // All of two: the harder one decides. Any of two: the easier one.
        let claim = OperationId::CreateClaimToken;
        assert_eq!(
            lacking(claim, Role::Administrator),
            Some(("organization_admin_write", Role::Owner))
        );
        assert_eq!(lacking(OperationId::RunQuery, Role::ReadOnly), None);
        let merge = OperationId::MergeBranch.row().deciding().unwrap();
        assert_eq!(merge.lowest, Role::Developer);
        assert_eq!(lacking(OperationId::ListProjects, Role::ReadOnly), None);
    }

    #[test]
    fn words_of_roles_are_read_and_others_say_nothing() {
        for (word, role) in [
            ("Owner", Some(Role::Owner)),
            ("read-only", Some(Role::ReadOnly)),
            ("administrator ", Some(Role::Administrator)),
            ("no-access", None),
            ("Billing", None),
            ("", None),
        ] {
            assert_eq!(Role::read(word), role, "{word}");
        }
        assert_eq!(Role::Administrator.and_above(), "Administrators and Owners");
        assert_eq!(
            Role::ReadOnly.and_above(),
            "Read-only members, Developers, Administrators and Owners"
        );
        assert_eq!(Role::Owner.and_above(), "Owners");
    }
}
