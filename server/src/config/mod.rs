//! Typed configuration: flags, environment and files, checked before anything starts.

mod names;
mod settings;
mod sources;
#[cfg(test)]
mod tests;

use std::{
    net::{Ipv4Addr, SocketAddr},
    path::PathBuf,
    sync::Arc,
};

use http::HeaderName;
use secrecy::{ExposeSecret, SecretString};
use url::{Host, Url};

use self::settings::Switch;
pub use self::{
    names::strangers,
    settings::{Arguments, AuditCommand, Command, LogFormat, MigrateArguments, Settings},
    sources::{Given, read},
};
use crate::{
    admission::{Admission, Allowed},
    error::Error,
    serve::Limits,
    store::{crypto::Vault, key},
};

/// Why a sandbox is not started where others reach it.
const PUBLIC_SANDBOX: &str = "The sandbox, which has made-up people without passwords, would be reached from outside this \
     machine. For the real Supabase set SUPABASE_CLIENT_ID and SUPABASE_CLIENT_SECRET, or SUPABASE_API_URL. If it is the \
     sandbox that you want to show others, set STEWARD_SANDBOX=public.";

/// Why a console of the real Supabase is not started.
const ANYBODY: &str = "Everybody with an account at Supabase could sign in here. Set STEWARD_ALLOW_ORGANIZATIONS to the slugs of \
     your organizations or STEWARD_ALLOW_EMAILS to addresses such as ada@example.com and @example.com; \
     STEWARD_ALLOW_ANYBODY=1 leaves it open.";

/// Why metrics are not told where others reach them.
const OPEN_METRICS: &str = "Others than this machine could read the metrics at STEWARD_METRICS_ADDR. Set STEWARD_METRICS_TOKEN to a \
     long random text, which Prometheus then sends, or listen on 127.0.0.1.";

/// The configuration as the rest of the server uses it.
#[derive(Clone, Debug)]
pub struct Config {
    pub addr: SocketAddr,
    /// `None`: the address that was really bound.
    pub public_url: Option<Url>,
    /// `None`: `steward.db` in the data directory.
    pub database_url: Option<SecretString>,
    pub data_dir: PathBuf,
    pub secret_key: Option<SecretString>,
    /// The key of before, while it is changed.
    pub secret_key_old: Option<SecretString>,
    pub upstream: Upstream,
    pub sandbox_addr: SocketAddr,
    /// Whether others than this machine may ask the sandbox.
    pub sandbox_public: bool,
    pub admission: Admission,
    pub pat_sign_in: bool,
    /// Days for which calls are kept in the audit; `None`: for ever.
    pub audit_days: Option<u32>,
    /// Requests to `/sign-in/…` in a minute, from one address.
    pub sign_ins_a_minute: u32,
    /// The header that tells whom the proxy in front of Steward was asked by; `None`: no such proxy is known.
    pub trusted_proxy_header: Option<HeaderName>,
    pub limits: Limits,
    /// Where metrics are told; `None`: nowhere.
    pub metrics_addr: Option<SocketAddr>,
    /// What must be known for that.
    pub metrics_token: Option<SecretString>,
}

/// Which Management API the console talks to.
#[derive(Clone, Debug)]
pub enum Upstream {
    /// The built-in stand-in, started together with the console.
    Sandbox,
    /// A real one. Without an app people can sign in with a personal access token only.
    Api { url: Url, app: Option<OauthApp> },
}

/// An OAuth app registered at Supabase.
#[derive(Clone, Debug)]
pub struct OauthApp {
    pub client_id: String,
    pub client_secret: SecretString,
}

const SUPABASE: &str = "https://api.supabase.com";

