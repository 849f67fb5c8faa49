//! Lists: what a person's lists held when their answers passed by, so that it can be found without asking again.

use std::{sync::Arc, time::Duration};

use app::{backend::Named, error::shortened};
use management_api::{
    Operation, OperationId, Request, Scope,
    branches::ListBranches,
    functions::{Function, GetFunction, ListFunctions},
    organizations::ListOrganizations,
    projects::ListProjects,
    secrets::ListSecrets,
};
use moka::sync::Cache;
use serde_json::Value;

use super::NAME;
use crate::identity::PersonId;

/// Bytes that are kept at most, of all people together.
const BYTES: u64 = 16 * 1024 * 1024;
/// Bytes that an entry takes beside its texts.
const ENTRY: usize = 60;
/// A list that is older is asked for again.
const KEPT: Duration = Duration::from_secs(600);
/// Entries of one list, at most.
const ENTRIES: usize = 2_000;

/// The lists that are searched, what addresses name their entries by, and what people call them.
pub const SEARCHED: [(OperationId, &str, &str); 5] = [
    (ListProjects::ID, "ref", "name"),
    (ListOrganizations::ID, "slug", "name"),
    (ListBranches::ID, "project_ref", "name"),
    (ListFunctions::ID, "slug", "name"),
    (ListSecrets::ID, "name", "name"),
];

type Key = (PersonId, OperationId, Scope);

/// By person, operation and place; what one person has seen is nobody else's.
#[derive(Clone)]
pub struct Lists(Cache<Key, Arc<Vec<Named>>>);

impl Default for Lists {
    fn default() -> Self {
        let texts = |named: &Named| {
            let more = [&named.id, &named.status].into_iter().flatten();
            ENTRY + named.key.len() + named.name.len() + more.map(String::len).sum::<usize>()
        };
        let weigh = move |_: &Key, list: &Arc<Vec<Named>>| {
            let bytes: usize = ENTRY + list.iter().map(texts).sum::<usize>();
            u32::try_from(bytes).unwrap_or(u32::MAX)
        };
        Self(
            Cache::builder()
                .max_capacity(BYTES)
                .weigher(weigh)
                .time_to_live(KEPT)
                .build(),
        )
    }
}

impl Lists {
    pub fn get(&self, person: &PersonId, operation: OperationId, scope: &Scope) -> Option<Vec<Named>> {
        let list = self.0.get(&(person.clone(), operation, scope.clone()))?;
        Some(list.to_vec())
    }

    /// Remembers the list that `body` holds, where it is one of those that are searched; or the one function that it tells.
    pub fn learn(&self, person: &PersonId, request: &Request, body: &[u8]) {
        if request.id == GetFunction::ID {
            return self.learn_function(person, request, body);
        }
        let Some((_, key, name)) = SEARCHED.into_iter().find(|(id, _, _)| *id == request.id) else {
            return;
        };
        let Ok(Value::Array(entries)) = serde_json::from_slice(body) else {
            return;
        };
        let text = |entry: &Value, field: &str| entry.get(field)?.as_str().map(str::to_owned);
        let named = |entry: &Value| {
            let key = text(entry, key)?;
            let name = text(entry, name).map_or_else(|| key.clone(), |name| shortened(name, NAME));
            let id = text(entry, "id").filter(|_| request.id == ListFunctions::ID);
            let status = text(entry, "status").filter(|_| request.id == ListProjects::ID);
            Some(Named { key, name, id, status })
        };
        let list: Vec<Named> = entries.iter().filter_map(named).take(ENTRIES).collect();
        self.0
            .insert((person.clone(), request.id, Scope::of(request)), Arc::new(list));
    }

    /// Adds a function to those of its project that were read one by one: its page needs its id when it is opened again.
    fn learn_function(&self, person: &PersonId, request: &Request, body: &[u8]) {
        let Ok(function) = serde_json::from_slice::<Function>(body) else {
            return;
        };
        let key = (person.clone(), request.id, Scope::of(request));
        let mut known = self.0.get(&key).map(|known| known.to_vec()).unwrap_or_default();
        known.retain(|one| one.key != function.slug);
        known.truncate(ENTRIES);
        known.push(Named {
            key: function.slug,
            name: shortened(function.name, NAME),
            id: Some(function.id),
            status: None,
        });
        self.0.insert(key, Arc::new(known));
    }
}
