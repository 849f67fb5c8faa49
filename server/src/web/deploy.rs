//! POST /do/v1-deploy-a-function with files: they go on to Supabase while they come in, so that a function of any size
//! passes through little memory. What tells of them comes first: it is checked, confirmed and written down before the
//! first byte leaves.
//!
//! The form's own fields, after the operation's: `file` (a file, by the name it was chosen or dropped under), then for
//! each file that is edited `path`, `ends`, `remove` (where it is ticked) and `text`, and for each that stays as it is
//! `keep`. A file that was dropped goes before a text of the same path.

use std::{
    collections::{BTreeMap, BTreeSet},
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
};

use app::{
    backend::BackendHandle,
    error::ConsoleError,
    form::{Form, Sent},
    functions::source::{self, Content, Ends},
    ui::sentence,
};
use axum::{
    Extension, RequestExt,
    body::BodyDataStream,
    extract::{self, Path, State},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use futures::{Stream, StreamExt};
use http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use management_api::OperationId;
use multer::{Field, Multipart};
use serde_json::Value;

use super::forms::{self, Done};
use crate::{
    backend::RequestBackend,
    confirm::confirm,
    context::RequestContext,
    deployments::{files, unchanged, within_plan},
    identity::{SignedIn, Through},
    responses::Unavailable,
    stack::{self, Call, Ended, FileSender},
    state::Shared,
};

/// The router's path, which goes before that of all forms.
pub const ROUTE: &str = "/do/v1-deploy-a-function";
/// Bytes of a form with files, at most: Supabase takes 20 MB of them.
pub const BODY: usize = 24 * 1024 * 1024;
/// Bytes of a field that is no file, at most.
const TEXT: usize = 1024 * 1024;
/// Bytes of all texts that the page comes back with, at most.
const KEPT: usize = 1024 * 1024;
/// Files of a function, at most.
const FILES: usize = 1_000;

/// The version that the person has seen running; empty for a function that is new.
const VERSION: &str = "_version";
/// The button that shows what would change, and sends nothing.
const PREVIEW: &str = "_preview";
/// Where files begin, and what tells of them ends.
const FILE_FIELDS: [&str; 6] = ["file", "path", "ends", "remove", "text", "keep"];

pub async fn deploy(
    State(shared): State<Shared>,
    Extension(context): Extension<RequestContext>,
    request: extract::Request,
) -> Result<Response, Unavailable> {
    let headers = request.headers().clone();
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let Some(boundary) = kind.and_then(|kind| multer::parse_boundary(kind).ok()) else {
        // A form without files is one like others.
        let operation = OperationId::DeployFunction.to_string();
        return match request.extract().await {
            Ok(form) => forms::perform(State(shared), Extension(context), Path(operation), headers, form).await,
            Err(rejection) => Ok(axum::extract::rejection::FormRejection::into_response(rejection)),
        };
    };
    let body = OneByOne {
        body: request.into_body().into_data_stream(),
        gave: false,
    };
    let length = headers
        .get(CONTENT_LENGTH)
        .and_then(|length| length.to_str().ok()?.parse().ok());
    let mut reader = Reader::new(Multipart::new(body, boundary));
    let result = match &context.signed_in {
        Some(signed_in) => attempt(&shared, &context, signed_in, &mut reader, length).await,
        None => Err(ConsoleError::SignedOut),
    };
    // A browser that still sends would read no answer.
    reader.drain().await;
    let Reader { sent, typed, .. } = reader;
    let typed = || {
        let mut all = Form::of(OperationId::DeployFunction).kept(&sent);
        all.extend(typed);
        all
    };
    let operation = OperationId::DeployFunction.as_str();
    let result = match result {
        Ok(Outcome::Deployed(done)) => Ok(done),
        Ok(Outcome::Shown) => return Ok(forms::shown(shared, context, headers, operation, &sent, typed()).await),
        Err(error) => Err(error),
    };
    forms::finish(shared, context, headers, operation, &sent, typed, result).await
}

/// What came of a form.
enum Outcome {
    Deployed(Done),
    /// It only asked what would change.
    Shown,
}

async fn attempt(
    shared: &Shared,
    context: &RequestContext,
    signed_in: &SignedIn,
    reader: &mut Reader,
    length: Option<u64>,
) -> Result<Outcome, ConsoleError> {
    let backend: BackendHandle = Arc::new(RequestBackend::new(shared.clone(), context.clone(), Through::Console));
    let version = reader.head().await?;
    if reader.preview {
        reader.collect().await?;
        return Ok(Outcome::Shown);
    }
    let id = OperationId::DeployFunction;
    let form = Form::of(id);
    let request = form.request(&form.read(&reader.sent)?)?;
    confirm(&request, &reader.sent, &backend).await?;
    let version = version.parse().ok();
    let unchanged = unchanged(shared, signed_in, &request, version);
    let fits = within_plan(shared, signed_in, &request, version.is_none(), length);
    let (unchanged, fits) = futures::join!(unchanged, fits);
    unchanged.and(fits)?;
    let (message, parameters) = (sentence(&request.sentence()), request.parameters.clone());
    let (sender, files) = stack::files();
    let mut call = Call::new(signed_in.caller(Through::Console), request);
    call.files = Some(files);
    let passing = reader.pass_on(sender, &parameters, (shared, signed_in));
    let (passed, answer) = futures::join!(passing, shared.stack.send(call));
    match (passed, answer) {
        // What broke the files off is why the call came to nothing.
        (Err(Stopped::Wrong(error)), _) | (_, Err(error)) => Err(error),
        (Err(Stopped::Ended) | Ok(()), Ok(answer)) => {
            Ok(Outcome::Deployed(Done::of(id, message, &answer.body, parameters)))
        }
    }
}

/// Why no more files are passed on.
enum Stopped {
    /// The call has ended, and says why.
    Ended,
    Wrong(ConsoleError),
}

impl From<Ended> for Stopped {
    fn from(_: Ended) -> Self {
        Self::Ended
    }
}

impl From<ConsoleError> for Stopped {
    fn from(error: ConsoleError) -> Self {
        Self::Wrong(error)
    }
}

/// A body that gives one piece whenever it is asked, and no more: multer takes in whatever there is, and would hold what
/// a fast browser has sent and a slower Supabase has not taken yet.
struct OneByOne {
    body: BodyDataStream,
    gave: bool,
}

impl Stream for OneByOne {
    type Item = Result<Bytes, axum::Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if std::mem::take(&mut self.gave) {
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        let piece = ready!(self.body.poll_next_unpin(context));
        self.gave = true;
        Poll::Ready(piece)
    }
}

/// What comes in, part by part.
struct Reader {
    form: Multipart<'static>,
    /// The first part that belongs to the files.
    first: Option<Field<'static>>,
    /// What tells of the files.
    sent: Sent,
    /// Texts of files, for the page that comes back with them.
    typed: BTreeMap<String, Vec<String>>,
    kept: usize,
    /// Whether nothing is to be sent.
    preview: bool,
}

impl Reader {
    fn new(form: Multipart<'static>) -> Self {
        Self {
            form,
            first: None,
            sent: Sent::default(),
            typed: BTreeMap::new(),
            kept: 0,
            preview: false,
        }
    }

    async fn next(&mut self) -> Result<Option<Field<'static>>, ConsoleError> {
        match self.first.take() {
            Some(first) => Ok(Some(first)),
            None => self.form.next_field().await.map_err(broken),
        }
    }

    /// Reads what comes before the files, and gives the version that was seen.
    async fn head(&mut self) -> Result<String, ConsoleError> {
        let (mut version, mut length) = (String::new(), 0);
        while let Some(field) = self.next().await? {
            let name = field.name().unwrap_or_default().to_owned();
            if FILE_FIELDS.contains(&name.as_str()) {
                self.first = Some(field);
                break;
            }
            let text = text(field).await?;
            length += name.len() + text.len();
            if length > TEXT {
                return Err(ConsoleError::invalid(None, "The form holds too much beside its files."));
            }
            if name == VERSION {
                version = text;
            } else if name == PREVIEW {
                self.preview = true;
                self.keep(PREVIEW, &text);
            } else {
                self.sent.texts.push((name, text));
            }
        }
        Ok(version)
    }

    /// Passes the files on as they come.
    async fn pass_on(
        &mut self,
        mut sender: FileSender,
        parameters: &Value,
        by: (&Shared, &SignedIn),
    ) -> Result<(), Stopped> {
        let mut seen = Seen::default();
        let mut edited = Edited::default();
        let mut running = None;
        while let Some(field) = self.next().await? {
            let name = field.name().unwrap_or_default().to_owned();
            match name.as_str() {
                "file" => {
                    let path = field
                        .file_name()
                        .unwrap_or_default()
                        .trim_start_matches("./")
                        .to_owned();
                    // A choice of files that was left alone.
                    if !path.is_empty() {
                        seen.takes(&path, "file")?;
                        stream(field, &path, &mut sender).await?;
                    }
                }
                "keep" => {
                    let path = text(field).await?;
                    self.keep("keep", &path);
                    if !seen.has(&path) {
                        seen.takes(&path, "keep")?;
                        let content = running_file(&mut running, &path, parameters, by).await?;
                        whole(&path, content, &mut sender).await?;
                    }
                }
                "path" => {
                    let path = text(field).await?.trim().trim_start_matches("./").to_owned();
                    edited = Edited {
                        path,
                        ..Edited::default()
                    };
                }
                "ends" => {
                    edited.ends = Ends::read(&text(field).await?);
                }
                "remove" => {
                    let path = text(field).await?;
                    edited.removed = true;
                    self.keep("remove", &path);
                }
                "text" => {
                    let typed = text(field).await?;
                    self.keep_text(&edited.path, edited.ends, &typed);
                    let Edited { path, ends, removed } = std::mem::take(&mut edited);
                    if path.is_empty() && typed.trim().is_empty() || removed || seen.has(&path) {
                        continue;
                    }
                    seen.takes(&path, "path")?;
                    let content = ends.unwrap_or(Ends::Lf).restore(&typed);
                    whole(&path, content.into(), &mut sender).await?;
                }
                other => {
                    let message = format!("Nothing was deployed: \u{201c}{other}\u{201d} came after the files.");
                    return Err(ConsoleError::invalid(other, message).into());
                }
            }
        }
        seen.hold(parameters, "entrypoint_path")?;
        seen.hold(parameters, "import_map_path")?;
        Ok(sender.end().await?)
    }

    /// Remembers what the page comes back with: all of it, or nothing.
    fn keep(&mut self, name: &str, text: &str) {
        self.kept += text.len();
        if self.kept > KEPT {
            self.typed.clear();
        } else {
            self.typed.entry(name.to_owned()).or_default().push(text.to_owned());
        }
    }

    fn keep_text(&mut self, path: &str, ends: Option<Ends>, text: &str) {
        self.keep("path", path);
        self.keep("ends", ends.unwrap_or(Ends::Lf).as_str());
        self.keep("text", text);
    }

    /// Takes the files in for a look at what they change. What is text comes back as text to be edited, and of other files
    /// that were chosen only the names: a browser keeps no choice of files.
    async fn collect(&mut self) -> Result<(), ConsoleError> {
        let (mut seen, mut edited) = (Seen::default(), Edited::default());
        while let Some(field) = self.next().await? {
            let name = field.name().unwrap_or_default().to_owned();
            match name.as_str() {
                "file" => {
                    let path = field
                        .file_name()
                        .unwrap_or_default()
                        .trim_start_matches("./")
                        .to_owned();
                    if path.is_empty() {
                        continue;
                    }
                    seen.takes(&path, "file")?;
                    match Content::read(&beginning(field).await?) {
                        Content::Text { text, ends } => self.keep_text(&path, Some(ends), &text),
                        Content::Other { .. } => self.keep("upload", &path),
                    }
                }
                "path" => edited.path = text(field).await?.trim().trim_start_matches("./").to_owned(),
                "ends" => edited.ends = Ends::read(&text(field).await?),
                "text" => {
                    let (typed, Edited { path, ends, .. }) = (text(field).await?, std::mem::take(&mut edited));
                    if !seen.has(&path) {
                        self.keep_text(&path, ends, &typed);
                    }
                }
                "keep" | "remove" => {
                    let path = text(field).await?;
                    self.keep(&name, &path);
                }
                other => {
                    let message = format!("\u{201c}{other}\u{201d} came after the files.");
                    return Err(ConsoleError::invalid(other, message));
                }
            }
        }
        if self.kept > KEPT {
            let message = "This is too much to be compared here: the texts together hold more than a megabyte.";
            return Err(ConsoleError::invalid(None, message));
        }
        Ok(())
    }

    async fn drain(&mut self) {
        while let Ok(Some(mut field)) = self.next().await {
            while let Ok(Some(_)) = field.chunk().await {}
        }
    }
}

