//! Every path of the sandbox: the catalogue's, the consent form's, and the control API's.

use axum::{
    Router,
    body::Body,
    extract::{DefaultBodyLimit, State},
    http::{HeaderValue, Response, header::HOST},
    middleware::{Next, from_fn_with_state},
    response::IntoResponse,
    routing::{MethodFilter, get, on},
};
use management_api::{Area, OperationId, catalogue::Method};
use url::Url;

use crate::{
    Sandbox,
    answer::Refusal,
    control, dispatch,
    oauth::{SignIn, authorize},
    page,
    request::{Request, request_line},
    settings::is_loopback,
    token::WorldId,
    worlds::{self, enter},
};

/// No request of the catalogue is larger, but for those that carry a function's source.
const LARGEST_BODY: usize = 1 << 20;

/// What the real service takes of a function: 20 MB.
const LARGEST_FUNCTION: usize = 20 << 20;

pub fn router(sandbox: Sandbox) -> Router {
    let mut router = Router::new();
    for operation in OperationId::ALL {
        let row = operation.row();
        let answer = move |State(sandbox): State<Sandbox>, request: Request| async move {
            dispatch::answer(&sandbox, *operation, request).await
        };
        let largest = match row.area {
            Area::Functions => LARGEST_FUNCTION,
            _ => LARGEST_BODY,
        };
        let route = on(filter(row.method), answer).layer(DefaultBodyLimit::max(largest));
        router = router.route(row.path, route);
    }
    router
        .route("/v1/oauth/authorize", axum::routing::post(decide))
        .route("/", get(front))
        .merge(control::router())
        .fallback(nowhere)
        .method_not_allowed_fallback(nowhere)
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(from_fn_with_state(sandbox.clone(), only_here))
        .with_state(sandbox)
}

/// Refuses requests for another host than this machine, unless the sandbox is a public one.
async fn only_here(State(sandbox): State<Sandbox>, request: axum::extract::Request, next: Next) -> Response<Body> {
    let names_here = |host: &HeaderValue| {
        let url = host
            .to_str()
            .ok()
            .and_then(|host| Url::parse(&format!("http://{host}/")).ok());
        url.is_some_and(|url| is_loopback(&url))
    };
    // No browser leaves the host out.
    let here = request.headers().get(HOST).is_none_or(names_here);
    if here || sandbox.settings().public {
        next.run(request).await
    } else {
        Refusal::Forbidden("This sandbox is for this machine alone: ask it at a loopback address.".to_owned())
            .into_response()
    }
}

fn filter(method: Method) -> MethodFilter {
    match method {
        Method::Get => MethodFilter::GET,
        Method::Head => MethodFilter::HEAD,
        Method::Post => MethodFilter::POST,
        Method::Put => MethodFilter::PUT,
        Method::Patch => MethodFilter::PATCH,
        Method::Delete => MethodFilter::DELETE,
    }
}

/// The consent page's form. It is the sandbox's own and in no catalogue, so no fault strikes it.
async fn decide(State(sandbox): State<Sandbox>, request: Request) -> Response<Body> {
    let world = authorize::world_of(&request)
        .and_then(|id| sandbox.find(id))
        .or_else(|| sandbox.find(WorldId::DEMO));
    let Some(world) = world else {
        return Refusal::NotFound("World").into_response();
    };
    let mut world = enter(&world);
    let answer = authorize::decide(&mut SignIn {
        settings: sandbox.settings(),
        world: &mut world,
        request: &request,
    });
    worlds::save(sandbox.settings(), &world);
    answer.map(Body::from)
}

async fn front(State(sandbox): State<Sandbox>) -> Response<Body> {
    match sandbox.find(WorldId::DEMO) {
        Some(demo) => page::front(sandbox.settings(), &enter(&demo)).map(Body::from),
        None => Refusal::NotFound("World").into_response(),
    }
}

/// The real service answers 404 to a wrong method as well.
async fn nowhere(request: axum::extract::Request) -> Refusal {
    Refusal::NoSuchPath(request_line(&request))
}
