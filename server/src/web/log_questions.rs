//! POST /log-questions/<project>/<act>: a question to the logs is kept under a name, shared or forgotten. Nothing is sent to
//! Supabase but a read.

use std::{collections::BTreeMap, sync::Arc};

use app::{
    backend::{BackendHandle, Flash},
    error::ConsoleError,
    form::Sent,
    logs::kept::{ASKED, FORM, ID, address, is_question},
    sql::kept::{Kind, NAME, Wanted},
};
use axum::{
    Extension,
    extract::{Path, Request, State},
    response::{IntoResponse, Redirect, Response},
};
use http::{HeaderMap, StatusCode};
use management_api::OperationId;

use super::{
    own_path::with_parameter,
    plans::refused,
    sent,
    sign_in::turn_away::form_to_sign_in,
    statements::{full, shared_with_organization, unknown},
};
use crate::{
    backend::RequestBackend,
    context::RequestContext,
    error::Error,
    identity::{SignedIn, Through},
    responses::{self, Unavailable},
    state::Shared,
};

/// The router's path; see [`paths::log_questions_act`].
pub const ROUTE: &str = "/log-questions/{project}/{act}";

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
    let end = sent.text(ASKED).filter(|end| is_question(end)).unwrap_or_default();
    let page = address(&project, end);
    let Some(me) = context.signed_in.clone() else {
        return Ok(form_to_sign_in(&headers, &ConsoleError::SignedOut, &page));
    };
    let backend: BackendHandle = Arc::new(RequestBackend::new(shared.clone(), context.clone(), Through::Console));
    let keeper = Keeper {
        shared: &shared,
        me: &me,
        project: &project,
        backend: &backend,
    };
    let id = sent.text(ID).unwrap_or_default();
    let done = match act.as_str() {
        "add" => keeper.add(&sent, end).await?,
        "share" => keeper.share(id, true).await?,
        "unshare" => keeper.share(id, false).await?,
        "delete" => keeper.delete(id).await?,
        _ => return Ok(responses::not_understood(StatusCode::NOT_FOUND)),
    };
    match done {
        Ok(text) => {
            let id = shared.store.add_flash(&me.account, Flash { text }).await?;
            Ok(Redirect::to(&with_parameter(&page, "notice", &id.to_string())).into_response())
        }
        // The page comes back with the name that was typed.
        Err(error) => {
            let name = sent.text(NAME).unwrap_or_default().to_owned();
            let typed = BTreeMap::from([(NAME.to_owned(), vec![name])]);
            let form = (OperationId::QueryLogs, FORM.to_owned());
            Ok(refused(shared, context, headers, &page, form, typed, error).await)
        }
    }
}

/// Who keeps something, and where.
struct Keeper<'a> {
    shared: &'a Shared,
    me: &'a SignedIn,
    project: &'a str,
    backend: &'a BackendHandle,
}

/// What was done, for whoever did it.
type Done = Result<Result<String, ConsoleError>, Error>;

impl Keeper<'_> {
    async fn add(&self, sent: &Sent, end: &str) -> Done {
        if !self.me.person.is_identified() {
            return Ok(Err(unknown()));
        }
        if end.is_empty() {
            let message = "Nothing was saved: there is no question, or it is longer than an address may be. Ask it on the page first.";
            return Ok(Err(ConsoleError::invalid(NAME, message)));
        }
        let wanted = match Wanted::read(sent, end) {
            Ok(wanted) => wanted,
            Err(error) => return Ok(Err(error)),
        };
        let slug = match shared_with_organization(wanted.shared, self.project, self.backend).await {
            Ok(slug) => slug,
            Err(error) => return Ok(Err(error)),
        };
        let (store, person) = (&self.shared.store, &self.me.person.id);
        let added = store
            .add_snippet(person, &self.owner(), slug.as_deref(), (Kind::Logs, &wanted))
            .await?;
        let said = format!("The question is saved as {}.", wanted.name);
        Ok(added.map(|_| said).ok_or_else(full))
    }

    async fn share(&self, id: &str, shared: bool) -> Done {
        let (store, person) = (&self.shared.store, &self.me.person.id);
        let Some((before, sql)) = store.snippet(person, None, (Kind::Logs, id)).await? else {
            return Ok(Err(ConsoleError::NotFound));
        };
        let slug = match shared_with_organization(shared, self.project, self.backend).await {
            Ok(slug) => slug,
            Err(error) => return Ok(Err(error)),
        };
        let wanted = Wanted {
            name: before.label.name,
            sql,
            shared,
        };
        let changed = store
            .change_snippet(person, &self.owner(), slug.as_deref(), (Kind::Logs, id, &wanted))
            .await?;
        let said = match shared {
            true => format!("{} is shared with the organization.", wanted.name),
            false => format!("{} is only yours.", wanted.name),
        };
        Ok(changed.then_some(said).ok_or(ConsoleError::NotFound))
    }

    async fn delete(&self, id: &str) -> Done {
        let dropped = self
            .shared
            .store
            .drop_snippet(&self.me.person.id, (Kind::Logs, id))
            .await?;
        let said = || "The saved question is deleted.".to_owned();
        Ok(dropped.then(said).ok_or(ConsoleError::NotFound))
    }

    /// As the audit calls them.
    fn owner(&self) -> String {
        self.me.caller(Through::Console).label
    }
}
