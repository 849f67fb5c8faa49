//! GET /files/<organization>/members: an organization's members as CSV, as the report tells them.

use std::sync::Arc;

use app::{
    backend::BackendHandle, error::ConsoleError, gaps::collected, pages::organizations::roles, paths, reads,
    server_fns::members::Team,
};
use axum::{
    Extension,
    extract::{Path, State},
    response::Response,
};
use http::HeaderMap;
use management_api::{Entity, organizations::MemberDetail};

use super::file;
use crate::{backend::RequestBackend, context::RequestContext, identity::Through, spreadsheet, state::Shared};

/// The router's path; see [`paths::members_file`].
pub const ROUTE: &str = "/files/{slug}/members";

const COLUMNS: [&str; 7] = [
    "address",
    "user_name",
    "role_in_the_organization",
    "roles_in_projects",
    "second_factor",
    "company_sign_on",
    "id",
];

pub async fn answer(
    State(shared): State<Shared>,
    Extension(context): Extension<RequestContext>,
    Path(slug): Path<String>,
    headers: HeaderMap,
) -> Response {
    let page = paths::members_report(&slug);
    let backend: BackendHandle = Arc::new(RequestBackend::new(shared, context, Through::Console));
    let (team, gaps) = collected(reads::members::team(&backend.anew(), slug)).await;
    // A file that silently lacks some would mislead.
    let whole = |team: Team| {
        let lacking = team.more || gaps.rows > 0;
        (!lacking)
            .then_some(team.members)
            .ok_or_else(|| ConsoleError::Unreadable {
                message: "Not all members could be read, so there is no file of them.".to_owned(),
            })
    };
    match team.and_then(whole) {
        Ok(members) => match rows(&members) {
            Ok(text) => file::attachment("members.csv", "text/csv; charset=utf-8", text),
            Err(error) => {
                tracing::error!(%error, "a list of members could not be written");
                let message = "The file could not be written.".to_owned();
                file::refused(&headers, &ConsoleError::Internal { message }, &page)
            }
        },
        Err(error) => file::refused(&headers, &error, &page),
    }
}

fn rows(members: &[Entity<MemberDetail>]) -> Result<Vec<u8>, csv::Error> {
    let known = |flag: Option<bool>| match flag {
        Some(true) => "yes",
        Some(false) => "no",
        None => "not told",
    };
    let row = |member: &Entity<MemberDetail>| {
        let limited: Vec<_> = roles::limited(member).map(roles::within).collect();
        [
            member.primary_email.clone().unwrap_or_default(),
            member.username.clone().unwrap_or_default(),
            roles::everywhere(member),
            limited.join("; "),
            known(member.mfa_enabled).to_owned(),
            known(member.is_sso_user).to_owned(),
            member.id.clone(),
        ]
    };
    spreadsheet::csv([COLUMNS.map(str::to_owned)].into_iter().chain(members.iter().map(row)))
}
