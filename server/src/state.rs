//! Shared: what every handler needs, made once at the start.

use std::{path::PathBuf, sync::Arc};

use app::backend::Assets;
use url::{Host, Url};

use crate::{
    address_limit::AddressLimit,
    admission::Admission,
    connections::Connections,
    directory::Directory,
    instances::Instances,
    marks::Marks,
    metrics::Metrics,
    oauth::{client::OauthClient, failures::Failures, tokens::TokenKeeper, trial::Trials},
    recent::Recent,
    serve::Limits,
    stack::CallStack,
    store::{Store, audit::AuditTable},
    windows::Windows,
};

pub type Shared = Arc<State>;

pub struct State {
    pub store: Store,
    /// This instance and the others on its database.
    pub instances: Instances,
    pub stack: CallStack,
    pub audit: AuditTable,
    pub directory: Directory,
    pub connections: Connections,
    /// Which projects are production.
    pub marks: Marks,
    /// Which pages people were on.
    pub recent: Recent,
    /// Rows that wait for the pages that show them.
    pub windows: Windows,
    pub keeper: TokenKeeper,
    /// Where the tokens of people who sign in are tried.
    pub trials: Trials,
    /// Sign-ins that failed.
    pub failures: Arc<Failures>,
    /// `None`: people sign in with personal access tokens only.
    pub oauth: Option<Arc<OauthClient>>,
    /// How browsers reach the console.
    pub public_url: Url,
    /// The Management API.
    pub api_url: Url,
    /// Whether that is the built-in sandbox.
    pub sandbox: bool,
    /// Who may sign in.
    pub admission: Admission,
    pub pat_sign_in: bool,
    /// How often one address may ask for the sign-in.
    pub sign_in_limit: AddressLimit,
    /// How often one address may tell what broke off in its browser.
    pub fault_limit: AddressLimit,
    /// Whether a proxy of ours stands before the console, whose headers count.
    pub trusts_proxy: bool,
    pub limits: Limits,
    pub metrics: Metrics,
    /// Where the database and the secret key are kept.
    pub data_dir: PathBuf,
    pub assets: Assets,
}

/// The domain that projects' hosts lie under at Supabase.
const PROJECT_DOMAIN: &str = "supabase.co";

/// Supabase's own dashboard, where people do what the API does not offer, and where they give their consent.
pub const DASHBOARD: &str = "https://supabase.com/dashboard";

impl State {
    /// The domain that projects' hosts lie under. A sandbox, here or started beside this console, has one that leads to this
    /// machine and no further.
    pub fn project_domain(&self) -> &'static str {
        let is_loopback = match self.api_url.host() {
            Some(Host::Domain(name)) => name == "localhost",
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.is_loopback(),
            None => false,
        };
        if is_loopback {
            sandbox::PROJECT_DOMAIN
        } else {
            PROJECT_DOMAIN
        }
    }

    /// Where the sign-in form's redirects lead, as sources of a content security policy.
    pub fn sign_in_origins(&self) -> String {
        let api = self.api_url.origin().ascii_serialization();
        // The real API sends browsers on to the dashboard, and Chromium counts every hop of a form's redirects.
        if self.api_url.domain().is_some_and(|host| host.ends_with("supabase.com")) {
            format!("{api} https://supabase.com")
        } else {
            api
        }
    }
}
