//! Turning away: who has to sign in first is led to the sign-in page, and back afterwards.

use app::{error::ConsoleError, paths};
use axum::{
    Json,
    extract::Request,
    response::{IntoResponse, Redirect, Response},
};
use http::{HeaderMap, Method, StatusCode};

use crate::{
    responses::{lead_on, takes_html, wants_json},
    web::own_path::referer_path,
};

/// Where server functions are.
pub const API: &str = "/api/";

/// Server functions get the error, people the sign-in page, and programs that read neither a line that says where it is.
pub fn turn_away(request: &Request, why: Away) -> Response {
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
pub enum Away {
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
    lead_on(headers, StatusCode::UNAUTHORIZED, &sign_in)
}
