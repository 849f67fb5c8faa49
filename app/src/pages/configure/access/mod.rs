//! Who may reach the database and for how long, and what gives a project away.

pub mod claim_token;
pub mod encryption_key;
pub mod jit;
pub mod jit_grant;
mod jit_roles;
pub mod pgbouncer;
pub mod read_only;
