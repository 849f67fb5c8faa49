//! POST /plans/<kind> draws a plan up from a form, and POST /plans/<id>/apply carries it out. Both lead to the page that
//! shows it, with JavaScript and without.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use app::{
    backend::BackendHandle,
    error::ConsoleError,
    form::{Attempt, Sent},
    paths,
    plan::{Kind, Phase, Plan},
};
use axum::{
    Extension,
    extract::{Path, Request, State},
    response::{IntoResponse, Redirect, Response},
};
use http::{HeaderMap, StatusCode};
use management_api::OperationId;

use super::{forms::back, own_path::referer_path, sent, sign_in::turn_away::form_to_sign_in};
use crate::{
    backend::RequestBackend,
    confirm::confirm_all,
    context::RequestContext,
    identity::Through,
    plans, render,
    responses::{self, Unavailable},
    state::Shared,
};

/// The router's paths; see [`paths::draw_up`], [`paths::apply`], [`paths::discard`] and [`paths::leave_out`].
pub const DRAW_UP: &str = "/plans/{plan}";
pub const PREVIEW: &str = "/plans/{plan}/preview";
pub const APPLY: &str = "/plans/{plan}/apply";
pub const DISCARD: &str = "/plans/{plan}/discard";
pub const LEAVE_OUT: &str = "/plans/{plan}/leave-out";
pub const STOP: &str = "/plans/{plan}/stop";

/// Where a plan is soon at its end, its page can say so at once.
const PATIENCE: Duration = Duration::from_millis(1_500);

pub async fn draw_up(
    State(shared): State<Shared>,
    Extension(context): Extension<RequestContext>,
    Path(kind): Path<String>,
    headers: HeaderMap,
    request: Request,
) -> Result<Response, Unavailable> {
    let sent = match sent::read(request).await {
        Ok(sent) => sent,
        Err(answer) => return Ok(answer),
    };
    let Some(kind) = Kind::read(&kind) else {
        return Ok(responses::not_understood(StatusCode::NOT_FOUND));
    };
    let back = back(&sent, &headers);
    let Some(me) = &context.signed_in else {
        return Ok(form_to_sign_in(&headers, &ConsoleError::SignedOut, &back));
    };
    let typed = kind.keeps(&sent);
    let backend = backend(&shared, &context);
    match kind.draw_up()(sent, backend.clone()).await {
        Ok(mut plan) => {
            plans::ask(&mut plan, &backend).await;
            let id = shared.store.add_plan(&me.account, &plan).await?;
            Ok(Redirect::to(&plan.address(&id)).into_response())
        }
        Err(error) => {
            let form = (kind.operation(), kind.as_str().to_owned());
            Ok(refused(shared, context, headers, &back, form, typed, error).await)
        }
    }
}

/// Answers with the page, which shows what would come of the form; nothing of it is kept.
pub async fn preview(
    State(shared): State<Shared>,
    Extension(context): Extension<RequestContext>,
    Path(kind): Path<String>,
    headers: HeaderMap,
    request: Request,
) -> Response {
    let sent = match sent::read(request).await {
        Ok(sent) => sent,
        Err(answer) => return answer,
    };
    let Some(kind) = Kind::read(&kind) else {
        return responses::not_understood(StatusCode::NOT_FOUND);
    };
    let back = back(&sent, &headers);
    if context.signed_in.is_none() {
        return form_to_sign_in(&headers, &ConsoleError::SignedOut, &back);
    }
    let drawn = kind.draw_up()(sent, backend(&shared, &context)).await;
    let context = RequestContext {
        preview: Some(Arc::new(drawn.map(Plan::shown))),
        ..context
    };
    render::answer(shared, context, headers, &back, StatusCode::OK).await
}

pub async fn apply(
    State(shared): State<Shared>,
    Extension(context): Extension<RequestContext>,
    Path(id): Path<String>,
    headers: HeaderMap,
    axum::Form(texts): axum::Form<Vec<(String, String)>>,
) -> Result<Response, Unavailable> {
    let sent = Sent::from(texts);
    let back = back(&sent, &headers);
    let Some(me) = context.signed_in.clone() else {
        return Ok(form_to_sign_in(&headers, &ConsoleError::SignedOut, &back));
    };
    let Some(plan) = shared.store.plan(&me.account, &id).await? else {
        // Its page says that it is gone.
        return Ok(Redirect::to(&back).into_response());
    };
    let address = plan.address(&id);
    let operation = plan
        .steps
        .first()
        .map_or(Kind::Settings.operation(), |step| step.operation);
    let plan = match plan.settled(&sent) {
        Ok(plan) => plan,
        Err(error) => {
            let form = (operation, id);
            return Ok(refused(shared, context, headers, &address, form, BTreeMap::new(), error).await);
        }
    };
    if let Err((operation, error)) = confirmed(&plan, &sent, &backend(&shared, &context)).await {
        let form = (operation, id);
        return Ok(refused(shared, context, headers, &address, form, BTreeMap::new(), error).await);
    }
    if let Some((run, begun)) = shared.store.begin_plan(&me.account, &id).await? {
        // What was settled just now, of the plan as it stands.
        let plan = begun.settled(&sent).unwrap_or(plan);
        let carried_out = tokio::spawn(plans::carry_out(shared.clone(), me, run, plan));
        // What takes longer goes on by itself.
        if let Ok(Ok(Err(error))) = tokio::time::timeout(PATIENCE, carried_out).await {
            return Err(error.into());
        }
    }
    Ok(Redirect::to(&address).into_response())
}

