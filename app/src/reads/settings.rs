//! Configurations: all of a project's, side by side.

use futures::future::join_all;
use management_api::{OperationId, Scope, billing::ListAddons};

use crate::{
    backend::{BackendHandle, narrow},
    error::ConsoleError,
    server_fns::infrastructure::{COMPUTE, selected},
    settings::{Area, current::Current, database, document::Read, machine::Machine},
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

/// The machine that an area's settings have to fit; `None` for those that have none, and where it cannot be told. One call
/// at most.
pub async fn machine(backend: &BackendHandle, project: &str, area: &Area) -> Option<Machine> {
    let scope = Scope::Project(project.to_owned());
    if *area != database::AREA || backend.may(OperationId::ListAddons, &scope).is_err() {
        return None;
    }
    let list = ListAddons {
        project: project.to_owned(),
    };
    // ok: without it only nothing is said of what is safe.
    let addons = narrow(backend, &list).await.ok()?;
    Machine::of(selected(&addons, COMPUTE)?)
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
