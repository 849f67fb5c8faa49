//! A baseline: a project's configuration as somebody has decided that it is to be, and what has come to differ from it.
//! It is Steward's own knowledge. Of secrets it only knows whether they are set.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    Area, Kind, Setting,
    change::{SettingChange, To},
    current::Current,
    document::Read,
};

/// A configuration that is kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Baseline {
    /// What the person calls it.
    pub name: String,
    /// Who has set it, as the audit calls them.
    pub set_by: String,
    /// Unix seconds.
    pub set_at: i64,
    /// By the area's word; areas that could not be read when it was set are not in it.
    pub areas: BTreeMap<String, Current>,
    /// The last one.
    #[serde(default)]
    pub reading: Option<Reading>,
    #[serde(default)]
    pub checks: Option<Checks>,
    /// Why checks have ended, where they have by themselves.
    #[serde(default)]
    pub ended: Option<String>,
}

/// Checks every few hours, in the name of whoever has switched them on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checks {
    pub every_hours: u32,
    pub by: String,
}

/// What differed when the project was read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    pub at: i64,
    pub drifts: Vec<Drift>,
    /// Areas that could not be read, by their words.
    pub unread: Vec<String>,
}

/// A setting that is not as the baseline has it. Holds no value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drift {
    pub area: String,
    pub setting: String,
    /// The last reading at which it was as the baseline, and the first at which it was not.
    pub after: i64,
    pub by: i64,
    /// Whether it makes anything less secure.
    pub weaker: bool,
}

impl Baseline {
    /// Of what was read: areas that were not are left out.
    pub fn of(name: String, set_by: String, set_at: i64, read: Read) -> Self {
        let areas = read.into_iter().filter_map(|(area, current)| {
            let kept = Current {
                other: Vec::new(),
                ..current.ok()?
            };
            Some((area.key.to_owned(), kept))
        });
        let mut baseline = Self {
            name,
            set_by,
            set_at,
            areas: areas.collect(),
            reading: None,
            checks: None,
            ended: None,
        };
        baseline.reading = Some(Reading {
            at: set_at,
            unread: baseline.without(),
            drifts: Vec::new(),
        });
        baseline
    }

    /// Areas that are not in it.
    fn without(&self) -> Vec<String> {
        let missing = |area: &&'static Area| !self.areas.contains_key(area.key);
        let missing = Area::ALL.into_iter().filter(missing);
        missing.map(|area| area.key.to_owned()).collect()
    }

    /// What differs now. What differed at the last reading has done so since then; what could not be read is as it was.
    pub fn reading(&self, read: &Read, at: i64) -> Reading {
        let last = self.reading.clone().unwrap_or_default();
        let before = |area: &str, name: &str| {
            let drifts = last.drifts.iter();
            drifts
                .clone()
                .find(|drift| drift.area == area && drift.setting == name)
                .cloned()
        };
        let mut reading = Reading {
            at,
            unread: self.without(),
            drifts: Vec::new(),
        };
        for (area, current) in read {
            let Some(kept) = self.areas.get(area.key) else { continue };
            let Ok(current) = current else {
                reading.unread.push(area.key.to_owned());
                reading
                    .drifts
                    .extend(last.drifts.iter().filter(|drift| drift.area == area.key).cloned());
                continue;
            };
            for setting in area.differing(kept, current) {
                let since = before(area.key, setting.name);
                let (after, by) = since.map_or((last.at.max(self.set_at), at), |drift| (drift.after, drift.by));
                reading.drifts.push(Drift {
                    area: area.key.to_owned(),
                    setting: setting.name.to_owned(),
                    after,
                    by,
                    weaker: is_weaker(setting, kept, current),
                });
            }
        }
        reading.drifts.sort_by_key(|drift| !drift.weaker);
        reading
    }

    /// Takes what these settings are now into the baseline.
    pub fn accept(&mut self, area: &'static Area, names: &[&str], current: &Current) {
        let Some(kept) = self.areas.get_mut(area.key) else {
            return;
        };
        for name in names {
            if let Some(value) = current.values.get(*name) {
                kept.values.insert((*name).to_owned(), value.clone());
            }
            if let Some(set) = current.secrets.get(*name) {
                kept.secrets.insert((*name).to_owned(), *set);
            }
        }
        if let Some(reading) = &mut self.reading {
            let accepted = |drift: &Drift| drift.area == area.key && names.contains(&drift.setting.as_str());
            reading.drifts.retain(|drift| !accepted(drift));
        }
    }
}

