//! Steward's server: starts the console, and the sandbox where nothing else is configured.

mod address_limit;
pub mod admission;
mod ahead;
pub mod audit;
pub mod audit_export;
mod audit_log;
mod backend;
pub mod baselines;
mod calls;
pub mod checks;
pub mod config;
mod confirm;
mod connection_list;
mod connections;
mod context;
mod deployments;
mod directory;
pub mod doctor;
mod drifts;
pub mod error;
pub mod identity;
mod instances;
mod marks;
pub mod may;
pub mod metrics;
pub mod oauth;
mod plans;
mod recent;
mod render;
pub mod request_id;
mod resealing;
mod responses;
mod router;
pub mod serve;
mod sessions;
mod spreadsheet;
pub mod stack;
pub mod state;
pub mod store;
mod web;
mod windows;

use std::{net::SocketAddr, path::Path, sync::Arc, time::Duration};

use axum::Router;
use sandbox::{RedirectUris, Sandbox};
use secrecy::ExposeSecret;
use tokio::{net::TcpListener, sync::watch, task::JoinHandle};
use url::Url;

pub use crate::router::PAGES;
use crate::{
    address_limit::AddressLimit,
    config::{Config, MigrateArguments, OauthApp, Upstream, address_url, is_loopback},
    connections::Connections,
    directory::Directory,
    error::Error,
    instances::Instances,
    marks::Marks,
    metrics::Metrics,
    oauth::{
        client::OauthClient,
        failures::{self, Failures},
        tokens::TokenKeeper,
        trial::Trials,
    },
    recent::Recent,
    serve::Limits,
    stack::{CallStack, StackSettings},
    state::{Shared, State},
    store::{
        Store,
        audit::{AuditTable, instance, verify::Verdict},
        budget::{Shares, SharesTable},
        carry::{Carried, carry},
        key,
    },
    windows::Windows,
};

/// How long the end waits for requests, and then for calls.
const PATIENCE: Duration = Duration::from_secs(10);
/// How often what has run out is deleted from the database.
const CLEANING: Duration = Duration::from_secs(300);

/// The sandbox's limits: whoever calls an API keeps connections for long, and our own client does so for 90 seconds.
const SANDBOX: Limits = Limits {
    idle: Duration::from_secs(120),
    ..Limits::USUAL
};

/// A running Steward.
pub struct Steward {
    /// How browsers reach the console.
    pub url: Url,
    /// Where it listens.
    pub bound: SocketAddr,
    /// Where the built-in sandbox is, if that is what the console runs on.
    pub sandbox_url: Option<Url>,
    /// Where metrics are told, if they are.
    pub metrics_at: Option<SocketAddr>,
    pub state: Shared,
    servers: Vec<JoinHandle<()>>,
    cleaning: JoinHandle<()>,
    stop: watch::Sender<bool>,
}

