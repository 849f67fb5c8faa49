//! Values as the API answers them: what node-postgres makes of PostgreSQL's text, written as JSON.

use serde_json::{Number, Value};

use super::nested;

/// Types by their ids, which are the same in every PostgreSQL.
mod id {
    pub const BOOL: u32 = 16;
    pub const BYTEA: u32 = 17;
    pub const INT8: u32 = 20;
    pub const INT2: u32 = 21;
    pub const INT4: u32 = 23;
    pub const OID: u32 = 26;
    pub const TEXT: u32 = 25;
    pub const JSON: u32 = 114;
    pub const FLOAT4: u32 = 700;
    pub const FLOAT8: u32 = 701;
    pub const JSONB: u32 = 3802;
}

/// Past this a number is no longer exact in JavaScript.
const SAFE: i64 = (1 << 53) - 1;

/// The value of a column. `type_id` is unknown where a type is of the people's own making, which comes as text.
pub fn value(type_id: Option<u32>, text: &str) -> Value {
    let type_id = type_id.unwrap_or(id::TEXT);
    match element(type_id) {
        Some(element) => Array { rest: text, element }
            .read()
            .unwrap_or_else(|| Value::from(text)),
        None => single(type_id, text),
    }
}

fn single(type_id: u32, text: &str) -> Value {
    match type_id {
        id::BOOL => Value::Bool(text == "t"),
        id::INT2 | id::INT4 | id::OID => text.parse::<i64>().map_or_else(|_| Value::from(text), Value::from),
        // The service turns those into numbers that JavaScript holds exactly.
        id::INT8 => match text.parse::<i64>() {
            Ok(number) if (-SAFE..=SAFE).contains(&number) => Value::from(number),
            Ok(_) | Err(_) => Value::from(text),
        },
        id::FLOAT4 | id::FLOAT8 => float(text),
        id::JSON | id::JSONB => {
            let text = numbers(text);
            let read = serde_json::from_str(&text).ok().or_else(|| nested::read(&text));
            read.unwrap_or_else(|| Value::from(&*text))
        }
        id::BYTEA => bytes(text),
        _ => Value::from(text),
    }
}

/// JavaScript writes 1.0 as 1, and what is no number as `null`.
fn float(text: &str) -> Value {
    let Ok(number) = text.parse::<f64>() else {
        return Value::Null;
    };
    if number.fract() == 0.0 && number.abs() <= SAFE as f64 {
        return Value::from(number as i64);
    }
    Number::from_f64(number).map_or(Value::Null, Value::Number)
}

/// JSON with the numbers that JavaScript makes of them: a whole one that it does not hold exactly is the nearest that it
/// holds, and what is beyond all of them is infinite, which it writes as `null`.
fn numbers(json: &str) -> String {
    let mut read = String::with_capacity(json.len());
    let mut rest = json;
    while let Some(at) = rest.find(['"', '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9']) {
        let (before, from) = rest.split_at(at);
        read.push_str(before);
        let end = match from.starts_with('"') {
            true => text_end(from),
            false => from
                .find(|one: char| !matches!(one, '0'..='9' | '-' | '+' | '.' | 'e' | 'E'))
                .unwrap_or(from.len()),
        };
        let (token, after) = from.split_at(end);
        match token.parse::<f64>() {
            _ if token.starts_with('"') => read.push_str(token),
            Ok(number) if !number.is_finite() => read.push_str("null"),
            // JSON has no minus zero that JavaScript would write.
            Ok(number) => read.push_str(&float(&number.to_string()).to_string()),
            Err(_) => read.push_str(token),
        }
        rest = after;
    }
    read.push_str(rest);
    read
}

/// Where the text ends with which `json` begins.
pub fn text_end(json: &str) -> usize {
    let mut escaped = true;
    for (at, one) in json.char_indices() {
        match one {
            '"' if !escaped => return at + 1,
            '\\' if !escaped => escaped = true,
            _ => escaped = false,
        }
    }
    json.len()
}

/// Bytes as Node's `Buffer` writes itself.
fn bytes(text: &str) -> Value {
    let digits = text.strip_prefix("\\x").unwrap_or_default();
    let bytes: Vec<u8> = (0..digits.len() / 2)
        .filter_map(|at| u8::from_str_radix(&digits[2 * at..2 * at + 2], 16).ok())
        .collect();
    serde_json::json!({ "type": "Buffer", "data": bytes })
}

/// The type of the elements, for the arrays that node-postgres takes apart.
fn element(array: u32) -> Option<u32> {
    Some(match array {
        1000 => id::BOOL,
        1001 => id::BYTEA,
        1005 => id::INT2,
        1007 => id::INT4,
        1028 => id::OID,
        1021 => id::FLOAT4,
        // It makes numbers of numeric within arrays only.
        1022 | 1231 => id::FLOAT8,
        199 => id::JSON,
        3807 => id::JSONB,
        // bigint stays text within arrays. Texts, network addresses, dates and times, money, UUIDs.
        1016 | 1002 | 1008 | 1009 | 1014 | 1015 | 1040 | 1041 | 1115 | 1182 | 1185 | 1183 | 1270 | 1187 | 791
        | 2951 => id::TEXT,
        _ => return None,
    })
}

