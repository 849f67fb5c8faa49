//! GET /zip/functions/{ref}/{slug}: a function's files as a zip, written while it is sent.

use std::io::{self, Write};

use app::{error::ConsoleError, functions::source, outcome::Problem};
use axum::{
    Extension,
    body::Body,
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use futures::stream;
use management_api::functions::GetFunctionBody;
use tokio::sync::mpsc;
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use super::file;
use crate::{calls, context::RequestContext, responses, state::Shared};

/// The router's path; see [`app::paths::function_zip`].
pub const ROUTE: &str = "/zip/functions/{ref}/{slug}";
/// Pieces that wait for a slow reader, at most.
const WAITING: usize = 8;

pub async fn function(
    State(shared): State<Shared>,
    Extension(context): Extension<RequestContext>,
    Path((project, slug)): Path<(String, String)>,
) -> Response {
    match files(&shared, &context, project, slug.clone()).await {
        Ok(files) => sent(&slug, files),
        Err(error) => {
            let Problem { title, text, .. } = app::problem(&error);
            (responses::status(&error), format!("{title}. {text}\n")).into_response()
        }
    }
}

/// Names and contents: the files, or the bundle where nothing else is known.
async fn files(
    shared: &Shared,
    context: &RequestContext,
    project: String,
    slug: String,
) -> Result<Vec<(String, Vec<u8>)>, ConsoleError> {
    let signed_in = context.signed_in.as_ref().ok_or(ConsoleError::SignedOut)?;
    let body = GetFunctionBody {
        project,
        function_slug: slug.clone(),
    };
    let source = calls::read(shared, signed_in, &body).await?;
    let Some(uploads) = source.files() else {
        let bundle = source.bytes().unwrap_or_default();
        return Ok(vec![(format!("{slug}.eszip"), bundle)]);
    };
    let names: Vec<_> = uploads.iter().map(|file| file.name.as_str()).collect();
    let names = source::relative(&names);
    // Whoever unpacks it keeps what lies within its folder.
    let safe = names
        .into_iter()
        .zip(&uploads)
        .filter(|(name, _)| source::check(name).is_ok());
    // ok: it was put into base64 by ourselves.
    let content = |(name, file): (String, &management_api::Upload)| (name, file.content().unwrap_or_default());
    Ok(safe.map(content).collect())
}

fn sent(slug: &str, files: Vec<(String, Vec<u8>)>) -> Response {
    let (sender, mut receiver) = mpsc::channel(WAITING);
    tokio::task::spawn_blocking(move || {
        // A reader who has gone away is no failure.
        if let Err(error) = write(Pieces(sender.clone()), files) {
            tracing::debug!(%error, "a zip was not read to its end");
            let _ = sender.blocking_send(Err(error));
        }
    });
    // Whoever compresses it asks once more after the end.
    let pieces = stream::poll_fn(move |context| receiver.poll_recv(context));
    // Slugs are letters, digits, hyphens and underscores: anything else was refused before.
    file::attachment(&format!("{slug}.zip"), "application/zip", Body::from_stream(pieces))
}

fn write(pieces: Pieces, files: Vec<(String, Vec<u8>)>) -> io::Result<()> {
    let mut zip = ZipWriter::new_stream(pieces);
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, content) in files {
        zip.start_file(name, options)?;
        zip.write_all(&content)?;
    }
    zip.finish()?.into_inner().flush()
}

/// What is written goes to whoever reads.
struct Pieces(mpsc::Sender<io::Result<Bytes>>);

impl Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let piece = Ok(Bytes::copy_from_slice(bytes));
        let gone = |_| io::Error::from(io::ErrorKind::BrokenPipe);
        self.0.blocking_send(piece).map_err(gone)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use axum::body::to_bytes;

    use super::*;

    #[tokio::test]
    async fn files_come_out_as_they_went_in() {
        let files = vec![
            ("index.ts".to_owned(), b"Deno.serve();\n".to_vec()),
            ("assets/card.png".to_owned(), vec![0xff; 100_000]),
        ];
        let answer = sent("carry", files.clone());
        let bytes = to_bytes(answer.into_body(), usize::MAX).await.unwrap();
        let mut zip = zip::ZipArchive::new(io::Cursor::new(bytes)).unwrap();
        for (name, content) in files {
            let mut out = Vec::new();
            io::copy(&mut zip.by_name(&name).unwrap(), &mut out).unwrap();
            assert_eq!(out, content, "{name}");
        }
    }
}
