//! Steward as a browser meets it: a real console on a real sandbox, each on a port of its own.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test may stop at the first surprise"
)]

mod admission;
mod audit;
mod backups;
mod belonging;
mod branches;
mod browser;
mod bulk;
mod bundle;
mod configure;
mod connections;
mod deploy;
mod documents;
mod drift;
mod edge_secrets;
mod escaping;
mod explorer;
mod forms;
mod functions;
mod http;
mod keys;
mod kill;
mod limits;
mod log_drains;
mod log_lines;
mod logs;
mod may;
mod members;
mod migrations;
mod modules;
mod outcome;
mod personal_token;
mod places;
mod plans;
mod reach;
mod regions;
mod rounds;
mod routes;
mod secrets;
mod sessions;
mod settings;
mod sign_in;
mod sign_out;
mod sql;
mod stage;
mod stop;
mod tokens;
mod webhooks;
