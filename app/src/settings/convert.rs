//! From what people type to what the API takes, and back: lengths of time and sizes in the unit that reads best, lists one
//! a line, switches that say the opposite of the API's word.

use serde_json::Value;

use super::{
    Area, Said, Setting,
    ranges::{Family, Range},
};
use crate::{error::ConsoleError, form::Sent};

/// Before the name of a setting: the unit in which it was typed.
pub const UNIT: &str = "_unit.";

/// A unit: its word, and how many of the smallest one it is.
pub type Unit = (&'static str, f64);

const MINUTE: f64 = 60.0;
const HOUR: f64 = 60.0 * MINUTE;
const DAY: f64 = 24.0 * HOUR;
const SECONDS: &[Unit] = &[("seconds", 1.0), ("minutes", MINUTE), ("hours", HOUR), ("days", DAY)];
const HOURS: &[Unit] = &[("hours", 1.0), ("days", 24.0)];
const BYTES: &[Unit] = &[
    ("bytes", 1.0),
    ("KB", 1_024.0),
    ("MB", 1_048_576.0),
    ("GB", 1_073_741_824.0),
];

impl Said {
    /// The units to choose from, the smallest first, which is the API's own; nothing where there is no choice.
    pub fn units(self) -> &'static [Unit] {
        match self {
            Self::Seconds => SECONDS,
            Self::Hours => HOURS,
            Self::Bytes => BYTES,
            Self::AsItIs
            | Self::Opposite
            | Self::Count(_)
            | Self::Commas
            | Self::Ranges(_)
            | Self::Long
            | Self::Mail => &[],
        }
    }
}

/// A number of the API's in the largest unit in which it is whole: the number as it is typed, and the unit's word.
pub fn in_units(units: &'static [Unit], number: f64) -> (String, &'static str) {
    let whole = |(_, of): &&Unit| (number / of).fract() == 0.0;
    let best = units.iter().rev().find(|unit| number != 0.0 && whole(unit));
    match best.or(units.first()) {
        Some((word, of)) => (plain(number / of), word),
        None => (plain(number), ""),
    }
}

/// A number without exponent and without needless places.
pub fn plain(number: f64) -> String {
    let text = format!("{number:.6}");
    match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => text,
    }
}

/// Entries of a text with commas.
pub fn entries(text: &str) -> Vec<String> {
    let entries = text.split([',', '\n']).map(str::trim);
    entries.filter(|entry| !entry.is_empty()).map(str::to_owned).collect()
}

/// What the form of a setting holds while it shows `value`: the field's own texts, each as it is sent.
pub fn shown(area: &Area, setting: &Setting, value: &Value) -> Vec<String> {
    let Some(field) = area.field(setting) else {
        return Vec::new();
    };
    match (setting.said, value) {
        (Said::Commas, Value::String(text)) => vec![entries(text).join("\n")],
        (Said::Opposite, Value::Bool(is)) => vec![(!is).to_string()],
        (said, Value::Number(number)) if !said.units().is_empty() => {
            vec![in_units(said.units(), number.as_f64().unwrap_or_default()).0]
        }
        _ => field.shown(value),
    }
}

/// What was sent, with each value as the API takes it. `_was.` fields hold the API's own values already.
///
/// # Errors
/// [`ConsoleError::Invalid`] for a number or a unit that is none.
pub fn to_api(area: &Area, sent: Sent) -> Result<Sent, ConsoleError> {
    let mut texts = Vec::with_capacity(sent.texts.len());
    for (name, text) in &sent.texts {
        if name.starts_with(UNIT) {
            continue;
        }
        let text = match area.setting(name) {
            Some(setting) => value(setting, text, &sent)?,
            None => text.clone(),
        };
        texts.push((name.clone(), text));
    }
    // A box that is ticked says yes after its companion has said no; turned around, the two are out of order.
    for setting in area.settings().filter(|setting| setting.said == Said::Opposite) {
        let said: Vec<String> = texts
            .iter()
            .filter(|(name, _)| name == setting.name)
            .map(|(_, text)| text.clone())
            .collect();
        if let Some(last) = said.last().cloned() {
            texts.retain(|(name, _)| name != setting.name);
            texts.push((setting.name.to_owned(), last));
        }
    }
    for setting in area.settings() {
        if let Said::Ranges(family) = setting.said {
            ranges(setting, family, &mut texts)?;
        }
    }
    Ok(Sent {
        texts,
        files: sent.files,
    })
}

fn value(setting: &Setting, text: &str, sent: &Sent) -> Result<String, ConsoleError> {
    Ok(match setting.said {
        Said::Opposite => match text {
            "true" => "false".to_owned(),
            "false" => "true".to_owned(),
            other => other.to_owned(),
        },
        Said::Commas => commas(setting, text, sent),
        said if !said.units().is_empty() && !text.trim().is_empty() => {
            let wrong = |why: &str| ConsoleError::invalid(setting.name, format!("{}: {why}.", setting.label));
            let unit = sent.text(&format!("{UNIT}{}", setting.name));
            let of = match unit {
                None => 1.0,
                Some(word) => {
                    let known = said.units().iter().find(|(known, _)| *known == word);
                    known.ok_or_else(|| wrong("this unit is not known"))?.1
                }
            };
            let number: f64 = text.trim().parse().map_err(|_| wrong("a number is expected"))?;
            if !number.is_finite() {
                return Err(wrong("a number is expected"));
            }
            let number = number * of;
            if let Some(most) = setting.most.map(f64::from).filter(|most| number > *most) {
                let (most, unit) = in_units(said.units(), most);
                return Err(wrong(&format!("{most} {unit} at most")));
            }
            plain(number)
        }
        _ => text.to_owned(),
    })
}

