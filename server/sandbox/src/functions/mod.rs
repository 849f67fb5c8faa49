//! Edge Functions: what a project has deployed, and reading it.
//!
//! The sandbox runs and bundles nothing: a function's bundle is what was uploaded, and its digest is the digest of that.

mod bulk;
mod change;
mod deploy;
mod imports;
mod source;

use axum::http::StatusCode;
use management_api::functions::FunctionStatus;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use time::OffsetDateTime;

pub use self::{
    bulk::bulk_update,
    change::{create, update},
    deploy::deploy,
    source::body,
};
use self::{deploy::Bundle, source::Source};
use crate::{
    answer::{Answered, Refusal, json as answer},
    call::Call,
    organizations::Plan,
    token,
};

/// What a project has of this.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct State {
    functions: Vec<Function>,
    /// What was bundled only and waits for a bulk update.
    bundles: Vec<Bundle>,
}

#[derive(Clone, Serialize, Deserialize)]
struct Function {
    id: String,
    slug: String,
    name: String,
    status: FunctionStatus,
    version: i64,
    /// Milliseconds since 1970.
    created_at: i64,
    updated_at: i64,
    verify_jwt: bool,
    source: Source,
}

/// A function that a project of the demo begins with.
pub struct Seed {
    pub slug: &'static str,
    pub text: &'static str,
    pub version: i64,
    pub verify_jwt: bool,
}

impl Function {
    fn new(slug: &str, name: &str, verify_jwt: bool, source: Source, now: OffsetDateTime) -> Self {
        let now = milliseconds(now);
        Self {
            id: token::uuid(&token::random()),
            slug: slug.to_owned(),
            name: name.to_owned(),
            status: FunctionStatus::Active,
            version: 1,
            created_at: now,
            updated_at: now,
            verify_jwt,
            source,
        }
    }

    /// Guess: what the service's clients take off the names again.
    fn folder(&self, project: &str) -> String {
        format!("/tmp/user_fn_{project}_{}_{}/source/", self.id, self.version)
    }

    fn row(&self, project: &str) -> Value {
        let folder = self.folder(project);
        let address = |path: &str| address(&folder, path);
        let mut row = json!({
            "id": self.id,
            "slug": self.slug,
            "name": self.name,
            "status": self.status,
            "version": self.version,
            "created_at": self.created_at,
            "updated_at": self.updated_at,
            "verify_jwt": self.verify_jwt,
            "import_map": self.source.has_import_map,
            "entrypoint_path": address(&self.source.entrypoint),
            "ezbr_sha256": self.source.sha256,
        });
        if let Some(path) = &self.source.import_map_path {
            row["import_map_path"] = json!(address(path));
        }
        row
    }
}

/// Paths are answered as the places where the bundler found the files.
fn address(folder: &str, path: &str) -> String {
    if path.starts_with("file:///") {
        path.to_owned()
    } else {
        format!("file://{folder}{path}")
    }
}

/// A path as it was deployed; answers tell it as an address.
fn plain(path: &str) -> &str {
    let below = path
        .strip_prefix("file:///tmp/user_fn_")
        .and_then(|rest| rest.split_once("/source/"));
    let path = below.map_or(path, |(_, path)| path);
    path.trim_start_matches("./")
}

impl State {
    /// What logs tell of each function: id, slug, version, and since when it is there.
    pub fn logged(&self) -> impl Iterator<Item = (&str, &str, i64, OffsetDateTime)> {
        self.functions.iter().map(|function| {
            let since = i128::from(function.created_at) * 1_000_000;
            let since = OffsetDateTime::from_unix_timestamp_nanos(since).unwrap_or(OffsetDateTime::UNIX_EPOCH);
            (function.id.as_str(), function.slug.as_str(), function.version, since)
        })
    }

    fn find(&self, slug: &str) -> Result<&Function, Refusal> {
        let found = self.functions.iter().find(|function| function.slug == slug);
        found.ok_or(Refusal::NotFound("Function"))
    }

