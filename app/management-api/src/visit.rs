//! From an operation's id, known only at run time, to its type, and what can be done with that.

use schemars::SchemaGenerator;
use serde_json::Value;

use crate::{
    BadParameter, Operation, OperationId, Request, advisors::*, analytics::*, auth::*, billing::*, branches::*,
    compute::*, database::*, domains::*, functions::*, notebooks::*, oauth::*, operation::read, organizations::*,
    profile::*, projects::*, realtime::*, rest::*, secrets::*, storage::*, webhooks::*,
};

/// Something to be done with an operation's type. It is compiled once for each of them, so it should be small.
pub trait Visitor {
    type Outcome;
    fn visit<O: Operation>(self) -> Self::Outcome;
}

/// Hands the type behind `id` to `visitor`.
///
/// Only the server calls this: in the browser it would link every operation's code.
pub fn visit<V: Visitor>(id: OperationId, visitor: V) -> V::Outcome {
    match id {
        OperationId::GetPerformanceAdvisors => visitor.visit::<GetPerformanceAdvisors>(),
        OperationId::GetSecurityAdvisors => visitor.visit::<GetSecurityAdvisors>(),
        OperationId::RunAdvisors => visitor.visit::<RunAdvisors>(),
        OperationId::GetFunctionStats => visitor.visit::<GetFunctionStats>(),
        OperationId::QueryLogs => visitor.visit::<QueryLogs>(),
        OperationId::GetApiUsage => visitor.visit::<GetApiUsage>(),
        OperationId::GetApiRequestCount => visitor.visit::<GetApiRequestCount>(),
        OperationId::ScrapeMetrics => visitor.visit::<ScrapeMetrics>(),
        OperationId::QueryLogsBefore => visitor.visit::<QueryLogsBefore>(),
        OperationId::ListLogDrains => visitor.visit::<ListLogDrains>(),
        OperationId::CreateLogDrain => visitor.visit::<CreateLogDrain>(),
        OperationId::UpdateLogDrain => visitor.visit::<UpdateLogDrain>(),
        OperationId::DeleteLogDrain => visitor.visit::<DeleteLogDrain>(),
        OperationId::GetAuthConfig => visitor.visit::<GetAuthConfig>(),
        OperationId::UpdateAuthConfig => visitor.visit::<UpdateAuthConfig>(),
        OperationId::ListSigningKeys => visitor.visit::<ListSigningKeys>(),
        OperationId::CreateSigningKey => visitor.visit::<CreateSigningKey>(),
        OperationId::GetLegacySigningKey => visitor.visit::<GetLegacySigningKey>(),
        OperationId::CreateLegacySigningKey => visitor.visit::<CreateLegacySigningKey>(),
        OperationId::RemoveSigningKey => visitor.visit::<RemoveSigningKey>(),
        OperationId::GetSigningKey => visitor.visit::<GetSigningKey>(),
        OperationId::UpdateSigningKey => visitor.visit::<UpdateSigningKey>(),
        OperationId::ListSsoProviders => visitor.visit::<ListSsoProviders>(),
        OperationId::CreateSsoProvider => visitor.visit::<CreateSsoProvider>(),
        OperationId::DeleteSsoProvider => visitor.visit::<DeleteSsoProvider>(),
        OperationId::GetSsoProvider => visitor.visit::<GetSsoProvider>(),
        OperationId::UpdateSsoProvider => visitor.visit::<UpdateSsoProvider>(),
        OperationId::ListThirdPartyAuth => visitor.visit::<ListThirdPartyAuth>(),
        OperationId::CreateThirdPartyAuth => visitor.visit::<CreateThirdPartyAuth>(),
        OperationId::DeleteThirdPartyAuth => visitor.visit::<DeleteThirdPartyAuth>(),
        OperationId::GetThirdPartyAuth => visitor.visit::<GetThirdPartyAuth>(),
        OperationId::ListAddons => visitor.visit::<ListAddons>(),
        OperationId::ApplyAddon => visitor.visit::<ApplyAddon>(),
        OperationId::RemoveAddon => visitor.visit::<RemoveAddon>(),
        OperationId::DeleteBranch => visitor.visit::<DeleteBranch>(),
        OperationId::GetBranchConfig => visitor.visit::<GetBranchConfig>(),
        OperationId::UpdateBranch => visitor.visit::<UpdateBranch>(),
        OperationId::DiffBranch => visitor.visit::<DiffBranch>(),
        OperationId::MergeBranch => visitor.visit::<MergeBranch>(),
        OperationId::PushBranch => visitor.visit::<PushBranch>(),
        OperationId::ResetBranch => visitor.visit::<ResetBranch>(),
        OperationId::RestoreBranch => visitor.visit::<RestoreBranch>(),
        OperationId::ListActionRuns => visitor.visit::<ListActionRuns>(),
        OperationId::CountActionRuns => visitor.visit::<CountActionRuns>(),
        OperationId::GetActionRun => visitor.visit::<GetActionRun>(),
        OperationId::GetActionRunLogs => visitor.visit::<GetActionRunLogs>(),
        OperationId::UpdateActionRunStatus => visitor.visit::<UpdateActionRunStatus>(),
        OperationId::DisableBranching => visitor.visit::<DisableBranching>(),
        OperationId::ListBranches => visitor.visit::<ListBranches>(),
        OperationId::CreateBranch => visitor.visit::<CreateBranch>(),
        OperationId::GetBranch => visitor.visit::<GetBranch>(),
        OperationId::CreateSizedBranch => visitor.visit::<CreateSizedBranch>(),
        OperationId::ListCompute => visitor.visit::<ListCompute>(),
        OperationId::GetCompute => visitor.visit::<GetCompute>(),
        OperationId::CreateComputeUpload => visitor.visit::<CreateComputeUpload>(),
        OperationId::DeployCompute => visitor.visit::<DeployCompute>(),
        OperationId::DeleteCompute => visitor.visit::<DeleteCompute>(),
        OperationId::DeleteLoginRoles => visitor.visit::<DeleteLoginRoles>(),
        OperationId::CreateLoginRole => visitor.visit::<CreateLoginRole>(),
        OperationId::GetPgbouncerConfig => visitor.visit::<GetPgbouncerConfig>(),
        OperationId::GetPoolerConfig => visitor.visit::<GetPoolerConfig>(),
        OperationId::UpdatePoolerConfig => visitor.visit::<UpdatePoolerConfig>(),
        OperationId::GetPostgresConfig => visitor.visit::<GetPostgresConfig>(),
        OperationId::UpdatePostgresConfig => visitor.visit::<UpdatePostgresConfig>(),
        OperationId::PatchPostgresConfig => visitor.visit::<PatchPostgresConfig>(),
        OperationId::ListBackups => visitor.visit::<ListBackups>(),
        OperationId::RestorePhysicalBackup => visitor.visit::<RestorePhysicalBackup>(),
        OperationId::RestorePitrBackup => visitor.visit::<RestorePitrBackup>(),
        OperationId::GetRestorePoint => visitor.visit::<GetRestorePoint>(),
        OperationId::CreateRestorePoint => visitor.visit::<CreateRestorePoint>(),
        OperationId::GetBackupSchedule => visitor.visit::<GetBackupSchedule>(),
        OperationId::UpdateBackupSchedule => visitor.visit::<UpdateBackupSchedule>(),
        OperationId::UndoToRestorePoint => visitor.visit::<UndoToRestorePoint>(),
        OperationId::DownloadBackup => visitor.visit::<DownloadBackup>(),
        OperationId::GetDatabaseMetadata => visitor.visit::<GetDatabaseMetadata>(),
        OperationId::GetJitAccess => visitor.visit::<GetJitAccess>(),
        OperationId::AuthorizeJitAccess => visitor.visit::<AuthorizeJitAccess>(),
        OperationId::UpdateJitAccess => visitor.visit::<UpdateJitAccess>(),
        OperationId::ListJitAccess => visitor.visit::<ListJitAccess>(),
        OperationId::DeleteJitAccess => visitor.visit::<DeleteJitAccess>(),
        OperationId::InviteToJit => visitor.visit::<InviteToJit>(),
        OperationId::AcceptJitInvitation => visitor.visit::<AcceptJitInvitation>(),
        OperationId::DeleteJitInvitation => visitor.visit::<DeleteJitInvitation>(),
        OperationId::RollbackMigrations => visitor.visit::<RollbackMigrations>(),
        OperationId::ListMigrations => visitor.visit::<ListMigrations>(),
        OperationId::ApplyMigration => visitor.visit::<ApplyMigration>(),
        OperationId::UpsertMigration => visitor.visit::<UpsertMigration>(),
        OperationId::GetMigration => visitor.visit::<GetMigration>(),
        OperationId::PatchMigration => visitor.visit::<PatchMigration>(),
        OperationId::GetDatabaseOpenapi => visitor.visit::<GetDatabaseOpenapi>(),
        OperationId::UpdateDatabasePassword => visitor.visit::<UpdateDatabasePassword>(),
        OperationId::RunQuery => visitor.visit::<RunQuery>(),
        OperationId::RunReadOnlyQuery => visitor.visit::<RunReadOnlyQuery>(),
        OperationId::EnableDatabaseWebhooks => visitor.visit::<EnableDatabaseWebhooks>(),
        OperationId::GetJitAccessConfig => visitor.visit::<GetJitAccessConfig>(),
        OperationId::UpdateJitAccessConfig => visitor.visit::<UpdateJitAccessConfig>(),
        OperationId::RemoveReadReplica => visitor.visit::<RemoveReadReplica>(),
        OperationId::SetupReadReplica => visitor.visit::<SetupReadReplica>(),
        OperationId::GetReadonlyMode => visitor.visit::<GetReadonlyMode>(),
        OperationId::DisableReadonlyMode => visitor.visit::<DisableReadonlyMode>(),
        OperationId::GetSslEnforcement => visitor.visit::<GetSslEnforcement>(),
        OperationId::UpdateSslEnforcement => visitor.visit::<UpdateSslEnforcement>(),
        OperationId::GenerateTypescriptTypes => visitor.visit::<GenerateTypescriptTypes>(),
        OperationId::ListSnippets => visitor.visit::<ListSnippets>(),
        OperationId::GetSnippet => visitor.visit::<GetSnippet>(),
        OperationId::DeleteHostnameConfig => visitor.visit::<DeleteHostnameConfig>(),
        OperationId::GetHostnameConfig => visitor.visit::<GetHostnameConfig>(),
        OperationId::ActivateCustomHostname => visitor.visit::<ActivateCustomHostname>(),
        OperationId::InitializeCustomHostname => visitor.visit::<InitializeCustomHostname>(),
        OperationId::ReverifyCustomHostname => visitor.visit::<ReverifyCustomHostname>(),
        OperationId::DeactivateVanitySubdomain => visitor.visit::<DeactivateVanitySubdomain>(),
        OperationId::GetVanitySubdomain => visitor.visit::<GetVanitySubdomain>(),
        OperationId::ActivateVanitySubdomain => visitor.visit::<ActivateVanitySubdomain>(),
        OperationId::CheckVanitySubdomain => visitor.visit::<CheckVanitySubdomain>(),
        OperationId::ListFunctions => visitor.visit::<ListFunctions>(),
        OperationId::CreateFunction => visitor.visit::<CreateFunction>(),
        OperationId::BulkUpdateFunctions => visitor.visit::<BulkUpdateFunctions>(),
        OperationId::DeployFunction => visitor.visit::<DeployFunction>(),
        OperationId::DeleteFunction => visitor.visit::<DeleteFunction>(),
        OperationId::GetFunction => visitor.visit::<GetFunction>(),
        OperationId::UpdateFunction => visitor.visit::<UpdateFunction>(),
        OperationId::GetFunctionBody => visitor.visit::<GetFunctionBody>(),
        OperationId::ListNotebooks => visitor.visit::<ListNotebooks>(),
        OperationId::GetNotebook => visitor.visit::<GetNotebook>(),
        OperationId::CreateNotebook => visitor.visit::<CreateNotebook>(),
        OperationId::UpdateNotebook => visitor.visit::<UpdateNotebook>(),
        OperationId::DeleteNotebook => visitor.visit::<DeleteNotebook>(),
        OperationId::Authorize => visitor.visit::<Authorize>(),
        OperationId::AuthorizeProjectClaim => visitor.visit::<AuthorizeProjectClaim>(),
        OperationId::RevokeToken => visitor.visit::<RevokeToken>(),
        OperationId::ExchangeToken => visitor.visit::<ExchangeToken>(),
        OperationId::ListOrganizations => visitor.visit::<ListOrganizations>(),
        OperationId::CreateOrganization => visitor.visit::<CreateOrganization>(),
        OperationId::GetOrganization => visitor.visit::<GetOrganization>(),
        OperationId::GetOrganizationEntitlements => visitor.visit::<GetOrganizationEntitlements>(),
        OperationId::ListOrganizationMembers => visitor.visit::<ListOrganizationMembers>(),
        OperationId::ListMembers => visitor.visit::<ListMembers>(),
        OperationId::ListRoles => visitor.visit::<ListRoles>(),
        OperationId::AssignMemberRole => visitor.visit::<AssignMemberRole>(),
        OperationId::RemoveMember => visitor.visit::<RemoveMember>(),
        OperationId::InviteMembers => visitor.visit::<InviteMembers>(),
        OperationId::WithdrawInvitations => visitor.visit::<WithdrawInvitations>(),
        OperationId::SearchProjects => visitor.visit::<SearchProjects>(),
        OperationId::ListGithubConnections => visitor.visit::<ListGithubConnections>(),
        OperationId::ListMaintenanceWindows => visitor.visit::<ListMaintenanceWindows>(),
        OperationId::GetProjectClaim => visitor.visit::<GetProjectClaim>(),
        OperationId::ClaimProject => visitor.visit::<ClaimProject>(),
        OperationId::GetProfile => visitor.visit::<GetProfile>(),
        OperationId::ListOrganizationProjects => visitor.visit::<ListOrganizationProjects>(),
        OperationId::ListProjects => visitor.visit::<ListProjects>(),
        OperationId::CreateProject => visitor.visit::<CreateProject>(),
        OperationId::ListAvailableRegions => visitor.visit::<ListAvailableRegions>(),
        OperationId::DeleteProject => visitor.visit::<DeleteProject>(),
        OperationId::GetProject => visitor.visit::<GetProject>(),
        OperationId::UpdateProject => visitor.visit::<UpdateProject>(),
        OperationId::DeleteClaimToken => visitor.visit::<DeleteClaimToken>(),
        OperationId::GetClaimToken => visitor.visit::<GetClaimToken>(),
        OperationId::CreateClaimToken => visitor.visit::<CreateClaimToken>(),
        OperationId::GetDisk => visitor.visit::<GetDisk>(),
        OperationId::UpdateDisk => visitor.visit::<UpdateDisk>(),
        OperationId::GetDiskAutoscale => visitor.visit::<GetDiskAutoscale>(),
        OperationId::GetDiskUtilization => visitor.visit::<GetDiskUtilization>(),
        OperationId::GetServicesHealth => visitor.visit::<GetServicesHealth>(),
        OperationId::DeleteNetworkBans => visitor.visit::<DeleteNetworkBans>(),
        OperationId::ListNetworkBans => visitor.visit::<ListNetworkBans>(),
        OperationId::ListNetworkBansEnriched => visitor.visit::<ListNetworkBansEnriched>(),
        OperationId::GetNetworkRestrictions => visitor.visit::<GetNetworkRestrictions>(),
        OperationId::PatchNetworkRestrictions => visitor.visit::<PatchNetworkRestrictions>(),
        OperationId::UpdateNetworkRestrictions => visitor.visit::<UpdateNetworkRestrictions>(),
        OperationId::ReviewNetworkRestrictions => visitor.visit::<ReviewNetworkRestrictions>(),
        OperationId::PauseProject => visitor.visit::<PauseProject>(),
        OperationId::RestartProject => visitor.visit::<RestartProject>(),
        OperationId::PreviewTransfer => visitor.visit::<PreviewTransfer>(),
        OperationId::TransferProject => visitor.visit::<TransferProject>(),
        OperationId::ListPrivateLinks => visitor.visit::<ListPrivateLinks>(),
        OperationId::CreatePrivateLink => visitor.visit::<CreatePrivateLink>(),
        OperationId::DeletePrivateLink => visitor.visit::<DeletePrivateLink>(),
        OperationId::DeletePrivateLinkOfDatabase => visitor.visit::<DeletePrivateLinkOfDatabase>(),
        OperationId::GetProjectConfig => visitor.visit::<GetProjectConfig>(),
        OperationId::ListRestoreVersions => visitor.visit::<ListRestoreVersions>(),
        OperationId::RestoreProject => visitor.visit::<RestoreProject>(),
        OperationId::CancelProjectRestoration => visitor.visit::<CancelProjectRestoration>(),
        OperationId::UpgradePostgres => visitor.visit::<UpgradePostgres>(),
        OperationId::GetUpgradeEligibility => visitor.visit::<GetUpgradeEligibility>(),
        OperationId::GetUpgradeStatus => visitor.visit::<GetUpgradeStatus>(),
        OperationId::GetRealtimeConfig => visitor.visit::<GetRealtimeConfig>(),
        OperationId::UpdateRealtimeConfig => visitor.visit::<UpdateRealtimeConfig>(),
        OperationId::ShutdownRealtime => visitor.visit::<ShutdownRealtime>(),
        OperationId::GetPostgrestConfig => visitor.visit::<GetPostgrestConfig>(),
        OperationId::UpdatePostgrestConfig => visitor.visit::<UpdatePostgrestConfig>(),
        OperationId::ListApiKeys => visitor.visit::<ListApiKeys>(),
        OperationId::CreateApiKey => visitor.visit::<CreateApiKey>(),
        OperationId::GetLegacyApiKeys => visitor.visit::<GetLegacyApiKeys>(),
        OperationId::UpdateLegacyApiKeys => visitor.visit::<UpdateLegacyApiKeys>(),
        OperationId::DeleteApiKey => visitor.visit::<DeleteApiKey>(),
        OperationId::GetApiKey => visitor.visit::<GetApiKey>(),
        OperationId::UpdateApiKey => visitor.visit::<UpdateApiKey>(),
        OperationId::GetEncryptionKey => visitor.visit::<GetEncryptionKey>(),
        OperationId::UpdateEncryptionKey => visitor.visit::<UpdateEncryptionKey>(),
        OperationId::DeleteSecrets => visitor.visit::<DeleteSecrets>(),
        OperationId::ListSecrets => visitor.visit::<ListSecrets>(),
        OperationId::CreateSecrets => visitor.visit::<CreateSecrets>(),
        OperationId::GetStorageConfig => visitor.visit::<GetStorageConfig>(),
        OperationId::UpdateStorageConfig => visitor.visit::<UpdateStorageConfig>(),
        OperationId::ListBuckets => visitor.visit::<ListBuckets>(),
        OperationId::ListOrganizationWebhooks => visitor.visit::<ListOrganizationWebhooks>(),
        OperationId::CreateOrganizationWebhook => visitor.visit::<CreateOrganizationWebhook>(),
        OperationId::DeleteOrganizationWebhooks => visitor.visit::<DeleteOrganizationWebhooks>(),
        OperationId::GetOrganizationWebhook => visitor.visit::<GetOrganizationWebhook>(),
        OperationId::UpdateOrganizationWebhook => visitor.visit::<UpdateOrganizationWebhook>(),
        OperationId::DeleteOrganizationWebhook => visitor.visit::<DeleteOrganizationWebhook>(),
        OperationId::TestOrganizationWebhook => visitor.visit::<TestOrganizationWebhook>(),
        OperationId::ListOrganizationDeliveries => visitor.visit::<ListOrganizationDeliveries>(),
        OperationId::GetOrganizationDelivery => visitor.visit::<GetOrganizationDelivery>(),
        OperationId::RetryOrganizationDelivery => visitor.visit::<RetryOrganizationDelivery>(),
        OperationId::ListProjectWebhooks => visitor.visit::<ListProjectWebhooks>(),
        OperationId::CreateProjectWebhook => visitor.visit::<CreateProjectWebhook>(),
        OperationId::DeleteProjectWebhooks => visitor.visit::<DeleteProjectWebhooks>(),
        OperationId::GetProjectWebhook => visitor.visit::<GetProjectWebhook>(),
        OperationId::UpdateProjectWebhook => visitor.visit::<UpdateProjectWebhook>(),
        OperationId::DeleteProjectWebhook => visitor.visit::<DeleteProjectWebhook>(),
        OperationId::TestProjectWebhook => visitor.visit::<TestProjectWebhook>(),
        OperationId::ListProjectDeliveries => visitor.visit::<ListProjectDeliveries>(),
        OperationId::GetProjectDelivery => visitor.visit::<GetProjectDelivery>(),
        OperationId::RetryProjectDelivery => visitor.visit::<RetryProjectDelivery>(),
    }
}

