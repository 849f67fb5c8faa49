//! Moments as people read them. The server writes them out in UTC, which needs no JavaScript and is the same at every
//! drawing; in the browser [`crate::frame`] says them in the reader's own zone, with UTC at hand.

use leptos::prelude::*;
use serde_json::Value;
use time::{OffsetDateTime, UtcOffset, format_description::well_known::Rfc3339};

use crate::ui::written::Written;

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// How exactly a moment is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum To {
    Day,
    /// The time of a day that is told already.
    Clock,
    #[default]
    Minute,
    Second,
}

impl To {
    fn word(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Clock => "clock",
            Self::Minute => "minute",
            Self::Second => "second",
        }
    }
}

/// A moment. What is none is shown as it came.
#[component]
pub fn When(
    /// As Supabase and the audit write it, such as `2026-06-01T10:20:30Z`; with or without an offset.
    #[prop(into)]
    at: String,
    #[prop(optional)] to: To,
) -> impl IntoView {
    let Some(moment) = read(&at) else {
        return view! { <bdi>{at}</bdi> }.into_any();
    };
    let text = match to {
        To::Day => day(moment),
        To::Clock => format!("{} UTC", clock(moment)),
        To::Minute => format!("{} UTC", minute_of(moment)),
        To::Second => format!("{} UTC", second_of(moment)),
    };
    let datetime = if is_written(&at) { at } else { written(moment) };
    let mut time = Written::new("<time");
    time.attribute("datetime", Some(&datetime))
        .attribute("data-to", Some(to.word()))
        .markup(">")
        .text(&text)
        .markup("</time>");
    time.element().into_any()
}

/// `2026-06-01T10:20:30Z` as `1 Jun 2026` in UTC; what is not a moment is given back as it is.
pub fn date(moment: &str) -> String {
    read(moment).map_or_else(|| moment.to_owned(), day)
}

/// `2026-06-01T10:20:30Z` as `1 Jun, 10:20` (UTC).
pub fn minute(moment: &str) -> String {
    read(moment).map_or_else(|| moment.to_owned(), minute_of)
}

/// `2026-06-01T10:20:30.123Z` as `1 Jun 2026, 10:20:30` (UTC).
pub fn second(moment: &str) -> String {
    read(moment).map_or_else(|| moment.to_owned(), second_of)
}

/// A moment as RFC 3339 has it.
pub fn written(moment: OffsetDateTime) -> String {
    // ok: such a moment can always be written.
    moment.format(&Rfc3339).unwrap_or_default()
}

/// Whether it is a moment as [`written`] writes it: in UTC, without a need to write it anew.
fn is_written(moment: &str) -> bool {
    moment.ends_with('Z') && moment.get(10..11) == Some("T")
}

/// A moment of an answer, which may be a text or a number, as RFC 3339 has it. What is none is given back as it is.
pub fn of(value: &Value) -> String {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => String::new(),
    };
    read(&text).map_or(text, written)
}

/// Reads what Supabase writes: RFC 3339, PostgreSQL's own way, a moment without a zone, which is UTC, or time since 1970 as
/// a number. The offset is applied.
pub fn read(text: &str) -> Option<OffsetDateTime> {
    let text = text.trim();
    if let Ok(moment) = OffsetDateTime::parse(text, &Rfc3339) {
        return Some(moment.to_offset(UtcOffset::UTC));
    }
    if let Some(moment) = since_1970(text) {
        return Some(moment);
    }
    let (date, rest) = (text.get(..10)?, text.get(10..)?.trim_start_matches([' ', 'T']));
    let zone = rest.rfind(['Z', '+', '-']).unwrap_or(rest.len());
    let (clock, zone) = rest.split_at(zone);
    let clock = if clock.is_empty() { "00:00:00" } else { clock };
    let zone = match zone.len() {
        0 => "Z".to_owned(),
        // `+00`, as PostgreSQL writes it.
        3 => format!("{zone}:00"),
        _ => zone.to_owned(),
    };
    let moment = OffsetDateTime::parse(&format!("{date}T{clock}{zone}"), &Rfc3339).ok()?;
    Some(moment.to_offset(UtcOffset::UTC))
}

