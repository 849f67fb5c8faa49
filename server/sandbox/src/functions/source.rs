//! What a function is made of, and giving it back.

use axum::http::header;
use base64::{Engine, prelude::BASE64_STANDARD};
use management_api::Upload;
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::plain;
use crate::{
    answer::{Answered, Refusal, bytes},
    call::Call,
    token,
};

/// The folder under which the service puts the files of a deployment, as its clients take it off again.
const ROOT: &str = "source/";

/// The file that a function of one text has.
const ONLY_FILE: &str = "index.ts";

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Source {
    pub content: Content,
    /// The file that answers requests.
    pub entrypoint: String,
    pub has_import_map: bool,
    pub import_map_path: Option<String>,
    /// In hexadecimal.
    pub sha256: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Content {
    /// The files it was deployed from.
    Files(Vec<Upload>),
    /// A bundle that was made elsewhere, in base64.
    Bundle(String),
}

impl Source {
    /// Holds `path` to be one of the files; what a bundle holds only its maker knows.
    pub fn named(&self, what: &str, path: &str) -> Result<String, Refusal> {
        let path = plain(path);
        match &self.content {
            Content::Files(files) if files.iter().all(|file| file.name != path) => {
                Err(Refusal::Invalid(format!("{what}: {path} is not among the files.")))
            }
            Content::Files(_) | Content::Bundle(_) => Ok(path.to_owned()),
        }
    }

    pub fn new(content: Content, entrypoint: &str, import_map_path: Option<&str>) -> Self {
        let mut digest = Sha256::new();
        match &content {
            Content::Bundle(bundle) => digest.update(BASE64_STANDARD.decode(bundle).unwrap_or_default()),
            Content::Files(files) => {
                for file in files {
                    digest.update(format!("{}\0{}\0", file.name, file.content));
                }
            }
        }
        Self {
            content,
            entrypoint: entrypoint.to_owned(),
            has_import_map: import_map_path.is_some(),
            import_map_path: import_map_path.map(str::to_owned),
            sha256: digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect(),
        }
    }

    /// A source of one file.
    pub fn text(text: &str) -> Self {
        let file = Upload::new(ONLY_FILE, text.as_bytes());
        Self::new(Content::Files(vec![file]), ONLY_FILE, None)
    }

    /// A bundle as the command line makes it.
    pub fn bundle(bundle: &[u8]) -> Self {
        Self::new(Content::Bundle(BASE64_STANDARD.encode(bundle)), ONLY_FILE, None)
    }
}

/// v1-get-a-function-body
pub fn body(call: &mut Call<'_>) -> Answered {
    let functions = &call.project()?.parts.functions;
    let source = &functions.find(call.request.path("function_slug"))?.source;
    let accepted = call.request.header(header::ACCEPT).unwrap_or_default();
    match &source.content {
        Content::Files(files) if accepted.contains("multipart/form-data") || files.len() != 1 => {
            let boundary = format!("----sandbox{}", token::random());
            let kind = format!("multipart/form-data; boundary={boundary}");
            Ok(bytes(&kind, parts(&boundary, &source.entrypoint, files)))
        }
        Content::Files(files) => Ok(bytes(
            "application/octet-stream",
            files.iter().flat_map(content).collect(),
        )),
        Content::Bundle(bundle) => {
            let bundle = BASE64_STANDARD.decode(bundle).unwrap_or_default();
            Ok(bytes("application/octet-stream", bundle))
        }
    }
}

/// The body of a `multipart/form-data` answer: what the service knows of the bundle, then the files.
fn parts(boundary: &str, entrypoint: &str, files: &[Upload]) -> Vec<u8> {
    let metadata = json!({ "deno2_entrypoint_path": format!("{ROOT}{entrypoint}") });
    let mut body = format!(
        "--{boundary}\r\nContent-Disposition: form-data; name=\"metadata\"\r\n\
         Content-Type: application/json\r\n\r\n{metadata}\r\n"
    )
    .into_bytes();
    for file in files {
        let head = format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{ROOT}{}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n",
            file.name
        );
        body.extend_from_slice(head.as_bytes());
        body.extend(content(file));
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    body
}

/// ok: what was not base64 was never taken in.
fn content(file: &Upload) -> Vec<u8> {
    file.content().unwrap_or_default()
}
