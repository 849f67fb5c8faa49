//! What came of running an operation in the explorer, and how it is written for people.

pub mod body;
mod json;
mod run;
mod title;

pub use self::{
    json::{Printed, print},
    run::{Answer, Body, Budget, Outcome, Refusal, Run},
    title::title,
};
