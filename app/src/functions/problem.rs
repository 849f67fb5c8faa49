//! What a bundler says is wrong: the file and the line, where its words tell them.

use serde::{Deserialize, Serialize};

use super::source::named;

/// Where something is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    pub path: String,
    /// From 1 on.
    pub line: usize,
    /// From 1 on.
    pub column: usize,
}

/// The place among the function's files that a message names, as in
/// `Expected ')', got 'if' at file:///tmp/user_fn_a_b_3/source/lib/carry.ts:26:5`.
pub fn place(message: &str, paths: &[String]) -> Option<Place> {
    let around = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '(' | ')' | '<' | '>' | ',' | '`');
    message.split(around).find_map(|word| {
        let mut parts = word.trim_end_matches(['.', ':']).rsplitn(3, ':');
        let (column, line, file) = (parts.next()?, parts.next()?, parts.next()?);
        let path = named(file, paths.iter().map(String::as_str))?;
        Some(Place {
            path: path.to_owned(),
            line: line.parse().ok()?,
            column: column.parse().ok()?,
        })
    })
}

/// The message with short paths: without the folder in which Supabase has bundled.
pub fn short(message: &str) -> String {
    let mut text = String::new();
    let mut rest = message;
    while let Some((before, after)) = rest.split_once("file:///tmp/user_fn_") {
        text.push_str(before);
        let path = after.split_once('/').map_or(after, |(_, path)| path);
        rest = path.strip_prefix("source/").unwrap_or(path);
    }
    text + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_is_found_in_the_words() {
        let paths = ["index.ts".to_owned(), "lib/carry.ts".to_owned()];
        let at = |message: &str| place(message, &paths).map(|place| (place.path, place.line, place.column));
        let message = "Failed to bundle the function (reason: The module's source code could not be parsed: Expected ')', got \
                       'if' at file:///tmp/user_fn_a_b_3/source/lib/carry.ts:26:5\n\n  if (held)\n  ~~).";
        assert_eq!(at(message), Some(("lib/carry.ts".to_owned(), 26, 5)));
        assert_eq!(
            at("Module not found \"file:///src/x.ts\".\n    at file:///src/index.ts:1:20"),
            Some(("index.ts".to_owned(), 1, 20))
        );
        for nowhere in [
            "Bundle generation timed out",
            "at https://esm.sh/a.ts:1:2",
            "index.ts",
            "a:b:c",
            "",
        ] {
            assert_eq!(at(nowhere), None, "{nowhere}");
        }
    }

    #[test]
    fn messages_are_shortened_to_what_people_know() {
        assert_eq!(
            short("no \"file:///tmp/user_fn_a_b_3/source/x.ts\" at file:///tmp/user_fn_a_b_3/source/index.ts:1:2"),
            "no \"x.ts\" at index.ts:1:2"
        );
    }
}
