//! POST /theme: keeps the theme a person chose in a cookie.

use app::backend::Theme;
use axum::{
    Form,
    extract::State,
    response::{AppendHeaders, IntoResponse, Redirect},
};
use http::{HeaderMap, header::SET_COOKIE};
use serde::Deserialize;

use crate::{own_path::own_path, session, state::Shared, visit::referer_path};

#[derive(Deserialize)]
pub struct Choice {
    theme: String,
    return_to: Option<String>,
}

pub async fn choose(State(shared): State<Shared>, headers: HeaderMap, Form(choice): Form<Choice>) -> impl IntoResponse {
    let back = choice
        .return_to
        .as_deref()
        .and_then(own_path)
        .or_else(|| referer_path(&headers));
    let cookie = session::theme_cookie(Theme::read(&choice.theme), &shared.public_url);
    (
        AppendHeaders([(SET_COOKIE, cookie)]),
        Redirect::to(back.as_deref().unwrap_or(app::paths::HOME)),
    )
}
