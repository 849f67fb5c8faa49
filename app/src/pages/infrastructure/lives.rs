//! How long the PostgreSQL community looks after a major version.

use time::{Date, Month, OffsetDateTime};

/// Major versions and the day of the last release of each.
///
/// Source: PostgreSQL's versioning policy, <https://www.postgresql.org/support/versioning/>.
const ENDS: &[(u32, (i32, Month, u8))] = &[
    (13, (2025, Month::November, 13)),
    (14, (2026, Month::November, 12)),
    (15, (2027, Month::November, 11)),
    (16, (2028, Month::November, 9)),
    (17, (2029, Month::November, 8)),
    (18, (2030, Month::November, 14)),
];

/// From so many days before it on, the end of a version is near.
const NEAR: i64 = 365;

/// Where a major version is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Life {
    Over(Date),
    EndsSoon(Date),
    Lives(Date),
}

impl Life {
    /// Of a version such as `15.8.1.085` or `17-oriole`; `None` where it is not known.
    pub fn of(version: &str, now: OffsetDateTime) -> Option<Self> {
        let digits: String = version.chars().take_while(char::is_ascii_digit).collect();
        let major: u32 = digits.parse().ok()?;
        let (_, (year, month, day)) = ENDS.iter().find(|(known, _)| *known == major)?;
        let end = Date::from_calendar_date(*year, *month, *day).ok()?;
        let left = (end - now.date()).whole_days();
        Some(match left {
            ..0 => Self::Over(end),
            0..NEAR => Self::EndsSoon(end),
            NEAR.. => Self::Lives(end),
        })
    }

    /// In words.
    pub fn says(self) -> String {
        match self {
            Self::Over(end) => format!("ended {end}"),
            Self::EndsSoon(end) | Self::Lives(end) => format!("until {end}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::when;

    #[test]
    fn a_version_is_looked_after_for_five_years() {
        let now = when::read("2026-11-27T12:00:00Z").unwrap();
        let of = |version| Life::of(version, now);
        assert!(matches!(of("14.2"), Some(Life::Over(_))));
        assert!(matches!(of("15.8.1.085"), Some(Life::EndsSoon(_))));
        assert!(matches!(of("17-oriole"), Some(Life::Lives(_))));
        assert_eq!(of("17.6").unwrap().says(), "until 2029-11-08");
        assert_eq!(of("14.2").unwrap().says(), "ended 2026-11-12");
        for version in ["", "99.1", "oriole"] {
            assert_eq!(of(version), None, "{version}");
        }
    }
}
