//! What becomes of each setting: shown before anything is sent, kept with the call that makes it, and compared with what
//! the API says afterwards.

use std::collections::BTreeMap;

use management_api::{OperationId, SecretJson};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Area, Effect, Said, Setting, When, asking::asking, current::Current, machine::Machine, needs::weigh};
use crate::form::{self, Sent, change::is_empty};

/// A change of one project's configuration, made by one call.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AreaChange {
    /// The area's word.
    pub area: String,
    /// The project's ref.
    pub project: String,
    pub settings: Vec<SettingChange>,
    /// What the values have to fit, where the area's have to.
    #[serde(default)]
    pub room: Option<Room>,
}

/// What the settings of Postgres have to fit: the machine, with those that are not changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Room {
    pub machine: Machine,
    /// What the API said of `max_connections` and `work_mem`, which count together, when the change was drawn up.
    pub max_connections: Value,
    pub work_mem: Value,
}

/// What becomes of one setting. Holds no secret.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SettingChange {
    pub name: String,
    /// What the API said when the change was drawn up; of a secret `null`.
    pub was: Value,
    /// Of a secret, whether it had a value; nothing where the API did not tell.
    #[serde(default)]
    pub was_set: Option<bool>,
    pub to: To,
    /// What the form showed, where that is not what the API said by then: somebody else has changed it meanwhile.
    #[serde(default)]
    pub opened: Option<Value>,
    /// What the API said after the change.
    #[serde(default)]
    pub now: Option<Value>,
    /// What else is to be said before it is made, a sentence each: what is more than the machine takes.
    #[serde(default)]
    pub warnings: Vec<String>,
    /// The settings that it needs, by name, and whether each had a value when the change was drawn up.
    #[serde(default)]
    pub needs: Vec<(String, bool)>,
    /// What it needs and will not have, in the words of the table.
    #[serde(default)]
    pub lacks: Vec<String>,
    /// The settings, by name, that are on and need it, of one that loses its value.
    #[serde(default)]
    pub needed_by: Vec<String>,
    /// What stays on and will not have it, in the words of the table.
    #[serde(default)]
    pub stops: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum To {
    Set(Value),
    Cleared,
    /// A secret gets another value, of so many characters.
    Secret(usize),
}

impl SettingChange {
    /// Of which nothing is said yet.
    pub fn new(name: String, was: Value, to: To) -> Self {
        Self {
            name,
            was,
            was_set: None,
            to,
            opened: None,
            now: None,
            warnings: Vec::new(),
            needs: Vec::new(),
            lacks: Vec::new(),
            needed_by: Vec::new(),
            stops: Vec::new(),
        }
    }

    /// Whether it will have a value.
    pub(super) fn will_be_set(&self) -> bool {
        match &self.to {
            To::Set(value) => !is_empty(value),
            To::Secret(_) => true,
            To::Cleared => false,
        }
    }

    /// The value that is asked for; of a secret `null`.
    pub fn wanted(&self) -> &Value {
        match &self.to {
            To::Set(value) => value,
            To::Cleared | To::Secret(_) => &Value::Null,
        }
    }

    /// Whether the API says what was asked for; `None` where it cannot be told: it was not read back, or is a secret, of
    /// which only that there is one is known.
    pub fn is_as_sent(&self) -> Option<bool> {
        let now = self.now.as_ref()?;
        match self.to {
            To::Secret(_) => None,
            To::Set(_) => Some(same(self.wanted(), now)),
            To::Cleared => Some(is_empty(now)),
        }
    }

    /// Whether somebody else has changed it since the form was drawn.
    pub fn is_conflict(&self) -> bool {
        self.opened.is_some()
    }

    /// What the change does beside changing the value.
    pub fn effects(&self, setting: &Setting) -> Vec<Effect> {
        let (was, to) = (&self.was, self.wanted());
        let number = |value: &Value| value.as_f64();
        let on = |value: &Value| value.as_bool().map(|is| is != (setting.said == Said::Opposite));
        let empty = |value: &Value| match value {
            Value::Null => true,
            Value::String(text) => text.trim().is_empty(),
            Value::Array(values) => values.is_empty(),
            Value::Bool(_) | Value::Number(_) | Value::Object(_) => false,
        };
        let holds = |effect: &&Effect| match effect.when {
            When::Always => !empty(to) || matches!(self.to, To::Secret(_)),
            When::On => on(to) == Some(true),
            When::Off => on(to) == Some(false),
            When::Raised => number(to).is_some_and(|to| number(was).is_none_or(|was| to > was)),
            When::Lowered => number(to).is_some_and(|to| number(was).is_some_and(|was| to < was)),
            When::Emptied => empty(to) && !matches!(self.to, To::Secret(_)),
        };
        setting.effects.iter().filter(holds).copied().collect()
    }
}

fn same(one: &Value, other: &Value) -> bool {
    match (one.as_f64(), other.as_f64()) {
        (Some(one), Some(other)) => one == other,
        _ => one == other,
    }
}

