//! What the server must supply to the app.

use std::{collections::BTreeMap, future::Future, net::IpAddr, pin::Pin, sync::Arc};

use leptos::prelude::use_context;
use management_api::{Operation, OperationId, Request, Scope};
use serde::{Deserialize, Serialize};

use crate::{
    advice::Known,
    audit::{AuditCall, AuditFilter, AuditPage, Cursor},
    connections::{Connection, Missing},
    error::ConsoleError,
    explorer::Run,
    form::Attempt,
    gaps,
    health::Seen,
    mark::Mark,
    may::Why,
    page::Group,
    plan::Plan,
    revealed::Revealed,
    schema::types::SeenTypes,
    sessions::Sessions,
    settings::baseline::{Baseline, Reading},
    sql::{
        kept::{Past, Snippet},
        run::Ran,
    },
};

/// The person a page is drawn for. Never holds a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Viewer {
    /// `None` where Supabase does not tell (not every token reaches the profile).
    pub email: Option<String>,
    pub username: Option<String>,
    /// Under what a browser keeps what is this person's alone: a digest of who they are.
    pub kept_under: String,
    pub signed_in_with: SignInMethod,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SignInMethod {
    Oauth,
    PersonalAccessToken,
}

/// Says what was just done, on the page that the person goes on to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flash {
    /// A sentence; empty says nothing.
    #[serde(default)]
    pub text: String,
}

/// The theme a person chose; the system's until they choose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
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

/// What the server knows of a request before the first byte is sent.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PageContext {
    /// `None` on the pages that need no sign-in.
    pub viewer: Option<Viewer>,
    pub flash: Option<Flash>,
    /// The form that the page answers.
    pub attempt: Option<Arc<Attempt>>,
    /// What came of the explorer's form, on the page that answers it.
    pub run: Option<Arc<Run>>,
    /// What came of the SQL page's form, on the page that answers it.
    pub sql: Option<Arc<Ran>>,
    /// SHA-256, in hexadecimal digits, of a value that somebody asks about; see `pages::secrets`.
    pub typed_digest: Option<String>,
    /// What came of asking for a secret, on the page that answers it.
    pub revealed: Option<Arc<Revealed>>,
    /// What would come of a form that is still being filled in; see `components::plan`.
    pub preview: Option<Arc<Result<Plan, ConsoleError>>>,
    /// Where the request comes from, as Steward sees it.
    pub address: Option<IpAddr>,
    pub theme: Theme,
    /// Whether the person has the side menu as icons only.
    pub narrow_menu: bool,
    /// The groups of the side menu that the person has folded.
    pub folded: Vec<Group>,
    /// Whether the console runs on the built-in sandbox.
    pub sandbox: bool,
    /// Whether people can sign in at Supabase's consent page: an OAuth app is configured.
    pub oauth_sign_in: bool,
    /// Whether Supabase does not know that app, as far as it told: nobody can sign in through it.
    pub oauth_refused: bool,
    /// Whether people may sign in with a personal access token.
    pub token_sign_in: bool,
    /// Where Supabase's own dashboard is, for what the API does not offer.
    pub dashboard_url: String,
    /// The domain that the hosts of projects lie under.
    pub project_domain: &'static str,
}

/// The answer's body, as upstream sent it: it may hold secrets and is never passed on before it was narrowed.
pub type Answer = Pin<Box<dyn Future<Output = Result<Vec<u8>, ConsoleError>> + Send>>;

/// What the server finds among its own.
pub type Found<T> = Pin<Box<dyn Future<Output = Result<T, ConsoleError>> + Send>>;