/// PostgreSQL's text of an array: `{1,NULL,"a \"b\"",{…}}`, perhaps with its bounds before it.
struct Array<'a> {
    rest: &'a str,
    element: u32,
}

impl Array<'_> {
    fn read(mut self) -> Option<Value> {
        let start = self.rest.find('{')?;
        self.rest = &self.rest[start..];
        self.list()
    }

    fn list(&mut self) -> Option<Value> {
        let mut items = Vec::new();
        self.rest = self.rest.strip_prefix('{')?;
        loop {
            match self.rest.chars().next()? {
                '}' => {
                    self.rest = &self.rest[1..];
                    return Some(Value::Array(items));
                }
                ',' => self.rest = &self.rest[1..],
                '{' => items.push(self.list()?),
                '"' => {
                    let text = self.quoted()?;
                    items.push(single(self.element, &text));
                }
                _ => {
                    let end = self.rest.find([',', '}'])?;
                    let (text, rest) = self.rest.split_at(end);
                    self.rest = rest;
                    items.push(if text == "NULL" {
                        Value::Null
                    } else {
                        single(self.element, text)
                    });
                }
            }
        }
    }

    fn quoted(&mut self) -> Option<String> {
        let mut text = String::new();
        let mut characters = self.rest.char_indices().skip(1);
        while let Some((at, character)) = characters.next() {
            match character {
                '\\' => text.push(characters.next()?.1),
                '"' => {
                    self.rest = &self.rest[at + 1..];
                    return Some(text);
                }
                other => text.push(other),
            }
        }
        None
    }
}

/// A parameter as SQL: node-postgres sends them as text, whose type PostgreSQL then infers.
pub fn literal(parameter: &Value) -> String {
    match parameter {
        Value::Null => "NULL".to_owned(),
        Value::Array(items) => quote(&array(items)),
        Value::String(text) => quote(text),
        other => quote(&other.to_string()),
    }
}

fn quote(text: &str) -> String {
    format!(" E'{}'", text.replace('\\', "\\\\").replace('\'', "''"))
}

/// A list as PostgreSQL's text of an array.
fn array(items: &[Value]) -> String {
    let items: Vec<_> = items
        .iter()
        .map(|item| match item {
            Value::Null => "NULL".to_owned(),
            Value::Array(items) => array(items),
            Value::String(text) => escape(text),
            other => escape(&other.to_string()),
        })
        .collect();
    format!("{{{}}}", items.join(","))
}

fn escape(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn arrays_are_taken_apart() {
        assert_eq!(value(Some(1007), "{1,NULL,{2,3}}"), json!([1, null, [2, 3]]));
        assert_eq!(
            value(Some(1009), r#"{a,"b \"c\"","NULL",""}"#),
            json!(["a", "b \"c\"", "NULL", ""])
        );
        assert_eq!(value(Some(1007), "[0:1]={1,2}"), json!([1, 2]));
        assert_eq!(value(Some(3807), r#"{"{\"a\": 1}"}"#), json!([{ "a": 1 }]));
        assert_eq!(value(None, "{a,b}"), json!("{a,b}"));
    }

    #[test]
    fn numbers_are_what_javascript_holds() {
        assert_eq!(value(Some(20), "9007199254740991"), json!(9_007_199_254_740_991_i64));
        assert_eq!(value(Some(20), "9007199254740992"), json!("9007199254740992"));
        // It has no positive counterpart.
        assert_eq!(value(Some(20), "-9223372036854775808"), json!("-9223372036854775808"));
        assert_eq!(value(Some(20), "-9007199254740991"), json!(-9_007_199_254_740_991_i64));
        assert_eq!(value(Some(1700), "1.10"), json!("1.10"));
        assert_eq!(value(Some(701), "1"), json!(1));
        assert_eq!(value(Some(701), "0.5"), json!(0.5));
        assert_eq!(value(Some(701), "NaN"), json!(null));
        assert_eq!(
            value(Some(17), "\\x00ff"),
            json!({ "type": "Buffer", "data": [0, 255] })
        );
    }

    #[test]
    fn json_has_the_numbers_that_javascript_makes_of_it() {
        let read = |text: &str| value(Some(3802), text).to_string();
        assert_eq!(
            read(r#"{"a": [1, -2.5, 1e3], "b-1": "1e400 \\\" 2"}"#),
            r#"{"a":[1,-2.5,1000],"b-1":"1e400 \\\" 2"}"#
        );
        assert_eq!(read("[1e400, -1e400]"), "[null,null]");
        // As a number: how an exponent is spelled is the writer's business.
        assert_eq!(
            value(Some(3802), "12345678901234567890"),
            json!(12_345_678_901_234_567_000.0)
        );
        assert_eq!(read("9007199254740991"), "9007199254740991");
        assert_eq!(read("\"just a text\""), "\"just a text\"");
        assert_eq!(read("null"), "null");
    }

    #[test]
    fn parameters_are_quoted() {
        assert_eq!(literal(&json!("it's \\")), " E'it''s \\\\'");
        assert_eq!(literal(&json!(["a\"b", null, [1]])), r#" E'{"a\\"b",NULL,{"1"}}'"#);
        assert_eq!(literal(&json!({ "a": true })), " E'{\"a\":true}'");
    }
}
