//! What wants attention: how many things of a place do, as far as answers that passed by have told, for the marks of the
//! side menu. Nothing is asked for it.

use std::time::Duration;

use management_api::{
    Operation, OperationId, Request, Scope,
    branches::ListBranches,
    secrets::{GetLegacyApiKeys, ListApiKeys, UpdateLegacyApiKeys},
};
use moka::sync::Cache;
use serde_json::Value;

use crate::identity::PersonId;

/// Places that are remembered, at most.
const PLACES: u64 = 20_000;
/// What was seen is taken for what is so long.
const KEPT: Duration = Duration::from_secs(600);
/// The same of what Steward reads seldom.
const A_DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Operations whose answers tell.
pub const TELLING: [OperationId; 3] = [ListBranches::ID, GetLegacyApiKeys::ID, UpdateLegacyApiKeys::ID];

/// By person, place and the operation of the page that shows them. What one person has seen is nobody else's.
#[derive(Clone)]
pub struct Wants {
    seen: Cache<(PersonId, OperationId, Scope), u32>,
    /// Settings that are not as the project's baseline has them, by its ref.
    drifts: Cache<(PersonId, String), u32>,
}

impl Default for Wants {
    fn default() -> Self {
        Self {
            seen: Cache::builder().max_capacity(PLACES).time_to_live(KEPT).build(),
            drifts: Cache::builder().max_capacity(PLACES).time_to_live(A_DAY).build(),
        }
    }
}

impl Wants {
    /// How many things on the page of `operation` want attention; `None` where none is known to.
    pub fn get(&self, person: &PersonId, operation: OperationId, scope: &Scope) -> Option<u32> {
        let count = self.seen.get(&(person.clone(), operation, scope.clone()))?;
        (count > 0).then_some(count)
    }

    /// How many settings of the project differ from its baseline; `None` where none is known to.
    pub fn drifting(&self, person: &PersonId, project: &str) -> Option<u32> {
        let count = self.drifts.get(&(person.clone(), project.to_owned()))?;
        (count > 0).then_some(count)
    }

    /// Takes down what the person has just seen of a baseline.
    pub fn note_drifts(&self, person: &PersonId, project: &str, count: usize) {
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        self.drifts.insert((person.clone(), project.to_owned()), count);
    }

    /// Counts what wants attention in `body`, the answer to `request`.
    pub fn learn(&self, person: &PersonId, request: &Request, body: &[u8]) {
        if !TELLING.contains(&request.id) {
            return;
        }
        let Ok(answer) = serde_json::from_slice::<Value>(body) else {
            return;
        };
        let (page, count) = if request.id == ListBranches::ID {
            (ListBranches::ID, failed(&answer))
        } else {
            let on = answer.get("enabled").and_then(Value::as_bool).unwrap_or_default();
            (ListApiKeys::ID, u32::from(on))
        };
        self.seen.insert((person.clone(), page, Scope::of(request)), count);
    }
}

/// Branches that stay as they are until somebody looks.
fn failed(answer: &Value) -> u32 {
    let failed = |branch: &&Value| {
        let text = |field: &str| branch.get(field).and_then(Value::as_str);
        text("deletion_scheduled_at").is_none()
            && matches!(text("status"), Some("MIGRATIONS_FAILED" | "FUNCTIONS_FAILED"))
    };
    let count = answer
        .as_array()
        .map_or(0, |branches| branches.iter().filter(failed).count());
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_failed_is_counted_until_it_is_mended_and_for_whoever_saw_it() {
        let wants = Wants::default();
        let (ada, eve) = (PersonId::from("ada".to_owned()), PersonId::from("eve".to_owned()));
        let request = Request::of(&ListBranches {
            project: "abcdefghijklmnopqrst".to_owned(),
        })
        .unwrap();
        let scope = Scope::of(&request);
        let branches = |status: &str| {
            json!([
                { "status": status }, { "status": "FUNCTIONS_DEPLOYED" },
                { "status": status, "deletion_scheduled_at": "2026-01-01T00:00:00Z" },
            ])
            .to_string()
        };
        wants.learn(&ada, &request, branches("MIGRATIONS_FAILED").as_bytes());
        assert_eq!(wants.get(&ada, ListBranches::ID, &scope), Some(1));
        assert_eq!(wants.get(&eve, ListBranches::ID, &scope), None);
        wants.learn(&ada, &request, b"not JSON");
        assert_eq!(wants.get(&ada, ListBranches::ID, &scope), Some(1));
        wants.learn(&ada, &request, branches("FUNCTIONS_DEPLOYED").as_bytes());
        assert_eq!(wants.get(&ada, ListBranches::ID, &scope), None);
    }

    #[test]
    fn legacy_keys_want_attention_on_the_page_of_the_keys() {
        let wants = Wants::default();
        let ada = PersonId::from("ada".to_owned());
        let request = Request::of(&GetLegacyApiKeys {
            project: "abcdefghijklmnopqrst".to_owned(),
        })
        .unwrap();
        wants.learn(&ada, &request, br#"{ "enabled": true }"#);
        assert_eq!(wants.get(&ada, ListApiKeys::ID, &Scope::of(&request)), Some(1));
        wants.learn(&ada, &request, br#"{ "enabled": false }"#);
        assert_eq!(wants.get(&ada, ListApiKeys::ID, &Scope::of(&request)), None);
    }
}
