//! Domains.

use super::Check;

pub async fn walk(_check: &Check) {}
