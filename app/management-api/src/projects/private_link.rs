//! PrivateLink: a way to the database from networks at AWS that does not lead over the internet.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Nothing, One, Operation, OperationId, Page};

/// An account at AWS that a database is shared with.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrivateLink {
    pub aws_account_id: String,
    #[serde(default)]
    pub account_name: Option<String>,
    /// `CREATING`, `READY` until it is accepted there, `ASSOCIATION_ACCEPTED`, `ASSOCIATION_REQUEST_EXPIRED`,
    /// `CREATION_FAILED`, `DELETING`, or a word that came later.
    #[serde(default)]
    pub status: String,
    /// RFC 3339. It must be accepted within 12 hours of this.
    #[serde(default)]
    pub shared_at: Option<String>,
    /// `PRIMARY` or `READ_REPLICA`.
    #[serde(default)]
    pub database_type: String,
    #[serde(default)]
    pub database_identifier: String,
    /// The name by which the database is reached from there.
    #[serde(default)]
    pub custom_dns_name: Option<String>,
    #[serde(default)]
    pub resource_access_manager_share_arn: Option<String>,
}

/// The accounts at AWS that a project's databases are shared with.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ListPrivateLinks {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for ListPrivateLinks {
    const ID: OperationId = OperationId::ListPrivateLinks;
    type Output = Page<PrivateLink>;
}

/// Shares a database with an account at AWS, where it must be accepted within 12 hours. It takes the Team plan.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CreatePrivateLink {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
    /// The account's number, 12 digits.
    #[schemars(regex(pattern = r"^\d{12}$"), length(min = 12, max = 12))]
    pub aws_account_id: String,
    /// A name for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 128))]
    pub account_name: Option<String>,
    /// A read replica's identifier; without one, the primary is shared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub database_identifier: Option<String>,
}

impl Operation for CreatePrivateLink {
    const ID: OperationId = OperationId::CreatePrivateLink;
    type Output = One<PrivateLink>;
}

/// No longer shares the primary database with an account at AWS: connections from there end.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DeletePrivateLink {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
    /// The account's number, 12 digits.
    pub aws_account_id: String,
}

impl Operation for DeletePrivateLink {
    const ID: OperationId = OperationId::DeletePrivateLink;
    type Output = Nothing;
}

/// No longer shares a read replica with an account at AWS: connections from there end.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DeletePrivateLinkOfDatabase {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
    /// The account's number, 12 digits.
    pub aws_account_id: String,
    /// The replica's identifier.
    pub database_identifier: String,
}

impl Operation for DeletePrivateLinkOfDatabase {
    const ID: OperationId = OperationId::DeletePrivateLinkOfDatabase;
    type Output = Nothing;
}
