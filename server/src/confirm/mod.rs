//! Confirm: before anything is destroyed its name is typed, or of several things how many they are, and before anything is paid for, opened or stopped a box is
//! ticked that says so. The only judge, whichever form asks.

mod told;

use app::{
    backend::{BackendHandle, narrow},
    error::ConsoleError,
    form::{CONFIRM, Confirmation, SURE, Sent, each_key, project_key},
    outcome::Question,
};
use management_api::{
    Request,
    projects::{GetNetworkRestrictions, GetProject},
};
use serde_json::Value;
use sha2::{Digest, Sha256};

/// Checks that `sent` says yes to what `request` would do.
///
/// # Errors
/// [`ConsoleError::Invalid`], which tells what to type; [`ConsoleError::Unconfirmed`], which tells what to say yes to;
/// and whatever keeps the project's name from being known.
pub async fn confirm(request: &Request, sent: &Sent, backend: &BackendHandle) -> Result<(), ConsoleError> {
    let confirmation = Confirmation::of(request.id.row());
    let (what, expected) = match confirmation {
        Confirmation::Project => {
            let reference = request.parameter("ref").unwrap_or_default();
            let project = GetProject {
                project: reference.to_owned(),
            };
            let name = narrow(backend, &project).await?.name;
            let (what, key) = project_key(&name, reference);
            (what, key.to_owned())
        }
        Confirmation::Again(name) => (name, request.parameter(name).unwrap_or_default().to_owned()),
        Confirmation::Each(name) => {
            let things = request.parameters.get(name).and_then(Value::as_array);
            let names: Vec<&str> = things.into_iter().flatten().filter_map(Value::as_str).collect();
            each_key(&names)
        }
        Confirmation::None | Confirmation::Sure(_) | Confirmation::Told => {
            return match question(request, confirmation, backend).await {
                Some(question) if !sent.all(SURE).any(|sure| sure == question.sure) => {
                    Err(ConsoleError::Unconfirmed { question })
                }
                Some(_) | None => Ok(()),
            };
        }
    };
    // Letter by letter; and nothing is not the name of anything.
    if !expected.trim().is_empty() && sent.text(CONFIRM) == Some(expected.as_str()) {
        return Ok(());
    }
    Err(ConsoleError::invalid(
        CONFIRM,
        format!("Nothing was done: type \u{201c}{expected}\u{201d} to confirm. That is the {what}."),
    ))
}

/// What must be said yes to first: what comes of these very parameters, else what the operation always asks.
async fn question(request: &Request, confirmation: Confirmation, backend: &BackendHandle) -> Option<Question> {
    let ranges = if told::takes_ranges_away(request) {
        let project = request.parameter("ref").unwrap_or_default().to_owned();
        // ok: where they cannot be read, the question says so.
        narrow(backend, &GetNetworkRestrictions { project }).await.ok()
    } else {
        None
    };
    let ranges = ranges.map(|restrictions| restrictions.config);
    if let Some(told) = told::told(request, ranges.as_ref()).await {
        return Some(Question {
            sure: digest(request, &told),
            does: told.does,
        });
    }
    match confirmation {
        Confirmation::Sure(does) => Some(Question::always(does)),
        Confirmation::None
        | Confirmation::Project
        | Confirmation::Again(_)
        | Confirmation::Each(_)
        | Confirmation::Told => None,
    }
}

/// Binds a yes to the operation, the place and the text that was asked about: what is changed after the box was ticked
/// is asked about anew. No seal, since whoever answers is the one who asks.
fn digest(request: &Request, told: &told::Told) -> String {
    let mut hash = Sha256::new();
    for part in [request.id.as_str(), &request.path, &told.does, &told.about] {
        hash.update(part.len().to_le_bytes());
        hash.update(part);
    }
    let digest = hash.finalize();
    digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}
