//! The sign-in's endpoints. Every failure leads to the sign-in page, which says what to do.

pub mod admitted;
mod before;
pub mod connect;
pub mod consent;
mod enter;
pub mod identify;
pub mod personal_token;
mod problem;
pub mod turn_away;
