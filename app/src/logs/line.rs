//! Line: one line of a log, and how many there are of each kind.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::level::Level;
use crate::components::when;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Line {
    pub id: String,
    /// RFC 3339; what is no time is kept as it came.
    pub at: String,
    pub source: String,
    /// The word of a [`Level`].
    pub level: String,
    pub message: String,
    pub attributes: BTreeMap<String, String>,
}

impl Line {
    pub fn read(row: &Value) -> Self {
        let attributes = row["log_attributes"].as_object().into_iter().flatten();
        Self {
            id: text(row, "id"),
            at: when::of(&row["timestamp"]),
            source: text(row, "source"),
            level: text(row, "level"),
            message: text(row, "event_message"),
            attributes: attributes
                .map(|(name, value)| {
                    (
                        name.clone(),
                        value.as_str().map_or_else(|| value.to_string(), str::to_owned),
                    )
                })
                .filter(|(_, value)| !value.is_empty())
                .collect(),
        }
    }

    pub fn level(&self) -> Level {
        Level::read(&self.level).unwrap_or(Level::Info)
    }

    fn first(&self, names: &[&str]) -> Option<&str> {
        names
            .iter()
            .find_map(|name| self.attributes.get(*name))
            .map(String::as_str)
    }

    /// The status that was answered, or PostgreSQL's code of an error.
    pub fn code(&self) -> Option<&str> {
        let code = self.first(&[
            "response.status_code",
            "res.status_code",
            "status",
            "parsed.sql_state_code",
        ]);
        code.filter(|code| *code != "00000")
    }

    /// Milliseconds that it took.
    pub fn took(&self) -> Option<f64> {
        let milliseconds = self.first(&[
            "response.origin_time",
            "execution_time_ms",
            "response_time",
            "responseTime",
        ]);
        match milliseconds {
            Some(text) => text.parse().ok(),
            // Of sign-ins it is told in nanoseconds.
            None => self
                .first(&["duration"])?
                .parse::<f64>()
                .ok()
                .map(|nanoseconds| nanoseconds / 1_000_000.0),
        }
    }

    /// What happened, shorter than the message where the attributes tell it: its first word stands out.
    pub fn title(&self) -> (String, String) {
        let method = self.first(&["request.method", "req.method", "method"]);
        let path = self.first(&["request.path", "request.pathname", "req.url", "path"]);
        match (method, path) {
            (Some(method), Some(path)) => {
                let search = self.first(&["request.search"]).unwrap_or_default();
                let said = self
                    .first(&["msg"])
                    .map(|said| format!(" \u{b7} {said}"))
                    .unwrap_or_default();
                (method.to_owned(), format!("{path}{search}{said}"))
            }
            _ => (String::new(), self.message.trim().to_owned()),
        }
    }
}

/// How many lines a part of the span has, of one source and level.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// Seconds since 1970 over the length of a part.
    pub part: i64,
    pub source: String,
    pub level: String,
    pub lines: u64,
}

impl Count {
    pub fn read(row: &Value) -> Self {
        Self {
            part: number(row, "part") as i64,
            source: text(row, "source"),
            level: text(row, "level"),
            lines: number(row, "lines") as u64,
        }
    }
}

/// A number, which may come as text.
pub fn number(row: &Value, name: &str) -> f64 {
    let value = &row[name];
    let text = || value.as_str()?.parse().ok();
    value.as_f64().or_else(text).unwrap_or_default()
}

pub fn text(row: &Value, name: &str) -> String {
    row[name].as_str().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_line_is_read_and_told_by_its_attributes() {
        let line = Line::read(&json!({
            "id": "1", "timestamp": "2026-11-27T13:51:58.204000", "source": "edge_logs", "level": "error",
            "event_message": "GET | 500 | …",
            "log_attributes": { "request.method": "GET", "request.path": "/rest/v1/a", "request.search": "?x=1", "response.status_code": "500",
                "response.origin_time": 8004, "empty": "" },
        }));
        assert_eq!(line.at, "2026-11-27T13:51:58.204Z");
        assert_eq!(line.title(), ("GET".to_owned(), "/rest/v1/a?x=1".to_owned()));
        assert_eq!(
            (line.code(), line.took(), line.level()),
            (Some("500"), Some(8004.0), Level::Error)
        );
        assert_eq!(line.attributes.len(), 5);
    }

    #[test]
    fn what_is_missing_or_of_another_kind_is_passed_over() {
        let line = Line::read(&json!({ "timestamp": "soon", "event_message": " words\n", "log_attributes": null }));
        assert_eq!((line.at.as_str(), line.title().1.as_str()), ("soon", "words"));
        assert_eq!((line.code(), line.took(), line.level()), (None, None, Level::Info));
        let count = Count::read(&json!({ "part": "12", "source": "a", "level": "info", "lines": "7" }));
        assert_eq!((count.part, count.lines), (12, 7));
    }
}
