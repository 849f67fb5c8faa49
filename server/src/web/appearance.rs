//! How a person wants the console to look, kept in cookies: the theme, whether the side menu is narrow, and what of
//! it is folded.

use app::{backend::Theme, page::Group};
use axum::{
    Form,
    extract::State,
    response::{AppendHeaders, IntoResponse, Redirect, Response},
};
use http::{
    HeaderMap, StatusCode,
    header::{COOKIE, SET_COOKIE},
};
use serde::Deserialize;
use time::Duration;
use tower_sessions::cookie::{Cookie, SameSite};
use url::Url;

use super::own_path::{own_path, referer_path};
use crate::{responses::wants_json, state::Shared};

const THEME: &str = "theme";
const MENU: &str = "menu";
const NARROW: &str = "narrow";
const FOLDED: &str = "folded";

#[derive(Deserialize)]
pub struct ThemeChoice {
    theme: String,
    return_to: Option<String>,
}

#[derive(Deserialize)]
pub struct MenuChoice {
    /// `narrow`; anything else is wide.
    menu: Option<String>,
    /// The groups that are folded, all of them, instead; see [`Group::read_all`].
    folded: Option<String>,
    return_to: Option<String>,
}

/// POST /theme.
pub async fn theme(State(shared): State<Shared>, headers: HeaderMap, Form(choice): Form<ThemeChoice>) -> Response {
    let cookie = cookie(THEME, Theme::read(&choice.theme).as_str(), &shared.public_url);
    kept(cookie, choice.return_to.as_deref(), &headers)
}

/// POST /menu.
pub async fn menu(State(shared): State<Shared>, headers: HeaderMap, Form(choice): Form<MenuChoice>) -> Response {
    let cookie = match choice.folded {
        Some(words) => {
            let words: Vec<_> = Group::read_all(&words).into_iter().map(Group::word).collect();
            cookie(FOLDED, &words.join("."), &shared.public_url)
        }
        None => {
            let narrow = choice.menu.as_deref() == Some(NARROW);
            cookie(MENU, if narrow { NARROW } else { "wide" }, &shared.public_url)
        }
    };
    kept(cookie, choice.return_to.as_deref(), &headers)
}

/// Back to the page; a script has changed it already and only wants it kept.
fn kept(cookie: String, return_to: Option<&str>, headers: &HeaderMap) -> Response {
    let cookie = AppendHeaders([(SET_COOKIE, cookie)]);
    if wants_json(headers) {
        return (StatusCode::NO_CONTENT, cookie).into_response();
    }
    let back = return_to.and_then(own_path).or_else(|| referer_path(headers));
    (cookie, Redirect::to(back.as_deref().unwrap_or(app::paths::HOME))).into_response()
}

/// The theme that the browser's cookie names.
pub fn theme_of(headers: &HeaderMap) -> Theme {
    read(headers, THEME).map(|word| Theme::read(&word)).unwrap_or_default()
}

/// Whether the browser's cookie says that the side menu is narrow.
pub fn narrow_menu(headers: &HeaderMap) -> bool {
    read(headers, MENU).is_some_and(|word| word == NARROW)
}

/// The groups of the side menu that the browser's cookie says are folded.
pub fn folded(headers: &HeaderMap) -> Vec<Group> {
    read(headers, FOLDED)
        .map(|words| Group::read_all(&words))
        .unwrap_or_default()
}

fn read(headers: &HeaderMap, name: &str) -> Option<String> {
    let cookies = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    cookies
        .flat_map(Cookie::split_parse)
        .flatten()
        .find(|cookie| cookie.name() == name)
        .map(|cookie| cookie.value().to_owned())
}

/// Kept for a year; readable by scripts, which apply it at once.
fn cookie(name: &'static str, word: &str, public_url: &Url) -> String {
    Cookie::build((name, word.to_owned()))
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
    fn choices_are_found_among_other_cookies() {
        let cookies = http::HeaderValue::from_static("a=b; theme=dark; broken; menu=narrow; folded=run.no-such.build");
        let headers: HeaderMap = [(COOKIE, cookies)].into_iter().collect();
        assert_eq!(theme_of(&headers), Theme::Dark);
        assert!(narrow_menu(&headers));
        assert_eq!(folded(&headers), [Group::Build, Group::Run]);
        assert_eq!(theme_of(&HeaderMap::new()), Theme::System);
        assert!(!narrow_menu(&HeaderMap::new()));
    }
}
