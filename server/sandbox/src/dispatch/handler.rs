//! From an operation of the catalogue to the function that answers it.

use futures::future::BoxFuture;
use management_api::OperationId;

use crate::{
    advisors, analytics,
    answer::Answered,
    auth, billing, branches,
    call::{Call, Waiting},
    compute, database, domains, functions, notebooks,
    oauth::{SignIn, authorize, exchange, revoke},
    organizations, profile, projects, realtime,
    request::Request,
    rest, secrets, storage,
    token::WorldId,
    webhooks,
};

/// The function behind an operation.
#[derive(Clone, Copy)]
pub(super) enum Handler {
    /// Sign-in: no access token is asked for, and neither limit nor role applies.
    /// The first function tells the world it is for, as far as the request says.
    SignIn(fn(&Request) -> Option<WorldId>, fn(&mut SignIn<'_>) -> Answered),
    /// Everything else: called for a person.
    Person(fn(&mut Call<'_>) -> Answered),
    /// Called for a person, too, and asks PostgreSQL: the world goes on meanwhile.
    Database(fn(Waiting) -> BoxFuture<'static, Answered>),
}

pub(super) fn handler(operation: OperationId) -> Handler {
    match operation {
        // advisors
        OperationId::GetPerformanceAdvisors => Handler::Database(advisors::performance),
        OperationId::GetSecurityAdvisors => Handler::Database(advisors::security),
        OperationId::RunAdvisors => Handler::Database(advisors::run),
        // analytics
        OperationId::GetFunctionStats => Handler::Person(analytics::functions::stats),
        OperationId::QueryLogs => Handler::Database(analytics::logs::query),
        OperationId::GetApiUsage => Handler::Person(analytics::usage::api_counts),
        OperationId::GetApiRequestCount => Handler::Person(analytics::usage::request_count),
        OperationId::ScrapeMetrics => Handler::Person(analytics::metrics::scrape),
        OperationId::QueryLogsBefore => Handler::Person(analytics::logs::gone),
        OperationId::ListLogDrains => Handler::Person(analytics::drains::list),
        OperationId::CreateLogDrain => Handler::Person(analytics::drains::create),
        OperationId::UpdateLogDrain => Handler::Person(analytics::drains::update),
        OperationId::DeleteLogDrain => Handler::Person(analytics::drains::delete),
        // auth
        OperationId::GetAuthConfig => Handler::Person(auth::config::get),
        OperationId::UpdateAuthConfig => Handler::Person(auth::config::update),
        OperationId::ListSigningKeys => Handler::Person(auth::signing_keys::list),
        OperationId::CreateSigningKey => Handler::Person(auth::signing_keys::create),
        OperationId::GetLegacySigningKey => Handler::Person(auth::signing_keys::legacy),
        OperationId::CreateLegacySigningKey => Handler::Person(auth::signing_keys::take_over),
        OperationId::RemoveSigningKey => Handler::Person(auth::signing_keys::remove),
        OperationId::GetSigningKey => Handler::Person(auth::signing_keys::get),
        OperationId::UpdateSigningKey => Handler::Person(auth::signing_keys::update),
        OperationId::ListSsoProviders => Handler::Person(auth::sso::list),
        OperationId::CreateSsoProvider => Handler::Person(auth::sso::create),
        OperationId::DeleteSsoProvider => Handler::Person(auth::sso::delete),
        OperationId::GetSsoProvider => Handler::Person(auth::sso::get),
        OperationId::UpdateSsoProvider => Handler::Person(auth::sso::update),
        OperationId::ListThirdPartyAuth => Handler::Person(auth::third_party::list),
        OperationId::CreateThirdPartyAuth => Handler::Person(auth::third_party::create),
        OperationId::DeleteThirdPartyAuth => Handler::Person(auth::third_party::delete),
        OperationId::GetThirdPartyAuth => Handler::Person(auth::third_party::get),
        // billing
        OperationId::ListAddons => Handler::Person(billing::list),
        OperationId::ApplyAddon => Handler::Person(billing::apply),
        OperationId::RemoveAddon => Handler::Person(billing::remove),
        // branches
        OperationId::DeleteBranch => Handler::Person(branches::change::delete),
        OperationId::GetBranchConfig => Handler::Person(branches::read::config),
        OperationId::UpdateBranch => Handler::Person(branches::change::update),
        OperationId::DiffBranch => Handler::Database(branches::sync::diff),
        OperationId::MergeBranch => Handler::Database(branches::sync::merge),
        OperationId::PushBranch => Handler::Database(branches::sync::push),
        OperationId::ResetBranch => Handler::Database(branches::sync::reset),
        OperationId::RestoreBranch => Handler::Person(branches::change::restore),
        OperationId::ListActionRuns => Handler::Person(branches::actions::list),
        OperationId::CountActionRuns => Handler::Person(branches::actions::count),
        OperationId::GetActionRun => Handler::Person(branches::actions::get),
        OperationId::GetActionRunLogs => Handler::Person(branches::actions::logs),
        OperationId::UpdateActionRunStatus => Handler::Person(branches::actions::update),
        OperationId::DisableBranching => Handler::Person(branches::change::disable),
        OperationId::ListBranches => Handler::Person(branches::read::list),
        OperationId::CreateBranch => Handler::Database(branches::create::create),
        OperationId::GetBranch => Handler::Person(branches::read::get),
        OperationId::CreateSizedBranch => Handler::Database(branches::create::create_sized),
        // compute
        OperationId::ListCompute => Handler::Person(compute::list),
        OperationId::GetCompute => Handler::Person(compute::get),
        OperationId::CreateComputeUpload => Handler::Person(compute::upload),
        OperationId::DeployCompute => Handler::Person(compute::deploy),
        OperationId::DeleteCompute => Handler::Person(compute::delete),
        // database
        OperationId::DeleteLoginRoles => Handler::Database(database::logins::delete),
        OperationId::CreateLoginRole => Handler::Database(database::logins::create),
        OperationId::GetPgbouncerConfig => Handler::Person(database::pooler::pgbouncer),
        OperationId::GetPoolerConfig => Handler::Person(database::pooler::get),
        OperationId::UpdatePoolerConfig => Handler::Person(database::pooler::update),
        OperationId::GetPostgresConfig => Handler::Person(database::config::get),
        OperationId::UpdatePostgresConfig => Handler::Person(database::config::update),
        OperationId::PatchPostgresConfig => Handler::Person(database::config::patch),
        OperationId::ListBackups => Handler::Person(database::backups::list),
        OperationId::RestorePhysicalBackup => Handler::Person(database::backups::restore_daily),
        OperationId::RestorePitrBackup => Handler::Person(database::backups::restore_moment),
        OperationId::GetRestorePoint => Handler::Person(database::backups::point),
        OperationId::CreateRestorePoint => Handler::Person(database::backups::create_point),
        OperationId::GetBackupSchedule => Handler::Person(database::backups::schedule),
        OperationId::UpdateBackupSchedule => Handler::Person(database::backups::update_schedule),
        OperationId::UndoToRestorePoint => Handler::Person(database::backups::undo),
        OperationId::DownloadBackup => Handler::Person(database::backups::download),
        OperationId::GetDatabaseMetadata => Handler::Database(database::metadata::context),
        OperationId::GetJitAccess => Handler::Person(database::jit::get),
        OperationId::AuthorizeJitAccess => Handler::Person(database::jit::authorize),
        OperationId::UpdateJitAccess => Handler::Person(database::jit::update),
        OperationId::ListJitAccess => Handler::Person(database::jit::list),
        OperationId::DeleteJitAccess => Handler::Person(database::jit::delete),
        OperationId::InviteToJit => Handler::Person(database::jit::invite),
        OperationId::AcceptJitInvitation => Handler::Person(database::jit::accept),
        OperationId::DeleteJitInvitation => Handler::Person(database::jit::withdraw),
        OperationId::RollbackMigrations => Handler::Database(database::migrations::rollback),
        OperationId::ListMigrations => Handler::Database(database::migrations::list),
        OperationId::ApplyMigration => Handler::Database(database::migrations::apply),
        OperationId::UpsertMigration => Handler::Database(database::migrations::upsert),
        OperationId::GetMigration => Handler::Database(database::migrations::get),
        OperationId::PatchMigration => Handler::Database(database::migrations::patch),
        OperationId::GetDatabaseOpenapi => Handler::Database(database::openapi::document),
        OperationId::UpdateDatabasePassword => Handler::Person(database::access::change_password),
        OperationId::RunQuery => Handler::Database(database::query::run),
        OperationId::RunReadOnlyQuery => Handler::Database(database::query::read),
        OperationId::EnableDatabaseWebhooks => Handler::Database(database::access::enable_webhooks),
        OperationId::GetJitAccessConfig => Handler::Person(database::jit::get_config),
        OperationId::UpdateJitAccessConfig => Handler::Person(database::jit::update_config),
        OperationId::RemoveReadReplica => Handler::Person(database::replicas::remove),
        OperationId::SetupReadReplica => Handler::Person(database::replicas::set_up),
        OperationId::GetReadonlyMode => Handler::Person(database::readonly::get),
        OperationId::DisableReadonlyMode => Handler::Person(database::readonly::disable),
        OperationId::GetSslEnforcement => Handler::Person(database::config::ssl),
        OperationId::UpdateSslEnforcement => Handler::Person(database::config::enforce_ssl),
        OperationId::GenerateTypescriptTypes => Handler::Database(database::types::generate),
        OperationId::ListSnippets => Handler::Person(database::snippets::list),
        OperationId::GetSnippet => Handler::Person(database::snippets::get),
        // domains
        OperationId::DeleteHostnameConfig => Handler::Person(domains::hostname::delete),
        OperationId::GetHostnameConfig => Handler::Person(domains::hostname::get),
        OperationId::ActivateCustomHostname => Handler::Person(domains::hostname::activate),
        OperationId::InitializeCustomHostname => Handler::Person(domains::hostname::initialize),
        OperationId::ReverifyCustomHostname => Handler::Person(domains::hostname::reverify),
        OperationId::DeactivateVanitySubdomain => Handler::Person(domains::vanity::deactivate),
        OperationId::GetVanitySubdomain => Handler::Person(domains::vanity::get),
        OperationId::ActivateVanitySubdomain => Handler::Person(domains::vanity::activate),
        OperationId::CheckVanitySubdomain => Handler::Person(domains::vanity::check),
        // functions
        OperationId::ListFunctions => Handler::Person(functions::list),
        OperationId::CreateFunction => Handler::Person(functions::create),
        OperationId::BulkUpdateFunctions => Handler::Person(functions::bulk_update),
        OperationId::DeployFunction => Handler::Person(functions::deploy),
        OperationId::DeleteFunction => Handler::Person(functions::delete),
        OperationId::GetFunction => Handler::Person(functions::get),
        OperationId::UpdateFunction => Handler::Person(functions::update),
        OperationId::GetFunctionBody => Handler::Person(functions::body),
        // notebooks
        OperationId::ListNotebooks => Handler::Person(notebooks::list),
        OperationId::GetNotebook => Handler::Person(notebooks::get),
        OperationId::CreateNotebook => Handler::Person(notebooks::create),
        OperationId::UpdateNotebook => Handler::Person(notebooks::update),
        OperationId::DeleteNotebook => Handler::Person(notebooks::delete),
        // oauth
        OperationId::Authorize => Handler::SignIn(authorize::world_of, authorize::ask),
        OperationId::AuthorizeProjectClaim => Handler::SignIn(authorize::world_of, authorize::ask_to_claim),
        OperationId::RevokeToken => Handler::SignIn(revoke::world_of, revoke::revoke),
        OperationId::ExchangeToken => Handler::SignIn(exchange::world_of, exchange::exchange),
        // organizations
        OperationId::ListOrganizations => Handler::Person(organizations::list),
        OperationId::CreateOrganization => Handler::Person(organizations::create),
        OperationId::GetOrganization => Handler::Person(organizations::get),
        OperationId::GetOrganizationEntitlements => Handler::Person(organizations::entitlements),
        OperationId::ListOrganizationMembers => Handler::Person(organizations::all_members),
        OperationId::ListMembers => Handler::Person(organizations::members::list),
        OperationId::ListRoles => Handler::Person(organizations::members::roles),
        OperationId::AssignMemberRole => Handler::Person(organizations::members::assign),
        OperationId::RemoveMember => Handler::Person(organizations::members::remove),
        OperationId::InviteMembers => Handler::Person(organizations::invitations::create),
        OperationId::WithdrawInvitations => Handler::Person(organizations::invitations::delete),
        OperationId::SearchProjects => Handler::Person(organizations::estate::search),
        OperationId::ListGithubConnections => Handler::Person(organizations::estate::github),
        OperationId::ListMaintenanceWindows => Handler::Person(organizations::estate::maintenance),
        OperationId::GetProjectClaim => Handler::Person(projects::claim::preview),
        OperationId::ClaimProject => Handler::Person(projects::claim::claim),
        // profile
        OperationId::GetProfile => Handler::Person(profile::get),
        // projects
        OperationId::ListOrganizationProjects => Handler::Person(projects::list::of_organization),
        OperationId::ListProjects => Handler::Person(projects::list::all),
        OperationId::CreateProject => Handler::Person(projects::create::create),
        OperationId::ListAvailableRegions => Handler::Person(projects::regions::available),
        OperationId::DeleteProject => Handler::Person(projects::change::delete),
        OperationId::GetProject => Handler::Person(projects::list::get),
        OperationId::UpdateProject => Handler::Person(projects::change::rename),
        OperationId::DeleteClaimToken => Handler::Person(projects::claim::delete),
        OperationId::GetClaimToken => Handler::Person(projects::claim::get),
        OperationId::CreateClaimToken => Handler::Person(projects::claim::create),
        OperationId::GetDisk => Handler::Person(projects::disk::get),
        OperationId::UpdateDisk => Handler::Person(projects::disk::modify),
        OperationId::GetDiskAutoscale => Handler::Person(projects::disk::autoscale),
        OperationId::GetDiskUtilization => Handler::Person(projects::disk::utilization),
        OperationId::GetServicesHealth => Handler::Person(projects::health::services),
        OperationId::DeleteNetworkBans => Handler::Person(projects::network::lift),
        OperationId::ListNetworkBans => Handler::Person(projects::network::list),
        OperationId::ListNetworkBansEnriched => Handler::Person(projects::network::enriched),
        OperationId::GetNetworkRestrictions => Handler::Person(projects::network::get),
        OperationId::PatchNetworkRestrictions => Handler::Person(projects::network::patch),
        OperationId::UpdateNetworkRestrictions => Handler::Person(projects::network::apply),
        OperationId::ReviewNetworkRestrictions => Handler::Person(projects::network::review),
        OperationId::PauseProject => Handler::Person(projects::change::pause),
        OperationId::RestartProject => Handler::Person(projects::change::restart),
        OperationId::PreviewTransfer => Handler::Person(projects::transfer::preview),
        OperationId::TransferProject => Handler::Person(projects::transfer::transfer),
        OperationId::ListPrivateLinks => Handler::Person(projects::private_link::list),
        OperationId::CreatePrivateLink => Handler::Person(projects::private_link::create),
        OperationId::DeletePrivateLink | OperationId::DeletePrivateLinkOfDatabase => {
            Handler::Person(projects::private_link::delete)
        }
        OperationId::GetProjectConfig => Handler::Person(projects::config::get),
        OperationId::ListRestoreVersions => Handler::Person(projects::list::restore_versions),
        OperationId::RestoreProject => Handler::Person(projects::change::restore),
        OperationId::CancelProjectRestoration => Handler::Person(projects::change::cancel_restore),
        OperationId::UpgradePostgres => Handler::Person(projects::upgrade::upgrade),
        OperationId::GetUpgradeEligibility => Handler::Person(projects::upgrade::eligibility),
        OperationId::GetUpgradeStatus => Handler::Person(projects::upgrade::status),
        // realtime
        OperationId::GetRealtimeConfig => Handler::Person(realtime::get),
        OperationId::UpdateRealtimeConfig => Handler::Person(realtime::update),
        OperationId::ShutdownRealtime => Handler::Person(realtime::shutdown),
        // rest
        OperationId::GetPostgrestConfig => Handler::Person(rest::get),
        OperationId::UpdatePostgrestConfig => Handler::Person(rest::update),
        // secrets
        OperationId::ListApiKeys => Handler::Person(secrets::api_keys::list),
        OperationId::CreateApiKey => Handler::Person(secrets::api_keys::create),
        OperationId::GetLegacyApiKeys => Handler::Person(secrets::legacy::get),
        OperationId::UpdateLegacyApiKeys => Handler::Person(secrets::legacy::update),
        OperationId::DeleteApiKey => Handler::Person(secrets::api_keys::delete),
        OperationId::GetApiKey => Handler::Person(secrets::api_keys::get),
        OperationId::UpdateApiKey => Handler::Person(secrets::api_keys::update),
        OperationId::GetEncryptionKey => Handler::Person(secrets::encryption::get),
        OperationId::UpdateEncryptionKey => Handler::Person(secrets::encryption::update),
        OperationId::DeleteSecrets => Handler::Person(secrets::edge::delete),
        OperationId::ListSecrets => Handler::Person(secrets::edge::list),
        OperationId::CreateSecrets => Handler::Person(secrets::edge::create),
        // storage
        OperationId::GetStorageConfig => Handler::Person(storage::get),
        OperationId::UpdateStorageConfig => Handler::Person(storage::update),
        OperationId::ListBuckets => Handler::Person(storage::buckets),
        // webhooks
        OperationId::ListOrganizationWebhooks | OperationId::ListProjectWebhooks => {
            Handler::Person(webhooks::endpoints::list)
        }
        OperationId::CreateOrganizationWebhook | OperationId::CreateProjectWebhook => {
            Handler::Person(webhooks::endpoints::create)
        }
        OperationId::DeleteOrganizationWebhooks | OperationId::DeleteProjectWebhooks => {
            Handler::Person(webhooks::endpoints::wipe)
        }
        OperationId::GetOrganizationWebhook | OperationId::GetProjectWebhook => {
            Handler::Person(webhooks::endpoints::get)
        }
        OperationId::UpdateOrganizationWebhook | OperationId::UpdateProjectWebhook => {
            Handler::Person(webhooks::endpoints::update)
        }
        OperationId::DeleteOrganizationWebhook | OperationId::DeleteProjectWebhook => {
            Handler::Person(webhooks::endpoints::delete)
        }
        OperationId::TestOrganizationWebhook | OperationId::TestProjectWebhook => {
            Handler::Person(webhooks::deliveries::test)
        }
        OperationId::ListOrganizationDeliveries | OperationId::ListProjectDeliveries => {
            Handler::Person(webhooks::deliveries::list)
        }
        OperationId::GetOrganizationDelivery | OperationId::GetProjectDelivery => {
            Handler::Person(webhooks::deliveries::get)
        }
        OperationId::RetryOrganizationDelivery | OperationId::RetryProjectDelivery => {
            Handler::Person(webhooks::deliveries::retry)
        }
    }
}
