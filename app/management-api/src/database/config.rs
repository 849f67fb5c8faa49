//! Settings of Postgres, and whether connections must be encrypted.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Operation, OperationId};

/// Settings of Postgres that differ from what comes with the compute size: one left out has its usual value.
///
/// Sizes are written as Postgres writes them, such as `256MB`; durations such as `30s`, without a unit in the unit that
/// the field names.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PostgresConfig {
    /// How much memory the planner expects for caching, such as `768MB`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effective_cache_size: Option<String>,
    /// Memory that logical decoding uses before it writes to disk.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub logical_decoding_work_mem: Option<String>,
    /// Memory for maintenance, such as building an index.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub maintenance_work_mem: Option<String>,
    /// Bytes kept of each running statement for the activity view. Takes a restart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub track_activity_query_size: Option<String>,
    /// Connections at the same time. Takes a restart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 262143))]
    pub max_connections: Option<i64>,
    /// Locked objects that each transaction is reckoned with. Takes a restart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 10, max = 2147483640))]
    pub max_locks_per_transaction: Option<i64>,
    /// Parallel workers of one maintenance command.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0, max = 1024))]
    pub max_parallel_maintenance_workers: Option<i64>,
    /// Parallel workers of all statements together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0, max = 1024))]
    pub max_parallel_workers: Option<i64>,
    /// Parallel workers of one step of a statement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0, max = 1024))]
    pub max_parallel_workers_per_gather: Option<i64>,
    /// Replication slots. Takes a restart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_replication_slots: Option<i64>,
    /// Write-ahead log that a replication slot may hold back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_slot_wal_keep_size: Option<String>,
    /// How long a replica that reads archived log waits for statements in its way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_standby_archive_delay: Option<String>,
    /// How long a replica that follows by streaming waits for statements in its way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_standby_streaming_delay: Option<String>,
    /// Write-ahead log that sets off a checkpoint.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_wal_size: Option<String>,
    /// Processes that send the log to replicas. Takes a restart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_wal_senders: Option<i64>,
    /// Background processes. Takes a restart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0, max = 262143))]
    pub max_worker_processes: Option<i64>,
    /// Which triggers and rules fire.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = ["origin", "replica", "local"]))]
    pub session_replication_role: Option<String>,
    /// Memory for pages that all connections share. Takes a restart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shared_buffers: Option<String>,
    /// When a statement is ended; in milliseconds where no unit is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = r"^(-?[0-9]+(?:\.[0-9]+)?)(us|ms|s|min|h|d)?$"))]
    pub statement_timeout: Option<String>,
    /// Whether the time of every commit is recorded. Takes a restart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub track_commit_timestamp: Option<bool>,
    /// Write-ahead log kept for replicas that fall behind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wal_keep_size: Option<String>,
    /// When a replica that does not answer is given up; in milliseconds where no unit is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = r"^(-?[0-9]+(?:\.[0-9]+)?)(us|ms|s|min|h|d)?$"))]
    pub wal_sender_timeout: Option<String>,
    /// Memory for one sort or hash table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub work_mem: Option<String>,
    /// The longest time between checkpoints; in seconds where no unit is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = r"^(-?[0-9]+(?:\.[0-9]+)?)(us|ms|s|min|h|d)?$"))]
    pub checkpoint_timeout: Option<String>,
    /// Whether a replica tells the primary which rows its statements still need.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hot_standby_feedback: Option<bool>,
    /// Processes that vacuum by themselves at the same time. Takes a restart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 262143))]
    pub autovacuum_max_workers: Option<i64>,
    /// Memory of each of them; `-1` for that of maintenance.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub autovacuum_work_mem: Option<String>,
    /// Vacuums that took longer are logged; in milliseconds where no unit is given, `-1` for none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = r"^(-?[0-9]+(?:\.[0-9]+)?)(us|ms|s|min|h|d)?$"))]
    pub log_autovacuum_min_duration: Option<String>,
    /// Whether checkpoints are logged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub log_checkpoints: Option<bool>,
    /// Whether connections are logged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub log_connections: Option<bool>,
    /// Whether the ends of connections are logged, with how long they lasted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub log_disconnections: Option<bool>,
    /// Whether it is logged how long each statement took.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub log_duration: Option<bool>,
    /// Whether long waits for a lock are logged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub log_lock_waits: Option<bool>,
    /// Whether a replica logs its waits for statements in its way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub log_recovery_conflict_waits: Option<bool>,
    /// Whether commands of replication are logged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub log_replication_commands: Option<bool>,
    /// How often a long start is logged; in milliseconds where no unit is given, `0` for never.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = r"^(-?[0-9]+(?:\.[0-9]+)?)(us|ms|s|min|h|d)?$"))]
    pub log_startup_progress_interval: Option<String>,
    /// Temporary files of this size and more are logged; `0` for all, `-1` for none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub log_temp_files: Option<String>,
    /// Processes that take over changes of logical replication. Takes a restart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0, max = 262143))]
    pub max_logical_replication_workers: Option<i64>,
    /// Processes that copy tables at the start of a subscription.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0, max = 262143))]
    pub max_sync_workers_per_subscription: Option<i64>,
    /// Whether `pg_cron` logs each job before it runs it. Takes a restart.
    #[serde(rename = "cron.log_statement", default, skip_serializing_if = "Option::is_none")]
    pub cron_log_statement: Option<bool>,
    /// Requests that `pg_net` makes in one round.
    #[serde(rename = "pg_net.batch_size", default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0, max = 32767))]
    pub pg_net_batch_size: Option<i64>,
    /// Statements that `pg_stat_statements` keeps. Takes a restart.
    #[serde(rename = "pg_stat_statements.max", default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 100, max = 45000))]
    pub pg_stat_statements_max: Option<i64>,
}

