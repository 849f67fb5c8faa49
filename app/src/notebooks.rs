//! Notebooks' cells: how they are read, and what becomes of them in the form that edits them.

use serde_json::{Map, Value, json};

use crate::error::ConsoleError;

/// Before the fields of the form that are about cells: `cell.0.text` and the like.
pub const CELL: &str = "cell.";
/// The field that says which state of the notebook the form was drawn of.
pub const SEEN: &str = "cell.seen";

/// What a cell is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    /// SQL for the database.
    Database,
    /// SQL for the logs.
    Log,
    /// A word that came later.
    Other(String),
}

impl Kind {
    pub fn of(word: &str) -> Self {
        match word {
            "markdown" => Self::Text,
            "database" => Self::Database,
            "log" => Self::Log,
            other => Self::Other(other.to_owned()),
        }
    }

    pub fn title(&self) -> String {
        match self {
            Self::Text => "Text".to_owned(),
            Self::Database => "SQL".to_owned(),
            Self::Log => "Logs".to_owned(),
            Self::Other(word) => word.clone(),
        }
    }

    /// The field that holds what somebody has written; none where nobody knows.
    fn holds(&self) -> Option<&'static str> {
        match self {
            Self::Text => Some("text"),
            Self::Database | Self::Log => Some("sql"),
            Self::Other(_) => None,
        }
    }
}

/// A cell as people see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    pub id: String,
    pub kind: Kind,
    /// Empty where it has none.
    pub title: String,
    /// Text or SQL.
    pub text: String,
    /// Rows that are wanted of it; a hundred where it does not say.
    pub rows: usize,
    /// Of logs: over which time.
    pub span: Option<Span>,
}

/// Over which time the logs are asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Span {
    /// Seconds until now, and how that is said.
    Last(i64, String),
    /// From and to, as they were written.
    Between(String, String),
}

impl Cell {
    pub fn read(value: &Value) -> Self {
        let text = |name: &str| value[name].as_str().unwrap_or_default().to_owned();
        let kind = Kind::of(&text("type"));
        Self {
            id: text("id"),
            title: text("title"),
            text: kind.holds().map(text).unwrap_or_default(),
            rows: value["row_limit"]
                .as_u64()
                .and_then(|rows| rows.try_into().ok())
                .unwrap_or(100),
            span: span(&value["time_range"]),
            kind,
        }
    }
}

fn span(range: &Value) -> Option<Span> {
    let text = |name: &str| range[name].as_str();
    match text("type")? {
        "absolute" => Some(Span::Between(text("start")?.to_owned(), text("end")?.to_owned())),
        "relative" => {
            let (unit, amount) = (text("unit")?, range["amount"].as_i64()?);
            let seconds: i64 = match unit {
                "minute" => 60,
                "hour" => 3_600,
                "day" => 86_400,
                "week" => 604_800,
                "month" => 2_592_000,
                "year" => 31_536_000,
                _ => return None,
            };
            let said = if amount == 1 {
                format!("the last {unit}")
            } else {
                format!("the last {amount} {unit}s")
            };
            Some(Span::Last(seconds.checked_mul(amount)?, said))
        }
        _ => None,
    }
}

/// What the form says of one cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edit {
    /// Empty for a new one.
    pub id: String,
    /// The API's word; of a new one only.
    pub kind: String,
    pub title: String,
    pub text: String,
    /// Where it stands: those with smaller numbers come before it.
    pub place: String,
    pub remove: bool,
}

/// Whether the form is about cells.
pub fn is_about_cells(texts: &[(String, String)]) -> bool {
    texts.iter().any(|(name, _)| name.starts_with(CELL))
}

