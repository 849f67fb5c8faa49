//! Configurations of a project, one page each; what they have in common is in [`crate::components::settings`].

pub mod auth;
pub mod compare;
pub mod data_api;
pub mod database;
pub mod network;
pub mod pooler;
pub mod realtime;
pub mod ssl;
pub mod storage;

use crate::page::Page;

pub const PAGES: &[&Page] = &[
    &compare::PAGE,
    &auth::PAGE,
    &ssl::PAGE,
    &network::PAGE,
    &database::PAGE,
    &pooler::PAGE,
    &data_api::PAGE,
    &storage::PAGE,
    &realtime::PAGE,
];
