//! JSON as people read it: indented, coloured, and cut where it becomes too long.

use html_escape::encode_text_to_string;
use serde_json::Value;

/// Printed JSON or text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printed {
    /// HTML: text that is escaped, and spans around it.
    pub html: String,
    /// Whether something is left out at the end.
    pub cut: bool,
}

/// `value` as HTML, at most about `most` bytes of JSON.
pub fn print(value: &Value, most: usize) -> Printed {
    let mut printer = Printer {
        html: String::new(),
        left: most,
    };
    let whole = printer.value(value, 0).is_some();
    Printed {
        html: printer.html,
        cut: !whole,
    }
}

/// The place is used up.
type Full = Option<()>;

struct Printer {
    html: String,
    left: usize,
}

impl Printer {
    fn put(&mut self, text: &str) -> Full {
        self.left = self.left.checked_sub(text.len())?;
        encode_text_to_string(text, &mut self.html);
        Some(())
    }

    fn marked(&mut self, class: &str, text: &str) -> Full {
        self.html.push_str("<span class=\"json-");
        self.html.push_str(class);
        self.html.push_str("\">");
        // What does not fit is cut, so that one long text still shows its beginning.
        let fits = text.len() <= self.left;
        let done = if fits {
            self.put(text)
        } else {
            let end = text.floor_char_boundary(self.left);
            self.put(text.get(..end).unwrap_or_default()).and(None)
        };
        self.html.push_str("</span>");
        done
    }

    fn line(&mut self, depth: usize) -> Full {
        self.put("\n")?;
        self.put(&"  ".repeat(depth))
    }

    fn value(&mut self, value: &Value, depth: usize) -> Full {
        match value {
            Value::Null | Value::Bool(_) => self.marked("word", &value.to_string()),
            Value::Number(_) => self.marked("number", &value.to_string()),
            Value::String(_) => self.marked("text", &value.to_string()),
            Value::Array(values) if values.is_empty() => self.put("[]"),
            Value::Object(values) if values.is_empty() => self.put("{}"),
            Value::Array(values) => {
                self.put("[")?;
                for (at, value) in values.iter().enumerate() {
                    self.put(if at == 0 { "" } else { "," })?;
                    self.line(depth + 1)?;
                    self.value(value, depth + 1)?;
                }
                self.line(depth)?;
                self.put("]")
            }
            Value::Object(values) => {
                self.put("{")?;
                for (at, (name, value)) in values.iter().enumerate() {
                    self.put(if at == 0 { "" } else { "," })?;
                    self.line(depth + 1)?;
                    self.marked("name", &Value::from(name.as_str()).to_string())?;
                    self.put(": ")?;
                    self.value(value, depth + 1)?;
                }
                self.line(depth)?;
                self.put("}")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// The text that a browser shows.
    fn text(html: &str) -> String {
        let mut text = String::new();
        for part in html.split('<') {
            text.push_str(part.split_once('>').map_or(part, |(_, rest)| rest));
        }
        html_escape::decode_html_entities(&text).into_owned()
    }

    #[test]
    fn it_is_the_json_that_it_was() {
        let value = json!({ "a": [1, -2.5, null, true, {}, []], "b<i>": "</span><script>&amp; \" \\ \n \u{202e}" });
        let printed = print(&value, usize::MAX);
        assert!(!printed.cut);
        assert!(!printed.html.contains("<script>") && !printed.html.contains("<i>"));
        assert_eq!(text(&printed.html), serde_json::to_string_pretty(&value).unwrap());
    }

    #[test]
    fn it_is_cut_between_characters_and_stays_html() {
        let value = json!(["\u{1f98a}".repeat(50)]);
        for most in 0..60 {
            let printed = print(&value, most);
            assert!(printed.cut);
            assert!(text(&printed.html).len() <= most);
            assert_eq!(
                printed.html.matches("<span").count(),
                printed.html.matches("</span>").count()
            );
        }
    }
}
