//! The way to a parameter that lies within others.

use std::{collections::BTreeSet, sync::LazyLock};

use management_api::OperationId;
use serde_json::{Map, Value};

/// The steps of the way to a parameter, such as `features.s3Protocol.enabled`.
pub(crate) fn steps(name: &str) -> Vec<&str> {
    if dotted().contains(name) {
        vec![name]
    } else {
        name.split('.').collect()
    }
}

/// The API's own names that hold a dot, such as `cron.log_statement`: no way into an object.
fn dotted() -> &'static BTreeSet<String> {
    static DOTTED: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
        let schemas = OperationId::ALL.iter().map(|id| id.schema());
        let names = schemas.filter_map(|schema| {
            let properties = schema.get("properties")?.as_object()?;
            Some(
                properties
                    .keys()
                    .filter(|name| name.contains('.'))
                    .cloned()
                    .collect::<Vec<_>>(),
            )
        });
        names.flatten().collect()
    });
    &DOTTED
}

/// Sets a parameter by the way to it.
pub(crate) fn put(parameters: &mut Map<String, Value>, name: &str, value: Value) {
    let steps = steps(name);
    let Some((last, wholes)) = steps.split_last() else {
        return;
    };
    let mut at = parameters;
    for whole in wholes {
        let Value::Object(object) = at.entry(*whole).or_insert_with(|| serde_json::json!({})) else {
            return;
        };
        at = object;
    }
    at.insert((*last).to_owned(), value);
}

/// Takes a parameter out by the way to it.
pub(crate) fn take_out(parameters: &mut Value, name: &str) -> Option<Value> {
    let steps = steps(name);
    let (last, wholes) = steps.split_last()?;
    let object = wholes
        .iter()
        .try_fold(parameters, |object, whole| object.get_mut(whole))?;
    object.as_object_mut()?.remove(*last)
}
