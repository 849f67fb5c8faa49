//! A baseline: a project's configuration as somebody has decided that it is to be, and what has come to differ from it.
//! It is Steward's own knowledge. Of the secrets among the settings it only knows whether they are set, of those of
//! functions their digests.

use std::collections::BTreeMap;

use management_api::OperationId;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    Area, Kind, Setting,
    change::{SettingChange, To},
    current::Current,
    document::Read,
    parts::{self, Mark, Marks, Part, ReadParts},
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
    /// What else the project had, by the part's word; parts that could not be read, and all of one of before they were kept,
    /// are not in it.
    #[serde(default)]
    pub parts: BTreeMap<String, Marks>,
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
    /// The area's word, or that of a part of the project beside its settings.
    pub area: String,
    /// The setting's name, or that of the secret, function or key.
    pub setting: String,
    /// The last reading at which it was as the baseline, and the first at which it was not.
    pub after: i64,
    pub by: i64,
    /// Whether it makes anything less secure.
    pub weaker: bool,
}

impl Baseline {
    /// Of what was read: areas that were not are left out.
    pub fn of(name: String, set_by: String, set_at: i64, read: Read, beside: ReadParts) -> Self {
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
            parts: beside
                .into_iter()
                .filter_map(|(part, marks)| Some((part.key.to_owned(), marks.ok()?)))
                .collect(),
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

    /// Areas and parts that are not in it.
    fn without(&self) -> Vec<String> {
        let areas = Area::ALL.into_iter().map(|area| area.key);
        let areas = areas.filter(|key| !self.areas.contains_key(*key));
        let parts = Part::ALL.into_iter().map(|part| part.key);
        let parts = parts.filter(|key| !self.parts.contains_key(*key));
        areas.chain(parts).map(str::to_owned).collect()
    }

    /// What differs now. What differed at the last reading has done so since then; what could not be read is as it was.
    pub fn reading(&self, read: &Read, beside: &ReadParts, at: i64) -> Reading {
        let last = self.reading.clone().unwrap_or_default();
        let drift = |area: &str, name: &str, weaker: bool| {
            let mut drifts = last.drifts.iter();
            let since = drifts.find(|drift| drift.area == area && drift.setting == name);
            let (after, by) = since.map_or((last.at.max(self.set_at), at), |drift| (drift.after, drift.by));
            Drift {
                area: area.to_owned(),
                setting: name.to_owned(),
                after,
                by,
                weaker,
            }
        };
        let as_before = |key: &str| {
            last.drifts
                .iter()
                .filter(|drift| drift.area == key)
                .cloned()
                .collect::<Vec<_>>()
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
                reading.drifts.extend(as_before(area.key));
                continue;
            };
            for setting in area.differing(kept, current) {
                let weaker = is_weaker(setting, kept, current);
                reading.drifts.push(drift(area.key, setting.name, weaker));
            }
        }
        for (part, marks) in beside {
            let Some(kept) = self.parts.get(part.key) else { continue };
            let Ok(marks) = marks else {
                reading.unread.push(part.key.to_owned());
                reading.drifts.extend(as_before(part.key));
                continue;
            };
            for name in parts::differing(kept, marks, Mark::eq) {
                let weaker = parts::is_weaker(kept.get(&name), marks.get(&name));
                reading.drifts.push(drift(part.key, &name, weaker));
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
        self.taken_in(area.key, names);
    }

    /// The same of a part of the project beside its settings.
    pub fn accept_part(&mut self, part: &'static Part, names: &[&str], marks: &Marks) {
        let Some(kept) = self.parts.get_mut(part.key) else {
            return;
        };
        for name in names {
            match marks.get(*name) {
                Some(mark) => drop(kept.insert((*name).to_owned(), mark.clone())),
                None => drop(kept.remove(*name)),
            }
        }
        self.taken_in(part.key, names);
    }

    fn taken_in(&mut self, key: &str, names: &[&str]) {
        if let Some(reading) = &mut self.reading {
            let accepted = |drift: &Drift| drift.area == key && names.contains(&drift.setting.as_str());
            reading.drifts.retain(|drift| !accepted(drift));
        }
    }
}

impl Reading {
    pub fn weaker(&self) -> usize {
        self.drifts.iter().filter(|drift| drift.weaker).count()
    }

    /// How many differ in each area and part, by its title, weaker ones first.
    pub fn by_area(&self) -> Vec<(&'static str, usize, usize)> {
        let areas = Area::ALL.into_iter().map(|area| (area.key, area.title));
        let parts = Part::ALL.into_iter().map(|part| (part.key, part.title));
        let each = areas.chain(parts).filter_map(|(key, title)| {
            let of = self.drifts.iter().filter(|drift| drift.area == key);
            let (all, weaker) = (of.clone().count(), of.filter(|drift| drift.weaker).count());
            (all > 0).then_some((title, all, weaker))
        });
        let mut each: Vec<_> = each.collect();
        each.sort_by_key(|(_, _, weaker)| std::cmp::Reverse(*weaker));
        each
    }
}

impl Drift {
    /// What the area or part is called, and what differs in it.
    pub fn names(&self) -> Option<(&'static str, String)> {
        if let Some(area) = Area::of(&self.area) {
            return Some((area.title, area.setting(&self.setting)?.label.to_owned()));
        }
        Some((Part::of(&self.area)?.title, self.setting.clone()))
    }

    /// What it is read by.
    pub fn read_by(&self) -> Option<OperationId> {
        let area = Area::of(&self.area).map(|area| area.read);
        area.or_else(|| Part::of(&self.area).map(|part| part.read))
    }
}

/// Whether the way from the baseline to now is one that the tables call less secure.
fn is_weaker(setting: &'static Setting, kept: &Current, now: &Current) -> bool {
    if !kept.values.contains_key(setting.name) {
        return false;
    }
    let to = match now.value(setting.name) {
        Value::Null => To::Cleared,
        value => To::Set(value.clone()),
    };
    let change = SettingChange::new(setting.name.to_owned(), kept.value(setting.name).clone(), to);
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
        (
            Baseline::of("Release".to_owned(), "ada".to_owned(), 100, read, Vec::new()),
            current,
        )
    }

    #[test]
    fn what_differs_is_dated_between_two_readings_and_weaker_comes_first() {
        let (mut baseline, mut current) = kept();
        assert!(
            baseline
                .reading(&vec![(auth(), Ok(current.clone()))], &Vec::new(), 200)
                .drifts
                .is_empty()
        );
        baseline.reading = Some(baseline.reading(&vec![(auth(), Ok(current.clone()))], &Vec::new(), 200));
        current.values.insert("site_url".to_owned(), json!("https://b.example"));
        let first = baseline.reading(&vec![(auth(), Ok(current.clone()))], &Vec::new(), 300);
        assert_eq!((first.drifts[0].after, first.drifts[0].by), (200, 300));
        baseline.reading = Some(first);
        current.values.insert("password_min_length".to_owned(), json!(6));
        let second = baseline.reading(&vec![(auth(), Ok(current.clone()))], &Vec::new(), 400);
        let told: Vec<_> = second
            .drifts
            .iter()
            .map(|drift| (drift.setting.as_str(), drift.after, drift.by, drift.weaker))
            .collect();
        assert_eq!(
            told,
            [("password_min_length", 300, 400, true), ("site_url", 200, 300, false)]
        );
        assert_eq!(second.by_area(), [(auth().title, 2, 1)]);

        // What cannot be read stays as it was.
        baseline.reading = Some(second.clone());
        let unread = baseline.reading(&vec![(auth(), Err(ConsoleError::NotFound))], &Vec::new(), 500);
        assert_eq!(unread.drifts, second.drifts);
        assert!(unread.unread.contains(&"auth".to_owned()));

        baseline.accept(auth(), &["site_url"], &current);
        let third = baseline.reading(&vec![(auth(), Ok(current))], &Vec::new(), 600);
        assert_eq!(third.drifts.len(), 1);
        assert_eq!(third.drifts[0].setting, "password_min_length");
    }

    #[test]
    fn of_secrets_it_knows_only_whether_they_are_set() {
        let (baseline, mut current) = kept();
        assert_eq!(baseline.areas["auth"].secrets.get("smtp_pass"), Some(&true));
        current.secrets.insert("smtp_pass".to_owned(), false);
        let reading = baseline.reading(&vec![(auth(), Ok(current))], &Vec::new(), 200);
        assert_eq!(reading.drifts.len(), 1);
        assert!(!reading.drifts[0].weaker);
    }

    #[test]
    fn what_is_beside_the_settings_comes_goes_changes_and_is_accepted() {
        let part = Part::of("secrets").unwrap();
        let mark = |is: &str| -> Mark { serde_json::from_value(serde_json::json!({ "is": is })).unwrap() };
        let marks =
            |all: &[(&str, &str)]| -> Marks { all.iter().map(|(name, is)| ((*name).to_owned(), mark(is))).collect() };
        let kept = marks(&[("A", "1"), ("B", "2"), ("C", "3")]);
        let mut baseline = Baseline::of(
            "Release".to_owned(),
            "ada".to_owned(),
            100,
            Vec::new(),
            vec![(part, Ok(kept))],
        );
        let now = marks(&[("A", "1"), ("B", "9"), ("D", "4")]);
        let first = baseline.reading(&Vec::new(), &vec![(part, Ok(now.clone()))], 200);
        let names = |reading: &Reading| reading.drifts.iter().map(|one| one.setting.clone()).collect::<Vec<_>>();
        assert_eq!(names(&first), ["B", "C", "D"]);
        assert_eq!(first.by_area(), [(part.title, 3, 0)]);
        assert!(first.unread.contains(&"functions".to_owned()) && !first.unread.contains(&"secrets".to_owned()));
        baseline.reading = Some(first);
        let unread = baseline.reading(&Vec::new(), &vec![(part, Err(ConsoleError::NotFound))], 250);
        assert_eq!(names(&unread), ["B", "C", "D"]);
        baseline.accept_part(part, &["C", "D"], &now);
        let second = baseline.reading(&Vec::new(), &vec![(part, Ok(now))], 300);
        assert_eq!((names(&second), second.drifts[0].by), (vec!["B".to_owned()], 200));
    }
}
