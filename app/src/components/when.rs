//! Moments as people read them. Written out rather than relative, so that the server and the browser draw the same.

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// `2026-06-01T10:20:30Z` as `1 Jun 2026`; what is not a date is given back as it is.
pub fn date(moment: &str) -> String {
    parts(moment).map_or_else(
        || moment.to_owned(),
        |(year, month, day)| format!("{day} {month} {year}"),
    )
}

/// `2026-06-01T10:20:30Z` as `1 Jun, 10:20` (UTC).
pub fn hour(moment: &str) -> String {
    match (parts(moment), moment.get(11..16)) {
        (Some((_, month, day)), Some(time)) => format!("{day} {month}, {time}"),
        _ => date(moment),
    }
}

/// `2026-06-01T10:20:30.123Z` as `1 Jun 2026, 10:20:30` (UTC).
pub fn second(moment: &str) -> String {
    match (parts(moment), moment.get(11..19)) {
        (Some((year, month, day)), Some(time)) => format!("{day} {month} {year}, {time}"),
        _ => date(moment),
    }
}

fn parts(moment: &str) -> Option<(&str, &'static str, u8)> {
    let (year, month, day) = (moment.get(..4)?, moment.get(5..7)?, moment.get(8..10)?);
    year.parse::<u16>().ok()?;
    let month = MONTHS.get(month.parse::<usize>().ok()?.checked_sub(1)?)?;
    Some((year, month, day.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_read_as_dates() {
        assert_eq!(date("2026-06-01T10:20:30Z"), "1 Jun 2026");
        assert_eq!(hour("2026-12-31T23:59:00.123+00:00"), "31 Dec, 23:59");
        assert_eq!(second("2026-12-31T23:59:07.123Z"), "31 Dec 2026, 23:59:07");
    }

    #[test]
    fn anything_else_stays_as_it_is() {
        for text in ["", "soon", "2026-13-01", "日本語のテキスト"] {
            assert_eq!(date(text), text);
            assert_eq!(hour(text), text);
            assert_eq!(second(text), text);
        }
    }
}
