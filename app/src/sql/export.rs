//! Export: the rows of an answer as a text, row by row.

use management_api::database::QueryRow;
use serde_json::Value;

use super::rows::{each, values};

/// What rows are written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Csv,
    Json,
    Markdown,
    Insert,
}

impl Format {
    pub const ALL: [Self; 4] = [Self::Csv, Self::Json, Self::Markdown, Self::Insert];

    /// The word in a form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
            Self::Markdown => "markdown",
            Self::Insert => "insert",
        }
    }

    pub fn label(self) -> &'static str {
        match self {
            Self::Csv => "CSV",
            Self::Json => "JSON",
            Self::Markdown => "Markdown",
            Self::Insert => "INSERT statements",
        }
    }

    /// The word of a form; `None` for any other.
    pub fn read(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.as_str() == word)
    }

    /// How the file's name ends, and its content type.
    pub fn file(self) -> (&'static str, &'static str) {
        match self {
            Self::Csv => ("csv", "text/csv; charset=utf-8"),
            Self::Json => ("json", "application/json"),
            Self::Markdown => ("md", "text/markdown; charset=utf-8"),
            Self::Insert => ("sql", "application/sql; charset=utf-8"),
        }
    }

    /// All rows of an answer.
    ///
    /// # Errors
    /// The answer is no list of rows.
    pub fn write(self, body: &[u8]) -> Result<String, serde_json::Error> {
        let (mut writer, mut out) = (Writer::new(self), String::new());
        each(body, |row| {
            writer.row(row, &mut out);
            true
        })?;
        writer.end(&mut out);
        Ok(out)
    }

    fn head(self, columns: &[String], out: &mut String) {
        match self {
            Self::Csv => line(columns.iter().map(|name| quoted(name)), ",", ("", "\r\n"), out),
            Self::Markdown => {
                line(columns.iter().map(|name| in_markdown(name)), " | ", ("| ", " |\n"), out);
                line(columns.iter().map(|_| "---".to_owned()), " | ", ("| ", " |\n"), out);
            }
            Self::Json | Self::Insert => {}
        }
    }

    fn row(self, columns: &[String], row: &[Value], out: &mut String) {
        match self {
            Self::Csv => line(row.iter().map(in_csv), ",", ("", "\r\n"), out),
            Self::Markdown => line(
                row.iter().map(|value| in_markdown(&text(value))),
                " | ",
                ("| ", " |\n"),
                out,
            ),
            Self::Insert => {
                out.push_str("insert into your_table (");
                line(columns.iter().map(|name| identifier(name)), ", ", ("", ""), out);
                out.push_str(") values (");
                line(row.iter().map(literal), ", ", ("", ");\n"), out);
            }
            Self::Json => {}
        }
    }
}

/// Writes the rows of an answer, one after the other. `null` is an empty field of CSV, and apart from an empty text, which
/// stands in quotes.
#[derive(Debug)]
pub struct Writer {
    format: Format,
    columns: Vec<String>,
    begun: bool,
}

impl Writer {
    pub fn new(format: Format) -> Self {
        Self {
            format,
            columns: Vec::new(),
            begun: false,
        }
    }

    pub fn row(&mut self, row: QueryRow, out: &mut String) {
        let first = !std::mem::replace(&mut self.begun, true);
        if self.format == Format::Json {
            out.push_str(if first { "[\n " } else { ",\n " });
            // ok: a row that was JSON is JSON again.
            out.push_str(&serde_json::to_string(&row).unwrap_or_default());
            return;
        }
        if first {
            self.columns = row.0.iter().map(|(name, _)| name.clone()).collect();
            self.format.head(&self.columns, out);
        }
        self.format.row(&self.columns, &values(&self.columns, row), out);
    }

    pub fn end(self, out: &mut String) {
        if self.format == Format::Json {
            out.push_str(if self.begun { "\n]\n" } else { "[\n]\n" });
        }
    }
}

fn line(parts: impl Iterator<Item = String>, between: &str, (before, after): (&str, &str), out: &mut String) {
    out.push_str(before);
    out.push_str(&parts.collect::<Vec<_>>().join(between));
    out.push_str(after);
}

/// A value as one reads it; `null` is nothing.
pub fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => value.to_string(),
    }
}

fn in_csv(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(_) | Value::Number(_) => value.to_string(),
        Value::String(_) | Value::Array(_) | Value::Object(_) => quoted(&text(value)),
    }
}

/// A field of CSV. A spreadsheet takes what begins with one of four signs for a formula and may run it: a quote before it
/// keeps it a text.
fn quoted(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = text.replace('"', "\"\"");
    format!("\"{}{text}\"", if formula { "'" } else { "" })
}

fn in_markdown(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace('|', "\\|")
        .replace("\r\n", "<br>")
        .replace('\n', "<br>")
}

/// A name of SQL, in quotes.
pub fn identifier(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// A value of SQL.
pub fn literal(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(_) | Value::Number(_) => value.to_string(),
        Value::String(_) | Value::Array(_) | Value::Object(_) => {
            let text = text(value);
            // With standard_conforming_strings, as it is by default, a backslash is one.
            format!("'{}'", text.replace('\'', "''"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &[u8] = br#"[{"id":9007199254740993,"it's":"O'Neil, \"x\"","n":null,"j":{"a":[1]}},
        {"id":2,"it's":"","n":"=1+1","j":"a|b\nc"}]"#;

    #[test]
    fn rows_are_written_in_every_way() {
        let of = |format: Format| format.write(BODY).unwrap();
        assert_eq!(
            of(Format::Csv),
            "\"id\",\"it's\",\"n\",\"j\"\r\n9007199254740993,\"O'Neil, \"\"x\"\"\",,\"{\"\"a\"\":[1]}\"\r\n2,\"\",\"'=1+1\",\"a|b\nc\"\r\n"
        );
        assert_eq!(
            of(Format::Markdown),
            "| id | it's | n | j |\n| --- | --- | --- | --- |\n| 9007199254740993 | O'Neil, \"x\" |  | {\"a\":[1]} |\n| 2 |  | =1+1 | a\\|b<br>c |\n"
        );
        assert!(of(Format::Insert).starts_with(
            "insert into your_table (\"id\", \"it's\", \"n\", \"j\") values (9007199254740993, 'O''Neil, \"x\"', null, '{\"a\":[1]}');\n"
        ));
        let json: Value = serde_json::from_str(&of(Format::Json)).unwrap();
        assert_eq!(json, serde_json::from_slice::<Value>(BODY).unwrap());
    }

    #[test]
    fn no_rows_are_an_empty_file_and_what_is_no_list_is_told() {
        assert_eq!(Format::Csv.write(b"[]").unwrap(), "");
        assert_eq!(Format::Json.write(b"[]").unwrap().trim(), "[\n]");
        assert!(Format::Csv.write(b"{\"a\":1}").is_err());
    }

    #[test]
    fn every_word_is_read_again() {
        for format in Format::ALL {
            assert_eq!(Format::read(format.as_str()), Some(format));
        }
        assert_eq!(Format::read("xml"), None);
    }
}
