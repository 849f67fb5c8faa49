//! A call under way: who calls, in which world, and what of it the caller may reach.

use management_api::{OperationId, Permissions};
use time::OffsetDateTime;

use crate::{
    answer::Refusal,
    organizations::{Organization, Role},
    projects::Project,
    request::Request,
    world::{Caller, World},
};

/// Handlers reach organizations and projects through the methods here, which ask for membership and role.
pub struct Call<'a> {
    pub operation: OperationId,
    pub request: &'a Request,
    pub world: &'a mut World,
    pub caller: Caller,
    pub now: OffsetDateTime,
}

impl Call<'_> {
    /// The organization the path names.
    pub fn organization(&self) -> Result<&Organization, Refusal> {
        self.organization_of(self.request.path("slug"))
    }

    /// The organization with this slug, if the caller belongs to it and may do there what is being called.
    pub fn organization_of(&self, slug: &str) -> Result<&Organization, Refusal> {
        if slug.is_empty()
            || !slug
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
        {
            return Err(Refusal::Invalid("slug: expected letters, digits, - and _.".to_owned()));
        }
        let organizations = &self.world.organizations;
        let organization = organizations.iter().find(|organization| organization.slug == slug);
        let found = organization.and_then(|found| Some((found, found.role_of(&self.caller.person)?)));
        // Somebody else's organization is answered like none at all: its slug is nobody's business.
        let (organization, role) = found.ok_or(Refusal::NotFound("Organization"))?;
        permit(self.operation, role)?;
        Ok(organization)
    }

    /// The project the path names.
    pub fn project(&self) -> Result<&Project, Refusal> {
        Ok(&self.world.projects[self.position()?])
    }

    pub fn project_mut(&mut self) -> Result<&mut Project, Refusal> {
        let position = self.position()?;
        Ok(&mut self.world.projects[position])
    }

    fn position(&self) -> Result<usize, Refusal> {
        let reference = self.request.path("ref");
        if reference.len() != 20 || !reference.bytes().all(|byte| byte.is_ascii_lowercase()) {
            return Err(Refusal::Invalid("ref: expected 20 lower-case letters.".to_owned()));
        }
        let position = self
            .world
            .projects
            .iter()
            .position(|project| project.reference == reference);
        let position = position.ok_or(Refusal::NotFound("Project"))?;
        let project = &self.world.projects[position];
        self.organization_of(&project.organization)
            .map_err(|refusal| match refusal {
                Refusal::NotFound(_) => Refusal::NotFound("Project"),
                other => other,
            })?;
        if project.is_removed(self.now) {
            return Err(Refusal::Removed);
        }
        Ok(position)
    }
}

/// Whether a role allows the operation.
fn permit(operation: OperationId, role: Role) -> Result<(), Refusal> {
    if role >= least_role(operation) {
        return Ok(());
    }
    let permissions = match operation.row().permissions {
        Permissions::None => "a higher role".to_owned(),
        Permissions::Any(names) => names.join(" or "),
        Permissions::All(names) => names.join(" and "),
    };
    Err(Refusal::Role {
        role: role.as_str(),
        permissions,
    })
}

/// The least role that may call an operation within an organization.
fn least_role(operation: OperationId) -> Role {
    match operation {
        OperationId::Authorize
        | OperationId::ExchangeToken
        | OperationId::RevokeToken
        | OperationId::GetApiUsage
        | OperationId::GetApiRequestCount
        | OperationId::ListOrganizations
        | OperationId::CreateOrganization
        | OperationId::GetOrganization
        | OperationId::GetOrganizationEntitlements
        | OperationId::ListOrganizationMembers
        | OperationId::GetProfile
        | OperationId::ListOrganizationProjects
        | OperationId::ListProjects
        | OperationId::ListAvailableRegions
        | OperationId::GetProject
        | OperationId::GetServicesHealth
        | OperationId::ListRestoreVersions => Role::ReadOnly,
        OperationId::UpdateProject => Role::Developer,
        OperationId::CreateProject
        | OperationId::DeleteProject
        | OperationId::PauseProject
        | OperationId::RestoreProject
        | OperationId::CancelProjectRestoration => Role::Administrator,
    }
}

#[cfg(test)]
mod tests {
    use management_api::Effect;

    use super::*;

    #[test]
    fn reading_people_read_and_change_nothing_of_an_organization() {
        for operation in OperationId::ALL
            .iter()
            .filter(|operation| operation.row().path.contains('{'))
        {
            let reads = operation.row().effect == Effect::Read;
            assert_eq!(permit(*operation, Role::ReadOnly).is_ok(), reads, "{operation}");
            assert!(permit(*operation, Role::Owner).is_ok(), "{operation}");
        }
    }
}
