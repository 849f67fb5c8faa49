//! Typed configuration: flags and environment, checked before anything starts.

use std::{
    net::{Ipv4Addr, SocketAddr},
    path::PathBuf,
    sync::Arc,
};

use clap::{Parser, Subcommand, ValueEnum, builder::BoolishValueParser};
use http::HeaderName;
use secrecy::{ExposeSecret, SecretString};
use url::{Host, Url};

use crate::{
    admission::{Admission, Allowed},
    error::Error,
    serve::Limits,
};

/// A team admin console for Supabase.
#[derive(Debug, Parser)]
#[command(name = "steward", version)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Option<Command>,
    #[command(flatten)]
    pub settings: Settings,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Runs the stand-in for api.supabase.com alone.
    Sandbox,
    /// Tells the console's pages as JSON, for tests that look at all of them.
    #[command(hide = true)]
    Pages,
    /// Looks after the audit.
    #[command(subcommand)]
    Audit(AuditCommand),
}

#[derive(Clone, Copy, Debug, Subcommand)]
pub enum AuditCommand {
    /// Walks the audit and names the first row that was changed, added or taken away. Steward may be running meanwhile.
    Verify,
}

/// The settings as they were given; [`Config::check`] makes sense of them.
#[derive(Debug, clap::Args)]
pub struct Settings {
    /// Where the console listens.
    #[arg(long, env = "STEWARD_ADDR", default_value = "127.0.0.1:3000")]
    addr: SocketAddr,
    /// How browsers reach the console, such as https://steward.example.com [default: http:// and the address].
    #[arg(long, env = "STEWARD_PUBLIC_URL")]
    public_url: Option<String>,
    /// sqlite://<file> [default: steward.db in the data directory].
    #[arg(long, env = "STEWARD_DATABASE_URL", hide_env_values = true)]
    database_url: Option<String>,
    /// Where the database and the secret key are kept.
    #[arg(long, env = "STEWARD_DATA_DIR", default_value = ".steward")]
    data_dir: PathBuf,
    /// 32 bytes as hex or base64 that seal tokens and sessions [default: made on first start, kept in the data directory].
    #[arg(long, env = "STEWARD_SECRET_KEY", hide_env_values = true)]
    secret_key: Option<SecretString>,
    /// The Management API [default: the sandbox without a client id, else https://api.supabase.com].
    #[arg(long, env = "SUPABASE_API_URL")]
    supabase_api_url: Option<String>,
    /// The OAuth app that people sign in through [default: the sandbox's demo app].
    #[arg(long, env = "SUPABASE_CLIENT_ID")]
    supabase_client_id: Option<String>,
    #[arg(long, env = "SUPABASE_CLIENT_SECRET", hide_env_values = true)]
    supabase_client_secret: Option<SecretString>,
    /// Days after which calls are deleted from the audit [default: they are kept].
    #[arg(long, env = "STEWARD_AUDIT_DAYS", value_parser = clap::value_parser!(u32).range(1..))]
    audit_days: Option<u32>,
    /// Who may sign in: members of these organizations, by slug and parted by commas.
    #[arg(long, env = "STEWARD_ALLOW_ORGANIZATIONS", default_value = "")]
    allow_organizations: String,
    /// Who may sign in: these addresses, and @example.com for everybody of a domain, parted by commas.
    #[arg(long, env = "STEWARD_ALLOW_EMAILS", default_value = "")]
    allow_emails: String,
    /// 1: everybody who has an account at Supabase may sign in.
    #[arg(long, env = "STEWARD_ALLOW_ANYBODY", value_parser = BoolishValueParser::new(), num_args = 0..=1, default_value = "false", default_missing_value = "true")]
    allow_anybody: bool,
    /// `public`: the sandbox may be reached from outside this machine. Its people have no passwords.
    #[arg(long, env = "STEWARD_SANDBOX", global = true)]
    sandbox: Option<SandboxUse>,
    /// Where the sandbox listens, when it is what the console runs on.
    #[arg(long, env = "STEWARD_SANDBOX_ADDR", default_value = "127.0.0.1:3010", global = true)]
    sandbox_addr: SocketAddr,
    /// Whether people may sign in with a personal access token [default: on where only this machine reaches the console].
    #[arg(long, env = "STEWARD_PAT_SIGN_IN")]
    pat_sign_in: Option<Switch>,
    /// Requests to /sign-in/... that one address may make in a minute; a sign-in takes two.
    #[arg(long, env = "STEWARD_SIGN_INS_A_MINUTE", default_value_t = 60, value_parser = clap::value_parser!(u32).range(1..))]
    sign_ins_a_minute: u32,
    /// A header whose last entry names the address that the proxy in front was asked by, such as x-forwarded-for
    /// [default: none is trusted].
    #[arg(long, env = "STEWARD_TRUSTED_PROXY_HEADER")]
    trusted_proxy_header: Option<String>,
    /// Connections at once; more wait until one ends.
    #[arg(long, env = "STEWARD_CONNECTIONS", default_value_t = Limits::USUAL.connections, value_parser = connections)]
    connections: usize,
}

