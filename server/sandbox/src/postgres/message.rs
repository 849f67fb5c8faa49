//! The database's own errors, told as the API tells them.

use std::fmt::Write;

use sqlx::postgres::{PgDatabaseError, PgErrorPosition, PgSeverity};

/// An error with the line of the script it is about. `before` is how many characters of the script came before the
/// statement; a negative number means that the statement was sent with so many of our own before it.
pub fn message(error: &PgDatabaseError, script: &str, before: isize) -> String {
    let mut text = format!(
        "{}:  {}: {}\n",
        severity(error.severity()),
        error.code(),
        error.message()
    );
    if let Some(PgErrorPosition::Original(position)) = error.position() {
        // ok: positions count from 1.
        let at = (position as isize + before - 1).max(0) as usize;
        text += &place(script, at);
    }
    let mut more = |name: &str, what: Option<&str>| {
        if let Some(what) = what {
            // ok: writing to a string cannot fail.
            let _ = writeln!(text, "{name}:  {what}");
        }
    };
    more("DETAIL", error.detail());
    more("HINT", error.hint());
    if let Some(PgErrorPosition::Internal { query, .. }) = error.position() {
        more("QUERY", Some(query));
    }
    more("CONTEXT", error.r#where());
    text
}

/// The line around a character, with a caret below it.
fn place(script: &str, at: usize) -> String {
    let mut begin = 0;
    for (number, line) in script.split('\n').enumerate() {
        let length = line.chars().count();
        // The end of a line belongs to it, as an error at the script's end has no other.
        if at <= begin + length {
            let label = format!("LINE {}: ", number + 1);
            let caret = label.len() + at - begin;
            return format!("{label}{line}\n{:caret$}^\n", "");
        }
        begin += length + 1;
    }
    String::new()
}

fn severity(severity: PgSeverity) -> &'static str {
    match severity {
        PgSeverity::Panic => "PANIC",
        PgSeverity::Fatal => "FATAL",
        PgSeverity::Error => "ERROR",
        PgSeverity::Warning => "WARNING",
        PgSeverity::Notice => "NOTICE",
        PgSeverity::Debug => "DEBUG",
        PgSeverity::Info => "INFO",
        PgSeverity::Log => "LOG",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_caret_stands_below_the_place() {
        assert_eq!(
            place("select * from x", 14),
            "LINE 1: select * from x\n                      ^\n"
        );
        assert_eq!(place("select 'é',\n  y", 14), "LINE 2:   y\n          ^\n");
        assert_eq!(place("select", 6), "LINE 1: select\n              ^\n");
    }
}
