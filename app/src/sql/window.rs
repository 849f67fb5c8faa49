//! Window: rows as the browser's grid takes them, in pieces that it reads once they are scrolled to.
//!
//! A value is a text behind the letter of its kind, or `0` for null: `n` a number, to the last digit; `t` a text; `b` yes or
//! no; `j` what JSON folds. The letter is a capital where the value was cut.

use serde_json::Value;

use super::rows::{each, values};

/// Rows of a piece.
pub const PIECE: usize = 250;
/// Rows, values and bytes that the grid is given, at most.
const ROWS: usize = 10_000;
const CELLS: usize = 200_000;
const BYTES: usize = 4 * 1024 * 1024;
/// Bytes of one value.
const VALUE: usize = 16 * 1024;

/// The rows of an answer for the grid; no pieces where there is no grid.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Window {
    /// Each is a list of rows, as JSON on one line.
    pub pieces: Vec<String>,
    pub rows: usize,
}

impl Window {
    /// # Errors
    /// The answer is no list of rows.
    pub fn read(body: &[u8]) -> Result<Self, serde_json::Error> {
        let mut window = Self::default();
        let (mut columns, mut bytes) = (Vec::new(), 0);
        each(body, |row| {
            if columns.is_empty() {
                columns = row.0.iter().map(|(name, _)| name.clone()).collect();
            }
            let row: Vec<Value> = values(&columns, row).iter().map(cell).collect();
            // ok: texts and numbers can always be written.
            let text = serde_json::to_string(&row).unwrap_or_default();
            bytes += text.len();
            if bytes > BYTES && window.rows > 0 {
                return false;
            }
            match window.pieces.last_mut().filter(|_| window.rows % PIECE != 0) {
                Some(piece) => {
                    piece.pop();
                    piece.push(',');
                    piece.push_str(&text);
                    piece.push(']');
                }
                None => window.pieces.push(format!("[{text}]")),
            }
            window.rows += 1;
            window.rows < ROWS && (window.rows + 1) * columns.len() <= CELLS
        })?;
        Ok(window)
    }
}

fn cell(value: &Value) -> Value {
    let (kind, text) = match value {
        Value::Null => return Value::from(0),
        Value::Bool(yes) => ('b', yes.to_string()),
        Value::Number(number) => ('n', number.to_string()),
        Value::String(text) => ('t', text.clone()),
        Value::Array(_) | Value::Object(_) => ('j', value.to_string()),
    };
    let cut = text.get(..text.floor_char_boundary(VALUE)).unwrap_or_default();
    let kind = if cut.len() < text.len() {
        kind.to_ascii_uppercase()
    } else {
        kind
    };
    Value::from(format!("{kind}{cut}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: &str) -> (usize, Vec<Value>) {
        let window = Window::read(body.as_bytes()).unwrap();
        let rows = window
            .pieces
            .iter()
            .flat_map(|piece| serde_json::from_str::<Vec<Value>>(piece).unwrap());
        (window.rows, rows.collect())
    }

    #[test]
    fn every_value_keeps_its_kind_and_its_last_digit() {
        let (rows, cells) = read(r#"[{"a":9007199254740993,"b":null,"c":"</script>","d":true,"e":{"z":[1]},"f":""}]"#);
        assert_eq!(rows, 1);
        let expected = serde_json::json!([["n9007199254740993", 0, "t</script>", "btrue", "j{\"z\":[1]}", "t"]]);
        assert_eq!(Value::from(cells), expected);
        let lines = Window::read(br#"[{"a":"1\n2"}]"#).unwrap().pieces.concat();
        assert_eq!(lines, r#"[["t1\n2"]]"#, "it stays on its line");
    }

    #[test]
    fn rows_come_in_pieces_and_are_bounded() {
        let body = format!("[{}]", vec![r#"{"a":1,"b":2}"#; PIECE * 2 + 1].join(","));
        let window = Window::read(body.as_bytes()).unwrap();
        assert_eq!((window.pieces.len(), window.rows), (3, PIECE * 2 + 1));
        assert_eq!(read(&body).1.len(), PIECE * 2 + 1);
        let many = format!("[{}]", vec![r#"{"a":1}"#; ROWS + 7].join(","));
        assert_eq!(read(&many).0, ROWS);
        let wide: String = (0..100).map(|at| format!("\"c{at}\":1,")).collect();
        let wide = format!(
            "[{}]",
            vec![format!("{{{}}}", wide.trim_end_matches(',')); 3_000].join(",")
        );
        assert_eq!(read(&wide).0, CELLS / 100);
        let long = format!(r#"[{{"a":"{}"}},{{"a":1}}]"#, "x".repeat(VALUE + 1));
        let (_, cells) = read(&long);
        assert!(
            cells[0][0].as_str().unwrap().starts_with("Tx"),
            "it says that it was cut"
        );
        let heavy = vec![format!(r#"{{"a":"{}"}}"#, "x".repeat(VALUE)); 400].join(",");
        assert!(read(&format!("[{heavy}]")).0 < 400);
        assert!(Window::read(b"{}").is_err());
    }
}
