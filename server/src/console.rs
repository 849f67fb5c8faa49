//! Console: what the app's pages get from the server, bound to the request they are drawn for.

use std::sync::Arc;

use app::{
    backend::{Answer, Assets, Backend, BackendHandle, PageContext},
    error::ConsoleError,
};
use axum::{
    body::Body,
    extract::Request,
    response::{IntoResponse, Response},
};
use http::{StatusCode, request::Parts};
use leptos::{
    config::LeptosOptions,
    context::{provide_context, use_context},
};
use management_api::Request as Call;

use crate::{
    plain,
    stack::{self, Failure, Source, Through},
    state::{self, Shared},
    visit::Visit,
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

    /// Makes the call; the answer is as upstream sent it and may hold secrets.
    pub fn ask(&self, request: Call) -> impl Future<Output = Result<stack::Answer, Failure>> + Send + use<> {
        let shared = self.shared.clone();
        let caller = self
            .visit
            .signed_in
            .as_ref()
            .map(|signed_in| signed_in.caller(self.through));
        async move {
            let caller = caller.ok_or_else(|| Failure::held(ConsoleError::SignedOut))?;
            let (person, asked) = (caller.person.clone(), request.clone());
            let answer = shared.stack.ask(stack::Call { caller, request }).await?;
            if answer.source == Source::Upstream {
                shared.directory.learn(&person, &asked, &answer.body);
            }
            Ok(answer)
        }
    }
}

impl Backend for Console {
    fn send(&self, request: Call) -> Answer {
        let answer = self.ask(request);
        Box::pin(async move {
            let answer = answer.await.map_err(|failure| failure.error)?;
            Ok(answer.body.to_vec())
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

/// Provides the backend to a page or a server function; Leptos has put the request's parts there before.
pub fn context(shared: Shared) -> impl Fn() + Clone + Send + Sync + 'static {
    move || {
        let visit = use_context::<Parts>()
            .and_then(|parts| parts.extensions.get::<Visit>().cloned())
            .unwrap_or_default();
        provide_context::<BackendHandle>(Arc::new(Console::new(shared.clone(), visit, Through::Console)));
    }
}

/// Draws the app's own page for a path that leads nowhere.
pub async fn not_found(shared: Shared, request: Request<Body>) -> Response {
    if !plain::wants_html(request.headers()) {
        return StatusCode::NOT_FOUND.into_response();
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