impl Reading {
    pub fn weaker(&self) -> usize {
        self.drifts.iter().filter(|drift| drift.weaker).count()
    }

    /// How many differ in each area, weaker ones first.
    pub fn by_area(&self) -> Vec<(&'static Area, usize, usize)> {
        let each = Area::ALL.into_iter().filter_map(|area| {
            let of = self.drifts.iter().filter(|drift| drift.area == area.key);
            let (all, weaker) = (of.clone().count(), of.filter(|drift| drift.weaker).count());
            (all > 0).then_some((area, all, weaker))
        });
        let mut each: Vec<_> = each.collect();
        each.sort_by_key(|(_, _, weaker)| std::cmp::Reverse(*weaker));
        each
    }
}

/// Whether the way from the baseline to now is one that the tables call less secure.
fn is_weaker(setting: &'static Setting, kept: &Current, now: &Current) -> bool {
    if !kept.values.contains_key(setting.name) {
        return false;
    }
    let change = SettingChange {
        name: setting.name.to_owned(),
        was: kept.value(setting.name).clone(),
        to: match now.value(setting.name) {
            Value::Null => To::Cleared,
            value => To::Set(value.clone()),
        },
        was_set: None,
        opened: None,
        now: None,
    };
    change.effects(setting).iter().any(|effect| effect.kind == Kind::Weaker)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{error::ConsoleError, settings::tests::full};

    fn auth() -> &'static Area {
        Area::of("auth").unwrap()
    }

    fn kept() -> (Baseline, Current) {
        let mut current = full(auth());
        current.values.insert("password_min_length".to_owned(), json!(12));
        current.values.insert("site_url".to_owned(), json!("https://a.example"));
        let read = vec![(auth(), Ok(current.clone()))];
        (Baseline::of("Release".to_owned(), "ada".to_owned(), 100, read), current)
    }

    #[test]
    fn what_differs_is_dated_between_two_readings_and_weaker_comes_first() {
        let (mut baseline, mut current) = kept();
        assert!(
            baseline
                .reading(&vec![(auth(), Ok(current.clone()))], 200)
                .drifts
                .is_empty()
        );
        baseline.reading = Some(baseline.reading(&vec![(auth(), Ok(current.clone()))], 200));
        current.values.insert("site_url".to_owned(), json!("https://b.example"));
        let first = baseline.reading(&vec![(auth(), Ok(current.clone()))], 300);
        assert_eq!((first.drifts[0].after, first.drifts[0].by), (200, 300));
        baseline.reading = Some(first);
        current.values.insert("password_min_length".to_owned(), json!(6));
        let second = baseline.reading(&vec![(auth(), Ok(current.clone()))], 400);
        let told: Vec<_> = second
            .drifts
            .iter()
            .map(|drift| (drift.setting.as_str(), drift.after, drift.by, drift.weaker))
            .collect();
        assert_eq!(
            told,
            [("password_min_length", 300, 400, true), ("site_url", 200, 300, false)]
        );
        assert_eq!(second.by_area(), [(auth(), 2, 1)]);

        // What cannot be read stays as it was.
        baseline.reading = Some(second.clone());
        let unread = baseline.reading(&vec![(auth(), Err(ConsoleError::NotFound))], 500);
        assert_eq!(unread.drifts, second.drifts);
        assert!(unread.unread.contains(&"auth".to_owned()));

        baseline.accept(auth(), &["site_url"], &current);
        let third = baseline.reading(&vec![(auth(), Ok(current))], 600);
        assert_eq!(third.drifts.len(), 1);
        assert_eq!(third.drifts[0].setting, "password_min_length");
    }

    #[test]
    fn of_secrets_it_knows_only_whether_they_are_set() {
        let (baseline, mut current) = kept();
        assert_eq!(baseline.areas["auth"].secrets.get("smtp_pass"), Some(&true));
        current.secrets.insert("smtp_pass".to_owned(), false);
        let reading = baseline.reading(&vec![(auth(), Ok(current))], 200);
        assert_eq!(reading.drifts.len(), 1);
        assert!(!reading.drifts[0].weaker);
    }
}
