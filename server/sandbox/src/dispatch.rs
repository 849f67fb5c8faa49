//! What happens around each call of the catalogue: token, limit, scope and faults before its function, and what is kept
//! after it.

mod handler;

use std::sync::Arc;

use axum::{body::Body, http::Response};
use management_api::{Body as Sends, Effect, OperationId};
use tokio::time::Instant;

use self::handler::{Handler, handler};
use crate::{
    Sandbox,
    answer::{Answer, Answered, Refusal},
    call::{Call, Waiting},
    gaps,
    limit::{Key, Standing},
    nulls,
    oauth::SignIn,
    request::Request,
    token::{self, WorldId},
    world::{Caller, World},
    worlds::{self, enter},
};

/// Answers a call of the catalogue.
pub async fn answer(sandbox: &Sandbox, operation: OperationId, request: Request) -> Response<Body> {
    let came = Instant::now();
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
        return Refusal::Unauthorized.answer_to(operation).map(Body::from);
    };
    let fault = {
        let mut world = enter(&world);
        world.counters.call(operation);
        world.faults.strike(operation, request.scope())
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
    let (id, orphans) = {
        let mut world = enter(&world);
        (world.id, std::mem::take(&mut world.orphans))
    };
    for orphan in orphans {
        // ok: a database that stays is found by nobody, since the project is gone.
        let _ = sandbox.postgres().drop(id, &orphan).await;
    }
    {
        let mut world = enter(&world);
        world.counters.answered(answer.status());
        if operation.row().effect != Effect::Read {
            worlds::save(sandbox.settings(), &world);
        }
    }
    let (gaps, place) = {
        let world = enter(&world);
        (world.rules.gaps, gaps::place(&world, request.scope()))
    };
    let answer = match (gaps, handler) {
        (Some(seed), Handler::Person(_) | Handler::Database(_)) => gaps::torn(seed, operation, &place, answer),
        (None, _) | (_, Handler::SignIn(..)) => answer,
    };
    match fault {
        Some(fault) => {
            fault.hold(came).await;
            fault.after(answer)
        }
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
    // What a scoped token lacks of what the operation takes.
    let missing = |given: &Vec<String>| row.permissions.lacking(|name| given.iter().any(|given| given == name));
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
    } else if let Some(missing) = caller.permissions.as_ref().and_then(missing) {
        Err(Refusal::Missing(missing))
    } else if let Some(at) = null(operation, request) {
        Err(Refusal::Invalid(format!(
            "{at}: Invalid input: expected a value, received null"
        )))
    } else {
        Ok(caller)
    };
    Admitted {
        caller,
        standing: Some(standing),
    }
}

/// Where the body says `null` though it may not.
fn null(operation: OperationId, request: &Request) -> Option<String> {
    match operation.row().body {
        Sends::Json | Sends::Whole(_) | Sends::Data(_) | Sends::List(..) => {
            nulls::forbidden(operation, &serde_json::from_slice(&request.body).ok()?)
        }
        Sends::None | Sends::Form | Sends::Multipart => None,
    }
}

/// Runs the function of an admitted call and tells where the call stands within its limit.
fn finish(operation: OperationId, admitted: Admitted, function: impl FnOnce(Caller) -> Answered) -> Answer {
    let mut answer = admitted
        .caller
        .and_then(function)
        .unwrap_or_else(|refusal| refusal.answer_to(operation));
    // As recorded: the answer to a new organization tells nothing of its limit.
    if let Some(standing) = admitted.standing
        && (operation != OperationId::CreateOrganization || standing.exceeded)
    {
        standing.write(answer.headers_mut());
    }
    answer
}