/// A number of seconds, milliseconds, microseconds or nanoseconds, told apart by its size: those of 2001 to 2286 have ten
/// digits, thirteen, sixteen and nineteen. A number of another length is no moment: a version, a date without hyphens.
fn since_1970(text: &str) -> Option<OffsetDateTime> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if !whole.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let unit: i128 = match whole.len() {
        10 => 1_000_000_000,
        13 => 1_000_000,
        16 => 1_000,
        19 => 1,
        _ => return None,
    };
    let part = fraction.bytes().take(9).fold((0, unit), |(sum, place), digit| {
        let place = place / 10;
        (sum + i128::from(digit - b'0') * place, place)
    });
    let nanoseconds = whole.parse::<i128>().ok()?.checked_mul(unit)? + part.0;
    OffsetDateTime::from_unix_timestamp_nanos(nanoseconds).ok()
}

fn month(moment: OffsetDateTime) -> &'static str {
    MONTHS
        .get(usize::from(u8::from(moment.month())).wrapping_sub(1))
        .copied()
        .unwrap_or_default()
}

fn day(moment: OffsetDateTime) -> String {
    format!("{} {} {}", moment.day(), month(moment), moment.year())
}

fn minute_of(moment: OffsetDateTime) -> String {
    format!(
        "{} {}, {:02}:{:02}",
        moment.day(),
        month(moment),
        moment.hour(),
        moment.minute()
    )
}

fn second_of(moment: OffsetDateTime) -> String {
    format!("{}, {}", day(moment), clock(moment))
}

/// Such as `14:05`.
pub fn clock(moment: OffsetDateTime) -> String {
    format!("{:02}:{:02}:{:02}", moment.hour(), moment.minute(), moment.second())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_read_as_dates() {
        assert_eq!(date("2026-06-01T10:20:30Z"), "1 Jun 2026");
        assert_eq!(minute("2026-12-31T23:59:00.123+00:00"), "31 Dec, 23:59");
        assert_eq!(second("2026-12-31T23:59:07.123Z"), "31 Dec 2026, 23:59:07");
    }

    #[test]
    fn offsets_are_applied() {
        assert_eq!(second("2026-06-01T00:20:30+02:00"), "31 May 2026, 22:20:30");
        assert_eq!(date("2026-05-31T23:30:00-01:00"), "1 Jun 2026");
        assert_eq!(minute("2026-06-01 00:20:30.5+02"), "31 May, 22:20");
    }

    #[test]
    fn without_a_zone_it_is_utc() {
        assert_eq!(minute("2026-06-01T10:20:30"), "1 Jun, 10:20");
        assert_eq!(minute("2026-06-01 10:20:30.123456"), "1 Jun, 10:20");
        assert_eq!(date("2026-06-01"), "1 Jun 2026");
    }

    #[test]
    fn numbers_are_time_since_1970() {
        for text in [
            "1780309230",
            "1780309230.25",
            "1780309230250",
            "1780309230250.7",
            "1780309230250000",
            "1780309230250000000",
        ] {
            assert_eq!(second(text), "1 Jun 2026, 10:20:30", "{text}");
        }
        assert_eq!(
            read("1780309230.25").map(written).as_deref(),
            Some("2026-06-01T10:20:30.25Z")
        );
        for text in [
            "0",
            "90",
            "20260601",
            "20260601102030",
            "17803092301",
            "-1780309230",
            "1780309230.x",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn anything_else_stays_as_it_is() {
        for text in ["", "soon", "2026-13-01", "2026-06-01T25:00:00Z", "日本語のテキスト"] {
            assert_eq!(date(text), text);
            assert_eq!(minute(text), text);
            assert_eq!(second(text), text);
        }
    }
}