/// What the form says of each cell, by the number in its fields' names.
pub fn edits(texts: &[(String, String)]) -> Vec<Edit> {
    let mut edits: Vec<(usize, Edit)> = Vec::new();
    for (name, text) in texts {
        let Some((number, what)) = name.strip_prefix(CELL).and_then(|rest| rest.split_once('.')) else {
            continue;
        };
        let Ok(number) = number.parse::<usize>() else { continue };
        let at = edits.iter().position(|(known, _)| *known == number).unwrap_or_else(|| {
            edits.push((number, Edit::default()));
            edits.len() - 1
        });
        // ok: it was found or pushed.
        let edit = &mut edits[at].1;
        // Browsers end lines in their own way.
        let text = text.replace("\r\n", "\n");
        match what {
            "id" => edit.id = text,
            "kind" => edit.kind = text,
            "title" => edit.title = text,
            "text" => edit.text = text,
            "place" => edit.place = text,
            // The box comes after what is sent without it.
            "remove" => edit.remove = text == "true",
            _ => {}
        }
    }
    edits.into_iter().map(|(_, edit)| edit).collect()
}

/// The cells as they are to be, out of what they are `now`. What the form does not know of a cell stays as it is.
///
/// # Errors
/// [`ConsoleError::Invalid`] where a place is no number, or where the form does not know of a cell: those that are sent take
/// the place of all that there are, so it would be lost.
pub fn edited(now: &[Value], edits: &[Edit]) -> Result<Vec<Value>, ConsoleError> {
    let known = |cell: &Value| {
        edits
            .iter()
            .any(|edit| !edit.id.is_empty() && cell["id"] == edit.id.as_str())
    };
    if !now.iter().all(known) {
        return Err(changed());
    }
    let mut cells = Vec::new();
    for (at, edit) in edits.iter().enumerate() {
        let field = format!("{CELL}{at}.place");
        let place: f64 = match edit.place.trim() {
            "" => f64::INFINITY,
            number => number
                .parse()
                .map_err(|_| ConsoleError::invalid(field.as_str(), "The place of a cell is a number."))?,
        };
        let cell = if edit.id.is_empty() {
            created(edit)
        } else {
            let was = now
                .iter()
                .find(|cell| cell["id"] == edit.id.as_str())
                .ok_or_else(changed)?;
            Some(rewritten(was, edit))
        };
        cells.extend(cell.filter(|_| !edit.remove).map(|cell| (place, cell)));
    }
    // Stable: of two at one place the one that stood before stays before.
    cells.sort_by(|(one, _), (next, _)| one.total_cmp(next));
    Ok(cells.into_iter().map(|(_, cell)| cell).collect())
}

/// What to say where it is not what the form was drawn of.
pub fn changed() -> ConsoleError {
    ConsoleError::invalid(
        None,
        "The notebook was changed meanwhile, so nothing was sent. Keep what you have written, open the page anew, and put it in there.",
    )
}

fn rewritten(was: &Value, edit: &Edit) -> Value {
    let mut cell = was.clone();
    let kind = Kind::of(was["type"].as_str().unwrap_or_default());
    if let Some(object) = cell.as_object_mut() {
        if let Some(holds) = kind.holds() {
            object.insert(holds.to_owned(), edit.text.clone().into());
        }
        if kind != Kind::Text {
            titled(object, &edit.title);
        }
    }
    cell
}

fn titled(cell: &mut Map<String, Value>, title: &str) {
    if title.is_empty() {
        cell.remove("title");
    } else {
        cell.insert("title".to_owned(), title.into());
    }
}

