//! Refusals: the one place where upstream's answers that are not 2xx become a [`ConsoleError`].

use std::sync::Arc;

use app::error::ConsoleError;
use management_api::{ApiError, Effect, Request, Role, Row, lowest_role};
use serde_json::Value;
use tower::{Layer, ServiceExt};

use super::{
    blot::{SECRET, blot},
    call::{Answer, Call, Failure, Next, Refused},
    layer::{Stacked, stacked},
};
use crate::identity::Identity;

/// Characters of an upstream message, at most: it is text from outside.
const MESSAGE: usize = 1_000;
/// Seconds to wait after a 429 that does not say how long: a window of upstream's limits.
pub(super) const WINDOW: u32 = 60;
/// What upstream says instead of 404 of a project that was deleted.
const REMOVED: &str = "Resource has been removed";
/// Characters of a secret that is found anywhere in a sentence; a shorter one might be any word of it.
const LONG: usize = 8;
/// Fields beside a secret that are none.
const NO_SECRETS: [&str; 5] = ["name", "type", "id", "slug", "region"];

pub(super) fn layer<S: Next>() -> impl Layer<S, Service = Stacked> {
    stacked((), translated)
}

async fn translated<S: Next>(inner: S, _: Arc<()>, call: Call) -> Result<Answer, Failure> {
    let row = call.request.id.row();
    let secrets = secrets(&call.request);
    let token = matches!(call.caller.identity, Identity::Person(_));
    let answer = inner.oneshot(call).await?;
    if (200..300).contains(&answer.status) {
        return Ok(answer);
    }
    let refused = told(answer, &secrets);
    Err(Failure {
        error: refusal(row, token, &refused),
        sent: true,
        refusal: Some(Box::new(refused)),
    })
}

/// What upstream said, fit to be shown.
fn told(answer: Answer, secrets: &[String]) -> Refused {
    let ApiError {
        message,
        event,
        missing,
        page,
    } = ApiError::read(&answer.body);
    Refused {
        message: presentable(message, secrets),
        event: event
            .map(|event| presentable(event, &[]))
            .filter(|event| !event.is_empty()),
        missing,
        page,
        ..answer.into()
    }
}

/// `token`: whether it came by a personal token, to whose owner OAuth's scopes say nothing.
fn refusal(row: &Row, token: bool, refused: &Refused) -> ConsoleError {
    let (status, message) = (refused.status, refused.message.clone());
    let said = ApiError {
        message: message.clone(),
        page: refused.page,
        ..ApiError::default()
    };
    match status {
        408 | 500..=599 if status != 544 => failed(row, refused),
        // Too many calls are too many, whoever says so.
        400..=499 if refused.page && status != 429 => ConsoleError::Unreachable {
            message: format!(
                "A web page came in the place of an answer (status {status}): a firewall or proxy on the way refused this, \
                 and not Supabase. Ask whoever runs this Steward."
            ),
        },
        401 if said.is_about_the_token() => ConsoleError::Reconnect,
        402 => ConsoleError::PlanLimit { message },
        403 => forbidden(row, token, refused),
        404 => ConsoleError::NotFound,
        400 if message.trim_end_matches('.').eq_ignore_ascii_case(REMOVED) => ConsoleError::NotFound,
        429 => ConsoleError::RateLimited {
            seconds: refused.rate.reset.unwrap_or(WINDOW).max(1),
        },
        // Outside the 4xx, but about what was asked for: the hostname is in use elsewhere.
        400..=499 | 544 => {
            let message = if message.is_empty() {
                format!("Supabase refused this and gave no reason (status {status}). Check what you entered.")
            } else {
                message
            };
            ConsoleError::Refused { status, message }
        }
        other => ConsoleError::Unreadable {
            message: format!("It answered with status {other}, which the API never does. Is SUPABASE_API_URL right?"),
        },
    }
}

/// Upstream failed. Whether it had made a change by then is not known.
fn failed(row: &Row, refused: &Refused) -> ConsoleError {
    let (status, event) = (refused.status, refused.event.clone());
    let message = if refused.page {
        "A web page came in the place of an answer: something before Supabase failed.".to_owned()
    } else {
        refused.message.clone()
    };
    match row.effect {
        Effect::Read => ConsoleError::Upstream { status, message, event },
        Effect::Write | Effect::Costly | Effect::Destructive => ConsoleError::Uncertain {
            status: Some(status),
            message: format!("Supabase answered with status {status}. {message}")
                .trim_end()
                .to_owned(),
            event,
        },
    }
}

