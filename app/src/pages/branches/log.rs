//! What a run has logged, read line by line: when, which step, and how bad. Supabase documents no form of it, so a line that
//! has another one is shown as it came.

use crate::{
    components::{list::words, when},
    ui::{
        Tone,
        lines::{Ink, Part},
    },
};

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogLine {
    /// From 1, in the whole log.
    pub number: usize,
    /// Hours, minutes and seconds, UTC; empty where the line tells none.
    pub time: String,
    /// The step that it belongs to; empty where it tells none.
    pub step: String,
    pub text: String,
    pub tone: Option<Tone>,
}

pub fn read(log: &str) -> Vec<LogLine> {
    let mut step = String::new();
    log.lines()
        .enumerate()
        .map(|(at, line)| {
            let mut line = line_of(at + 1, line.trim_end());
            // What goes on over several lines belongs to the step before.
            if line.step.is_empty() {
                line.step.clone_from(&step);
            } else {
                step.clone_from(&line.step);
            }
            line
        })
        .collect()
}

fn line_of(number: usize, line: &str) -> LogLine {
    let (time, rest) = match line.split_once(' ') {
        Some((first, rest)) if first.contains('T') && when::read(first).is_some() => {
            let clock = when::read(first)
                .map(|moment| format!("{:02}:{:02}:{:02}", moment.hour(), moment.minute(), moment.second()));
            (clock.unwrap_or_default(), rest)
        }
        Some(_) | None => (String::new(), line),
    };
    let named = rest.strip_prefix('[').and_then(|rest| rest.split_once("] "));
    let (step, text) = named.filter(|(step, _)| is_word(step)).unwrap_or(("", rest));
    LogLine {
        number,
        time,
        step: step.to_owned(),
        text: text.to_owned(),
        tone: tone(text),
    }
}

fn is_word(step: &str) -> bool {
    !step.is_empty() && step.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// How bad a line is, by the words that programs and PostgreSQL write.
fn tone(text: &str) -> Option<Tone> {
    let lower = text.to_ascii_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    if has(&["error", "fatal", "panic:", " failed", "failed:", "sqlstate"]) {
        Some(Tone::Error)
    } else if has(&["warn"]) {
        Some(Tone::Warning)
    } else {
        None
    }
}

/// The first line that says what went wrong; where none does, the last one of the step that failed.
pub fn first_error<'a>(lines: &'a [LogLine], failed: &str) -> Option<&'a LogLine> {
    let of_step = || lines.iter().filter(|line| line.step == failed);
    of_step()
        .find(|line| line.tone == Some(Tone::Error))
        .or_else(|| of_step().next_back())
        .or_else(|| lines.iter().find(|line| line.tone == Some(Tone::Error)))
        .or(lines.last())
}

/// Whether a line holds every word that is searched for.
pub fn fits(line: &LogLine, search: &str, level: &str) -> bool {
    let bad_enough = match level {
        "errors" => line.tone == Some(Tone::Error),
        "warnings" => line.tone.is_some(),
        _ => true,
    };
    let text = line.text.to_lowercase();
    bad_enough && words(search).iter().all(|word| text.contains(word.as_str()))
}

/// The line's text, with what was searched for marked.
pub fn marked(text: &str, search: &str) -> Vec<Part> {
    let words = words(search);
    let mut parts = Vec::new();
    let mut plain = String::new();
    let mut rest = text;
    'rest: while let Some(first) = rest.chars().next() {
        for word in &words {
            // Small letters may take other bytes, so both are gone through letter by letter.
            let mut letters = rest.char_indices();
            let found = word
                .chars()
                .all(|wanted| letters.next().is_some_and(|(_, one)| one.to_lowercase().eq([wanted])));
            if found {
                let end = letters.next().map_or(rest.len(), |(at, _)| at);
                let (hit, after) = rest.split_at(end);
                if !plain.is_empty() {
                    parts.push(Part::new(Ink::Plain, std::mem::take(&mut plain)));
                }
                parts.push(Part::new(Ink::Found, hit));
                rest = after;
                continue 'rest;
            }
        }
        plain.push(first);
        rest = rest.get(first.len_utf8()..).unwrap_or_default();
    }
    if !plain.is_empty() {
        parts.push(Part::new(Ink::Plain, plain));
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOG: &str = "2026-01-01T02:05:47Z [clone] Started\n2026-01-01T02:05:48.5Z [migrate] Applying 1 ...\n  at line 14\n\
        2026-01-01T02:05:49Z [migrate] WARNING: already there\n2026-01-01T02:05:50+00:00 [migrate] Migration 1 failed: no <b>table</b>\nno form at all";

    #[test]
    fn lines_tell_when_where_and_how_bad() {
        let lines = read(LOG);
        let seen: Vec<_> = lines
            .iter()
            .map(|line| (line.time.as_str(), line.step.as_str(), line.text.as_str(), line.tone))
            .collect();
        assert_eq!(
            seen,
            [
                ("02:05:47", "clone", "Started", None),
                ("02:05:48", "migrate", "Applying 1 ...", None),
                ("", "migrate", "  at line 14", None),
                ("02:05:49", "migrate", "WARNING: already there", Some(Tone::Warning)),
                (
                    "02:05:50",
                    "migrate",
                    "Migration 1 failed: no <b>table</b>",
                    Some(Tone::Error)
                ),
                ("", "migrate", "no form at all", None),
            ]
        );
        assert_eq!(first_error(&lines, "migrate").map(|line| line.number), Some(5));
        assert_eq!(
            first_error(&lines, "clone").map(|line| line.number),
            Some(1),
            "its last line"
        );
        assert_eq!(
            first_error(&lines, "deploy").map(|line| line.number),
            Some(5),
            "whatever went wrong"
        );
        assert_eq!(first_error(&[], "deploy"), None);
    }

    #[test]
    fn what_is_searched_for_is_marked_whatever_its_case() {
        let lines = read(LOG);
        let found = |search, level| lines.iter().filter(|line| fits(line, search, level)).count();
        assert_eq!(
            (
                found("", ""),
                found("MIGRATION failed", ""),
                found("", "warnings"),
                found("", "errors")
            ),
            (6, 1, 2, 1)
        );
        let plain = |text: &str| Part::new(Ink::Plain, text);
        let hit = |text: &str| Part::new(Ink::Found, text);
        assert_eq!(
            marked("a Legacy_offset b", "legacy_OFFSET"),
            [plain("a "), hit("Legacy_offset"), plain(" b")]
        );
        assert_eq!(marked("aa", "a"), [hit("a"), hit("a")]);
        assert_eq!(marked("\u{130}stanbul ok", "ok"), [plain("\u{130}stanbul "), hit("ok")]);
        assert_eq!(marked("none", ""), [plain("none")]);
    }
}
