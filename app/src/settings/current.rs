//! What the API says of a configuration: the values of its settings, of secrets only whether they are set, and whatever
//! else stands in the answer, so that nothing of it is hidden.

use std::collections::BTreeMap;

use management_api::Request;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{Area, Said, Setting, convert::entries};
use crate::{
    backend::{BackendHandle, stopped},
    error::ConsoleError,
    form::{
        self, Form,
        change::{is_empty, same},
        spelled,
    },
};

/// Characters of a value that is not one of the settings, at most.
const SHOWN: usize = 200;

/// A configuration as it is. Holds no secret.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Current {
    /// By the setting's name; `null` for what is unset and for what the answer does not name.
    pub values: BTreeMap<String, Value>,
    /// Secrets, and whether they are set.
    pub secrets: BTreeMap<String, bool>,
    /// What else the answer holds: name and value, or nothing of a value that may be secret.
    pub other: Vec<(String, Option<String>)>,
}

impl Current {
    /// Reads the configuration of a project. One call.
    ///
    /// # Errors
    /// Whatever the stack refuses, and answers that are no JSON.
    pub async fn read(area: &Area, project: &str, backend: &BackendHandle) -> Result<Self, ConsoleError> {
        Self::read_from(area, &backend.send(Self::request(area, project)?).await?)
    }

    /// The call that reads it.
    ///
    /// # Errors
    /// [`ConsoleError::Invalid`] for a ref that is none.
    pub fn request(area: &Area, project: &str) -> Result<Request, ConsoleError> {
        Form::of(area.read).request(&serde_json::json!({ "ref": project }))
    }

    /// Reads the answer's body.
    ///
    /// # Errors
    /// [`ConsoleError::Unreadable`], where it is no JSON.
    pub fn read_from(area: &Area, body: &[u8]) -> Result<Self, ConsoleError> {
        let answer = serde_json::from_slice(body).map_err(|error| ConsoleError::Unreadable {
            message: format!("{}: {}", area.read, stopped(&error)),
        })?;
        Ok(Self::of(area, &answer))
    }

    /// Takes the answer apart.
    pub fn of(area: &Area, answer: &Value) -> Self {
        let mut current = Self::default();
        for setting in area.settings() {
            let value = answer.pointer(&area.pointer(setting)).cloned().unwrap_or_default();
            if area.field(setting).is_some_and(|field| field.secret) {
                let set = !value.is_null() && value != "";
                current.secrets.insert(setting.name.to_owned(), set);
            } else {
                current.values.insert(setting.name.to_owned(), value);
            }
        }
        let root = answer.pointer(area.at).and_then(Value::as_object);
        let none = Map::new();
        for (name, value) in root.unwrap_or(&none) {
            let known = area
                .settings()
                .any(|setting| form::steps(setting.name).first() == Some(&name.as_str()));
            if !known && !area.elsewhere.contains(&name.as_str()) {
                current.other.push((name.clone(), told(area, name, value)));
            }
        }
        current
    }

    pub fn value(&self, name: &str) -> &Value {
        self.values.get(name).unwrap_or(&Value::Null)
    }
}

impl Area {
    /// The settings that are not the same on both sides; of secrets it is only known whether they are set.
    pub fn differing(&self, one: &Current, other: &Current) -> Vec<&'static Setting> {
        let differs = |setting: &&'static Setting| {
            let name = setting.name;
            !self.same(setting, one.value(name), other.value(name)) || one.secrets.get(name) != other.secrets.get(name)
        };
        self.settings().filter(differs).collect()
    }

    /// Whether two values of a setting are one, however they are written. A form cannot tell what is unset from what is
    /// empty either.
    pub fn same(&self, setting: &Setting, one: &Value, other: &Value) -> bool {
        if is_empty(one) || is_empty(other) {
            return is_empty(one) == is_empty(other);
        }
        match (setting.said, one, other) {
            (Said::Commas, Value::String(one), Value::String(other)) => entries(one) == entries(other),
            _ => self.field(setting).is_some_and(|field| same(&field.kind, one, other)),
        }
    }

    /// Where the setting's value lies in the answer.
    fn pointer(&self, setting: &Setting) -> String {
        let elsewhere = self.found.iter().find(|(name, _)| *name == setting.name);
        match elsewhere {
            Some((_, pointer)) => (*pointer).to_owned(),
            None => format!("{}/{}", self.at, form::steps(setting.name).join("/")),
        }
    }
}

/// A value that no setting stands for. What is newer than we are may be secret: its name must not look like one.
fn told(area: &Area, name: &str, value: &Value) -> Option<String> {
    let secret = area.read.row().secret_answer.contains(&name);
    let looks = ["secret", "pass", "token", "key", "credential", "private"];
    let plain = matches!(value, Value::Bool(_) | Value::Number(_) | Value::Null);
    if secret || (!plain && looks.iter().any(|word| name.to_lowercase().contains(word))) {
        return None;
    }
    Some(crate::error::shortened(spelled(value), SHOWN))
}