impl Config {
    /// Checks what the single settings can't know of each other. Errors name the variable and what it should be.
    pub fn check(settings: Settings) -> Result<Self, Error> {
        let client_id = not_blank("SUPABASE_CLIENT_ID", settings.supabase_client_id.as_deref())?;
        let secret = settings
            .supabase_client_secret
            .as_ref()
            .map(SecretString::expose_secret);
        let secret = not_blank("SUPABASE_CLIENT_SECRET", secret)?;
        let app = match (client_id, secret) {
            (Some(client_id), Some(client_secret)) => Some(OauthApp {
                client_id,
                client_secret: client_secret.into(),
            }),
            (Some(_), None) => return refuse("SUPABASE_CLIENT_ID is set, so SUPABASE_CLIENT_SECRET must be set too."),
            (None, Some(_)) => return refuse("SUPABASE_CLIENT_SECRET is set, so SUPABASE_CLIENT_ID must be set too."),
            (None, None) => None,
        };
        let api_url = not_blank("SUPABASE_API_URL", settings.supabase_api_url.as_deref())?;
        let upstream = match (api_url, app) {
            (None, None) => Upstream::Sandbox,
            (url, app) => Upstream::Api {
                url: secure(
                    "SUPABASE_API_URL",
                    bare("SUPABASE_API_URL", url.as_deref().unwrap_or(SUPABASE))?,
                )?,
                app,
            },
        };
        let public_url = filled(settings.public_url.clone())
            .map(|url| bare("STEWARD_PUBLIC_URL", &url))
            .transpose()?;
        // An address that others can connect to is as good as a public one: whoever connects chooses the `Host`.
        let exposed = !settings.addr.ip().is_loopback() || public_url.as_ref().is_some_and(|url| !is_loopback(url));
        let (sandbox_addr, sandbox_public) = match upstream {
            Upstream::Sandbox => settings.sandbox()?,
            Upstream::Api { .. } => (settings.sandbox_addr, false),
        };
        let allowed = Allowed::read(&settings.allow_organizations, &settings.allow_emails)?;
        let admission = match (allowed, &upstream) {
            (Some(allowed), _) => Admission::Only(Arc::new(allowed)),
            (None, Upstream::Sandbox) if exposed && !sandbox_public => return refuse(PUBLIC_SANDBOX),
            (None, Upstream::Api { .. }) if exposed && !settings.allow_anybody => return refuse(ANYBODY),
            (None, Upstream::Sandbox | Upstream::Api { .. }) => Admission::Anybody,
        };
        let pat_sign_in = settings.pat_sign_in.map_or(!exposed, |switch| switch == Switch::On);
        if let Upstream::Api { app: None, .. } = upstream
            && !pat_sign_in
        {
            return refuse(
                "Nobody could sign in: set SUPABASE_CLIENT_ID and SUPABASE_CLIENT_SECRET, or STEWARD_PAT_SIGN_IN=on.",
            );
        }
        let metrics_token = filled_secret(settings.metrics_token);
        if settings.metrics_addr.is_some_and(|addr| !addr.ip().is_loopback()) && metrics_token.is_none() {
            return refuse(OPEN_METRICS);
        }
        Ok(Self {
            addr: settings.addr,
            public_url,
            database_url: filled_secret(settings.database_url),
            data_dir: settings.data_dir,
            secret_key: filled_secret(settings.secret_key),
            secret_key_old: filled_secret(settings.secret_key_old),
            upstream,
            sandbox_addr,
            sandbox_public,
            admission,
            pat_sign_in,
            audit_days: settings.audit_days,
            sign_ins_a_minute: settings.sign_ins_a_minute,
            trusted_proxy_header: filled(settings.trusted_proxy_header).map(header).transpose()?,
            metrics_addr: settings.metrics_addr,
            metrics_token,
            limits: Limits {
                connections: settings.connections,
                ..Limits::USUAL
            },
        })
    }

    /// The address of the database; `None`: the file in the data directory.
    pub fn database(&self) -> Option<&str> {
        self.database_url.as_ref().map(SecretString::expose_secret)
    }

    /// What seals and opens under the keys of the configuration; the secret key is made where there is none.
    pub fn vault(&self) -> Result<Vault, Error> {
        key::vault(self.secret_key.as_ref(), self.secret_key_old.as_ref(), &self.data_dir)
    }

    /// How browsers reach the console that listens on `bound`.
    pub fn public_url(&self, bound: SocketAddr) -> Result<Url, Error> {
        let url = self.public_url.clone().map_or_else(|| address_url(bound), Ok)?;
        secure("STEWARD_PUBLIC_URL", url)
    }
}

/// The URL of a server of our own. One that listens everywhere is reached, from here, on the loopback address.
pub fn address_url(bound: SocketAddr) -> Result<Url, Error> {
    let reachable = match bound {
        SocketAddr::V4(v4) if v4.ip().is_unspecified() => SocketAddr::from((Ipv4Addr::LOCALHOST, v4.port())),
        other => other,
    };
    bare("The address", &format!("http://{reachable}"))
}

/// Whether the URL's host is this machine itself.
pub fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}

fn refuse<T>(why: &str) -> Result<T, Error> {
    Err(Error::Configuration(why.to_owned()))
}

fn header(name: String) -> Result<HeaderName, Error> {
    name.trim().parse().map_err(|_| {
        Error::Configuration(format!(
            "STEWARD_TRUSTED_PROXY_HEADER must be the name of a header, such as x-forwarded-for; it is \u{201c}{name}\u{201d}."
        ))
    })
}

/// What a variable holds; one that is there but empty is a mistake that would else start something else than was meant.
fn not_blank(variable: &str, value: Option<&str>) -> Result<Option<String>, Error> {
    match value {
        Some(text) if text.trim().is_empty() => refuse(&format!(
            "{variable} is set, but empty. Give it its value, or unset it: without any of the SUPABASE_\u{2026} variables the \
             sandbox runs."
        )),
        value => Ok(value.map(str::to_owned)),
    }
}

/// An empty variable is one that was not set.
fn filled(value: Option<String>) -> Option<String> {
    value.filter(|text| !text.trim().is_empty())
}

fn filled_secret(value: Option<SecretString>) -> Option<SecretString> {
    value.filter(|text| !text.expose_secret().trim().is_empty())
}

/// Only scheme, host and port count; cookies and redirect URIs leave no room for a path.
fn bare(variable: &str, text: &str) -> Result<Url, Error> {
    let wrong = || {
        Error::Configuration(format!(
            "{variable} must be an address such as https://steward.example.com, without a path; it is \u{201c}{text}\u{201d}."
        ))
    };
    let url = Url::parse(text).map_err(|_| wrong())?;
    let alone = url.path() == "/" && url.query().is_none() && url.fragment().is_none() && url.username().is_empty();
    if !matches!(url.scheme(), "http" | "https") || !url.has_host() || !alone {
        return Err(wrong());
    }
    Ok(url)
}

/// Tokens and cookies pass in the clear to nobody but this machine itself.
fn secure(variable: &str, url: Url) -> Result<Url, Error> {
    if url.scheme() == "http" && !is_loopback(&url) {
        return refuse(&format!(
            "{variable} must begin with https://, since what passes there could be read on its way; only this machine itself \
             may be named with http://. It is \u{201c}{url}\u{201d}."
        ));
    }
    Ok(url)
}
