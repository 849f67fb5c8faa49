//! What an operation does to the world.

/// What an operation does to the world, which decides how carefully it is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Effect {
    /// Changes nothing.
    Read,
    /// Changes something that can be changed back.
    Write,
    /// Changes what the organization pays.
    Costly,
    /// Takes something away that cannot be brought back: the name is asked for first.
    Destructive,
}

impl Effect {
    /// All effects, the mildest first.
    pub const ALL: &'static [Self] = &[Self::Read, Self::Write, Self::Costly, Self::Destructive];

    /// The effect's one word, as it stands in links and in the audit.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
            Self::Costly => "costly",
            Self::Destructive => "destructive",
        }
    }

    /// The effect for people.
    pub fn title(self) -> &'static str {
        match self {
            Self::Read => "Reads",
            Self::Write => "Writes",
            Self::Costly => "Costs money",
            Self::Destructive => "Destroys",
        }
    }
}
