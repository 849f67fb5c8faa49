//! Settings: each configuration of a project as a table of its settings. What each of them may hold is known from its
//! operation's type ([`Form`]); the table says what people call it, in which unit they say it, what it depends on and what
//! changing it does. From that come form, preview, what is read back, and undo.
//!
//! | room | what it does |
//! |---|---|
//! | one file an area | the tables |
//! | [`convert`] | from what people type to what the API takes, and back |
//! | [`words`] | a value in words |
//! | [`current`] | what the API says, told apart from secrets |
//! | [`machine`] | how far a setting goes on the compute size |
//! | [`parts`] | what a project has beside its settings, by digests and names |
//! | [`document`] | all of it as one text, and back |
//! | [`draw_up`] | a change from what people typed |
//! | [`needs`] | what a change leaves without what it needs |
//! | [`change`] | what becomes of each setting: shown before, kept with its call, compared after |
//! | [`asking`] | from values to the form that asks for them |

pub mod asking;
pub mod auth;
pub mod baseline;
pub mod change;
pub mod convert;
pub mod current;
pub mod data_api;
pub mod database;
pub mod document;
pub mod draw_up;
pub mod machine;
pub mod mail;
mod needs;
pub mod network;
pub mod parts;
pub mod pooler;
pub mod ranges;
pub mod realtime;
pub mod ssl;
pub mod storage;
#[cfg(test)]
pub(crate) mod tests;
pub mod words;

use management_api::OperationId;

use self::{
    change::{SettingChange, To},
    ranges::Family,
};
use crate::form::{Field, Form};

/// A configuration: what one operation reads and another changes.
#[derive(Debug)]
pub struct Area {
    /// Its word in addresses, forms and plans.
    pub key: &'static str,
    /// What people call it.
    pub title: &'static str,
    pub read: OperationId,
    pub write: OperationId,
    /// What changes only what it is sent, where `write` sets back whatever it is not. It cannot set anything back.
    pub part: Option<OperationId>,
    /// Where its settings lie in the answer, as a JSON pointer; empty for the answer itself.
    pub at: &'static str,
    /// Settings that lie elsewhere in the answer: their names, and pointers from the answer itself.
    pub found: &'static [(&'static str, &'static str)],
    pub groups: &'static [Group],
    /// Parameters of the write that are no settings, but say how it is done.
    pub how: &'static [&'static str],
    /// Fields of the answer that stand elsewhere and are not shown among "Other".
    pub elsewhere: &'static [&'static str],
    /// The group of those who send people back to the project's callback address, which each of them has to know.
    pub called_back: Option<&'static str>,
    /// When a change holds, as a sentence.
    pub takes_effect: &'static str,
}

/// Settings that one entry of the page's own menu leads to.
#[derive(Debug)]
pub struct Group {
    pub title: &'static str,
    pub sections: &'static [Section],
}

/// Settings that stand in one box.
#[derive(Debug)]
pub struct Section {
    /// Empty where the group has only one.
    pub title: &'static str,
    pub settings: &'static [Setting],
}

/// One setting.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// The API's own name: the write's parameter and the answer's field.
    pub name: &'static str,
    /// Said positively, even where the API says the opposite.
    pub label: &'static str,
    pub help: &'static str,
    pub said: Said,
    /// The largest number that the service takes, as the API counts, where its document does not say.
    pub most: Option<u32>,
    pub needs: Option<Needs>,
    /// What must be set for it to work once it is on.
    pub requires: &'static [&'static str],
    /// Whether what is typed fits in a column, as names, paths and lengths of time do.
    pub short: bool,
    pub effects: &'static [Effect],
}

/// How people say the value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Said {
    #[default]
    AsItIs,
    /// On where the API says false.
    Opposite,
    /// A number with this unit after it.
    Count(&'static str),
    /// A length of time, which the API counts in seconds.
    Seconds,
    /// A length of time, which the API counts in hours.
    Hours,
    /// A size, which the API counts in bytes.
    Bytes,
    /// One a line; the API wants them in one text, with commas.
    Commas,
    /// Ranges of addresses, each in a line of its own.
    Ranges(Family),
    /// Text of several lines.
    Long,
    /// The body of an e-mail, which is HTML.
    Mail,
}

