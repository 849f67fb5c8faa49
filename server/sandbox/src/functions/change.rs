//! Creating and changing a function the older way: one text as JSON, or a finished bundle with its facts in the query.

use axum::http::{StatusCode, header};
use management_api::functions::{FunctionChange, NewFunction};

use super::{Function, check_slug, milliseconds, source::Source, within_plan};
use crate::{
    answer::{Answered, Refusal, json as answer},
    call::Call,
    request::Request,
};

fn is_bundle(request: &Request) -> bool {
    let kind = request.header(header::CONTENT_TYPE).unwrap_or_default();
    kind.starts_with("application/vnd.denoland.eszip")
}

/// What the query says of a source.
fn refine(mut source: Source, request: &Request) -> Result<Source, Refusal> {
    if let Some(path) = request.query("entrypoint_path") {
        source.entrypoint = source.named("entrypoint_path", path)?;
    }
    if let Some(path) = request.query("import_map_path").filter(|path| !path.is_empty()) {
        source.has_import_map = true;
        source.import_map_path = Some(source.named("import_map_path", path)?);
    }
    if let Some(has) = request.flag("import_map")? {
        source.has_import_map = has;
    }
    // ok: the digest of a bundle is that of its compressed form, which only its maker knows.
    if let Some(digest) = request.query("ezbr_sha256") {
        digest.clone_into(&mut source.sha256);
    }
    Ok(source)
}

/// v1-create-a-function
pub fn create(call: &mut Call<'_>) -> Answered {
    let (request, now) = (call.request, call.now);
    call.running()?;
    let functions = &call.project()?.parts.functions;
    let new = if is_bundle(request) {
        let slug = request.query("slug").unwrap_or_default().to_owned();
        let name = request.query("name").unwrap_or(&slug).to_owned();
        let verify_jwt = request.flag("verify_jwt")?;
        (slug, name, verify_jwt, Source::bundle(&request.body))
    } else {
        let new: NewFunction = request.json()?;
        (new.slug, new.name, new.verify_jwt, Source::text(&new.body))
    };
    let (slug, name, verify_jwt, source) = new;
    check_slug(&slug)?;
    if functions.find(&slug).is_ok() {
        return Err(Refusal::Conflict(format!("Duplicated function slug: {slug}")));
    }
    within_plan(call, functions.functions.len() + 1)?;
    let source = refine(source, request)?;
    let function = Function::new(&slug, &name, verify_jwt.unwrap_or(true), source, now);
    let row = function.row(&call.project()?.reference);
    call.project_mut()?.parts.functions.functions.push(function);
    Ok(answer(StatusCode::CREATED, &row))
}

/// v1-update-a-function
pub fn update(call: &mut Call<'_>) -> Answered {
    let (request, now) = (call.request, call.now);
    call.running()?;
    let old = call
        .project()?
        .parts
        .functions
        .find(request.path("function_slug"))?
        .clone();
    let mut new = old.clone();
    let (name, verify_jwt, source) = if is_bundle(request) {
        let name = request.query("name").map(str::to_owned);
        let source = (!request.body.is_empty()).then(|| Source::bundle(&request.body));
        (name, request.flag("verify_jwt")?, source)
    } else {
        let change: FunctionChange = request.json()?;
        (
            change.name,
            change.verify_jwt,
            change.body.map(|text| Source::text(&text)),
        )
    };
    if let Some(slug) = request.query("slug").filter(|slug| *slug != old.slug) {
        check_slug(slug)?;
        if call.project()?.parts.functions.find(slug).is_ok() {
            return Err(Refusal::Conflict(format!("Duplicated function slug: {slug}")));
        }
        slug.clone_into(&mut new.slug);
    }
    new.name = name.unwrap_or(new.name);
    new.verify_jwt = verify_jwt.unwrap_or(new.verify_jwt);
    if source.is_some() {
        new.version += 1;
    }
    new.source = refine(source.unwrap_or(new.source), request)?;
    new.updated_at = milliseconds(now);
    let row = new.row(&call.project()?.reference);
    *call.project_mut()?.parts.functions.find_mut(&old.slug)? = new;
    Ok(answer(StatusCode::OK, &row))
}
