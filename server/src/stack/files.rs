//! Files on their way through: the parts of a deployment, passed on while they come in, so that they never lie in memory
//! whole.

use std::{
    io,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use bytes::Bytes;
use futures::{Stream, StreamExt, stream};
use serde_json::Value;
use tokio::sync::mpsc;

/// Pieces that wait between browser and Supabase, at most; each is as large as one read of the connection.
const WAITING: usize = 4;

enum Piece {
    Bytes(Bytes),
    End,
}

/// The end at which the call takes files from. They can be sent once, whatever becomes of the call.
#[derive(Clone)]
pub struct Files {
    boundary: Arc<str>,
    pieces: Arc<Mutex<Option<mpsc::Receiver<Piece>>>>,
    broken: Arc<AtomicBool>,
}

/// The end at which files come in. Dropped without [`FileSender::end`], what was sent so far is no deployment.
pub struct FileSender {
    boundary: Arc<str>,
    pieces: mpsc::Sender<Piece>,
}

/// The call has ended and takes no more.
#[derive(Debug)]
pub struct Ended;

/// Both ends.
pub fn files() -> (FileSender, Files) {
    let boundary: Arc<str> = format!("steward-{:032x}", rand::random::<u128>()).into();
    let (sender, receiver) = mpsc::channel(WAITING);
    let files = Files {
        boundary: boundary.clone(),
        pieces: Arc::new(Mutex::new(Some(receiver))),
        broken: Arc::default(),
    };
    let sender = FileSender {
        boundary,
        pieces: sender,
    };
    (sender, files)
}

impl FileSender {
    async fn send(&mut self, piece: Piece) -> Result<(), Ended> {
        self.pieces.send(piece).await.map_err(|_| Ended)
    }

    /// Begins the next file.
    ///
    /// # Errors
    /// The call has ended.
    pub async fn file(&mut self, name: &str) -> Result<(), Ended> {
        let head = format!(
            "--{}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n",
            self.boundary,
            quoted(name)
        );
        self.send(Piece::Bytes(head.into())).await
    }

    /// More of the file that has begun.
    ///
    /// # Errors
    /// The call has ended.
    pub async fn content(&mut self, bytes: Bytes) -> Result<(), Ended> {
        self.send(Piece::Bytes(bytes)).await
    }

    /// The file that has begun is whole.
    ///
    /// # Errors
    /// The call has ended.
    pub async fn close(&mut self) -> Result<(), Ended> {
        self.send(Piece::Bytes(Bytes::from_static(b"\r\n"))).await
    }

    /// All files have come.
    ///
    /// # Errors
    /// The call has ended.
    pub async fn end(mut self) -> Result<(), Ended> {
        let last = format!("--{}--\r\n", self.boundary);
        self.send(Piece::Bytes(last.into())).await?;
        self.send(Piece::End).await
    }
}

/// A name within quotes, as browsers write it.
fn quoted(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

impl Files {
    pub(super) fn content_type(&self) -> String {
        format!("multipart/form-data; boundary={}", self.boundary)
    }

    /// Whether they were not all sent, so that nothing came of the call.
    pub(super) fn are_broken_off(&self) -> bool {
        self.broken.load(Ordering::Relaxed)
    }

    /// The body: `metadata`, then the files as they come. `None` where they were sent already.
    pub(super) fn body(&self, metadata: &Value) -> Option<impl Stream<Item = io::Result<Bytes>> + Send + use<>> {
        let pieces = self.pieces.lock().unwrap_or_else(PoisonError::into_inner).take()?;
        let head = format!(
            "--{}\r\nContent-Disposition: form-data; name=\"metadata\"\r\n\
             Content-Type: application/json\r\n\r\n{metadata}\r\n",
            self.boundary
        );
        let broken = self.broken.clone();
        let rest = stream::unfold(Some(pieces), move |pieces| {
            let broken = broken.clone();
            async move {
                let mut pieces = pieces?;
                match pieces.recv().await {
                    Some(Piece::Bytes(bytes)) => Some((Ok(bytes), Some(pieces))),
                    Some(Piece::End) => None,
                    None => {
                        broken.store(true, Ordering::Relaxed);
                        let error = io::Error::new(io::ErrorKind::UnexpectedEof, "the files did not come in whole");
                        Some((Err(error), None))
                    }
                }
            }
        });
        Some(stream::iter([Ok(head.into())]).chain(rest).fuse())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[tokio::test]
    async fn parts_come_out_as_they_came_in_and_once_only() {
        let (mut sender, files) = files();
        let body = files.body(&json!({ "entrypoint_path": "a" })).unwrap();
        assert!(files.body(&Value::Null).is_none(), "they can be sent once");
        let sending = async {
            sender.file("lib/\"a\".ts").await.unwrap();
            sender.content(Bytes::from_static(b"\xff\r\n--")).await.unwrap();
            sender.close().await.unwrap();
            sender.end().await.unwrap();
        };
        let (body, ()) = tokio::join!(body.map(Result::unwrap).collect::<Vec<_>>(), sending);
        let body = body.concat();
        let boundary = files.boundary.to_string();
        let expected = [
            format!(
                "--{boundary}\r\nContent-Disposition: form-data; name=\"metadata\"\r\nContent-Type: application/json\r\n\r\n\
                 {{\"entrypoint_path\":\"a\"}}\r\n--{boundary}\r\nContent-Disposition: form-data; name=\"file\"; \
                 filename=\"lib/%22a%22.ts\"\r\nContent-Type: application/octet-stream\r\n\r\n"
            )
            .as_bytes(),
            b"\xff\r\n--",
            format!("\r\n--{boundary}--\r\n").as_bytes(),
        ]
        .concat();
        assert_eq!(body, expected);
        assert!(!files.are_broken_off());
    }

    #[tokio::test]
    async fn files_that_stop_coming_are_no_body() {
        let (mut sender, files) = files();
        let body = files.body(&Value::Null).unwrap();
        let sending = async {
            sender.file("index.ts").await.unwrap();
            drop(sender);
        };
        let (body, ()) = tokio::join!(body.collect::<Vec<_>>(), sending);
        assert!(body.last().unwrap().is_err());
        assert!(files.are_broken_off());
    }
}