/// With the permissions that upstream says are missing, else those that the operation needs; and who has them.
fn forbidden(row: &Row, token: bool, refused: &Refused) -> ConsoleError {
    let lowest = if refused.missing.is_empty() {
        row.deciding().map(|deciding| deciding.lowest)
    } else {
        refused.missing.iter().filter_map(|name| lowest_role(name)).max()
    };
    let permissions = if refused.missing.is_empty() {
        row.permissions.names().iter().map(|name| (*name).to_owned()).collect()
    } else {
        refused.missing.clone()
    };
    ConsoleError::Forbidden {
        permissions,
        roles: lowest.map(Role::and_above),
        token,
        scope: row.scope.filter(|_| !token).map(str::to_owned),
        message: refused.message.clone(),
    }
}

/// Text from outside made fit to be shown and kept: no secret that was sent, no control characters but the ends of lines (by
/// which PostgreSQL's errors are told apart), not too long.
fn presentable(text: String, secrets: &[String]) -> String {
    let text = secrets.iter().fold(text, |text, secret| without(text, secret));
    let text = blot(&text);
    text.trim()
        .chars()
        .map(|c| if c.is_control() && c != '\n' { ' ' } else { c })
        .take(MESSAGE)
        .collect()
}

/// A sentence without a secret of those that were sent. A short one might be any word of it, so only in quotes it is
/// taken for what was sent.
fn without(text: String, secret: &str) -> String {
    if secret.chars().count() >= LONG {
        return text.replace(secret, SECRET);
    }
    if text.trim() == secret {
        return SECRET.to_owned();
    }
    let quotes = ["\"\"", "''", "``", "\u{201c}\u{201d}", "\u{2018}\u{2019}"];
    quotes.iter().fold(text, |text, quotes| {
        let mut quotes = quotes.chars();
        match (quotes.next(), quotes.next()) {
            (Some(open), Some(close)) => {
                text.replace(&format!("{open}{secret}{close}"), &format!("{open}{SECRET}{close}"))
            }
            (_, _) => text,
        }
    })
}

/// The texts among the secret parameters: an upstream message may repeat what was wrong with one, and so may an answer.
pub fn secrets(request: &Request) -> Vec<String> {
    let mut found = Vec::new();
    for name in request.id.row().secret_parameters {
        collect(request.parameters.get(name), &mut found);
    }
    found
}

fn collect(value: Option<&Value>, found: &mut Vec<String>) {
    match value {
        Some(Value::String(text)) if !text.is_empty() => found.push(text.clone()),
        Some(Value::Array(values)) => values.iter().for_each(|value| collect(Some(value), found)),
        Some(Value::Object(values)) => {
            let secret = values.iter().filter(|(name, _)| !NO_SECRETS.contains(&name.as_str()));
            secret.for_each(|(_, value)| collect(Some(value), found));
        }
        Some(Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_)) | None => {}
    }
}

#[cfg(test)]
mod tests {
    use management_api::OperationId;
    use serde_json::json;

    use super::*;
    use crate::stack::{Rate, tests};

    fn answered(status: u16, body: &str, reset: Option<u32>) -> ConsoleError {
        let rate = Rate {
            reset,
            ..Rate::default()
        };
        let answer = tests::answer(status, body, rate);
        refusal(OperationId::PauseProject.row(), false, &told(answer, &[]))
    }

    fn read(status: u16, body: &str, token: bool) -> ConsoleError {
        let answer = tests::answer(status, body, Rate::default());
        refusal(OperationId::GetProject.row(), token, &told(answer, &[]))
    }

    fn refused(status: u16, message: &str) -> ConsoleError {
        answered(
            status,
            &json!({ "message": message, "errorEventId": "e1" }).to_string(),
            None,
        )
    }

    #[test]
    fn every_refusal_has_its_meaning() {
        let m = || "why".to_owned();
        let no = |status| ConsoleError::Refused { status, message: m() };
        assert_eq!(refused(401, "Unauthorized"), ConsoleError::Reconnect);
        assert_eq!(refused(401, ""), ConsoleError::Reconnect);
        assert_eq!(refused(402, "why"), ConsoleError::PlanLimit { message: m() });
        assert_eq!(
            refused(403, "why"),
            ConsoleError::Forbidden {
                permissions: vec!["project_admin_write".to_owned()],
                roles: Some("Administrators and Owners".to_owned()),
                token: false,
                scope: Some("projects:write".to_owned()),
                message: m(),
            }
        );
        assert_eq!(refused(404, "why"), ConsoleError::NotFound);
        assert_eq!(refused(400, "Resource has been removed"), ConsoleError::NotFound);
        for status in [400, 406, 409, 422, 544] {
            assert_eq!(refused(status, "why"), no(status));
        }
        let sentence = "Custom SMTP is required for this";
        assert_eq!(
            refused(401, sentence),
            ConsoleError::Refused {
                status: 401,
                message: sentence.to_owned()
            }
        );
    }

