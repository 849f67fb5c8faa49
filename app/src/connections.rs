//! A person's connections, as their page shows them.

use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Connection {
    /// What stands for it in a form; no secret.
    pub id: String,
    /// Its organizations, or how its token begins and ends.
    pub name: String,
    /// The slug that it is connected again with, where it is a grant for one organization.
    pub organization: Option<String>,
    pub kind: Kind,
    pub state: State,
    /// Projects that were typed, where it may not list them.
    pub projects: Vec<String>,
    /// How many projects it covers, of those that were seen of late; `None`: not told.
    pub covered: Option<usize>,
    /// What it may: the scopes of a grant. `None`: not told.
    pub scopes: Option<Vec<String>>,
    /// Permissions that it was seen to lack, by id.
    pub lacks: Vec<String>,
    /// RFC 3339, UTC.
    pub since: String,
    /// The same; `None`: never.
    pub refreshed: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    Grant,
    Token,
    ScopedToken,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum State {
    Works,
    /// Its part of a list was missing the last time, and why.
    Failing(String),
    /// Supabase refuses it for good.
    Dead,
}

/// What a permission is called in Supabase's dashboard, where tokens are made: the words of its id, but for some.
pub fn permission(id: &str) -> String {
    let (area, what) = match id.rsplit_once('_') {
        Some((area, what @ ("read" | "write" | "create" | "delete"))) => (area, what),
        Some(_) | None => (id, ""),
    };
    let area = match area {
        "project_admin" => "Project Settings",
        "organization_admin" => "Organization Settings",
        "organizations" => "Organizations (account-wide)",
        "projects" => "Projects (account-wide)",
        "snippets" => "SQL Snippets (account-wide)",
        "analytics_logs" => "Logs",
        "analytics_usage" => "Usage Analytics",
        "api_gateway_keys" => "API Keys",
        "api_gateway_keys_secret" => "API Key Secrets",
        "edge_functions_secrets" => "Edge Function Secrets",
        "data_api_config" => "Data API Config",
        "data_api_config_secret" => "Data API JWT Secret",
        "branching_development" => "Development Branches",
        "branching_production" => "Production Branches",
        "database_jit" => "Database JIT",
        other => return titled(other, what),
    };
    with(area.to_owned(), what)
}

fn titled(area: &str, what: &str) -> String {
    let word = |word: &str| {
        let mut letters = word.chars();
        let first = letters.next().map(|first| first.to_uppercase().to_string());
        first.unwrap_or_default() + letters.as_str()
    };
    with(area.split('_').map(word).collect::<Vec<_>>().join(" "), what)
}

fn with(area: String, what: &str) -> String {
    if what.is_empty() {
        area
    } else {
        format!("{area}: {what}")
    }
}

#[cfg(test)]
mod tests {
    use super::permission;

    #[test]
    fn permissions_are_named_as_the_dashboard_names_them() {
        assert_eq!(permission("api_gateway_keys_secret_read"), "API Key Secrets: read");
        assert_eq!(permission("database_migrations_write"), "Database Migrations: write");
        assert_eq!(permission("projects_read"), "Projects (account-wide): read");
        assert_eq!(permission("whatever"), "Whatever");
    }
}
