//! Others: what a person reads of the parameters of somebody else's call. Statements, sources and templates often hold what
//! is nobody else's, so of those there is the first line, how long they are, and a mark by which equal ones are known.

use std::collections::BTreeSet;

use app::audit::AuditCall;
use management_api::catalogue::UnknownOperation;
use serde_json::Value;

use crate::{
    identity::SignedIn,
    may::{self, Verdict},
    state::{Shared, State},
    store::Store,
};

/// Parameters that hold texts of people's own.
const TEXTS: [&str; 7] = ["query", "sql", "rollback", "body", "file", "seed", "metadata_xml"];
/// And those that begin so.
const TEMPLATES: &str = "mailer_templates_";
/// Organizations of a page in which it is found out what the reader may do, at most.
const ORGANIZATIONS: usize = 8;
/// Characters of a first line, at most.
const LINE: usize = 120;

/// Shortens what the reader may not read whole, of a page of calls.
pub async fn shorten_for(calls: &mut [AuditCall], shared: &Shared, reader: &SignedIn) {
    let others = calls.iter().filter(|call| !call.own);
    let slugs: BTreeSet<String> = others.filter_map(|call| call.organization.clone()).collect();
    may::know_all(shared, reader, slugs.into_iter().take(ORGANIZATIONS)).await;
    calls.iter_mut().for_each(|call| shorten(call, shared, reader));
}

fn shorten(call: &mut AuditCall, shared: &State, reader: &SignedIn) {
    // It may be named after organizations that the reader knows nothing of.
    if !call.own {
        call.connection = None;
    }
    if !may_read_whole(call, shared, reader)
        && let Value::Object(parameters) = &mut call.parameters
    {
        for (name, value) in parameters {
            shorten_named(name, value, &shared.store);
        }
    }
}

/// Whoever made the call has typed it; and who is known to hold the operation's permission may type the same. Here what is
/// not known is not allowed.
fn may_read_whole(call: &AuditCall, shared: &State, reader: &SignedIn) -> bool {
    call.own
        || match call.operation.parse() {
            Ok(operation) => may::judge(shared, reader, operation, &call.scope) == Verdict::Allowed,
            Err(UnknownOperation(_)) => false,
        }
}

fn shorten_named(name: &str, value: &mut Value, store: &Store) {
    if TEXTS.contains(&name) || name.starts_with(TEMPLATES) {
        return shorten_all(value, store);
    }
    match value {
        Value::Object(fields) => fields
            .iter_mut()
            .for_each(|(name, value)| shorten_named(name, value, store)),
        Value::Array(values) => values.iter_mut().for_each(|value| shorten_named("", value, store)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn shorten_all(value: &mut Value, store: &Store) {
    match value {
        Value::String(text) => *text = gist(text, store),
        Value::Object(fields) => fields.values_mut().for_each(|value| shorten_all(value, store)),
        Value::Array(values) => values.iter_mut().for_each(|value| shorten_all(value, store)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// `select 1 … [3 lines, 120 bytes, mark 0a1b…]`; the mark is keyed, so that nobody can try texts against it.
fn gist(text: &str, store: &Store) -> String {
    let mut lines = text.lines();
    let first = lines.next().unwrap_or_default();
    let first: String = first.chars().take(LINE).collect();
    if first.len() == text.trim_end().len() {
        return text.to_owned();
    }
    let lines = lines.count() + 1;
    let mark = store.mark(text);
    let plural = if lines == 1 { "" } else { "s" };
    format!(
        "{first} \u{2026} [{lines} line{plural}, {} bytes, mark {mark}]",
        text.len()
    )
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::store;

    #[tokio::test]
    async fn texts_of_others_are_told_by_their_first_line() {
        let dir = tempfile::tempdir().unwrap();
        let store = store::for_tests(dir.path()).await;
        let of = |name: &str, value: Value| {
            let mut value = value;
            shorten_named(name, &mut value, &store);
            value
        };
        assert_eq!(of("query", json!("select 1")), "select 1");
        let two = of("query", json!("select 1;\nselect 'private'"));
        let two = two.as_str().unwrap();
        assert!(two.starts_with("select 1; \u{2026} [2 lines, 26 bytes, mark "), "{two}");
        assert_eq!(of("query", json!("select 1;\nselect 'private'")), two);
        assert_ne!(of("query", json!("select 1;\nselect 'another'")), two);
        let long = of("body", json!("x".repeat(500)));
        assert!(long.as_str().unwrap().contains("[1 line, 500 bytes"), "{long}");
        assert_eq!(of("name", json!("two\nlines")), "two\nlines");
        let deep = of("metadata", json!({ "file": [{ "content": "a\nprivate" }] })).to_string();
        assert!(!deep.contains("private"), "{deep}");
        let template = of("mailer_templates_invite_content", json!("<h1>\nprivate")).to_string();
        assert!(!template.contains("private"), "{template}");
    }
}