impl Steward {
    /// Starts everything `config` asks for; it runs until [`Steward::stop`]. Port 0 gives free ports.
    pub async fn start(config: Config) -> Result<Self, Error> {
        let store = open_store(&config).await?;
        let (listener, bound) = listen("STEWARD_ADDR", config.addr).await?;
        let url = config.public_url(bound)?;
        let callback = url
            .join(app::paths::SIGN_IN_CALLBACK)
            .map_err(|error| Error::Configuration(format!("STEWARD_PUBLIC_URL: {error}")))?;

        let (stop, stopped) = watch::channel(false);
        let mut servers = Vec::new();
        let (api_url, app, sandbox_url) = match config.upstream {
            Upstream::Api { url, app } => (url, app, None),
            Upstream::Sandbox => {
                let (listener, url) = sandbox_listener(config.sandbox_addr).await?;
                let router = sandbox_router(&url, &callback, &config);
                servers.push(tokio::spawn(serve::serve(listener, router, SANDBOX, stopped.clone())));
                (url.clone(), Some(demo_app()), Some(url))
            }
        };

        let metrics = Metrics::default();
        let instances = Instances::of(&store, &metrics);
        let directory = Directory::of(&store, &instances);
        let connections = Connections::new(store.clone(), &instances);
        let instance = instance::of(&config.data_dir)?;
        let shares = SharesTable::of(&store, instances.count());
        let settings = StackSettings {
            metrics: metrics.clone(),
            directory: Some(directory.clone()),
            connections: Some(connections.clone()),
            instances: instances.clone(),
            shares: shares.map(|table| Arc::new(table) as Arc<dyn Shares>),
            ..StackSettings::new(api_url.clone())?
        };
        let http = settings.http.clone();
        let oauth = app
            .map(|app| OauthClient::new(&api_url, app, callback, http))
            .transpose()?
            .map(Arc::new);
        let keeper = TokenKeeper::new(store.clone(), oauth.clone(), metrics.clone());
        let audit = AuditTable::new(&store, &instance);
        let unknown = audit.recover().await?;
        if unknown > 0 {
            tracing::warn!(
                unknown,
                "the audit holds writes whose outcome is unknown: Steward ended while they were under way"
            );
        }
        let marks = Marks::of(store.clone(), &instances).await?;
        let trials = Trials::new(settings.clone());
        let stack = CallStack::new(settings, Arc::new(keeper.clone()), Arc::new(audit.clone()));
        let recovering = audit.clone().keep_recovering();
        let anchoring = audit.clone().keep_anchoring();
        let forgetting = config.audit_days.map(|days| audit.clone().keep_days(days));
        let resealing = resealing::keep_resealing(store.clone(), metrics.clone());
        let state = Arc::new(State {
            store: store.clone(),
            instances: instances.clone(),
            stack,
            audit,
            directory,
            connections,
            marks: marks.clone(),
            recent: Recent::default(),
            windows: Windows::of(&store),
            keeper: keeper.clone(),
            trials,
            failures: Arc::new(Failures::default()),
            oauth,
            public_url: url.clone(),
            api_url,
            sandbox: sandbox_url.is_some(),
            admission: config.admission,
            pat_sign_in: config.pat_sign_in,
            trusts_proxy: config.trusted_proxy_header.is_some(),
            fault_limit: AddressLimit::new(web::faults::A_MINUTE, config.trusted_proxy_header.clone()),
            sign_in_limit: AddressLimit::new(config.sign_ins_a_minute, config.trusted_proxy_header),
            limits: config.limits,
            metrics,
            data_dir: config.data_dir,
            assets: web::site::assets(),
        });
        instances.linked().await;
        let router = router::build(state.clone())?;
        servers.push(tokio::spawn(serve::serve(
            listener,
            router,
            config.limits,
            stopped.clone(),
        )));
        let metrics_at = match config.metrics_addr {
            Some(addr) => {
                let (listener, bound) = listen("STEWARD_METRICS_ADDR", addr).await?;
                let router = web::scrape::router(state.clone(), config.metrics_token.as_ref());
                servers.push(tokio::spawn(serve::serve(listener, router, Limits::USUAL, stopped)));
                Some(bound)
            }
            None => None,
        };
        let cleaning = {
            let instances = instances.clone();
            async move { instances.keep_leading(CLEANING, || store.clean()).await }
        };
        let checking = baselines::keep_checking(state.clone());
        let telling = failures::keep_telling(state.failures.clone());
        let cleaning = tokio::spawn(async move {
            let forgetting = async {
                if let Some(forgetting) = forgetting {
                    forgetting.await;
                }
            };
            tokio::join!(
                cleaning,
                recovering,
                anchoring,
                forgetting,
                keeper.keep_revoking(),
                telling,
                checking,
                marks.keep_looking(),
                resealing
            );
        });
        Ok(Self {
            url,
            bound,
            sandbox_url,
            metrics_at,
            state,
            servers,
            cleaning,
            stop,
        })
    }

    /// Takes no more requests, gives those under way ten seconds and what they have set going as many again, and writes
    /// down what is still in memory.
    pub async fn stop(self) -> Result<(), Error> {
        self.cleaning.abort();
        // Another does the timed work from here on.
        self.state.instances.leave();
        // ok: an error means that the servers have ended already.
        let _ = self.stop.send(true);
        let ended = tokio::time::timeout(PATIENCE, futures::future::join_all(self.servers)).await;
        // A write whose browser has gone has its outcome recorded, and a token that was rotated is saved.
        let idle = async {
            self.state.stack.idle().await;
            self.state.keeper.idle().await;
        };
        if tokio::time::timeout(PATIENCE, idle).await.is_err() {
            tracing::warn!(
                "calls to Supabase were broken off; their outcome is unknown, and so says the audit after the next start"
            );
        }
        failures::tell(&self.state.failures);
        self.state.audit.flush().await;
        self.state.directory.flush().await;
        self.state.store.close().await;
        for server in ended.into_iter().flatten() {
            server.map_err(std::io::Error::other)?;
        }
        Ok(())
    }
}

