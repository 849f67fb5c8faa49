//! Intent: what is written down of a call before it leaves, and of its end.

use std::time::Duration;

use app::{audit::Budget, error::ConsoleError};
use management_api::{Request, Scope};
use serde_json::Value;
use time::OffsetDateTime;

use super::{
    blot::{SECRET, blot, blot_all},
    call::{Answer, Call, Failure, Rate, Refused},
    sentence::sentence,
};
use crate::{
    audit_log::{Decision, End, Intent, Outcome},
    directory::{Directory, Place},
};

/// Characters of one text among the parameters, at most: files and long queries are named by their length.
const TEXT: usize = 4_000;
/// Bytes of all parameters, at most.
const PARAMETERS: usize = 32 * 1024;

impl Intent {
    /// `directory`: where sentences get the names of places from.
    pub(crate) fn of(call: &Call, directory: Option<&Directory>) -> Self {
        let name_of = |key: &str| directory?.name(&call.caller.person, key);
        let Call {
            caller,
            request,
            reveals,
            place,
            files: _,
            anew: _,
            part: _,
            cut_at: _,
            passage: _,
            by,
        } = call;
        let mut intent = Self {
            at: OffsetDateTime::now_utc(),
            person: caller.person.clone(),
            label: caller.label.clone(),
            through: caller.through,
            operation: request.id,
            scope: Scope::Account,
            organization: None,
            connection: by.clone(),
            known: false,
            sentence: sentence(&caller.label, request, *reveals, name_of),
            parameters: presentable(request),
        };
        intent.belongs_to(place, directory);
        intent
    }

    /// Says whose people are told of it.
    pub(super) fn belongs_to(&mut self, place: &Place, directory: Option<&Directory>) {
        let seen = |key: &String| directory.is_some_and(|directory| directory.name(&self.person, key).is_some());
        self.known = match &place.scope {
            Scope::Project(key) | Scope::Organization(key) => seen(key) || place.own.as_ref().is_some_and(seen),
            Scope::Account => false,
        };
        self.scope = place.scope.clone();
        self.organization = place.organization.clone();
    }
}

/// The parameters without secrets, and without what would fill the audit.
fn presentable(request: &Request) -> Value {
    let secrets = request.id.row().secret_parameters;
    let mut parameters = request.parameters.clone();
    // Before anything is cut: half a secret would no longer look like one.
    blot_all(&mut parameters);
    clean(&mut parameters, secrets);
    if let Value::Object(parameters) = &mut parameters {
        let mut sizes: Vec<(usize, String)> = parameters
            .iter()
            .map(|(name, value)| (size(value), name.clone()))
            .collect();
        let mut total: usize = sizes.iter().map(|(size, _)| size).sum();
        // The largest go first.
        sizes.sort_unstable_by(|one, other| other.cmp(one));
        for (size, name) in sizes {
            if total <= PARAMETERS {
                break;
            }
            total -= size;
            parameters.insert(name, format!("[{size} bytes, not kept]").into());
        }
    }
    parameters
}

fn size(value: &Value) -> usize {
    value.to_string().len()
}

