//! TODO

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Nothing, Operation, OperationId};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RealtimeConfigAnswer {
    #[serde(default)]
    pub private_only: Option<bool>,
    #[serde(default)]
    pub connection_pool: Option<i64>,
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

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetRealtimeConfig {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for GetRealtimeConfig {
    const ID: OperationId = OperationId::GetRealtimeConfig;
    type Output = RealtimeConfigAnswer;
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UpdateRealtimeConfig {
    #[serde(rename = "ref")]
    pub project: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub private_only: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 100))]
    pub connection_pool: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 50000))]
    pub max_concurrent_users: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 50000))]
    pub max_events_per_second: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 10000000))]
    pub max_bytes_per_second: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 10000))]
    pub max_channels_per_client: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 5000))]
    pub max_joins_per_second: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 5000))]
    pub max_presence_events_per_second: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 10000))]
    pub max_payload_size_in_kb: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suspend: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub presence_enabled: Option<bool>,
}

impl Operation for UpdateRealtimeConfig {
    const ID: OperationId = OperationId::UpdateRealtimeConfig;
    type Output = Nothing;
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ShutdownRealtime {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for ShutdownRealtime {
    const ID: OperationId = OperationId::ShutdownRealtime;
    type Output = Nothing;
}
