//! A call under way: who calls, in which world, and what of it the caller may reach.

use std::sync::Arc;

use management_api::{Effect, OperationId, Permissions, lowest_role};
use time::OffsetDateTime;

use crate::{
    Sandbox,
    answer::Refusal,
    organizations::{Organization, Plan, Role},
    projects::Project,
    request::Request,
    world::{Caller, World},
    worlds::{Shared, enter},
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
        // Whether such an organization exists is nobody's business who cannot reach it.
        if !self.caller.reach.opens_organization(slug) {
            return Err(Refusal::OutOfReach);
        }
        self.home_of(slug)
    }

    /// The same for the organization of a project that the caller reaches, where that alone is enough.
    pub fn home_of(&self, slug: &str) -> Result<&Organization, Refusal> {
        let organization = self.membership(slug)?;
        permit(self.operation, organization.role_of(&self.caller.person))?;
        Ok(organization)
    }

    /// The organization with this slug, if the caller belongs to it in any way. Somebody else's is answered like none at
    /// all: its slug is nobody's business.
    fn membership(&self, slug: &str) -> Result<&Organization, Refusal> {
        let mut organizations = self.world.organizations.iter();
        let found = organizations.find(|organization| organization.slug == slug);
        found
            .filter(|found| found.is_member(&self.caller.person))
            .ok_or(Refusal::NotFound("Organization"))
    }

    /// The project the path names.
    pub fn project(&self) -> Result<&Project, Refusal> {
        Ok(&self.world.projects[self.position()?])
    }

    pub fn project_mut(&mut self) -> Result<&mut Project, Refusal> {
        let position = self.position()?;
        Ok(&mut self.world.projects[position])
    }

    /// The project the path names, which has to be running for what is being called.
    pub fn running(&mut self) -> Result<&mut Project, Refusal> {
        let now = self.now;
        let project = self.project_mut()?;
        project.check_running(now)?;
        Ok(project)
    }

    /// Whether the caller has a permission in the project the path names: by their role there, and by what their token was
    /// given.
    pub fn has(&self, permission: &str) -> Result<bool, Refusal> {
        let project = self.project()?;
        let organization = self.membership(&project.organization)?;
        let role = organization.role_in(&self.caller.person, &project.reference);
        let by_role = role.is_some_and(|role| lowest_role(permission).is_none_or(|lowest| role >= lowest));
        let given = self.caller.permissions.as_ref();
        Ok(by_role && given.is_none_or(|given| given.iter().any(|one| one == permission)))
    }

    /// The plan of the project the path names.
    pub fn plan(&self) -> Result<Plan, Refusal> {
        Ok(self.membership(&self.project()?.organization)?.plan)
    }

    fn position(&self) -> Result<usize, Refusal> {
        self.position_of(self.request.path("ref"))
    }

    /// The place of a project in the world's list, if the caller may do there what is being called.
    pub fn position_of(&self, reference: &str) -> Result<usize, Refusal> {
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
        let parent = project.parts.branches.parent();
        if !self
            .caller
            .reach
            .opens_project(&project.organization, reference, parent)
        {
            return Err(Refusal::OutOfReach);
        }
        let organization = self
            .membership(&project.organization)
            .map_err(|_| Refusal::NotFound("Project"))?;
        permit(
            self.operation,
            organization.role_in(&self.caller.person, &project.reference),
        )?;
        if project.is_removed(self.now) {
            return Err(Refusal::Removed);
        }
        Ok(position)
    }
}

/// A call that waits for PostgreSQL now and then, so it holds its world only for moments.
#[derive(Clone)]
pub struct Waiting {
    pub sandbox: Sandbox,
    pub world: Shared,
    pub operation: OperationId,
    pub request: Arc<Request>,
    pub caller: Caller,
}

impl Waiting {
    /// Does something in the world, with the same checks as a [`Call`].
    pub fn within<T>(&self, act: impl FnOnce(&mut Call<'_>) -> Result<T, Refusal>) -> Result<T, Refusal> {
        let mut world = enter(&self.world);
        let now = world.now();
        act(&mut Call {
            operation: self.operation,
            request: &self.request,
            world: &mut world,
            caller: self.caller.clone(),
            now,
        })
    }
}

/// Whether a role allows the operation. Without one, people belong to the organization and see only what every member may.
fn permit(operation: OperationId, role: Option<Role>) -> Result<(), Refusal> {
    let row = operation.row();
    let Some(role) = role else {
        return match row.deciding() {
            None if row.effect == Effect::Read => Ok(()),
            None | Some(_) => Err(Refusal::Role {
                role: "No access",
                permissions: row.permissions.names().join(" or "),
            }),
        };
    };
    // By permissions alone: a query that may write is open to whoever may read, and writes nothing for them.
    if row.lacking(role).is_none() {
        return Ok(());
    }
    let permissions = match row.permissions {
        Permissions::None => "a higher role".to_owned(),
        Permissions::Any(names) => names.join(" or "),
        Permissions::All(names) => names.join(" and "),
    };
    Err(Refusal::Role {
        role: role.as_str(),
        permissions,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reading_people_change_nothing_and_owners_may_do_everything() {
        for operation in OperationId::ALL
            .iter()
            .filter(|operation| operation.row().path.contains('{'))
            // What somebody from outside does, no role is asked for; see the webhooks for what they ask besides.
            .filter(|operation| operation.row().permissions != Permissions::None)
        {
            // Whoever may only read runs SQL by it that only reads.
            let changes = *operation != OperationId::RunQuery && operation.row().effect != Effect::Read;
            assert!(
                !changes || permit(*operation, Some(Role::ReadOnly)).is_err(),
                "{operation}"
            );
            assert!(permit(*operation, Some(Role::Owner)).is_ok(), "{operation}");
        }
    }

    #[test]
    fn roles_may_what_the_dashboards_table_says() {
        for (operation, lowest) in [
            (OperationId::GetProject, Role::ReadOnly),
            (OperationId::ListApiKeys, Role::Developer),
            (OperationId::RunQuery, Role::ReadOnly),
            (OperationId::RestorePitrBackup, Role::Developer),
            (OperationId::UpdateProject, Role::Administrator),
            (OperationId::CreateSecrets, Role::Administrator),
            (OperationId::CreateClaimToken, Role::Owner),
        ] {
            for role in Role::ALL {
                assert_eq!(
                    permit(operation, Some(role)).is_ok(),
                    role >= lowest,
                    "{operation}: {role}"
                );
            }
        }
    }
}
