//! The settings of one branch.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Branch;
use crate::{Operation, OperationId, Secret, projects::ProjectStatus};

/// The project behind a branch, with what it takes to connect to its database. Secrets are left out of `Debug`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BranchConfig {
    #[serde(rename = "ref")]
    pub project: String,
    /// Full version of the database image.
    pub postgres_version: String,
    pub postgres_engine: String,
    pub release_channel: String,
    pub status: ProjectStatus,
    pub db_host: String,
    pub db_port: i64,
    #[serde(default)]
    pub db_user: Option<String>,
    #[serde(default)]
    pub db_pass: Option<Secret>,
    #[serde(default)]
    pub jwt_secret: Option<Secret>,
}

/// Reads how to reach a branch's database. The answer holds its password and its JWT secret.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetBranchConfig {
    /// The ref of the branch's project, or its older id.
    pub branch_id_or_ref: String,
}

impl Operation for GetBranchConfig {
    const ID: OperationId = OperationId::GetBranchConfig;
    type Output = BranchConfig;
}

/// Changes a branch. What is left out stays.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UpdateBranch {
    /// The ref of the branch's project, or its older id.
    pub branch_id_or_ref: String,
    /// Another name, unlike those of the project's other branches.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub branch_name: Option<String>,
    /// The branch in the Git repository that it follows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub git_branch: Option<String>,
    /// Ignored by the service: resetting is an operation of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("deprecated" = true))]
    pub reset_on_push: Option<bool>,
    /// Lives on after its pull request is closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub persistent: Option<bool>,
    /// Sets the status by hand, for programs that run the steps themselves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = ["CREATING_PROJECT", "RUNNING_MIGRATIONS", "MIGRATIONS_PASSED", "MIGRATIONS_FAILED", "FUNCTIONS_DEPLOYED", "FUNCTIONS_FAILED"]))]
    pub status: Option<String>,
    /// Asks for a review of the branch, or takes the request back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_review: Option<bool>,
    /// The address that is told when the branch's status changes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(url)]
    pub notify_url: Option<String>,
}

impl Operation for UpdateBranch {
    const ID: OperationId = OperationId::UpdateBranch;
    type Output = Branch;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_configuration_does_not_print_its_secrets() {
        let config: BranchConfig = serde_json::from_value(serde_json::json!({
            "ref": "x", "postgres_version": "17.6.1.111", "postgres_engine": "17", "release_channel": "ga",
            "status": "SOMETHING_NEW", "db_host": "h", "db_port": 5432, "db_user": null,
            "db_pass": "the-password", "jwt_secret": "the-jwt-secret",
        }))
        .unwrap();
        let printed = format!("{config:?}");
        assert!(
            !printed.contains("the-password") && !printed.contains("the-jwt-secret"),
            "{printed}"
        );
        assert_eq!(config.db_pass.unwrap().expose(), "the-password");
        assert_eq!(config.status.as_str(), "SOMETHING_NEW");
    }
}