/// Shows which settings of Postgres were changed from those that come with the compute size.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetPostgresConfig {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for GetPostgresConfig {
    const ID: OperationId = OperationId::GetPostgresConfig;
    type Output = PostgresConfig;
}

/// Sets Postgres's settings. What is left out goes back to its usual value, so send everything that is to stay.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UpdatePostgresConfig {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
    #[serde(flatten)]
    pub settings: PostgresConfig,
    /// Whether the database restarts at once where a setting takes it; otherwise that setting waits for the next restart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub restart_database: Option<bool>,
}

impl Operation for UpdatePostgresConfig {
    const ID: OperationId = OperationId::UpdatePostgresConfig;
    type Output = PostgresConfig;
}

/// Sets some of Postgres's settings. What is left out stays.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PatchPostgresConfig {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
    #[serde(flatten)]
    pub settings: PostgresConfig,
    /// Whether the database restarts at once where a setting takes it; otherwise that setting waits for the next restart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub restart_database: Option<bool>,
}

impl Operation for PatchPostgresConfig {
    const ID: OperationId = OperationId::PatchPostgresConfig;
    type Output = PostgresConfig;
}

/// What encryption is demanded of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SslConfig {
    /// Whether the database refuses connections without SSL.
    pub database: bool,
}

/// Whether SSL is enforced, and whether the last change has arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SslEnforcement {
    #[serde(rename = "currentConfig")]
    pub current: SslConfig,
    #[serde(rename = "appliedSuccessfully")]
    pub applied: bool,
}

/// Shows whether the database refuses connections without SSL.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetSslEnforcement {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for GetSslEnforcement {
    const ID: OperationId = OperationId::GetSslEnforcement;
    type Output = SslEnforcement;
}

/// Makes the database refuse connections without SSL, or take them again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UpdateSslEnforcement {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
    /// What SSL is to be enforced for.
    #[serde(rename = "requestedConfig")]
    pub requested: SslConfig,
}

impl Operation for UpdateSslEnforcement {
    const ID: OperationId = OperationId::UpdateSslEnforcement;
    type Output = SslEnforcement;
}
