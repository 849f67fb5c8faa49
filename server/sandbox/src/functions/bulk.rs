//! Updating several functions in one go: this is how what was bundled only goes online.

use axum::http::StatusCode;
use management_api::functions::{FunctionStatus, FunctionUpdate};
use serde_json::json;

use super::{Function, State, check_slug, deploy::Bundle, milliseconds, source::Source, within_plan};
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
    let project = call.project()?.reference.clone();
    let updates: Vec<FunctionUpdate> = call.request.json()?;
    let mut rows = Vec::with_capacity(updates.len());
    for update in &updates {
        rows.push(apply(&mut state, update, now)?.row(&project));
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
    let known = state
        .functions
        .iter()
        .position(|function| function.id == update.id || function.slug == update.slug);
    let taken = |function: &Function| function.slug == update.slug && function.id != update.id;
    let other = state.functions.iter().position(taken);
    if other.is_some() && other != known {
        return Err(Refusal::Conflict(format!("Duplicated function slug: {}", update.slug)));
    }
    let mut source = chosen(state, known, update)?;
    if let Some(path) = &update.entrypoint_path {
        source.entrypoint = source.named("entrypoint_path", path)?;
    }
    if let Some(path) = update.import_map_path.as_deref().filter(|path| !path.is_empty()) {
        source.import_map_path = Some(source.named("import_map_path", path)?);
    }
    source.has_import_map = update.import_map.unwrap_or(source.has_import_map);
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

/// What the function is made of from now on: the bundle with the update's digest, or what runs, if that is what it names
/// or it names none.
///
/// Guess: a version is that of what is published, and follows the one that runs.
fn chosen(state: &mut State, known: Option<usize>, update: &FunctionUpdate) -> Result<Source, Refusal> {
    let running = known.map(|known| &state.functions[known]);
    let refused = |why: String| Err(Refusal::Invalid(format!("{}: {why}.", update.slug)));
    let digest = update.ezbr_sha256.as_deref();
    if let Some(running) = running
        && digest.is_none_or(|digest| digest == running.source.sha256)
    {
        if update.version != running.version {
            return refused(format!(
                "version: {} runs, and nothing else is published",
                running.version
            ));
        }
        return Ok(running.source.clone());
    }
    let Some(digest) = digest else {
        return refused(
            "ezbr_sha256: there is no function of this id, so a bundle must be named by its digest".to_owned(),
        );
    };
    let runs = running.map_or(0, |running| running.version);
    let fits = |bundle: &Bundle| bundle.id == update.id && bundle.source.sha256 == digest;
    let Some(bundled) = state.bundles.iter().rposition(fits) else {
        return refused("ezbr_sha256: there is no bundle of this id with this digest".to_owned());
    };
    let version = state.bundles[bundled].version;
    if update.version != version || version <= runs {
        return refused(format!("version: the bundle is version {version}, and {runs} runs"));
    }
    Ok(state.bundles.remove(bundled).source)
}
