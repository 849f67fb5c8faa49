//! Configurations: what their pages read.

use leptos::{prelude::*, server_fn::codec::Json};

use crate::{
    backend,
    error::ConsoleError,
    settings::{Area, current::Current},
};

/// A project's configuration as it is, without secrets. One call.
#[server(prefix = "/api", endpoint = "settings", input = Json, output = Json)]
pub async fn area_now(area: String, project: String) -> Result<Current, ConsoleError> {
    let area = Area::of(&area).ok_or(ConsoleError::NotFound)?;
    Current::read(area, &project, &backend::handle()?).await
}