/// What the server supplies to one request, bound to the person who makes it.
pub trait Backend: Send + Sync {
    /// Sends a call through the call stack.
    fn send(&self, request: Request) -> Answer;
    /// The same for the same person, but each of its reads is made anew: for what somebody is asked before it is changed.
    fn anew(&self) -> BackendHandle;
    /// Calls that were made, of those that the person may see.
    fn audit(&self, filter: AuditFilter, cursor: Cursor) -> Found<AuditPage>;
    /// One of them; [`ConsoleError::NotFound`] where the person may not see it.
    fn audit_call(&self, id: i64) -> Found<AuditCall>;
    /// Calls of the last week that invited people into the organization, or withdrew that, the newest first. Whoever shows
    /// them has read the organization's members as the person.
    fn invitations(&self, slug: &str) -> Found<Vec<AuditCall>>;
    /// The person's own plan, as it is shown; `None` where there is none with this id (any more).
    fn plan(&self, id: &str) -> Found<Option<Plan>>;
    /// The person's own sign-ins.
    fn sessions(&self) -> Found<Sessions>;
    /// Through what the person reaches Supabase.
    fn connections(&self) -> Found<Vec<Connection>>;
    /// Which of them do not work, where there are several: lists are without what those would tell.
    fn missing_connections(&self) -> Found<Option<Missing>>;
    /// Whether the person may call the operation in this scope, as far as that is known: their role in the organization,
    /// what their sign-in was given, the plan, and the project's status. Whatever is not known is allowed, since Supabase
    /// decides. It asks nobody and waits for nothing, so a page may ask it for every button.
    ///
    /// # Errors
    /// What is missing, in words.
    fn may(&self, operation: OperationId, scope: &Scope) -> Result<(), Why>;
    /// Whether the person may decide on what Steward itself keeps of the project, as whoever may call the operation there may.
    /// What is not known is waited for and, unlike with [`Backend::may`], not allowed: no Supabase decides after it.
    ///
    /// # Errors
    /// [`ConsoleError::Refused`], with what is missing in words.
    fn decides(&self, operation: OperationId, project: &str) -> Found<()>;
    fn page(&self) -> PageContext;
    /// The name of the organization or project with this slug or ref, where the person has seen it before.
    fn name_of(&self, key: &str) -> Option<String>;
    /// The status of a project, by the API's word, where the person has seen it just now.
    fn status_of(&self, project: &str) -> Option<String>;
    /// What a list of the person's held when it last passed by, where that is not long ago; see [`Named`].
    fn listed(&self, operation: OperationId, scope: &Scope) -> Option<Vec<Named>>;
    /// How many things on the page that reads `operation` want somebody's attention, as far as the person has seen of late;
    /// `None` where none is known to.
    fn wants_attention(&self, operation: OperationId, scope: &Scope) -> Option<u32>;
    /// What is known of these findings of the project's advisors; `note` keeps that they are there now. Whoever shows it has
    /// read them as the person before.
    fn findings(&self, project: &str, keys: Vec<String>, note: bool) -> Found<Known>;
    /// Keeps how the project's services are now, pairs of service and status, and gives what is known of them, the oldest
    /// first. Whoever shows it has read them as the person before.
    fn note_health(&self, project: &str, services: Vec<(String, String)>) -> Found<Vec<Seen>>;
    /// Keeps the project's TypeScript types of these schemas as they are now, and gives what is known of them; `None` where
    /// they are too long to be kept. Whoever shows it has read them as the person before.
    fn note_types(&self, project: &str, schemas: &[String], text: String) -> Found<Option<SeenTypes>>;
    /// The project's baseline, if one is kept. Whoever shows it has read the project as the person before.
    fn baseline(&self, project: &str) -> Found<Option<Baseline>>;
    /// Those of several projects, which the person can list, without what differs in areas that they are not known to read.
    fn baselines(&self, projects: Vec<String>) -> Found<BTreeMap<String, Baseline>>;
    /// Keeps what differed when the project was read.
    fn note_reading(&self, project: &str, reading: Reading) -> Found<()>;
    /// Whether the project is marked as production, where the person has seen it before. It asks nobody.
    fn is_production(&self, project: &str) -> bool;
    /// The mark as it stands now. Whoever shows it has read the project as the person before.
    fn mark(&self, project: &str) -> Found<Option<Mark>>;
    /// What the person ran in the project, the latest first; only what holds `find`, where it is not empty.
    fn past_statements(&self, project: &str, find: &str) -> Found<Vec<Past>>;
    /// One of them, as it was run.
    fn past_statement(&self, project: &str, id: &str) -> Found<Option<String>>;
    /// The person's named statements and, where a project is given, those that others share with its organization. Whoever
    /// shows the latter has read the project as the person before.
    fn snippets(&self, project: Option<String>) -> Found<Vec<Snippet>>;
    /// One of them with its text.
    fn snippet(&self, project: Option<String>, id: &str) -> Found<Option<(Snippet, String)>>;
    /// The person's own questions to logs and those that others share with the project's organization, each with the end of its
    /// address; see [`logs::kept`](crate::logs::kept). Whoever shows what is not the person's own has read the project first.
    fn kept_questions(&self, project: &str) -> Found<Vec<(Snippet, String)>>;
    /// How many settings differed from the baseline when the person last looked; `None` where none did.
    fn drifting(&self, project: &str) -> Option<u32>;
    /// Paths of the pages that the person was on, the latest first.
    fn recent(&self) -> Vec<String>;
    /// The slug of the organization that the project belongs to, where the person has seen it before.
    fn organization_of(&self, project: &str) -> Option<String>;
    /// The ref of the project whose branch this is, by its own project's ref or its id, where the person has seen it before.
    fn production_of(&self, branch: &str) -> Option<String>;
    fn assets(&self) -> Assets;
    /// Origins of Supabase's consent page, such as `https://api.supabase.com`, for the content security policy.
    fn sign_in_origin(&self) -> String;
}

