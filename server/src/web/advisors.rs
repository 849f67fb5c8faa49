//! POST /advisors/<project>/<act>: a finding is accepted for a while, with a reason, or is a finding again; and the findings
//! of all projects as a file. Nothing is sent to Supabase but reads.

use std::{collections::BTreeMap, sync::Arc};

use app::{
    advice::{Acceptance, DAYS, FORM, KEY, LONGEST, Level, REASON, UNTIL},
    backend::{BackendHandle, Flash, narrow},
    error::ConsoleError,
    form::Sent,
    paths,
    server_fns::advisors::{AdviceFleet, advice_everywhere},
};
use axum::{
    Extension,
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use http::{HeaderMap, StatusCode};
use leptos::{context::provide_context, prelude::Owner, reactive::computed::ScopedFuture};
use management_api::{
    OperationId,
    advisors::{GetPerformanceAdvisors, GetSecurityAdvisors},
};

use super::{file, own_path::with_parameter, plans::refused, sign_in::turn_away::form_to_sign_in};
use crate::{
    backend::RequestBackend,
    context::RequestContext,
    identity::{SignedIn, Through},
    responses::{self, Unavailable},
    spreadsheet,
    state::Shared,
    store::now,
};

/// The router's path; see [`paths::finding_act`].
pub const ROUTE: &str = "/advisors/{project}/{act}";

const DAY: i64 = 24 * 60 * 60;

pub async fn act(
    State(shared): State<Shared>,
    Extension(context): Extension<RequestContext>,
    Path((project, act)): Path<(String, String)>,
    headers: HeaderMap,
    axum::Form(texts): axum::Form<Vec<(String, String)>>,
) -> Result<Response, Unavailable> {
    let sent = Sent::from(texts);
    let key = sent.text(KEY).unwrap_or_default().to_owned();
    let back = paths::finding(&project, &key);
    let Some(me) = context.signed_in.clone() else {
        return Ok(form_to_sign_in(&headers, &ConsoleError::SignedOut, &back));
    };
    let backend: BackendHandle = Arc::new(RequestBackend::new(shared.clone(), context.clone(), Through::Console));
    let done = match (act.as_str(), decides(&project, &key, &backend).await) {
        (_, Err(error)) => Err(error),
        ("accept", Ok(())) => match acceptance(&sent, &me) {
            Ok(acceptance) => {
                shared.store.accept_finding(&project, &key, &acceptance).await?;
                Ok("The finding is accepted, and comes back by itself when its time is over.")
            }
            Err(error) => Err(error),
        },
        ("reopen", Ok(())) => {
            let there_was = shared.store.drop_acceptance(&project, &key).await?;
            Ok(if there_was {
                "It is a finding again."
            } else {
                "It was a finding already."
            })
        }
        _ => return Ok(responses::not_understood(StatusCode::NOT_FOUND)),
    };
    match done {
        Ok(text) => {
            let flash = Flash { text: text.to_owned() };
            let id = shared.store.add_flash(&me.account, flash).await?;
            Ok(Redirect::to(&with_parameter(&back, "notice", &id.to_string())).into_response())
        }
        Err(error) => {
            let form = (OperationId::ApplyMigration, FORM.to_owned());
            let typed = [REASON, UNTIL]
                .into_iter()
                .filter_map(|name| Some((name.to_owned(), vec![sent.text(name)?.to_owned()])))
                .collect::<BTreeMap<_, _>>();
            Ok(refused(shared, context, headers, &back, form, typed, error).await)
        }
    }
}

/// Whoever could mend a finding decides whether it may stand; and only one that is there is decided on.
async fn decides(project: &str, key: &str, backend: &BackendHandle) -> Result<(), ConsoleError> {
    backend.decides(OperationId::ApplyMigration, project).await?;
    let backend = backend.anew();
    let security = GetSecurityAdvisors {
        project: project.to_owned(),
        lint_type: None,
    };
    let performance = GetPerformanceAdvisors {
        project: project.to_owned(),
    };
    let (security, performance) = futures::join!(narrow(&backend, &security), narrow(&backend, &performance));
    let found = [security?, performance?];
    let there = found
        .iter()
        .flat_map(|found| &found.lints)
        .any(|lint| lint.cache_key == key);
    there.then_some(()).ok_or(ConsoleError::NotFound)
}

fn acceptance(sent: &Sent, me: &SignedIn) -> Result<Acceptance, ConsoleError> {
    let reason = sent.text(REASON).unwrap_or_default().trim();
    if reason.is_empty() {
        return Err(ConsoleError::invalid(
            REASON,
            "Say why it may stand: others will read it.",
        ));
    }
    if reason.chars().count() > LONGEST {
        let message = format!("At most {LONGEST} characters.");
        return Err(ConsoleError::invalid(REASON, message));
    }
    let days = sent.text(UNTIL).and_then(|days| days.parse().ok());
    let days = days
        .filter(|days| DAYS.contains(days))
        .ok_or_else(|| ConsoleError::invalid(UNTIL, "Choose when it ends."))?;
    Ok(Acceptance {
        reason: reason.to_owned(),
        by: me.caller(Through::Console).label,
        at: now(),
        until: now() + i64::from(days) * DAY,
    })
}

/// GET [`paths::ADVISORS_CSV`].
pub async fn export(
    State(shared): State<Shared>,
    Extension(context): Extension<RequestContext>,
    headers: HeaderMap,
) -> Response {
    if context.signed_in.is_none() {
        return form_to_sign_in(&headers, &ConsoleError::SignedOut, paths::ADVISORS);
    }
    let backend: BackendHandle = Arc::new(RequestBackend::new(shared, context, Through::Console));
    let owner = Owner::new();
    let read = owner.with(|| {
        provide_context(backend);
        ScopedFuture::new(advice_everywhere())
    });
    let file = match read.await {
        Ok(all) => rows(&all),
        Err(error) => return unread(responses::status(&error)),
    };
    let Ok(file) = file else {
        return unread(StatusCode::INTERNAL_SERVER_ERROR);
    };
    file::attachment("steward-advisors.csv", "text/csv; charset=utf-8", file)
}

fn unread(status: StatusCode) -> Response {
    responses::page(
        status,
        "The findings could not be exported",
        "Supabase did not tell which projects you can see. Open the page of all advisors, which says more, and try again.",
    )
}

const COLUMNS: [&str; 12] = [
    "project",
    "ref",
    "organization",
    "level",
    "categories",
    "finding",
    "title",
    "object",
    "detail",
    "guide",
    "accepted_because",
    "not_read",
];

/// A row for each finding, and one for each project that could not be read.
fn rows(all: &AdviceFleet) -> Result<Vec<u8>, csv::Error> {
    let mut rows = vec![COLUMNS.map(str::to_owned)];
    for row in &all.rows {
        let place = || [&row.name, &row.reference, &row.organization].map(Clone::clone);
        for finding in &row.findings {
            let lint = &finding.lint;
            let ([name, reference, organization], accepted) = (place(), finding.accepted.as_ref());
            rows.push([
                name,
                reference,
                organization,
                Level::of(&lint.level).as_str().to_owned(),
                lint.categories.join(" "),
                lint.name.clone(),
                lint.title.clone(),
                finding.object().unwrap_or_default(),
                lint.detail.clone(),
                lint.remediation.clone(),
                accepted.map(|accepted| accepted.reason.clone()).unwrap_or_default(),
                String::new(),
            ]);
        }
        for (what, error) in &row.failed {
            let mut cells: [String; COLUMNS.len()] = Default::default();
            let [name, reference, organization, .., not_read] = &mut cells;
            [*name, *reference, *organization] = place();
            *not_read = format!("{}: {error}", what.word());
            rows.push(cells);
        }
    }
    spreadsheet::csv(rows)
}

#[cfg(test)]
mod tests {
    use app::{
        error::ConsoleError,
        server_fns::advisors::{AdviceRow, Kind},
    };

    use super::*;

    #[test]
    fn what_was_not_read_is_a_row_and_no_cell_is_a_formula() {
        let row = AdviceRow {
            name: "=cmd()".to_owned(),
            reference: "abc".to_owned(),
            failed: vec![(Kind::Security, ConsoleError::Busy)],
            ..AdviceRow::default()
        };
        let all = AdviceFleet {
            rows: vec![row],
            ..AdviceFleet::default()
        };
        let file = String::from_utf8(rows(&all).unwrap()).unwrap();
        let mut lines = file.lines();
        assert_eq!(lines.next().unwrap(), COLUMNS.join(","));
        let row = lines.next().unwrap();
        assert!(row.starts_with("'=cmd(),abc,,") && row.contains("security: "), "{row}");
    }
}
