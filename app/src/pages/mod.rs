//! The pages, by area. Each file keeps one order: its `PAGE`, what it reads, its parts, how it is drawn.

pub mod advisors;
pub mod audit;
pub mod backups;
pub mod branches;
pub mod compute;
pub mod configure;
pub mod connections;
pub mod database;
pub mod explorer;
pub mod find;
pub mod functions;
pub mod infrastructure;
pub mod keys;
pub mod log_drains;
pub mod logs;
pub mod metrics;
pub mod migrations;
pub mod not_found;
pub mod notebooks;
pub mod organizations;
pub mod projects;
pub mod secrets;
pub mod sessions;
pub mod sign_in;
pub mod sql;
pub mod usage;
pub mod webhooks;

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use crate::page::Page;

/// Every page in the console's frame. In a menu they stand in this order.
pub fn all() -> impl Iterator<Item = &'static Page> {
    [
        projects::PAGES,
        branches::PAGES,
        functions::PAGES,
        sql::PAGES,
        logs::PAGES,
        secrets::PAGES,
        keys::PAGES,
        configure::PAGES,
        projects::REACH,
        migrations::PAGES,
        database::PAGES,
        advisors::PAGES,
        usage::PAGES,
        backups::PAGES,
        infrastructure::PAGES,
        organizations::PAGES,
        webhooks::PAGES,
        log_drains::PAGES,
        metrics::PAGES,
        notebooks::PAGES,
        compute::PAGES,
        audit::PAGES,
        explorer::PAGES,
        &[&connections::PAGE, &sessions::PAGE, &find::PAGE],
    ]
    .into_iter()
    .flatten()
    .copied()
}

/// What the address names in the place of `:name`.
fn parameter(name: &str) -> String {
    use_params_map().with_untracked(|parameters| parameters.get(name).unwrap_or_default())
}

/// A choice in the address' query; empty where it is left open.
pub(crate) fn choice(name: &str) -> String {
    use_query_map().with_untracked(|query| query.get(name).unwrap_or_default())
}

/// Which projects a page over all of them has not asked: `most` are, and each takes `calls`. Nothing where all were.
fn left_out(paused: usize, beyond: usize, most: usize, calls: &str) -> String {
    let mut said = String::new();
    if paused > 0 {
        said += &format!(" {paused} that do not run were not asked.");
    }
    if beyond > 0 {
        said += &format!(" {beyond} more were not asked: at most {most} are, since each is {calls}.");
    }
    said
}
