//! Settings of Postgres, its poolers, and SSL; read replicas.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Nothing, Operation, OperationId};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PgbouncerConfigAnswer {
    #[serde(default)]
    pub default_pool_size: Option<i64>,
    #[serde(default)]
    pub ignore_startup_parameters: Option<String>,
    #[serde(default)]
    pub max_client_conn: Option<i64>,
    #[serde(default)]
    pub pool_mode: Option<String>,
    #[serde(default)]
    pub connection_string: Option<String>,
    #[serde(default)]
    pub server_idle_timeout: Option<i64>,
    #[serde(default)]
    pub server_lifetime: Option<i64>,
    #[serde(default)]
    pub query_wait_timeout: Option<i64>,
    #[serde(default)]
    pub reserve_pool_size: Option<i64>,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetPgbouncerConfig {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for GetPgbouncerConfig {
    const ID: OperationId = OperationId::GetPgbouncerConfig;
    type Output = PgbouncerConfigAnswer;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PoolerConfigAnswer {
    pub identifier: String,
    pub database_type: String,
    pub is_using_scram_auth: bool,
    pub db_user: String,
    pub db_host: String,
    pub db_port: i64,
    pub db_name: String,
    pub connection_string: String,
    #[serde(default)]
    pub default_pool_size: Option<i64>,
    #[serde(default)]
    pub max_client_conn: Option<i64>,
    pub pool_mode: String,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetPoolerConfig {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for GetPoolerConfig {
    const ID: OperationId = OperationId::GetPoolerConfig;
    type Output = Vec<PoolerConfigAnswer>;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UpdatePoolerConfigAnswer {
    #[serde(default)]
    pub default_pool_size: Option<i64>,
    pub pool_mode: String,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UpdatePoolerConfig {
    #[serde(rename = "ref")]
    pub project: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0, max = 3000))]
    pub default_pool_size: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = ["transaction", "session"]))]
    pub pool_mode: Option<String>,
}

impl Operation for UpdatePoolerConfig {
    const ID: OperationId = OperationId::UpdatePoolerConfig;
    type Output = UpdatePoolerConfigAnswer;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PostgresConfigAnswer {
    #[serde(default)]
    pub effective_cache_size: Option<String>,
    #[serde(default)]
    pub logical_decoding_work_mem: Option<String>,
    #[serde(default)]
    pub maintenance_work_mem: Option<String>,
    #[serde(default)]
    pub track_activity_query_size: Option<String>,
    #[serde(default)]
    pub max_connections: Option<i64>,
    #[serde(default)]
    pub max_locks_per_transaction: Option<i64>,
    #[serde(default)]
    pub max_parallel_maintenance_workers: Option<i64>,
    #[serde(default)]
    pub max_parallel_workers: Option<i64>,
    #[serde(default)]
    pub max_parallel_workers_per_gather: Option<i64>,
    #[serde(default)]
    pub max_replication_slots: Option<i64>,
    #[serde(default)]
    pub max_slot_wal_keep_size: Option<String>,
    #[serde(default)]
    pub max_standby_archive_delay: Option<String>,
    #[serde(default)]
    pub max_standby_streaming_delay: Option<String>,
    #[serde(default)]
    pub max_wal_size: Option<String>,
    #[serde(default)]
    pub max_wal_senders: Option<i64>,
    #[serde(default)]
    pub max_worker_processes: Option<i64>,
    #[serde(default)]
    pub session_replication_role: Option<String>,
    #[serde(default)]
    pub shared_buffers: Option<String>,
    #[serde(default)]
    pub statement_timeout: Option<String>,
    #[serde(default)]
    pub track_commit_timestamp: Option<bool>,
    #[serde(default)]
    pub wal_keep_size: Option<String>,
    #[serde(default)]
    pub wal_sender_timeout: Option<String>,
    #[serde(default)]
    pub work_mem: Option<String>,
    #[serde(default)]
    pub checkpoint_timeout: Option<String>,
    #[serde(default)]
    pub hot_standby_feedback: Option<bool>,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetPostgresConfig {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for GetPostgresConfig {
    const ID: OperationId = OperationId::GetPostgresConfig;
    type Output = PostgresConfigAnswer;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UpdatePostgresConfigAnswer {
    #[serde(default)]
    pub effective_cache_size: Option<String>,
    #[serde(default)]
    pub logical_decoding_work_mem: Option<String>,
    #[serde(default)]
    pub maintenance_work_mem: Option<String>,
    #[serde(default)]
    pub track_activity_query_size: Option<String>,
    #[serde(default)]
    pub max_connections: Option<i64>,
    #[serde(default)]
    pub max_locks_per_transaction: Option<i64>,
    #[serde(default)]
    pub max_parallel_maintenance_workers: Option<i64>,
    #[serde(default)]
    pub max_parallel_workers: Option<i64>,
    #[serde(default)]
    pub max_parallel_workers_per_gather: Option<i64>,
    #[serde(default)]
    pub max_replication_slots: Option<i64>,
    #[serde(default)]
    pub max_slot_wal_keep_size: Option<String>,
    #[serde(default)]
    pub max_standby_archive_delay: Option<String>,
    #[serde(default)]
    pub max_standby_streaming_delay: Option<String>,
    #[serde(default)]
    pub max_wal_size: Option<String>,
    #[serde(default)]
    pub max_wal_senders: Option<i64>,
    #[serde(default)]
    pub max_worker_processes: Option<i64>,
    #[serde(default)]
    pub session_replication_role: Option<String>,
    #[serde(default)]
    pub shared_buffers: Option<String>,
    #[serde(default)]
    pub statement_timeout: Option<String>,
    #[serde(default)]
    pub track_commit_timestamp: Option<bool>,
    #[serde(default)]
    pub wal_keep_size: Option<String>,
    #[serde(default)]
    pub wal_sender_timeout: Option<String>,
    #[serde(default)]
    pub work_mem: Option<String>,
    #[serde(default)]
    pub checkpoint_timeout: Option<String>,
    #[serde(default)]
    pub hot_standby_feedback: Option<bool>,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UpdatePostgresConfig {
    #[serde(rename = "ref")]
    pub project: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effective_cache_size: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub logical_decoding_work_mem: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub maintenance_work_mem: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub track_activity_query_size: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 262143))]
    pub max_connections: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 10, max = 2147483640))]
    pub max_locks_per_transaction: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0, max = 1024))]
    pub max_parallel_maintenance_workers: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0, max = 1024))]
    pub max_parallel_workers: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0, max = 1024))]
    pub max_parallel_workers_per_gather: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_replication_slots: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_slot_wal_keep_size: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_standby_archive_delay: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_standby_streaming_delay: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_wal_size: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_wal_senders: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0, max = 262143))]
    pub max_worker_processes: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = ["origin", "replica", "local"]))]
    pub session_replication_role: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shared_buffers: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statement_timeout: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub track_commit_timestamp: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wal_keep_size: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wal_sender_timeout: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub work_mem: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checkpoint_timeout: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hot_standby_feedback: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub restart_database: Option<bool>,
}

