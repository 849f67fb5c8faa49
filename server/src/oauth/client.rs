//! OauthClient: the OAuth app's own calls (authorize, exchange, refresh, revoke).

use std::time::Duration;

use futures::{FutureExt, future::BoxFuture};
use oauth2::{
    AuthUrl, AuthorizationCode, ClientId, ClientSecret, CsrfToken, EndpointNotSet, EndpointSet, HttpRequest,
    HttpResponse, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, RefreshToken, RequestTokenError, TokenResponse,
    TokenUrl,
    basic::{BasicClient, BasicErrorResponse, BasicErrorResponseType, BasicTokenResponse},
};
use reqwest::StatusCode;
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;
use url::Url;

use crate::{
    config::OauthApp,
    error::Error,
    store::{accounts::TokenSet, now},
};

/// How long the OAuth endpoints may take to answer.
pub const PATIENCE: Duration = Duration::from_secs(10);

type App = BasicClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointSet>;

/// The OAuth app, ready to be used.
pub struct OauthClient {
    app: App,
    credentials: OauthApp,
    revoke_url: Url,
    http: reqwest::Client,
}

/// Why the token endpoint gave no tokens. Never holds anything of its answer but the error's name.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Refusal {
    /// The code or the refresh token is used, too old or revoked.
    #[error("the grant is not accepted")]
    Grant,
    /// The app's id, secret or redirect URI is wrong.
    #[error("the OAuth app is not accepted ({0})")]
    App(String),
    /// No answer, or none that can be used.
    #[error("the token endpoint gave no usable answer ({0})")]
    Unavailable(String),
}

#[derive(Debug, thiserror::Error)]
enum Transport {
    #[error("{0}")]
    Http(reqwest::Error),
    #[error("status {0}")]
    Status(StatusCode),
    #[error("{0}")]
    Answer(#[from] http::Error),
}

impl From<reqwest::Error> for Transport {
    fn from(error: reqwest::Error) -> Self {
        Self::Http(error.without_url())
    }
}

impl OauthClient {
    /// `redirect_url` must be registered for the app, letter by letter.
    pub fn new(api: &Url, credentials: OauthApp, redirect_url: Url, http: reqwest::Client) -> Result<Self, Error> {
        let address = |path: &str| {
            api.join(path)
                .map_err(|error| Error::Configuration(format!("{api}{path}: {error}")))
        };
        let app = BasicClient::new(ClientId::new(credentials.client_id.clone()))
            .set_client_secret(ClientSecret::new(credentials.client_secret.expose_secret().to_owned()))
            .set_auth_uri(AuthUrl::from_url(address("/v1/oauth/authorize")?))
            .set_token_uri(TokenUrl::from_url(address("/v1/oauth/token")?))
            .set_redirect_uri(RedirectUrl::from_url(redirect_url));
        Ok(Self {
            app,
            credentials,
            revoke_url: address("/v1/oauth/revoke")?,
            http,
        })
    }

    /// Where the browser is sent, with the state and the verifier to be kept until it comes back.
    pub fn authorize(&self) -> (Url, CsrfToken, PkceCodeVerifier) {
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let (url, state) = self
            .app
            .authorize_url(CsrfToken::new_random)
            .set_pkce_challenge(challenge)
            .url();
        (url, state, verifier)
    }

    pub async fn exchange(&self, code: String, verifier: String) -> Result<TokenSet, Refusal> {
        self.app
            .exchange_code(AuthorizationCode::new(code))
            .set_pkce_verifier(PkceCodeVerifier::new(verifier))
            .request_async(&self.sender())
            .await
            .map(|answer| token_set(&answer, None))
            .map_err(refusal)
    }

    pub async fn refresh(&self, refresh_token: &SecretString) -> Result<TokenSet, Refusal> {
        self.app
            .exchange_refresh_token(&RefreshToken::new(refresh_token.expose_secret().to_owned()))
            .request_async(&self.sender())
            .await
            .map(|answer| token_set(&answer, Some(refresh_token)))
            .map_err(refusal)
    }

    /// Ends the grant. The endpoint wants JSON, unlike RFC 7009.
    pub async fn revoke(&self, refresh_token: &SecretString) -> Result<(), Refusal> {
        let body = json!({
            "client_id": self.credentials.client_id,
            "client_secret": self.credentials.client_secret.expose_secret(),
            "refresh_token": refresh_token.expose_secret(),
        });
        let unavailable = |error: Transport| Refusal::Unavailable(error.to_string());
        let answer = self
            .http
            .post(self.revoke_url.clone())
            .timeout(PATIENCE)
            .json(&body)
            .send()
            .await;
        let status = answer.map_err(|error| unavailable(error.into()))?.status();
        if status.is_success() {
            Ok(())
        } else {
            Err(unavailable(Transport::Status(status)))
        }
    }

