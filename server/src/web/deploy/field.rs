//! The single fields of a form with files: read as text, or passed on as files.

use app::error::ConsoleError;
use bytes::Bytes;
use multer::Field;

use crate::stack::{Ended, FileSender};

/// Bytes of a field that is no file, at most.
pub(super) const TEXT: usize = 1024 * 1024;

/// Why no more files are passed on.
pub(super) enum Stopped {
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

/// A field that is no file.
pub(super) async fn text(mut field: Field<'static>) -> Result<String, ConsoleError> {
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
pub(super) async fn beginning(mut field: Field<'static>) -> Result<Vec<u8>, ConsoleError> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(broken)? {
        if bytes.len() <= TEXT {
            bytes.extend_from_slice(&chunk);
        }
    }
    Ok(bytes)
}

/// Passes a file on as it comes.
pub(super) async fn stream(mut field: Field<'static>, path: &str, sender: &mut FileSender) -> Result<(), Stopped> {
    sender.file(path).await?;
    while let Some(chunk) = field.chunk().await.map_err(broken)? {
        sender.content(chunk).await?;
    }
    Ok(sender.close().await?)
}

/// Passes a file on that is there already.
pub(super) async fn whole(path: &str, content: Bytes, sender: &mut FileSender) -> Result<(), Stopped> {
    sender.file(path).await?;
    sender.content(content).await?;
    Ok(sender.close().await?)
}

/// The form broke off, or is none.
pub(super) fn broken(error: multer::Error) -> ConsoleError {
    tracing::debug!(%error, "a form with files could not be read");
    ConsoleError::invalid(
        "file",
        "The files did not come in whole, and nothing was deployed. Together they may be 20 MB at most.",
    )
}
