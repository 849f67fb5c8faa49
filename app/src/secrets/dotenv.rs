//! Reads a `.env` file: names, values, and the lines on which they stand.
//!
//! Own code, because what is known puts values together (`$` in a password would be taken for a variable), stops at the
//! first fault, and says neither on which line a name stands nor that it stood there before. Here nothing is put in: a
//! value is what is written. Faults never repeat a line, which may hold a secret.

use std::fmt;

use management_api::Secret;

/// What a file says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dotenv {
    /// In the file's order; a name may come several times.
    pub entries: Vec<Entry>,
    pub faults: Vec<Fault>,
}

/// A name and its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub name: String,
    pub value: Secret,
    /// The line on which it begins, from 1.
    pub line: usize,
}

/// A line that says nothing that can be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub line: usize,
    pub kind: FaultKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// Neither a comment nor an assignment.
    NoAssignment,
    NoName,
    /// This quotation mark opens a value and never closes it.
    Open(char),
    /// Something other than a comment follows this closing quotation mark.
    After(char),
}

impl fmt::Display for FaultKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoAssignment => {
                f.write_str("No = in this line. Write NAME=value, or put a # in front to make it a comment.")
            }
            Self::NoName => f.write_str("No name before the = in this line."),
            Self::Open(quote) => write!(
                f,
                "The value begins with {quote} and no {quote} closes it. Close it, or put the whole value between others."
            ),
            Self::After(quote) => write!(
                f,
                "Something follows the closing {quote}. Only a comment may; inside the value write \\{quote} or use other \
                 quotation marks."
            ),
        }
    }
}

/// Reads `text`. What is wrong with one line leaves the others as they are.
pub fn read(text: &str) -> Dotenv {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    // Browsers and editors end lines in their own way.
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut read = Dotenv::default();
    let (mut rest, mut line) = (text.as_str(), 1);
    while !rest.is_empty() {
        let (first, after) = rest.split_once('\n').unwrap_or((rest, ""));
        let mut used = first.len() + usize::from(first.len() < rest.len());
        let mut lines = 1;
        let fault = |kind| Fault { line, kind };
        match assignment(first) {
            Line::Nothing => {}
            Line::Fault(kind) => read.faults.push(fault(kind)),
            Line::Of { name, value } => {
                let start = value.trim_start_matches([' ', '\t']);
                let at = rest.len() - after.len() - usize::from(used > first.len()) - start.len();
                let from = rest.get(at..).unwrap_or_default();
                match quoted(from) {
                    None => read.entries.push(entry(name, bare(value), line)),
                    Some(Ok((value, length))) => {
                        let end = from.get(length..).unwrap_or_default();
                        let tail = end.split('\n').next().unwrap_or_default();
                        lines += from.get(..length).map_or(0, |value| value.matches('\n').count());
                        used = at + length + tail.len() + usize::from(tail.len() < end.len());
                        if is_comment(tail) {
                            read.entries.push(entry(name, value, line));
                        } else {
                            let quote = from.chars().next().unwrap_or('"');
                            read.faults.push(fault(FaultKind::After(quote)));
                        }
                    }
                    // The lines below are read for themselves.
                    Some(Err(quote)) => read.faults.push(fault(FaultKind::Open(quote))),
                }
            }
        }
        line += lines;
        rest = rest.get(used..).unwrap_or_default();
    }
    read
}

fn entry(name: &str, value: String, line: usize) -> Entry {
    Entry {
        name: name.to_owned(),
        value: Secret::from(value),
        line,
    }
}

enum Line<'a> {
    Nothing,
    Of { name: &'a str, value: &'a str },
    Fault(FaultKind),
}

fn assignment(line: &str) -> Line<'_> {
    let line = line.trim_start();
    if line.is_empty() || line.starts_with('#') {
        return Line::Nothing;
    }
    let Some((name, value)) = line.split_once('=') else {
        return Line::Fault(FaultKind::NoAssignment);
    };
    let name = name.trim();
    let name = match name.strip_prefix("export") {
        Some(rest) if rest.starts_with([' ', '\t']) => rest.trim_start(),
        Some(_) | None => name,
    };
    if name.is_empty() {
        return Line::Fault(FaultKind::NoName);
    }
    Line::Of { name, value }
}

