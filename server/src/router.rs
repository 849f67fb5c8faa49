//! Every route, and what each request passes on its way.

use std::sync::LazyLock;

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
    error::Error,
    render,
    state::Shared,
    web::{
        advisors, appearance, audit_export, baselines, configuration, deploy, explorer, faults, forms, health,
        log_export, log_questions, mail_look, marks, members_file,
        middleware::{
            address, authenticate, body_size, headers, host, in_place, membership, origin, panics, recent,
            sign_in_limit, slow_body, trace,
        },
        notebook, plans, reveal, rows, run_log, schema_files, secrets, session, sign_in, sign_out, site, sql,
        statements, zip,
    },
};

/// Bytes of a request's body where nobody has to be signed in, at most: a token and a path.
const SIGN_IN_BODY: usize = 16 * 1024;

/// The app's pages. Leptos lists them by running the app while resources are kept from loading, for the whole process:
/// one that begins to load meanwhile never ends (leptos issue 4773). So they are listed once, before anything is served,
/// however many consoles the process holds.
pub static PAGES: LazyLock<Vec<AxumRouteListing>> = LazyLock::new(|| generate_route_list(App));

pub fn build(shared: Shared) -> Result<Router, Error> {
    // For pages and server functions somebody must be signed in; see `authenticate`.
    let console = pages(&shared)
        .route(deploy::ROUTE, post(deploy::deploy))
        .route(forms::ROUTE, post(forms::perform))
        .route(notebook::ROUTE, post(notebook::update))
        .route(explorer::ROUTE, post(explorer::run))
        .route(sql::ROUTE, post(sql::run))
        .route(rows::ROUTE, get(rows::give))
        .route(marks::ROUTE, post(marks::act))
        .route(statements::ROUTE, post(statements::act))
        .route(log_questions::ROUTE, post(log_questions::act))
        .route(plans::DRAW_UP, post(plans::draw_up))
        .route(plans::PREVIEW, post(plans::preview))
        .route(plans::APPLY, post(plans::apply))
        .route(plans::DISCARD, post(plans::discard))
        .route(plans::LEAVE_OUT, post(plans::leave_out))
        .route(mail_look::ROUTE, post(mail_look::look))
        .route(plans::STOP, post(plans::stop))
        .route(reveal::ROUTE, post(reveal::reveal))
        .route(secrets::COMPARE, post(secrets::compare))
        .route(secrets::NAMES, get(secrets::names))
        .route(zip::ROUTE, get(zip::function))
        .route(run_log::ROUTE, get(run_log::answer))
        .route(log_export::ROUTE, get(log_export::answer))
        .route(configuration::ROUTE, get(configuration::answer))
        .route(schema_files::ROUTE, get(schema_files::answer))
        .route(members_file::ROUTE, get(members_file::answer))
        .route(baselines::ROUTE, post(baselines::act))
        .route(advisors::ROUTE, post(advisors::act))
        .route(paths::ADVISORS_CSV, get(advisors::export))
        .route(paths::AUDIT_CSV, get(audit_export::csv))
        .route(paths::AUDIT_JSON_LINES, get(audit_export::json_lines))
        .layer(from_fn_with_state(shared.clone(), recent::note))
        .layer(from_fn_with_state(shared.clone(), membership::know))
        .layer(from_fn_with_state(shared.clone(), address::check))
        .layer(from_fn_with_state(shared.clone(), authenticate::authenticate));

    let sign_in = Router::new()
        .route(paths::SIGN_IN_START, post(sign_in::consent::start))
        .route(paths::SIGN_IN_CALLBACK, get(sign_in::consent::callback))
        .route(paths::SIGN_IN_TOKEN, post(sign_in::personal_token::token))
        .route(paths::CONNECT, post(sign_in::connect::start))
        .route(paths::CONNECT_TOKEN, post(sign_in::connect::token))
        .route_layer(from_fn_with_state(shared.clone(), sign_in_limit::bound))
        // Below: who is let in always gets out.
        .route(paths::SIGN_OUT, post(sign_out::sign_out))
        .route(paths::DISCONNECT, post(sign_in::connect::end))
        .route(paths::CALL_ME, post(sign_in::connect::name))
        .route(paths::END_SESSION, post(sign_out::end_one))
        .route(paths::END_SESSIONS, post(sign_out::end_all))
        .route(paths::THEME, post(appearance::theme))
        .route(paths::MENU, post(appearance::menu))
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
        .route(
            faults::ROUTE,
            post(faults::note).layer(RequestBodyLimitLayer::new(faults::BODY)),
        )
        .layer(from_fn(body_size::bound))
        .layer(from_fn_with_state(shared.clone(), slow_body::cut))
        .layer(origin::layer(&shared.public_url)?)
        .layer(CatchPanicLayer::custom(panics::answer))
        .layer(from_fn(in_place::tell))
        .layer(from_fn_with_state(shared.clone(), headers::secure))
        .layer(from_fn_with_state(shared.clone(), trace::log))
        .with_state(shared))
}

/// The app's pages and server functions, and its own page for every other path.
fn pages(shared: &Shared) -> Router<Shared> {
    let options = render::options();
    let context = render::context(shared.clone());
    let (shared, shell) = (shared.clone(), options.clone());
    Router::new()
        .leptos_routes_with_context(&options, PAGES.clone(), context, move || app::shell(shell.clone()))
        .with_state(options)
        .fallback(move |request| render::not_found(shared.clone(), request))
}

/// Files need no session and no database.
async fn site_first(request: Request, next: Next) -> Response {
    match site::serve(request.method(), request.uri().path(), request.headers()) {
        Some(file) => file,
        None => next.run(request).await,
    }
}
