//! Who vouches for people: identity providers of companies, and issuers of tokens that the project takes as its own.

use leptos::{prelude::*, server_fn::codec::Json};
use management_api::auth::{
    GetSsoProvider, GetThirdPartyAuth, ListSsoProviders, ListThirdPartyAuth, SsoProvider, ThirdPartyAuth,
};

use crate::{call::call, error::ConsoleError};

/// The identity providers; `None` where sign-in by SAML is off, of which the service says that there is nothing. One call.
#[server(prefix = "/api", endpoint = "sso-providers", input = Json, output = Json)]
pub async fn sso_providers_of(project: String) -> Result<Option<Vec<SsoProvider>>, ConsoleError> {
    match call(ListSsoProviders { project }).await {
        Ok(providers) => Ok(Some(providers.items)),
        Err(ConsoleError::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

/// One of them. One call.
#[server(prefix = "/api", endpoint = "sso-provider", input = Json, output = Json)]
pub async fn sso_provider_of(project: String, id: String) -> Result<SsoProvider, ConsoleError> {
    let provider_id = id;
    call(GetSsoProvider { project, provider_id }).await
}

/// The issuers. One call.
#[server(prefix = "/api", endpoint = "third-party-issuers", input = Json, output = Json)]
pub async fn issuers_of(project: String) -> Result<Vec<ThirdPartyAuth>, ConsoleError> {
    call(ListThirdPartyAuth { project }).await
}

/// One of them. One call.
#[server(prefix = "/api", endpoint = "third-party-issuer", input = Json, output = Json)]
pub async fn issuer_of(project: String, id: String) -> Result<ThirdPartyAuth, ConsoleError> {
    call(GetThirdPartyAuth { project, tpa_id: id }).await
}
