//! What a database runs on: machine and read replicas, the upgrade of Postgres, and the versions of all projects.

mod findings;
mod lives;
pub mod overview;
mod progress;
pub mod upgrade;
pub mod versions;

use crate::page::Page;

pub const PAGES: &[&Page] = &[&overview::PAGE, &upgrade::PAGE, &versions::PAGE];

/// The bare version of an image, such as `17.6.1.084` of `supabase-postgres-17.6.1.084`.
fn bare(image: &str) -> &str {
    image.strip_prefix("supabase-postgres-").unwrap_or(image)
}