/// The console's pages as JSON: a list of objects with `route`, such as `/projects/:ref/settings`, and `title`.
pub fn pages() -> serde_json::Value {
    app::pages::all()
        .map(|page| serde_json::json!({ "route": page.route, "title": page.title }))
        .collect()
}

/// The store that the configuration names, with its directory and key; both are made where there are none.
async fn open_store(config: &Config) -> Result<Store, Error> {
    key::make_data_dir(&config.data_dir)?;
    Store::open(config.database(), &config.data_dir, config.vault()?).await
}

/// Carries everything over from one database to another, with the key of the configuration.
pub async fn migrate(config: &Config, databases: &MigrateArguments) -> Result<Carried, Error> {
    let (from, to) = (databases.from.expose_secret(), databases.to.expose_secret());
    if from == to {
        return Err(Error::Carry("both are the same database.".to_owned()));
    }
    // A database that is opened is made where there is none: a name that was mistyped would be an empty installation.
    let file = from
        .strip_prefix("sqlite://")
        .map(|rest| rest.split('?').next().unwrap_or(rest));
    if file.is_some_and(|file| !Path::new(file).exists()) {
        return Err(Error::Carry(format!("there is no database {from}.")));
    }
    key::make_data_dir(&config.data_dir)?;
    let from = Store::open(Some(from), &config.data_dir, config.vault()?).await?;
    let to = from.beside(Some(to), &config.data_dir).await?;
    let carried = carry(&from, &to).await;
    from.close().await;
    to.close().await;
    carried
}

/// Walks the audit of the store that the configuration names.
pub async fn verify_audit(config: &Config) -> Result<Verdict, Error> {
    let store = open_store(config).await?;
    let verdict = store.verify_audit().await;
    store.close().await;
    verdict
}

/// Writes the whole audit of the store that the configuration names.
pub async fn export_audit(
    config: &Config,
    format: audit_export::Format,
    out: &mut dyn std::io::Write,
) -> Result<(), Error> {
    let store = open_store(config).await?;
    let written = audit_export::write_all(&store, format, out).await;
    store.close().await;
    written
}

/// Runs the sandbox alone, until the process ends.
pub async fn serve_sandbox(addr: SocketAddr, public: bool, announce: impl FnOnce(&Url)) -> Result<(), Error> {
    let (listener, url) = sandbox_listener(addr).await?;
    announce(&url);
    let settings = sandbox::Settings {
        public_url: bare(&url),
        public,
        ..sandbox::Settings::default()
    };
    // It is not told to stop: it ends with the process.
    let (_never, stopped) = watch::channel(false);
    serve::serve(listener, Sandbox::new(settings).router(), SANDBOX, stopped).await;
    Ok(())
}

async fn sandbox_listener(addr: SocketAddr) -> Result<(TcpListener, Url), Error> {
    let (listener, bound) = listen("STEWARD_SANDBOX_ADDR", addr).await?;
    Ok((listener, address_url(bound)?))
}

/// The sandbox keeps its world and its databases beside Steward's own: a restart would else leave people signed in to a world that is gone.
fn sandbox_router(url: &Url, callback: &Url, config: &Config) -> Router {
    let redirect_uris = if is_loopback(callback) {
        RedirectUris::AnyLoopback
    } else {
        RedirectUris::Exactly(vec![callback.to_string()])
    };
    let settings = sandbox::Settings {
        public_url: bare(url),
        redirect_uris,
        public: config.sandbox_public,
        state_file: Some(config.data_dir.join("sandbox.json")),
        postgres_dir: Some(config.data_dir.join("sandbox-postgres")),
        ..sandbox::Settings::default()
    };
    Sandbox::new(settings).router()
}

fn bare(url: &Url) -> String {
    url.origin().ascii_serialization()
}

fn demo_app() -> OauthApp {
    OauthApp {
        client_id: sandbox::DEMO_CLIENT_ID.to_owned(),
        client_secret: sandbox::DEMO_CLIENT_SECRET.into(),
    }
}

async fn listen(variable: &'static str, addr: SocketAddr) -> Result<(TcpListener, SocketAddr), Error> {
    let failed = |source| Error::Listen { variable, addr, source };
    let listener = TcpListener::bind(addr).await.map_err(failed)?;
    let bound = listener.local_addr().map_err(failed)?;
    Ok((listener, bound))
}
