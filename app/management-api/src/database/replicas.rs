//! Read replicas.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Nothing, Operation, OperationId};

/// Sets up a copy of the database in a region, for reading only. It takes some minutes and is billed like a database.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SetupReadReplica {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
    /// Where the replica is to be.
    #[schemars(extend("enum" = ["us-east-1", "us-east-2", "us-west-1", "us-west-2", "ap-east-1", "ap-southeast-1", "ap-northeast-1", "ap-northeast-2", "ap-southeast-2", "eu-west-1", "eu-west-2", "eu-west-3", "eu-north-1", "eu-central-1", "eu-central-2", "ca-central-1", "ap-south-1", "sa-east-1"]))]
    pub read_replica_region: String,
}

impl Operation for SetupReadReplica {
    const ID: OperationId = OperationId::SetupReadReplica;
    type Output = Nothing;
}

/// Removes a read replica. What connects to it has to go elsewhere.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RemoveReadReplica {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
    /// The replica's identifier, as the organization's list of projects and the list of poolers have it.
    pub database_identifier: String,
}

impl Operation for RemoveReadReplica {
    const ID: OperationId = OperationId::RemoveReadReplica;
    type Output = Nothing;
}
