//! What a form's answer tells: what went wrong, and what must be said yes to first.

use serde::{Deserialize, Serialize};

/// What went wrong, in words for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub title: String,
    /// Why, and what to do.
    pub text: String,
    /// The form field that is wrong, where it is one.
    pub field: Option<String>,
    /// What must be said yes to first, where that is all that is wrong.
    pub question: Option<Question>,
}

/// A question about what a form would do, answered by ticking boxes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// The boxes, each of which must be ticked; at least one.
    pub ticks: Vec<Tick>,
    /// What must be typed as well, where something is lost: the name of what loses it.
    pub name: Option<String>,
}

/// A box of a question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tick {
    /// What it would do, going on from "I know that this …".
    pub does: String,
    /// What the ticked box sends: a yes holds for this question about this very text, and for no other.
    pub sure: String,
}

impl Question {
    /// Name of the boxes.
    pub const FIELD: &str = "_sure";
    /// Name of the field into which a name is typed.
    pub const NAME: &str = "_confirm";
    /// What a ticked box sends whose question depends on nothing that was filled in.
    pub const ALWAYS: &str = "true";

    /// A question with one box.
    pub fn one(does: String, sure: String) -> Self {
        Self {
            ticks: vec![Tick { does, sure }],
            name: None,
        }
    }

    /// The question that an operation asks whatever was filled in.
    pub fn always(does: &str) -> Self {
        Self::one(does.to_owned(), Self::ALWAYS.to_owned())
    }

    /// Whether both ask about the same, in whatever words.
    pub fn asks_like(&self, other: &Self) -> bool {
        let sures = self.ticks.iter().map(|tick| &tick.sure);
        sures.eq(other.ticks.iter().map(|tick| &tick.sure))
    }

    /// All that it would do, going on from "this …".
    pub fn does(&self) -> String {
        let all: Vec<&str> = self.ticks.iter().map(|tick| &*tick.does).collect();
        all.join("; ")
    }
}

impl Tick {
    /// What stands beside the box.
    pub fn label(&self) -> String {
        format!("I know that this {}", self.does)
    }
}