/// Nothing where nothing was written.
fn created(edit: &Edit) -> Option<Value> {
    let kind = Kind::of(&edit.kind);
    let holds = kind.holds().filter(|_| !edit.text.trim().is_empty())?;
    let mut cell = Map::from_iter([
        ("type".to_owned(), edit.kind.clone().into()),
        (holds.to_owned(), edit.text.clone().into()),
    ]);
    if kind != Kind::Text {
        titled(&mut cell, &edit.title);
    }
    if kind == Kind::Log {
        cell.insert(
            "time_range".to_owned(),
            json!({ "type": "relative", "unit": "hour", "amount": 1 }),
        );
    }
    Some(cell.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Vec<Value> {
        vec![
            json!({ "id": "a", "type": "markdown", "text": "One" }),
            json!({ "id": "b", "type": "database", "sql": "select 1", "row_limit": 5, "view": "chart", "title": "Two", "chart": { "type": "bar" } }),
            json!({ "id": "c", "type": "drawing", "lines": [1, 2] }),
        ]
    }

    fn sent(pairs: &[(&str, &str)]) -> Vec<Edit> {
        let texts: Vec<_> = pairs
            .iter()
            .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
            .collect();
        edits(&texts)
    }

    #[test]
    fn cells_are_changed_moved_removed_and_added_and_keep_what_the_form_does_not_know() {
        let edits = sent(&[
            ("name", "A notebook"),
            ("cell.0.id", "a"),
            ("cell.0.text", "gone"),
            ("cell.0.place", "1"),
            ("cell.0.remove", "false"),
            ("cell.0.remove", "true"),
            ("cell.1.id", "b"),
            ("cell.1.text", "select\r\n2"),
            ("cell.1.title", ""),
            ("cell.1.place", "2"),
            ("cell.1.remove", "false"),
            ("cell.2.id", "c"),
            ("cell.2.place", "1.5"),
            ("cell.3.id", ""),
            ("cell.3.kind", "log"),
            ("cell.3.text", "select 3"),
            ("cell.3.title", "New"),
            ("cell.3.place", ""),
            ("cell.seen", "2026"),
        ]);
        assert_eq!(edits.len(), 4);
        let cells = edited(&now(), &edits).unwrap();
        assert_eq!(
            cells,
            [
                json!({ "id": "c", "type": "drawing", "lines": [1, 2] }),
                json!({ "id": "b", "type": "database", "sql": "select\n2", "row_limit": 5, "view": "chart", "chart": { "type": "bar" } }),
                json!({ "type": "log", "sql": "select 3", "title": "New", "time_range": { "type": "relative", "unit": "hour", "amount": 1 } }),
            ]
        );
    }

    #[test]
    fn a_cell_that_the_form_does_not_know_is_not_lost() {
        let some = sent(&[("cell.0.id", "a"), ("cell.0.text", "One"), ("cell.0.place", "1")]);
        assert_eq!(edited(&now(), &some), Err(changed()));
        let gone = sent(&[("cell.0.id", "x"), ("cell.0.place", "1")]);
        assert_eq!(edited(&[], &gone), Err(changed()));
        let nowhere = sent(&[("cell.0.id", "a"), ("cell.0.place", "first")]);
        assert!(
            matches!(edited(&now()[..1], &nowhere), Err(ConsoleError::Invalid { field: Some(field), .. }) if field == "cell.0.place")
        );
        // Nothing written is no cell.
        let empty = sent(&[("cell.0.id", ""), ("cell.0.kind", "markdown"), ("cell.0.text", " ")]);
        assert_eq!(edited(&[], &empty), Ok(Vec::new()));
    }

    #[test]
    fn times_are_read_as_they_are_written() {
        let read = |range: Value| Cell::read(&json!({ "type": "log", "sql": "x", "time_range": range })).span;
        assert_eq!(
            read(json!({ "type": "relative", "unit": "hour", "amount": 3 })),
            Some(Span::Last(10_800, "the last 3 hours".to_owned()))
        );
        assert_eq!(
            read(json!({ "type": "absolute", "start": "a", "end": "b" })),
            Some(Span::Between("a".to_owned(), "b".to_owned()))
        );
        for odd in [
            json!(null),
            json!({ "type": "relative", "unit": "eon", "amount": 1 }),
            json!({ "type": "absolute" }),
        ] {
            assert_eq!(read(odd.clone()), None, "{odd}");
        }
    }
}
