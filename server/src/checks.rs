//! Checks: what is looked at to tell whether Steward can serve, what was found, and what to do about it.

use std::{fmt::Write, path::Path};

use serde::Serialize;

/// How it stands with one thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    Ok,
    /// It works, or may work, and should be looked at.
    Warn,
    /// It does not work.
    Fail,
}

impl Standing {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Warn => "warn",
            Self::Fail => "fail",
        }
    }
}

/// One thing that was looked at. Holds no secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Check {
    /// One word, such as `database`.
    pub name: &'static str,
    pub standing: Standing,
    /// What was found, in a sentence.
    pub found: String,
    /// What to do about it, in sentences; empty where there is nothing to do.
    pub advice: String,
}

impl Check {
    pub fn ok(name: &'static str, found: impl Into<String>) -> Self {
        Self {
            name,
            standing: Standing::Ok,
            found: found.into(),
            advice: String::new(),
        }
    }

    pub fn warn(name: &'static str, found: impl Into<String>, advice: impl Into<String>) -> Self {
        Self {
            name,
            standing: Standing::Warn,
            found: found.into(),
            advice: advice.into(),
        }
    }

    pub fn fail(name: &'static str, found: impl Into<String>, advice: impl Into<String>) -> Self {
        Self {
            name,
            standing: Standing::Fail,
            found: found.into(),
            advice: advice.into(),
        }
    }
}

/// How it stands with the worst of them.
pub fn worst(checks: &[Check]) -> Standing {
    checks.iter().map(|check| check.standing).max().unwrap_or(Standing::Ok)
}

/// A line for each, and what to do below it.
pub fn lines<'a>(checks: impl IntoIterator<Item = &'a Check>) -> String {
    let mut text = String::new();
    for Check {
        name,
        standing,
        found,
        advice,
    } in checks
    {
        // ok: writing to a string does not fail.
        let _ = writeln!(text, "{:<5} {name}: {found}", standing.as_str());
        if !advice.is_empty() {
            let _ = writeln!(text, "      {advice}");
        }
    }
    text
}

/// Bytes below which somebody should look after the disk.
const LITTLE: u64 = 200_000_000;
/// Bytes below which the next write may fail.
const NOTHING: u64 = 20_000_000;

/// What is free where the data directory lies.
pub fn disk(data_dir: &Path) -> Check {
    const NAME: &str = "disk";
    const ADVICE: &str = "Make room, or move the data directory. What cannot be written down is not sent to Supabase.";
    let free = match rustix::fs::statvfs(data_dir) {
        Ok(stat) => stat.f_bavail.saturating_mul(stat.f_frsize),
        Err(error) => {
            return Check::warn(
                NAME,
                format!("What is free cannot be told: {error}."),
                "Check the data directory.",
            );
        }
    };
    let told = format!("{} MB are free.", free / 1_000_000);
    match free {
        0..NOTHING => Check::fail(NAME, told, ADVICE),
        NOTHING..LITTLE => Check::warn(NAME, told, ADVICE),
        LITTLE.. => Check::ok(NAME, told),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worst_counts_and_what_to_do_stands_below() {
        let checks = [
            Check::ok("disk", "9 MB are free."),
            Check::warn("clock", "It is late.", "Set it."),
        ];
        assert_eq!((worst(&checks), worst(&[])), (Standing::Warn, Standing::Ok));
        assert_eq!(
            lines(&checks),
            "ok    disk: 9 MB are free.\nwarn  clock: It is late.\n      Set it.\n"
        );
    }

    #[test]
    fn what_is_free_is_told_and_of_nowhere_that_it_cannot_be() {
        let dir = tempfile::tempdir().unwrap();
        assert!(disk(dir.path()).found.ends_with("MB are free."));
        assert_eq!(disk(Path::new("/nowhere")).standing, Standing::Warn);
    }
}
