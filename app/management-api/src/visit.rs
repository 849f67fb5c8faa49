//! From an operation's id, known only at run time, to its type.

use crate::{Operation, OperationId, analytics::*, organizations::*, profile::*, projects::*};

/// Something to be done with an operation's type.
pub trait Visitor {
    type Outcome;
    fn visit<O: Operation>(self) -> Self::Outcome;
}

/// Hands the type behind `id` to `visitor`; `None` for the sign-in operations, which no page and no form may call.
///
/// Only the server calls this: in the browser it would link every operation's code.
pub fn visit<V: Visitor>(id: OperationId, visitor: V) -> Option<V::Outcome> {
    Some(match id {
        OperationId::Authorize | OperationId::ExchangeToken | OperationId::RevokeToken => return None,
        OperationId::GetApiUsage => visitor.visit::<GetApiUsage>(),
        OperationId::GetApiRequestCount => visitor.visit::<GetApiRequestCount>(),
        OperationId::ListOrganizations => visitor.visit::<ListOrganizations>(),
        OperationId::CreateOrganization => visitor.visit::<CreateOrganization>(),
        OperationId::GetOrganization => visitor.visit::<GetOrganization>(),
        OperationId::GetOrganizationEntitlements => visitor.visit::<GetOrganizationEntitlements>(),
        OperationId::ListOrganizationMembers => visitor.visit::<ListOrganizationMembers>(),
        OperationId::GetProfile => visitor.visit::<GetProfile>(),
        OperationId::ListOrganizationProjects => visitor.visit::<ListOrganizationProjects>(),
        OperationId::ListProjects => visitor.visit::<ListProjects>(),
        OperationId::CreateProject => visitor.visit::<CreateProject>(),
        OperationId::ListAvailableRegions => visitor.visit::<ListAvailableRegions>(),
        OperationId::DeleteProject => visitor.visit::<DeleteProject>(),
        OperationId::GetProject => visitor.visit::<GetProject>(),
        OperationId::UpdateProject => visitor.visit::<UpdateProject>(),
        OperationId::GetServicesHealth => visitor.visit::<GetServicesHealth>(),
        OperationId::PauseProject => visitor.visit::<PauseProject>(),
        OperationId::ListRestoreVersions => visitor.visit::<ListRestoreVersions>(),
        OperationId::RestoreProject => visitor.visit::<RestoreProject>(),
        OperationId::CancelProjectRestoration => visitor.visit::<CancelProjectRestoration>(),
    })
}
