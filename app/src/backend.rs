//! What the server must supply to the app, and the app's two ways to reach it.

use std::collections::BTreeMap;

use management_api::Operation;
use serde::{Deserialize, Serialize};

use crate::error::ConsoleError;

/// The person a page is drawn for. Never holds a token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Viewer {
    /// `None` where Supabase does not tell (not every token reaches the profile).
    pub email: Option<String>,
    pub username: Option<String>,
    pub signed_in_with: SignInMethod,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SignInMethod {
    Oauth,
    PersonalAccessToken,
}

/// What came of a form that was posted without JavaScript; shown on the page the person returns to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// The operation that the form asked for.
    pub operation: String,
    pub outcome: Result<String, ConsoleError>,
    /// What was typed, so that a failed form comes back filled in. Secret parameters are left out.
    pub fields: BTreeMap<String, String>,
}

/// What came of a form that the hydrated page sent to `/do/<operation-id>`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum FormOutcome {
    /// It was done; `message` says so in plain English, `next` is the page to go on to.
    Done {
        message: String,
        next: String,
    },
    Failed {
        error: ConsoleError,
    },
}

/// The theme a person chose; the system's until they choose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Theme {
    #[default]
    System,
    Light,
    Dark,
}

impl Theme {
    pub const ALL: [Theme; 3] = [Self::System, Self::Light, Self::Dark];

    /// The word of the cookie, the form and `<html data-theme>`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// Reads a cookie or a form; anything else is the system's theme.
    pub fn read(word: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|theme| theme.as_str() == word)
            .unwrap_or_default()
    }
}

/// What the server knows of a request before the first byte is sent; the same in the browser after hydration.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageContext {
    /// `None` on the pages that need no sign-in.
    pub viewer: Option<Viewer>,
    pub notice: Option<Notice>,
    pub theme: Theme,
    /// Whether the console runs on the built-in sandbox.
    pub sandbox: bool,
    /// Whether people may sign in with a personal access token.
    pub token_sign_in: bool,
    /// Where Supabase's own dashboard is, for what the API does not offer.
    pub dashboard_url: String,
}

#[cfg(feature = "ssr")]
pub use server::{Answer, Assets, Backend, BackendHandle, narrow, read};

#[cfg(feature = "ssr")]
mod server {
    use std::{future::Future, pin::Pin, sync::Arc};

    use leptos::prelude::use_context;
    use management_api::{Effect, Operation, OperationId, Request, Visitor, catalogue::UnknownOperation, visit};
    use serde_json::value::RawValue;

    use super::PageContext;
    use crate::error::ConsoleError;

    /// The answer's body, as upstream sent it: it may hold secrets and is never passed on before it was narrowed.
    pub type Answer = Pin<Box<dyn Future<Output = Result<Vec<u8>, ConsoleError>> + Send>>;

    /// What the server supplies to one request, bound to the person who makes it.
    pub trait Backend: Send + Sync {
        /// Sends a call through the call stack.
        fn send(&self, request: Request) -> Answer;
        fn page(&self) -> PageContext;
        fn assets(&self) -> Assets;
        /// Origin of Supabase's consent page, such as `https://api.supabase.com`, for the content security policy.
        fn sign_in_origin(&self) -> String;
    }

    /// Where the built site's files are served; the names hold a hash of the content.
    #[derive(Clone, Debug, Default)]
    pub struct Assets {
        pub js: String,
        pub wasm: String,
        pub css: String,
    }

    /// The form in which a [`Backend`] lies in Leptos' context.
    pub type BackendHandle = Arc<dyn Backend>;

    /// What is known of the page; empty where routes are listed, which has no request.
    pub fn page_context() -> PageContext {
        use_context::<BackendHandle>()
            .map(|backend| backend.page())
            .unwrap_or_default()
    }

    /// Sets the status of the answer; only before the page has begun to stream.
    pub fn set_status(status: u16) {
        if let (Some(response), Ok(status)) = (
            use_context::<leptos_axum::ResponseOptions>(),
            http::StatusCode::from_u16(status),
        ) {
            response.set_status(status);
        }
    }

    fn handle() -> Result<BackendHandle, ConsoleError> {
        use_context::<BackendHandle>().ok_or_else(|| ConsoleError::Internal {
            message: "No backend was supplied to this page.".to_owned(),
        })
    }

