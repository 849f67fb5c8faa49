//! The organizations and projects that the switchers offer: names and links, nothing else.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::error::ConsoleError;

/// What a switcher switches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Organizations,
    Projects,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceLink {
    pub name: String,
    pub href: String,
}

/// Everything of `kind` that the person can see, by name; and where a connection is missing, the way to those.
#[server(prefix = "/api", endpoint = "places", input = leptos::server_fn::codec::Json, output = leptos::server_fn::codec::Json)]
pub async fn places(kind: Kind) -> Result<Vec<PlaceLink>, ConsoleError> {
    use crate::{backend::handle, call::call, paths};
    use management_api::{organizations::ListOrganizations, projects::ListProjects};

    let link = |name: String, href: String| PlaceLink { name, href };
    let mut places: Vec<PlaceLink> = match kind {
        Kind::Organizations => call(ListOrganizations {})
            .await?
            .into_iter()
            .map(|organization| link(organization.name, paths::organization(&organization.slug)))
            .collect(),
        Kind::Projects => call(ListProjects {})
            .await?
            .into_iter()
            .map(|project| link(project.name, paths::project(&project.reference)))
            .collect(),
    };
    places.sort_by_cached_key(|place| place.name.to_lowercase());
    // Behind what is there: that not all of it is.
    let missing = handle()?.missing_connections().await?;
    places.extend(missing.map(|missing| link(missing.said, paths::CONNECTIONS.to_owned())));
    Ok(places)
}
