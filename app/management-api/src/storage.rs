//! TODO

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Nothing, Operation, OperationId};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StorageConfigAnswerFeaturesImageTransformation {
    pub enabled: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StorageConfigAnswerFeaturesS3Protocol {
    pub enabled: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StorageConfigAnswerFeaturesIcebergCatalog {
    pub enabled: bool,
    #[serde(rename = "maxNamespaces")]
    pub max_namespaces: i64,
    #[serde(rename = "maxTables")]
    pub max_tables: i64,
    #[serde(rename = "maxCatalogs")]
    pub max_catalogs: i64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StorageConfigAnswerFeaturesVectorBuckets {
    pub enabled: bool,
    #[serde(rename = "maxBuckets")]
    pub max_buckets: i64,
    #[serde(rename = "maxIndexes")]
    pub max_indexes: i64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StorageConfigAnswerFeatures {
    #[serde(rename = "imageTransformation")]
    pub image_transformation: StorageConfigAnswerFeaturesImageTransformation,
    #[serde(rename = "s3Protocol")]
    pub s3_protocol: StorageConfigAnswerFeaturesS3Protocol,
    #[serde(rename = "icebergCatalog")]
    pub iceberg_catalog: StorageConfigAnswerFeaturesIcebergCatalog,
    #[serde(rename = "vectorBuckets")]
    pub vector_buckets: StorageConfigAnswerFeaturesVectorBuckets,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StorageConfigAnswerCapabilities {
    pub list_v2: bool,
    pub iceberg_catalog: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StorageConfigAnswerExternal {
    #[serde(rename = "upstreamTarget")]
    pub upstream_target: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StorageConfigAnswer {
    #[serde(rename = "fileSizeLimit")]
    pub file_size_limit: i64,
    pub features: StorageConfigAnswerFeatures,
    pub capabilities: StorageConfigAnswerCapabilities,
    pub external: StorageConfigAnswerExternal,
    #[serde(rename = "migrationVersion")]
    pub migration_version: String,
    #[serde(rename = "databasePoolMode")]
    pub database_pool_mode: String,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetStorageConfig {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for GetStorageConfig {
    const ID: OperationId = OperationId::GetStorageConfig;
    type Output = StorageConfigAnswer;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UpdateStorageConfigFeaturesImageTransformation {
    pub enabled: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UpdateStorageConfigFeaturesS3Protocol {
    pub enabled: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UpdateStorageConfigFeaturesIcebergCatalog {
    pub enabled: bool,
    #[serde(rename = "maxNamespaces")]
    #[schemars(range(min = 0))]
    pub max_namespaces: i64,
    #[serde(rename = "maxTables")]
    #[schemars(range(min = 0))]
    pub max_tables: i64,
    #[serde(rename = "maxCatalogs")]
    #[schemars(range(min = 0))]
    pub max_catalogs: i64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UpdateStorageConfigFeaturesVectorBuckets {
    pub enabled: bool,
    #[serde(rename = "maxBuckets")]
    #[schemars(range(min = 0))]
    pub max_buckets: i64,
    #[serde(rename = "maxIndexes")]
    #[schemars(range(min = 0))]
    pub max_indexes: i64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UpdateStorageConfigFeatures {
    #[serde(rename = "imageTransformation", default, skip_serializing_if = "Option::is_none")]
    pub image_transformation: Option<UpdateStorageConfigFeaturesImageTransformation>,
    #[serde(rename = "s3Protocol", default, skip_serializing_if = "Option::is_none")]
    pub s3_protocol: Option<UpdateStorageConfigFeaturesS3Protocol>,
    #[serde(rename = "icebergCatalog", default, skip_serializing_if = "Option::is_none")]
    pub iceberg_catalog: Option<UpdateStorageConfigFeaturesIcebergCatalog>,
    #[serde(rename = "vectorBuckets", default, skip_serializing_if = "Option::is_none")]
    pub vector_buckets: Option<UpdateStorageConfigFeaturesVectorBuckets>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UpdateStorageConfigExternal {
    #[serde(rename = "upstreamTarget")]
    #[schemars(extend("enum" = ["main", "canary"]))]
    pub upstream_target: String,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UpdateStorageConfig {
    #[serde(rename = "ref")]
    pub project: String,
    #[serde(rename = "fileSizeLimit", default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0, max = 536_870_912_000_i64))]
    pub file_size_limit: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub features: Option<UpdateStorageConfigFeatures>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external: Option<UpdateStorageConfigExternal>,
}

impl Operation for UpdateStorageConfig {
    const ID: OperationId = OperationId::UpdateStorageConfig;
    type Output = Nothing;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListBucketsAnswer {
    pub id: String,
    pub name: String,
    pub owner: String,
    pub created_at: String,
    pub updated_at: String,
    pub public: bool,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ListBuckets {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for ListBuckets {
    const ID: OperationId = OperationId::ListBuckets;
    type Output = Vec<ListBucketsAnswer>;
}
