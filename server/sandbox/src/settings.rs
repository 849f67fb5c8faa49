//! How a sandbox is set up by the program that embeds it.

use std::{path::PathBuf, time::Duration};

use url::{Host, Url};

/// The demo app's client id: the OAuth app every sandbox knows.
pub const DEMO_CLIENT_ID: &str = "5eed0a11-0000-4000-8000-57e1a4d00001";

/// The demo app's client secret. It opens nothing but a sandbox.
pub const DEMO_CLIENT_SECRET: &str = "sba_5eed57e1a4d0c0ffee00000000000000000000d1";

/// Where a sandbox is reached, how fast its world turns, and what it keeps.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Origin under which browsers and Steward reach the sandbox, without a slash at the end.
    pub public_url: String,
    /// Whether others than this machine may ask it. Else requests for any other host than a loopback one are refused: a
    /// page from elsewhere could else reach it through a name that leads to this machine.
    pub public: bool,
    /// How long a created or restored project takes until it is up; pausing takes half of it.
    pub coming_up: Duration,
    /// How long an access token lives.
    pub token_lifetime: Duration,
    /// Where people may be sent back to after the consent page.
    pub redirect_uris: RedirectUris,
    /// File in which the demo world is kept over a restart; `None` keeps it in memory only.
    /// It holds the demo's tokens, so it is made readable by its owner alone.
    pub state_file: Option<PathBuf>,
    /// Directory in which the demo world's databases are kept over a restart; `None` keeps them for as long as the
    /// process lives. PostgreSQL starts with the first call that needs it.
    pub postgres_dir: Option<PathBuf>,
    /// How long a statement may run.
    pub statement_timeout: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            public_url: "http://127.0.0.1:3010".to_owned(),
            public: false,
            coming_up: Duration::from_secs(8),
            token_lifetime: Duration::from_secs(60 * 60),
            redirect_uris: RedirectUris::AnyLoopback,
            state_file: None,
            postgres_dir: None,
            statement_timeout: Duration::from_secs(30),
        }
    }
}

/// The redirect URIs registered for the demo app.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RedirectUris {
    /// Whatever runs on this machine, on any port and path.
    AnyLoopback,
    /// These and no others, compared as text.
    Exactly(Vec<String>),
}

impl RedirectUris {
    /// The URI as a URL, if it is registered. A fragment is never allowed (RFC 6749, 3.1.2).
    pub(crate) fn registered(&self, uri: &str) -> Option<Url> {
        let url = Url::parse(uri).ok().filter(|url| url.fragment().is_none())?;
        let known = match self {
            Self::Exactly(uris) => uris.iter().any(|known| known == uri),
            Self::AnyLoopback => matches!(url.scheme(), "http" | "https") && is_loopback(&url),
        };
        known.then_some(url)
    }
}

/// Whether the URL's host is this machine itself.
pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loopback_means_the_host_and_not_the_text() {
        let uris = RedirectUris::AnyLoopback;
        for good in [
            "http://127.0.0.1:3000/cb",
            "http://localhost/cb?x=1",
            "https://[::1]:8443/",
        ] {
            assert!(uris.registered(good).is_some(), "{good}");
        }
        for bad in [
            "http://127.0.0.1@evil.example/cb",
            "http://localhost.evil.example/",
            "javascript:alert(1)//localhost",
            "http://localhost/#fragment",
            "/cb",
        ] {
            assert!(uris.registered(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn a_list_is_compared_as_text() {
        let uris = RedirectUris::Exactly(vec!["https://console.example/cb".to_owned()]);
        assert!(uris.registered("https://console.example/cb").is_some());
        assert!(uris.registered("https://console.example/cb/").is_none());
        assert!(uris.registered("http://localhost/cb").is_none());
    }
}
