//! OauthClient: the OAuth app's own calls (authorize, exchange, refresh, revoke).

use std::{
    collections::BTreeSet,
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use futures::{FutureExt, future::BoxFuture};
use management_api::OperationId;
use oauth2::{
    AuthUrl, AuthorizationCode, ClientId, ClientSecret, CsrfToken, EndpointNotSet, EndpointSet, ExtraTokenFields,
    HttpRequest, HttpResponse, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, RefreshToken, RequestTokenError,
    StandardRevocableToken, StandardTokenResponse, TokenResponse, TokenUrl,
    basic::{
        BasicErrorResponse, BasicErrorResponseType, BasicRevocationErrorResponse, BasicTokenIntrospectionResponse,
        BasicTokenType,
    },
};
use reqwest::StatusCode;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use url::Url;

use crate::{
    config::OauthApp,
    error::Error,
    store::{accounts::TokenSet, now},
};

/// How long the OAuth endpoints may take to answer.
pub const PATIENCE: Duration = Duration::from_secs(10);

/// What the token endpoint tells.
type Told = StandardTokenResponse<Extent, BasicTokenType>;

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

/// What Supabase tells of a grant beside RFC 6749.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Extent {
    /// The projects that it is limited to, by ref; empty: it is for all of them. `None`: not told.
    #[serde(default)]
    project_refs: Option<Vec<String>>,
}

impl ExtraTokenFields for Extent {}

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

/// Whether people would come back from Supabase's consent page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Redirect {
    Accepted,
    /// The status of the answer.
    Refused(StatusCode),
    /// There was no answer, or none that tells; why.
    Untold(String),
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
                Some(Ok(answer)) => self.noted(refusal(RequestTokenError::ServerResponse(answer))),
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

/// Tokens as RFC 6749 promises them. A success that cannot be read loses the grant, since the tokens before are dead by
/// then: so a lifetime may be a text, a fraction or missing, and so may the kind of token.
fn as_promised(body: Vec<u8>) -> Vec<u8> {
    let Ok(Value::Object(mut told)) = serde_json::from_slice(&body) else {
        return body;
    };
    let seconds = match told.remove("expires_in") {
        Some(Value::Number(number)) => number.as_f64(),
        Some(Value::String(text)) => text.trim().parse().ok(),
        Some(_) | None => None,
    };
    // ok: a year and more says no more than a year.
    if let Some(seconds) = seconds.filter(|seconds: &f64| seconds.is_finite() && *seconds >= 0.0) {
        told.insert("expires_in".to_owned(), json!(seconds.min(31_536_000.0) as u64));
    }
    // `null` is all projects; what is missing, or cannot be read, tells nothing.
    told.entry("project_refs")
        .and_modify(|refs| *refs = if refs.is_null() { json!([]) } else { refs.take() });
    let refs = |refs: &Value| refs.as_array().is_some_and(|refs| refs.iter().all(Value::is_string));
    if !told.get("project_refs").is_some_and(refs) {
        told.remove("project_refs");
    }
    for optional in ["refresh_token", "scope"] {
        if told.get(optional).is_some_and(|value| !value.is_string()) {
            told.remove(optional);
        }
    }
    if !told.get("token_type").is_some_and(Value::is_string) {
        told.insert("token_type".to_owned(), json!("Bearer"));
    }
    Value::Object(told).to_string().into_bytes()
}

/// A refusal in the words of RFC 6749; `None`: the answer says nothing of the grant, and it is worth trying again.
///
/// Supabase's own error bodies are `{"message": …}`, so the status decides: 400, 401 and 404 mean a dead grant, but only as
/// JSON, since the page of a firewall in between means nothing. A message about the client is about the app: without an app
/// all grants would look dead, and everybody would be told to sign in again in vain.
fn in_oauth_words(status: StatusCode, body: Vec<u8>) -> Option<Vec<u8>> {
    let grant = matches!(
        status,
        StatusCode::BAD_REQUEST | StatusCode::UNAUTHORIZED | StatusCode::NOT_FOUND
    );
    if !grant {
        return None;
    }
    if serde_json::from_slice::<BasicErrorResponse>(&body).is_ok() {
        return Some(body);
    }
    let answer: Value = serde_json::from_slice(&body).ok()?;
    let message = answer.get("message").map(Value::to_string).unwrap_or_default();
    let message = message.to_lowercase();
    let of_the_app = [
        "client_id",
        "client_secret",
        "client id",
        "client secret",
        "invalid client",
        "redirect_uri",
    ]
    .iter()
    .any(|words| message.contains(words));
    let error = if of_the_app { "invalid_client" } else { "invalid_grant" };
    Some(json!({ "error": error }).to_string().into_bytes())
}

fn token_set(answer: &Told, before: Option<&SecretString>) -> TokenSet {
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
        scopes: answer.scopes().and_then(|told| scopes(told)),
        projects: answer.extra_fields().project_refs.as_ref().map(|refs| refs.join(" ")),
    }
}

