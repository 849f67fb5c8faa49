//! Database.

use super::{Check, sql};

pub async fn walk(check: &Check) {
    sql::walk(check).await;
}
