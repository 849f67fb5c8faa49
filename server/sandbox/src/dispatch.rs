//! From an operation of the catalogue to the function that answers it, with all that happens around each.

use axum::{body::Body, http::Response};
use management_api::{Effect, OperationId};

use crate::{
    Sandbox, analytics,
    answer::{Answer, Answered, Refusal},
    call::Call,
    limit::Key,
    oauth::{SignIn, authorize, exchange, revoke},
    organizations, profile, projects,
    request::Request,
    token::{self, WorldId},
    world::World,
    worlds::{self, enter},
};

/// The function behind an operation.
enum Handler {
    /// Sign-in: no access token is asked for, and neither limit nor role applies.
    /// The first function tells the world it is for, as far as the request says.
    SignIn(fn(&Request) -> Option<WorldId>, fn(&mut SignIn<'_>) -> Answered),
    /// Everything else: called for a person.
    Person(fn(&mut Call<'_>) -> Answered),
}

fn handler(operation: OperationId) -> Handler {
    match operation {
        OperationId::Authorize => Handler::SignIn(authorize::world_of, authorize::ask),
        OperationId::ExchangeToken => Handler::SignIn(exchange::world_of, exchange::exchange),
        OperationId::RevokeToken => Handler::SignIn(revoke::world_of, revoke::revoke),
        OperationId::GetApiUsage => Handler::Person(analytics::usage),
        OperationId::GetApiRequestCount => Handler::Person(analytics::request_count),
        OperationId::ListOrganizations => Handler::Person(organizations::list),
        OperationId::CreateOrganization => Handler::Person(organizations::create),
        OperationId::GetOrganization => Handler::Person(organizations::get),
        OperationId::GetOrganizationEntitlements => Handler::Person(organizations::entitlements),
        OperationId::ListOrganizationMembers => Handler::Person(organizations::members),
        OperationId::GetProfile => Handler::Person(profile::get),
        OperationId::ListOrganizationProjects => Handler::Person(projects::list::of_organization),
        OperationId::ListProjects => Handler::Person(projects::list::all),
        OperationId::CreateProject => Handler::Person(projects::create::create),
        OperationId::ListAvailableRegions => Handler::Person(projects::regions::available),
        OperationId::DeleteProject => Handler::Person(projects::change::delete),
        OperationId::GetProject => Handler::Person(projects::list::get),
        OperationId::UpdateProject => Handler::Person(projects::change::rename),
        OperationId::GetServicesHealth => Handler::Person(projects::health::services),
        OperationId::PauseProject => Handler::Person(projects::change::pause),
        OperationId::ListRestoreVersions => Handler::Person(projects::list::restore_versions),
        OperationId::RestoreProject => Handler::Person(projects::change::restore),
        OperationId::CancelProjectRestoration => Handler::Person(projects::change::cancel_restore),
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
        Handler::Person(_) => request
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
    let answer = {
        let mut world = enter(&world);
        let answer = match handler {
            Handler::SignIn(_, function) => {
                let mut sign_in = SignIn {
                    settings: sandbox.settings(),
                    world: &mut world,
                    request: &request,
                };
                function(&mut sign_in).unwrap_or_else(|refusal| refusal.answer())
            }
            Handler::Person(function) => for_person(function, operation, &request, &mut world),
        };
        world.counters.answered(answer.status());
        if operation.row().effect != Effect::Read {
            worlds::save(sandbox.settings(), &world);
        }
        answer
    };
    match fault {
        Some(fault) => fault.after(answer),
        None => answer.map(Body::from),
    }
}

/// Token, then rate limit, then the app's scope; role and existence are for the function.
fn for_person(
    function: fn(&mut Call<'_>) -> Answered,
    operation: OperationId,
    request: &Request,
    world: &mut World,
) -> Answer {
    let Some(caller) = request.bearer().and_then(|token| world.caller(token)) else {
        return Refusal::Unauthorized.answer();
    };
    let row = operation.row();
    let now = world.now();
    let key = Key {
        identity: caller.identity.clone(),
        scope: request.scope().unwrap_or(&caller.person).to_owned(),
        operation,
    };
    let standing = world
        .limits
        .count(key, world.rules.rate_limit.unwrap_or(row.per_minute), now);
    let scope_is_missing = |scope: &&'static str| {
        caller
            .scopes
            .as_ref()
            .is_some_and(|granted| granted.iter().all(|granted| granted != scope))
    };
    let answered = if standing.exceeded {
        Err(Refusal::TooManyRequests)
    } else if let Some(scope) = row.scope.filter(scope_is_missing) {
        Err(Refusal::Scope(scope))
    } else {
        function(&mut Call {
            operation,
            request,
            world,
            caller,
            now,
        })
    };
    let mut answer = answered.unwrap_or_else(|refusal| refusal.answer());
    // As recorded: the answer to a new organization tells nothing of its limit.
    if operation != OperationId::CreateOrganization || standing.exceeded {
        standing.write(answer.headers_mut());
    }
    answer
}