    fn sender(&self) -> impl Fn(HttpRequest) -> BoxFuture<'static, Result<HttpResponse, Transport>> + use<> {
        let http = self.http.clone();
        move |request| send(http.clone(), request).boxed()
    }
}

/// Sends a request of the `oauth2` crate, and turns what is Supabase's own way into that of RFC 6749.
async fn send(http: reqwest::Client, request: HttpRequest) -> Result<HttpResponse, Transport> {
    let (parts, body) = request.into_parts();
    let request = http
        .request(parts.method, parts.uri.to_string())
        .headers(parts.headers)
        .body(body);
    let answer = request.timeout(PATIENCE).send().await?;
    let (status, headers) = (answer.status(), answer.headers().clone());
    if status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS || status == StatusCode::REQUEST_TIMEOUT {
        return Err(Transport::Status(status));
    }
    let body = answer.bytes().await?.to_vec();
    // Success is 201 here; the crate knows 200 only.
    let (status, body) = if status.is_success() {
        (StatusCode::OK, body)
    } else {
        (status, in_oauth_words(status, body))
    };
    let mut response = http::Response::builder().status(status).body(body)?;
    if let Some(content_type) = headers.get(http::header::CONTENT_TYPE) {
        response
            .headers_mut()
            .insert(http::header::CONTENT_TYPE, content_type.clone());
    }
    Ok(response)
}

/// Error bodies of the token endpoint are not documented. One that isn't RFC 6749's tells by its status: 401 means that
/// the app was not accepted, everything else that the grant was not. Taking a living grant for dead costs a sign-in;
/// the other way round, nobody would be told to sign in again.
fn in_oauth_words(status: StatusCode, body: Vec<u8>) -> Vec<u8> {
    if serde_json::from_slice::<BasicErrorResponse>(&body).is_ok() {
        return body;
    }
    let error = if status == StatusCode::UNAUTHORIZED {
        "invalid_client"
    } else {
        "invalid_grant"
    };
    json!({ "error": error }).to_string().into_bytes()
}

fn token_set(answer: &BasicTokenResponse, before: Option<&SecretString>) -> TokenSet {
    TokenSet {
        access: answer.access_token().secret().clone().into(),
        refresh: answer
            .refresh_token()
            .map(|token| token.secret().clone().into())
            .or_else(|| before.cloned()),
        access_expires_at: answer
            .expires_in()
            .and_then(|lifetime| i64::try_from(lifetime.as_secs()).ok())
            .map(|seconds| now().saturating_add(seconds)),
    }
}

fn refusal(error: RequestTokenError<Transport, BasicErrorResponse>) -> Refusal {
    match error {
        RequestTokenError::ServerResponse(answer) => match answer.error() {
            BasicErrorResponseType::InvalidGrant => Refusal::Grant,
            other => Refusal::App(other.to_string()),
        },
        RequestTokenError::Request(error) => Refusal::Unavailable(error.to_string()),
        // Both may quote the answer, which holds tokens.
        RequestTokenError::Parse(..) | RequestTokenError::Other(_) => Refusal::Unavailable("unreadable".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meaning(status: u16, body: &str) -> Refusal {
        let status = StatusCode::from_u16(status).unwrap();
        let body = in_oauth_words(status, body.as_bytes().to_vec());
        refusal(RequestTokenError::ServerResponse(
            serde_json::from_slice(&body).unwrap(),
        ))
    }

    #[test]
    fn refusals_are_understood_in_oauths_words_and_in_supabases() {
        assert!(matches!(meaning(400, r#"{"error":"invalid_grant"}"#), Refusal::Grant));
        assert!(matches!(
            meaning(401, r#"{"error":"invalid_grant","error_description":"x"}"#),
            Refusal::Grant
        ));
        assert!(matches!(
            meaning(400, r#"{"message":"Invalid refresh token"}"#),
            Refusal::Grant
        ));
        assert!(matches!(meaning(404, ""), Refusal::Grant));
        assert!(matches!(meaning(400, r#"{"error":"invalid_client"}"#), Refusal::App(_)));
        assert!(matches!(meaning(401, r#"{"message":"Unauthorized"}"#), Refusal::App(_)));
    }
}
