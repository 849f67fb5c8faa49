//! Storage: its settings and its buckets.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Nothing, Operation, OperationId};

/// Something that is on or off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Switch {
    /// Whether it is on.
    pub enabled: bool,
}

/// Analytics buckets, and how many of each thing there may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct IcebergCatalog {
    /// Whether there can be analytics buckets.
    pub enabled: bool,
    /// The most namespaces.
    #[serde(rename = "maxNamespaces")]
    #[schemars(range(min = 0))]
    pub max_namespaces: i64,
    /// The most tables.
    #[serde(rename = "maxTables")]
    #[schemars(range(min = 0))]
    pub max_tables: i64,
    /// The most catalogs.
    #[serde(rename = "maxCatalogs")]
    #[schemars(range(min = 0))]
    pub max_catalogs: i64,
}

/// Vector buckets, and how many of each thing there may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct VectorBuckets {
    /// Whether there can be vector buckets.
    pub enabled: bool,
    /// The most buckets.
    #[serde(rename = "maxBuckets")]
    #[schemars(range(min = 0))]
    pub max_buckets: i64,
    /// The most indexes.
    #[serde(rename = "maxIndexes")]
    #[schemars(range(min = 0))]
    pub max_indexes: i64,
}

/// What Storage can do in a project. A feature that the service does not name is `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct StorageFeatures {
    /// Images served in other sizes and formats.
    #[serde(rename = "imageTransformation", default, skip_serializing_if = "Option::is_none")]
    pub image_transformation: Option<Switch>,
    /// Access by the S3 protocol.
    #[serde(rename = "s3Protocol", default, skip_serializing_if = "Option::is_none")]
    pub s3_protocol: Option<Switch>,
    /// Taking files out of the caches of the network that serves them.
    #[serde(rename = "purgeCache", default, skip_serializing_if = "Option::is_none")]
    pub purge_cache: Option<Switch>,
    /// Analytics buckets.
    #[serde(rename = "icebergCatalog", default, skip_serializing_if = "Option::is_none")]
    pub iceberg_catalog: Option<IcebergCatalog>,
    /// Vector buckets.
    #[serde(rename = "vectorBuckets", default, skip_serializing_if = "Option::is_none")]
    pub vector_buckets: Option<VectorBuckets>,
}

/// Settings of Storage.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StorageConfig {
    /// The largest file, in bytes.
    #[serde(rename = "fileSizeLimit")]
    pub file_size_limit: i64,
    pub features: StorageFeatures,
    #[serde(rename = "migrationVersion", default)]
    pub migration_version: Option<String>,
    #[serde(rename = "databasePoolMode", default)]
    pub database_pool_mode: Option<String>,
}

/// Shows the settings of Storage.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetStorageConfig {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for GetStorageConfig {
    const ID: OperationId = OperationId::GetStorageConfig;
    type Output = StorageConfig;
}

/// Which release of Storage serves the project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct StorageExternal {
    /// `main` is the steady release, `canary` the one on trial.
    #[serde(rename = "upstreamTarget")]
    #[schemars(extend("enum" = ["main", "canary"]))]
    pub upstream_target: String,
}

/// Changes settings of Storage. What is left out stays.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UpdateStorageConfig {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
    /// The largest file, in bytes.
    #[serde(rename = "fileSizeLimit", default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0, max = 536_870_912_000_i64))]
    pub file_size_limit: Option<i64>,
    /// What Storage can do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub features: Option<StorageFeatures>,
    /// Which release serves the project.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external: Option<StorageExternal>,
}

impl Operation for UpdateStorageConfig {
    const ID: OperationId = OperationId::UpdateStorageConfig;
    type Output = Nothing;
}

/// A bucket of files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bucket {
    pub id: String,
    pub name: String,
    /// The id of the user who made it; may be empty.
    #[serde(default)]
    pub owner: String,
    pub created_at: String,
    pub updated_at: String,
    /// Whether its files can be read by everybody.
    pub public: bool,
}

/// Lists the buckets.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ListBuckets {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for ListBuckets {
    const ID: OperationId = OperationId::ListBuckets;
    type Output = Vec<Bucket>;
}
