//! The server functions, by area: what a page reads together is one of them, and so is what an island reads by itself.
//!
//! Each is an endpoint that anybody can reach, so each calls through [`call`](crate::call::call) as whoever asks, and
//! gives a narrowed type. Only reads are server functions: changes go through `/do/<operation-id>`. Those that no island
//! names leave nothing in the browser's half; where their types are the API's own, they are only the server's.

// Only pages ask for these.
#[cfg(feature = "ssr")]
pub mod access;
#[cfg(feature = "ssr")]
pub mod advisors;
#[cfg(feature = "ssr")]
pub mod backups;
#[cfg(feature = "ssr")]
pub mod branches;
#[cfg(feature = "ssr")]
pub mod compute;
#[cfg(feature = "ssr")]
pub mod database;
#[cfg(feature = "ssr")]
pub mod domains;
#[cfg(feature = "ssr")]
pub mod drift;
pub mod find;
pub mod functions;
#[cfg(feature = "ssr")]
pub mod in_force;
#[cfg(feature = "ssr")]
pub mod infrastructure;
#[cfg(feature = "ssr")]
pub mod keys;
#[cfg(feature = "ssr")]
pub mod log_drains;
#[cfg(feature = "ssr")]
pub mod logs;
#[cfg(feature = "ssr")]
pub mod members;
#[cfg(feature = "ssr")]
pub mod metrics;
#[cfg(feature = "ssr")]
pub mod migrations;
#[cfg(feature = "ssr")]
pub mod notebooks;
#[cfg(feature = "ssr")]
pub mod overview;
pub mod places;
#[cfg(feature = "ssr")]
pub mod schema;
pub mod secrets;
#[cfg(feature = "ssr")]
pub mod settings;
#[cfg(feature = "ssr")]
pub mod sql;
#[cfg(feature = "ssr")]
pub mod sso;
#[cfg(feature = "ssr")]
pub mod upgrades;
#[cfg(feature = "ssr")]
pub mod usage;
#[cfg(feature = "ssr")]
pub mod webhooks;