/// Where the call sets back whatever it leaves out, what was not touched is sent as it is now, and not as it was when the
/// form was drawn.
pub(super) fn complete(operation: OperationId, parameters: &mut Value, settings: &[SettingChange], current: &Current) {
    if !operation.row().replaces {
        return;
    }
    let touched = |name: &str| settings.iter().any(|change| change.name == name);
    for (name, value) in &current.values {
        if !touched(name) {
            put(parameters, name, value.clone());
        }
    }
}

/// Sets a parameter by the way to it; `null` takes it out.
fn put(parameters: &mut Value, name: &str, value: Value) {
    match (value, parameters) {
        (Value::Null, parameters) => drop(form::take_out(parameters, name)),
        (value, Value::Object(object)) => form::put(object, name, value),
        (_, _) => {}
    }
}

impl AreaChange {
    pub fn area(&self) -> Option<&'static Area> {
        Area::of(&self.area)
    }

    /// The names of settings that somebody else has changed since this was drawn up.
    pub fn overtaken(&self, current: &Current) -> Vec<String> {
        let overtaken = |change: &&SettingChange| {
            !matches!(change.to, To::Secret(_))
                && current.values.get(&change.name).is_some_and(|now| *now != change.was)
        };
        self.settings
            .iter()
            .filter(overtaken)
            .map(|change| change.name.clone())
            .collect()
    }

    /// What the call of `operation` is made with just before it is: what was not touched, as it is now.
    #[must_use]
    pub fn refreshed(&self, operation: OperationId, parameters: &SecretJson, current: &Current) -> SecretJson {
        let mut parameters = parameters.expose().clone();
        complete(operation, &mut parameters, &self.settings, current);
        parameters.into()
    }

    /// Notes what goes further than the machine takes.
    pub fn fit(&mut self, machine: Machine, current: &Current) {
        self.room = Some(Room {
            machine,
            max_connections: current.value("max_connections").clone(),
            work_mem: current.value("work_mem").clone(),
        });
        self.weigh_room();
    }

    /// The same with what is changed by now.
    fn weigh_room(&mut self) {
        let Some(Room {
            machine,
            max_connections,
            work_mem,
        }) = &self.room
        else {
            return;
        };
        let changed = |name: &str| self.settings.iter().find(|change| change.name == name);
        let connections = changed("max_connections").map_or(max_connections, SettingChange::wanted);
        let connections = connections.as_f64();
        let alone = changed("work_mem").is_none();
        let warnings = |change: &SettingChange| -> Vec<String> {
            let own = machine.warning(&change.name, change.wanted(), connections);
            // Each connection takes that much: more of them are more memory, too.
            let more = connections.filter(|_| alone && change.name == "max_connections");
            let crowd = more.and_then(|connections| machine.crowded(work_mem, connections));
            own.into_iter().chain(crowd).collect()
        };
        let all: Vec<_> = self.settings.iter().map(warnings).collect();
        for (change, warnings) in self.settings.iter_mut().zip(all) {
            change.warnings = warnings;
        }
    }

    /// Whether all of it was read back as it was sent.
    pub fn is_as_sent(&self) -> bool {
        self.settings.iter().all(|one| one.is_as_sent() == Some(true))
    }

    /// Writes down what the API says after the call.
    pub fn note(&mut self, current: &Current) {
        for change in &mut self.settings {
            change.now = match change.to {
                To::Secret(_) => current.secrets.get(&change.name).map(|set| Value::Bool(*set)),
                To::Set(_) | To::Cleared => current.values.get(&change.name).cloned(),
            };
        }
    }

    /// Leaves out what was not chosen where somebody else has changed it, and what is not to be changed after all, of the
    /// call of `operation`.
    #[must_use]
    pub fn without(&self, operation: OperationId, names: &[&str], parameters: &SecretJson) -> (Self, SecretJson) {
        let (mut change, mut parameters) = (self.clone(), parameters.expose().clone());
        let replaces = operation.row().replaces;
        for left in change.settings.iter().filter(|one| names.contains(&one.name.as_str())) {
            let value = if replaces { left.was.clone() } else { Value::Null };
            put(&mut parameters, &left.name, value);
        }
        change.settings.retain(|one| !names.contains(&one.name.as_str()));
        if let Some(area) = self.area() {
            weigh(area, &mut change.settings);
        }
        change.weigh_room();
        (change, parameters.into())
    }

    /// The form that asks for the way back, as a person would fill it in: what it was, where it can be known.
    pub fn undoing(&self) -> Option<Sent> {
        let area = self.area()?;
        let wanted: BTreeMap<String, Value> = self
            .settings
            .iter()
            .filter(|change| !matches!(change.to, To::Secret(_)))
            .map(|change| (change.name.clone(), change.was.clone()))
            .collect();
        let shown = |change: &SettingChange| {
            let now = change.now.clone().unwrap_or_else(|| change.wanted().clone());
            (change.name.clone(), now)
        };
        let shown = self.settings.iter().map(shown).collect();
        (!wanted.is_empty()).then(|| asking(area, &shown, &wanted))
    }
}

/// The parameters of a call as an object, for tests.
#[cfg(test)]
pub(super) fn object(parameters: &SecretJson) -> serde_json::Map<String, Value> {
    parameters.expose().as_object().cloned().unwrap_or_default()
}
