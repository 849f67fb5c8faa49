//! Files that a browser keeps: how one is given, what stands in the place of one that cannot be, and tables for spreadsheets.

use app::error::ConsoleError;
use axum::{
    body::Body,
    response::{IntoResponse, Response},
};
use http::{
    HeaderMap,
    header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE},
};

use super::sign_in::turn_away::form_to_sign_in;
use crate::responses;

/// A file to be kept as `name`, which is of letters, digits, dots, hyphens and underscores.
pub fn attachment(name: &str, kind: &'static str, body: impl Into<Body>) -> Response {
    let headers = [
        (CONTENT_TYPE, kind.to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (CACHE_CONTROL, "no-store".to_owned()),
    ];
    (headers, body.into()).into_response()
}

/// Why there is none, as a line of text; whoever has to sign in is led there, and then to `page`.
pub fn refused(headers: &HeaderMap, error: &ConsoleError, page: &str) -> Response {
    match error {
        ConsoleError::SignedOut | ConsoleError::Reconnect => form_to_sign_in(headers, error, page),
        // A question that is wrong comes with 200, which no file of it should.
        ConsoleError::Refused { status: 200, message } => plain(http::StatusCode::BAD_REQUEST, message),
        error => plain(responses::status(error), &error.to_string()),
    }
}

fn plain(status: http::StatusCode, message: &str) -> Response {
    let kind = [(CONTENT_TYPE, "text/plain; charset=utf-8")];
    (status, kind, format!("{message}\n")).into_response()
}

/// Rows as CSV, in no cell of which a spreadsheet finds a formula.
///
/// # Errors
/// Rows of different lengths.
pub fn csv<const N: usize>(rows: impl IntoIterator<Item = [String; N]>) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer.write_record(row.map(|cell| without_formulas(&cell)))?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}

/// An apostrophe before whatever would begin a formula: at the start of the text, and behind everything at which some
/// spreadsheet, asked to or not, begins another cell.
fn without_formulas(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    let mut begins = true;
    for c in text.chars() {
        if begins && matches!(c, '=' | '+' | '-' | '@') {
            safe.push('\'');
        }
        safe.push(c);
        // Spaces and quotes before a formula are passed over, and so are characters that are not seen.
        begins = matches!(c, ';' | ',' | '\t' | '\n' | '\r' | '|')
            || (begins && (c.is_whitespace() || c.is_control() || matches!(c, '"' | '\u{feff}' | '\u{200b}')));
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for (text, safe) in [
            ("=1+1", "'=1+1"),
            ("+1", "'+1"),
            ("-1", "'-1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "\t'=1"),
            ("\r=1", "\r'=1"),
            ("a;=1", "a;'=1"),
            ("a,=1", "a,'=1"),
            ("a\t@x", "a\t'@x"),
            ("two\n-lines", "two\n'-lines"),
            (" \"=cmd|x", " \"'=cmd|x"),
            ("\u{feff}=1", "\u{feff}'=1"),
            ("x; ; =1", "x; ; '=1"),
        ] {
            assert_eq!(without_formulas(text), safe, "{text:?}");
        }
        for text in ["a=1", "2026-11-26T10:00:00.000Z", "a; b=c", "a@b"] {
            assert_eq!(without_formulas(text), text);
        }
        let file = csv([["=1", "a"], ["b", "c,d"]].map(|row| row.map(str::to_owned))).unwrap();
        assert_eq!(String::from_utf8(file).unwrap(), "'=1,a\nb,\"c,d\"\n");
    }
}