    #[test]
    fn a_failure_leaves_open_whether_a_change_was_made() {
        let body = json!({ "message": "why", "errorEventId": "e1" }).to_string();
        for status in [408, 500, 502, 503, 504, 520, 524, 599] {
            let event = Some("e1".to_owned());
            assert_eq!(
                answered(status, &body, None),
                ConsoleError::Uncertain {
                    status: Some(status),
                    message: format!("Supabase answered with status {status}. why"),
                    event: event.clone()
                }
            );
            let message = "why".to_owned();
            assert_eq!(
                read(status, &body, false),
                ConsoleError::Upstream { status, message, event }
            );
        }
    }

    #[test]
    fn a_page_of_a_proxy_is_told_as_that() {
        for status in [401, 403, 404] {
            let error = read(status, "<html>Blocked</html>", false);
            let ConsoleError::Unreachable { message } = &error else {
                panic!("{error:?}")
            };
            assert!(message.contains("a firewall or proxy on the way"), "{message}");
        }
        let told = read(502, "<html>Bad Gateway</html>", false).to_string();
        assert!(told.contains("something before Supabase failed"), "{told}");
        assert_eq!(read(429, "<html>", false), ConsoleError::RateLimited { seconds: 60 });
    }

    #[test]
    fn scopes_are_not_named_to_who_has_a_token() {
        let ConsoleError::Forbidden { token, scope, .. } = read(403, "", true) else {
            panic!("another error")
        };
        assert_eq!((token, scope), (true, None));
    }

    #[test]
    fn secrets_are_found_by_what_they_are() {
        let sent = ["longer-than-most".to_owned(), "on".to_owned()];
        for (said, left) in [
            ("longer-than-most is weak", "[secret] is weak"),
            ("only \"on\" of one letter", "only \"[secret]\" of one letter"),
            ("on", "[secret]"),
            ("the key sb_secret_abcDEF-1_2 is on", "the key [secret] is on"),
        ] {
            assert_eq!(presentable(said.to_owned(), &sent), left);
        }
        let parameters = json!({ "secrets": [{ "name": "STRIPE_KEY", "value": "hush" }] });
        let request = Request {
            id: OperationId::CreateSecrets,
            path: String::new(),
            query: Vec::new(),
            body: None,
            idempotency_key: None,
            parameters,
        };
        assert_eq!(secrets(&request), ["hush"]);
    }

    #[test]
    fn what_upstream_says_is_missing_counts_and_not_what_the_operation_needs() {
        let body = json!({ "message": "why", "missing_permissions": ["database_write", "infra_add_ons_write"] });
        let told = answered(403, &body.to_string(), None);
        let expected = ConsoleError::Forbidden {
            permissions: vec!["database_write".to_owned(), "infra_add_ons_write".to_owned()],
            roles: Some("Administrators and Owners".to_owned()),
            token: false,
            scope: Some("projects:write".to_owned()),
            message: "why".to_owned(),
        };
        assert_eq!(told, expected);
    }

    #[test]
    fn a_used_up_limit_says_for_how_long() {
        assert_eq!(answered(429, "", Some(17)), ConsoleError::RateLimited { seconds: 17 });
        assert_eq!(answered(429, "", Some(0)), ConsoleError::RateLimited { seconds: 1 });
        assert_eq!(answered(429, "", None), ConsoleError::RateLimited { seconds: 60 });
    }

    #[test]
    fn a_body_of_another_shape_leaves_a_plain_sentence() {
        for body in ["", "null"] {
            let error = answered(409, body, None).to_string();
            assert!(error.contains("gave no reason (status 409)"), "{error}");
        }
    }

    #[test]
    fn what_is_no_answer_of_the_api_cannot_be_read() {
        for status in [101, 302, 600] {
            assert!(matches!(answered(status, "", None), ConsoleError::Unreadable { .. }));
        }
    }

    #[test]
    fn a_message_is_cut_and_cleaned() {
        let long = "\u{1f600}".repeat(2_000);
        assert_eq!(
            refused(409, &long),
            ConsoleError::Refused {
                status: 409,
                message: "\u{1f600}".repeat(1_000)
            }
        );
        let cleaned = ConsoleError::Refused {
            status: 409,
            message: "one two".to_owned(),
        };
        assert_eq!(refused(409, " one\u{0}two\n"), cleaned);
    }
}
