//! Pieces: rows out of an answer that comes in piece by piece, wherever it was cut.

use management_api::database::QueryRow;
use thiserror::Error;

use super::rows::written;

/// Why no more rows come out of it.
#[derive(Debug, Error)]
pub enum Broken {
    #[error("the answer is no list of rows")]
    NoList,
    #[error("a row is longer than {0} bytes")]
    TooLong(usize),
    #[error("a row cannot be read: {0}")]
    Row(#[from] serde_json::Error),
}

/// A list of rows as far as it came.
#[derive(Debug)]
pub struct Pieces {
    /// What came of the row that is not whole yet.
    begun: Vec<u8>,
    /// Lists and objects that are open: one is the list itself.
    depth: usize,
    text: bool,
    escaped: bool,
    ended: bool,
    most: usize,
}

impl Pieces {
    /// `most`: bytes of one row.
    pub fn new(most: usize) -> Self {
        Self {
            begun: Vec::new(),
            depth: 0,
            text: false,
            escaped: false,
            ended: false,
            most,
        }
    }

    /// Whether the list came to its end.
    pub fn is_whole(&self) -> bool {
        self.ended
    }

    /// Gives the rows that are whole with this piece.
    ///
    /// # Errors
    /// What came is no list of rows.
    pub fn take(&mut self, piece: &[u8], mut row: impl FnMut(QueryRow)) -> Result<(), Broken> {
        let mut from = 0;
        for (at, byte) in piece.iter().enumerate() {
            if self.text {
                match byte {
                    _ if self.escaped => self.escaped = false,
                    b'\\' => self.escaped = true,
                    b'"' => self.text = false,
                    _ => {}
                }
                continue;
            }
            match byte {
                // What goes wrong in a row, its own reader tells.
                _ if self.ended && !byte.is_ascii_whitespace() => return Err(Broken::NoList),
                b'[' if self.depth == 0 => self.depth = 1,
                b'{' if self.depth == 1 => {
                    self.depth = 2;
                    from = at;
                }
                b']' if self.depth == 1 => {
                    self.depth = 0;
                    self.ended = true;
                }
                b',' if self.depth == 1 => {}
                _ if self.depth < 2 && !byte.is_ascii_whitespace() => return Err(Broken::NoList),
                b'"' => self.text = true,
                b'[' | b'{' => self.depth += 1,
                b']' | b'}' => {
                    self.depth -= 1;
                    if self.depth == 1 {
                        let last = piece.get(from..=at).unwrap_or_default();
                        if self.begun.is_empty() {
                            row(written(last)?);
                        } else {
                            self.begun.extend_from_slice(last);
                            row(written(&self.begun)?);
                            self.begun.clear();
                        }
                    }
                }
                _ => {}
            }
        }
        if self.depth > 1 {
            self.begun.extend_from_slice(piece.get(from..).unwrap_or_default());
            if self.begun.len() > self.most {
                return Err(Broken::TooLong(self.most));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: &[u8] =
        " [ {\"a\":\"}]\\\"{,\",\"b\":[1,{\"c\":\"\\\\\"}]}, {\"a\":\"\u{e9}\"},\n{\"a\":3}] \n".as_bytes();

    fn rows(pieces: &[&[u8]], most: usize) -> Result<(Vec<QueryRow>, bool), Broken> {
        let (mut cut, mut rows) = (Pieces::new(most), Vec::new());
        for piece in pieces {
            cut.take(piece, |row| rows.push(row))?;
        }
        Ok((rows, cut.is_whole()))
    }

    #[test]
    fn rows_are_the_same_wherever_it_was_cut() {
        let all: Vec<QueryRow> = serde_json::from_slice(WHOLE).unwrap();
        assert_eq!(all.len(), 3);
        for size in 1..=WHOLE.len() {
            let pieces: Vec<&[u8]> = WHOLE.chunks(size).collect();
            assert_eq!(rows(&pieces, 100).unwrap(), (all.clone(), true), "{size}");
        }
        for at in 0..WHOLE.len() - 3 {
            let (some, whole) = rows(&[&WHOLE[..at]], 100).unwrap();
            assert!(!whole && all.starts_with(&some), "{at}");
        }
        assert_eq!(rows(&[b"[]"], 100).unwrap(), (Vec::new(), true));
    }

    #[test]
    fn what_is_no_list_of_rows_is_told() {
        for other in [
            "{\"a\":1}",
            "[1]",
            "[{}] {}",
            "[\"a\"]",
            "null",
            "[{},x]",
            "[{a}]",
            "[{]}",
        ] {
            assert!(rows(&[other.as_bytes()], 100).is_err(), "{other}");
        }
        let long = format!("[{{\"a\":\"{}\"}}]", "x".repeat(200));
        let pieces: Vec<&[u8]> = long.as_bytes().chunks(60).collect();
        assert!(matches!(rows(&pieces, 100), Err(Broken::TooLong(100))));
    }
}
