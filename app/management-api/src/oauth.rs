//! Signing in with OAuth 2. The browser and Steward's own sign-in make these calls; no page and no form does.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Nothing, Operation, OperationId, Secret};

/// Asks a person in the browser whether the app may act for them; the browser then returns to the app with a code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Authorize {
    /// The app's id, a UUID.
    pub client_id: String,
    /// What the browser returns with; Steward asks for a `code`.
    #[schemars(extend("enum" = ["code", "token", "id_token token"]))]
    pub response_type: String,
    /// Where the browser returns to; it must be registered for the app.
    pub redirect_uri: String,
    /// No longer heeded: scopes are fixed on the app.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
    /// Comes back unchanged. With `redirect_uri` at most 4 kB.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub response_mode: Option<String>,
    /// PKCE: the digest of a verifier that only the app knows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code_challenge: Option<String>,
    /// How `code_challenge` was made; Steward uses `S256`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = ["plain", "sha256", "S256"]))]
    pub code_challenge_method: Option<String>,
    /// The organization that is asked for: the person can choose no other.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization_slug: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resource: Option<String>,
    /// What the person is to be led through.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target_flow: Option<String>,
}

impl Operation for Authorize {
    const ID: OperationId = OperationId::Authorize;
    type Output = Nothing;
}

/// Asks a person in the browser to sign in and to take a project over, in one step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AuthorizeProjectClaim {
    /// The project to be claimed.
    #[schemars(length(min = 20, max = 20))]
    pub project_ref: String,
    /// The app's id, a UUID.
    pub client_id: String,
    /// What the browser returns with.
    #[schemars(extend("enum" = ["code", "token", "id_token token"]))]
    pub response_type: String,
    /// Where the browser returns to; it must be registered for the app.
    pub redirect_uri: String,
    /// Comes back unchanged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub response_mode: Option<String>,
    /// PKCE: the digest of a verifier that only the app knows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code_challenge: Option<String>,
    /// How `code_challenge` was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = ["plain", "sha256", "S256"]))]
    pub code_challenge_method: Option<String>,
}

impl Operation for AuthorizeProjectClaim {
    const ID: OperationId = OperationId::AuthorizeProjectClaim;
    type Output = Nothing;
}

/// Ends a sign-in: its refresh token and its access tokens stop working.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RevokeToken {
    /// The app's id, a UUID.
    pub client_id: String,
    pub client_secret: Secret,
    pub refresh_token: Secret,
}

impl Operation for RevokeToken {
    const ID: OperationId = OperationId::RevokeToken;
    type Output = Nothing;
}

/// Exchanges a code, or a refresh token, for an access token and the next refresh token.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ExchangeToken {
    /// What is exchanged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = ["authorization_code", "refresh_token", "urn:ietf:params:oauth:grant-type:jwt-bearer"]))]
    pub grant_type: Option<String>,
    /// The app's id; missing where it is in the `Authorization` header.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_secret: Option<Secret>,
    /// From the browser's return.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<Secret>,
    /// PKCE: what `code_challenge` was made of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code_verifier: Option<Secret>,
    /// The same as when the code was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub redirect_uri: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refresh_token: Option<Secret>,
    /// What an identity provider vouches for; it gives no refresh token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assertion: Option<Secret>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resource: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
}

impl Operation for ExchangeToken {
    const ID: OperationId = OperationId::ExchangeToken;
    type Output = Tokens;
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tokens {
    pub access_token: Secret,
    /// Works once: every answer carries the next. What an identity provider vouched for has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refresh_token: Option<Secret>,
    /// Seconds.
    pub expires_in: i64,
    #[serde(default)]
    pub token_type: String,
}
