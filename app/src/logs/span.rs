//! Span: the time that logs are asked of, in whole minutes. The service takes 24 hours at most in one go, so a longer one is
//! asked in slices.

use time::{
    Duration, OffsetDateTime, PrimitiveDateTime, format_description::well_known::Rfc3339, macros::format_description,
};

use crate::error::ConsoleError;

/// Fields of the form: a length up to now, or two moments of UTC as a browser's own field writes them.
pub const RANGE: &str = "range";
pub const FROM: &str = "from";
pub const TO: &str = "to";

/// The lengths that are offered: their words, labels, and minutes.
pub const RANGES: &[(&str, &str, i64)] = &[
    ("15m", "Last 15 minutes", 15),
    ("1h", "Last hour", 60),
    ("3h", "Last 3 hours", 180),
    ("12h", "Last 12 hours", 720),
    ("24h", "Last 24 hours", 1440),
];
/// Longer ones, for what can be asked in slices.
pub const LONGER: &[(&str, &str, i64)] = &[("3d", "Last 3 days", 3 * 1440), ("7d", "Last 7 days", 7 * 1440)];
const USUAL: (&str, &str, i64) = ("1h", "Last hour", 60);

/// Longer is not asked in one go.
const DAY: Duration = Duration::hours(24);
/// Longer is not asked in slices either: each is one of the 30 questions of a minute.
const WEEK: Duration = Duration::days(7);

/// So many parts of a span are drawn, at most.
const PARTS: i64 = 60;
/// Lengths that parts have, in seconds.
const STEPS: &[i64] = &[15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800];

/// From `begin` up to `end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    pub begin: OffsetDateTime,
    pub end: OffsetDateTime,
    /// Its word, where it is one up to now.
    pub range: Option<&'static str>,
}

impl Span {
    /// Of the form's fields, for what is asked in one go.
    ///
    /// # Errors
    /// [`ConsoleError::Invalid`]: what was typed is no such time.
    pub fn read(get: impl Fn(&str) -> String, now: OffsetDateTime) -> Result<Self, ConsoleError> {
        let longer = "Nothing was asked: Supabase answers for 24 hours at a time. Choose a shorter span.";
        Self::within(get, now, &[], (DAY, longer))
    }

    /// The same for what is asked in slices.
    ///
    /// # Errors
    /// Like [`Self::read`]'s.
    pub fn read_long(get: impl Fn(&str) -> String, now: OffsetDateTime) -> Result<Self, ConsoleError> {
        let longer = "Nothing was asked: a span is 7 days at most. Choose a shorter one.";
        Self::within(get, now, LONGER, (WEEK, longer))
    }

    fn within(
        get: impl Fn(&str) -> String,
        now: OffsetDateTime,
        longer: &[(&'static str, &'static str, i64)],
        (most, too_long): (Duration, &str),
    ) -> Result<Self, ConsoleError> {
        let (from, to) = (get(FROM), get(TO));
        if from.is_empty() && to.is_empty() {
            let word = get(RANGE);
            let (word, _, minutes) = *RANGES
                .iter()
                .chain(longer)
                .find(|(one, ..)| *one == word)
                .unwrap_or(&USUAL);
            // The whole minute after now: seconds would make every question another one.
            let end = minute(now) + Duration::MINUTE;
            return Ok(Self {
                begin: end - Duration::minutes(minutes),
                end,
                range: Some(word),
            });
        }
        let begin = moment(FROM, &from)?;
        let end = if to.is_empty() {
            (begin + Duration::HOUR).min(minute(now) + Duration::MINUTE)
        } else {
            moment(TO, &to)?
        };
        let invalid = |message: &str| Err(ConsoleError::invalid(TO, message));
        if end <= begin {
            return invalid("Nothing was asked: the end must come after the begin.");
        }
        if end - begin > most {
            return invalid(too_long);
        }
        Ok(Self {
            begin,
            end,
            range: None,
        })
    }

    /// What is asked in one go each, the newest first.
    pub fn slices(&self) -> Vec<Self> {
        let mut slices = Vec::new();
        let mut end = self.end;
        while end > self.begin {
            let begin = (end - DAY).max(self.begin);
            slices.push(Self {
                begin,
                end,
                range: None,
            });
            end = begin;
        }
        slices
    }

    /// So many minutes before and after a moment.
    pub fn around(moment: OffsetDateTime, minutes: i64) -> Self {
        Self {
            begin: minute(moment) - Duration::minutes(minutes),
            end: minute(moment) + Duration::minutes(minutes + 1),
            range: None,
        }
    }

    /// Length of its parts in seconds, and how many there are.
    pub fn parts(&self) -> (i64, usize) {
        let seconds = (self.end - self.begin).whole_seconds();
        let step = STEPS.iter().copied().find(|step| seconds <= step * PARTS);
        let step = step.unwrap_or(10800);
        let (first, last) = (
            self.begin.unix_timestamp() / step,
            (self.end.unix_timestamp() - 1) / step,
        );
        (step, usize::try_from(last - first + 1).unwrap_or(1))
    }