    fn find_mut(&mut self, slug: &str) -> Result<&mut Function, Refusal> {
        let found = self.functions.iter_mut().find(|function| function.slug == slug);
        found.ok_or(Refusal::NotFound("Function"))
    }

    pub fn slugs(&self) -> impl Iterator<Item = &str> {
        self.functions.iter().map(|function| function.slug.as_str())
    }

    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Puts another project's functions into this one: those it has by slug become new versions where they differ.
    pub fn adopt(&mut self, others: &Self, now: OffsetDateTime) -> Vec<String> {
        let mut adopted = Vec::new();
        for other in &others.functions {
            match self.functions.iter_mut().find(|function| function.slug == other.slug) {
                Some(known) if known.source == other.source && known.verify_jwt == other.verify_jwt => continue,
                Some(known) => {
                    known.name.clone_from(&other.name);
                    known.verify_jwt = other.verify_jwt;
                    known.source = other.source.clone();
                    known.version += 1;
                    known.updated_at = milliseconds(now);
                }
                None => {
                    let (slug, name) = (&other.slug, &other.name);
                    let new = Function::new(slug, name, other.verify_jwt, other.source.clone(), now);
                    self.functions.push(new);
                }
            }
            adopted.push(other.slug.clone());
        }
        adopted
    }

    /// Gives a project that begins with it a function of one file, whose later versions came a day apart.
    pub fn seed(&mut self, project: &str, seed: &Seed, created_at: OffsetDateTime) {
        let source = Source::text(seed.text);
        let mut function = Function::new(seed.slug, seed.slug, seed.verify_jwt, source, created_at);
        function.id = token::uuid(&format!("{project} function {}", seed.slug));
        function.version = seed.version;
        function.updated_at += (seed.version - 1) * 24 * 60 * 60 * 1000;
        self.functions.push(function);
    }
}

fn milliseconds(time: OffsetDateTime) -> i64 {
    (time.unix_timestamp_nanos() / 1_000_000) as i64
}

/// The document's rule for slugs.
fn check_slug(slug: &str) -> Result<(), Refusal> {
    let mut letters = slug.chars();
    let fits = letters.next().is_some_and(|first| first.is_ascii_alphabetic())
        && letters.all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-'));
    if fits && slug.len() <= 256 {
        return Ok(());
    }
    Err(Refusal::Invalid(
        "slug: expected a letter, then letters, digits, - and _.".to_owned(),
    ))
}

/// Whether the organization's plan has room for this many functions in a project.
fn within_plan(call: &Call<'_>, count: usize) -> Result<(), Refusal> {
    let organization = call.home_of(&call.project()?.organization)?;
    let most = match organization.plan {
        Plan::Free => 100,
        Plan::Pro => 500,
        Plan::Team | Plan::Enterprise => 1000,
    };
    if count <= most {
        return Ok(());
    }
    Err(Refusal::PlanLimit(format!(
        "The organization\u{2019}s plan has room for {most} functions a project."
    )))
}

/// v1-list-all-functions
pub fn list(call: &mut Call<'_>) -> Answered {
    let project = call.project()?;
    let functions = project.parts.functions.functions.iter();
    let rows: Vec<_> = functions.map(|function| function.row(&project.reference)).collect();
    Ok(answer(StatusCode::OK, &rows))
}

/// v1-get-a-function
pub fn get(call: &mut Call<'_>) -> Answered {
    let project = call.project()?;
    let function = project.parts.functions.find(call.request.path("function_slug"))?;
    Ok(answer(StatusCode::OK, &function.row(&project.reference)))
}

/// v1-delete-a-function
pub fn delete(call: &mut Call<'_>) -> Answered {
    let slug = call.request.path("function_slug");
    let functions = &mut call.project_mut()?.parts.functions;
    functions.find(slug)?;
    functions.functions.retain(|function| function.slug != slug);
    Ok(answer(StatusCode::OK, &json!({ "message": "ok" })))
}
