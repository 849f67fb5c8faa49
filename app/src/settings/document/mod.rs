//! A document: a project's whole configuration as one text, fit for git. What the Supabase CLI has a name for stands where
//! its `config.toml` has it; the rest stands in the table `steward`, by the Management API's names. Secrets are not in it:
//! only which are set.
//!
//! | table of `steward` | holds |
//! |---|---|
//! | `settings.<area>` | settings that the CLI has no name for |
//! | `unset` | the names of settings that are not set, by area |
//! | `secrets.<area>` | whether each secret is set; never taken over |
//! | `unread` | areas that could not be read, and why |

mod names;
mod notation;
mod written;

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

pub use self::notation::{Fault, read, to_json, to_toml};
use self::{
    names::{NAMES, Name, WITHOUT},
    written::{from_cli, to_cli},
};
use super::{Area, current::Current};
use crate::{error::ConsoleError, form::WITHHELD};

/// Steward's own table.
const OWN: &str = "steward";
const SETTINGS: &str = "settings";
const UNSET: &str = "unset";
const SECRETS: &str = "secrets";
const UNREAD: &str = "unread";

/// What is known of a project: each area's word, and what was read or why nothing was.
pub type Read = Vec<(&'static Area, Result<Current, ConsoleError>)>;

/// The document of what was read.
pub fn of(read: &Read) -> Map<String, Value> {
    let mut tree = Map::new();
    for (area, current) in read {
        match current {
            Ok(current) => add(&mut tree, area, current),
            Err(error) => put(&mut tree, &[OWN, UNREAD, area.key], json!(error.to_string())),
        }
    }
    tree
}

/// The document as TOML, which says at its head whose it is.
pub fn to_toml_of(name: &str, project: &str, tree: &Map<String, Value>) -> String {
    let line = |text: &str| text.chars().filter(|one| !one.is_control()).collect::<String>();
    format!(
        "# The configuration of {} ({}), written by Steward.\n\
         # What the Supabase CLI has a name for stands where its config.toml has it, the rest in [steward].\n\
         # Secrets are left out: [steward.secrets] says which are set.\n\n{}",
        line(name),
        line(project),
        to_toml(tree)
    )
}

fn add(tree: &mut Map<String, Value>, area: &'static Area, current: &Current) {
    let mut unset = Vec::new();
    for setting in area.settings() {
        if let Some(set) = current.secrets.get(setting.name) {
            put(tree, &[OWN, SECRETS, area.key, setting.name], json!(set));
            continue;
        }
        let value = current.value(setting.name);
        if value.is_null() {
            unset.push(setting.name);
            continue;
        }
        let named = names(area, setting.name).find_map(|name| Some((name, to_cli(name.written, value)?)));
        match named {
            Some((name, cli)) => put(tree, &name.path.split('.').collect::<Vec<_>>(), cli),
            None => put(tree, &[OWN, SETTINGS, area.key, setting.name], value.clone()),
        }
    }
    if !unset.is_empty() {
        unset.sort_unstable();
        put(tree, &[OWN, UNSET, area.key], json!(unset));
    }
}

fn names<'a>(area: &'a Area, setting: &'a str) -> impl Iterator<Item = &'static Name> + use<'a> {
    NAMES
        .values()
        .filter(move |name| name.area == area.key && name.setting == setting)
}

fn put(tree: &mut Map<String, Value>, path: &[&str], value: Value) {
    match path {
        [] => {}
        [name] => drop(tree.insert((*name).to_owned(), value)),
        [name, rest @ ..] => {
            let inner = tree.entry(*name).or_insert_with(|| Value::Object(Map::new()));
            if let Value::Object(inner) = inner {
                put(inner, rest, value);
            }
        }
    }
}

/// What a document asks for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Taken {
    /// By the area's word and the setting's name; `null` for what is not to be set.
    pub wanted: BTreeMap<&'static str, BTreeMap<String, Value>>,
    /// Whether secrets are set there.
    pub secrets: BTreeMap<&'static str, BTreeMap<String, bool>>,
    pub left: Vec<Left>,
}

/// A part of a document that is left out. Holds no value: it may be secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    pub path: String,
    pub why: String,
}

const SECRET: &str = "Secrets are never taken from a document: type it on its own page.";
const UNKNOWN: &str = "Steward knows no setting of this name.";

impl Taken {
    /// Takes a document apart. Nothing of it is dropped unsaid.
    pub fn of(tree: &Map<String, Value>) -> Self {
        let mut taken = Self::default();
        let own = tree.get(OWN).and_then(Value::as_object);
        for (name, value) in tree.iter().filter(|(name, _)| *name != OWN) {
            taken.cli(name, value, own.is_some());
        }
        for (part, value) in own.into_iter().flatten() {
            taken.own(part, value);
        }
        taken
    }

