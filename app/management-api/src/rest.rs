//! TODO

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Operation, OperationId};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PostgrestConfigAnswer {
    pub db_schema: String,
    pub max_rows: i64,
    pub db_extra_search_path: String,
    #[serde(default)]
    pub db_pool: Option<i64>,
    #[serde(default)]
    pub jwt_secret: Option<String>,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetPostgrestConfig {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for GetPostgrestConfig {
    const ID: OperationId = OperationId::GetPostgrestConfig;
    type Output = PostgrestConfigAnswer;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UpdatePostgrestConfigAnswer {
    pub db_schema: String,
    pub max_rows: i64,
    pub db_extra_search_path: String,
    #[serde(default)]
    pub db_pool: Option<i64>,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UpdatePostgrestConfig {
    #[serde(rename = "ref")]
    pub project: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub db_extra_search_path: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub db_schema: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0, max = 1000000))]
    pub max_rows: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0, max = 1000))]
    pub db_pool: Option<i64>,
}

impl Operation for UpdatePostgrestConfig {
    const ID: OperationId = OperationId::UpdatePostgrestConfig;
    type Output = UpdatePostgrestConfigAnswer;
}
