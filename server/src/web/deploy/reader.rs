//! A form with files, read part by part: what tells of the files, and the files on their way to Supabase.
//!
//! The form's own fields, after the operation's: `file` (a file, by the name it was chosen or dropped under), then for
//! each file that is edited `path`, `ends`, `remove` (where it is ticked) and `text`, and for each that stays as it is
//! `keep`. A file that was dropped goes before a text of the same path.

use std::collections::BTreeMap;

use app::{
    error::ConsoleError,
    form::Sent,
    functions::source::{Content, Ends},
};
use bytes::Bytes;
use multer::{Field, Multipart};
use serde_json::Value;

use super::{
    field::{Stopped, TEXT, beginning, broken, stream, text, whole},
    seen::Seen,
};
use crate::{deployments::files, identity::SignedIn, stack::FileSender, state::Shared};

/// Bytes of all texts that the page comes back with, at most.
const KEPT: usize = 1024 * 1024;

/// The version that the person has seen running; empty for a function that is new.
const VERSION: &str = "_version";
/// The button that shows what would change, and sends nothing.
const PREVIEW: &str = "_preview";
/// Where files begin, and what tells of them ends.
const FILE_FIELDS: [&str; 6] = ["file", "path", "ends", "remove", "text", "keep"];

/// What comes in, part by part.
pub(super) struct Reader {
    form: Multipart<'static>,
    /// The first part that belongs to the files.
    first: Option<Field<'static>>,
    /// What tells of the files.
    pub(super) sent: Sent,
    /// Texts of files, for the page that comes back with them.
    pub(super) typed: BTreeMap<String, Vec<String>>,
    kept: usize,
    /// Whether nothing is to be sent.
    pub(super) preview: bool,
}

impl Reader {
    pub(super) fn new(form: Multipart<'static>) -> Self {
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
    pub(super) async fn head(&mut self) -> Result<String, ConsoleError> {
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
    pub(super) async fn pass_on(
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
                    let path = within(field.file_name().unwrap_or_default());
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
                    let path = within(text(field).await?.trim());
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
    pub(super) async fn collect(&mut self) -> Result<(), ConsoleError> {
        let (mut seen, mut edited) = (Seen::default(), Edited::default());
        while let Some(field) = self.next().await? {
            let name = field.name().unwrap_or_default().to_owned();
            match name.as_str() {
                "file" => {
                    let path = within(field.file_name().unwrap_or_default());
                    if path.is_empty() {
                        continue;
                    }
                    seen.takes(&path, "file")?;
                    match Content::read(&beginning(field).await?) {
                        Content::Text { text, ends } => self.keep_text(&path, Some(ends), &text),
                        Content::Other { .. } => self.keep("upload", &path),
                    }
                }
                "path" => edited.path = within(text(field).await?.trim()),
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

    /// Takes in whatever is left, and drops it.
    pub(super) async fn drain(&mut self) {
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

/// A path from the function's own folder on.
fn within(path: &str) -> String {
    path.trim_start_matches("./").to_owned()
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