    /// What the API takes.
    pub fn written(&self) -> (String, String) {
        // ok: such a moment can always be written.
        let written = |moment: OffsetDateTime| moment.format(&Rfc3339).unwrap_or_default();
        (written(self.begin), written(self.end))
    }

    /// What the form's fields hold.
    pub fn typed(&self) -> (String, String) {
        (typed(self.begin), typed(self.end))
    }
}

fn minute(moment: OffsetDateTime) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(moment.unix_timestamp().div_euclid(60) * 60).unwrap_or(moment)
}

/// As a browser's field for a moment writes it, in UTC.
pub fn typed(moment: OffsetDateTime) -> String {
    let form = format_description!("[year]-[month]-[day]T[hour]:[minute]");
    // ok: such a moment can always be written.
    moment.to_offset(time::UtcOffset::UTC).format(form).unwrap_or_default()
}

fn moment(field: &str, text: &str) -> Result<OffsetDateTime, ConsoleError> {
    let form = format_description!("[year]-[month]-[day]T[hour]:[minute]");
    let text = text.get(..16).unwrap_or(text);
    PrimitiveDateTime::parse(text, form)
        .map(PrimitiveDateTime::assume_utc)
        .map_err(|_| {
            ConsoleError::invalid(
                field,
                "Nothing was asked: a time is written such as 2026-11-27T14:05, in UTC.",
            )
        })
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    const NOW: OffsetDateTime = datetime!(2026-11-27 14:05:42 UTC);

    fn span(fields: &[(&str, &str)]) -> Result<Span, ConsoleError> {
        let get = |name: &str| {
            let found = fields.iter().find(|(one, _)| *one == name);
            found.map(|(_, text)| (*text).to_owned()).unwrap_or_default()
        };
        Span::read(get, NOW)
    }

    #[test]
    fn a_span_is_in_whole_minutes_and_an_hour_where_nothing_is_said() {
        for fields in [&[][..], &[(RANGE, "1h")], &[(RANGE, "7 years")]] {
            let span = span(fields).unwrap();
            assert_eq!(
                (span.begin, span.end),
                (datetime!(2026-11-27 13:06 UTC), datetime!(2026-11-27 14:06 UTC))
            );
            assert_eq!(span.parts(), (60, 60));
        }
        let chosen = span(&[(FROM, "2026-11-26T09:00"), (TO, "2026-11-26T21:00")]).unwrap();
        assert_eq!((chosen.end - chosen.begin, chosen.range), (Duration::hours(12), None));
        assert_eq!(chosen.typed().0, "2026-11-26T09:00");
    }

    #[test]
    fn what_the_service_would_refuse_is_not_asked() {
        for fields in [
            [(FROM, "2026-11-26T09:00"), (TO, "2026-11-27T09:01")],
            [(FROM, "2026-11-26T09:00"), (TO, "2026-11-26T09:00")],
            [(FROM, "yesterday"), (TO, "")],
        ] {
            assert!(span(&fields).is_err(), "{fields:?}");
        }
    }

    #[test]
    fn what_is_longer_than_a_day_is_asked_in_slices_and_a_week_is_the_most() {
        let read = |fields: &[(&str, &str)]| {
            let get = |name: &str| {
                let found = fields.iter().find(|(one, _)| *one == name);
                found.map(|(_, text)| (*text).to_owned()).unwrap_or_default()
            };
            Span::read_long(get, NOW)
        };
        let days = read(&[(FROM, "2026-11-24T09:00"), (TO, "2026-11-26T10:00")]).unwrap();
        let slices: Vec<_> = days.slices().into_iter().map(|one| (one.begin, one.end)).collect();
        assert_eq!(
            slices,
            [
                (datetime!(2026-11-25 10:00 UTC), datetime!(2026-11-26 10:00 UTC)),
                (datetime!(2026-11-24 10:00 UTC), datetime!(2026-11-25 10:00 UTC)),
                (datetime!(2026-11-24 09:00 UTC), datetime!(2026-11-24 10:00 UTC)),
            ]
        );
        let week = read(&[(RANGE, "7d")]).unwrap();
        assert_eq!((week.range, week.slices().len()), (Some("7d"), 7));
        assert_eq!(read(&[(RANGE, "1h")]).unwrap().slices().len(), 1);
        assert!(read(&[(FROM, "2026-11-20T09:00"), (TO, "2026-11-27T09:01")]).is_err());
        // In one go a week is an hour, like whatever else is not offered.
        assert_eq!(span(&[(RANGE, "7d")]).unwrap().range, Some("1h"));
    }

    #[test]
    fn no_span_has_more_parts_than_are_drawn() {
        for (_, _, minutes) in RANGES.iter().chain(LONGER) {
            let span = Span {
                begin: NOW,
                end: NOW + Duration::minutes(*minutes),
                range: None,
            };
            let (step, parts) = span.parts();
            assert!(
                (10..=PARTS as usize + 1).contains(&parts),
                "{minutes} minutes: {parts} of {step} s"
            );
        }
    }
}
