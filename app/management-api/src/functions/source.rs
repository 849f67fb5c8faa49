//! The source of a function, as it comes back.

use base64::{Engine, prelude::BASE64_STANDARD};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Operation, OperationId, Upload};

/// Reads the source of a function: the files it was deployed from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetFunctionBody {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
    /// The function's slug.
    pub function_slug: String,
}

impl Operation for GetFunctionBody {
    const ID: OperationId = OperationId::GetFunctionBody;
    type Output = FunctionSource;
}

/// A function's body in base64: a `multipart/form-data` of its files, or, where the service does not know the files, the
/// bundle itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FunctionSource(pub String);

impl FunctionSource {
    /// The body as it came.
    pub fn bytes(&self) -> Option<Vec<u8>> {
        BASE64_STANDARD.decode(&self.0).ok()
    }

    /// The files, each under the name it was deployed with; `None` where this is a bundle.
    ///
    /// The separator of the parts is read from the first line, since the answer's headers do not come this far.
    pub fn files(&self) -> Option<Vec<Upload>> {
        let body = BASE64_STANDARD.decode(&self.0).ok()?;
        let end_of_line = find(&body, b"\r\n")?;
        let separator = body[..end_of_line]
            .strip_prefix(b"--")
            .filter(|rest| !rest.is_empty())?;
        let separator = [b"\r\n--", separator].concat();
        let mut files = Vec::new();
        let mut rest = &body[end_of_line..];
        while let Some(part) = rest.strip_prefix(b"\r\n") {
            let length = find(part, &separator)?;
            files.extend(file(&part[..length]));
            rest = &part[length + separator.len()..];
        }
        rest.starts_with(b"--").then_some(files)
    }
}

/// A part with a file's name; the `metadata` part has none.
fn file(part: &[u8]) -> Option<Upload> {
    let head = find(part, b"\r\n\r\n")?;
    let lines = String::from_utf8_lossy(&part[..head]).into_owned();
    let header = |name: &str| {
        lines.lines().find_map(|line| {
            let (known, value) = line.split_once(':')?;
            known.eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
        })
    };
    // ok: the service names the whole path here where the file's name is only the last part of it.
    let name = header("supabase-path").or_else(|| {
        let disposition = header("content-disposition")?;
        let (_, rest) = disposition.split_once("filename=\"")?;
        Some(rest.split('"').next()?.to_owned())
    })?;
    Some(Upload::new(name, &part[head + 4..]))
}

fn find(text: &[u8], what: &[u8]) -> Option<usize> {
    text.windows(what.len()).position(|window| window == what)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(body: &[u8]) -> FunctionSource {
        FunctionSource(BASE64_STANDARD.encode(body))
    }

    #[test]
    fn files_come_out_byte_for_byte() {
        let body = b"--xyz\r\nContent-Disposition: form-data; name=\"metadata\"\r\n\r\n{}\r\n--xyz\r\n\
            content-disposition: form-data; name=\"file\"; filename=\"index.ts\"\r\n\
            Supabase-Path: source/index.ts\r\n\r\na\r\n--b\n\xff\r\n--xyz\r\n\
            Content-Disposition: form-data; name=\"file\"; filename=\"lib/empty.ts\"\r\n\r\n\r\n--xyz--\r\n";
        let files = source(body).files().unwrap();
        let expected = [
            Upload::new("source/index.ts", b"a\r\n--b\n\xff"),
            Upload::new("lib/empty.ts", b""),
        ];
        assert_eq!(files, expected);
    }

    #[test]
    fn a_bundle_has_no_files() {
        for bundle in [
            b"ESZIP2.3\r\n".as_slice(),
            b"",
            b"--\r\n",
            b"--xyz\r\nname: cut off",
            b"--xyz\r\na: b\r\n\r\n\r\n--xyz",
        ] {
            assert_eq!(source(bundle).files(), None, "{bundle:?}");
        }
        assert_eq!(FunctionSource("no base64!".to_owned()).files(), None);
    }
}
