//! Deploying: files come in, a function or its next version comes of them.

use axum::http::{StatusCode, header};
use futures::{FutureExt, stream};
use management_api::{Upload, functions::DeployMetadata};
use multer::Multipart;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    Function, check_slug, imports, milliseconds,
    source::{Content, Source},
    within_plan,
};
use crate::{
    answer::{Answered, Refusal, json as answer},
    call::Call,
    checked::checked,
    request::Request,
};

/// Bundles of a project that wait to be published; past it the oldest is forgotten.
const BUNDLES: usize = 100;

/// What a deployment with `bundleOnly` leaves for a bulk update.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Bundle {
    pub id: String,
    pub version: i64,
    pub source: Source,
}

/// v1-deploy-a-function
pub fn deploy(call: &mut Call<'_>) -> Answered {
    let now = call.now;
    call.running()?;
    let Deployment { metadata, files } = read(call.request)?;
    let slug = call
        .request
        .query("slug")
        .or(metadata.name.as_deref())
        .unwrap_or_default();
    check_slug(slug)?;
    let bundle_only = call.request.flag("bundleOnly")?.unwrap_or(false);
    let source = source(&metadata, files)?;

    let functions = &call.project()?.parts.functions;
    let known = functions.find(slug).ok().cloned();
    if known.is_none() {
        within_plan(call, functions.functions.len() + 1)?;
    }
    let function = match known {
        Some(known) => Function {
            name: metadata.name.unwrap_or_else(|| known.name.clone()),
            verify_jwt: metadata.verify_jwt.unwrap_or(known.verify_jwt),
            version: known.version + 1,
            updated_at: milliseconds(now),
            source,
            ..known
        },
        None => {
            let name = metadata.name.as_deref().unwrap_or(slug);
            Function::new(slug, name, metadata.verify_jwt.unwrap_or(true), source, now)
        }
    };
    let project = call.project()?.reference.clone();
    imports::check(&function.source, &function.folder(&project))?;
    let mut row = function.row(&project);
    let functions = &mut call.project_mut()?.parts.functions;
    if bundle_only {
        // A bundle has no times of its own yet; the document promises none here.
        if let Value::Object(row) = &mut row {
            row.remove("created_at");
            row.remove("updated_at");
        }
        functions.bundles.push(Bundle {
            id: function.id,
            version: function.version,
            source: function.source,
        });
        let surplus = functions.bundles.len().saturating_sub(BUNDLES);
        functions.bundles.drain(..surplus);
    } else if let Ok(known) = functions.find_mut(&function.slug) {
        *known = function;
    } else {
        functions.functions.push(function);
    }
    Ok(answer(StatusCode::CREATED, &row))
}

/// The parts of a deployment.
struct Deployment {
    metadata: DeployMetadata,
    files: Vec<Upload>,
}

fn unreadable(why: &dyn std::fmt::Display) -> Refusal {
    Refusal::Invalid(format!("The body is no multipart/form-data: {why}."))
}

/// The whole body is at hand, so that reading its parts never waits.
fn read(request: &Request) -> Result<Deployment, Refusal> {
    let kind = request.header(header::CONTENT_TYPE).unwrap_or_default();
    let boundary = multer::parse_boundary(kind).map_err(|error| unreadable(&error))?;
    let body = request.body.clone();
    let parts = Multipart::new(stream::iter([Ok::<_, std::convert::Infallible>(body)]), boundary);
    parts_of(parts)
        .now_or_never()
        .ok_or_else(|| unreadable(&"it has no end"))?
}

async fn parts_of(mut parts: Multipart<'_>) -> Result<Deployment, Refusal> {
    let (mut metadata, mut files) = (None, Vec::new());
    while let Some(part) = parts.next_field().await.map_err(|error| unreadable(&error))? {
        let (name, file) = (part.name().map(str::to_owned), part.file_name().map(str::to_owned));
        let content = part.bytes().await.map_err(|error| unreadable(&error))?;
        match (name.as_deref(), file) {
            (Some("metadata"), _) => {
                let read = serde_json::from_slice(&content)
                    .map_err(|_| Refusal::Invalid("metadata: expected JSON.".to_owned()))?;
                metadata = Some(checked(&read).map_err(|wrong| Refusal::Invalid(format!("metadata.{wrong}")))?);
            }
            (Some("file"), Some(name)) => {
                let name = name.trim_start_matches("./").to_owned();
                if name.is_empty() || name.contains(['"', '\r', '\n']) {
                    return Err(Refusal::Invalid("file: expected a name without quotes.".to_owned()));
                }
                files.push(Upload::new(name, &content));
            }
            (Some("file"), None) => return Err(Refusal::Invalid("file: expected a file name.".to_owned())),
            (name, _) => {
                let name = name.unwrap_or_default();
                return Err(Refusal::Invalid(format!("{name}: there is no such part.")));
            }
        }
    }
    Ok(Deployment {
        metadata: metadata.ok_or_else(|| Refusal::Invalid("metadata: expected this part.".to_owned()))?,
        files,
    })
}

fn source(metadata: &DeployMetadata, files: Vec<Upload>) -> Result<Source, Refusal> {
    let source = Source::new(Content::Files(files), "", None);
    let given = |what: &str, path: &str| source.named(what, path);
    let entrypoint = given("entrypoint_path", &metadata.entrypoint_path)?;
    // The command line sends an empty path where there is no import map.
    let import_map = metadata.import_map_path.as_deref().filter(|path| !path.is_empty());
    let import_map = import_map.map(|path| given("import_map_path", path)).transpose()?;
    Ok(Source {
        has_import_map: import_map.is_some(),
        import_map_path: import_map,
        entrypoint,
        ..source
    })
}
