//! Advice on a project's database.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Operation, OperationId};

/// What a piece of advice is about, as far as it says so.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct LintMetadata {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entity: Option<String>,
    /// `table`, `view`, `function`, `auth` and so on.
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fkey_name: Option<String>,
    /// Numbers of the columns within their table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fkey_columns: Option<Vec<f64>>,
}

/// A piece of advice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Lint {
    /// The rule, such as `rls_disabled_in_public`.
    pub name: String,
    pub title: String,
    /// `ERROR`, `WARN` or `INFO`.
    pub level: String,
    /// `PERFORMANCE`, `SECURITY`.
    pub categories: Vec<String>,
    /// What the rule is about.
    pub description: String,
    /// What was found.
    pub detail: String,
    /// The address of a page that says what to do.
    pub remediation: String,
    #[serde(default)]
    pub metadata: Option<LintMetadata>,
    /// Tells this finding from all others of the project.
    pub cache_key: String,
}

/// All that was found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Lints {
    pub lints: Vec<Lint>,
}

/// Looks for what makes the database slower than it need be, such as foreign keys without an index.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetPerformanceAdvisors {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for GetPerformanceAdvisors {
    const ID: OperationId = OperationId::GetPerformanceAdvisors;
    type Output = Lints;
}

/// Looks for what leaves the project open, such as tables without row level security.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetSecurityAdvisors {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
    /// `sql` leaves out what does not come from the database itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = ["sql"]))]
    pub lint_type: Option<String>,
}

impl Operation for GetSecurityAdvisors {
    const ID: OperationId = OperationId::GetSecurityAdvisors;
    type Output = Lints;
}
