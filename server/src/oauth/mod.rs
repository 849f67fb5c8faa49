//! Sign-in through Supabase: the OAuth app, the pages' endpoints, and the keeping of tokens.

pub mod client;
pub mod flow;
pub mod tokens;
