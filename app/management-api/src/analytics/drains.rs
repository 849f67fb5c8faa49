//! Log drains: where a project's logs are sent as they come.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Nothing, One, Operation, OperationId, Page, Secret, SecretJson};

/// Where logs can be sent. The API names `postgres`, `bigquery` and `clickhouse`, too, and says nothing of what they take.
pub const BACKENDS: &[&str] = &[
    "postgres",
    "bigquery",
    "clickhouse",
    "webhook",
    "datadog",
    "loki",
    "sentry",
    "s3",
    "axiom",
    "last9",
    "otlp",
    "syslog",
];

/// A place that logs are sent to.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct LogDrain {
    pub name: String,
    #[serde(default)]
    pub description: Option<String>,
    #[serde(default)]
    pub backend_type: String,
    #[serde(default)]
    pub config: DrainConfig,
}

/// What of its configuration is no secret. Whether the service answers the others in clear is not known, so they are
/// passed over.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DrainConfig {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub endpoint: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub host: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub port: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tls: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub domain: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dataset_name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub s3_bucket: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub storage_region: Option<String>,
}

/// Where a drain leads and what it takes to be let in there. Which of these there are depends on the kind of place.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DrainSettings {
    /// The address that logs are sent to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The version of HTTP.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = ["http1", "http2"]))]
    pub http: Option<String>,
    /// Whether what is sent is packed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gzip: Option<bool>,
    /// Headers that are sent along, such as `{"Authorization": "Bearer …"}`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub headers: Option<SecretJson>,
    /// The key of the account there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub api_key: Option<Secret>,
    /// Where the account lies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// Who signs in there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub username: Option<String>,
    /// The password that goes with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password: Option<Secret>,
    /// The address with its key, as Sentry gives it out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dsn: Option<Secret>,
    /// Where the account lies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub domain: Option<String>,
    /// A token that may write there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub api_token: Option<Secret>,
    /// What the logs are put into.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dataset_name: Option<String>,
    /// The machine that logs are sent to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub host: Option<String>,
    /// The port there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0, max = 65535))]
    pub port: Option<i64>,
    /// Whether the way there is encrypted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tls: Option<bool>,
    /// What stands in the structured part of each message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub structured_data: Option<String>,
    /// What messages are encrypted with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cipher_key: Option<Secret>,
    /// The certificate of who vouches for the other side, as PEM.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ca_cert: Option<Secret>,
    /// The certificate that is shown to the other side, as PEM.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_cert: Option<Secret>,
    /// The key of that certificate, as PEM.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_key: Option<Secret>,
    /// The bucket that logs are put into.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub s3_bucket: Option<String>,
    /// Where the bucket lies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub storage_region: Option<String>,
    /// The id of the key that may write there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access_key_id: Option<Secret>,
    /// The key itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret_access_key: Option<Secret>,
    /// Seconds for which logs are collected before they are written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub batch_timeout: Option<i64>,
    /// The address that logs are sent to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub endpoint: Option<String>,
    /// How they are sent, such as `http/protobuf`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub protocol: Option<String>,
}

/// The places that a project's logs are sent to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ListLogDrains {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for ListLogDrains {
    const ID: OperationId = OperationId::ListLogDrains;
    type Output = Page<LogDrain>;
}

/// Has a project's logs sent somewhere as they come. It takes a paid plan, and is billed by time and by event.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CreateLogDrain {
    #[serde(rename = "ref")]
    pub project: String,
    /// A name for it.
    pub name: String,
    /// What it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// What kind of place it is.
    #[schemars(extend("enum" = BACKENDS))]
    pub backend_type: String,
    /// Its address and what it takes to be let in, by the kind of place.
    pub config: DrainSettings,
}

impl Operation for CreateLogDrain {
    const ID: OperationId = OperationId::CreateLogDrain;
    type Output = One<LogDrain>;
}

/// Changes where logs are sent. What is left out stays.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UpdateLogDrain {
    #[serde(rename = "ref")]
    pub project: String,
    /// The drain's id, a UUID.
    #[schemars(extend("format" = "uuid"))]
    pub id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// What kind of place it is, even where that does not change.
    #[schemars(extend("enum" = BACKENDS))]
    pub backend_type: String,
    /// Its address and what it takes to be let in, in place of all that was set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub config: Option<DrainSettings>,
}

impl Operation for UpdateLogDrain {
    const ID: OperationId = OperationId::UpdateLogDrain;
    type Output = One<LogDrain>;
}

/// Ends a log drain.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DeleteLogDrain {
    #[serde(rename = "ref")]
    pub project: String,
    /// The drain's id, a UUID.
    #[schemars(extend("format" = "uuid"))]
    pub id: String,
}

impl Operation for DeleteLogDrain {
    const ID: OperationId = OperationId::DeleteLogDrain;
    type Output = Nothing;
}
