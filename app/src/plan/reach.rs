//! What it takes to bring the settings of a configuration to the values that they are to have, and what cannot be.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{PlanRow, Step, settings::step};
use crate::{
    error::ConsoleError,
    form::{Field, Kind},
    settings::{Area, asking::asking, current::Current, draw_up::draw_up},
    ui::Mark,
};

/// What became of the values that are wanted.
pub(super) struct Reached {
    /// The call, if any is needed.
    pub step: Option<Step>,
    /// Settings that cannot be brought there, and why.
    pub refused: Vec<(String, String)>,
}

/// The call that brings `wanted` about; whatever is so already is left alone, and so is what the API would not take.
pub(super) fn reach(
    area: &'static Area,
    project: &str,
    wanted: &BTreeMap<String, Value>,
    current: &Current,
) -> Result<Reached, ConsoleError> {
    let mut refused = Vec::new();
    let mut wanted: BTreeMap<String, Value> = wanted
        .iter()
        .filter(|(name, value)| {
            let setting = area.setting(name).filter(|_| current.values.contains_key(*name));
            setting.is_some_and(|setting| !area.same(setting, current.value(name), value))
        })
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    // Nothing is no value there: it would become "no", or a list that lets nobody in.
    wanted.retain(|name, value| {
        let keeps = value.is_null()
            && area
                .setting(name)
                .and_then(|one| area.field(one))
                .is_some_and(cannot_be_unset);
        if keeps {
            refused.push((
                name.clone(),
                "It is not set there, and cannot be unset here.".to_owned(),
            ));
        }
        !keeps
    });
    while !wanted.is_empty() {
        match draw_up(area, project, asking(area, &current.values, &wanted), current) {
            Ok(drawn) => {
                return Ok(Reached {
                    step: Some(step(area, drawn)),
                    refused,
                });
            }
            Err(ConsoleError::Invalid { field, message }) => {
                let named = field.unwrap_or_default();
                // What goes along with it in one object cannot be sent without it either.
                let object = named.rsplit_once('.').map_or("", |(object, _)| object);
                let with = |name: &String| !object.is_empty() && name.starts_with(object);
                let out: Vec<String> = match wanted.contains_key(&named) {
                    true => vec![named],
                    false => wanted.keys().filter(|name| with(name)).cloned().collect(),
                };
                let out = if out.is_empty() {
                    wanted.keys().cloned().collect()
                } else {
                    out
                };
                wanted.retain(|name, _| !out.contains(name));
                refused.extend(out.into_iter().map(|name| (name, message.clone())));
            }
            Err(error) => return Err(error),
        }
    }
    Ok(Reached { step: None, refused })
}

fn cannot_be_unset(field: &Field) -> bool {
    field.required || field.kind == Kind::Lines
}

/// The row of something that is left as it is.
pub(super) fn left(name: impl Into<String>, remark: impl Into<String>) -> PlanRow {
    PlanRow {
        mark: Mark::Refused,
        name: name.into(),
        place: None,
        remark: remark.into(),
        step: None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::settings::{
        document::{Taken, of, read, to_json, to_toml},
        tests::{full, some},
    };

    const SETTINGS: usize = 400;

    /// A configuration in which each setting is one of a few values, as `picks` say; secrets are set or not.
    fn picked(area: &'static Area, picks: &mut impl Iterator<Item = u8>) -> Current {
        let mut current = full(area);
        for (name, value) in &mut current.values {
            let field = area.field(area.setting(name).unwrap()).unwrap();
            match picks.next().unwrap_or_default() {
                0 => *value = Value::Null,
                1 => {}
                _ => *value = some(field, value),
            }
        }
        for set in current.secrets.values_mut() {
            *set = picks.next() == Some(1);
        }
        current
    }

    #[test]
    fn what_is_not_set_turns_nothing_off() {
        for (area, name, is) in [
            ("ssl", "requestedConfig.database", Value::Bool(true)),
            ("network", "dbAllowedCidrs", serde_json::json!(["203.0.113.0/24"])),
        ] {
            let area = Area::of(area).unwrap();
            let mut current = full(area);
            current.values.insert(name.to_owned(), is);
            let reached = reach(area, "abc", &[(name.to_owned(), Value::Null)].into(), &current).unwrap();
            assert!(reached.step.is_none());
            assert_eq!(reached.refused[0].0, name);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn an_export_that_is_imported_elsewhere_leaves_no_difference_but_secrets(
            one in prop::collection::vec(0_u8..3, SETTINGS),
            other in prop::collection::vec(0_u8..3, SETTINGS),
        ) {
            let (mut one, mut other) = (one.into_iter(), other.into_iter());
            for area in Area::ALL {
                let (here, mut there) = (picked(area, &mut one), picked(area, &mut other));
                let tree = of(&vec![(area, Ok(here.clone()))]);
                for text in [to_toml(&tree), to_json(&tree)] {
                    let taken = Taken::of(&read(&text).unwrap());
                    prop_assert_eq!(&taken.left, &Vec::new());
                    let wanted = &taken.wanted[area.key];
                    // Where it comes from, nothing is sent.
                    let again = reach(area, "abc", wanted, &here).unwrap();
                    prop_assert!(again.step.is_none() && again.refused.is_empty(), "{:?}", again.refused);

                    let reached = reach(area, "abc", wanted, &there).unwrap();
                    for change in reached.step.iter().flat_map(|step| &step.change.as_ref().unwrap().settings) {
                        prop_assert!(!there.secrets.contains_key(&change.name));
                        there.values.insert(change.name.clone(), change.wanted().clone());
                    }
                    for setting in area.differing(&here, &there) {
                        let secret = here.secrets.contains_key(setting.name);
                        // What the API cannot unset stays, and is told.
                        let told = reached.refused.iter().any(|(name, _)| name == setting.name);
                        prop_assert!(secret || told, "{}: {} is not {}; {:?}", setting.name, there.value(setting.name), here.value(setting.name), reached.refused);
                    }
                }
            }
        }
    }
}
