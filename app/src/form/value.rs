//! What was typed into one field, as the value of its kind.

use management_api::Upload;
use serde_json::{Number, Value};

use super::{
    EACH, Sent,
    field::{Field, Kind, spelled},
    free::{is_free, pairs, rows},
    once::Once,
    rules,
};
use crate::error::ConsoleError;

/// What was typed into a field; `None` where it was left empty.
pub(super) fn value(field: &Field, sent: &Sent) -> Result<Option<Value>, ConsoleError> {
    let name = field.name.as_str();
    if field.kind == Kind::Files {
        let files: Vec<&Upload> = sent
            .files
            .iter()
            .filter(|(key, _)| key == name)
            .map(|(_, file)| file)
            .collect();
        return Ok((!files.is_empty()).then(|| serde_json::json!(files)));
    }
    // The last: a companion stands before its box. Browsers end lines in their own way.
    let whole = sent.all(name).last().unwrap_or_default().replace("\r\n", "\n");
    // Spaces may belong to a secret.
    let text = match field.kind {
        Kind::Text { .. } if field.secret => whole.as_str(),
        _ => whole.trim(),
    };
    match &field.kind {
        // A box that is not ticked is not sent.
        Kind::Flag if field.required && text.is_empty() => Ok(Some(serde_json::json!(false))),
        Kind::Several(choices) => {
            let chosen: Vec<&str> = sent.all(name).filter(|text| !text.trim().is_empty()).collect();
            if let Some(unknown) = chosen.iter().find(|one| !choices.iter().any(|choice| choice == *one)) {
                return Err(ConsoleError::invalid(
                    name,
                    format!("\u{201c}{unknown}\u{201d} is none of the choices of {name}."),
                ));
            }
            Ok((!chosen.is_empty()).then(|| serde_json::json!(chosen)))
        }
        // As they are: names may hold spaces, and a line's end.
        Kind::Lines if sent.text(EACH) == Some(name) => {
            let each = sent.all(name).filter(|text| !text.is_empty());
            let each: Vec<String> = each.map(|text| text.replace("\r\n", "\n")).collect();
            Ok((!each.is_empty()).then(|| serde_json::json!(each)))
        }
        Kind::Lines if field.required || !text.is_empty() => {
            let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
            Ok((!lines.is_empty()).then(|| serde_json::json!(lines)))
        }
        kind if is_free(kind) => match (text.is_empty(), rows(field, sent)?) {
            (true, rows) => Ok(rows),
            (false, None) if !text.starts_with('{') => pairs(field, &whole).map(Some),
            (false, None) => parsed(field, text).map(Some),
            (false, Some(_)) => Err(ConsoleError::invalid(
                name,
                format!("{name} came as a text and in rows. Leave one of them empty."),
            )),
        },
        kind if rules::are(kind) && text.is_empty() => {
            Ok(rules::read(field, sent)?.filter(|rules| !rules::is_none(rules)))
        }
        _ if text.is_empty() => Ok(None),
        Kind::Lines | Kind::Files => Ok(None),
        Kind::Text { least, most, .. } => {
            let length = text.chars().count() as u64;
            if let Some(least) = least.filter(|least| length < *least) {
                return Err(ConsoleError::invalid(
                    name,
                    format!("At least {least} characters, please; these are {length}."),
                ));
            }
            if let Some(most) = most.filter(|most| length > *most) {
                return Err(ConsoleError::invalid(
                    name,
                    format!("At most {most} characters, please; these are {length}."),
                ));
            }
            Ok(Some(serde_json::json!(text)))
        }
        Kind::Number { whole, least, most } => number(text, *whole)
            .filter(|number| {
                let value = number.as_f64().unwrap_or(f64::NAN);
                least.is_none_or(|least| value >= least) && most.is_none_or(|most| value <= most)
            })
            .map(|number| Some(Value::Number(number)))
            .ok_or_else(|| {
                let expected = field.kind.words().to_lowercase();
                ConsoleError::invalid(name, format!("{name} is a {expected}. \u{201c}{text}\u{201d} is none."))
            }),
        Kind::Flag => match text {
            "true" => Ok(Some(serde_json::json!(true))),
            "false" => Ok(Some(serde_json::json!(false))),
            _ => Err(ConsoleError::invalid(name, format!("{name} is true or false."))),
        },
        Kind::Choice(choices) => match choices.iter().find(|choice| spelled(choice) == text) {
            Some(choice) => Ok(Some(choice.clone())),
            None => Err(ConsoleError::invalid(
                name,
                format!("\u{201c}{text}\u{201d} is none of the choices of {name}."),
            )),
        },
        Kind::Json(_) => parsed(field, text).map(Some),
    }
}

fn number(text: &str, whole: bool) -> Option<Number> {
    if whole {
        text.parse::<i64>().ok().map(Number::from)
    } else {
        text.parse::<i64>()
            .ok()
            .map(Number::from)
            .or_else(|| Number::from_f64(text.parse().ok()?))
    }
}

fn parsed(field: &Field, text: &str) -> Result<Value, ConsoleError> {
    json(text).map_err(|error| {
        ConsoleError::invalid(field.name.as_str(), format!("{} is not JSON yet: {error}.", field.name))
    })
}

/// Reads JSON in which no name comes twice. The error names the place and nothing of the text itself.
pub fn json(text: &str) -> Result<Value, serde_json::Error> {
    serde_json::from_str(text).map(|Once(value)| value)
}
