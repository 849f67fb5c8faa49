//! Classes: the few words by which requests and calls are told apart.

use app::{error::ConsoleError, regions};
use axum::extract::Request;
use http::Method;

/// Words of which there is a fixed list, one for each variant.
macro_rules! words {
    ($(#[$about:meta])* $name:ident { $($(#[$one:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name {
            $($(#[$one])* $variant,)+
        }

        impl $name {
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                }
            }
        }
    };
}

words! {
    /// What a request is for.
    Route {
        /// Somebody opens a page.
        Page = "page",
        /// A part of a page is drawn anew.
        Region = "region",
        /// A script of a page asks for data.
        Function = "function",
        /// A form is sent.
        Change = "change",
        SignIn = "sign_in",
        /// A file to be kept.
        Export = "export",
        /// Scripts, styles and pictures of the console.
        Asset = "asset",
        /// Whoever looks after Steward.
        Health = "health",
    }
}

words! {
    /// Where the answer to a read was found.
    Found {
        Kept = "kept",
        /// Another asks for the same just now.
        UnderWay = "under_way",
        Asked = "asked",
    }
}

words! {
    /// What came of refreshing a token.
    Refreshed {
        Done = "done",
        /// The grant is no longer accepted.
        Dead = "dead",
        /// The OAuth app is not accepted.
        App = "app",
        /// No answer that tells.
        Failed = "failed",
    }
}

words! {
    /// What of Steward broke off in a browser: an island, or a script of `frontend/`.
    Part {
        FilterForm = "FilterForm",
        AskingForm = "AskingForm",
        PlaceName = "PlaceName",
        Countdown = "Countdown",
        Toast = "Toast",
        Live = "Live",
        Late = "Late",
        Places = "Places",
        CopyButton = "CopyButton",
        /// The WASM, or its JavaScript, beyond waking an island.
        Steward = "steward",
        /// The WASM did not come, or did not start.
        Wasm = "wasm",
        Env = "env",
        Reveal = "reveal",
        Settings = "settings",
        Sql = "sql",
        Workbench = "workbench",
        /// What those load as they need it, and what has no name of its own here.
        Other = "other",
    }
}

words! {
    /// How it broke off.
    Fault {
        /// The WASM stopped itself.
        Panic = "panic",
        /// A script failed.
        Error = "error",
        /// A file did not come.
        Load = "load",
    }
}

impl Part {
    /// Never a word of whoever sent it.
    pub fn read(word: &str) -> Self {
        let known = Self::ALL.iter().find(|part| part.as_str() == word);
        known.copied().unwrap_or(Self::Other)
    }
}

impl Fault {
    pub fn read(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|fault| fault.as_str() == word).copied()
    }
}

impl Route {
    pub fn of(request: &Request) -> Self {
        let path = request.uri().path();
        let first = path.split('/').nth(1).unwrap_or_default();
        match first {
            "healthz" | "readyz" | "faults" => Self::Health,
            "pkg" | "favicon.svg" | "favicon.ico" | "robots.txt" => Self::Asset,
            "sign-in" | "sign-out" => Self::SignIn,
            "api" => Self::Function,
            "files" | "audit.csv" | "audit.jsonl" => Self::Export,
            _ if request.headers().contains_key(regions::HEADER) => Self::Region,
            _ if matches!(*request.method(), Method::GET | Method::HEAD) => Self::Page,
            _ => Self::Change,
        }
    }
}

pub const STATUSES: [&str; 5] = ["1xx", "2xx", "3xx", "4xx", "5xx"];

pub fn of_status(status: u16) -> &'static str {
    match status {
        ..200 => "1xx",
        200..300 => "2xx",
        300..400 => "3xx",
        400..500 => "4xx",
        500.. => "5xx",
    }
}

/// What comes of calls.
pub const OUTCOMES: [&str; 8] = [
    "done",
    "refused",
    "signed_out",
    "rate_limited",
    "busy",
    "failed",
    "uncertain",
    "internal",
];

pub fn of_end(error: Option<&ConsoleError>) -> &'static str {
    match error {
        None => "done",
        Some(error) => match error {
            ConsoleError::PlanLimit { .. }
            | ConsoleError::Forbidden { .. }
            | ConsoleError::NotConnected { .. }
            | ConsoleError::NotFound
            | ConsoleError::Refused { .. }
            | ConsoleError::Invalid { .. }
            | ConsoleError::Unconfirmed { .. }
            | ConsoleError::Unidentified => "refused",
            ConsoleError::SignedOut | ConsoleError::Reconnect => "signed_out",
            ConsoleError::RateLimited { .. } => "rate_limited",
            ConsoleError::Busy => "busy",
            ConsoleError::Upstream { .. }
            | ConsoleError::Unreachable { .. }
            | ConsoleError::Renewing { .. }
            | ConsoleError::Unreadable { .. } => "failed",
            ConsoleError::Uncertain { .. } => "uncertain",
            ConsoleError::Internal { .. } => "internal",
        },
    }
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, fs, path::Path};

    use super::*;

    #[test]
    fn every_island_and_script_has_a_name_here() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let island = regex::Regex::new(r"#\[island\]\s+pub fn (\w+)").unwrap();
        let mut there = BTreeSet::new();
        for file in fs::read_dir(root.join("app/src/islands")).unwrap() {
            let text = fs::read_to_string(file.unwrap().path()).unwrap();
            there.extend(island.captures_iter(&text).map(|found| found[1].to_owned()));
        }
        let pack = fs::read_to_string(root.join(".make/pack.mjs")).unwrap();
        let modules = pack
            .split("const MODULES = [")
            .nth(1)
            .unwrap()
            .split("];")
            .next()
            .unwrap();
        let module = regex::Regex::new(r#"\["(\w+)", "#).unwrap();
        there.extend(module.captures_iter(modules).map(|found| found[1].to_owned()));
        assert!(there.len() > 10, "{there:?}");
        there.extend(["steward", "wasm", "other"].map(str::to_owned));
        let known: BTreeSet<String> = Part::ALL.iter().map(|part| part.as_str().to_owned()).collect();
        assert_eq!(known, there);
    }

    #[test]
    fn no_word_from_outside_is_counted() {
        assert_eq!(Part::read("Live"), Part::Live);
        assert_eq!(Part::read("ada@example.com"), Part::Other);
        assert_eq!(Fault::read("panic"), Some(Fault::Panic));
        assert_eq!(Fault::read("ada@example.com"), None);
    }
}
