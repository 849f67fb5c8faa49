//! Tables for spreadsheets.

/// Rows as CSV, in no cell of which a spreadsheet finds a formula.
///
/// # Errors
/// Rows of different lengths.
pub fn csv<const N: usize>(rows: impl IntoIterator<Item = [String; N]>) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer.write_record(row.map(|cell| without_formulas(&cell)))?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}

/// An apostrophe before whatever would begin a formula: at the start of the text, and behind everything at which some
/// spreadsheet, asked to or not, begins another cell.
fn without_formulas(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    let mut begins = true;
    for c in text.chars() {
        if begins && matches!(c, '=' | '+' | '-' | '@') {
            safe.push('\'');
        }
        safe.push(c);
        // Spaces and quotes before a formula are passed over, and so are characters that are not seen.
        begins = matches!(c, ';' | ',' | '\t' | '\n' | '\r' | '|')
            || (begins && (c.is_whitespace() || c.is_control() || matches!(c, '"' | '\u{feff}' | '\u{200b}')));
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for (text, safe) in [
            ("=1+1", "'=1+1"),
            ("+1", "'+1"),
            ("-1", "'-1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "\t'=1"),
            ("\r=1", "\r'=1"),
            ("a;=1", "a;'=1"),
            ("a,=1", "a,'=1"),
            ("a\t@x", "a\t'@x"),
            ("two\n-lines", "two\n'-lines"),
            (" \"=cmd|x", " \"'=cmd|x"),
            ("\u{feff}=1", "\u{feff}'=1"),
            ("x; ; =1", "x; ; '=1"),
        ] {
            assert_eq!(without_formulas(text), safe, "{text:?}");
        }
        for text in ["a=1", "2026-11-26T10:00:00.000Z", "a; b=c", "a@b"] {
            assert_eq!(without_formulas(text), text);
        }
        let file = csv([["=1", "a"], ["b", "c,d"]].map(|row| row.map(str::to_owned))).unwrap();
        assert_eq!(String::from_utf8(file).unwrap(), "'=1,a\nb,\"c,d\"\n");
    }
}
