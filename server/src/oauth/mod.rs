//! Sign-in through Supabase: the OAuth app, the pages' endpoints, and the keeping of tokens.

pub mod client;
pub mod ending;
pub mod failures;
pub mod flow;
pub mod identity;
pub mod sign_out;
pub mod tokens;
pub mod trial;