    pub(super) async fn call<O: Operation>(operation: O) -> Result<O::Output, ConsoleError> {
        narrow::<O>(&handle()?, &operation).await
    }

    /// Sends `operation` and reads of the answer only what its type holds.
    pub async fn narrow<O: Operation>(backend: &BackendHandle, operation: &O) -> Result<O::Output, ConsoleError> {
        let request = Request::of(operation).map_err(|bad| ConsoleError::Invalid {
            field: Some(bad.name.to_owned()),
            message: bad.to_string(),
        })?;
        let body = backend.send(request).await?;
        // Several operations answer with an empty body where the document promises one.
        let body: &[u8] = if body.is_empty() { b"null" } else { &body };
        serde_json::from_slice(body).map_err(|error| ConsoleError::Unreadable {
            message: format!("{}: {}", O::ID, describe(&error)),
        })
    }

    /// Says where reading stopped, without a word of the answer itself: it may hold a secret.
    fn describe(error: &serde_json::Error) -> String {
        let what = match error.classify() {
            serde_json::error::Category::Io | serde_json::error::Category::Eof => "the answer was cut off",
            serde_json::error::Category::Syntax => "the answer is not JSON",
            serde_json::error::Category::Data => "the answer has another shape than expected",
        };
        format!("{what}, at line {} column {}.", error.line(), error.column())
    }

    /// The server's half of [`crate::call::read`].
    pub async fn read(operation: &str, parameters: &RawValue) -> Result<Box<RawValue>, ConsoleError> {
        let operation: OperationId = operation
            .parse()
            .map_err(|unknown: UnknownOperation| ConsoleError::Invalid {
                field: None,
                message: unknown.to_string(),
            })?;
        if operation.row().effect != Effect::Read {
            return Err(ConsoleError::Invalid {
                field: None,
                message: format!("{operation} changes something, so it must be sent as a form."),
            });
        }
        let backend = handle()?;
        visit(
            operation,
            ReadVisitor {
                backend,
                parameters: parameters.get().to_owned(),
            },
        )
        .ok_or_else(|| ConsoleError::Invalid {
            field: None,
            message: format!("{operation} belongs to the sign-in and cannot be called."),
        })?
        .await
    }

    struct ReadVisitor {
        backend: BackendHandle,
        parameters: String,
    }

    impl Visitor for ReadVisitor {
        type Outcome = Pin<Box<dyn Future<Output = Result<Box<RawValue>, ConsoleError>> + Send>>;

        fn visit<O: Operation>(self) -> Self::Outcome {
            Box::pin(async move {
                let operation: O = serde_json::from_str(&self.parameters).map_err(|error| ConsoleError::Invalid {
                    field: None,
                    message: format!("The parameters of {} do not fit: {error}.", O::ID),
                })?;
                let output = narrow::<O>(&self.backend, &operation).await?;
                serde_json::value::to_raw_value(&output).map_err(|error| ConsoleError::Internal {
                    message: error.to_string(),
                })
            })
        }
    }
}

#[cfg(not(feature = "ssr"))]
mod browser {
    use management_api::Operation;

    use super::PageContext;
    use crate::error::ConsoleError;

    /// Never asked: the browser reads the context that the server has written into the page.
    pub fn page_context() -> PageContext {
        PageContext::default()
    }

    /// A page drawn in the browser has no status.
    pub fn set_status(_: u16) {}

    pub(super) async fn call<O: Operation>(operation: O) -> Result<O::Output, ConsoleError> {
        let internal = |error: serde_json::Error| ConsoleError::Internal {
            message: error.to_string(),
        };
        let parameters = serde_json::value::to_raw_value(&operation).map_err(internal)?;
        let answer = crate::call::read(O::ID.as_str().to_owned(), parameters).await?;
        serde_json::from_str(answer.get()).map_err(internal)
    }
}

pub(crate) use side::{page_context, set_status};

#[cfg(not(feature = "ssr"))]
use browser as side;
#[cfg(feature = "ssr")]
use server as side;

/// See [`crate::call::call`].
pub(crate) async fn call<O: Operation>(operation: O) -> Result<O::Output, ConsoleError> {
    side::call(operation).await
}
