//! Visit: who a request comes from, settled before the first byte of the answer.

use std::sync::Arc;

use app::{
    backend::{Notice, SignInMethod, Theme, Viewer},
    error::ConsoleError,
    explorer::Run,
    outcome::FormOutcome,
    paths,
};
use axum::{
    Json,
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use http::{HeaderMap, Method, StatusCode, Uri, header::REFERER};
use tower_sessions::Session;
use url::{Position, Url};

use crate::{
    admission::{self, Verdict},
    oauth::identity,
    own_path::own_path,
    plain::{Sorry, takes_html, wants_json},
    session,
    stack::{AccountKey, Caller, Identity, Through},
    state::{self, Shared},
    store::accounts::{Known, Person, Standing},
};

/// Where server functions are.
const API: &str = "/api/";

/// What was settled; an extension of the request.
#[derive(Clone, Default)]
pub struct Visit {
    pub signed_in: Option<SignedIn>,
    pub notice: Option<Notice>,
    /// What came of the explorer's form, if this request has sent it.
    pub run: Option<Arc<Run>>,
    pub theme: Theme,
}

#[derive(Clone)]
pub struct SignedIn {
    pub account: AccountKey,
    pub person: Person,
}

impl SignedIn {
    pub fn caller(&self, through: Through) -> Caller {
        let Person {
            id,
            email,
            username,
            label,
            method,
            known: _,
        } = &self.person;
        Caller {
            account: self.account.clone(),
            person: id.clone(),
            identified: self.person.is_identified(),
            label: email
                .clone()
                .or_else(|| username.clone())
                .or_else(|| label.clone())
                .unwrap_or_else(|| "someone".to_owned()),
            identity: match method {
                SignInMethod::Oauth => Identity::App,
                SignInMethod::PersonalAccessToken => Identity::Person(id.clone()),
            },
            through,
        }
    }

    pub fn viewer(&self) -> Viewer {
        let Person {
            email,
            username,
            label,
            method,
            ..
        } = self.person.clone();
        Viewer {
            email,
            username: username.or(label),
            signed_in_with: method,
        }
    }
}

/// Lets nobody past who is not signed in, but to the sign-in page.
pub async fn settle(
    State(shared): State<Shared>,
    session: Session,
    mut request: Request,
    next: Next,
) -> Result<Response, Sorry> {
    let on_sign_in_page = request.uri().path() == paths::SIGN_IN;
    let mut visit = Visit {
        theme: session::theme(request.headers()),
        ..Visit::default()
    };
    match signed_in(&shared, &session).await? {
        // Whoever opens the sign-in page is not kept from reading what it says.
        Signed::In(signed_in) if on_sign_in_page => visit.signed_in = Some(signed_in),
        Signed::In(mut signed_in) => {
            match admission::still(&shared, &signed_in).await? {
                Verdict::Admitted => {}
                Verdict::Refused => {
                    session.flush().await?;
                    shared.keeper.end(signed_in.account);
                    return Ok(turn_away(&request, Away::NotAllowed));
                }
                Verdict::Unknown => return Ok(turn_away(&request, Away::Unknown)),
            }
            if session::prolong(&session).await? {
                shared.store.keep_account(&signed_in.account).await?;
            }
            // Whatever changes anything is sent as a form, and must be put down to somebody.
            let changes = request.method() == Method::POST && !request.uri().path().starts_with(API);
            if changes && signed_in.person.known == Known::NotYet {
                identity::settle(&shared, &mut signed_in).await?;
            }
            if let Some(id) = parameter(request.uri(), "notice") {
                visit.notice = shared.store.notice(&signed_in.account, &id).await?;
            }
            visit.signed_in = Some(signed_in);
        }
        Signed::Out | Signed::Dead if on_sign_in_page => {}
        Signed::Out => return Ok(turn_away(&request, Away::SignedOut)),
        Signed::Dead => return Ok(turn_away(&request, Away::Dead)),
    }
    request.extensions_mut().insert(visit);
    Ok(next.run(request).await)
}

enum Signed {
    In(SignedIn),
    Out,
    /// Signed in, but Supabase no longer accepts the grant.
    Dead,
}

async fn signed_in(shared: &state::State, session: &Session) -> Result<Signed, Sorry> {
    let Some(account) = session::account(session).await? else {
        return Ok(Signed::Out);
    };
    let Some(Standing {
        person, dead, used_at, ..
    }) = shared.store.account(&account).await?
    else {
        return Ok(Signed::Out);
    };
    if dead {
        return Ok(Signed::Dead);
    }
    if let Err(error) = shared.store.note_use(&account, &person.id, used_at).await {
        tracing::warn!(%error, "that a sign-in is in use could not be noted");
    }
    Ok(Signed::In(SignedIn { account, person }))
}

/// Server functions get the error, people the sign-in page, and programs that read neither a line that says where it is.
fn turn_away(request: &Request, why: Away) -> Response {
    let headers = request.headers();
    if request.method() == Method::POST && !request.uri().path().starts_with(API) {
        let page = referer_path(headers);
        return form_away(headers, why.sign_in_page(page.as_deref().unwrap_or(paths::HOME)));
    }
    if request.uri().path().starts_with(API) || wants_json(headers) {
        return (StatusCode::UNAUTHORIZED, Json(why.error())).into_response();
    }
    if !takes_html(headers) {
        let text = format!("Nobody is signed in. Sign in with a browser at {}.\n", paths::SIGN_IN);
        return (StatusCode::UNAUTHORIZED, text).into_response();
    }
    let wish = request.uri().path_and_query().map_or(paths::HOME, |wish| wish.as_str());
    Redirect::to(&why.sign_in_page(wish)).into_response()
}

/// Why somebody has to pass the sign-in page first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Away {
    SignedOut,
    /// Supabase no longer accepts the grant.
    Dead,
    /// The account is no longer one of those that may sign in here.
    NotAllowed,
    /// Whether it still is could not be asked for too long.
    Unknown,
}

