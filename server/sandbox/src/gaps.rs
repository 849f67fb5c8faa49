//! Gaps: what real answers leave out, say `null` for or write in another way: numbers as texts, times as numbers or in
//! another zone. A world that asks for them (`gaps`, a seed) has others at each place, and always the same ones there.

use management_api::{Effect, OperationId};
use serde_json::{Value, json};
use time::{OffsetDateTime, format_description::well_known::Rfc3339, macros::offset};

use crate::{answer::Answer, token::digest};

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

/// The answer to a call of `place` with its gaps.
pub fn torn(seed: u64, operation: OperationId, place: &str, mut answer: Answer) -> Answer {
    let reads = operation.row().effect == Effect::Read && answer.status().is_success();
    if reads
        && !WHOLE.contains(&operation)
        && let Ok(mut body) = serde_json::from_slice(answer.body())
    {
        tear(&format!("{seed} {place}"), &mut body);
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
            // Of little everything is needed.
            let little = fields.len() < 3;
            fields.retain(|name, value| {
                let at = format!("{at} {name}");
                tear(&at, value);
                if little || KEPT.contains(&name.as_str()) {
                    return true;
                }
                match (
                    u8::from_str_radix(&digest(&at)[..2], 16).unwrap_or_default() % 8,
                    &*value,
                ) {
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
        let one = torn(1, "/v1/projects");
        assert_eq!(one, torn(1, "/v1/projects"));
        assert_ne!(one, torn(2, "/v1/projects"));
        assert_ne!(one, torn(1, "/v1/projects/abc"));
        assert_eq!((one[0]["ref"].as_str(), &one[0]), (Some("abc"), &one[1]));
        let fields = one[0].as_object().unwrap();
        assert!(fields.len() < 65 && fields.values().any(Value::is_null) && fields.values().any(Value::is_string));
    }
}