/// A value without quotation marks: to the line's end, or to a comment. As in a shell, `#` begins one only after a space.
fn bare(value: &str) -> String {
    let mut before = None;
    let end = value.char_indices().find(|(_, one)| {
        let begins = *one == '#' && before.is_some_and(|before| matches!(before, ' ' | '\t'));
        before = Some(*one);
        begins
    });
    let value = end.and_then(|(end, _)| value.get(..end)).unwrap_or(value);
    value.trim().to_owned()
}

/// A value in quotation marks at the beginning of `text`, and how many bytes it takes; the mark where none closes it.
/// `None` where there are no marks.
fn quoted(text: &str) -> Option<Result<(String, usize), char>> {
    let quote = text.chars().next().filter(|first| matches!(first, '"' | '\'' | '`'))?;
    let mut value = String::new();
    let mut rest = text.char_indices().skip(1);
    while let Some((at, one)) = rest.next() {
        match one {
            _ if one == quote => return Some(Ok((value, at + one.len_utf8()))),
            '\\' if quote == '"' => match rest.next().map(|(_, next)| next) {
                Some('n') => value.push('\n'),
                Some('r') => value.push('\r'),
                Some('t') => value.push('\t'),
                Some(same @ ('"' | '\\' | '$')) => value.push(same),
                // No escape at all, such as in C:\data.
                Some(other) => value.extend(['\\', other]),
                None => break,
            },
            _ => value.push(one),
        }
    }
    Some(Err(quote))
}

fn is_comment(tail: &str) -> bool {
    let tail = tail.trim();
    tail.is_empty() || tail.starts_with('#')
}