/// What another setting must be before this one counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Needs {
    pub setting: &'static str,
    /// The other's value, as JSON writes it.
    pub value: &'static str,
    /// Why it does not count, such as "Only with one session per person."
    pub says: &'static str,
}

/// What a change does, beside changing the value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effect {
    pub when: When,
    pub kind: Kind,
    /// One or two sentences.
    pub says: &'static str,
}

/// Which changes have an effect; "on" and "off" as people say the value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    Always,
    On,
    Off,
    /// The number grows, or what had none gets one.
    Raised,
    /// The number shrinks.
    Lowered,
    /// Nothing is left of it.
    Emptied,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Something is away for a while.
    Restarts,
    /// Somebody may not get in any more.
    LocksOut,
    Weaker,
    SignsOut,
    Stops,
}

impl Kind {
    /// The words that come first.
    pub fn title(self) -> &'static str {
        match self {
            Self::Restarts => "Restarts.",
            Self::LocksOut => "May lock people out.",
            Self::Weaker => "Weaker security.",
            Self::SignsOut => "Signs people out.",
            Self::Stops => "Stops something.",
        }
    }
}

impl Setting {
    const fn new(name: &'static str, label: &'static str, help: &'static str) -> Self {
        Self {
            name,
            label,
            help,
            said: Said::AsItIs,
            most: None,
            needs: None,
            requires: &[],
            short: false,
            effects: &[],
        }
    }

    const fn said(mut self, said: Said) -> Self {
        self.said = said;
        self
    }

    const fn at_most(mut self, most: u32) -> Self {
        self.most = Some(most);
        self
    }

    const fn needs(mut self, setting: &'static str, value: &'static str, says: &'static str) -> Self {
        self.needs = Some(Needs { setting, value, says });
        self
    }

    const fn requires(mut self, requires: &'static [&'static str]) -> Self {
        self.requires = requires;
        self
    }

    const fn short(mut self) -> Self {
        self.short = true;
        self
    }

    const fn does(mut self, effects: &'static [Effect]) -> Self {
        self.effects = effects;
        self
    }
}

/// A setting's row in a table.
const fn set(name: &'static str, label: &'static str, help: &'static str) -> Setting {
    Setting::new(name, label, help)
}

const fn effect(when: When, kind: Kind, says: &'static str) -> Effect {
    Effect { when, kind, says }
}

impl PartialEq for Area {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl Area {
    pub const ALL: [&'static Self; 8] = [
        &auth::AREA,
        &database::AREA,
        &pooler::AREA,
        &ssl::AREA,
        &network::AREA,
        &data_api::AREA,
        &storage::AREA,
        &realtime::AREA,
    ];

    pub fn of(key: &str) -> Option<&'static Self> {
        Self::ALL.into_iter().find(|area| area.key == key)
    }

    /// The operation that makes these changes: the one that touches nothing else, where there is one and it can.
    pub fn operation_for(&self, changes: &[SettingChange]) -> OperationId {
        let sets_back = changes.iter().any(|change| change.to == To::Cleared);
        self.part.filter(|_| !sets_back).unwrap_or(self.write)
    }

    /// Whether calls of this operation change the configuration.
    pub fn is_changed_by(&self, operation: &str) -> bool {
        [Some(self.write), self.part]
            .into_iter()
            .flatten()
            .any(|one| one.as_str() == operation)
    }

    pub fn settings(&self) -> impl Iterator<Item = &'static Setting> + use<> {
        let sections = self.groups.iter().flat_map(|group| group.sections);
        sections.flat_map(|section| section.settings)
    }

    pub fn setting(&self, name: &str) -> Option<&'static Setting> {
        self.settings().find(|setting| setting.name == name)
    }

    /// The form of the operation that changes it.
    pub fn form(&self) -> &'static Form {
        Form::of(self.write)
    }

    /// What a setting may hold, as the operation's type has it; `None` for names that it does not know, which a test keeps
    /// from being.
    pub fn field(&self, setting: &Setting) -> Option<&'static Field> {
        self.form().field(setting.name)
    }
}