/// At least what one browser opens.
fn connections(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(count) if (8..=100_000).contains(&count) => Ok(count),
        Ok(_) | Err(_) => Err("it must be a number from 8 to 100000".to_owned()),
    }
}

impl Settings {
    /// Where the sandbox listens, and whether others than this machine may ask it.
    ///
    /// # Errors
    /// The address is one that others reach, and nobody has said that they may.
    pub fn sandbox(&self) -> Result<(SocketAddr, bool), Error> {
        let public = self.sandbox == Some(SandboxUse::Public);
        if !public && !self.sandbox_addr.ip().is_loopback() {
            return refuse(PUBLIC_SANDBOX);
        }
        Ok((self.sandbox_addr, public))
    }
}

/// Why a sandbox is not started where others reach it.
const PUBLIC_SANDBOX: &str = "The sandbox, which has made-up people without passwords, would be reached from outside this \
     machine. For the real Supabase set SUPABASE_CLIENT_ID and SUPABASE_CLIENT_SECRET, or SUPABASE_API_URL. If it is the \
     sandbox that you want to show others, set STEWARD_SANDBOX=public.";

/// Why a console of the real Supabase is not started.
const ANYBODY: &str = "Everybody with an account at Supabase could sign in here. Set STEWARD_ALLOW_ORGANIZATIONS to the slugs of \
     your organizations or STEWARD_ALLOW_EMAILS to addresses such as ada@example.com and @example.com; \
     STEWARD_ALLOW_ANYBODY=1 leaves it open.";

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum SandboxUse {
    Public,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Switch {
    On,
    Off,
}

/// The configuration as the rest of the server uses it.
#[derive(Clone, Debug)]
pub struct Config {
    pub addr: SocketAddr,
    /// `None`: the address that was really bound.
    pub public_url: Option<Url>,
    /// `None`: `steward.db` in the data directory.
    pub database_url: Option<String>,
    pub data_dir: PathBuf,
    pub secret_key: Option<SecretString>,
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
        Ok(Self {
            addr: settings.addr,
            public_url,
            database_url: filled(settings.database_url),
            data_dir: settings.data_dir,
            secret_key: settings.secret_key.filter(|key| !key.expose_secret().is_empty()),
            upstream,
            sandbox_addr,
            sandbox_public,
            admission,
            pat_sign_in,
            audit_days: settings.audit_days,
            sign_ins_a_minute: settings.sign_ins_a_minute,
            trusted_proxy_header: filled(settings.trusted_proxy_header).map(header).transpose()?,
            limits: Limits {
                connections: settings.connections,
                ..Limits::USUAL
            },
        })
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

#[cfg(test)]
mod tests {
    use super::*;

    fn config(arguments: &[&str]) -> Result<Config, String> {
        let arguments = Arguments::try_parse_from(["steward"].iter().chain(arguments)).map_err(|e| e.to_string())?;
        Config::check(arguments.settings).map_err(|e| e.to_string())
    }

    #[test]
    fn without_a_client_id_the_sandbox_runs() {
        assert!(matches!(config(&[]).unwrap().upstream, Upstream::Sandbox));
    }

    #[test]
    fn an_app_of_ones_own_means_the_real_supabase() {
        let config = config(&["--supabase-client-id", "a", "--supabase-client-secret", "b"]).unwrap();
        let Upstream::Api { url, app: Some(app) } = config.upstream else {
            panic!("{:?}", config.upstream)
        };
        assert_eq!(
            (url.as_str(), app.client_id.as_str()),
            ("https://api.supabase.com/", "a")
        );
    }

    #[test]
    fn an_api_without_an_app_leaves_the_personal_access_token() {
        let tokens_only = ["--supabase-api-url", "https://api.supabase.com"];
        assert!(matches!(
            config(&tokens_only).unwrap().upstream,
            Upstream::Api { app: None, .. }
        ));
        let nobody = [&tokens_only[..], &["--pat-sign-in", "off"]].concat();
        assert!(config(&nobody).unwrap_err().contains("Nobody could sign in"));
    }

    #[test]
    fn bad_values_are_named() {
        for (arguments, expected) in [
            (&["--supabase-client-id", "a"][..], "SUPABASE_CLIENT_SECRET must be set"),
            (&["--supabase-client-secret", "a"], "SUPABASE_CLIENT_ID must be set"),
            (
                &["--public-url", "https://example.com/steward"],
                "STEWARD_PUBLIC_URL must be an address",
            ),
            (
                &["--public-url", "ftp://example.com"],
                "STEWARD_PUBLIC_URL must be an address",
            ),
            (
                &["--supabase-api-url", "api.supabase.com"],
                "SUPABASE_API_URL must be an address",
            ),
            (&["--supabase-client-id", ""], "SUPABASE_CLIENT_ID is set, but empty"),
            (
                &["--supabase-client-secret", " "],
                "SUPABASE_CLIENT_SECRET is set, but empty",
            ),
            (&["--supabase-api-url", ""], "SUPABASE_API_URL is set, but empty"),
            (&["--allow-emails", "ada"], "\u{201c}ada\u{201d} is neither"),
            (&["--allow-organizations", "a/b"], "\u{201c}a/b\u{201d} is none"),
            (&["--audit-days", "0"], "--audit-days"),
            (&["--addr", "nowhere"], "--addr"),
            (&["--pat-sign-in", "perhaps"], "[possible values: on, off]"),
            (&["--sign-ins-a-minute", "0"], "--sign-ins-a-minute"),
            (&["--connections", "1"], "it must be a number from 8 to 100000"),
            (
                &["--trusted-proxy-header", "x forwarded for"],
                "STEWARD_TRUSTED_PROXY_HEADER must be the name of a header",
            ),
        ] {
            let error = config(arguments).unwrap_err();
            assert!(error.contains(expected), "{arguments:?}: {error}");
        }
    }

    /// A console of the real Supabase that others reach.
    const EXPOSED: [&str; 6] = [
        "--supabase-client-id",
        "a",
        "--supabase-client-secret",
        "b",
        "--public-url",
        "https://steward.example.com",
    ];

    #[test]
    fn a_console_that_others_reach_says_who_may_sign_in() {
        let with = |more: &[&str]| config(&[&EXPOSED[..], more].concat());
        assert!(with(&[]).unwrap_err().contains("Set STEWARD_ALLOW_ORGANIZATIONS"));
        assert_eq!(with(&["--allow-anybody"]).unwrap().admission, Admission::Anybody);
        assert_eq!(with(&["--allow-anybody", "1"]).unwrap().admission, Admission::Anybody);
        assert!(with(&["--allow-anybody", "0"]).is_err());
        for one in [["--allow-organizations", "acme"], ["--allow-emails", "@example.com"]] {
            assert!(matches!(with(&one).unwrap().admission, Admission::Only(_)));
        }
        // Whoever can connect can name any host.
        let everywhere = [&EXPOSED[..4], &["--addr", "0.0.0.0:3000"]].concat();
        assert!(
            config(&everywhere)
                .unwrap_err()
                .contains("Set STEWARD_ALLOW_ORGANIZATIONS")
        );
        assert_eq!(config(&EXPOSED[..4]).unwrap().admission, Admission::Anybody);
    }

    #[test]
    fn personal_tokens_are_for_consoles_that_nobody_else_reaches() {
        assert!(config(&EXPOSED[..4]).unwrap().pat_sign_in);
        let exposed = [&EXPOSED[..], &["--allow-anybody"]].concat();
        assert!(!config(&exposed).unwrap().pat_sign_in);
        let asked_for = [&exposed[..], &["--pat-sign-in", "on"]].concat();
        assert!(config(&asked_for).unwrap().pat_sign_in);
    }

    #[test]
    fn the_sandbox_is_no_accident() {
        for reached in [
            &["--public-url", "https://steward.example.com"][..],
            &["--addr", "0.0.0.0:3000"],
            &["--sandbox-addr", "0.0.0.0:3010"],
        ] {
            let refusal = config(reached).unwrap_err();
            assert!(refusal.contains("STEWARD_SANDBOX=public"), "{reached:?}: {refusal}");
            let meant = config(&[reached, &["--sandbox", "public"]].concat()).unwrap();
            assert!(meant.sandbox_public, "{reached:?}");
        }
        assert!(!config(&[]).unwrap().sandbox_public);
    }

    #[test]
    fn nothing_passes_in_the_clear_but_on_this_machine() {
        let upstream = |url: &str| config(&["--supabase-api-url", url]);
        assert!(
            upstream("http://api.example.com")
                .unwrap_err()
                .contains("must begin with https://")
        );
        for fine in ["https://api.example.com", "http://127.0.0.1:3010", "http://localhost"] {
            assert!(upstream(fine).is_ok(), "{fine}");
        }
        let public = |url: &str| {
            let config = config(&[&EXPOSED[..5], &[url, "--allow-anybody"]].concat()).unwrap();
            config
                .public_url("127.0.0.1:3000".parse().unwrap())
                .map_err(|error| error.to_string())
        };
        assert!(
            public("http://steward.example.com")
                .unwrap_err()
                .contains("must begin with https://")
        );
        assert!(public("https://steward.example.com").is_ok() && public("http://localhost:3000").is_ok());
        let unnamed = config(&["--addr", "0.0.0.0:3000", "--sandbox", "public"]).unwrap();
        assert!(unnamed.public_url("10.0.0.5:3000".parse().unwrap()).is_err());
    }

    #[test]
    fn secrets_are_not_printed() {
        let config = config(&[
            "--supabase-client-id",
            "a",
            "--supabase-client-secret",
            "hush",
            "--secret-key",
            "quiet",
        ]);
        let printed = format!("{:?}", config.unwrap());
        assert!(!printed.contains("hush") && !printed.contains("quiet"), "{printed}");
    }
}
