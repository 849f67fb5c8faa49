//! A function's files: their names as people gave them, and what of them can be edited as text.
//!
//! Supabase puts files under a folder of its own before it bundles them, and tells their names from there: absolute, as
//! `/tmp/user_fn_<ref>_<id>_<version>/source/index.ts`, or from the last part on, as `source/index.ts`; entrypoint and
//! import map as addresses, as `file:///tmp/…/source/index.ts`. That folder is taken off here, so that what is deployed
//! again has the names it had.

use serde::{Deserialize, Serialize};

/// Bytes of a file that is edited as text, at most.
const TEXT: usize = 256 * 1024;
/// The folder under which Supabase puts the files of a deployment.
const ROOT: &str = "source/";

/// A file of a function.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceFile {
    pub path: String,
    pub content: Content,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Content {
    Text {
        /// Lines end in `\n`.
        text: String,
        ends: Ends,
    },
    /// What a text field would not give back as it was.
    Other { size: usize },
}

/// How lines end. Browsers send what was typed with line ends of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ends {
    Lf,
    CrLf,
}

impl Ends {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Lf => "lf",
            Self::CrLf => "crlf",
        }
    }

    /// `None` for any other word.
    pub fn read(word: &str) -> Option<Self> {
        [Self::Lf, Self::CrLf].into_iter().find(|ends| ends.as_str() == word)
    }

    /// What was typed, with these line ends.
    pub fn restore(self, typed: &str) -> String {
        let text = typed.replace("\r\n", "\n");
        match self {
            Self::Lf => text,
            Self::CrLf => text.replace('\n', "\r\n"),
        }
    }
}

impl Content {
    pub fn read(bytes: &[u8]) -> Self {
        let other = Self::Other { size: bytes.len() };
        let Ok(text) = std::str::from_utf8(bytes) else {
            return other;
        };
        let plain = text.replace("\r\n", "\n");
        let unfit = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
        if bytes.len() > TEXT || plain.contains(unfit) {
            return other;
        }
        let ends = if plain.len() == text.len() {
            Ends::Lf
        } else {
            Ends::CrLf
        };
        // Of both kinds, only one would come back.
        if ends.restore(&plain) != text {
            return other;
        }
        Self::Text { text: plain, ends }
    }
}

/// The files of a function, as names and contents, under the names that they were deployed with.
pub fn files(files: &[(String, Vec<u8>)]) -> Vec<SourceFile> {
    let names: Vec<_> = files.iter().map(|(name, _)| name.as_str()).collect();
    let read = |(path, (_, bytes)): (String, &(String, Vec<u8>))| SourceFile {
        path,
        content: Content::read(bytes),
    };
    relative(&names).into_iter().zip(files).map(read).collect()
}

/// Names without Supabase's own folder.
pub fn relative(names: &[&str]) -> Vec<String> {
    let names: Vec<&str> = names.iter().map(|name| own(name)).collect();
    let rooted = names.iter().all(|name| name.starts_with(ROOT));
    let name = |name: &&str| name.strip_prefix(ROOT).filter(|_| rooted).unwrap_or(name).to_owned();
    names.iter().map(name).collect()
}

/// A name without the folder of one deployment.
fn own(name: &str) -> &str {
    let name = name.strip_prefix("file://").unwrap_or(name);
    let below = name.strip_prefix("/tmp/user_fn_").and_then(|rest| rest.split_once('/'));
    let name = below.map_or(name, |(_, rest)| rest);
    name.trim_start_matches("./").trim_start_matches('/')
}

/// Which of `paths` an address of the API's names, such as `file:///src/index.ts`: the longest that it ends with.
pub fn named<'a>(address: &str, paths: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let address = own(address);
    let ends = |path: &&str| {
        address
            .strip_suffix(path)
            .is_some_and(|rest| rest.is_empty() || rest.ends_with('/'))
    };
    paths
        .into_iter()
        .filter(|path| !path.is_empty())
        .filter(ends)
        .max_by_key(|path| path.len())
}

/// Whether a bundler looks at the file by itself. What else there is comes along only as a static file.
pub fn is_code(path: &str) -> bool {
    const CODE: &[&str] = &[
        "ts", "tsx", "mts", "cts", "js", "jsx", "mjs", "cjs", "json", "jsonc", "lock",
    ];
    let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    ending.is_some_and(|ending| CODE.contains(&ending.as_str()))
}

