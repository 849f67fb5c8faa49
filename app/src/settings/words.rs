//! A value in words, as a preview, the audit and an outcome say it.

use serde_json::Value;

use super::{Said, Setting, convert};
use crate::{
    error::shortened,
    form::{Field, spelled},
    ui::chart::grouped,
};

/// Characters of a text that is told on one line.
const LINE: usize = 120;

/// The value on one line; a secret's never comes here.
pub fn words(setting: &Setting, value: &Value) -> String {
    match (setting.said, value) {
        (_, Value::Null) => "Not set".to_owned(),
        (_, Value::String(text)) if text.is_empty() => "Empty".to_owned(),
        (Said::Opposite, Value::Bool(is)) => on(!is),
        (_, Value::Bool(is)) => on(*is),
        (Said::Count(unit), Value::Number(number)) => {
            format!("{} {unit}", counted(number.as_f64().unwrap_or_default()))
        }
        (Said::Hours, Value::Number(number)) if number.as_f64() == Some(0.0) => "No limit".to_owned(),
        (said, Value::Number(number)) if !said.units().is_empty() => {
            let (number, unit) = convert::in_units(said.units(), number.as_f64().unwrap_or_default());
            let unit = match number.as_str() {
                "1" => unit.trim_end_matches('s'),
                _ => unit,
            };
            format!("{number} {unit}")
        }
        (_, Value::Number(number)) => counted(number.as_f64().unwrap_or_default()),
        (_, Value::Array(values)) if values.is_empty() => "None".to_owned(),
        (_, value) => {
            let text = match value {
                Value::Array(values) => values.iter().map(spelled).collect::<Vec<_>>().join(", "),
                other => spelled(other),
            };
            shortened(text.split_whitespace().collect::<Vec<_>>().join(" "), LINE)
        }
    }
}

fn on(is: bool) -> String {
    if is { "On" } else { "Off" }.to_owned()
}

/// The value as lines, where it is one of those whose lines are compared: entries of a list, or a long text.
pub fn lines(setting: &Setting, field: &Field, value: &Value) -> Option<Vec<String>> {
    use crate::form::Kind;
    match (setting.said, &field.kind, value) {
        (Said::Commas, _, Value::String(text)) => Some(convert::entries(text)),
        (Said::Commas | Said::Long | Said::Mail, _, Value::Null) => Some(Vec::new()),
        (Said::Long | Said::Mail, _, Value::String(text)) => Some(text.lines().map(str::to_owned).collect()),
        (_, Kind::Lines, Value::Array(values)) => Some(values.iter().map(spelled).collect()),
        (_, Kind::Lines, Value::Null) => Some(Vec::new()),
        _ => None,
    }
}

/// A number with its thousands apart, and its fraction.
fn counted(number: f64) -> String {
    let whole = grouped(number.trunc());
    match convert::plain(number).split_once('.') {
        Some((_, fraction)) => format!("{whole}.{fraction}"),
        None => whole,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::settings::set;

    #[test]
    fn values_are_said_as_people_say_them() {
        let plain = set("a", "A", "");
        for (setting, value, expected) in [
            (plain, json!(true), "On"),
            (plain.said(Said::Opposite), json!(true), "Off"),
            (plain.said(Said::Seconds), json!(3600), "1 hour"),
            (plain.said(Said::Hours), json!(720), "30 days"),
            (plain.said(Said::Hours), json!(36.5), "36.5 hours"),
            (plain.said(Said::Hours), json!(0), "No limit"),
            (plain.said(Said::Bytes), json!(52_428_800), "50 MB"),
            (plain.said(Said::Count("rows")), json!(1_000_000), "1,000,000 rows"),
            (plain, Value::Null, "Not set"),
            (plain, json!(""), "Empty"),
            (plain, json!(["a", "b"]), "a, b"),
            (plain, json!([]), "None"),
            (plain, json!("a\n  b"), "a b"),
        ] {
            assert_eq!(words(&setting, &value), expected, "{value}");
        }
    }
}
