//! Permissions: what each is called in Supabase's dashboard, where tokens are made.

/// Before its last word, such as `_read`, a permission names a thing; these are the dashboard's names for them.
const THINGS: [(&str, &str); 46] = [
    ("action_runs", "Action Runs"),
    ("advisors", "Advisors"),
    ("analytics_config", "Analytics Config"),
    ("analytics_logs", "Logs"),
    ("analytics_usage", "Usage Analytics"),
    ("api_gateway_keys", "API Keys"),
    ("api_gateway_keys_secret", "API Key Secrets"),
    ("auth_config", "Auth Config"),
    ("auth_signing_keys", "Auth Signing Keys"),
    ("backups", "Backups"),
    ("branching_development", "Development Branches"),
    ("branching_production", "Production Branches"),
    ("custom_domain", "Custom Domains"),
    ("data_api_config", "Data API Config"),
    ("data_api_config_secret", "Data API JWT Secret"),
    ("database", "Database"),
    ("database_config", "Database Config"),
    ("database_jit", "Database JIT"),
    ("database_migrations", "Migrations"),
    ("database_network_bans", "Network Bans"),
    ("database_network_restrictions", "Network Restrictions"),
    ("database_pooling_config", "Connection Pooling"),
    ("database_readonly_config", "Read-only Mode"),
    ("database_ssl_config", "SSL Enforcement"),
    ("database_webhooks_config", "Database Webhooks"),
    ("edge_functions", "Edge Functions"),
    ("edge_functions_secrets", "Edge Function Secrets"),
    ("infra_add_ons", "Add-ons"),
    ("infra_disk_config", "Disk Config"),
    ("infra_read_replicas", "Read Replicas"),
    ("members", "Members"),
    ("organization_admin", "Organization Settings"),
    ("organization_projects", "Projects"),
    ("organizations", "Organizations"),
    (
        "platform_webhooks_organization",
        "Platform Webhooks of the organization",
    ),
    ("platform_webhooks_projects", "Platform Webhooks"),
    ("project_admin", "Project Settings"),
    ("project_notebooks", "Notebooks"),
    ("project_snippets", "SQL Snippets"),
    ("projects", "Projects of the account"),
    ("realtime_config", "Realtime Config"),
    ("snippets", "SQL Snippets of the account"),
    ("storage", "Storage"),
    ("storage_config", "Storage Config"),
    ("vanity_subdomain", "Vanity Subdomain"),
    ("workers", "Compute"),
];

/// What a permission is called in Supabase's dashboard, with what it allows there; `None` for one that is not known.
///
/// Source: the dashboard's form for personal access tokens of November 2026.
pub fn permission_title(permission: &str) -> Option<String> {
    let (thing, does) = permission.rsplit_once('_')?;
    let (_, title) = THINGS.iter().find(|(known, _)| *known == thing)?;
    let does = match does {
        "read" => "read",
        "write" => "write",
        "create" => "create",
        "delete" => "delete",
        _ => return None,
    };
    Some(format!("{title}: {does}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::OperationId;

    #[test]
    fn every_permission_of_the_catalogue_has_its_name() {
        let unnamed: Vec<&str> = OperationId::ALL
            .iter()
            .flat_map(|id| id.row().permissions.names())
            .copied()
            .filter(|name| permission_title(name).is_none())
            .collect();
        assert_eq!(unnamed, [""; 0]);
        assert_eq!(
            permission_title("api_gateway_keys_secret_read").as_deref(),
            Some("API Key Secrets: read")
        );
        assert_eq!(permission_title("something_new_read"), None);
    }
}