impl Operation for UpdatePostgresConfig {
    const ID: OperationId = OperationId::UpdatePostgresConfig;
    type Output = UpdatePostgresConfigAnswer;
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RemoveReadReplica {
    #[serde(rename = "ref")]
    pub project: String,
    pub database_identifier: String,
}

impl Operation for RemoveReadReplica {
    const ID: OperationId = OperationId::RemoveReadReplica;
    type Output = Nothing;
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SetupReadReplica {
    #[serde(rename = "ref")]
    pub project: String,
    #[schemars(extend("enum" = ["us-east-1", "us-east-2", "us-west-1", "us-west-2", "ap-east-1", "ap-southeast-1", "ap-northeast-1", "ap-northeast-2", "ap-southeast-2", "eu-west-1", "eu-west-2", "eu-west-3", "eu-north-1", "eu-central-1", "eu-central-2", "ca-central-1", "ap-south-1", "sa-east-1"]))]
    pub read_replica_region: String,
}

impl Operation for SetupReadReplica {
    const ID: OperationId = OperationId::SetupReadReplica;
    type Output = Nothing;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SslEnforcementAnswerCurrentConfig {
    pub database: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SslEnforcementAnswer {
    #[serde(rename = "currentConfig")]
    pub current_config: SslEnforcementAnswerCurrentConfig,
    #[serde(rename = "appliedSuccessfully")]
    pub applied_successfully: bool,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetSslEnforcement {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for GetSslEnforcement {
    const ID: OperationId = OperationId::GetSslEnforcement;
    type Output = SslEnforcementAnswer;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UpdateSslEnforcementRequestedConfig {
    pub database: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UpdateSslEnforcementAnswerCurrentConfig {
    pub database: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UpdateSslEnforcementAnswer {
    #[serde(rename = "currentConfig")]
    pub current_config: UpdateSslEnforcementAnswerCurrentConfig,
    #[serde(rename = "appliedSuccessfully")]
    pub applied_successfully: bool,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UpdateSslEnforcement {
    #[serde(rename = "ref")]
    pub project: String,
    #[serde(rename = "requestedConfig")]
    pub requested_config: UpdateSslEnforcementRequestedConfig,
}

impl Operation for UpdateSslEnforcement {
    const ID: OperationId = OperationId::UpdateSslEnforcement;
    type Output = UpdateSslEnforcementAnswer;
}
