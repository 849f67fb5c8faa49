//! Reading and changing the auth settings.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::{AuthChanges, AuthConfig, Setting};
use crate::{Operation, OperationId};

/// All auth settings of a project. Secrets come as SHA-256 digests.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct GetAuthConfig {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for GetAuthConfig {
    const ID: OperationId = OperationId::GetAuthConfig;
    type Output = AuthConfig;
}

/// Changes auth settings; what is not named stays as it is. A secret is sent in plain text: a digest that was read must
/// never be sent back, because it would become the secret.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UpdateAuthConfig {
    #[serde(rename = "ref")]
    pub project: String,
    #[serde(flatten)]
    pub changes: AuthChanges,
}

impl Operation for UpdateAuthConfig {
    const ID: OperationId = OperationId::UpdateAuthConfig;
    type Output = AuthConfig;
}

impl JsonSchema for AuthChanges {
    fn schema_name() -> Cow<'static, str> {
        "AuthChanges".into()
    }

    /// Made from the table, which knows ranges, choices and help.
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let properties: Map<_, _> = Setting::all()
            .map(|setting| (setting.name.to_owned(), Value::Object(setting.schema())))
            .collect();
        let mut schema = Schema::default();
        schema.insert("type".to_owned(), json!("object"));
        schema.insert("properties".to_owned(), Value::Object(properties));
        schema
    }
}
