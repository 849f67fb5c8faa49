//! Console: what the app's pages get from the server, bound to the request they are drawn for.

use std::sync::Arc;

use app::{
    audit::{AuditCall, AuditFilter, AuditPage, Turn},
    backend::{Answer, Assets, Backend, BackendHandle, Found, PageContext},
    error::ConsoleError,
    sessions::Sessions,
};
use axum::{
    body::Body,
    extract::Request,
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use http::{StatusCode, request::Parts};
use leptos::{
    config::LeptosOptions,
    context::{provide_context, use_context},
};
use management_api::Request as Call;

use crate::{
    audit,
    oauth::sign_out,
    plain,
    stack::{self, Failure, Through},
    state::{self, Shared},
    visit::{SignedIn, Visit},
};

/// The backend of one request.
pub struct Console {
    shared: Shared,
    visit: Visit,
    through: Through,
}

impl Console {
    pub fn new(shared: Shared, visit: Visit, through: Through) -> Self {
        Self { shared, visit, through }
    }
}

impl Backend for Console {
    fn send(&self, request: Call) -> Answer {
        let (shared, signed_in, through) = (self.shared.clone(), self.visit.signed_in.clone(), self.through);
        Box::pin(async move {
            let signed_in = signed_in.ok_or(ConsoleError::SignedOut)?;
            Ok(send(&shared, &signed_in, through, request).await?.to_vec())
        })
    }

    fn audit(&self, filter: AuditFilter, turn: Turn) -> Found<AuditPage> {
        let (shared, signed_in) = (self.shared.clone(), self.visit.signed_in.clone());
        Box::pin(async move {
            let signed_in = signed_in.ok_or(ConsoleError::SignedOut)?;
            audit::page(&shared, &signed_in, &filter, turn).await
        })
    }

    fn audit_call(&self, id: i64) -> Found<AuditCall> {
        let (shared, signed_in) = (self.shared.clone(), self.visit.signed_in.clone());
        Box::pin(async move {
            let signed_in = signed_in.ok_or(ConsoleError::SignedOut)?;
            audit::call(&shared, &signed_in, id).await
        })
    }

    fn sessions(&self) -> Found<Sessions> {
        let (shared, signed_in) = (self.shared.clone(), self.visit.signed_in.clone());
        Box::pin(async move {
            let signed_in = signed_in.ok_or(ConsoleError::SignedOut)?;
            sign_out::list(&shared, &signed_in).await
        })
    }

    fn name_of(&self, key: &str) -> Option<String> {
        self.shared
            .directory
            .name(&self.visit.signed_in.as_ref()?.person.id, key)
    }

    fn page(&self) -> PageContext {
        PageContext {
            viewer: self.visit.signed_in.as_ref().map(|signed_in| signed_in.viewer()),
            notice: self.visit.notice.clone(),
            run: self.visit.run.clone(),
            theme: self.visit.theme,
            sandbox: self.shared.sandbox,
            oauth_sign_in: self.shared.oauth.is_some(),
            token_sign_in: self.shared.pat_sign_in,
            dashboard_url: state::DASHBOARD.to_owned(),
        }
    }

    fn assets(&self) -> Assets {
        self.shared.assets.clone()
    }

    fn sign_in_origin(&self) -> String {
        self.shared.sign_in_origins()
    }
}

/// Sends a call of the person's.
pub async fn send(
    shared: &state::State,
    signed_in: &SignedIn,
    through: Through,
    request: Call,
) -> Result<Bytes, ConsoleError> {
    let answer = ask(shared, stack::Call::new(signed_in.caller(through), request)).await;
    Ok(answer.map_err(|failure| failure.error)?.body)
}

/// Makes a call of a person's. The answer is as upstream sent it: it may hold secrets.
pub async fn ask(shared: &state::State, call: stack::Call) -> Result<stack::Answer, Failure> {
    shared.stack.ask(call).await
}

/// Provides the backend to a page or a server function; Leptos has put the request's parts there before.
pub fn context(shared: Shared) -> impl Fn() + Clone + Send + Sync + 'static {
    move || {
        let visit = use_context::<Parts>()
            .and_then(|parts| parts.extensions.get::<Visit>().cloned())
            .unwrap_or_default();
        provide_context::<BackendHandle>(Arc::new(Console::new(shared.clone(), visit, Through::Console)));
    }
}

/// Draws the app's own page for a path that leads nowhere; a program that wants no pages is told in a line.
pub async fn not_found(shared: Shared, request: Request<Body>) -> Response {
    if !plain::wants_html(request.headers()) {
        return (
            StatusCode::NOT_FOUND,
            "There is nothing at this address of the console.\n",
        )
            .into_response();
    }
    draw(shared, request, StatusCode::NOT_FOUND).await
}

/// Draws the page of the request's path; `status` is the answer's, unless the page has one of its own.
pub async fn draw(shared: Shared, request: Request<Body>, status: StatusCode) -> Response {
    let options = options();
    let draw =
        leptos_axum::render_app_to_stream_in_order_with_context(context(shared), move || app::shell(options.clone()));
    let mut page = draw(request).await;
    if page.status() == StatusCode::OK {
        *page.status_mut() = status;
    }
    page
}

pub fn options() -> LeptosOptions {
    LeptosOptions::builder().output_name("steward").build()
}
