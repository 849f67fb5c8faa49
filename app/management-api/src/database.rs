//! TODO

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{Nothing, Operation, OperationId};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DeleteLoginRolesAnswer {
    pub message: String,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DeleteLoginRoles {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for DeleteLoginRoles {
    const ID: OperationId = OperationId::DeleteLoginRoles;
    type Output = DeleteLoginRolesAnswer;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CreateLoginRoleAnswer {
    pub role: String,
    pub password: String,
    pub ttl_seconds: i64,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CreateLoginRole {
    #[serde(rename = "ref")]
    pub project: String,
    pub read_only: bool,
}

impl Operation for CreateLoginRole {
    const ID: OperationId = OperationId::CreateLoginRole;
    type Output = CreateLoginRoleAnswer;
}

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

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListBackupsAnswerBackup {
    pub id: i64,
    pub is_physical_backup: bool,
    pub status: String,
    pub inserted_at: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListBackupsAnswerPhysicalBackupData {
    #[serde(default)]
    pub earliest_physical_backup_date_unix: Option<i64>,
    #[serde(default)]
    pub latest_physical_backup_date_unix: Option<i64>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListBackupsAnswer {
    pub region: String,
    pub walg_enabled: bool,
    pub pitr_enabled: bool,
    pub backups: Vec<ListBackupsAnswerBackup>,
    pub physical_backup_data: ListBackupsAnswerPhysicalBackupData,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ListBackups {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for ListBackups {
    const ID: OperationId = OperationId::ListBackups;
    type Output = ListBackupsAnswer;
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RestorePhysicalBackup {
    #[serde(rename = "ref")]
    pub project: String,
    pub id: i64,
}

impl Operation for RestorePhysicalBackup {
    const ID: OperationId = OperationId::RestorePhysicalBackup;
    type Output = Nothing;
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RestorePitrBackup {
    #[serde(rename = "ref")]
    pub project: String,
    #[schemars(range(min = 0))]
    pub recovery_time_target_unix: i64,
}

impl Operation for RestorePitrBackup {
    const ID: OperationId = OperationId::RestorePitrBackup;
    type Output = Nothing;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RestorePointAnswer {
    pub name: String,
    pub status: String,
    #[serde(default)]
    pub completed_on: Option<String>,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetRestorePoint {
    #[serde(rename = "ref")]
    pub project: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 20))]
    pub name: Option<String>,
}

impl Operation for GetRestorePoint {
    const ID: OperationId = OperationId::GetRestorePoint;
    type Output = RestorePointAnswer;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CreateRestorePointAnswer {
    pub name: String,
    pub status: String,
    #[serde(default)]
    pub completed_on: Option<String>,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CreateRestorePoint {
    #[serde(rename = "ref")]
    pub project: String,
    #[schemars(length(max = 20))]
    pub name: String,
}

impl Operation for CreateRestorePoint {
    const ID: OperationId = OperationId::CreateRestorePoint;
    type Output = CreateRestorePointAnswer;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BackupScheduleAnswer {
    pub schedule_for: String,
    pub updated_at: String,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetBackupSchedule {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for GetBackupSchedule {
    const ID: OperationId = OperationId::GetBackupSchedule;
    type Output = BackupScheduleAnswer;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UpdateBackupScheduleAnswer {
    pub schedule_for: String,
    pub updated_at: String,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UpdateBackupSchedule {
    #[serde(rename = "ref")]
    pub project: String,
    pub schedule_for: String,
}

impl Operation for UpdateBackupSchedule {
    const ID: OperationId = OperationId::UpdateBackupSchedule;
    type Output = UpdateBackupScheduleAnswer;
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UndoToRestorePoint {
    #[serde(rename = "ref")]
    pub project: String,
    #[schemars(length(max = 20))]
    pub name: String,
}

impl Operation for UndoToRestorePoint {
    const ID: OperationId = OperationId::UndoToRestorePoint;
    type Output = Nothing;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DatabaseMetadataAnswerDatabaseSchema {
    pub name: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DatabaseMetadataAnswerDatabase {
    pub name: String,
    pub schemas: Vec<DatabaseMetadataAnswerDatabaseSchema>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DatabaseMetadataAnswer {
    pub databases: Vec<DatabaseMetadataAnswerDatabase>,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetDatabaseMetadata {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for GetDatabaseMetadata {
    const ID: OperationId = OperationId::GetDatabaseMetadata;
    type Output = DatabaseMetadataAnswer;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct JitAccessAnswerUserRoleAllowedNetworksAllowedCidr {
    pub cidr: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct JitAccessAnswerUserRoleAllowedNetworksAllowedCidrsV6 {
    pub cidr: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct JitAccessAnswerUserRoleAllowedNetworks {
    #[serde(default)]
    pub allowed_cidrs: Option<Vec<JitAccessAnswerUserRoleAllowedNetworksAllowedCidr>>,
    #[serde(default)]
    pub allowed_cidrs_v6: Option<Vec<JitAccessAnswerUserRoleAllowedNetworksAllowedCidrsV6>>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct JitAccessAnswerUserRole {
    pub role: String,
    #[serde(default)]
    pub expires_at: Option<f64>,
    #[serde(default)]
    pub allowed_networks: Option<JitAccessAnswerUserRoleAllowedNetworks>,
    #[serde(default)]
    pub branches_only: Option<bool>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct JitAccessAnswer {
    pub user_id: String,
    pub user_roles: Vec<JitAccessAnswerUserRole>,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetJitAccess {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for GetJitAccess {
    const ID: OperationId = OperationId::GetJitAccess;
    type Output = JitAccessAnswer;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AuthorizeJitAccessAnswerUserRoleAllowedNetworksAllowedCidr {
    pub cidr: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AuthorizeJitAccessAnswerUserRoleAllowedNetworksAllowedCidrsV6 {
    pub cidr: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AuthorizeJitAccessAnswerUserRoleAllowedNetworks {
    #[serde(default)]
    pub allowed_cidrs: Option<Vec<AuthorizeJitAccessAnswerUserRoleAllowedNetworksAllowedCidr>>,
    #[serde(default)]
    pub allowed_cidrs_v6: Option<Vec<AuthorizeJitAccessAnswerUserRoleAllowedNetworksAllowedCidrsV6>>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AuthorizeJitAccessAnswerUserRole {
    pub role: String,
    #[serde(default)]
    pub expires_at: Option<f64>,
    #[serde(default)]
    pub allowed_networks: Option<AuthorizeJitAccessAnswerUserRoleAllowedNetworks>,
    #[serde(default)]
    pub branches_only: Option<bool>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AuthorizeJitAccessAnswer {
    pub user_id: String,
    pub user_role: AuthorizeJitAccessAnswerUserRole,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AuthorizeJitAccess {
    #[serde(rename = "ref")]
    pub project: String,
    #[schemars(length(min = 1))]
    pub role: String,
    #[schemars(length(min = 1))]
    pub rhost: String,
}

impl Operation for AuthorizeJitAccess {
    const ID: OperationId = OperationId::AuthorizeJitAccess;
    type Output = AuthorizeJitAccessAnswer;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UpdateJitAccessRoleAllowedNetworksAllowedCidr {
    pub cidr: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UpdateJitAccessRoleAllowedNetworksAllowedCidrsV6 {
    pub cidr: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UpdateJitAccessRoleAllowedNetworks {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allowed_cidrs: Option<Vec<UpdateJitAccessRoleAllowedNetworksAllowedCidr>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allowed_cidrs_v6: Option<Vec<UpdateJitAccessRoleAllowedNetworksAllowedCidrsV6>>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UpdateJitAccessRole {
    #[schemars(length(min = 1))]
    pub role: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allowed_networks: Option<UpdateJitAccessRoleAllowedNetworks>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub branches_only: Option<bool>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UpdateJitAccessAnswerUserRoleAllowedNetworksAllowedCidr {
    pub cidr: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UpdateJitAccessAnswerUserRoleAllowedNetworksAllowedCidrsV6 {
    pub cidr: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UpdateJitAccessAnswerUserRoleAllowedNetworks {
    #[serde(default)]
    pub allowed_cidrs: Option<Vec<UpdateJitAccessAnswerUserRoleAllowedNetworksAllowedCidr>>,
    #[serde(default)]
    pub allowed_cidrs_v6: Option<Vec<UpdateJitAccessAnswerUserRoleAllowedNetworksAllowedCidrsV6>>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UpdateJitAccessAnswerUserRole {
    pub role: String,
    #[serde(default)]
    pub expires_at: Option<f64>,
    #[serde(default)]
    pub allowed_networks: Option<UpdateJitAccessAnswerUserRoleAllowedNetworks>,
    #[serde(default)]
    pub branches_only: Option<bool>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UpdateJitAccessAnswer {
    pub user_id: String,
    pub user_roles: Vec<UpdateJitAccessAnswerUserRole>,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UpdateJitAccess {
    #[serde(rename = "ref")]
    pub project: String,
    #[schemars(length(min = 1))]
    pub user_id: String,
    pub roles: Vec<UpdateJitAccessRole>,
}

impl Operation for UpdateJitAccess {
    const ID: OperationId = OperationId::UpdateJitAccess;
    type Output = UpdateJitAccessAnswer;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListJitAccessAnswerItemUserRoleAllowedNetworksAllowedCidr {
    pub cidr: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListJitAccessAnswerItemUserRoleAllowedNetworksAllowedCidrsV6 {
    pub cidr: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListJitAccessAnswerItemUserRoleAllowedNetworks {
    #[serde(default)]
    pub allowed_cidrs: Option<Vec<ListJitAccessAnswerItemUserRoleAllowedNetworksAllowedCidr>>,
    #[serde(default)]
    pub allowed_cidrs_v6: Option<Vec<ListJitAccessAnswerItemUserRoleAllowedNetworksAllowedCidrsV6>>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListJitAccessAnswerItemUserRole {
    pub role: String,
    #[serde(default)]
    pub expires_at: Option<f64>,
    #[serde(default)]
    pub allowed_networks: Option<ListJitAccessAnswerItemUserRoleAllowedNetworks>,
    #[serde(default)]
    pub branches_only: Option<bool>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListJitAccessAnswerItem {
    pub user_id: String,
    pub user_roles: Vec<ListJitAccessAnswerItemUserRole>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListJitAccessAnswer {
    pub items: Vec<ListJitAccessAnswerItem>,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ListJitAccess {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for ListJitAccess {
    const ID: OperationId = OperationId::ListJitAccess;
    type Output = ListJitAccessAnswer;
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DeleteJitAccess {
    #[serde(rename = "ref")]
    pub project: String,
    pub user_id: String,
}

impl Operation for DeleteJitAccess {
    const ID: OperationId = OperationId::DeleteJitAccess;
    type Output = Nothing;
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RollbackMigrations {
    #[serde(rename = "ref")]
    pub project: String,
    pub gte: String,
}

impl Operation for RollbackMigrations {
    const ID: OperationId = OperationId::RollbackMigrations;
    type Output = Nothing;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListMigrationsAnswer {
    pub version: String,
    #[serde(default)]
    pub name: Option<String>,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ListMigrations {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for ListMigrations {
    const ID: OperationId = OperationId::ListMigrations;
    type Output = Vec<ListMigrationsAnswer>;
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ApplyMigration {
    #[serde(rename = "ref")]
    pub project: String,
    #[schemars(length(min = 1))]
    pub query: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rollback: Option<String>,
}

impl Operation for ApplyMigration {
    const ID: OperationId = OperationId::ApplyMigration;
    type Output = Nothing;
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UpsertMigration {
    #[serde(rename = "ref")]
    pub project: String,
    #[schemars(length(min = 1))]
    pub query: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rollback: Option<String>,
}

impl Operation for UpsertMigration {
    const ID: OperationId = OperationId::UpsertMigration;
    type Output = Nothing;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MigrationAnswer {
    pub version: String,
    #[serde(default)]
    pub name: Option<String>,
    #[serde(default)]
    pub statements: Option<Vec<String>>,
    #[serde(default)]
    pub rollback: Option<Vec<String>>,
    #[serde(default)]
    pub created_by: Option<String>,
    #[serde(default)]
    pub idempotency_key: Option<String>,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetMigration {
    #[serde(rename = "ref")]
    pub project: String,
    pub version: String,
}

impl Operation for GetMigration {
    const ID: OperationId = OperationId::GetMigration;
    type Output = MigrationAnswer;
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PatchMigration {
    #[serde(rename = "ref")]
    pub project: String,
    pub version: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rollback: Option<String>,
}

impl Operation for PatchMigration {
    const ID: OperationId = OperationId::PatchMigration;
    type Output = Nothing;
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetDatabaseOpenapi {
    #[serde(rename = "ref")]
    pub project: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
}

impl Operation for GetDatabaseOpenapi {
    const ID: OperationId = OperationId::GetDatabaseOpenapi;
    type Output = Map<String, Value>;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UpdateDatabasePasswordAnswer {
    pub message: String,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UpdateDatabasePassword {
    #[serde(rename = "ref")]
    pub project: String,
    #[schemars(length(min = 4))]
    pub password: String,
}

impl Operation for UpdateDatabasePassword {
    const ID: OperationId = OperationId::UpdateDatabasePassword;
    type Output = UpdateDatabasePasswordAnswer;
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RunQuery {
    #[serde(rename = "ref")]
    pub project: String,
    #[schemars(length(min = 1))]
    pub query: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parameters: Option<Vec<Value>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read_only: Option<bool>,
}

impl Operation for RunQuery {
    const ID: OperationId = OperationId::RunQuery;
    type Output = Value;
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RunReadOnlyQuery {
    #[serde(rename = "ref")]
    pub project: String,
    #[schemars(length(min = 1))]
    pub query: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parameters: Option<Vec<Value>>,
}

impl Operation for RunReadOnlyQuery {
    const ID: OperationId = OperationId::RunReadOnlyQuery;
    type Output = Value;
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EnableDatabaseWebhooks {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for EnableDatabaseWebhooks {
    const ID: OperationId = OperationId::EnableDatabaseWebhooks;
    type Output = Nothing;
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetJitAccessConfig {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for GetJitAccessConfig {
    const ID: OperationId = OperationId::GetJitAccessConfig;
    type Output = Value;
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UpdateJitAccessConfig {
    #[serde(rename = "ref")]
    pub project: String,
    #[schemars(extend("enum" = ["enabled", "disabled"]))]
    pub state: String,
}

impl Operation for UpdateJitAccessConfig {
    const ID: OperationId = OperationId::UpdateJitAccessConfig;
    type Output = Value;
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
pub struct ReadonlyModeAnswer {
    pub enabled: bool,
    pub override_enabled: bool,
    pub override_active_until: String,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetReadonlyMode {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for GetReadonlyMode {
    const ID: OperationId = OperationId::GetReadonlyMode;
    type Output = ReadonlyModeAnswer;
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DisableReadonlyMode {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for DisableReadonlyMode {
    const ID: OperationId = OperationId::DisableReadonlyMode;
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

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GenerateTypescriptTypesAnswer {
    pub types: String,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GenerateTypescriptTypes {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub included_schemas: Option<String>,
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for GenerateTypescriptTypes {
    const ID: OperationId = OperationId::GenerateTypescriptTypes;
    type Output = GenerateTypescriptTypesAnswer;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListSnippetsAnswerDataProject {
    pub id: f64,
    pub name: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListSnippetsAnswerDataOwner {
    pub id: f64,
    pub username: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListSnippetsAnswerDataUpdatedBy {
    pub id: f64,
    pub username: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListSnippetsAnswerData {
    pub id: String,
    pub inserted_at: String,
    pub updated_at: String,
    #[serde(rename = "type")]
    pub kind: String,
    pub visibility: String,
    pub name: String,
    #[serde(default)]
    pub description: Option<String>,
    pub project: ListSnippetsAnswerDataProject,
    pub owner: ListSnippetsAnswerDataOwner,
    pub updated_by: ListSnippetsAnswerDataUpdatedBy,
    pub favorite: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListSnippetsAnswer {
    pub data: Vec<ListSnippetsAnswerData>,
    #[serde(default)]
    pub cursor: Option<String>,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ListSnippets {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 20, max = 20))]
    pub project_ref: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = ["name", "inserted_at"]))]
    pub sort_by: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = ["asc", "desc"]))]
    pub sort_order: Option<String>,
}

impl Operation for ListSnippets {
    const ID: OperationId = OperationId::ListSnippets;
    type Output = ListSnippetsAnswer;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SnippetAnswerProject {
    pub id: f64,
    pub name: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SnippetAnswerOwner {
    pub id: f64,
    pub username: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SnippetAnswerUpdatedBy {
    pub id: f64,
    pub username: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SnippetAnswerContent {
    #[serde(default)]
    pub favorite: Option<bool>,
    pub schema_version: String,
    pub sql: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SnippetAnswer {
    pub id: String,
    pub inserted_at: String,
    pub updated_at: String,
    #[serde(rename = "type")]
    pub kind: String,
    pub visibility: String,
    pub name: String,
    #[serde(default)]
    pub description: Option<String>,
    pub project: SnippetAnswerProject,
    pub owner: SnippetAnswerOwner,
    pub updated_by: SnippetAnswerUpdatedBy,
    pub favorite: bool,
    pub content: SnippetAnswerContent,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetSnippet {
    pub id: String,
}

impl Operation for GetSnippet {
    const ID: OperationId = OperationId::GetSnippet;
    type Output = SnippetAnswer;
}
