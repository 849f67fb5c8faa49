//! Steward as a browser meets it: a real console on a real sandbox, each on a port of its own.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test may stop at the first surprise"
)]

mod admission;
mod advisors;
mod audit;
mod backups;
mod belonging;
mod branches;
mod browser;
mod bulk;
mod bundle;
mod claim;
mod compute;
mod configure;
mod connections;
mod database;
mod deploy;
mod doctor;
mod documents;
mod drift;
mod edge_secrets;
mod escaping;
mod explorer;
mod forms;
mod functions;
mod gaps;
mod http;
mod keys;
mod kill;
mod limits;
mod log_drains;
mod log_lines;
mod logs;
mod many;
mod may;
mod measures;
mod members;
mod metrics;
mod migrations;
mod modules;
mod notebooks;
mod outcome;
mod packages;
mod personal_token;
mod places;
mod plans;
mod private_link;
mod reach;
mod regions;
mod request_ids;
mod reseal;
mod restore;
mod rounds;
mod routes;
mod secrets;
mod sessions;
mod settings;
mod shared_limit;
mod sign_in;
mod sign_out;
mod sql;
mod stage;
mod statements;
mod statuses;
mod stop;
mod tokens;
mod upgrades;
mod usage;
mod webhooks;
