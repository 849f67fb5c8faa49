//! The way back from values to the form that asks for them.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Area, Setting, convert};
use crate::form::{Sent, change::WAS};

/// A form that shows `shown` and asks for `wanted`, as a browser would send it.
pub fn asking(area: &Area, shown: &BTreeMap<String, Value>, wanted: &BTreeMap<String, Value>) -> Sent {
    let mut sent = Sent::default();
    for (name, value) in wanted {
        let (Some(setting), Some(was)) = (area.setting(name), shown.get(name)) else {
            continue;
        };
        sent.texts.push((format!("{WAS}{name}"), was.to_string()));
        if let Some(unit) = units(setting, value) {
            sent.texts.push((format!("{}{name}", convert::UNIT), unit.to_owned()));
        }
        let texts = convert::shown(area, setting, value);
        if texts.is_empty() {
            sent.texts.push((name.clone(), String::new()));
        }
        sent.texts.extend(texts.into_iter().map(|text| (name.clone(), text)));
    }
    sent
}

fn units(setting: &Setting, value: &Value) -> Option<&'static str> {
    let units = setting.said.units();
    (!units.is_empty()).then(|| convert::in_units(units, value.as_f64().unwrap_or_default()).1)
}
