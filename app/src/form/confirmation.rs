//! What is asked before an operation is run, as far as the operation alone tells; page and server agree on it here.

use management_api::{Asks, Effect, Named, OperationId, Row};
use sha2::{Digest, Sha256};

use crate::outcome::{Question, Tick};

/// What a box says that is ticked for what costs money.
const PAYS: &str = "changes what the organization pays";

/// The parameter that names a branch, by its project's ref or by its id.
pub const BRANCH: &str = "branch_id_or_ref";

/// What is asked before an operation is run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confirmation {
    None,
    /// A box to be ticked: "I know that this …".
    Sure(&'static str),
    /// What [`project_key`] says, typed.
    Project,
    /// The name of the branch, typed.
    Branch,
    /// The name of the thing, typed: by the id that it has in the address nobody knows it.
    Name(Named),
    /// The value of this parameter, typed again.
    Again(&'static str),
    /// What [`each_key`] says of the things that this parameter names, typed.
    Each(&'static str),
    /// It depends on what is sent, so only the server can tell; see [`Question`](crate::outcome::Question).
    Told,
}

impl Confirmation {
    pub fn of(row: &Row) -> Self {
        match (row.effect, row.asks) {
            (Effect::Read, _) => Self::None,
            // What it destroys, its text tells.
            (
                Effect::Destructive | Effect::Write,
                Asks::Sql(_) | Asks::KeptSql(_) | Asks::Merge | Asks::Push | Asks::Reset,
            ) => Self::Told,
            // And what these do, whatever is there already.
            (Effect::Destructive | Effect::Write, Asks::ChangesFunctions | Asks::ReplacesSecrets) => Self::Told,
            (Effect::Destructive | Effect::Costly | Effect::Write, Asks::Each(parameter)) => Self::Each(parameter),
            (Effect::Destructive | Effect::Costly | Effect::Write, Asks::Name(named)) => Self::Name(named),
            // A project has a name that people know; of what stands outside of one the key is all there is. A function's
            // slug is its name.
            (Effect::Destructive, _) => match row.placeholders().max_by_key(|name| *name == "function_slug") {
                Some("ref") | None => Self::Project,
                // By which upstream knows a branch, people do not.
                Some(BRANCH) => Self::Branch,
                Some(name) => Self::Again(name),
            },
            (Effect::Costly | Effect::Write, Asks::That(does) | Asks::Addresses(does)) => Self::Sure(does),
            (Effect::Costly, _) => Self::Sure(PAYS),
            (Effect::Write, Asks::Nothing) => Self::None,
            (Effect::Write, Asks::PublicFunction | Asks::Schemas | Asks::Realtime | Asks::S3 | Asks::KeyRole) => {
                Self::Told
            }
        }
    }
}

/// One question for several calls that are made together, with the boxes of all of them.
pub fn together(questions: Vec<Question>) -> Option<Question> {
    let name = questions.iter().find_map(|question| question.name.clone());
    let mut ticks: Vec<Tick> = Vec::new();
    for tick in questions.into_iter().flat_map(|question| question.ticks) {
        if !ticks.iter().any(|one| one.sure == tick.sure) {
            ticks.push(tick);
        }
    }
    (!ticks.is_empty()).then_some(Question { ticks, name })
}

/// Binds a yes to the operation, the place and the text that was asked about: what is changed after the box was ticked
/// is asked about anew. No seal, since whoever answers is the one who asks.
pub fn yes_to(operation: OperationId, path: &str, does: &str, about: &str) -> String {
    let mut hash = Sha256::new();
    for part in [operation.as_str(), path, does, about] {
        hash.update(part.len().to_le_bytes());
        hash.update(part);
    }
    let digest = hash.finalize();
    digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

/// What is typed to confirm that a project is meant: its name, or its ref where the name cannot be typed, because
/// nothing of it can be seen or because it does not stand on one line. The first part says which of them it is.
pub fn project_key<'a>(name: &'a str, reference: &'a str) -> (&'static str, &'a str) {
    if name.chars().any(char::is_control) || !name.chars().any(is_seen) {
        ("ref", reference)
    } else {
        ("name", name)
    }
}

/// What is typed to confirm that these very things are meant: the name of the only one, else how many they are. One
/// whose name cannot be typed counts, too. The first part says which of them it is.
pub fn each_key(names: &[&str]) -> (&'static str, String) {
    match names {
        [name] if ("name", *name) == project_key(name, "") => ("name", (*name).to_owned()),
        several => ("number of them", several.len().to_string()),
    }
}

/// Whether a character leaves something on the screen.
pub fn is_seen(character: char) -> bool {
    let unseen = character.is_whitespace()
        || character.is_control()
        || matches!(
            character,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
                | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}'
                | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}'
        );
    !unseen
}
