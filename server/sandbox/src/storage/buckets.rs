//! Buckets. The Management API only lists them; a project's come into being in the days after its creation.

use axum::http::StatusCode;
use serde_json::{Value, json};
use time::{Duration, OffsetDateTime};

use crate::{
    answer::{Answered, json as answer, moment},
    call::Call,
    projects::Project,
    token,
};

/// Names of buckets, whether their files are for everybody, and the hour of the project's life in which they are made.
const BUCKETS: &[(&str, bool, i64)] = &[
    ("avatars", true, 2),
    ("documents", false, 5),
    ("product-images", true, 26),
    ("invoices", false, 49),
    ("exports", false, 170),
];

/// The project's buckets: the first one, and which of the others depends on its ref.
fn of(project: &Project, now: OffsetDateTime) -> Vec<Value> {
    let which = token::number(&format!("{} buckets", project.reference));
    let made = |hour: i64| project.created_at + Duration::hours(hour);
    BUCKETS
        .iter()
        .enumerate()
        .filter(|(place, (_, _, hour))| (*place == 0 || which >> place & 1 == 1) && made(*hour) <= now)
        .map(|(_, (name, public, hour))| {
            json!({
                "id": name,
                "name": name,
                "owner": "",
                "public": public,
                "created_at": moment(made(*hour)),
                "updated_at": moment(made(*hour)),
            })
        })
        .collect()
}

/// v1-list-all-buckets
pub fn list(call: &mut Call<'_>) -> Answered {
    let now = call.now;
    Ok(answer(StatusCode::OK, &of(call.running()?, now)))
}
