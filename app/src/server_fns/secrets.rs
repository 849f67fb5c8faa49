//! What the pages of secrets read.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::error::ConsoleError;

/// A secret of a project's functions: never its value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecretRow {
    pub name: String,
    /// SHA-256 of the value, in hexadecimal digits.
    pub digest: String,
    pub updated_at: Option<String>,
}

/// The secrets of one project, by name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Secrets {
    /// Those that the team has set.
    pub own: Vec<SecretRow>,
    /// Those that Supabase sets, which nobody can change.
    pub reserved: Vec<SecretRow>,
}

/// The secrets of one of several projects.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProjectSecrets {
    pub reference: String,
    pub name: String,
    /// The organization's slug.
    pub organization: String,
    /// The API's word.
    pub status: String,
    /// Those that the team has set; `None` where the project was not asked.
    pub secrets: Option<Result<Vec<SecretRow>, ConsoleError>>,
}

/// The secrets of the person's projects, by the projects' names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Across {
    pub projects: Vec<ProjectSecrets>,
    /// When they were read, in RFC 3339.
    pub read_at: String,
}

/// Projects that are asked for their secrets at most: each is a call.
pub const PROJECTS: usize = 20;

/// One call: the secrets of `project`.
#[server(prefix = "/api", endpoint = "secrets", input = leptos::server_fn::codec::Json, output = leptos::server_fn::codec::Json)]
pub async fn secrets_of(project: String) -> Result<Secrets, ConsoleError> {
    use crate::{call::call, secrets::is_reserved};
    use management_api::secrets::ListSecrets;

    let mut rows: Vec<SecretRow> = call(ListSecrets { project })
        .await?
        .into_iter()
        .map(|secret| SecretRow {
            name: secret.name,
            digest: secret.digest,
            updated_at: secret.updated_at,
        })
        .collect();
    rows.sort_by(|one, other| one.name.cmp(&other.name));
    let (reserved, own) = rows.into_iter().partition(|row| is_reserved(&row.name));
    Ok(Secrets { own, reserved })
}

/// The secrets of the projects that are `chosen`, of all where none is, and of [`PROJECTS`] at most: one call for each.
#[server(prefix = "/api", endpoint = "secrets_across", input = leptos::server_fn::codec::Json, output = leptos::server_fn::codec::Json)]
pub async fn secrets_across(chosen: Vec<String>) -> Result<Across, ConsoleError> {
    use crate::reads::projects::{Seen, each};
    use time::{OffsetDateTime, format_description::well_known::Rfc3339};

    let is_chosen = |project: &Seen| chosen.contains(&project.reference);
    let choose = |all: &[Seen]| {
        // A choice of what is gone chooses nothing.
        let chooses = all.iter().any(is_chosen);
        let asked = all.iter().filter(|project| !chooses || is_chosen(project));
        asked.take(PROJECTS).map(|project| project.reference.clone()).collect()
    };
    let read = |project: String| async { secrets_of(project).await.map(|secrets| secrets.own) };
    let projects = each(choose, read).await?.into_iter();
    let projects = projects.map(|(project, secrets)| ProjectSecrets {
        reference: project.reference,
        name: project.name,
        organization: project.organization_slug,
        status: project.status.as_str().to_owned(),
        secrets,
    });
    Ok(Across {
        projects: projects.collect(),
        // ok: such a moment can always be written.
        read_at: OffsetDateTime::now_utc().format(&Rfc3339).unwrap_or_default(),
    })
}
