//! Every route, and what each request passes on its way.

use std::{any::Any, sync::LazyLock};

use app::{App, paths};
use axum::{
    Router,
    extract::Request,
    middleware::{Next, from_fn, from_fn_with_state, map_response},
    response::Response,
    routing::{get, post},
};
use leptos_axum::{AxumRouteListing, LeptosRoutes, generate_route_list};
use tower_http::{
    CompressionLevel, catch_panic::CatchPanicLayer, compression::CompressionLayer, limit::RequestBodyLimitLayer,
};

use crate::{
    audit, console,
    error::Error,
    explorer, forms, health,
    middleware::{address, headers, host, origin, outcome, sign_ins, slow_body, trace},
    oauth::{flow, sign_out},
    plain, session, site,
    state::Shared,
    theme, visit,
};

/// Bytes of a request's body, at most.
const BODY: usize = 1024 * 1024;
/// The same where nobody has to be signed in: a token and a path.
const SIGN_IN_BODY: usize = 16 * 1024;

/// The app's pages. Leptos lists them by running the app while resources are kept from loading, for the whole process:
/// one that begins to load meanwhile never ends (leptos issue 4773). So they are listed once, before anything is served,
/// however many consoles the process holds.
pub static PAGES: LazyLock<Vec<AxumRouteListing>> = LazyLock::new(|| generate_route_list(App));

pub fn build(shared: Shared) -> Result<Router, Error> {
    // For pages and server functions somebody must be signed in; see `visit`.
    let console = pages(&shared)
        .route(forms::ROUTE, post(forms::perform))
        .route(explorer::ROUTE, post(explorer::run))
        .route(paths::AUDIT_CSV, get(audit::export::csv))
        .route(paths::AUDIT_JSON_LINES, get(audit::export::json_lines))
        .layer(from_fn_with_state(shared.clone(), address::check))
        .layer(from_fn_with_state(shared.clone(), visit::settle));

    let sign_in = Router::new()
        .route(paths::SIGN_IN_START, post(flow::start))
        .route(paths::SIGN_IN_CALLBACK, get(flow::callback))
        .route(paths::SIGN_IN_TOKEN, post(flow::token))
        .route_layer(from_fn_with_state(shared.clone(), sign_ins::bound))
        // Below: who is let in always gets out.
        .route(paths::SIGN_OUT, post(sign_out::sign_out))
        .route(paths::END_SESSION, post(sign_out::end_one))
        .route(paths::END_SESSIONS, post(sign_out::end_all))
        .route(paths::THEME, post(theme::choose))
        .layer(RequestBodyLimitLayer::new(SIGN_IN_BODY));

    // Below, a later layer lies further out.
    Ok(console
        .merge(sign_in)
        .layer(from_fn_with_state(shared.clone(), host::unify))
        .layer(session::layer(shared.store.clone(), &shared.public_url))
        .layer(map_response(session::take_back_securely))
        // Brotli would take 13 % fewer bytes, and as long again as drawing the page.
        .layer(CompressionLayer::new().quality(CompressionLevel::Precise(4)))
        .layer(from_fn(site_first))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .layer(RequestBodyLimitLayer::new(BODY))
        .layer(from_fn_with_state(shared.clone(), slow_body::cut))
        .layer(origin::layer(&shared.public_url)?)
        .layer(CatchPanicLayer::custom(broken))
        .layer(from_fn(outcome::in_json))
        .layer(from_fn_with_state(shared.clone(), headers::secure))
        .layer(from_fn(trace::log))
        .with_state(shared))
}

/// The app's pages and server functions, and its own page for every other path.
fn pages(shared: &Shared) -> Router<Shared> {
    let options = console::options();
    let context = console::context(shared.clone());
    let (shared, shell) = (shared.clone(), options.clone());
    Router::new()
        .leptos_routes_with_context(&options, PAGES.clone(), context, move || app::shell(shell.clone()))
        .with_state(options)
        .fallback(move |request| console::not_found(shared.clone(), request))
}

/// Files need no session and no database.
async fn site_first(request: Request, next: Next) -> Response {
    match site::serve(request.method(), request.uri().path(), request.headers()) {
        Some(file) => file,
        None => next.run(request).await,
    }
}

pub(crate) fn broken(panic: Box<dyn Any + Send>) -> Response {
    let why = panic
        .downcast_ref::<&str>()
        .map(|text| (*text).to_owned())
        .or_else(|| panic.downcast_ref::<String>().cloned());
    tracing::error!(why = why.as_deref().unwrap_or("unknown"), "a request ended in a panic");
    plain::broke_off()
}