/// The same names without their values, to be filled in.
pub fn skeleton<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    names.into_iter().map(|name| format!("{name}=\n")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    type Told = (String, String, usize);

    /// What is read: name, value and line of each entry, and line and kind of each fault.
    fn told(text: &str) -> (Vec<Told>, Vec<(usize, FaultKind)>) {
        let read = read(text);
        let entries = read.entries.iter();
        let entries = entries.map(|one| (one.name.clone(), one.value.expose().to_owned(), one.line));
        (
            entries.collect(),
            read.faults.iter().map(|one| (one.line, one.kind)).collect(),
        )
    }

    #[test]
    fn every_way_to_write_a_value() {
        for (text, name, value) in [
            ("A=b", "A", "b"),
            ("A=b\n", "A", "b"),
            ("\u{feff}A=b", "A", "b"),
            ("A=b\r\n", "A", "b"),
            ("A=b\rB=c", "A", "b"),
            ("  A = b  ", "A", "b"),
            ("\tA\t=\tb\t", "A", "b"),
            ("export A=b", "A", "b"),
            ("export\tA=b", "A", "b"),
            ("exported=b", "exported", "b"),
            ("export=b", "export", "b"),
            ("export =b", "export", "b"),
            ("A=", "A", ""),
            ("A= ", "A", ""),
            ("A=\"\"", "A", ""),
            ("A=b=c==", "A", "b=c=="),
            ("A=postgres://u:p@h/d?a=b&c=d#e", "A", "postgres://u:p@h/d?a=b&c=d#e"),
            ("A=b # remark", "A", "b"),
            ("A=b\t# remark", "A", "b"),
            ("A=b#c", "A", "b#c"),
            ("A=#b", "A", "#b"),
            ("A= #b", "A", ""),
            ("A=a b  c", "A", "a b  c"),
            ("A=$HOME ${B} $(x)", "A", "$HOME ${B} $(x)"),
            ("A=it's", "A", "it's"),
            ("A='b # c'", "A", "b # c"),
            ("A='b\\nc'", "A", "b\\nc"),
            ("A='b \"c\"'", "A", "b \"c\""),
            ("A=\"b # c\"", "A", "b # c"),
            ("A=\"b\" # c", "A", "b"),
            ("A=\"b\"# c", "A", "b"),
            ("A = \" b \" ", "A", " b "),
            ("A=\"b\\nc\\td\"", "A", "b\nc\td"),
            ("A=\"b\\\"c\\\\d\\$e\"", "A", "b\"c\\d$e"),
            ("A=\"C:\\data\"", "A", "C:\\data"),
            ("A=\"C:\\\\\"", "A", "C:\\"),
            ("A=\"it's\"", "A", "it's"),
            ("A=`b \"c\" 'd'`", "A", "b \"c\" 'd'"),
            ("A=\"one\ntwo\n\"", "A", "one\ntwo\n"),
            ("A=\"one\r\ntwo\"", "A", "one\ntwo"),
            ("A='one\n# two\nB=three'", "A", "one\n# two\nB=three"),
            ("A=\u{e9}\u{1f511}", "A", "\u{e9}\u{1f511}"),
            ("A=\"\u{e9}\u{1f511}\" # \u{e9}", "A", "\u{e9}\u{1f511}"),
            ("A-B.c=d", "A-B.c", "d"),
        ] {
            let (entries, faults) = told(text);
            assert_eq!(entries[0], (name.to_owned(), value.to_owned(), 1), "{text:?}");
            assert!(faults.is_empty(), "{text:?}: {faults:?}");
            assert_eq!(
                entries.len(),
                1 + usize::from(text.contains('\r') && text.contains("B=c")),
                "{text:?}"
            );
        }
    }

    #[test]
    fn what_says_nothing_is_passed_over() {
        for text in ["", "\n", "\r\n\r\n", "   ", "# A=b", "  # A=b\n\n#", "\u{feff}"] {
            assert_eq!(told(text), (Vec::new(), Vec::new()), "{text:?}");
        }
    }

    #[test]
    fn faults_name_their_line_and_leave_the_others_alone() {
        for (text, line, kind, kept) in [
            ("just words\nA=b", 1, FaultKind::NoAssignment, vec![("A", 2)]),
            (
                "A=b\nexport C\nD=e",
                2,
                FaultKind::NoAssignment,
                vec![("A", 1), ("D", 3)],
            ),
            ("=b\nA=b", 1, FaultKind::NoName, vec![("A", 2)]),
            ("A=\"b\nC=d", 1, FaultKind::Open('"'), vec![("C", 2)]),
            ("A='b\nC=d", 1, FaultKind::Open('\''), vec![("C", 2)]),
            ("A=\"b\\", 1, FaultKind::Open('"'), vec![]),
            ("A=\"b\" c\nD=e", 1, FaultKind::After('"'), vec![("D", 2)]),
            ("A='b\nc'd\nE=f", 1, FaultKind::After('\''), vec![("E", 3)]),
            ("\n\nA=\"x\ny\"\nnothing", 5, FaultKind::NoAssignment, vec![("A", 3)]),
        ] {
            let (entries, faults) = told(text);
            assert_eq!(faults, [(line, kind)], "{text:?}");
            let entries: Vec<_> = entries.iter().map(|(name, _, line)| (name.as_str(), *line)).collect();
            assert_eq!(entries, kept, "{text:?}");
        }
    }

    #[test]
    fn a_key_on_several_lines_is_one_value() {
        let key = "-----BEGIN PRIVATE KEY-----\nMIIE+/=\n-----END PRIVATE KEY-----";
        for text in [
            format!("KEY=\"{key}\"\nNEXT=1"),
            format!("KEY='{key}'\r\nNEXT=1"),
            format!("KEY=\"{}\"\n\n\nNEXT=1", key.replace('\n', "\\n")),
            format!("KEY=\"{}\"\nNEXT=1", key.replace('\n', "\r\n")),
        ] {
            let (entries, faults) = told(&text);
            assert!(faults.is_empty());
            assert_eq!((entries[0].1.as_str(), entries[1].2), (key, 4), "{text}");
        }
    }

    #[test]
    fn no_fault_and_no_debugging_line_repeats_a_value() {
        let read = read("A=hunter2\nhunter2\nB=\"hunter2\nC='hunter2' hunter2");
        let words: Vec<String> = read.faults.iter().map(|fault| fault.kind.to_string()).collect();
        assert_eq!(words.len(), 3);
        assert!(!words.concat().contains("hunter2"));
        assert!(!format!("{read:?}").contains("hunter2"), "{read:?}");
    }

    #[test]
    fn a_skeleton_is_read_again() {
        let (entries, faults) = told(&skeleton(["A", "B"]));
        assert_eq!((entries.len(), faults.len()), (2, 0));
        assert!(entries.iter().all(|(_, value, _)| value.is_empty()));
    }
}
