//! Every operation as a form made from its type: what is asked for, and how what was typed becomes a request.
//!
//! A form is read in one of two ways, field by field: as what is asked for ([`Form::read`]), or, where a field says what
//! it showed, as what of it was changed ([`change`]).

mod attempt;
pub mod change;
mod confirmation;
mod field;
mod free;
mod once;
mod read;
mod request;
pub mod rules;
mod schema;
mod sent;
mod shape;
mod value;
mod way;

use std::sync::LazyLock;

use management_api::OperationId;
use serde_json::Value;

use crate::outcome::Question;

pub use self::{
    attempt::Attempt,
    confirmation::{BRANCH, Confirmation, each_key, is_seen, project_key, together, yes_to},
    field::{Field, Kind, Place, spelled},
    free::{NAMED, VALUED},
    sent::Sent,
    value::json,
};

#[cfg(test)]
pub(crate) use self::sent::sent;
pub(crate) use self::way::{put, steps, take_out};

/// Name of the field into which the thing to be destroyed is typed; see [`Confirmation`].
pub const CONFIRM: &str = Question::NAME;
/// Name of the box that says yes to a [`Question`].
pub const SURE: &str = Question::FIELD;
/// Name of the field that names the secret of the answer to be shown.
pub const REVEAL: &str = "_reveal";
/// Names, by its id, the one thing in an answer that lists several whose secret is to be shown.
pub const OF: &str = "_of";
/// Name of the button that gives the answer as a file.
pub const DOWNLOAD: &str = "_download";
/// Name of the field that says where to go when it was done, with placeholders such as `/projects/{ref}`.
pub const NEXT: &str = "_next";
/// Name of the field that tells several forms of one operation apart on a page.
pub const FORM: &str = "_form";
/// Name of the field that says which page the form stands on.
pub const BACK: &str = "_back";
/// Names the parameter whose texts are one value each, such as the rows that were ticked: what would else be lines.
pub const EACH: &str = "_each";
/// The fields that are no parameters, but the shell's own. Whatever else a form sends must be a parameter.
const OWN: [&str; 9] = [NEXT, BACK, FORM, CONFIRM, SURE, REVEAL, OF, DOWNLOAD, EACH];

/// What stands in a secret's place where one is not shown. It is never sent: it would become the secret.
pub const WITHHELD: &str = "[secret]";

/// An operation as a form.
#[derive(Clone, Debug, PartialEq)]
pub struct Form {
    pub operation: OperationId,
    /// What it does, in a sentence or two; `code` stands in backticks.
    pub about: String,
    /// In the order in which they are asked for: path, query, body; within the body what is required comes first.
    pub fields: Vec<Field>,
    /// The JSON schema of the operation's type.
    schema: Value,
}

impl Form {
    /// The form of `id`. All of them are made once, when the first is asked for.
    pub fn of(id: OperationId) -> &'static Self {
        static ALL: LazyLock<Vec<Form>> = LazyLock::new(|| {
            let forms = OperationId::ALL.iter().map(|id| schema::form(*id, &id.schema()));
            forms.collect()
        });
        // ok: both have one entry for each operation, in the catalogue's order.
        &ALL[id as usize]
    }

    /// The first sentence of [`Self::about`].
    pub fn summary(&self) -> &str {
        match self.about.find(". ") {
            Some(end) => self.about.get(..=end).unwrap_or(&self.about),
            None => &self.about,
        }
    }

    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}

#[cfg(test)]
mod tests;
