//! The whole answer as a file. It is in memory once, as Supabase has sent it or without its secrets, and goes from there.

use axum::response::Response;
use bytes::Bytes;
use management_api::{OperationId, catalogue};

use super::redact::{self, Secrets};
use crate::web::file::attachment;

/// `None`: it is empty, or cannot be read and so cannot be freed of its secrets. The page says which.
pub fn file(id: OperationId, bytes: &Bytes, secrets: Secrets) -> Option<Response> {
    let row = id.row();
    if bytes.is_empty() {
        return None;
    }
    let json = match row.answer {
        catalogue::Answer::Json => without(bytes, secrets),
        catalogue::Answer::Text | catalogue::Answer::Bytes | catalogue::Answer::Count => None,
    };
    let (bytes, ending, kind) = match json {
        Some(json) => (json, "json", "application/json"),
        None if row.reveals_secret() => return None,
        None => match std::str::from_utf8(bytes) {
            Ok(text) => {
                let clean = redact::text(text, secrets.typed, usize::MAX);
                let bytes = if clean.redacted {
                    clean.content.into()
                } else {
                    bytes.clone()
                };
                (bytes, "txt", "text/plain; charset=utf-8")
            }
            Err(_) => (bytes.clone(), "bin", "application/octet-stream"),
        },
    };
    // The names of operations are our own words: letters and hyphens.
    Some(attachment(&format!("{id}.{ending}"), kind, bytes))
}

/// JSON without its secrets, byte for byte as it came where there are none; `None` where it is no JSON.
fn without(bytes: &Bytes, secrets: Secrets) -> Option<Bytes> {
    if secrets.are_none() {
        return serde_json::from_slice::<serde::de::IgnoredAny>(bytes)
            .ok()
            .map(|_| bytes.clone());
    }
    let clean = secrets.json(bytes, usize::MAX).ok()?;
    Some(if clean.redacted {
        clean.content.into()
    } else {
        bytes.clone()
    })
}