    fn leave(&mut self, path: &str, why: impl Into<String>) {
        self.left.push(Left {
            path: path.to_owned(),
            why: why.into(),
        });
    }

    /// `whole`: the document is Steward's own, and says of all that it is meant. The CLI passes over what stands in a table
    /// that is switched off.
    fn cli(&mut self, path: &str, value: &Value, whole: bool) {
        if let Some(name) = NAMES.get(path) {
            self.named(name, value);
            return;
        }
        match value {
            Value::Object(table) if is_above(path) => {
                let off = !whole && table.get("enabled") == Some(&Value::Bool(false));
                for (name, value) in table {
                    let path = format!("{path}.{name}");
                    if off && name != "enabled" && NAMES.contains_key(&path) {
                        self.leave(&path, "It stands in a table that is switched off.");
                    } else {
                        self.cli(&path, value, whole);
                    }
                }
            }
            _ => self.leave(path, without(path).map_or(UNKNOWN, |(_, why)| why)),
        }
    }

    fn named(&mut self, name: &Name, value: &Value) {
        let Some(area) = Area::of(name.area) else { return };
        if is_secret(area, &name.setting) {
            return self.leave(&name.path, SECRET);
        }
        if let Some(why) = stand_in(value) {
            return self.leave(&name.path, why);
        }
        match from_cli(name.written, value) {
            // The CLI writes a switch for each of several, and only one is on.
            Ok(None) => {}
            Ok(Some(value)) => self.want(area, &name.setting, value),
            Err(why) => self.leave(&name.path, format!("It is not understood: {why}.")),
        }
    }

    fn own(&mut self, part: &str, value: &Value) {
        let areas = value.as_object().into_iter().flatten();
        for (key, inner) in areas {
            let path = format!("{OWN}.{part}.{key}");
            let Some(area) = Area::of(key) else {
                self.leave(&path, UNKNOWN);
                continue;
            };
            match (part, inner) {
                (SETTINGS, Value::Object(settings)) => {
                    for (name, value) in settings {
                        self.setting(area, &path, name, value);
                    }
                }
                (UNSET, Value::Array(names)) => {
                    for name in names.iter().filter_map(Value::as_str) {
                        self.setting(area, &path, name, &Value::Null);
                    }
                }
                (SECRETS, Value::Object(secrets)) => {
                    for (name, set) in secrets {
                        match set.as_bool().filter(|_| is_secret(area, name)) {
                            Some(set) => drop(self.secrets.entry(area.key).or_default().insert(name.clone(), set)),
                            None => self.leave(&format!("{path}.{name}"), SECRET),
                        }
                    }
                }
                (UNREAD, _) => self.leave(&path, "It could not be read when the document was written."),
                _ => self.leave(&path, UNKNOWN),
            }
        }
        if !value.is_object() {
            self.leave(&format!("{OWN}.{part}"), UNKNOWN);
        }
    }

    fn setting(&mut self, area: &'static Area, path: &str, name: &str, value: &Value) {
        let path = format!("{path}.{name}");
        match (area.setting(name), stand_in(value)) {
            (None, _) => self.leave(&path, UNKNOWN),
            (Some(_), _) if is_secret(area, name) => self.leave(&path, SECRET),
            (Some(_), Some(why)) => self.leave(&path, why),
            (Some(_), None) => self.want(area, name, value.clone()),
        }
    }

    fn want(&mut self, area: &'static Area, name: &str, value: Value) {
        self.wanted.entry(area.key).or_default().insert(name.to_owned(), value);
    }
}

fn is_secret(area: &Area, name: &str) -> bool {
    let field = area.setting(name).and_then(|setting| area.field(setting));
    field.is_some_and(|field| field.secret)
}

/// The part of `config.toml` without a setting that this one belongs to.
fn without(path: &str) -> Option<(&'static str, &'static str)> {
    let belongs = |at: &str| path == at || path.strip_prefix(at).is_some_and(|rest| rest.starts_with('.'));
    WITHOUT
        .iter()
        .copied()
        .filter(|(at, _)| belongs(at))
        .max_by_key(|(at, _)| at.len())
}

/// Whether settings stand below it.
fn is_above(path: &str) -> bool {
    let below = format!("{path}.");
    NAMES
        .range(below.clone()..)
        .next()
        .is_some_and(|(name, _)| name.starts_with(&below))
}

/// Why a value only stands for another.
fn stand_in(value: &Value) -> Option<&'static str> {
    let text = value.as_str()?;
    if text.starts_with("env(") && text.ends_with(')') {
        return Some("It is read from an environment variable, which Steward does not know.");
    }
    (text == WITHHELD || text.starts_with("hash:")).then_some("It stands for a value, and is none.")
}

#[cfg(test)]
mod tests;
