//! The sandbox as its users meet it: through its router, as named people, in worlds of their own.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod advisors;
mod analytics;
mod auth;
mod backups;
mod billing;
mod branches;
mod claim;
mod conformance;
mod disk;
mod domains;
mod faults;
mod functions;
mod limits;
mod network;
mod oauth;
mod organizations;
mod permissions;
mod postgres;
mod projects;
mod schema;
mod secrets;
mod settings;
mod snippets;
mod support;
mod upgrade;
mod worlds;