/// What the grant covers, of the scopes that operations need. `None` where none of the words is one of those: then the
/// answer speaks of something else.
fn scopes(told: &[oauth2::Scope]) -> Option<String> {
    let needed = OperationId::ALL.iter().filter_map(|id| id.row().scope);
    let needed: BTreeSet<&str> = needed
        .filter(|scope| told.iter().any(|word| word.as_str() == *scope))
        .collect();
    (!needed.is_empty()).then(|| needed.into_iter().collect::<Vec<_>>().join(" "))
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

    fn meaning(status: u16, body: &str) -> Option<Refusal> {
        let body = in_oauth_words(StatusCode::from_u16(status).unwrap(), body.as_bytes().to_vec())?;
        let answer = serde_json::from_slice(&body).unwrap();
        Some(refusal(RequestTokenError::ServerResponse(answer)))
    }

    #[test]
    fn tokens_are_read_however_their_lifetime_is_written() {
        let lifetime = |told: Value| {
            let body = as_promised(told.to_string().into_bytes());
            let answer: Told = serde_json::from_slice(&body).unwrap();
            assert_eq!(answer.access_token().secret(), "a");
            answer.expires_in().map(|lifetime| lifetime.as_secs())
        };
        let with = |expires_in: Value| json!({ "access_token": "a", "token_type": "Bearer", "expires_in": expires_in });
        for (told, expected) in [
            (with(json!(3600)), Some(3600)),
            (with(json!("3600")), Some(3600)),
            (with(json!(3599.9)), Some(3599)),
            (with(json!(1e300)), Some(31_536_000)),
            (with(json!(-5)), None),
            (with(json!("soon")), None),
            (with(Value::Null), None),
            (
                json!({ "access_token": "a", "refresh_token": null, "scope": null, "project_refs": null, "new": [] }),
                None,
            ),
        ] {
            assert_eq!(lifetime(told.clone()), expected, "{told}");
        }
    }

    #[test]
    fn refusals_are_understood_in_oauths_words_and_in_supabases() {
        for (status, body) in [
            (400, r#"{"error":"invalid_grant"}"#),
            (401, r#"{"error":"invalid_grant","error_description":"x"}"#),
            (400, r#"{"message":"Invalid refresh token"}"#),
            (401, r#"{"message":"Unauthorized"}"#),
            (404, r#"{"message":"Not Found"}"#),
            (404, r#"{"message":["refresh_token: unknown"]}"#),
            (400, "[]"),
            (404, "\"Not Found\""),
        ] {
            assert!(matches!(meaning(status, body), Some(Refusal::Grant)), "{status} {body}");
        }
        for (status, body) in [
            (400, r#"{"error":"invalid_client"}"#),
            (401, r#"{"error":"invalid_client"}"#),
            (400, r#"{"message":"Unrecognized client_id"}"#),
            (401, r#"{"message":"Unrecognized client_id"}"#),
            (404, r#"{"message":["client_id: Invalid uuid"]}"#),
        ] {
            assert!(
                matches!(meaning(status, body), Some(Refusal::App(_))),
                "{status} {body}"
            );
        }
    }

    #[test]
    fn what_is_not_supabases_answer_says_nothing_of_the_grant() {
        for (status, body) in [
            (400, ""),
            (401, "<html><title>Attention Required!</title></html>"),
            (404, "<html></html>"),
            (403, r#"{"message":"Forbidden"}"#),
            (403, "<html>blocked</html>"),
            (408, r#"{"message":"Timeout"}"#),
            (429, r#"{"message":"ThrottlerException: Too Many Requests"}"#),
            (500, r#"{"message":"Internal"}"#),
            (503, r#"{"error":"invalid_grant"}"#),
        ] {
            assert!(meaning(status, body).is_none(), "{status} {body}");
        }
    }

    #[test]
    fn a_grant_is_for_all_projects_unless_the_answer_names_some() {
        let projects = |told: Option<Value>| {
            let mut body = json!({ "access_token": "a", "token_type": "Bearer" });
            if let Some(told) = told {
                body["project_refs"] = told;
            }
            let answer: Told = serde_json::from_slice(&as_promised(body.to_string().into_bytes())).unwrap();
            token_set(&answer, None).projects
        };
        for (told, expected) in [
            (None, None),
            (Some(Value::Null), Some("")),
            (Some(json!([])), Some("")),
            (Some(json!(["a", "b"])), Some("a b")),
            (Some(json!("a")), None),
            (Some(json!([1])), None),
        ] {
            assert_eq!(projects(told.clone()).as_deref(), expected, "{told:?}");
        }
    }

    #[test]
    fn a_grant_covers_the_scopes_that_the_answer_names_if_it_names_any() {
        let told = |words: &[&str]| -> Vec<oauth2::Scope> {
            let scope = |word: &&str| oauth2::Scope::new((*word).to_owned());
            words.iter().map(scope).collect()
        };
        let words = told(&["projects:read", "database:write", "all", "projects:read"]);
        assert_eq!(scopes(&words).as_deref(), Some("database:write projects:read"));
        assert_eq!(scopes(&told(&["all"])), None);
        assert_eq!(scopes(&told(&[""])), None);
    }
}
