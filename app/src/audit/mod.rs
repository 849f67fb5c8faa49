//! Audit: what was called, as pages show it. The server keeps it and decides who may see which calls.

mod sentence;

use management_api::{Area, Effect, OperationId, Scope};
use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use self::sentence::Sentence;

/// Which calls are asked for. `None` and empty texts leave a choice open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// Part of the person's email address or user name.
    pub person: String,
    /// A project's ref or an organization's slug.
    pub place: String,
    pub area: Option<Area>,
    pub effect: EffectChoice,
    pub outcome: Option<Outcome>,
    /// What the call came through, by its word.
    pub through: String,
    /// First day, `2026-06-01` (UTC).
    pub from: String,
    /// Last day, included.
    pub to: String,
}

impl AuditFilter {
    /// Reads the choices from an address, which `get` looks into; what is not understood is as if it were not there.
    pub fn read(get: impl Fn(&str) -> Option<String>) -> Self {
        let text = |name: &str| get(name).map(|text| text.trim().to_owned()).unwrap_or_default();
        let day = |name: &str| Some(text(name)).filter(|day| is_day(day)).unwrap_or_default();
        let (area, outcome) = (text("area"), text("outcome"));
        Self {
            person: text("person"),
            place: text("place"),
            area: Area::ALL.iter().copied().find(|one| one.as_str() == area),
            effect: EffectChoice::read(&text("effect")),
            outcome: Outcome::read(&outcome),
            through: text("through"),
            from: day("from"),
            to: day("to"),
        }
    }

    /// The choices as an address holds them.
    pub fn choices(&self) -> [(&'static str, &str); 8] {
        [
            ("person", &self.person),
            ("place", &self.place),
            ("area", self.area.map_or("", Area::as_str)),
            ("effect", self.effect.as_str()),
            ("outcome", self.outcome.map_or("", Outcome::as_str)),
            ("through", &self.through),
            ("from", &self.from),
            ("to", &self.to),
        ]
    }

    /// Whether anything is left out.
    pub fn narrows(&self) -> bool {
        *self != Self::default()
    }
}

/// Whether the text reads as `2026-06-01`.
fn is_day(text: &str) -> bool {
    text.len() == 10
        && text.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        })
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EffectChoice {
    #[default]
    Any,
    /// Everything but reads.
    Changes,
    Only(Effect),
}

impl EffectChoice {
    fn read(word: &str) -> Self {
        if word == Self::Changes.as_str() {
            return Self::Changes;
        }
        let effect = Effect::ALL.iter().copied().find(|effect| effect.as_str() == word);
        effect.map_or(Self::Any, Self::Only)
    }

    /// The word in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Any => "",
            Self::Changes => "changes",
            Self::Only(effect) => effect.as_str(),
        }
    }
}

/// From where a page of the audit is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Cursor {
    #[default]
    Newest,
    /// The calls right before this one.
    Before(i64),
    /// The calls right after this one.
    After(i64),
}

impl Cursor {
    /// Reads an address.
    pub fn read(get: impl Fn(&str) -> Option<String>) -> Self {
        let id = |name: &str| get(name)?.parse().ok();
        match (id("before"), id("after")) {
            (Some(id), _) => Self::Before(id),
            (None, Some(id)) => Self::After(id),
            (None, None) => Self::Newest,
        }
    }
}

/// A page of calls, the newest first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct AuditPage {
    pub calls: Vec<AuditCall>,
    /// Whether there are newer ones.
    pub newer: bool,
    /// Whether there are older ones.
    pub older: bool,
    /// What the person can list now, by name: whose calls they see, and what they can filter by.
    pub places: Vec<AuditPlace>,
    /// Why calls of others may be missing, if they may.
    pub own_only: Option<String>,
}

/// A project or organization that the person can list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditPlace {
    pub scope: Scope,
    pub name: String,
}