/// Whether the file can be an import map.
pub fn is_map(path: &str) -> bool {
    path.ends_with(".json") || path.ends_with(".jsonc")
}

/// Characters of a path, at most.
const LONGEST: usize = 512;

/// Holds a file to a path within the function.
///
/// # Errors
/// What is wrong with it, going on from "The path … ".
pub fn check(path: &str) -> Result<(), &'static str> {
    if path.is_empty() {
        return Err("is empty");
    }
    if path.chars().count() > LONGEST {
        return Err("is too long");
    }
    if path.contains(|c: char| c.is_control() || matches!(c, '"' | '\\')) {
        return Err("has quotes, backslashes or control characters in it");
    }
    if path.split('/').any(|part| matches!(part, "" | "." | "..")) {
        return Err("leads out of the function, or has an empty part");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_what_a_form_gives_back() {
        let text = |text: &str, ends| Content::Text {
            text: text.to_owned(),
            ends,
        };
        assert_eq!(Content::read(b""), text("", Ends::Lf));
        assert_eq!(Content::read(b"\na\n\tb"), text("\na\n\tb", Ends::Lf));
        assert_eq!(Content::read(b"a\r\nb\r\n"), text("a\nb\n", Ends::CrLf));
        for (other, size) in [
            (b"a\r\nb\n".as_slice(), 5),
            (b"a\rb", 3),
            (b"a\0", 2),
            (b"\xff", 1),
            (b"\x1b[0m", 4),
        ] {
            assert_eq!(Content::read(other), Content::Other { size }, "{other:?}");
        }
        assert_eq!(Content::read(&vec![b'a'; TEXT + 1]), Content::Other { size: TEXT + 1 });
        for (typed, ends, sent) in [("a\r\nb", Ends::Lf, "a\nb"), ("a\r\nb\n", Ends::CrLf, "a\r\nb\r\n")] {
            assert_eq!(ends.restore(typed), sent);
        }
    }

    #[test]
    fn names_lose_what_supabase_has_put_before_them() {
        let temporary = "/tmp/user_fn_abcdefghijklmnopqrst_1b2c_7";
        for (names, expected) in [
            (vec!["source/index.ts", "source/lib/a.ts"], vec!["index.ts", "lib/a.ts"]),
            (
                vec!["source/index.ts", "_shared/cors.ts"],
                vec!["source/index.ts", "_shared/cors.ts"],
            ),
            (vec!["index.ts", "lib/a.ts"], vec!["index.ts", "lib/a.ts"]),
            (vec!["source/source/index.ts"], vec!["source/index.ts"]),
        ] {
            assert_eq!(relative(&names), expected);
            let absolute: Vec<_> = names.iter().map(|name| format!("{temporary}/{name}")).collect();
            let absolute: Vec<_> = absolute.iter().map(String::as_str).collect();
            assert_eq!(relative(&absolute), expected);
        }
    }

    #[test]
    fn an_address_names_the_longest_path_that_it_ends_with() {
        let paths = ["index.ts", "lib/index.ts", "x.ts"];
        for (address, path) in [
            ("file:///src/index.ts", Some("index.ts")),
            ("file:///tmp/user_fn_a_b_3/source/lib/index.ts", Some("lib/index.ts")),
            ("index.ts", Some("index.ts")),
            ("./lib/index.ts", Some("lib/index.ts")),
            ("file:///src/main.ts", None),
            ("file:///src/max.ts", None),
        ] {
            assert_eq!(named(address, paths), path, "{address}");
        }
    }

    #[test]
    fn paths_stay_within_the_function() {
        for fits in ["index.ts", "lib/a b.ts", "\u{e9}.png", ".env", "a..b/c", "[id]/$x.ts"] {
            assert_eq!(check(fits), Ok(()), "{fits}");
        }
        for unfit in [
            "",
            "/a",
            "a//b",
            "../a",
            "a/../b",
            "./a",
            "a/",
            "a\"b",
            "a\\b",
            "a\nb",
            &"a".repeat(513),
        ] {
            assert!(check(unfit).is_err(), "{unfit}");
        }
    }
}
