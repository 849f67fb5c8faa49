//! The files of a function that have come: what their paths may be, and how many they are.

use std::collections::BTreeSet;

use app::{error::ConsoleError, functions::source};
use serde_json::Value;

/// Files of a function, at most.
const FILES: usize = 1_000;

/// The files that have come.
#[derive(Default)]
pub(super) struct Seen(BTreeSet<String>);

impl Seen {
    pub(super) fn has(&self, path: &str) -> bool {
        self.0.contains(path)
    }

    /// Takes one more of this path, which came in `field`.
    pub(super) fn takes(&mut self, path: &str, field: &'static str) -> Result<(), ConsoleError> {
        let shown: String = path.chars().take(100).collect();
        let refused = |why: String| Err(ConsoleError::invalid(field, format!("Nothing was deployed: {why}.")));
        if let Err(why) = source::check(path) {
            return refused(format!("the path \u{201c}{shown}\u{201d} {why}"));
        }
        if !self.0.insert(path.to_owned()) {
            return refused(format!("there are two files {shown}"));
        }
        if self.0.len() > FILES {
            return refused(format!("there are more than {FILES} files"));
        }
        Ok(())
    }

    /// Holds the file that `what` names to be one of them.
    pub(super) fn hold(&self, parameters: &Value, what: &str) -> Result<(), ConsoleError> {
        let Some(path) = parameters["metadata"][what].as_str().filter(|path| !path.is_empty()) else {
            return Ok(());
        };
        if self.has(path) {
            return Ok(());
        }
        let message = format!("Nothing was deployed: {path} is not among the files.");
        Err(ConsoleError::invalid(format!("metadata.{what}").as_str(), message))
    }
}
