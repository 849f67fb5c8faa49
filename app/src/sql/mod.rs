//! SQL as people look at it: what a script does that must be asked about, and which objects it changes.

mod cut;
mod deeds;
mod paint;

pub use self::{
    cut::{Changed, Object, Statement, changes},
    deeds::{Deed, UNREADABLE, deeds},
    paint::paint,
};
