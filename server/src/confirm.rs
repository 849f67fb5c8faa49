//! Confirm: before anything is destroyed, its name is typed by the person.

use app::{
    backend::{BackendHandle, narrow},
    error::ConsoleError,
    form::{CONFIRM, Confirmation},
};
use management_api::{Request, projects::GetProject};

/// Checks what was typed against the thing that `request` would destroy; other requests need no confirmation.
///
/// # Errors
/// [`ConsoleError::Invalid`], which tells what to type, and whatever keeps the project's name from being known.
pub async fn confirm(request: &Request, typed: &str, backend: &BackendHandle) -> Result<(), ConsoleError> {
    let expected = match Confirmation::of(request.id.row()) {
        Confirmation::None | Confirmation::Sure => return Ok(()),
        Confirmation::Again(name) => request.parameter(name).unwrap_or_default().to_owned(),
        Confirmation::ProjectName => {
            let reference = request.parameter("ref").unwrap_or_default().to_owned();
            narrow(backend, &GetProject { project: reference }).await?.name
        }
    };
    if typed.trim() == expected.trim() {
        return Ok(());
    }
    Err(ConsoleError::invalid(
        CONFIRM,
        format!("Nothing was done: type \u{201c}{expected}\u{201d} to confirm."),
    ))
}
