//! Redact: secrets taken out of what is shown or taken away, without a picture of the whole answer in memory: an answer of
//! ten megabytes would become several hundred as values.

#[cfg(test)]
mod tests;

use std::fmt;

use app::form::WITHHELD as REDACTED;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

/// A typed secret shorter than this is only found where it stands alone: it would occur in other words by chance.
const SHORT: usize = 4;

/// What an answer must not show.
#[derive(Clone, Copy)]
pub struct Secrets<'a> {
    /// Fields, however deep.
    pub names: &'a [&'a str],
    /// The one of them that was asked for, and so stays.
    pub revealed: Option<&'a str>,
    /// What was typed; no text may repeat it.
    pub typed: &'a [String],
}

/// An answer without its secrets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redacted<T> {
    pub content: T,
    /// Something was taken out.
    pub redacted: bool,
    /// It is not the whole.
    pub cut: bool,
}

impl<T> Redacted<T> {
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Redacted<U> {
        Redacted {
            content: change(self.content),
            redacted: self.redacted,
            cut: self.cut,
        }
    }
}

impl Secrets<'_> {
    /// Whether an answer could hold any.
    pub fn are_none(self) -> bool {
        self.names.is_empty() && self.typed.is_empty()
    }

    /// Copies JSON without them, as far as about `most` bytes of it; what is copied is JSON again. What is not set
    /// (`null`, an empty text) stays, so that it can be seen which are.
    ///
    /// # Errors
    /// `bytes` are no JSON.
    pub fn json(self, bytes: &[u8], most: usize) -> Result<Redacted<Vec<u8>>, serde_json::Error> {
        let mut copy = Copy {
            secrets: self,
            most,
            out: Vec::with_capacity(bytes.len().min(most)),
            redacted: false,
            cut: false,
        };
        let mut reader = serde_json::Deserializer::from_slice(bytes);
        copy.one(How::Cleaned).deserialize(&mut reader)?;
        reader.end()?;
        Ok(Redacted {
            content: copy.out,
            redacted: copy.redacted,
            cut: copy.cut,
        })
    }
}

/// What is done with a value.
#[derive(Clone, Copy)]
enum How {
    /// Its secrets are taken out.
    Cleaned,
    /// It was asked for and stays as it is.
    Revealed,
    /// It is a secret.
    Hidden,
}

struct Copy<'a> {
    secrets: Secrets<'a>,
    most: usize,
    out: Vec<u8>,
    redacted: bool,
    cut: bool,
}

impl<'a> Copy<'a> {
    fn one(&mut self, how: How) -> One<'_, 'a> {
        One { copy: self, how }
    }

    /// Whether there is room for one thing more; if not, it is left out.
    fn has_room(&mut self) -> bool {
        let room = self.out.len() < self.most;
        self.cut |= !room;
        room
    }

    fn put<E: Error>(&mut self, value: impl serde::Serialize) -> Result<(), E> {
        serde_json::to_writer(&mut self.out, &value).map_err(E::custom)
    }

    /// A text, or as much of it as there is room for.
    fn put_text<E: Error>(&mut self, text: &str) -> Result<(), E> {
        let room = self.most.saturating_sub(self.out.len());
        if text.len() <= room {
            return self.put(text);
        }
        self.cut = true;
        self.put(&text[..text.floor_char_boundary(room)])
    }

    fn hide<E: Error>(&mut self) -> Result<(), E> {
        self.redacted = true;
        self.put(REDACTED)
    }

    fn how(&self, name: &str, around: How) -> How {
        match around {
            How::Revealed => How::Revealed,
            How::Cleaned | How::Hidden if self.secrets.revealed == Some(name) => How::Revealed,
            How::Cleaned | How::Hidden if self.secrets.names.contains(&name) => How::Hidden,
            How::Cleaned | How::Hidden => How::Cleaned,
        }
    }
}

/// One value on its way.
struct One<'c, 'a> {
    copy: &'c mut Copy<'a>,
    how: How,
}