fn clean(value: &mut Value, secrets: &[&str]) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                if !value.is_null() && secrets.contains(&name.as_str()) {
                    *value = SECRET.into();
                } else {
                    clean(value, secrets);
                }
            }
        }
        Value::Array(values) => values.iter_mut().for_each(|value| clean(value, secrets)),
        Value::String(text) => {
            if let Some((end, _)) = text.char_indices().nth(TEXT) {
                *text = format!("{}\u{2026} [{} bytes in all]", &text[..end], text.len());
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

impl End {
    pub(super) fn of(result: &Result<Answer, Failure>, took: Duration) -> Self {
        let (decision, rate, request_id) = match result {
            Ok(answer) => (Decision::Allowed, answer.rate, answer.request_id.clone()),
            Err(failure) => {
                let decision = if failure.sent {
                    Decision::Allowed
                } else {
                    Decision::Refused
                };
                match failure.refusal.as_deref() {
                    Some(Refused { rate, request_id, .. }) => (decision, *rate, request_id.clone()),
                    None => (decision, Rate::default(), None),
                }
            }
        };
        Self {
            decision,
            outcome: Outcome::of(result),
            reached: reached(result),
            budget: Budget {
                remaining: rate.remaining,
                limit: rate.limit,
            },
            request_id,
            took,
        }
    }
}

/// Whether the answer shows that the caller could reach the place. Who could not has no say in what its people read, and a
/// refusal of what was sent may have come before anybody asked who sent it.
fn reached(result: &Result<Answer, Failure>) -> Option<bool> {
    match result {
        Ok(_) => Some(true),
        Err(Failure { refusal: None, .. }) => None,
        Err(Failure { error, .. }) => match error {
            ConsoleError::SignedOut
            | ConsoleError::Reconnect
            | ConsoleError::Forbidden { .. }
            | ConsoleError::NotFound => Some(false),
            ConsoleError::Refused { .. }
            | ConsoleError::PlanLimit { .. }
            | ConsoleError::RateLimited { .. }
            | ConsoleError::Upstream { .. }
            | ConsoleError::Uncertain { .. }
            | ConsoleError::Unreachable { .. }
            | ConsoleError::Renewing { .. }
            | ConsoleError::Unreadable { .. }
            | ConsoleError::Invalid { .. }
            | ConsoleError::Busy
            | ConsoleError::Unconfirmed { .. }
            | ConsoleError::Unidentified
            | ConsoleError::NotConnected { .. }
            | ConsoleError::Internal { .. } => None,
        },
    }
}

/// What v2 answers beside `data` under `error` where it did some of several things: whose were not done, and why.
fn left_out(body: &[u8]) -> Option<String> {
    // Few answers are worth a second reading.
    body.windows(ISSUES.len()).any(|part| part == ISSUES).then_some(())?;
    let answer: Value = serde_json::from_slice(body).ok()?;
    answer.get("data")?;
    let issues = answer.pointer("/error/issues")?.as_array()?.iter();
    let said = issues.filter_map(|issue| {
        let email = issue["meta"]["email"].as_str()?;
        let why = issue["message"].as_str().unwrap_or_default().trim_end_matches('.');
        Some(format!("{email} ({why})"))
    });
    let said: Vec<_> = said.collect();
    (!said.is_empty()).then(|| format!("Not all of it was done: {}.", said.join(", ")))
}

const ISSUES: &[u8] = b"\"issues\"";

impl Outcome {
    fn of(result: &Result<Answer, Failure>) -> Self {
        match result {
            Ok(answer) => Self::Done {
                status: answer.status,
                understood: true,
                left_out: left_out(&answer.body).map(|message| blot(&message).into_owned()),
            },
            Err(Failure { error, sent, refusal }) => {
                let message = blot(&error.to_string()).into_owned();
                let status = refusal.as_ref().map(|refusal| refusal.status);
                match error {
                    ConsoleError::Uncertain { .. } => Self::Unanswered { status, message },
                    ConsoleError::Unreachable { .. } | ConsoleError::Unreadable { .. } if *sent && status.is_none() => {
                        Self::Unanswered { status, message }
                    }
                    _ => Self::Refused { status, message },
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use management_api::OperationId;
    use serde_json::json;

    use super::*;

    fn of(operation: OperationId, parameters: Value) -> Value {
        presentable(&Request {
            id: operation,
            path: String::new(),
            query: Vec::new(),
            body: None,
            idempotency_key: None,
            parameters,
        })
    }

    #[test]
    fn secrets_are_replaced_however_deep_they_lie() {
        let parameters =
            json!({ "name": "Shop", "db_pass": "hidden", "more": [{ "db_pass": ["hidden"] }, { "db_pass": null }] });
        assert_eq!(
            of(OperationId::CreateProject, parameters),
            json!({ "name": "Shop", "db_pass": SECRET, "more": [{ "db_pass": SECRET }, { "db_pass": null }] })
        );
    }

    #[test]
    fn what_would_fill_the_audit_is_named_by_its_length() {
        let text = "\u{e9}".repeat(10_000);
        let kept = of(OperationId::CreateFunction, json!({ "ref": "shop", "body": text }));
        let kept = kept["body"].as_str().unwrap();
        assert!(kept.ends_with("\u{e9}\u{2026} [20000 bytes in all]"), "{kept}");
        let many = vec!["x".repeat(1_000); 100];
        let kept = of(
            OperationId::CreateFunction,
            json!({ "ref": "shop", "file": many, "small": [1] }),
        );
        assert_eq!(
            kept,
            json!({ "ref": "shop", "file": "[100301 bytes, not kept]", "small": [1] })
        );
        let names: serde_json::Map<_, _> = (0..5_000).map(|n| (n.to_string(), "1234567890".into())).collect();
        let kept = of(OperationId::CreateFunction, names.into());
        let left_out = kept
            .as_object()
            .unwrap()
            .values()
            .filter(|value| **value == "[12 bytes, not kept]");
        assert_eq!(left_out.count(), 5_000 - PARAMETERS / 12);
    }
}
