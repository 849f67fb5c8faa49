//! A project's own addresses: what their pages read.

use leptos::{prelude::*, server_fn::codec::Json};
use management_api::{
    auth::GetAuthConfig,
    billing::{AddonVariant, Addons, ListAddons},
    domains::{
        CheckVanitySubdomain, GetHostnameConfig, GetVanitySubdomain, HostnameConfig, SubdomainAvailability,
        VanitySubdomain,
    },
};
use serde::{Deserialize, Serialize};

use super::branches::Part;
use crate::{call::call, error::ConsoleError};

/// The add-on that custom hostnames need, and its one variant.
pub const ADDON: &str = "custom_domain";

/// How far a project is with a custom hostname.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Custom {
    /// The add-on is missing.
    NoAddon,
    None,
    Set(Box<HostnameConfig>),
}

/// The add-on: whether the project has it, and which it would be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HostnameAddon {
    pub on: bool,
    pub variant: Option<AddonVariant>,
}

impl HostnameAddon {
    fn of(addons: Addons) -> Self {
        let mut kinds = addons.available.into_iter();
        Self {
            on: addons.selected.iter().any(|addon| addon.kind == ADDON),
            variant: kinds
                .find(|one| one.kind == ADDON)
                .and_then(|one| one.variants.into_iter().next()),
        }
    }
}

/// The custom hostname, with what is to be known before it is put to use.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct OwnHostname {
    pub custom: Custom,
    pub addon: Part<HostnameAddon>,
    /// Sign-in providers that are on, by the API's words; each of them knows the callback address that it was told.
    pub providers: Part<Vec<String>>,
}

/// What the service says of the hostname. It refuses to tell of one that is not there, in words that its own dashboard
/// goes by, too.
fn custom(answer: Part<HostnameConfig>) -> Part<Custom> {
    match answer {
        Ok(config) if config.status.starts_with('1') || (config.status.is_empty() && name_of(&config).is_empty()) => {
            Ok(Custom::None)
        }
        Ok(config) => Ok(Custom::Set(Box::new(config))),
        Err(ConsoleError::Refused { message, .. }) if message.contains("not allowed to set up custom domain") => {
            Ok(Custom::NoAddon)
        }
        Err(ConsoleError::Refused { message, .. }) if message.contains("custom hostname configuration") => {
            Ok(Custom::None)
        }
        Err(error) => Err(error),
    }
}

/// The hostname, by whichever part of the answer tells it.
pub fn name_of(config: &HostnameConfig) -> &str {
    match config.custom_hostname.as_str() {
        "" => &config.data.result.hostname,
        name => name,
    }
}

/// Providers of other houses that are on, such as `google`.
fn providers(config: &impl Serialize) -> Vec<String> {
    // ok: what was read can be written.
    let config = serde_json::to_value(config).unwrap_or_default();
    let settings = config.as_object().into_iter().flatten();
    let mut on: Vec<String> = settings
        .filter(|(_, value)| value.as_bool() == Some(true))
        .filter_map(|(name, _)| name.strip_prefix("external_")?.strip_suffix("_enabled"))
        .filter(|name| {
            !matches!(
                *name,
                "email" | "phone" | "anonymous_users" | "web3_solana" | "web3_ethereum"
            )
        })
        .map(str::to_owned)
        .collect();
    on.sort();
    on
}

/// Three calls side by side.
#[server(prefix = "/api", endpoint = "hostname", input = Json, output = Json)]
pub async fn hostname_of(project: String) -> Result<OwnHostname, ConsoleError> {
    let of = || project.clone();
    let (config, addons, auth) = futures::join!(
        call(GetHostnameConfig { project: of() }),
        call(ListAddons { project: of() }),
        call(GetAuthConfig { project: of() }),
    );
    Ok(OwnHostname {
        custom: custom(config)?,
        addon: addons.map(HostnameAddon::of),
        providers: auth.map(|auth| providers(&auth)),
    })
}

/// The vanity subdomain, and whether another can be had.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Vanity {
    pub now: VanitySubdomain,
    /// What was asked about: the name, and the answer.
    pub asked: Option<(String, Part<SubdomainAvailability>)>,
}

/// One call, and another beside it where a name is asked about.
#[server(prefix = "/api", endpoint = "vanity", input = Json, output = Json)]
pub async fn vanity_of(project: String, wanted: Option<String>) -> Result<Vanity, ConsoleError> {
    let now = call(GetVanitySubdomain {
        project: project.clone(),
    });
    let check = async {
        let name = wanted?;
        let check = CheckVanitySubdomain {
            project,
            vanity_subdomain: name.clone(),
        };
        Some((name, call(check).await))
    };
    let (now, asked) = futures::join!(now, check);
    Ok(Vanity { now: now?, asked })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn read(answer: Value) -> Custom {
        custom(Ok(serde_json::from_value(answer).unwrap())).unwrap()
    }

    #[test]
    fn whatever_is_told_of_a_hostname_is_read() {
        for none in [
            json!({}),
            json!({ "status": "1_not_started" }),
            json!({ "data": null, "custom_hostname": null }),
        ] {
            assert_eq!(read(none), Custom::None);
        }
        let bare =
            json!({ "status": "2_initiated", "data": { "result": { "id": "a", "hostname": "api.example.com" } } });
        let Custom::Set(config) = read(bare) else {
            panic!("it is there")
        };
        assert_eq!(name_of(&config), "api.example.com");
        // As recorded.
        let active = json!({ "custom_hostname": "www.example.com", "status": "5_services_reconfigured", "data": {
            "errors": [], "messages": [], "success": true, "result": {
                "custom_origin_server": "abc.supabase.red", "hostname": "www.example.com", "id": "0", "status": "active",
                "ownership_verification": { "name": "", "type": "", "value": "" },
                "ssl": { "status": "active", "validation_records": [] },
        } } });
        let Custom::Set(config) = read(active) else {
            panic!("it is there")
        };
        assert_eq!(config.data.result.ssl.status, "active");
    }

    #[test]
    fn a_refusal_that_says_there_is_none_is_no_error() {
        let refused = |message: &str| {
            custom(Err(ConsoleError::Refused {
                status: 400,
                message: message.to_owned(),
            }))
        };
        assert_eq!(
            refused("The project has no custom hostname configuration."),
            Ok(Custom::None)
        );
        assert_eq!(
            refused("Not allowed? It is not allowed to set up custom domain."),
            Ok(Custom::NoAddon)
        );
        assert!(refused("Something else").is_err());
        assert_eq!(custom(Err(ConsoleError::Busy)), Err(ConsoleError::Busy));
    }

    #[test]
    fn only_providers_that_are_on_and_call_back_are_named() {
        let config = json!({ "external_google_enabled": true, "external_github_enabled": false,
            "external_email_enabled": true, "external_apple_enabled": true, "external_apple_client_id": "a" });
        assert_eq!(providers(&config), ["apple", "google"]);
    }
}
