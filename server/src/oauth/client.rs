//! OauthClient: the OAuth app's own calls (authorize, exchange, refresh, revoke).

use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use futures::{FutureExt, future::BoxFuture};
use management_api::OperationId;
use oauth2::{
    AuthUrl, AuthorizationCode, ClientId, ClientSecret, CsrfToken, EndpointNotSet, EndpointSet, HttpRequest,
    HttpResponse, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, RefreshToken, RequestTokenError,
    StandardRevocableToken, TokenUrl,
    basic::{BasicErrorResponse, BasicRevocationErrorResponse, BasicTokenIntrospectionResponse},
};
use reqwest::StatusCode;
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;
use url::Url;

use super::answer::{Refusal, Told, as_promised, in_oauth_words, refusal, token_set};
use crate::{config::OauthApp, error::Error, store::tokens::TokenSet};

/// How long the OAuth endpoints may take to answer.
pub const PATIENCE: Duration = Duration::from_secs(10);

type App = oauth2::Client<
    BasicErrorResponse,
    Told,
    BasicTokenIntrospectionResponse,
    StandardRevocableToken,
    BasicRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointSet,
>;

/// The OAuth app, ready to be used.
pub struct OauthClient {
    app: App,
    credentials: OauthApp,
    revoke_url: Url,
    http: reqwest::Client,
    /// Whether Supabase refused the app itself, the last time that it said anything of it.
    refused: AtomicBool,
}

/// What somebody is asked on Supabase's consent page, beside whether Steward may act for them.
#[derive(Clone, Copy, Debug)]
pub enum Asks<'a> {
    /// Which organization it is for.
    Anything,
    /// Nothing more: it is for the organization of this slug.
    Organization(&'a str),
    /// Which organization takes over the project of this ref, which has a claim token.
    Claim(&'a str),
}

/// Whether people would come back from Supabase's consent page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Redirect {
    Accepted,
    /// The status of the answer.
    Refused(StatusCode),
    /// There was no answer, or none that tells; why.
    Untold(String),
}