/// One call.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AuditCall {
    pub id: i64,
    /// RFC 3339, UTC.
    pub at: String,
    /// The person's email address or user name.
    pub person: String,
    /// Whether that is whoever reads it.
    pub own: bool,
    /// `console`, `explorer`.
    pub through: String,
    /// The API's operation id.
    pub operation: String,
    /// Words of the catalogue; a later version may have others.
    pub area: String,
    pub effect: String,
    /// What it was about.
    pub scope: Scope,
    /// The organization that the scope belongs to, by slug, where that is known.
    pub organization: Option<String>,
    /// As it was written down before the outcome was known; see [`Self::told`].
    pub sentence: Sentence,
    /// `allowed`, or `refused` by Steward itself.
    pub decision: String,
    pub outcome: Outcome,
    /// Supabase's, where it answered.
    pub status: Option<u16>,
    /// Why it was not done, or why that is not known.
    pub message: Option<String>,
    /// Supabase's number of the request.
    pub request_id: Option<String>,
    /// Which of the person's connections it went by; told to nobody else.
    pub connection: Option<String>,
    pub budget: Budget,
    /// `None` until it is over.
    pub milliseconds: Option<i64>,
    /// The operation's parameters; secrets were replaced before they were written down.
    pub parameters: Value,
}

impl AuditCall {
    /// The sentence with the outcome in view: only what was done stands in the past tense.
    pub fn told(&self) -> Sentence {
        match self.outcome {
            Outcome::Done => self.sentence.clone(),
            Outcome::Started | Outcome::Refused | Outcome::Unanswered | Outcome::Unknown => self.sentence.tried(),
        }
    }

    /// Method and path with its placeholders filled in, and the query; `None` for an operation that is no more.
    pub fn request_line(&self) -> Option<String> {
        let row = self.operation.parse::<OperationId>().ok()?.row();
        let text = |name: &str| match self.parameters.get(name)? {
            Value::Null => None,
            Value::String(text) => Some(text.clone()),
            other => Some(other.to_string()),
        };
        let mut line = format!("{} {}", row.method.as_str(), row.path);
        for name in row.placeholders() {
            if let Some(value) = text(name) {
                line = line.replace(&format!("{{{name}}}"), &value);
            }
        }
        let query: Vec<String> = row
            .query
            .iter()
            .filter_map(|name| Some(format!("{name}={}", text(name)?)))
            .collect();
        if !query.is_empty() {
            line.push('?');
            line.push_str(&query.join("&"));
        }
        Some(line)
    }
}

/// Calls left, as Supabase told with its answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Budget {
    pub remaining: Option<u32>,
    pub limit: Option<u32>,
}

/// What came of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Under way.
    Started,
    Done,
    /// Supabase or Steward said no.
    Refused,
    /// It was sent, and no answer came that tells whether it was done.
    Unanswered,
    /// Steward ended before the answer came.
    Unknown,
}

impl Outcome {
    pub const ALL: [Self; 5] = [
        Self::Started,
        Self::Done,
        Self::Refused,
        Self::Unanswered,
        Self::Unknown,
    ];

    /// The word in the audit's table and in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Started => "started",
            Self::Done => "done",
            Self::Refused => "refused",
            Self::Unanswered => "unanswered",
            Self::Unknown => "unknown",
        }
    }

    pub fn read(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.as_str() == word)
    }

    /// The outcome for people.
    pub fn title(self) -> &'static str {
        match self {
            Self::Started => "Under way",
            Self::Done => "Done",
            Self::Refused => "Refused",
            Self::Unanswered => "Not known",
            Self::Unknown => "Outcome unknown",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_read_as_they_are_written() {
        let filter = AuditFilter {
            person: "ada & co".into(),
            place: "shop".into(),
            area: Some(Area::Auth),
            effect: EffectChoice::Only(Effect::Costly),
            outcome: Some(Outcome::Unknown),
            through: "explorer".into(),
            from: "2026-06-01".into(),
            to: "2026-06-30".into(),
        };
        let choices = filter.choices();
        let get = |name: &str| {
            choices
                .iter()
                .find(|(one, _)| *one == name)
                .map(|(_, value)| (*value).to_owned())
        };
        assert_eq!(AuditFilter::read(get), filter);
        assert!(filter.narrows());
        assert!(!AuditFilter::read(|_| None).narrows());
        for nonsense in ["2026-6-1", "today", "2026-06-01T", "\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}"] {
            assert_eq!(AuditFilter::read(|_| Some(nonsense.to_owned())).from, "");
        }
    }

    #[test]
    fn outcomes_read_as_they_are_written() {
        for outcome in Outcome::ALL {
            assert_eq!(Outcome::read(outcome.as_str()), Some(outcome));
        }
        assert_eq!(Outcome::read("teleported"), None);
    }
}