impl One<'_, '_> {
    fn simple<E: Error>(self, value: impl serde::Serialize) -> Result<(), E> {
        match self.how {
            How::Cleaned | How::Revealed => self.copy.put(value),
            How::Hidden => self.copy.hide(),
        }
    }
}

impl<'de> DeserializeSeed<'de> for One<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<(), D::Error> {
        reader.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for One<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON")
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.copy.put(())
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        self.simple(value)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        self.simple(value)
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        self.simple(value)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
        self.simple(value)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        let hidden = match self.how {
            How::Cleaned => self.copy.secrets.typed.iter().any(|secret| repeats(text, secret)),
            How::Revealed => false,
            How::Hidden => true,
        };
        if hidden && !text.is_empty() {
            self.copy.hide()
        } else {
            self.copy.put_text(text)
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut values: A) -> Result<(), A::Error> {
        let Self { copy, how } = self;
        if matches!(how, How::Hidden) {
            while values.next_element::<IgnoredAny>()?.is_some() {}
            return copy.hide();
        }
        copy.out.push(b'[');
        let mut comma = None;
        loop {
            // Asked before the reader is, so that nothing is begun that has no room.
            let kept = copy.out.len();
            copy.out.extend(comma);
            if copy.out.len() < copy.most {
                if values.next_element_seed(copy.one(how))?.is_none() {
                    copy.out.truncate(kept);
                    break;
                }
            } else {
                copy.out.truncate(kept);
                while values.next_element::<IgnoredAny>()?.is_some() {
                    copy.cut = true;
                }
                break;
            }
            comma = Some(b',');
        }
        copy.out.push(b']');
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<(), A::Error> {
        let Self { copy, how } = self;
        if matches!(how, How::Hidden) {
            while fields.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
            return copy.hide();
        }
        copy.out.push(b'{');
        let mut first = true;
        while let Some(name) = fields.next_key::<String>()? {
            if !copy.has_room() {
                fields.next_value::<IgnoredAny>()?;
                continue;
            }
            if !std::mem::take(&mut first) {
                copy.out.push(b',');
            }
            copy.put::<A::Error>(&name)?;
            copy.out.push(b':');
            fields.next_value_seed(copy.one(copy.how(&name, how)))?;
        }
        copy.out.push(b'}');
        Ok(())
    }
}

fn repeats(text: &str, secret: &str) -> bool {
    if secret.len() < SHORT {
        text == secret
    } else {
        text.contains(secret)
    }
}

/// The first `most` bytes of `text`, about, without `secrets`.
pub fn text(text: &str, secrets: &[String], most: usize) -> Redacted<String> {
    let longest = secrets.iter().map(String::len).max().unwrap_or_default();
    let end = text.floor_char_boundary(most.saturating_add(longest));
    let cut = end < text.len();
    let mut clean = text[..end].to_owned();
    let mut redacted = false;
    for secret in secrets {
        if repeats(&clean, secret) && !secret.is_empty() {
            clean = clean.replace(secret.as_str(), REDACTED);
            redacted = true;
        }
    }
    if cut {
        // A secret may have been cut in two: so many bytes at the end are not shown.
        clean.truncate(clean.floor_char_boundary(clean.len().saturating_sub(longest)));
    }
    Redacted {
        content: clean,
        redacted,
        cut,
    }
}

/// Puts a placeholder for every text in `value`, named after the field it stands in: `YOUR_DB_PASS`.
pub fn placeholders(name: &str, value: &mut Value) {
    match value {
        Value::String(text) => *text = placeholder(name),
        Value::Array(values) => values.iter_mut().for_each(|value| placeholders(name, value)),
        Value::Object(fields) => fields.iter_mut().for_each(|(name, value)| placeholders(name, value)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn placeholder(name: &str) -> String {
    let word = |c: char| {
        if c.is_ascii_alphanumeric() {
            c.to_ascii_uppercase()
        } else {
            '_'
        }
    };
    format!("YOUR_{}", name.chars().map(word).collect::<String>())
}
