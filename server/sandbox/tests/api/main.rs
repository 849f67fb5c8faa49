//! The sandbox as its users meet it: through its router, as named people, in worlds of their own.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod backups;
mod billing;
mod conformance;
mod disk;
mod faults;
mod limits;
mod network;
mod oauth;
mod organizations;
mod permissions;
mod projects;
mod settings;
mod support;
mod worlds;
