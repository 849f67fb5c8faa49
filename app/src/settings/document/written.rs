//! Written: a value as the Management API has it, as the CLI's `config.toml` has it, and back.

use serde_json::{Map, Value, json};

use super::names::{CHARACTERS, Written};
use crate::settings::convert::entries;

const KIB: u64 = 1024;
const SIZES: [(&str, u64); 4] = [
    ("TiB", KIB * KIB * KIB * KIB),
    ("GiB", KIB * KIB * KIB),
    ("MiB", KIB * KIB),
    ("KiB", KIB),
];

/// The CLI's value; `None` where it has none that comes back as the same.
pub fn to_cli(written: Written, value: &Value) -> Option<Value> {
    let cli = match (written, value) {
        (_, Value::Null) => None,
        (Written::Same, value) => Some(value.clone()),
        (Written::Opposite, Value::Bool(is)) => Some(json!(!is)),
        (Written::Seconds, value) => Some(json!(format!("{}s", whole(value.as_f64()?).ok()?))),
        (Written::Hours, value) => Some(json!(format!("{}h", whole(value.as_f64()?).ok()?))),
        (Written::Bytes, value) => Some(json!(size(whole(value.as_f64()?).ok()?))),
        (Written::Commas, Value::String(text)) => Some(json!(entries(text))),
        (Written::Pairs, Value::String(text)) => pairs(text),
        (Written::Digits, Value::String(text)) => text.parse::<u16>().ok().map(|number| json!(number)),
        (Written::Characters, Value::String(text)) => {
            let word = CHARACTERS.iter().find(|(_, characters)| characters == text);
            match word {
                Some((word, _)) => Some(json!(word)),
                None => text.is_empty().then(|| json!("")),
            }
        }
        (Written::Chosen(word), Value::String(text)) => (text == word).then(|| json!(true)),
        _ => None,
    };
    let back = |cli: &Value| from_cli(written, cli).ok().flatten();
    cli.filter(|cli| back(cli).is_some_and(|back| is_one(&back, value)))
}

/// Whether two values are one; the API writes whole numbers as 24 and as 24.0.
fn is_one(one: &Value, other: &Value) -> bool {
    match (one.as_f64(), other.as_f64()) {
        (Some(one), Some(other)) => one == other,
        _ => one == other,
    }
}

/// The API's value; nothing where the CLI's says nothing of it.
///
/// # Errors
/// What is expected in its place.
pub fn from_cli(written: Written, cli: &Value) -> Result<Option<Value>, &'static str> {
    Ok(Some(match (written, cli) {
        (Written::Same, Value::Object(_)) => return Err("a table is not expected"),
        (Written::Same, value) => value.clone(),
        (Written::Opposite, Value::Bool(is)) => json!(!is),
        (Written::Opposite, _) => return Err("true or false is expected"),
        (Written::Seconds, cli) => json!(whole(duration(cli, 1.0)?)?),
        (Written::Hours, cli) => json!(whole(duration(cli, 3_600.0)?)?),
        (Written::Bytes, cli) => json!(bytes(cli)?),
        (Written::Commas, cli) => json!(texts(cli)?.join(",")),
        (Written::Pairs, Value::Object(object)) => {
            let mut all = Vec::new();
            for (name, value) in object {
                let value = value.as_str().ok_or("texts are expected")?;
                all.push(format!("{name}={value}"));
            }
            all.sort();
            json!(all.join(","))
        }
        (Written::Pairs, _) => return Err("a table is expected"),
        (Written::Digits, Value::Number(number)) => json!(number.to_string()),
        (Written::Digits, Value::String(text)) => json!(text),
        (Written::Digits, _) => return Err("a number is expected"),
        (Written::Characters, Value::String(word)) if word.is_empty() => json!(""),
        (Written::Characters, Value::String(word)) => {
            let known = CHARACTERS.iter().find(|(known, _)| known == word);
            json!(known.ok_or("this word is not known")?.1)
        }
        (Written::Characters, _) => return Err("a word is expected"),
        (Written::Chosen(word), Value::Bool(true)) => json!(word),
        (Written::Chosen(_), Value::Bool(false)) => return Ok(None),
        (Written::Chosen(_), _) => return Err("true or false is expected"),
    }))
}

fn whole(number: f64) -> Result<u64, &'static str> {
    if number.fract() == 0.0 && (0.0..9.0e15).contains(&number) {
        Ok(number as u64)
    } else {
        Err("the API counts it in whole units that are larger")
    }
}