/// The file that is being edited, as far as it has come.
#[derive(Default)]
struct Edited {
    path: String,
    ends: Option<Ends>,
    removed: bool,
}

/// The files that have come.
#[derive(Default)]
struct Seen(BTreeSet<String>);

impl Seen {
    fn has(&self, path: &str) -> bool {
        self.0.contains(path)
    }

    fn takes(&mut self, path: &str, field: &'static str) -> Result<(), ConsoleError> {
        let shown: String = path.chars().take(100).collect();
        let refused = |why: String| Err(ConsoleError::invalid(field, format!("Nothing was deployed: {why}.")));
        if let Err(why) = source::check(path) {
            return refused(format!("the path \u{201c}{shown}\u{201d} {why}"));
        }
        if !self.0.insert(path.to_owned()) {
            return refused(format!("there are two files {shown}"));
        }
        if self.0.len() > FILES {
            return refused(format!("there are more than {FILES} files"));
        }
        Ok(())
    }

    /// Holds the file that `what` names to be one of them.
    fn hold(&self, parameters: &Value, what: &str) -> Result<(), ConsoleError> {
        let Some(path) = parameters["metadata"][what].as_str().filter(|path| !path.is_empty()) else {
            return Ok(());
        };
        if self.has(path) {
            return Ok(());
        }
        let message = format!("Nothing was deployed: {path} is not among the files.");
        Err(ConsoleError::invalid(format!("metadata.{what}").as_str(), message))
    }
}

