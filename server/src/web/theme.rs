//! The theme that a person chose, kept in a cookie.

use app::backend::Theme;
use axum::{
    Form,
    extract::State,
    response::{AppendHeaders, IntoResponse, Redirect},
};
use http::{
    HeaderMap,
    header::{COOKIE, SET_COOKIE},
};
use serde::Deserialize;
use time::Duration;
use tower_sessions::cookie::{Cookie, SameSite};
use url::Url;

use super::own_path::{own_path, referer_path};
use crate::state::Shared;

const THEME: &str = "theme";

#[derive(Deserialize)]
pub struct Choice {
    theme: String,
    return_to: Option<String>,
}

/// POST /theme.
pub async fn choose(State(shared): State<Shared>, headers: HeaderMap, Form(choice): Form<Choice>) -> impl IntoResponse {
    let back = choice
        .return_to
        .as_deref()
        .and_then(own_path)
        .or_else(|| referer_path(&headers));
    let cookie = cookie(Theme::read(&choice.theme), &shared.public_url);
    (
        AppendHeaders([(SET_COOKIE, cookie)]),
        Redirect::to(back.as_deref().unwrap_or(app::paths::HOME)),
    )
}

/// The theme that the browser's cookie names.
pub fn of(headers: &HeaderMap) -> Theme {
    let cookies = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    cookies
        .flat_map(Cookie::split_parse)
        .flatten()
        .find(|cookie| cookie.name() == THEME)
        .map(|cookie| Theme::read(cookie.value()))
        .unwrap_or_default()
}

/// Keeps the theme for a year; readable by scripts, which apply it at once.
fn cookie(theme: Theme, public_url: &Url) -> String {
    Cookie::build((THEME, theme.as_str()))
        .path("/")
        .max_age(Duration::days(365))
        .same_site(SameSite::Lax)
        .secure(public_url.scheme() == "https")
        .build()
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_theme_is_found_among_other_cookies() {
        let headers: HeaderMap = [(COOKIE, http::HeaderValue::from_static("a=b; theme=dark; broken"))]
            .into_iter()
            .collect();
        assert_eq!(of(&headers), Theme::Dark);
        assert_eq!(of(&HeaderMap::new()), Theme::System);
    }
}
