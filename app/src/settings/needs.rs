//! Settings that need others: what a change leaves without what it needs.

use serde_json::Value;

use super::{Area, Setting, change::SettingChange, current::Current};
use crate::form::change::is_empty;

/// Notes of what is switched on which settings it needs, and which of those have a value now; and of what loses its value
/// which settings need it and are on now.
pub(super) fn note_needs(area: &Area, settings: &mut [SettingChange], current: &Current) {
    let is_set = |name: &str| {
        let secret = current.secrets.get(name).copied();
        secret.unwrap_or(!is_empty(current.value(name)))
    };
    for change in settings {
        if change.wanted() == &Value::Bool(true) {
            let requires = area.setting(&change.name).map_or(&[] as &[&str], |one| one.requires);
            change.needs = requires.iter().map(|name| ((*name).to_owned(), is_set(name))).collect();
        }
        if !change.will_be_set() {
            let needs = |one: &&Setting| one.requires.contains(&change.name.as_str());
            let is_on = |one: &&Setting| current.value(one.name) == &Value::Bool(true);
            let on = area.settings().filter(needs).filter(is_on);
            change.needed_by = on.map(|one| one.name.to_owned()).collect();
        }
    }
}

/// Notes of each setting what it needs and will not have, and what stays on without it, with all that is changed beside it.
pub(super) fn weigh(area: &Area, settings: &mut [SettingChange]) {
    let changed = |name: &str| settings.iter().find(|change| change.name == name);
    let label = |name: &String| Some(area.setting(name)?.label.to_owned());
    let lacks = |change: &SettingChange| -> Vec<String> {
        let will_be_set = |name: &str, is_set: bool| changed(name).map_or(is_set, SettingChange::will_be_set);
        let lacks = change.needs.iter().filter(|(name, is_set)| !will_be_set(name, *is_set));
        lacks.filter_map(|(name, _)| label(name)).collect()
    };
    // What is switched itself says it where it stands.
    let stops = |change: &SettingChange| -> Vec<String> {
        let stay = change.needed_by.iter().filter(|name| changed(name).is_none());
        stay.filter_map(label).collect()
    };
    let all: Vec<_> = settings.iter().map(|change| (lacks(change), stops(change))).collect();
    for (change, (lacks, stops)) in settings.iter_mut().zip(all) {
        (change.lacks, change.stops) = (lacks, stops);
    }
}
