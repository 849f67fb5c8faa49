//! Features: which operations an organization's plan may leave out, by the keys of its entitlements.

use crate::{OperationId, Row};

/// The feature that lets single members have roles in single projects.
pub const PROJECT_ROLES: &str = "project_scoped_roles";

/// Only what a feature's name says beyond doubt; whatever else a plan leaves out is refused by Supabase with 402.
///
/// Source: the keys of a recorded answer of November 2026.
const FEATURES: &[(OperationId, &str)] = &[
    (OperationId::PauseProject, "project_pausing"),
    (OperationId::SetupReadReplica, "instances.read_replicas"),
    (OperationId::UpdateDisk, "instances.disk_modifications"),
    (OperationId::InitializeCustomHostname, "custom_domain"),
    (OperationId::ActivateCustomHostname, "custom_domain"),
    (OperationId::ActivateVanitySubdomain, "vanity_subdomain"),
    (OperationId::CreateSsoProvider, "auth.saml_2"),
];

impl Row {
    /// The key of the feature without which the operation cannot be called.
    pub fn feature(&self) -> Option<&'static str> {
        let of_this = |(id, _): &&(OperationId, &str)| *id == self.id;
        FEATURES.iter().find(of_this).map(|(_, feature)| *feature)
    }
}

/// All keys that decide something here.
pub fn features() -> impl Iterator<Item = &'static str> {
    FEATURES.iter().map(|(_, feature)| *feature).chain([PROJECT_ROLES])
}
