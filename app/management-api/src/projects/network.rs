//! Network bans and restrictions.

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, de::Error};
use serde_json::Value;

use crate::{Nothing, Operation, OperationId};

/// Lifts bans, so that these addresses may connect to the database again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DeleteNetworkBans {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
    /// The banned addresses.
    pub ipv4_addresses: Vec<String>,
    /// Whether the address that this request comes from is let in, too. That is this server's address, not yours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub requester_ip: Option<bool>,
    /// Lift them for this database only: the project's ref or a replica's identifier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identifier: Option<String>,
}

impl Operation for DeleteNetworkBans {
    const ID: OperationId = OperationId::DeleteNetworkBans;
    type Output = Nothing;
}

/// The addresses that are banned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NetworkBans {
    #[serde(rename = "banned_ipv4_addresses")]
    pub banned: Vec<String>,
}

/// Lists the addresses that were banned after failing to sign in to the database too often.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ListNetworkBans {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for ListNetworkBans {
    const ID: OperationId = OperationId::ListNetworkBans;
    type Output = NetworkBans;
}

/// A banned address, and where it is banned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NetworkBan {
    #[serde(rename = "banned_address")]
    pub address: String,
    /// The database that bans it.
    pub identifier: String,
    #[serde(rename = "type")]
    pub kind: String,
}

/// The addresses that are banned, each with where it is banned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnrichedNetworkBans {
    #[serde(rename = "banned_ipv4_addresses")]
    pub banned: Vec<NetworkBan>,
}

/// Lists the banned addresses with the database that each is banned from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ListNetworkBansEnriched {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for ListNetworkBansEnriched {
    const ID: OperationId = OperationId::ListNetworkBansEnriched;
    type Output = EnrichedNetworkBans;
}

/// Ranges of addresses, of each version.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Cidrs {
    /// IPv4 ranges, such as `203.0.113.0/24`.
    #[serde(rename = "dbAllowedCidrs", default, skip_serializing_if = "Option::is_none")]
    pub v4: Option<Vec<String>>,
    /// IPv6 ranges, such as `2001:db8::/32`.
    #[serde(rename = "dbAllowedCidrsV6", default, skip_serializing_if = "Option::is_none")]
    pub v6: Option<Vec<String>>,
}

/// A range of addresses with its version, `v4` or `v6`.
#[derive(Deserialize)]
struct Versioned {
    address: String,
    #[serde(rename = "type")]
    version: String,
}

/// Ranges that may connect to the database. The API writes them as two lists, or after a PATCH as one with versions.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct AllowedCidrs {
    #[serde(rename = "dbAllowedCidrs")]
    pub v4: Vec<String>,
    #[serde(rename = "dbAllowedCidrsV6")]
    pub v6: Vec<String>,
}

impl<'de> Deserialize<'de> for AllowedCidrs {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Written {
            #[serde(rename = "dbAllowedCidrs", default)]
            v4: Option<Vec<Value>>,
            #[serde(rename = "dbAllowedCidrsV6", default)]
            v6: Option<Vec<Value>>,
        }
        let written = Written::deserialize(deserializer)?;
        let mut allowed = Self::default();
        let v4 = written.v4.into_iter().flatten().map(|range| ("v4", range));
        let v6 = written.v6.into_iter().flatten().map(|range| ("v6", range));
        for (version, range) in v4.chain(v6) {
            let (version, address) = match range {
                Value::String(address) => (version.to_owned(), address),
                other => {
                    let Versioned { address, version } = serde_json::from_value(other).map_err(D::Error::custom)?;
                    (version, address)
                }
            };
            match version.as_str() {
                "v6" => allowed.v6.push(address),
                _ => allowed.v4.push(address),
            }
        }
        Ok(allowed)
    }
}

/// Who may connect to the database, and whether that has arrived there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NetworkRestrictions {
    /// `allowed` or `disallowed`: whether the plan has restrictions.
    pub entitlement: String,
    /// What was asked for.
    pub config: AllowedCidrs,
    /// What holds until `config` is applied.
    #[serde(default)]
    pub old_config: Option<AllowedCidrs>,
    /// `stored` until it is `applied`.
    pub status: String,
    #[serde(default)]
    pub updated_at: Option<String>,
    #[serde(default)]
    pub applied_at: Option<String>,
    /// A change that was never applied and waits for somebody to settle it.
    #[serde(default)]
    pub pending_config: Option<AllowedCidrs>,
    /// When that was asked for, as the service wrote it: it is sent back to settle it.
    #[serde(default)]
    pub pending_requested_at: Option<String>,
}

/// Shows from which addresses the database takes connections.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetNetworkRestrictions {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for GetNetworkRestrictions {
    const ID: OperationId = OperationId::GetNetworkRestrictions;
    type Output = NetworkRestrictions;
}

/// Adds ranges of addresses to those that may connect to the database, and takes others away.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PatchNetworkRestrictions {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
    /// Ranges that may connect from now on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub add: Option<Cidrs>,
    /// Ranges that may no longer connect.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remove: Option<Cidrs>,
}

impl Operation for PatchNetworkRestrictions {
    const ID: OperationId = OperationId::PatchNetworkRestrictions;
    type Output = NetworkRestrictions;
}

/// Sets from which addresses the database takes connections. Lists replace those that were there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UpdateNetworkRestrictions {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
    /// IPv4 ranges, such as `203.0.113.0/24`; `0.0.0.0/0` lets everybody connect.
    #[serde(rename = "dbAllowedCidrs", default, skip_serializing_if = "Option::is_none")]
    pub db_allowed_cidrs: Option<Vec<String>>,
    /// IPv6 ranges, such as `2001:db8::/32`; `::/0` lets everybody connect.
    #[serde(rename = "dbAllowedCidrsV6", default, skip_serializing_if = "Option::is_none")]
    pub db_allowed_cidrs_v6: Option<Vec<String>>,
}

impl Operation for UpdateNetworkRestrictions {
    const ID: OperationId = OperationId::UpdateNetworkRestrictions;
    type Output = NetworkRestrictions;
}

/// Settles a change that waits: it is applied, or given up.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ReviewNetworkRestrictions {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
    /// What becomes of it.
    #[schemars(extend("enum" = ["apply", "reject"]))]
    pub action: String,
    /// When it was asked for, as it was read: if another one has come since, nothing is done.
    #[schemars(extend("format" = "date-time"))]
    pub requested_at: String,
}

impl Operation for ReviewNetworkRestrictions {
    const ID: OperationId = OperationId::ReviewNetworkRestrictions;
    type Output = NetworkRestrictions;
}
