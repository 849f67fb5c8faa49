//! What SQL does that cannot be brought back or that changes who gets in, read from its statements before they are run.
//!
//! A plain `select` does nothing of the kind, and neither does a definition: the body of a function runs when it is
//! called. What cannot be read is told as that.

mod clauses;
mod walk;

use futures::channel::oneshot;
use serde::{Deserialize, Serialize};
use statements::{STACK, deeply, emptied};

use self::{
    clauses::{Deeds, clause},
    walk::read,
};

/// What is told of SQL that is not read at all.
pub const UNREADABLE: &str =
    "runs SQL that Steward cannot read: it is too long or too deeply nested, or a text in it does not end";

/// A script of more bytes is not read.
const LONGEST: usize = 256 * 1024;

/// Something that SQL does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deed {
    /// A clause that goes on from "this …".
    pub does: String,
    /// Whether rows are lost by it, so that only a backup brings them back. What cannot be read may lose some.
    pub loses: bool,
}

impl Deed {
    fn unreadable() -> Self {
        Self {
            does: UNREADABLE.to_owned(),
            loses: true,
        }
    }
}

/// Something that SQL does to one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    /// Such as `drops`.
    pub does: String,
    /// Such as `table`; may be empty.
    pub what: String,
    /// As SQL writes it; empty where it names nothing, and cut where it is long.
    pub name: String,
    /// What it is a part of, such as a column's table; empty where it is none.
    pub of: String,
    /// Whether rows are lost by it.
    pub loses: bool,
}

impl Act {
    /// A clause that goes on from "this …".
    pub fn told(&self) -> String {
        clause(self, &[]).does
    }

    /// The name with what it is a part of.
    fn whole(&self) -> String {
        match (self.name.as_str(), self.of.as_str()) {
            (name, "") => name.to_owned(),
            ("", of) => format!("of {of}"),
            (name, of) => format!("{name} of {of}"),
        }
    }

    /// What is done by SQL that cannot be read, or is not known at all: it may do anything.
    pub fn unknown(does: impl Into<String>) -> Self {
        Self {
            does: does.into(),
            what: String::new(),
            name: String::new(),
            of: String::new(),
            loses: true,
        }
    }
}

/// Each single thing that `sql` does that must be asked about, in its order. It keeps no thread of the server's waiting.
pub async fn acts(sql: &str) -> Vec<Act> {
    let unreadable = || vec![Act::unknown(UNREADABLE)];
    let Some(text) = readable(sql) else {
        return unreadable();
    };
    let (tell, told) = oneshot::channel();
    // ok: whoever asked may have gone.
    let reader = std::thread::Builder::new().stack_size(STACK);
    match reader.spawn(move || drop(tell.send(read(&text).0))) {
        Ok(_) => told.await.unwrap_or_else(|_| unreadable()),
        Err(_) => unreadable(),
    }
}

/// What `acts` come to, in clauses that go on from "this …"; those of one kind in one.
pub fn summed(acts: Vec<Act>) -> Vec<Deed> {
    Deeds(acts).told()
}

/// What `sql` does that must be asked about, in clauses that go on from "this …"; empty where there is nothing.
pub fn deeds(sql: &str) -> Vec<Deed> {
    let Some(text) = readable(sql) else {
        return vec![Deed::unreadable()];
    };
    deeply(move || read(&text).told()).unwrap_or_else(|| vec![Deed::unreadable()])
}

/// What a statement does, where there is room for it: see [`statements::deeply`].
pub(super) fn deeds_of(statement: &str) -> Vec<Deed> {
    match readable(statement) {
        Some(text) => read(&text).told(),
        None => vec![Deed::unreadable()],
    }
}

/// The script as the reader takes it; `None` where it is too much for it.
pub(super) fn readable(sql: &str) -> Option<String> {
    emptied(sql).filter(|text| text.len() <= LONGEST)
}

#[cfg(test)]
mod tests;
