//! POST /baselines/<project>/<act>: a baseline is set, takes accepted settings in, is checked by itself, or is forgotten.
//! Nothing is sent to Supabase but reads.

use std::{collections::BTreeMap, sync::Arc};

use app::{
    backend::{BackendHandle, Flash},
    components::settings::drift::{FORM, HOURS, NAME},
    error::ConsoleError,
    form::Sent,
    paths,
    plan::Kind,
};
use axum::{
    Extension,
    extract::{Path, Request, State},
    response::{IntoResponse, Redirect, Response},
};
use http::{HeaderMap, StatusCode};

use super::{own_path::with_parameter, plans::refused, sent, sign_in::turn_away::form_to_sign_in};
use crate::{
    backend::RequestBackend,
    baselines::{accept, decides, set, switch},
    context::RequestContext,
    identity::{SignedIn, Through},
    responses::{self, Unavailable},
    state::Shared,
};

/// The router's path; see [`paths::baseline`].
pub const ROUTE: &str = "/baselines/{project}/{act}";

pub async fn act(
    State(shared): State<Shared>,
    Extension(context): Extension<RequestContext>,
    Path((project, act)): Path<(String, String)>,
    headers: HeaderMap,
    request: Request,
) -> Result<Response, Unavailable> {
    let sent = match sent::read(request).await {
        Ok(sent) => sent,
        Err(answer) => return Ok(answer),
    };
    let back = paths::drift(&project);
    let Some(me) = context.signed_in.clone() else {
        return Ok(form_to_sign_in(&headers, &ConsoleError::SignedOut, &back));
    };
    let backend: BackendHandle = Arc::new(RequestBackend::new(shared.clone(), context.clone(), Through::Console));
    let done = match act.as_str() {
        "set" => keep(&shared, &me, &project, &sent, &backend).await?,
        "accept" => take_in(&shared, &project, &sent, &backend).await?,
        "checks" => match decides(&project, &backend).await {
            Ok(()) => {
                let hours = sent
                    .text(HOURS)
                    .and_then(|hours| hours.parse().ok())
                    .unwrap_or_default();
                switch(&shared, &me, &project, hours).await?;
                Ok(if hours == 0 {
                    "Checks are off."
                } else {
                    "Checks are on."
                }
                .to_owned())
            }
            Err(error) => Err(error),
        },
        "forget" => match decides(&project, &backend).await {
            Ok(()) => {
                shared.store.drop_baseline(&project).await?;
                Ok("The baseline is forgotten.".to_owned())
            }
            Err(error) => Err(error),
        },
        _ => return Ok(responses::not_understood(StatusCode::NOT_FOUND)),
    };
    match done {
        Ok(text) => {
            let id = shared.store.add_flash(&me.account, Flash { text }).await?;
            Ok(Redirect::to(&with_parameter(&back, "notice", &id.to_string())).into_response())
        }
        Err(error) => {
            let form = (Kind::Drift.operation(), FORM.to_owned());
            Ok(refused(shared, context, headers, &back, form, BTreeMap::new(), error).await)
        }
    }
}

type Done = Result<String, ConsoleError>;

async fn keep(
    shared: &Shared,
    me: &SignedIn,
    project: &str,
    sent: &Sent,
    backend: &BackendHandle,
) -> Result<Done, Unavailable> {
    let baseline = match set(me, project, sent.text(NAME).unwrap_or_default(), backend).await {
        Ok(baseline) => baseline,
        Err(error) => return Ok(Err(error)),
    };
    // Checks go on, whatever they are held against.
    let before = shared.store.baseline(project).await?;
    let baseline = app::settings::baseline::Baseline {
        checks: before.and_then(|before| before.checks),
        ..baseline
    };
    shared.store.save_baseline(project, &baseline).await?;
    shared.directory.wants.note_drifts(&me.person.id, project, 0);
    Ok(Ok(format!(
        "The configuration is kept as the baseline {}.",
        baseline.name
    )))
}

async fn take_in(shared: &Shared, project: &str, sent: &Sent, backend: &BackendHandle) -> Result<Done, Unavailable> {
    let Some(mut baseline) = shared.store.baseline(project).await? else {
        return Ok(Err(ConsoleError::NotFound));
    };
    Ok(match accept(&mut baseline, project, sent, backend).await {
        Ok(count) => {
            shared.store.save_baseline(project, &baseline).await?;
            Ok(match count {
                1 => "1 of them is part of the baseline now.".to_owned(),
                count => format!("{count} of them are part of the baseline now."),
            })
        }
        Err(error) => Err(error),
    })
}
