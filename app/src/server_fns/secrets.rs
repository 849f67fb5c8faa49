//! What the pages of secrets read.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::error::ConsoleError;

/// A secret of a project's functions: never its value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecretRow {
    pub name: String,
    /// SHA-256 of the value, in hexadecimal digits.
    pub digest: String,
    pub updated_at: Option<String>,
}

/// The secrets of one project, by name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Secrets {
    /// Those that the team has set.
    pub own: Vec<SecretRow>,
    /// Those that Supabase sets, which nobody can change.
    pub reserved: Vec<SecretRow>,
}

/// One call: the secrets of `project`.
#[server(prefix = "/api", endpoint = "secrets", input = leptos::server_fn::codec::Json, output = leptos::server_fn::codec::Json)]
pub async fn secrets_of(project: String) -> Result<Secrets, ConsoleError> {
    use crate::{call::call, secrets::is_reserved};
    use management_api::secrets::ListSecrets;

    let mut rows: Vec<SecretRow> = call(ListSecrets { project })
        .await?
        .into_iter()
        .map(|secret| SecretRow {
            name: secret.name,
            digest: secret.digest,
            updated_at: secret.updated_at,
        })
        .collect();
    rows.sort_by(|one, other| one.name.cmp(&other.name));
    let (reserved, own) = rows.into_iter().partition(|row| is_reserved(&row.name));
    Ok(Secrets { own, reserved })
}
