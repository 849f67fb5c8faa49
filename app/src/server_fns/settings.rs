//! Configurations: what their pages read.

use futures::future::join_all;
use leptos::{prelude::*, server_fn::codec::Json};
use serde::{Deserialize, Serialize};

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

/// One configuration of two projects. Each may fail for a reason of its own.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AreaPair {
    /// The area's word.
    pub area: String,
    pub here: Result<Current, ConsoleError>,
    pub there: Result<Current, ConsoleError>,
}

impl AreaPair {
    /// Whether both were read, and nothing differs.
    pub fn is_same(&self) -> bool {
        match (&self.here, &self.there) {
            (Ok(here), Ok(there)) => here.values == there.values && here.secrets == there.secrets,
            (Err(_), _) | (_, Err(_)) => false,
        }
    }
}

/// All configurations of two projects, side by side: two calls for each, since the API knows no call for several.
#[server(prefix = "/api", endpoint = "settings-compared", input = Json, output = Json)]
pub async fn compared(project: String, with: String) -> Result<Vec<AreaPair>, ConsoleError> {
    let backend = backend::handle()?;
    let pairs = Area::ALL.into_iter().map(|area| {
        let (backend, project, with) = (&backend, &project, &with);
        async move {
            let (here, there) = futures::join!(
                Current::read(area, project, backend),
                Current::read(area, with, backend)
            );
            AreaPair {
                area: area.key.to_owned(),
                here,
                there,
            }
        }
    });
    Ok(join_all(pairs).await)
}
