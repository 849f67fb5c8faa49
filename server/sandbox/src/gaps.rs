//! Gaps: what real answers leave out, say `null` for or write in another way: numbers as texts, times as numbers or in
//! another zone. A world that asks for them (`gaps`, a seed) has others in each operation and project, and two worlds that
//! began alike have the same: whatever fails with gaps can be seen again.

use management_api::{Effect, OperationId};
use serde_json::{Value, json};
use time::{OffsetDateTime, format_description::well_known::Rfc3339, macros::offset};

use crate::{answer::Answer, token::digest, world::World};

/// By what a thing is known, and what only holds others: without these there is nothing to be read.
const KEPT: [&str; 16] = [
    "ref",
    "slug",
    "id",
    "user_id",
    "version",
    "name",
    "type",
    "data",
    "attributes",
    "links",
    "result",
    "results",
    "items",
    "projects",
    "providers",
    "status",
];
/// Operations whose answers are people's own data, which comes as it is.
const WHOLE: [OperationId; 6] = [
    OperationId::RunQuery,
    OperationId::RunReadOnlyQuery,
    OperationId::QueryLogs,
    OperationId::QueryLogsBefore,
    OperationId::GetDatabaseOpenapi,
    OperationId::GetNotebook,
];

/// What is called, by the number of the project or organization: refs and slugs are others in each world.
pub fn place(world: &World, scope: Option<&str>) -> String {
    let project = |scope| world.projects.iter().find(|project| project.reference == scope);
    let organization = |scope| world.organizations.iter().position(|one| one.slug == scope);
    let number = scope.and_then(|scope| {
        let number = project(scope).map(|project| format!("project {}", project.id));
        number.or_else(|| organization(scope).map(|place| format!("organization {place}")))
    });
    number.unwrap_or_default()
}

/// The answer to a call at `place` with its gaps.
pub fn torn(seed: u64, operation: OperationId, place: &str, mut answer: Answer) -> Answer {
    let reads = operation.row().effect == Effect::Read && answer.status().is_success();
    if reads
        && !WHOLE.contains(&operation)
        && let Ok(mut body) = serde_json::from_slice(answer.body())
    {
        tear(&format!("{seed} {} {place}", operation.as_str()), &mut body);
        // ok: what was read as JSON can be written.
        *answer.body_mut() = serde_json::to_vec(&body).unwrap_or_default();
    }
    answer
}

/// `at`: the place, and the way to this value; the rows of a list are all alike.
fn tear(at: &str, value: &mut Value) {
    match value {
        Value::Array(rows) => rows.iter_mut().for_each(|row| tear(at, row)),
        Value::Object(fields) => {
            // Of little everything is needed, and of all else something: without any of it, it is another answer
            // (the fault `wrong-shape`).
            let little = fields.len() < 3;
            let mut told = fields.iter().filter(|(_, value)| !value.is_null());
            let last = if told.clone().all(|(name, _)| is_gone(at, name)) {
                told.next().map(|(name, _)| name.clone())
            } else {
                None
            };
            fields.retain(|name, value| {
                tear(&format!("{at} {name}"), value);
                if little || last.as_ref() == Some(name) || KEPT.contains(&name.as_str()) {
                    return true;
                }
                match (way(at, name), &*value) {
                    (0, _) => return false,
                    (1, _) => *value = Value::Null,
                    (2, Value::Number(number)) => *value = Value::String(number.to_string()),
                    (way @ 2..=5, Value::String(text)) => {
                        if let Ok(moment) = OffsetDateTime::parse(text, &Rfc3339) {
                            *value = otherwise(way, moment);
                        }
                    }
                    (_, _) => {}
                }
                true
            });
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// What becomes of a field, of eight ways: by 0 it is left out, by 1 it is `null`.
fn way(at: &str, name: &str) -> u8 {
    u8::from_str_radix(&digest(&format!("{at} {name}"))[..2], 16).unwrap_or_default() % 8
}

fn is_gone(at: &str, name: &str) -> bool {
    !KEPT.contains(&name) && way(at, name) < 2
}

/// A moment as other services write it.
fn otherwise(way: u8, moment: OffsetDateTime) -> Value {
    let seconds = moment.unix_timestamp();
    match way {
        2 => json!(seconds),
        3 => json!(seconds.saturating_mul(1_000)),
        4 => json!(seconds.to_string()),
        // ok: a moment of now can be written in any zone.
        _ => json!(moment.to_offset(offset!(+05:30)).format(&Rfc3339).unwrap_or_default()),
    }
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;

    use super::*;
    use crate::answer;

    #[test]
    fn a_place_has_always_the_same_gaps_and_keeps_its_keys() {
        let fields: serde_json::Map<String, Value> = (0..64)
            .map(|number| (format!("field_{number}"), json!(number)))
            .collect();
        let mut row = Value::Object(fields);
        row["ref"] = json!("abc");
        let whole = json!([row, row]);
        let torn = |seed, place: &str| {
            let answer = answer::json(StatusCode::OK, &whole);
            let answer = torn(seed, OperationId::ListProjects, place, answer);
            serde_json::from_slice::<Value>(answer.body()).unwrap()
        };
        let one = torn(1, "project 1");
        assert_eq!(one, torn(1, "project 1"));
        assert_ne!(one, torn(2, "project 1"));
        assert_ne!(one, torn(1, "project 2"));
        assert_eq!((one[0]["ref"].as_str(), &one[0]), (Some("abc"), &one[1]));
        let fields = one[0].as_object().unwrap();
        assert!(fields.len() < 65 && fields.values().any(Value::is_null) && fields.values().any(Value::is_string));
    }

    #[test]
    fn something_is_left_of_every_answer() {
        let names = ["region", "walg_enabled", "pitr_enabled", "backups"];
        let whole: serde_json::Map<String, Value> =
            names.map(|name| (name.to_owned(), json!(true))).into_iter().collect();
        let mut least = names.len();
        for seed in 0..2_000 {
            let mut torn = Value::Object(whole.clone());
            tear(&seed.to_string(), &mut torn);
            let left = torn
                .as_object()
                .unwrap()
                .values()
                .filter(|value| !value.is_null())
                .count();
            least = least.min(left);
        }
        assert_eq!(least, 1);
    }
}
