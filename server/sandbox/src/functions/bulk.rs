//! Updating several functions in one go: this is how what was bundled only goes online.

use axum::http::StatusCode;
use management_api::functions::{FunctionStatus, FunctionUpdate};
use serde_json::json;

use super::{Function, State, check_slug, milliseconds, within_plan};
use crate::{
    answer::{Answered, Refusal, json as answer},
    call::Call,
};

/// v1-bulk-update-functions
///
/// The document says "create a new function or replace existing", and nothing of the others: they stay.
pub fn bulk_update(call: &mut Call<'_>) -> Answered {
    let now = milliseconds(call.now);
    call.running()?;
    let mut state = call.project()?.parts.functions.clone();
    let updates: Vec<FunctionUpdate> = call.request.json()?;
    let mut rows = Vec::with_capacity(updates.len());
    for update in &updates {
        rows.push(apply(&mut state, update, now)?.row());
    }
    within_plan(call, state.functions.len())?;
    call.project_mut()?.parts.functions = state;
    Ok(answer(StatusCode::OK, &json!({ "functions": rows })))
}

/// All or nothing: the state that is changed here is a copy.
fn apply<'a>(state: &'a mut State, update: &FunctionUpdate, now: i64) -> Result<&'a Function, Refusal> {
    check_slug(&update.slug)?;
    let status = FunctionStatus::from(update.status.as_str());
    if let FunctionStatus::Other(word) = &status {
        return Err(Refusal::Invalid(format!("status: there is no status {word}.")));
    }
    let bundled = state
        .bundles
        .iter()
        .rposition(|bundle| bundle.id == update.id && bundle.version == update.version);
    let known = state
        .functions
        .iter()
        .position(|function| function.id == update.id || function.slug == update.slug);
    let taken = |function: &Function| function.slug == update.slug && function.id != update.id;
    let other = state.functions.iter().position(taken);
    if other.is_some() && other != known {
        return Err(Refusal::Conflict(format!("Duplicated function slug: {}", update.slug)));
    }
    let mut source = match (bundled, known) {
        (Some(bundled), _) => state.bundles.remove(bundled).source,
        (None, Some(known)) => state.functions[known].source.clone(),
        (None, None) => {
            let message = format!("{}: there is neither a function nor a bundle of this id.", update.slug);
            return Err(Refusal::Invalid(message));
        }
    };
    if let Some(path) = &update.entrypoint_path {
        source.entrypoint = plain(path);
    }
    if let Some(path) = &update.import_map_path {
        source.import_map_path = Some(plain(path));
    }
    source.has_import_map = update.import_map.unwrap_or(source.has_import_map);
    if let Some(digest) = &update.ezbr_sha256 {
        source.sha256.clone_from(digest);
    }
    let created_at = known.map_or(now, |known| state.functions[known].created_at);
    let verify_jwt = known.is_none_or(|known| state.functions[known].verify_jwt);
    let function = Function {
        id: update.id.clone(),
        slug: update.slug.clone(),
        name: update.name.clone(),
        status,
        version: update.version,
        created_at: update.created_at.unwrap_or(created_at),
        updated_at: now,
        verify_jwt: update.verify_jwt.unwrap_or(verify_jwt),
        source,
    };
    let place = known.unwrap_or(state.functions.len());
    match state.functions.get_mut(place) {
        Some(known) => *known = function,
        None => state.functions.push(function),
    }
    Ok(&state.functions[place])
}

/// A path as it was deployed; answers tell it as an address.
fn plain(path: &str) -> String {
    path.strip_prefix("file:///src/").unwrap_or(path).to_owned()
}
