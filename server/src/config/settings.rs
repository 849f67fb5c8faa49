//! Settings: flags and environment as they are given.

use std::{net::SocketAddr, path::PathBuf};

use clap::{Parser, Subcommand, ValueEnum, builder::BoolishValueParser};
use secrecy::SecretString;

use super::{PUBLIC_SANDBOX, refuse};
use crate::{audit_export::Format, error::Error, serve::Limits};

/// The variable that names the file of settings.
pub(super) const CONFIG: &str = "STEWARD_CONFIG";

/// A team admin console for Supabase.
#[derive(Debug, Parser)]
#[command(name = "steward", version)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Option<Command>,
    /// A file of settings in TOML, each under the name of its variable. Flags and variables come before it.
    #[arg(long, env = CONFIG, global = true)]
    pub config: Option<PathBuf>,
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
    /// Looks at everything that Steward needs, changes nothing, and says what to do. Ends with 1 where something does not work.
    Doctor {
        /// What was found as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Looks after the audit.
    #[command(subcommand)]
    Audit(AuditCommand),
    /// Carries everything over from one database to another, which must be empty. Steward may not be running meanwhile.
    Migrate(MigrateArguments),
}

#[derive(Debug, clap::Args)]
pub struct MigrateArguments {
    /// The database of now, such as sqlite://.steward/steward.db.
    #[arg(long)]
    pub from: SecretString,
    /// The database to be, such as postgres://<user>:<password>@<host>/<database>?sslmode=verify-full.
    #[arg(long)]
    pub to: SecretString,
}

#[derive(Clone, Debug, Subcommand)]
pub enum AuditCommand {
    /// Walks the audit and names the first row that was changed, added or taken away. Steward may be running meanwhile.
    Verify,
    /// Writes every call of everybody, the newest first. Steward may be running meanwhile.
    Export {
        #[arg(long, default_value = "jsonl")]
        format: Format,
        /// A new file, which is its owner's alone [default: standard output].
        #[arg(long)]
        output: Option<PathBuf>,
    },
}

/// The settings as they were given; [`Config::check`](super::Config::check) makes sense of them. One whose value is hidden from
/// the help is a secret, and may be given by a file of its own; see [`super::sources`].
#[derive(Debug, clap::Args)]
pub struct Settings {
    /// Where the console listens.
    #[arg(long, env = "STEWARD_ADDR", default_value = "127.0.0.1:3000")]
    pub(super) addr: SocketAddr,
    /// How browsers reach the console, such as https://steward.example.com [default: http:// and the address].
    #[arg(long, env = "STEWARD_PUBLIC_URL")]
    pub(super) public_url: Option<String>,
    /// sqlite://<file> or postgres://<user>:<password>@<host>/<database>?sslmode=verify-full [default: steward.db in the data directory].
    #[arg(long, env = "STEWARD_DATABASE_URL", hide_env_values = true)]
    pub(super) database_url: Option<SecretString>,
    /// Where the database and the secret key are kept.
    #[arg(long, env = "STEWARD_DATA_DIR", default_value = ".steward")]
    pub(super) data_dir: PathBuf,
    /// 32 bytes as hex or base64 that seal tokens and sessions [default: made on first start, kept in the data directory].
    #[arg(long, env = "STEWARD_SECRET_KEY", hide_env_values = true)]
    pub(super) secret_key: Option<SecretString>,
    /// The secret key of before: what is sealed under it is sealed anew under the one of now [default: it was not changed].
    #[arg(long, env = "STEWARD_SECRET_KEY_OLD", hide_env_values = true)]
    pub(super) secret_key_old: Option<SecretString>,
    /// The Management API [default: the sandbox without a client id, else https://api.supabase.com].
    #[arg(long, env = "SUPABASE_API_URL")]
    pub(super) supabase_api_url: Option<String>,
    /// The OAuth app that people sign in through [default: the sandbox's demo app].
    #[arg(long, env = "SUPABASE_CLIENT_ID")]
    pub(super) supabase_client_id: Option<String>,
    #[arg(long, env = "SUPABASE_CLIENT_SECRET", hide_env_values = true)]
    pub(super) supabase_client_secret: Option<SecretString>,
    /// Days after which calls are deleted from the audit [default: they are kept].
    #[arg(long, env = "STEWARD_AUDIT_DAYS", value_parser = clap::value_parser!(u32).range(1..))]
    pub(super) audit_days: Option<u32>,
    /// Who may sign in: members of these organizations, by slug and parted by commas.
    #[arg(long, env = "STEWARD_ALLOW_ORGANIZATIONS", default_value = "")]
    pub(super) allow_organizations: String,
    /// Who may sign in: these addresses, and @example.com for everybody of a domain, parted by commas.
    #[arg(long, env = "STEWARD_ALLOW_EMAILS", default_value = "")]
    pub(super) allow_emails: String,
    /// 1: everybody who has an account at Supabase may sign in.
    #[arg(long, env = "STEWARD_ALLOW_ANYBODY", value_parser = BoolishValueParser::new(), num_args = 0..=1, default_value = "false", default_missing_value = "true")]
    pub(super) allow_anybody: bool,
    /// `public`: the sandbox may be reached from outside this machine. Its people have no passwords.
    #[arg(long, env = "STEWARD_SANDBOX", global = true)]
    pub(super) sandbox: Option<SandboxUse>,
    /// Where the sandbox listens, when it is what the console runs on.
    #[arg(long, env = "STEWARD_SANDBOX_ADDR", default_value = "127.0.0.1:3010", global = true)]
    pub(super) sandbox_addr: SocketAddr,
    /// Whether people may sign in with a personal access token [default: on where only this machine reaches the console].
    #[arg(long, env = "STEWARD_PAT_SIGN_IN")]
    pub(super) pat_sign_in: Option<Switch>,
    /// Requests to /sign-in/... that one address may make in a minute; a sign-in takes two.
    #[arg(long, env = "STEWARD_SIGN_INS_A_MINUTE", default_value_t = 60, value_parser = clap::value_parser!(u32).range(1..))]
    pub(super) sign_ins_a_minute: u32,
    /// A header whose last entry names the address that the proxy in front was asked by, such as x-forwarded-for
    /// [default: none is trusted].
    #[arg(long, env = "STEWARD_TRUSTED_PROXY_HEADER")]
    pub(super) trusted_proxy_header: Option<String>,
    /// Connections at once; more wait until one ends.
    #[arg(long, env = "STEWARD_CONNECTIONS", default_value_t = Limits::USUAL.connections, value_parser = connections)]
    pub(super) connections: usize,
    /// Where metrics are told, at /metrics, such as 127.0.0.1:9464 [default: nowhere].
    #[arg(long, env = "STEWARD_METRICS_ADDR")]
    pub(super) metrics_addr: Option<SocketAddr>,
    /// What must be sent for them, as a bearer token; needed where others than this machine reach them.
    #[arg(long, env = "STEWARD_METRICS_TOKEN", hide_env_values = true)]
    pub(super) metrics_token: Option<SecretString>,
    /// What is logged to standard error, as the libraries tracing and env_logger read it.
    #[arg(long, env = "RUST_LOG", default_value = "warn,server=info,sandbox=info")]
    pub rust_log: String,
    /// How lines of the log are written: for people, or each as an object of JSON.
    #[arg(long, env = "STEWARD_LOG_FORMAT", default_value = "text")]
    pub log_format: LogFormat,
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

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum SandboxUse {
    Public,
}

/// How lines of the log are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    Text,
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Switch {
    On,
    Off,
}
