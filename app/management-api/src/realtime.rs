//! Realtime: its settings, and ending its connections.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Nothing, Operation, OperationId};

/// Settings of Realtime; a limit is `None` where the plan's holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RealtimeConfig {
    #[serde(default)]
    pub private_only: Option<bool>,
    #[serde(default)]
    pub connection_pool: Option<i64>,
    #[serde(default)]
    pub postgres_changes_pool: Option<i64>,
    #[serde(default)]
    pub max_concurrent_users: Option<i64>,
    #[serde(default)]
    pub max_events_per_second: Option<i64>,
    #[serde(default)]
    pub max_bytes_per_second: Option<i64>,
    #[serde(default)]
    pub max_channels_per_client: Option<i64>,
    #[serde(default)]
    pub max_joins_per_second: Option<i64>,
    #[serde(default)]
    pub max_presence_events_per_second: Option<i64>,
    #[serde(default)]
    pub max_payload_size_in_kb: Option<i64>,
    #[serde(default)]
    pub suspend: Option<bool>,
    pub presence_enabled: bool,
}

/// Shows the settings and limits of Realtime.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetRealtimeConfig {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for GetRealtimeConfig {
    const ID: OperationId = OperationId::GetRealtimeConfig;
    type Output = RealtimeConfig;
}

/// Changes settings and limits of Realtime. What is left out stays.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UpdateRealtimeConfig {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
    /// Whether clients may only join private channels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub private_only: Option<bool>,
    /// Connections to Postgres with which Realtime checks who may do what.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 100))]
    pub connection_pool: Option<i64>,
    /// Connections to Postgres with which Realtime follows changes of tables.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 100))]
    pub postgres_changes_pool: Option<i64>,
    /// Clients connected at the same time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 50000))]
    pub max_concurrent_users: Option<i64>,
    /// Events a second in one channel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 50000))]
    pub max_events_per_second: Option<i64>,
    /// Bytes a second in one channel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 10000000))]
    pub max_bytes_per_second: Option<i64>,
    /// Channels that one client may join.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 10000))]
    pub max_channels_per_client: Option<i64>,
    /// Joins of channels a second.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 5000))]
    pub max_joins_per_second: Option<i64>,
    /// Presence events a second.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 5000))]
    pub max_presence_events_per_second: Option<i64>,
    /// Size of one message in KB.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 10000))]
    pub max_payload_size_in_kb: Option<i64>,
    /// Turns Realtime off for the project; `false` turns it on again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suspend: Option<bool>,
    /// Whether clients see who else is there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub presence_enabled: Option<bool>,
}

impl Operation for UpdateRealtimeConfig {
    const ID: OperationId = OperationId::UpdateRealtimeConfig;
    type Output = Nothing;
}

/// Ends every Realtime connection of the project; clients may connect again at once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ShutdownRealtime {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for ShutdownRealtime {
    const ID: OperationId = OperationId::ShutdownRealtime;
    type Output = Nothing;
}