/// A file of the running version, whose source is read when the first is asked for.
async fn running_file(
    running: &mut Option<BTreeMap<String, Bytes>>,
    path: &str,
    parameters: &Value,
    (shared, me): (&Shared, &SignedIn),
) -> Result<Bytes, ConsoleError> {
    let files = match running {
        Some(files) => files,
        None => {
            let text = |name: &str| parameters[name].as_str().unwrap_or_default().to_owned();
            let read = files(shared, me, text("ref"), text("slug")).await?;
            running.insert(read.unwrap_or_default().into_iter().collect())
        }
    };
    files.remove(path).ok_or_else(|| {
        ConsoleError::invalid(
            "keep",
            format!("Nothing was deployed: the running version has no file {path}."),
        )
    })
}

/// A field that is no file.
async fn text(mut field: Field<'static>) -> Result<String, ConsoleError> {
    let name = field.name().unwrap_or_default().to_owned();
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(broken)? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > TEXT {
            let message = "Nothing was deployed: a text of more than a megabyte is sent as a file.";
            return Err(ConsoleError::invalid(name.as_str(), message));
        }
    }
    String::from_utf8(bytes).map_err(|_| ConsoleError::invalid(name.as_str(), "Nothing was deployed: this is no text."))
}

/// As much of a file as tells whether it is edited as text.
async fn beginning(mut field: Field<'static>) -> Result<Vec<u8>, ConsoleError> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(broken)? {
        if bytes.len() <= TEXT {
            bytes.extend_from_slice(&chunk);
        }
    }
    Ok(bytes)
}

async fn stream(mut field: Field<'static>, path: &str, sender: &mut FileSender) -> Result<(), Stopped> {
    sender.file(path).await?;
    while let Some(chunk) = field.chunk().await.map_err(broken)? {
        sender.content(chunk).await?;
    }
    Ok(sender.close().await?)
}

async fn whole(path: &str, content: Bytes, sender: &mut FileSender) -> Result<(), Stopped> {
    sender.file(path).await?;
    sender.content(content).await?;
    Ok(sender.close().await?)
}

/// The form broke off, or is none.
fn broken(error: multer::Error) -> ConsoleError {
    tracing::debug!(%error, "a form with files could not be read");
    ConsoleError::invalid(
        "file",
        "The files did not come in whole, and nothing was deployed. Together they may be 20 MB at most.",
    )
}
