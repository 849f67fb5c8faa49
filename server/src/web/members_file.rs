//! GET /files/<organization>/members: an organization's members as CSV, as the report tells them.

use std::sync::Arc;

use app::{
    backend::BackendHandle, error::ConsoleError, gaps::collected, pages::organizations::roles, paths, reads,
    server_fns::members::Team,
};
use axum::{
    Extension,
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use http::{HeaderMap, header};
use management_api::{Entity, organizations::MemberDetail};

use super::audit_export::without_formulas;
use crate::{
    backend::RequestBackend, context::RequestContext, identity::Through, responses, state::Shared,
    web::sign_in::turn_away::form_to_sign_in,
};

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

pub async fn file(
    State(shared): State<Shared>,
    Extension(context): Extension<RequestContext>,
    Path(slug): Path<String>,
    headers: HeaderMap,
) -> Response {
    let backend: BackendHandle = Arc::new(RequestBackend::new(shared, context, Through::Console));
    let (team, gaps) = collected(reads::members::team(&backend.anew(), slug.clone())).await;
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
            Ok(text) => {
                let headers = [
                    (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
                    (header::CONTENT_DISPOSITION, "attachment; filename=\"members.csv\""),
                    (header::CACHE_CONTROL, "no-store"),
                ];
                (headers, text).into_response()
            }
            Err(error) => {
                tracing::error!(%error, "a list of members could not be written");
                told(&ConsoleError::Internal {
                    message: "The file could not be written.".to_owned(),
                })
            }
        },
        Err(error @ (ConsoleError::SignedOut | ConsoleError::Reconnect)) => {
            form_to_sign_in(&headers, &error, &paths::members_report(&slug))
        }
        Err(error) => told(&error),
    }
}

fn told(error: &ConsoleError) -> Response {
    let plain = [(header::CONTENT_TYPE, "text/plain; charset=utf-8")];
    (responses::status(error), plain, format!("{error}\n")).into_response()
}

fn rows(members: &[Entity<MemberDetail>]) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(COLUMNS)?;
    let known = |flag: Option<bool>| match flag {
        Some(true) => "yes",
        Some(false) => "no",
        None => "not told",
    };
    for member in members {
        let limited: Vec<_> = roles::limited(member).map(roles::within).collect();
        let cells = [
            member.primary_email.clone().unwrap_or_default(),
            member.username.clone().unwrap_or_default(),
            roles::everywhere(member),
            limited.join("; "),
            known(member.mfa_enabled).to_owned(),
            known(member.is_sso_user).to_owned(),
            member.id.clone(),
        ];
        writer.write_record(cells.map(|cell| without_formulas(&cell)))?;
    }
    writer
        .into_inner()
        .map_err(|error| csv::Error::from(std::io::Error::other(error.to_string())))
}