impl Away {
    fn error(self) -> ConsoleError {
        match self {
            Self::SignedOut | Self::NotAllowed | Self::Unknown => ConsoleError::SignedOut,
            Self::Dead => ConsoleError::Reconnect,
        }
    }

    /// The sign-in page, which says what happened and leads back to `wish` afterwards.
    fn sign_in_page(self, wish: &str) -> String {
        match self {
            Self::SignedOut => paths::sign_in_then(wish),
            Self::Dead => paths::sign_in_because("revoked", wish),
            Self::NotAllowed => paths::sign_in_because("not-allowed", wish),
            Self::Unknown => paths::sign_in_because("unavailable", wish),
        }
    }
}

/// Leads whoever sent a form to the sign-in page; a script is told the way.
pub fn form_to_sign_in(headers: &HeaderMap, error: &ConsoleError, wish: &str) -> Response {
    let why = if *error == ConsoleError::Reconnect {
        Away::Dead
    } else {
        Away::SignedOut
    };
    form_away(headers, why.sign_in_page(wish))
}

fn form_away(headers: &HeaderMap, sign_in: String) -> Response {
    if wants_json(headers) {
        (StatusCode::UNAUTHORIZED, Json(FormOutcome::SignedOut { sign_in })).into_response()
    } else {
        Redirect::to(&sign_in).into_response()
    }
}

/// The page that a form was posted from. The policy of our pages sends the Referer to ourselves only.
pub fn referer_path(headers: &HeaderMap) -> Option<String> {
    let url = Url::parse(headers.get(REFERER)?.to_str().ok()?).ok()?;
    own_path(&url[Position::BeforePath..])
}

fn parameter(uri: &Uri, name: &str) -> Option<String> {
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(uri.query()?).ok()?;
    pairs.into_iter().find(|(key, _)| key == name).map(|(_, value)| value)
}
