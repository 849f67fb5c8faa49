//! What merging, pushing and resetting a branch would do, so that it is asked before it is done; page and server agree on
//! it here.

mod count;
mod doing;
mod held;
mod pending;

pub use self::{
    count::{Count, counted},
    doing::{Doing, reset_question},
    held::{Held, held},
    pending::{Pending, missing, newest_first, read},
};
