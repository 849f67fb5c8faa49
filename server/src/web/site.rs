//! The built site: WASM, JavaScript, style sheet and public files, embedded in the binary.

use std::collections::BTreeMap;

use app::backend::Assets;
use axum::{
    body::Body,
    response::{IntoResponse, Response},
};
use http::{
    HeaderMap, HeaderValue, Method, StatusCode,
    header::{
        ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY,
    },
};
use rust_embed::{EmbeddedFile, RustEmbed};
use serde::Deserialize;

use crate::store::crypto::hex;

/// Release builds embed the folder; debug builds read it from the disk, as `cargo leptos watch` expects.
#[derive(RustEmbed)]
#[folder = "../target/site"]
#[allow_missing = true]
struct Site;

const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const AN_HOUR: HeaderValue = HeaderValue::from_static("public, max-age=3600");

/// The files that pages ask for, by the names the build gave them.
pub fn assets() -> Assets {
    #[derive(Deserialize)]
    struct Manifest {
        js: String,
        wasm: String,
        css: String,
        sheets: BTreeMap<String, String>,
        modules: BTreeMap<String, String>,
    }
    let manifest = Site::get("pkg/manifest.json").and_then(|file| serde_json::from_slice::<Manifest>(&file.data).ok());
    match manifest {
        Some(Manifest {
            js,
            wasm,
            css,
            sheets,
            modules,
        }) => Assets {
            js,
            wasm,
            css,
            sheets,
            modules,
        },
        // What cargo-leptos writes.
        None => Assets {
            js: "/pkg/steward.js".to_owned(),
            wasm: "/pkg/steward.wasm".to_owned(),
            css: "/pkg/steward.css".to_owned(),
            sheets: BTreeMap::new(),
            modules: BTreeMap::new(),
        },
    }
}

/// The file at `path`, in the smallest form that the browser takes; `None` if there is no such file.
pub fn serve(method: &Method, path: &str, headers: &HeaderMap) -> Option<Response> {
    if method != Method::GET && method != Method::HEAD {
        return None;
    }
    let name = path
        .strip_prefix('/')
        .filter(|name| !name.is_empty() && !is_variant(name))?;
    let plain = Site::get(name)?;
    let content_type = content_type(&plain)?;
    let (file, encoding) = smallest(name, headers).unwrap_or((plain, None));

    let etag = HeaderValue::from_str(&format!("\"{}\"", hex(&file.metadata.sha256_hash()[..16]))).ok()?;
    let unchanged = headers
        .get_all(IF_NONE_MATCH)
        .iter()
        .any(|known| matches_etag(known, &etag));
    let mut response = if unchanged {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let length = HeaderValue::from(file.data.len());
        let body = if method == Method::HEAD {
            Body::empty()
        } else {
            Body::from(file.data)
        };
        let mut response = body.into_response();
        response.headers_mut().insert(CONTENT_LENGTH, length);
        response
    };
    let out = response.headers_mut();
    out.insert(CONTENT_TYPE, content_type);
    out.insert(CACHE_CONTROL, if is_hashed(name) { FOR_EVER } else { AN_HOUR });
    out.insert(ETAG, etag);
    out.insert(VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(encoding) = encoding {
        out.insert(CONTENT_ENCODING, encoding);
    }
    Some(response)
}

/// Compressed neighbours are served in place of their originals, never by their own names.
fn is_variant(name: &str) -> bool {
    name.ends_with(".br") || name.ends_with(".gz")
}

fn smallest(name: &str, headers: &HeaderMap) -> Option<(EmbeddedFile, Option<HeaderValue>)> {
    [("br", "br"), ("gzip", "gz")]
        .into_iter()
        .filter(|(encoding, _)| accepts(headers, encoding))
        .find_map(|(encoding, extension)| {
            Some((
                Site::get(&format!("{name}.{extension}"))?,
                Some(HeaderValue::from_static(encoding)),
            ))
        })
}

/// Whether the browser names the encoding, and not with a weight of zero.
fn accepts(headers: &HeaderMap, encoding: &str) -> bool {
    let values = headers
        .get_all(ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).any(|item| {
        let (name, weight) = item.split_once(';').unwrap_or((item, "q=1"));
        let refused = weight.trim().strip_prefix("q=").and_then(|q| q.parse::<f32>().ok()) == Some(0.0);
        name.trim().eq_ignore_ascii_case(encoding) && !refused
    })
}

fn matches_etag(known: &HeaderValue, etag: &HeaderValue) -> bool {
    known.to_str().is_ok_and(|known| {
        known
            .split(',')
            .map(|tag| tag.trim().trim_start_matches("W/"))
            .any(|tag| tag == "*" || etag == tag)
    })
}

/// Files of pkg/ whose name holds a hash, such as `steward.5fa4e9007002.css`.
fn is_hashed(name: &str) -> bool {
    let ours = |part: &str| part.len() >= 8 && part.bytes().all(|byte| byte.is_ascii_hexdigit());
    let esbuilds = |part: &str| part.len() == 8 && part.bytes().all(|byte| matches!(byte, b'A'..=b'Z' | b'2'..=b'7'));
    name.starts_with("pkg/") && name.split('.').any(|part| ours(part) || esbuilds(part))
}

fn content_type(file: &EmbeddedFile) -> Option<HeaderValue> {
    let kind = file.metadata.mimetype();
    let text = kind.starts_with("text/") || kind == "application/json";
    HeaderValue::from_str(&if text {
        format!("{kind}; charset=utf-8")
    } else {
        kind.to_owned()
    })
    .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_hashed_names_are_kept_for_ever() {
        assert!(is_hashed("pkg/workbench.KP2DGX7A.js"));
        assert!(is_hashed("pkg/steward.5fa4e9007002.css") && is_hashed("pkg/steward_bg.cf132d721fe0.wasm"));
        for name in ["pkg/steward.css", "pkg/manifest.json", "favicon.svg", "deadbeef00.txt"] {
            assert!(!is_hashed(name), "{name}");
        }
    }

    #[test]
    fn encodings_are_taken_by_name_and_weight() {
        let accepting = |value: &str| {
            let headers: HeaderMap = [(ACCEPT_ENCODING, HeaderValue::from_str(value).unwrap())]
                .into_iter()
                .collect();
            (accepts(&headers, "br"), accepts(&headers, "gzip"))
        };
        assert_eq!(accepting("gzip, deflate, br, zstd"), (true, true));
        assert_eq!(accepting("gzip;q=0.5, br;q=0"), (false, true));
        assert_eq!(accepting("identity"), (false, false));
    }
}
