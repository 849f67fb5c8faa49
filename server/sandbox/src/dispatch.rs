//! From an operation of the catalogue to the function that answers it, with all that happens around each.

use std::sync::Arc;

use axum::{body::Body, http::Response};
use futures::future::BoxFuture;
use management_api::{Effect, OperationId};

use crate::{
    Sandbox, analytics,
    answer::{Answer, Answered, Refusal},
    auth,
    call::{Call, Waiting},
    domains,
    limit::{Key, Standing},
    oauth::{SignIn, authorize, exchange, revoke},
    organizations, profile, projects,
    request::Request,
    secrets,
    token::{self, WorldId},
    world::{Caller, World},
    worlds::{self, enter},
};

/// The function behind an operation.
#[derive(Clone, Copy)]
enum Handler {
    /// Sign-in: no access token is asked for, and neither limit nor role applies.
    /// The first function tells the world it is for, as far as the request says.
    SignIn(fn(&Request) -> Option<WorldId>, fn(&mut SignIn<'_>) -> Answered),
    /// Everything else: called for a person.
    Person(fn(&mut Call<'_>) -> Answered),
    /// Called for a person, too, and asks PostgreSQL: the world goes on meanwhile.
    Database(fn(Waiting) -> BoxFuture<'static, Answered>),
}

fn unfinished(call: &mut Call<'_>) -> Answered {
    call.project()?;
    Err(Refusal::Invalid("The sandbox does not answer this yet.".to_owned()))
}

fn handler(operation: OperationId) -> Handler {
    match operation {
        // advisors
        OperationId::GetPerformanceAdvisors => Handler::Person(unfinished),
        OperationId::GetSecurityAdvisors => Handler::Person(unfinished),
        // analytics
        OperationId::GetFunctionStats => Handler::Person(analytics::functions::stats),
        OperationId::QueryLogs => Handler::Database(analytics::logs::query),
        OperationId::GetApiUsage => Handler::Person(analytics::usage::api_counts),
        OperationId::GetApiRequestCount => Handler::Person(analytics::usage::request_count),
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
        OperationId::ListAddons => Handler::Person(unfinished),
        OperationId::ApplyAddon => Handler::Person(unfinished),
        OperationId::RemoveAddon => Handler::Person(unfinished),
        // branches
        OperationId::DeleteBranch => Handler::Person(unfinished),
        OperationId::GetBranchConfig => Handler::Person(unfinished),
        OperationId::UpdateBranch => Handler::Person(unfinished),
        OperationId::DiffBranch => Handler::Person(unfinished),
        OperationId::MergeBranch => Handler::Person(unfinished),
        OperationId::PushBranch => Handler::Person(unfinished),
        OperationId::ResetBranch => Handler::Person(unfinished),
        OperationId::RestoreBranch => Handler::Person(unfinished),
        OperationId::ListActionRuns => Handler::Person(unfinished),
        OperationId::CountActionRuns => Handler::Person(unfinished),
        OperationId::GetActionRun => Handler::Person(unfinished),
        OperationId::GetActionRunLogs => Handler::Person(unfinished),
        OperationId::UpdateActionRunStatus => Handler::Person(unfinished),
        OperationId::DisableBranching => Handler::Person(unfinished),
        OperationId::ListBranches => Handler::Person(unfinished),
        OperationId::CreateBranch => Handler::Person(unfinished),
        OperationId::GetBranch => Handler::Person(unfinished),
        // database
        OperationId::DeleteLoginRoles => Handler::Person(unfinished),
        OperationId::CreateLoginRole => Handler::Person(unfinished),
        OperationId::GetPgbouncerConfig => Handler::Person(unfinished),
        OperationId::GetPoolerConfig => Handler::Person(unfinished),
        OperationId::UpdatePoolerConfig => Handler::Person(unfinished),
        OperationId::GetPostgresConfig => Handler::Person(unfinished),
        OperationId::UpdatePostgresConfig => Handler::Person(unfinished),
        OperationId::ListBackups => Handler::Person(unfinished),
        OperationId::RestorePhysicalBackup => Handler::Person(unfinished),
        OperationId::RestorePitrBackup => Handler::Person(unfinished),
        OperationId::GetRestorePoint => Handler::Person(unfinished),
        OperationId::CreateRestorePoint => Handler::Person(unfinished),
        OperationId::GetBackupSchedule => Handler::Person(unfinished),
        OperationId::UpdateBackupSchedule => Handler::Person(unfinished),
        OperationId::UndoToRestorePoint => Handler::Person(unfinished),
        OperationId::GetDatabaseMetadata => Handler::Person(unfinished),
        OperationId::GetJitAccess => Handler::Person(unfinished),
        OperationId::AuthorizeJitAccess => Handler::Person(unfinished),
        OperationId::UpdateJitAccess => Handler::Person(unfinished),
        OperationId::ListJitAccess => Handler::Person(unfinished),
        OperationId::DeleteJitAccess => Handler::Person(unfinished),
        OperationId::RollbackMigrations => Handler::Person(unfinished),
        OperationId::ListMigrations => Handler::Person(unfinished),
        OperationId::ApplyMigration => Handler::Person(unfinished),
        OperationId::UpsertMigration => Handler::Person(unfinished),
        OperationId::GetMigration => Handler::Person(unfinished),
        OperationId::PatchMigration => Handler::Person(unfinished),
        OperationId::GetDatabaseOpenapi => Handler::Person(unfinished),
        OperationId::UpdateDatabasePassword => Handler::Person(unfinished),
        OperationId::RunQuery => Handler::Person(unfinished),
        OperationId::RunReadOnlyQuery => Handler::Person(unfinished),
        OperationId::EnableDatabaseWebhooks => Handler::Person(unfinished),
        OperationId::GetJitAccessConfig => Handler::Person(unfinished),
        OperationId::UpdateJitAccessConfig => Handler::Person(unfinished),
        OperationId::RemoveReadReplica => Handler::Person(unfinished),
        OperationId::SetupReadReplica => Handler::Person(unfinished),
        OperationId::GetReadonlyMode => Handler::Person(unfinished),
        OperationId::DisableReadonlyMode => Handler::Person(unfinished),
        OperationId::GetSslEnforcement => Handler::Person(unfinished),
        OperationId::UpdateSslEnforcement => Handler::Person(unfinished),
        OperationId::GenerateTypescriptTypes => Handler::Person(unfinished),
        OperationId::ListSnippets => Handler::Person(unfinished),
        OperationId::GetSnippet => Handler::Person(unfinished),
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
        OperationId::ListFunctions => Handler::Person(unfinished),
        OperationId::CreateFunction => Handler::Person(unfinished),
        OperationId::BulkUpdateFunctions => Handler::Person(unfinished),
        OperationId::DeployFunction => Handler::Person(unfinished),
        OperationId::DeleteFunction => Handler::Person(unfinished),
        OperationId::GetFunction => Handler::Person(unfinished),
        OperationId::UpdateFunction => Handler::Person(unfinished),
        OperationId::GetFunctionBody => Handler::Person(unfinished),
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
        OperationId::ListOrganizationMembers => Handler::Person(organizations::members),
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
        OperationId::GetDisk => Handler::Person(unfinished),
        OperationId::UpdateDisk => Handler::Person(unfinished),
        OperationId::GetDiskAutoscale => Handler::Person(unfinished),
        OperationId::GetDiskUtilization => Handler::Person(unfinished),
        OperationId::GetServicesHealth => Handler::Person(projects::health::services),
        OperationId::DeleteNetworkBans => Handler::Person(unfinished),
        OperationId::ListNetworkBans => Handler::Person(unfinished),
        OperationId::ListNetworkBansEnriched => Handler::Person(unfinished),
        OperationId::GetNetworkRestrictions => Handler::Person(unfinished),
        OperationId::PatchNetworkRestrictions => Handler::Person(unfinished),
        OperationId::UpdateNetworkRestrictions => Handler::Person(unfinished),
        OperationId::PauseProject => Handler::Person(projects::change::pause),
        OperationId::ListRestoreVersions => Handler::Person(projects::list::restore_versions),
        OperationId::RestoreProject => Handler::Person(projects::change::restore),
        OperationId::CancelProjectRestoration => Handler::Person(projects::change::cancel_restore),
        OperationId::UpgradePostgres => Handler::Person(projects::upgrade::upgrade),
        OperationId::GetUpgradeEligibility => Handler::Person(projects::upgrade::eligibility),
        OperationId::GetUpgradeStatus => Handler::Person(projects::upgrade::status),
        // realtime
        OperationId::GetRealtimeConfig => Handler::Person(unfinished),
        OperationId::UpdateRealtimeConfig => Handler::Person(unfinished),
        OperationId::ShutdownRealtime => Handler::Person(unfinished),
        // rest
        OperationId::GetPostgrestConfig => Handler::Person(unfinished),
        OperationId::UpdatePostgrestConfig => Handler::Person(unfinished),
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
        OperationId::GetStorageConfig => Handler::Person(unfinished),
        OperationId::UpdateStorageConfig => Handler::Person(unfinished),
        OperationId::ListBuckets => Handler::Person(unfinished),
    }
}

/// Answers a call of the catalogue.
pub async fn answer(sandbox: &Sandbox, operation: OperationId, request: Request) -> Response<Body> {
    let handler = handler(operation);
    let world = match handler {
        // A token or code of no known world is for the demo to refuse.
        Handler::SignIn(world_of, _) => world_of(&request)
            .and_then(|id| sandbox.find(id))
            .or_else(|| sandbox.find(WorldId::DEMO)),
        Handler::Person(_) | Handler::Database(_) => request
            .bearer()
            .and_then(token::world_of)
            .and_then(|id| sandbox.find(id)),
    };
    let Some(world) = world else {
        return Refusal::Unauthorized.answer().map(Body::from);
    };
    let fault = {
        let mut world = enter(&world);
        world.counters.call(operation);
        world.faults.strike(operation)
    };
    if let Some(fault) = &fault
        && let Some(instead) = fault.before(operation).await
    {
        enter(&world).counters.answered(instead.status());
        return instead.map(Body::from);
    }
    let request = Arc::new(request);
    let answer = match handler {
        Handler::SignIn(_, function) => {
            let mut sign_in = SignIn {
                settings: sandbox.settings(),
                world: &mut enter(&world),
                request: &request,
            };
            function(&mut sign_in).unwrap_or_else(|refusal| refusal.answer())
        }
        Handler::Person(function) => {
            let mut world = enter(&world);
            let admitted = admit(operation, &request, &mut world);
            finish(operation, admitted, |caller| {
                let now = world.now();
                function(&mut Call {
                    operation,
                    request: &request,
                    world: &mut world,
                    caller,
                    now,
                })
            })
        }
        Handler::Database(function) => {
            let admitted = admit(operation, &request, &mut enter(&world));
            let answered = match &admitted.caller {
                Ok(caller) => {
                    let waiting = Waiting {
                        sandbox: sandbox.clone(),
                        world: world.clone(),
                        operation,
                        request: request.clone(),
                        caller: caller.clone(),
                    };
                    function(waiting).await
                }
                Err(refusal) => Err(refusal.clone()),
            };
            finish(operation, admitted, |_| answered)
        }
    };
    if operation == OperationId::DeleteProject && answer.status().is_success() {
        let id = enter(&world).id;
        // ok: a database that stays is found by nobody, since the project is gone.
        let _ = sandbox.postgres().drop(id, request.path("ref")).await;
    }
    {
        let mut world = enter(&world);
        world.counters.answered(answer.status());
        if operation.row().effect != Effect::Read {
            worlds::save(sandbox.settings(), &world);
        }
    }
    match fault {
        Some(fault) => fault.after(answer),
        None => answer.map(Body::from),
    }
}

/// Whether a call may go on, and where it stands within its limit, if it was counted.
struct Admitted {
    caller: Result<Caller, Refusal>,
    standing: Option<Standing>,
}

/// Token, then rate limit, then the app's scope; role and existence are for the function.
fn admit(operation: OperationId, request: &Request, world: &mut World) -> Admitted {
    let Some(caller) = request.bearer().and_then(|token| world.caller(token)) else {
        return Admitted {
            caller: Err(Refusal::Unauthorized),
            standing: None,
        };
    };
    let row = operation.row();
    let now = world.now();
    let key = Key {
        identity: caller.identity.clone(),
        scope: request.scope().unwrap_or(&caller.person).to_owned(),
        operation,
    };
    let standing = world.limits.count(key, row.limit, world.rules.rate_limit, now);
    let scope_is_missing = |scope: &&'static str| {
        caller
            .scopes
            .as_ref()
            .is_some_and(|granted| granted.iter().all(|granted| granted != scope))
    };
    let caller = if standing.exceeded {
        Err(Refusal::TooManyRequests)
    } else if let Some(scope) = row.scope.filter(scope_is_missing) {
        Err(Refusal::Scope(scope))
    } else {
        Ok(caller)
    };
    Admitted {
        caller,
        standing: Some(standing),
    }
}

/// Runs the function of an admitted call and tells where the call stands within its limit.
fn finish(operation: OperationId, admitted: Admitted, function: impl FnOnce(Caller) -> Answered) -> Answer {
    let mut answer = admitted
        .caller
        .and_then(function)
        .unwrap_or_else(|refusal| refusal.answer());
    // As recorded: the answer to a new organization tells nothing of its limit.
    if let Some(standing) = admitted.standing
        && (operation != OperationId::CreateOrganization || standing.exceeded)
    {
        standing.write(answer.headers_mut());
    }
    answer
}