/// A length of time such as `1h30m`, counted in units of `unit` seconds.
fn duration(cli: &Value, unit: f64) -> Result<f64, &'static str> {
    let wrong = "a length of time such as 1m30s is expected";
    let text = cli.as_str().ok_or(wrong)?;
    let (mut seconds, mut rest) = (0.0, text.trim());
    if rest.is_empty() {
        return Err(wrong);
    }
    while !rest.is_empty() && rest != "0" {
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').ok_or(wrong)?;
        let (number, after) = rest.split_at(end);
        let end = after.find(|c: char| c.is_ascii_digit()).unwrap_or(after.len());
        let (word, after) = after.split_at(end);
        let of = match word {
            "h" => 3_600.0,
            "m" => 60.0,
            "s" => 1.0,
            "ms" => 0.001,
            _ => return Err(wrong),
        };
        seconds += number.parse::<f64>().map_err(|_| wrong)? * of;
        rest = after;
    }
    Ok(seconds / unit)
}

/// In the largest unit in which it is whole.
fn size(bytes: u64) -> String {
    let whole = SIZES.iter().find(|(_, of)| bytes > 0 && bytes.is_multiple_of(*of));
    match whole {
        Some((word, of)) => format!("{}{word}", bytes / of),
        None => format!("{bytes}B"),
    }
}

/// The CLI's units are powers of 1024, whether with an i or without.
fn bytes(cli: &Value) -> Result<u64, &'static str> {
    let wrong = "a size such as 50MiB is expected";
    if let Some(number) = cli.as_u64() {
        return Ok(number);
    }
    let text = cli.as_str().ok_or(wrong)?.trim();
    let end = text
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(text.len());
    let (number, word) = text.split_at(end);
    let number = number.parse::<f64>().map_err(|_| wrong)?;
    let word = word.trim().to_ascii_lowercase();
    let of = match word.trim_end_matches('b').trim_end_matches('i') {
        "" => 1,
        "k" => KIB,
        "m" => KIB * KIB,
        "g" => KIB * KIB * KIB,
        "t" => KIB * KIB * KIB * KIB,
        _ => return Err(wrong),
    };
    whole((number * of as f64).floor())
}

fn texts(cli: &Value) -> Result<Vec<&str>, &'static str> {
    let wrong = "a list of texts is expected";
    let values = cli.as_array().ok_or(wrong)?;
    values.iter().map(|value| value.as_str().ok_or(wrong)).collect()
}

fn pairs(text: &str) -> Option<Value> {
    let mut object = Map::new();
    for entry in entries(text) {
        let (name, value) = entry.split_once('=')?;
        object.insert(name.to_owned(), json!(value));
    }
    Some(Value::Object(object))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_cli_writes_is_what_the_api_says() {
        for (written, api, cli) in [
            (Written::Opposite, json!(true), json!(false)),
            (Written::Seconds, json!(90), json!("90s")),
            (Written::Hours, json!(36), json!("36h")),
            (Written::Bytes, json!(52_428_800), json!("50MiB")),
            (Written::Bytes, json!(1_000), json!("1000B")),
            (Written::Commas, json!("a,b"), json!(["a", "b"])),
            (Written::Pairs, json!("41=12,42=13"), json!({ "41": "12", "42": "13" })),
            (Written::Digits, json!("587"), json!(587)),
            (
                Written::Characters,
                json!(CHARACTERS[2].1),
                json!("lower_upper_letters_digits_symbols"),
            ),
            (Written::Chosen("twilio"), json!("twilio"), json!(true)),
        ] {
            assert_eq!(to_cli(written, &api).as_ref(), Some(&cli), "{written:?}");
            assert_eq!(from_cli(written, &cli), Ok(Some(api)), "{written:?}");
        }
    }

    #[test]
    fn a_whole_number_is_one_however_it_is_written() {
        assert_eq!(to_cli(Written::Hours, &json!(24.0)), Some(json!("24h")));
    }

    #[test]
    fn what_would_not_come_back_the_same_has_no_such_value() {
        for (written, api) in [
            (Written::Hours, json!(36.5)),
            (Written::Commas, json!("a, b")),
            (Written::Characters, json!("abc")),
            (Written::Digits, json!("0587")),
            (Written::Chosen("vonage"), json!("twilio")),
            (Written::Same, Value::Null),
        ] {
            assert_eq!(to_cli(written, &api), None, "{written:?} {api}");
        }
        assert_eq!(from_cli(Written::Chosen("vonage"), &json!(false)), Ok(None));
    }

    #[test]
    fn lengths_and_sizes_are_read_as_the_cli_reads_them() {
        for (text, seconds) in [("1m30s", 90.0), ("24h", 86_400.0), ("1500ms", 1.5), ("0", 0.0)] {
            assert_eq!(duration(&json!(text), 1.0), Ok(seconds), "{text}");
        }
        for (text, size) in [("5MB", 5_242_880), ("500KB", 512_000), ("50MiB", 52_428_800), ("7", 7)] {
            assert_eq!(bytes(&json!(text)), Ok(size), "{text}");
        }
        for text in ["", "1", "1x", "h"] {
            assert!(duration(&json!(text), 1.0).is_err(), "{text}");
        }
        assert!(bytes(&json!("many")).is_err());
    }
}
