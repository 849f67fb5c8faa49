//! Visibility: whose calls a person may see. Supabase is asked each time which organizations and projects the person can list,
//! so that nobody sees more here than there.

use std::collections::HashSet;

use app::{audit::AuditPlace, error::ConsoleError};
use management_api::{Scope, organizations::ListOrganizations, projects::ListProjects};

use crate::{calls, identity::SignedIn, state::State, store::audit::find::Visibility};

pub struct View {
    pub visible: Visibility,
    /// By name.
    pub places: Vec<AuditPlace>,
    /// Why places may be missing, if they may: the person's own calls are shown all the same.
    pub missing: Option<String>,
}

/// Asks what the person can list now. Fails only where the person is no longer signed in.
pub async fn of(shared: &State, signed_in: &SignedIn) -> Result<View, ConsoleError> {
    let (projects, organizations) = futures::join!(
        calls::read(shared, signed_in, &ListProjects {}),
        calls::read(shared, signed_in, &ListOrganizations {})
    );
    let mut missing = None;
    let projects = some(projects, &mut missing)?.into_iter().map(|project| AuditPlace {
        scope: Scope::Project(project.reference),
        name: project.name,
    });
    let organizations = some(organizations, &mut missing)?
        .into_iter()
        .map(|organization| AuditPlace {
            scope: Scope::Organization(organization.slug),
            name: organization.name,
        });
    let organizations: Vec<AuditPlace> = organizations.collect();
    let slugs = organizations.iter().filter_map(|place| place.scope.key());
    let slugs: Vec<String> = slugs.map(str::to_owned).collect();
    let deleted = shared.store.deleted_projects(&slugs).await;
    let deleted = deleted.unwrap_or_else(|error| {
        tracing::error!(%error, "the audit of deleted projects could not be found");
        Vec::new()
    });
    let deleted = deleted.into_iter().map(|reference| AuditPlace {
        name: format!("{reference} (deleted)"),
        scope: Scope::Project(reference),
    });
    let mut places: Vec<AuditPlace> = projects.chain(organizations).chain(deleted).collect();
    // One that was brought back stands among those that can be listed.
    let mut seen = HashSet::new();
    places.retain(|place| seen.insert(place.scope.clone()));
    // Projects first.
    places.sort_by_cached_key(|place| (place.scope.kind() != Some("project"), place.name.to_lowercase()));
    let people = shared.store.names_in_audit(&signed_in.person.id).await;
    let people = people.unwrap_or_else(|error| {
        tracing::error!(%error, "what a person was called before could not be found");
        vec![signed_in.person.id.clone()]
    });
    let visible = Visibility {
        people,
        places: places.iter().map(|place| place.scope.clone()).collect(),
    };
    Ok(View {
        visible,
        places,
        missing,
    })
}

/// The list, or none and why.
fn some<T>(answer: Result<Vec<T>, ConsoleError>, missing: &mut Option<String>) -> Result<Vec<T>, ConsoleError> {
    match answer {
        Ok(list) => Ok(list),
        Err(error @ (ConsoleError::SignedOut | ConsoleError::Reconnect)) => Err(error),
        Err(error) => {
            missing.get_or_insert_with(|| error.to_string());
            Ok(Vec::new())
        }
    }
}