/// Why there is no answer to be read.
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
        let app = oauth2::Client::new(ClientId::new(credentials.client_id.clone()))
            .set_client_secret(ClientSecret::new(credentials.client_secret.expose_secret().to_owned()))
            .set_auth_uri(AuthUrl::from_url(address("/v1/oauth/authorize")?))
            .set_token_uri(TokenUrl::from_url(address("/v1/oauth/token")?))
            .set_redirect_uri(RedirectUrl::from_url(redirect_url));
        Ok(Self {
            app,
            credentials,
            revoke_url: address("/v1/oauth/revoke")?,
            http,
            refused: AtomicBool::new(false),
        })
    }

    /// Whether Supabase does not accept the app's id, secret or redirect address, as far as it told.
    pub fn is_refused(&self) -> bool {
        self.refused.load(Ordering::Relaxed)
    }

    /// Keeps in mind what a refusal tells of the app itself. One without an answer tells nothing.
    fn noted(&self, refusal: Refusal) -> Refusal {
        match refusal {
            Refusal::App(_) => self.refused.store(true, Ordering::Relaxed),
            Refusal::Grant => self.refused.store(false, Ordering::Relaxed),
            Refusal::Unavailable(_) => {}
        }
        refusal
    }

    /// Where the browser is sent, with the state and the verifier to be kept until it comes back.
    pub fn authorize(&self, asks: Asks<'_>) -> (Url, CsrfToken, PkceCodeVerifier) {
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let mut request = self
            .app
            .authorize_url(CsrfToken::new_random)
            .set_pkce_challenge(challenge);
        let endpoint = match asks {
            Asks::Anything => OperationId::Authorize,
            Asks::Organization(slug) => {
                request = request.add_extra_param("organization_slug", slug);
                OperationId::Authorize
            }
            Asks::Claim(project) => {
                request = request.add_extra_param("project_ref", project);
                OperationId::AuthorizeProjectClaim
            }
        };
        let (mut url, state) = request.url();
        url.set_path(endpoint.row().path);
        (url, state, verifier)
    }

    pub async fn exchange(&self, code: String, verifier: String) -> Result<TokenSet, Refusal> {
        self.app
            .exchange_code(AuthorizationCode::new(code))
            .set_pkce_verifier(PkceCodeVerifier::new(verifier))
            .request_async(&self.sender())
            .await
            .map(|answer| token_set(&answer, None))
            .map_err(|error| self.noted(refusal(error)))
            .inspect(|_| self.refused.store(false, Ordering::Relaxed))
    }

    pub async fn refresh(&self, refresh_token: &SecretString) -> Result<TokenSet, Refusal> {
        self.app
            .exchange_refresh_token(&RefreshToken::new(refresh_token.expose_secret().to_owned()))
            .request_async(&self.sender())
            .await
            .map(|answer| token_set(&answer, Some(refresh_token)))
            .map_err(|error| self.noted(refusal(error)))
            .inspect(|_| self.refused.store(false, Ordering::Relaxed))
    }

    /// Asks for a grant that nobody has: whether the app's id and secret are accepted shows in why it is refused.
    pub async fn is_known(&self) -> Result<(), Refusal> {
        match self
            .refresh(&"steward-doctor-asks-whether-the-app-is-known".into())
            .await
        {
            Ok(_) | Err(Refusal::Grant) => Ok(()),
            Err(error @ (Refusal::App(_) | Refusal::Unavailable(_))) => Err(error),
        }
    }

    /// Begins a sign-in that nobody goes on with.
    pub async fn may_come_back(&self) -> Redirect {
        let (url, ..) = self.authorize(Asks::Anything);
        match self.http.get(url).timeout(PATIENCE).send().await {
            Ok(answer) if answer.status().is_client_error() => Redirect::Refused(answer.status()),
            Ok(answer) if answer.status().is_server_error() => {
                Redirect::Untold(format!("Supabase answers with {}", answer.status()))
            }
            Ok(_) => Redirect::Accepted,
            Err(error) => Redirect::Untold(Transport::from(error).to_string()),
        }
    }

    /// Where people come back to.
    pub fn redirect_address(&self) -> &str {
        self.app.redirect_uri().map_or("", |address| address.as_str())
    }

    /// Ends the grant. The endpoint wants JSON, unlike RFC 7009. [`Refusal::Grant`]: it had ended already.
    pub async fn revoke(&self, refresh_token: &SecretString) -> Result<(), Refusal> {
        let body = json!({
            "client_id": self.credentials.client_id,
            "client_secret": self.credentials.client_secret.expose_secret(),
            "refresh_token": refresh_token.expose_secret(),
        });
        let unavailable = |error: reqwest::Error| Refusal::Unavailable(Transport::from(error).to_string());
        let answer = self
            .http
            .post(self.revoke_url.clone())
            .timeout(PATIENCE)
            .json(&body)
            .send()
            .await
            .map_err(unavailable)?;
        let status = answer.status();
        if status.is_success() {
            return Ok(());
        }
        let body = answer.bytes().await.map_err(unavailable)?;
        Err(
            match in_oauth_words(status, body.to_vec()).map(|body| serde_json::from_slice(&body)) {
                Some(Ok(answer)) => self.noted(refusal::<Transport>(RequestTokenError::ServerResponse(answer))),
                Some(Err(_)) | None => Refusal::Unavailable(Transport::Status(status).to_string()),
            },
        )
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
    let body = answer.bytes().await?.to_vec();
    // Success is 201 here; the crate knows 200 only.
    let (status, body) = if status.is_success() {
        (StatusCode::OK, as_promised(body))
    } else {
        (status, in_oauth_words(status, body).ok_or(Transport::Status(status))?)
    };
    let mut response = http::Response::builder().status(status).body(body)?;
    if let Some(content_type) = headers.get(http::header::CONTENT_TYPE) {
        response
            .headers_mut()
            .insert(http::header::CONTENT_TYPE, content_type.clone());
    }
    Ok(response)
}
