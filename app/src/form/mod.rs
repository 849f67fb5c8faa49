//! Every operation as a form made from its type: what is asked for, and how what was typed becomes a request.

mod field;
mod read;
mod request;
mod schema;

use std::sync::LazyLock;

use management_api::OperationId;

pub use self::{
    field::{Confirmation, Field, Kind, Known, Place, spelled},
    read::Sent,
};

/// Name of the field that holds several parameters of the body as one JSON object.
pub const REST: &str = "_body";
/// Name of the field into which the thing to be destroyed is typed; see [`Confirmation`].
pub const CONFIRM: &str = "_confirm";
/// Name of the box that says that the cost is known.
pub const SURE: &str = "_sure";
/// Name of the field that names the secret of the answer to be shown.
pub const REVEAL: &str = "_reveal";
/// Name of the button that gives the answer as a file.
pub const DOWNLOAD: &str = "_download";

/// An operation as a form.
#[derive(Clone, Debug, PartialEq)]
pub struct Form {
    pub operation: OperationId,
    /// What it does, in a sentence or two; `code` stands in backticks.
    pub about: String,
    /// In the order in which they are asked for: path, query, body; within the body what is required comes first.
    pub fields: Vec<Field>,
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

    /// Whether files are sent along.
    pub fn takes_files(&self) -> bool {
        self.fields.iter().any(|field| field.kind == Kind::Files)
    }
}

#[cfg(test)]
mod tests;
