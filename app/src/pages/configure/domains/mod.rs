//! A project's own addresses: a custom hostname, or a name under Supabase's domain.

pub mod hostname;
mod records;
mod steps;
pub mod vanity;