/// One of a list: what its address names it by, and what people call it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    pub key: String,
    pub name: String,
    /// What Supabase knows a function by, beside its slug.
    pub id: Option<String>,
    /// Of a project, by the API's word.
    pub status: Option<String>,
}

/// Where the built site's files are served; the names hold a hash of the content.
#[derive(Clone, Debug, Default)]
pub struct Assets {
    pub js: String,
    pub wasm: String,
    pub css: String,
    /// The style sheets of some pages only, by [`Sheet::name`](crate::page::Sheet::name).
    pub sheets: BTreeMap<String, String>,
    /// Scripts of some pages only, by name; see [`Module`](crate::components::module::Module).
    pub modules: BTreeMap<String, String>,
}

/// The form in which a [`Backend`] lies in Leptos' context.
pub type BackendHandle = Arc<dyn Backend>;

/// What is known of the page; empty where routes are listed, which has no request.
pub(crate) fn page_context() -> PageContext {
    use_context::<BackendHandle>()
        .map(|backend| backend.page())
        .unwrap_or_default()
}

/// The name that goes with a slug or ref, or the key itself until the person has seen it.
pub(crate) fn name_of(key: &str) -> String {
    use_context::<BackendHandle>()
        .and_then(|backend| backend.name_of(key))
        .unwrap_or_else(|| key.to_owned())
}

/// Sets the status of the answer; only before the page has begun to stream.
pub(crate) fn set_status(status: u16) {
    if let (Some(response), Ok(status)) = (
        use_context::<leptos_axum::ResponseOptions>(),
        http::StatusCode::from_u16(status),
    ) {
        response.set_status(status);
    }
}

pub(crate) fn handle() -> Result<BackendHandle, ConsoleError> {
    use_context::<BackendHandle>().ok_or_else(|| ConsoleError::Internal {
        message: "No backend was supplied to this page.".to_owned(),
    })
}

/// Sends `operation` and reads of the answer only what its type holds.
///
/// # Errors
/// Parameters that fit no request, whatever the stack refuses, and answers of another shape.
pub async fn narrow<O: Operation>(backend: &BackendHandle, operation: &O) -> Result<O::Output, ConsoleError> {
    let request = Request::of(operation)?;
    read::<O>(&backend.send(request).await?)
}

/// Reads an answer's body into the operation's type; bytes become base64. What is missing in it is told on the page.
///
/// # Errors
/// [`ConsoleError::Unreadable`], which says where reading stopped and nothing of the answer itself.
pub fn read<O: Operation>(body: &[u8]) -> Result<O::Output, ConsoleError> {
    let (read, gaps) = management_api::read_mended::<O>(body).map_err(|error| ConsoleError::Unreadable {
        message: format!("{}: {}", O::ID, stopped(&error)),
    })?;
    gaps::note(gaps);
    Ok(read)
}

/// Says where reading an answer stopped, without a word of the answer itself: it may hold a secret.
pub fn stopped(error: &serde_json::Error) -> String {
    let what = match error.classify() {
        serde_json::error::Category::Io | serde_json::error::Category::Eof => "the answer was cut off",
        serde_json::error::Category::Syntax => "the answer is not JSON",
        serde_json::error::Category::Data => "the answer has another shape than expected",
    };
    format!("{what}, at line {} column {}.", error.line(), error.column())
}
