//! POST /statements/<project>/<act>: what stands in the SQL editor is kept under a name, changed, shared or forgotten, and
//! the history is cleared. Nothing is sent to Supabase but a read.

use std::{collections::BTreeMap, sync::Arc};

use app::{
    backend::{BackendHandle, Flash, narrow},
    error::ConsoleError,
    form::{Attempt, Sent},
    paths,
    sql::{
        kept::{Kind, NAME, Wanted},
        run::{Outcome, Typed},
    },
};
use axum::{
    Extension,
    extract::{Path, Request, State},
    response::{IntoResponse, Redirect, Response},
};
use http::{HeaderMap, StatusCode};
use management_api::projects::GetProject;

use super::{own_path::with_parameter, sent, sign_in::turn_away::form_to_sign_in};
use crate::{
    backend::RequestBackend,
    context::RequestContext,
    error::Error,
    identity::{SignedIn, Through},
    render,
    responses::{self, Unavailable},
    state::Shared,
};

/// The router's path; see [`paths::statements_act`].
pub const ROUTE: &str = "/statements/{project}/{act}";

/// What was done, and where that is seen.
struct Done {
    text: String,
    next: String,
}

impl Done {
    fn new(text: impl Into<String>, next: String) -> Self {
        Self {
            text: text.into(),
            next,
        }
    }
}

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
    let page = paths::sql(&project);
    let Some(me) = context.signed_in.clone() else {
        return Ok(form_to_sign_in(&headers, &ConsoleError::SignedOut, &page));
    };
    let backend: BackendHandle = Arc::new(RequestBackend::new(shared.clone(), context.clone(), Through::Console));
    let typed = Typed::read(&sent);
    let keeper = Keeper {
        shared: &shared,
        me: &me,
        project: &project,
        backend: &backend,
    };
    let done = match act.as_str() {
        "save" => keeper.save(&typed, &sent, true).await?,
        "add" => keeper.save(&typed, &sent, false).await?,
        "delete" => keeper.delete(&typed.snippet).await?,
        "clear" => Ok(keeper.clear().await?),
        _ => return Ok(responses::not_understood(StatusCode::NOT_FOUND)),
    };
    match done {
        Ok(Done { text, next }) => {
            let id = shared.store.add_flash(&me.account, Flash { text }).await?;
            Ok(Redirect::to(&with_parameter(&next, "notice", &id.to_string())).into_response())
        }
        Err(error @ (ConsoleError::SignedOut | ConsoleError::Reconnect)) => {
            Ok(form_to_sign_in(&headers, &error, &page))
        }
        // The page comes back with all that was typed.
        Err(error) => {
            let status = responses::status(&error);
            let name = sent.text(NAME).unwrap_or_default().to_owned();
            let attempt = Attempt {
                operation: typed.mode.operation(),
                form: String::new(),
                typed: BTreeMap::from([(NAME.to_owned(), vec![name])]),
                error: Some(error.clone()),
            };
            let context = RequestContext {
                attempt: Some(Arc::new(attempt)),
                sql: Some(Arc::new(typed.ran(project, Outcome::Held(error)))),
                ..context
            };
            Ok(render::answer(shared, context, headers, &page, status).await)
        }
    }
}

/// The organization that is to read it, where it is `shared`: the project's, by Supabase's word of this moment, since only
/// who sees the project shares with it.
pub async fn shared_with_organization(
    shared: bool,
    project: &str,
    backend: &BackendHandle,
) -> Result<Option<String>, ConsoleError> {
    if !shared {
        return Ok(None);
    }
    let project = GetProject {
        project: project.to_owned(),
    };
    Ok(Some(narrow(&backend.anew(), &project).await?.organization_slug))
}

/// Why nothing can be kept for somebody whom nobody knows.
pub fn unknown() -> ConsoleError {
    let message = "Nothing was saved: Supabase has not told who you are, so it could not be found again. Sign in anew.";
    ConsoleError::invalid(NAME, message)
}

/// Why no more is kept.
pub fn full() -> ConsoleError {
    let message = "Nothing was saved: you have as many saved ones as Steward keeps for one person. Delete some first.";
    ConsoleError::invalid(NAME, message)
}

/// Who keeps something, and where.
struct Keeper<'a> {
    shared: &'a Shared,
    me: &'a SignedIn,
    project: &'a str,
    backend: &'a BackendHandle,
}

impl Keeper<'_> {
    /// `over`: in the place of the one that stands in the editor.
    async fn save(&self, typed: &Typed, sent: &Sent, over: bool) -> Result<Result<Done, ConsoleError>, Error> {
        if !self.me.person.is_identified() {
            return Ok(Err(unknown()));
        }
        let wanted = match Wanted::read(sent, &typed.text) {
            Ok(wanted) => wanted,
            Err(error) => return Ok(Err(error)),
        };
        let (store, person) = (&self.shared.store, &self.me.person.id);
        let id = Some(&*typed.snippet).filter(|id| over && !id.is_empty());
        let before = match id {
            Some(id) => store.snippet(person, None, (Kind::Sql, id)).await?,
            None => None,
        };
        let shared_with = before.as_ref().and_then(|(snippet, _)| snippet.organization.clone());
        let organization = match shared_with.filter(|_| wanted.shared) {
            Some(slug) => Some(slug),
            None => match shared_with_organization(wanted.shared, self.project, self.backend).await {
                Ok(slug) => slug,
                Err(error) => return Ok(Err(error)),
            },
        };
        let owner = self.me.caller(Through::Console).label;
        let id = match id {
            Some(id) => {
                let changed = (Kind::Sql, id, &wanted);
                let changed = store
                    .change_snippet(person, &owner, organization.as_deref(), changed)
                    .await?;
                changed.then(|| id.to_owned()).ok_or(ConsoleError::NotFound)
            }
            None => {
                let added = store
                    .add_snippet(person, &owner, organization.as_deref(), (Kind::Sql, &wanted))
                    .await?;
                added.ok_or_else(full)
            }
        };
        Ok(id.map(|id| Done::new(format!("Saved as {}.", wanted.name), paths::sql_kept(self.project, &id))))
    }

    async fn delete(&self, id: &str) -> Result<Result<Done, ConsoleError>, Error> {
        let dropped = self
            .shared
            .store
            .drop_snippet(&self.me.person.id, (Kind::Sql, id))
            .await?;
        let done = || {
            Done::new(
                "The saved statement is deleted.",
                paths::sql_beside(self.project, "saved", &[]),
            )
        };
        Ok(dropped.then(done).ok_or(ConsoleError::NotFound))
    }

    async fn clear(&self) -> Result<Done, Error> {
        let cleared = self
            .shared
            .store
            .clear_statements(&self.me.person.id, self.project)
            .await?;
        let text = match cleared {
            0 => "The history was empty.",
            _ => "The history is cleared.",
        };
        Ok(Done::new(text, paths::sql(self.project)))
    }
}
