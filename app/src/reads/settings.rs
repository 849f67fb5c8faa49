//! Configurations: all of a project's, side by side.

use futures::future::join_all;
use management_api::Scope;

use crate::{
    backend::BackendHandle,
    error::ConsoleError,
    settings::{Area, current::Current, document::Read},
};

/// Every configuration of a project, or why it cannot be read. One call for each.
///
/// # Errors
/// None of them could be read: the first one's reason.
pub async fn all(backend: &BackendHandle, project: &str) -> Result<Read, ConsoleError> {
    let each = Area::ALL
        .into_iter()
        .map(|area| async move { (area, one(backend, project, area).await) });
    let read = join_all(each).await;
    match read.iter().find(|(_, current)| current.is_ok()) {
        Some(_) => Ok(read),
        None => Err(read
            .into_iter()
            .find_map(|(_, current)| current.err())
            .unwrap_or(ConsoleError::NotFound)),
    }
}

/// One of them; nothing is asked for what the person may not read.
///
/// # Errors
/// What is missing, or whatever the call meets.
pub async fn one(backend: &BackendHandle, project: &str, area: &'static Area) -> Result<Current, ConsoleError> {
    let scope = Scope::Project(project.to_owned());
    if let Err(why) = backend.may(area.read, &scope) {
        return Err(ConsoleError::Refused {
            status: 403,
            message: why.sentence(),
        });
    }
    Current::read(area, project, backend).await
}
