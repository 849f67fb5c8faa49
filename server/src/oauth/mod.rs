//! What people sign in with at Supabase: the OAuth app, whose tokens they are, and the keeping of them.

pub mod answer;
pub mod client;
pub mod ending;
pub mod failures;
pub mod person;
pub mod tokens;
pub mod trial;