/// Parameters that make no request.
#[derive(Debug, thiserror::Error)]
pub enum Unfit {
    /// They are not those of the operation's type.
    #[error(transparent)]
    Shape(#[from] serde_json::Error),
    #[error(transparent)]
    Parameter(#[from] BadParameter),
}

impl OperationId {
    /// The request of this operation with `parameters`, an object whose names are the API's own.
    ///
    /// # Errors
    /// Parameters that the operation does not take.
    pub fn request(self, parameters: Value) -> Result<Request, Unfit> {
        struct Parameters(Value);
        impl Visitor for Parameters {
            type Outcome = Result<Request, Unfit>;
            fn visit<O: Operation>(self) -> Self::Outcome {
                Ok(Request::of(&serde_json::from_value::<O>(self.0)?)?)
            }
        }
        visit(self, Parameters(parameters))
    }

    /// What the operation's type holds of an answer's body; see [`read`](crate::read).
    ///
    /// # Errors
    /// The body is not JSON where it should be, or of another shape than the type.
    pub fn read(self, body: &[u8]) -> Result<Value, serde_json::Error> {
        struct Read<'a>(&'a [u8]);
        impl Visitor for Read<'_> {
            type Outcome = Result<Value, serde_json::Error>;
            fn visit<O: Operation>(self) -> Self::Outcome {
                serde_json::to_value(read::<O>(self.0)?)
            }
        }
        visit(self, Read(body))
    }

    /// Whether [`Self::read`] would succeed, without making a value of what was read.
    pub fn can_read(self, body: &[u8]) -> bool {
        struct CanRead<'a>(&'a [u8]);
        impl Visitor for CanRead<'_> {
            type Outcome = bool;
            fn visit<O: Operation>(self) -> bool {
                read::<O>(self.0).is_ok()
            }
        }
        visit(self, CanRead(body))
    }

    /// The JSON schema of the operation's parameters.
    pub fn schema(self) -> Value {
        struct Schema(SchemaGenerator);
        impl Visitor for Schema {
            type Outcome = schemars::Schema;
            fn visit<O: Operation>(self) -> Self::Outcome {
                self.0.into_root_schema_for::<O>()
            }
        }
        visit(self, Schema(SchemaGenerator::default())).to_value()
    }
}
