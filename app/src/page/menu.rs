//! The side menu: its parts, and the pages in them.

use management_api::Scope;

use super::{Page, Parameters};
use crate::pages;

/// A part of the side menu, in the order in which they stand there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Without a heading, on top.
    Top,
    /// What is looked at over several projects.
    Across,
    Build,
    Tools,
    You,
    Organization,
    Secure,
    /// What is looked into while a project runs.
    Run,
    Configure,
}

impl Group {
    /// Those that have a heading, under which they fold.
    pub const FOLD: [Self; 8] = [
        Self::Across,
        Self::Build,
        Self::Tools,
        Self::You,
        Self::Organization,
        Self::Secure,
        Self::Run,
        Self::Configure,
    ];

    /// The word of the cookie that says which are folded; empty for the pages on top.
    pub fn word(self) -> &'static str {
        match self {
            Self::Top => "",
            Self::Across => "across",
            Self::Build => "build",
            Self::Tools => "tools",
            Self::You => "you",
            Self::Organization => "organization",
            Self::Secure => "secure",
            Self::Run => "run",
            Self::Configure => "configure",
        }
    }

    /// Reads such words, with full stops between them; those of no group are passed over.
    pub fn read_all(words: &str) -> Vec<Self> {
        let named = |group: &Self| words.split('.').any(|word| word == group.word());
        Self::FOLD.into_iter().filter(named).collect()
    }

    /// The heading; empty for the pages on top.
    pub fn title(self) -> &'static str {
        match self {
            Self::Top => "",
            Self::Across => "Across projects",
            Self::Build => "Build",
            Self::Tools => "Tools",
            Self::You => "You",
            Self::Organization => "Organization",
            Self::Secure => "Secure",
            Self::Run => "Run",
            Self::Configure => "Configure",
        }
    }
}

/// The pages of one place's menu, in its order.
pub fn menu(scope: &Scope) -> Vec<(Group, &'static Page)> {
    let named = Parameters::of(scope);
    let mut entries: Vec<_> = pages::all()
        .filter(|page| page.scope(&named) == *scope)
        .filter_map(|page| Some((page.group?, page)))
        .collect();
    entries.sort_by_key(|(group, _)| *group);
    entries
}
