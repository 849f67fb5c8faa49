//! SQL as people look at it: what a script does that must be asked about, which objects it changes, and what came of running
//! it.

mod cut;
mod deeds;
pub mod explain;
pub mod export;
pub mod format;
pub mod kept;
mod paint;
pub mod pieces;
pub mod problem;
pub mod ready;
pub mod rows;
pub mod run;
mod subject;
pub mod touched;
pub mod window;

pub use self::{
    cut::{Changed, Object, Statement, changes},
    deeds::{Act, Deed, UNREADABLE, acts, deeds, summed},
    paint::paint,
};

/// A name without quotes that it does not need, so that it is one with the same name written without them.
fn unquoted(word: &str) -> &str {
    let name = word
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
        .unwrap_or(word);
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte == b'_' || byte.is_ascii_digit();
    let needs_none = name.bytes().all(plain) && !name.bytes().next().is_none_or(|first| first.is_ascii_digit());
    if needs_none { name } else { word }
}
