//! POST /do/v2-update-notebook with cells: the form says what becomes of each, and they are put together here, out of what
//! stands in the notebook now. Upstream knows no version: the last one who writes wins. So a form that was drawn of an earlier
//! state is refused.

use std::{collections::BTreeMap, sync::Arc};

use app::{
    backend::{BackendHandle, narrow},
    error::ConsoleError,
    form::{Form, Sent},
    notebooks::{CELL, SEEN, changed, edited, edits, is_about_cells},
};
use axum::{
    Extension,
    extract::{Path, State},
    response::Response,
};
use http::HeaderMap;
use management_api::{OperationId, notebooks::GetNotebook};
use serde_json::{Map, json};

use super::forms::{self, Done};
use crate::{
    backend::RequestBackend, context::RequestContext, identity::Through, responses::Unavailable, state::Shared,
};

/// The router's path, which goes before that of all forms.
pub const ROUTE: &str = "/do/v2-update-notebook";
const OPERATION: OperationId = OperationId::UpdateNotebook;

pub async fn update(
    State(shared): State<Shared>,
    Extension(context): Extension<RequestContext>,
    headers: HeaderMap,
    axum::Form(texts): axum::Form<Vec<(String, String)>>,
) -> Result<Response, Unavailable> {
    let operation = OPERATION.to_string();
    if !is_about_cells(&texts) {
        let form = axum::Form(texts);
        return forms::perform(State(shared), Extension(context), Path(operation), headers, form).await;
    }
    let (cells, texts): (Vec<_>, Vec<_>) = texts.into_iter().partition(|(name, _)| name.starts_with(CELL));
    let sent = Sent::from(texts);
    let backend: BackendHandle = Arc::new(RequestBackend::new(shared.clone(), context.clone(), Through::Console));
    let result = match &context.signed_in {
        Some(_) => attempt(&cells, &sent, backend).await,
        None => Err(ConsoleError::SignedOut),
    };
    let typed = || {
        let mut typed: BTreeMap<String, Vec<String>> = Form::of(OPERATION).kept(&sent);
        for (name, text) in cells {
            typed.entry(name).or_default().push(text);
        }
        typed
    };
    forms::finish(shared, context, headers, &operation, &sent, typed, result).await
}

async fn attempt(cells: &[(String, String)], sent: &Sent, backend: BackendHandle) -> Result<Done, ConsoleError> {
    let text = |name: &str| sent.text(name).unwrap_or_default().to_owned();
    let asked = GetNotebook {
        project: text("ref"),
        id: text("id"),
    };
    // What was read for the page, somebody else may have changed since.
    let notebook = narrow(&backend.anew(), &asked).await?.data;
    let seen = cells
        .iter()
        .find(|(name, _)| name == SEEN)
        .map(|(_, seen)| seen.as_str());
    if seen != Some(notebook.updated_at.as_deref().unwrap_or_default()) {
        return Err(changed());
    }
    let now = notebook.content.as_ref().map_or(&[][..], |content| &content.cells);
    let cells = edited(now, &edits(cells))?;
    let beside = Map::from_iter([("content".to_owned(), json!({ "cells": cells }))]);
    forms::made(OPERATION, beside, sent, backend).await
}
