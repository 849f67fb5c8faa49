//! POST /marks/<project>/<act>: a project is marked as production, or no longer is. Nothing is sent to Supabase but a read.

use std::{collections::BTreeMap, sync::Arc};

use app::{
    backend::{BackendHandle, Flash, narrow},
    error::ConsoleError,
    mark::{DECIDES, FORM, Mark},
    paths,
};
use axum::{
    Extension,
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use http::{HeaderMap, StatusCode};
use management_api::projects::GetProject;

use super::{own_path::with_parameter, plans::refused, sign_in::turn_away::form_to_sign_in};
use crate::{
    backend::RequestBackend,
    context::RequestContext,
    identity::Through,
    responses::{self, Unavailable},
    state::Shared,
    store::now,
};

/// The router's path; see [`paths::mark_act`].
pub const ROUTE: &str = "/marks/{project}/{act}";

pub async fn act(
    State(shared): State<Shared>,
    Extension(context): Extension<RequestContext>,
    Path((project, act)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Unavailable> {
    let back = paths::project_settings(&project);
    let Some(me) = context.signed_in.clone() else {
        return Ok(form_to_sign_in(&headers, &ConsoleError::SignedOut, &back));
    };
    let mark = match act.as_str() {
        "set" => Some(Mark {
            by: me.caller(Through::Console).label,
            at: now(),
        }),
        "clear" => None,
        _ => return Ok(responses::not_understood(StatusCode::NOT_FOUND)),
    };
    let backend: BackendHandle = Arc::new(RequestBackend::new(shared.clone(), context.clone(), Through::Console));
    match decides(&project, &backend).await {
        Ok(()) => {
            shared.marks.set(&project, mark.as_ref()).await?;
            let text = match mark {
                Some(_) => "The project is marked as production: whoever writes to it by SQL is asked each time.",
                None => "The project is not marked as production any more.",
            };
            let flash = Flash { text: text.to_owned() };
            let id = shared.store.add_flash(&me.account, flash).await?;
            Ok(Redirect::to(&with_parameter(&back, "notice", &id.to_string())).into_response())
        }
        Err(error) => {
            let form = (DECIDES, FORM.to_owned());
            Ok(refused(shared, context, headers, &back, form, BTreeMap::new(), error).await)
        }
    }
}

/// Whoever may change the project decides, and only of one that they see.
async fn decides(project: &str, backend: &BackendHandle) -> Result<(), ConsoleError> {
    let read = GetProject {
        project: project.to_owned(),
    };
    narrow(&backend.anew(), &read).await?;
    backend.decides(DECIDES, project).await
}
