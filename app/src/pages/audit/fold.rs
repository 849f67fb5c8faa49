//! Reads that repeat themselves are one row: a page that watches something makes the same call every few seconds.

use crate::audit::{AuditCall, Outcome};

/// A call, and those like it right before, the newest first.
#[derive(Clone, Debug)]
pub struct Told {
    pub call: AuditCall,
    pub earlier: Vec<AuditCall>,
}

/// The calls, the newest first, with repeated reads folded into the newest of them.
pub fn folded(calls: Vec<AuditCall>) -> Vec<Told> {
    let mut rows: Vec<Told> = Vec::new();
    for call in calls {
        match rows.last_mut() {
            Some(row) if repeats(&row.call, &call) => row.earlier.push(call),
            Some(_) | None => rows.push(Told {
                call,
                earlier: Vec::new(),
            }),
        }
    }
    rows
}

/// Whether both are the same read, done, of the same day.
fn repeats(one: &AuditCall, other: &AuditCall) -> bool {
    let read = |call: &AuditCall| call.effect == "read" && call.outcome == Outcome::Done;
    read(one)
        && read(other)
        && one.at.get(..10) == other.at.get(..10)
        && one.person == other.person
        && one.operation == other.operation
        && one.scope == other.scope
        && one.through == other.through
        && one.sentence == other.sentence
        && one.parameters == other.parameters
}

#[cfg(test)]
mod tests {
    use management_api::Scope;
    use serde_json::{Value, json};

    use super::*;
    use crate::audit::{Budget, Sentence};

    fn call(id: i64, effect: &str, at: &str, parameters: Value) -> AuditCall {
        AuditCall {
            id,
            at: at.to_owned(),
            person: "ada@example.com".to_owned(),
            own: true,
            through: "console".to_owned(),
            operation: "v1-get-project".to_owned(),
            area: "projects".to_owned(),
            effect: effect.to_owned(),
            scope: Scope::Account,
            organization: None,
            sentence: Sentence::default(),
            decision: "allowed".to_owned(),
            outcome: Outcome::Done,
            status: Some(200),
            message: None,
            request_id: None,
            connection: None,
            budget: Budget::default(),
            milliseconds: Some(7),
            parameters,
        }
    }

    fn ids(calls: Vec<AuditCall>) -> Vec<Vec<i64>> {
        let row = |told: Told| {
            std::iter::once(told.call)
                .chain(told.earlier)
                .map(|call| call.id)
                .collect()
        };
        folded(calls).into_iter().map(row).collect()
    }

    const NOON: &str = "2026-06-02T12:00:00Z";

    #[test]
    fn the_same_read_in_a_row_is_one() {
        let read = |id| call(id, "read", NOON, json!({ "ref": "a" }));
        assert_eq!(ids(vec![read(4), read(3), read(1)]), [vec![4, 3, 1]]);
    }

    #[test]
    fn whatever_differs_stands_apart() {
        let read = |id, reference: &str| call(id, "read", NOON, json!({ "ref": reference }));
        assert_eq!(
            ids(vec![read(3, "a"), read(2, "b"), read(1, "a")]),
            [vec![3], vec![2], vec![1]]
        );
        let yesterday = call(1, "read", "2026-06-01T12:00:00Z", json!({ "ref": "a" }));
        assert_eq!(ids(vec![read(2, "a"), yesterday]), [vec![2], vec![1]]);
    }

    #[test]
    fn writes_and_failures_are_never_folded() {
        let write = |id| call(id, "write", NOON, json!({}));
        assert_eq!(ids(vec![write(2), write(1)]), [vec![2], vec![1]]);
        let refused = AuditCall {
            outcome: Outcome::Refused,
            ..call(1, "read", NOON, json!({}))
        };
        assert_eq!(ids(vec![call(2, "read", NOON, json!({})), refused]), [vec![2], vec![1]]);
    }
}
