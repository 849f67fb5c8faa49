//! The sandbox as its users meet it: through its router, as named people, in worlds of their own.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod advisors;
mod analytics;
mod claim;
mod conformance;
mod domains;
mod faults;
mod limits;
mod oauth;
mod organizations;
mod permissions;
mod projects;
mod schema;
mod snippets;
mod support;
mod upgrade;
mod worlds;
