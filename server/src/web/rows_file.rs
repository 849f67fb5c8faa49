//! All rows that a statement gives, as a file that is written while they come in, however many there are: no more of them is
//! in memory than one row and what waits for the line.

use std::io;

use app::{
    error::ConsoleError,
    sql::{
        export::{Format, Writer},
        pieces::Pieces,
    },
};
use axum::{body::Body, response::Response};
use bytes::{Bytes, BytesMut};
use futures::stream;
use tokio::{
    sync::mpsc::Receiver,
    task::{JoinError, JoinHandle},
};

use super::file;
use crate::{
    stack::{Answer, Call, Failure, passage},
    state::Shared,
};

/// Bytes of an answer that is no list, and of one row, at most.
const MOST: usize = 10 * 1024 * 1024;

/// What came of asking for a file.
pub enum Made {
    File(Response),
    /// It is no list of rows.
    Other(Answer),
}

/// The file, once its first rows are there; what goes wrong after that breaks it off, so that nobody takes it for all.
///
/// # Errors
/// Whatever the stack refuses, and what is no list and too large.
pub async fn made(shared: &Shared, call: Call, format: Format) -> Result<Made, Failure> {
    let (way, mut pieces) = passage();
    let stack = shared.stack.clone();
    let call = Call {
        passage: Some(way),
        ..call
    };
    let asked = tokio::spawn(async move { stack.ask(call).await });
    let mut begun = BytesMut::new();
    while !is_told(&begun) {
        match pieces.recv().await {
            Some(piece) => begun.extend_from_slice(&piece),
            None => return ended(asked.await).map(|answer| Made::Other(with(answer, begun))),
        }
    }
    if !is_list(&begun) {
        while let Some(piece) = pieces.recv().await {
            begun.extend_from_slice(&piece);
            if begun.len() > MOST {
                return Err(Failure::sent(ConsoleError::Unreadable {
                    message: "The answer is no list of rows, and too large to be shown.".to_owned(),
                }));
            }
        }
        return ended(asked.await).map(|answer| Made::Other(with(answer, begun)));
    }
    let (ending, kind) = format.file();
    let rows = Rows {
        first: Some(begun.freeze()),
        pieces,
        asked: Some(asked),
        cut: Pieces::new(MOST),
        writer: Some(Writer::new(format)),
    };
    let body = stream::try_unfold(rows, |mut rows| async move {
        let text = rows.next().await?;
        Ok::<_, io::Error>(text.map(|text| (Bytes::from(text), rows)))
    });
    Ok(Made::File(file::attachment(
        &format!("rows.{ending}"),
        kind,
        Body::from_stream(body),
    )))
}

fn with(answer: Answer, body: BytesMut) -> Answer {
    Answer {
        body: body.freeze(),
        ..answer
    }
}

fn ended(asked: Result<Result<Answer, Failure>, JoinError>) -> Result<Answer, Failure> {
    asked.unwrap_or_else(|error| {
        tracing::error!(%error, "a call for a file ended in a panic or with the server");
        Err(Failure::sent(ConsoleError::Internal {
            message: "The call was broken off. Try again.".to_owned(),
        }))
    })
}

fn signs(begun: &[u8]) -> impl Iterator<Item = u8> {
    begun.iter().copied().filter(|byte| !byte.is_ascii_whitespace())
}

/// Whether there is enough of an answer to tell what it is.
fn is_told(begun: &[u8]) -> bool {
    match signs(begun).next() {
        None => begun.len() > MOST,
        Some(b'[') => signs(begun).nth(1).is_some(),
        Some(_) => true,
    }
}

/// Whether it begins as a list of rows does.
fn is_list(begun: &[u8]) -> bool {
    let mut signs = signs(begun);
    signs.next() == Some(b'[') && matches!(signs.next(), Some(b'{' | b']'))
}

/// What is left of the file.
struct Rows {
    first: Option<Bytes>,
    pieces: Receiver<Bytes>,
    asked: Option<JoinHandle<Result<Answer, Failure>>>,
    cut: Pieces,
    writer: Option<Writer>,
}

impl Rows {
    /// The next part of it; `None` at its end.
    async fn next(&mut self) -> io::Result<Option<String>> {
        let Some(writer) = &mut self.writer else {
            return Ok(None);
        };
        let mut text = String::new();
        while text.is_empty() {
            let piece = match self.first.take() {
                Some(first) => first,
                None => match self.pieces.recv().await {
                    Some(piece) => piece,
                    None => break,
                },
            };
            self.cut
                .take(&piece, |row| writer.row(row, &mut text))
                .map_err(io::Error::other)?;
        }
        if !text.is_empty() {
            return Ok(Some(text));
        }
        // All has come, or as much as was to come: only the call knows.
        let broken = |why: String| {
            tracing::warn!(%why, "a file of rows was broken off");
            io::Error::other(why)
        };
        if let Some(asked) = self.asked.take() {
            ended(asked.await).map_err(|failure| broken(failure.error.to_string()))?;
        }
        if !self.cut.is_whole() {
            return Err(broken("the list has no end".to_owned()));
        }
        if let Some(writer) = self.writer.take() {
            writer.end(&mut text);
        }
        Ok(Some(text).filter(|text| !text.is_empty()))
    }
}

#[cfg(test)]
mod tests {
    use futures::FutureExt;
    use tokio::sync::mpsc::channel;

    use super::*;
    use crate::stack::{Rate, Source};

    fn answer() -> Answer {
        Answer {
            status: 201,
            body: Bytes::new(),
            source: Source::Upstream,
            rate: Rate::default(),
            request_id: None,
            cut: false,
        }
    }

    /// The file of what came, with how the call ended.
    async fn file(pieces: &[&'static str], end: Result<Answer, Failure>) -> io::Result<String> {
        let (sender, receiver) = channel(pieces.len());
        for piece in pieces {
            sender.try_send(Bytes::from(*piece)).unwrap();
        }
        drop(sender);
        let mut rows = Rows {
            first: None,
            pieces: receiver,
            asked: Some(tokio::spawn(async { end })),
            cut: Pieces::new(MOST),
            writer: Some(Writer::new(Format::Csv)),
        };
        let mut file = String::new();
        while let Some(text) = rows.next().await? {
            file.push_str(&text);
        }
        assert!(rows.next().now_or_never().unwrap().unwrap().is_none(), "it has one end");
        Ok(file)
    }

    #[tokio::test]
    async fn a_file_has_all_rows_or_is_broken_off() {
        let whole = ["[{\"n\"", ":1},{\"n\":", "2}", "]"];
        assert_eq!(file(&whole, Ok(answer())).await.unwrap(), "\"n\"\r\n1\r\n2\r\n");
        let lost = || {
            Err(Failure::sent(ConsoleError::Unreachable {
                message: "The connection broke.".to_owned(),
            }))
        };
        assert!(file(&whole, lost()).await.is_err());
        assert!(file(&whole[..3], Ok(answer())).await.is_err(), "its end is missing");
        assert!(file(&["[{\"n\":1},", "2]"], Ok(answer())).await.is_err());
    }

    #[test]
    fn a_list_of_rows_is_told_by_its_beginning() {
        for (begun, told, list) in [
            ("", false, false),
            (" [", false, false),
            ("[ {", true, true),
            ("[]", true, true),
            ("[1", true, false),
            ("{", true, false),
        ] {
            assert_eq!(
                (is_told(begun.as_bytes()), is_list(begun.as_bytes())),
                (told, list),
                "{begun:?}"
            );
        }
    }
}