/// Ranges, which are typed in a line each, as one text. What was there is none of the person's doing, whatever it is.
fn ranges(setting: &Setting, family: Family, texts: &mut Vec<(String, String)>) -> Result<(), ConsoleError> {
    let was = format!("{}{}", crate::form::change::WAS, setting.name);
    let was = texts.iter().find(|(name, _)| *name == was);
    let was: Vec<String> = was
        .and_then(|(_, was)| serde_json::from_str(was).ok())
        .unwrap_or_default();
    let (mut sent, mut kept) = (false, Vec::new());
    for text in texts
        .iter()
        .filter(|(name, _)| name == setting.name)
        .map(|(_, text)| text)
    {
        sent = true;
        for typed in entries(text) {
            let range = if was.contains(&typed) {
                typed
            } else {
                let range = Range::read(&typed, family);
                range
                    .map_err(|fault| ConsoleError::invalid(setting.name, fault.sentence(&typed)))?
                    .to_string()
            };
            if !kept.contains(&range) {
                kept.push(range);
            }
        }
    }
    if sent {
        texts.retain(|(name, _)| name != setting.name);
        texts.push((setting.name.to_owned(), kept.join("\n")));
    }
    Ok(())
}

/// One text with commas. What names the same entries in the same order is what was there, however that was written.
fn commas(setting: &Setting, text: &str, sent: &Sent) -> String {
    let typed = entries(text);
    let was = sent.text(&format!("{}{}", crate::form::change::WAS, setting.name));
    let was: Option<String> = was.and_then(|was| serde_json::from_str(was).ok());
    match was {
        Some(was) if entries(&was) == typed => was,
        Some(_) | None => typed.join(","),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::sent;

    #[test]
    fn numbers_stand_in_the_largest_unit_that_keeps_them_whole() {
        for (units, number, expected) in [
            (SECONDS, 3_600.0, ("1", "hours")),
            (SECONDS, 90.0, ("90", "seconds")),
            (SECONDS, 172_800.0, ("2", "days")),
            (SECONDS, 0.0, ("0", "seconds")),
            (HOURS, 36.5, ("36.5", "hours")),
            (HOURS, 720.0, ("30", "days")),
            (BYTES, 52_428_800.0, ("50", "MB")),
            (BYTES, 536_870_912_000.0, ("500", "GB")),
        ] {
            let (number_said, unit) = in_units(units, number);
            assert_eq!((number_said.as_str(), unit), expected, "{number}");
        }
    }

    #[test]
    fn what_the_service_does_not_take_is_refused_in_the_units_that_people_use() {
        let auth = Area::of("auth").unwrap();
        let typed = |text: &str, unit: &str| {
            let texts = [("sessions_timebox", text), ("_unit.sessions_timebox", unit)];
            to_api(auth, sent(&texts)).map(|sent| sent.text("sessions_timebox").unwrap().to_owned())
        };
        assert_eq!(typed("365", "days").unwrap(), "8760");
        assert_eq!(typed("8760", "hours").unwrap(), "8760");
        let error = typed("366", "days").unwrap_err();
        assert_eq!(error.to_string(), "Session length: 365 days at most.");
        let reuse = sent(&[("security_refresh_token_reuse_interval", "301")]);
        assert!(to_api(auth, reuse).is_err());
    }

    #[test]
    fn what_is_shown_and_sent_back_is_what_the_api_said() {
        let area = Area::of("data-api").unwrap();
        let texts = sent(&[
            ("db_schema", "public\r\nstorage\r\n"),
            ("_was.db_schema", "\"public, storage\""),
        ]);
        assert_eq!(to_api(area, texts).unwrap().text("db_schema"), Some("public, storage"));
        let texts = sent(&[
            ("db_schema", "public\nprivate"),
            ("_was.db_schema", "\"public, storage\""),
        ]);
        assert_eq!(to_api(area, texts).unwrap().text("db_schema"), Some("public,private"));
    }

    #[test]
    fn switches_say_the_opposite_and_sizes_their_unit() {
        let realtime = Area::of("realtime").unwrap();
        let on = sent(&[("suspend", "false"), ("suspend", "true")]);
        assert_eq!(
            to_api(realtime, on).unwrap().all("suspend").collect::<Vec<_>>(),
            ["false"]
        );
        let off = sent(&[("suspend", "false")]);
        assert_eq!(
            to_api(realtime, off).unwrap().all("suspend").collect::<Vec<_>>(),
            ["true"]
        );
        let storage = Area::of("storage").unwrap();
        let size =
            |text: &str, unit: &str| to_api(storage, sent(&[("fileSizeLimit", text), ("_unit.fileSizeLimit", unit)]));
        assert_eq!(size("1.5", "MB").unwrap().text("fileSizeLimit"), Some("1572864"));
        assert_eq!(size("", "MB").unwrap().text("fileSizeLimit"), Some(""));
        for (text, unit) in [("many", "MB"), ("1", "miles"), ("inf", "MB")] {
            assert!(size(text, unit).is_err(), "{text} {unit}");
        }
    }
}