pub async fn discard(
    State(shared): State<Shared>,
    Extension(context): Extension<RequestContext>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Unavailable> {
    let back = referer_path(&headers).unwrap_or_else(|| paths::HOME.to_owned());
    let Some(me) = &context.signed_in else {
        return Ok(form_to_sign_in(&headers, &ConsoleError::SignedOut, &back));
    };
    let next = match shared.store.plan(&me.account, &id).await? {
        Some(plan) => plan.page,
        None => back,
    };
    shared.store.drop_plan(&me.account, &id).await?;
    Ok(Redirect::to(&next).into_response())
}

/// POST /plans/<id>/stop: no call is made after the one that is under way.
pub async fn stop(
    State(shared): State<Shared>,
    Extension(context): Extension<RequestContext>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Unavailable> {
    let back = referer_path(&headers).unwrap_or_else(|| paths::HOME.to_owned());
    let Some(me) = &context.signed_in else {
        return Ok(form_to_sign_in(&headers, &ConsoleError::SignedOut, &back));
    };
    shared.store.stop_plan(&me.account, &id).await?;
    let next = match shared.store.plan(&me.account, &id).await? {
        Some(plan) => plan.address(&id),
        None => back,
    };
    Ok(Redirect::to(&next).into_response())
}

/// POST /plans/<id>/leave-out: one setting or one project is left as it is.
pub async fn leave_out(
    State(shared): State<Shared>,
    Extension(context): Extension<RequestContext>,
    Path(id): Path<String>,
    headers: HeaderMap,
    axum::Form(texts): axum::Form<Vec<(String, String)>>,
) -> Result<Response, Unavailable> {
    let back = referer_path(&headers).unwrap_or_else(|| paths::HOME.to_owned());
    let Some(me) = &context.signed_in else {
        return Ok(form_to_sign_in(&headers, &ConsoleError::SignedOut, &back));
    };
    let Some(mut plan) = shared.store.plan(&me.account, &id).await? else {
        return Ok(Redirect::to(&back).into_response());
    };
    let left = |of: &str| -> Vec<&str> {
        let named = texts.iter().filter(|(name, _)| name == of);
        named.map(|(_, text)| text.as_str()).collect()
    };
    let (settings, projects) = (left("setting"), left("project"));
    if plan.phase == Phase::Drawn {
        if projects.is_empty() {
            plan.leave_out(&settings);
        } else {
            plan.leave_projects_out(&projects);
        }
        plans::ask(&mut plan, &backend(&shared, &context)).await;
        // Where it was begun meanwhile its page shows what is made of it.
        shared.store.redraw_plan(&me.account, &id, &plan).await?;
    }
    let next = if plan.steps.is_empty() {
        plan.page.clone()
    } else {
        plan.address(&id)
    };
    Ok(Redirect::to(&next).into_response())
}

/// Whether `sent` says yes to all that is left of the plan.
async fn confirmed(plan: &Plan, sent: &Sent, backend: &BackendHandle) -> Result<(), (OperationId, ConsoleError)> {
    let left = plan.steps.iter().filter(|step| step.is_left());
    let requests = left.map(|step| plans::request(step).map_err(|error| (step.operation, error)));
    confirm_all(&requests.collect::<Result<Vec<_>, _>>()?, sent, backend).await
}

fn backend(shared: &Shared, context: &RequestContext) -> BackendHandle {
    Arc::new(RequestBackend::new(shared.clone(), context.clone(), Through::Console))
}

/// The page at `address` again, with what is wrong at its form.
pub(super) async fn refused(
    shared: Shared,
    context: RequestContext,
    headers: HeaderMap,
    address: &str,
    (operation, form): (OperationId, String),
    typed: BTreeMap<String, Vec<String>>,
    error: ConsoleError,
) -> Response {
    if let ConsoleError::SignedOut | ConsoleError::Reconnect = error {
        return form_to_sign_in(&headers, &error, address);
    }
    let status = responses::status(&error);
    let attempt = Attempt {
        operation,
        form,
        typed,
        error: Some(error),
    };
    let context = RequestContext {
        attempt: Some(Arc::new(attempt)),
        ..context
    };
    render::answer(shared, context, headers, address, status).await
}
