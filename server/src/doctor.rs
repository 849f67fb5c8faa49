//! Doctor: looks at everything that Steward needs, changes nothing, and says what to do where something is missing.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use http::HeaderMap;
use management_api::OperationId;
use time::{OffsetDateTime, format_description::well_known::Rfc2822};
use url::Url;

use crate::{
    checks::{self, Check},
    config::{Config, Settings, Upstream},
    error::Error,
    oauth::{
        answer::Refusal,
        client::{OauthClient, Redirect},
    },
    stack::{causes, http_client},
    store::{
        crypto::Vault,
        inspect::{self, Inspected, inspect},
        key,
        reseal::{self, Tally},
    },
};

/// How long a server may take to answer.
const PATIENCE: Duration = Duration::from_secs(10);
/// Seconds by which the clock may differ. Sign-ins end and tokens are refreshed by it.
const CLOCK: u64 = 30;
/// Seconds from which on tokens seem to have ended that are good, or the other way round.
const CLOCK_WRONG: u64 = 300;

/// Looks at everything. `warnings`: what was noticed of how the settings were given.
pub async fn examine(settings: Settings, warnings: Vec<String>) -> Vec<Check> {
    let config = match Config::check(settings) {
        Ok(config) => config,
        Err(error) => {
            return vec![Check::fail(
                "configuration",
                error.to_string(),
                "Nothing else was looked at.",
            )];
        }
    };
    let mut checks = vec![configuration(warnings)];
    checks.extend(data_directory(&config));
    if config.data_dir.exists() {
        checks.push(checks::disk(&config.data_dir));
    }
    let (database, is_open) = database(config.database(), &config.data_dir).await;
    checks.push(database);
    if is_open {
        checks.extend(instances(config.database(), &config.data_dir).await);
    }
    // A key that is not there would be made.
    let has_key = config.secret_key.is_some() || key::is_made(&config.data_dir);
    if is_open
        && has_key
        && let Ok(vault) = config.vault()
    {
        checks.push(sealed(config.database(), &config.data_dir, &vault).await);
    }
    let (upstream, public) = futures::join!(upstream(&config), public_address(&config));
    checks.extend(upstream);
    checks.extend(public);
    checks
}

fn configuration(warnings: Vec<String>) -> Check {
    const NAME: &str = "configuration";
    if warnings.is_empty() {
        Check::ok(NAME, "Every setting fits.")
    } else {
        Check::warn(NAME, warnings.join(" "), "Steward runs all the same.")
    }
}

fn data_directory(config: &Config) -> Vec<Check> {
    const NAME: &str = "data";
    const KEY: &str = "key";
    let dir = &config.data_dir;
    let made = dir.exists();
    let directory = if !made {
        let found = format!("There is no {} yet.", dir.display());
        Check::warn(
            NAME,
            found,
            "It is made at the first start. Set STEWARD_DATA_DIR if it lies elsewhere.",
        )
    } else if let Err(error) = key::make_data_dir(dir) {
        Check::fail(NAME, error.to_string(), "")
    } else if let Err(error) = rustix::fs::access(dir, rustix::fs::Access::WRITE_OK) {
        let found = format!("{} cannot be written to: {error}.", dir.display());
        Check::fail(
            NAME,
            found,
            "Run this as the user that Steward runs as, and give the directory to them.",
        )
    } else {
        Check::ok(NAME, format!("{} is its owner\u{2019}s alone.", dir.display()))
    };
    let key = if config.secret_key.is_none() && !key::is_made(dir) {
        Check::warn(
            KEY,
            "There is no secret key yet.",
            "It is made at the first start, in the data directory.",
        )
    } else {
        match config.vault() {
            Ok(_) => Check::ok(KEY, "The secret key has 32 bytes."),
            Err(error) => Check::fail(KEY, error.to_string(), ""),
        }
    };
    vec![directory, key]
}

/// How the database is, and whether its tables are those that this Steward knows.
async fn database(url: Option<&str>, data_dir: &Path) -> (Check, bool) {
    const NAME: &str = "database";
    let found = inspect(url, data_dir).await;
    let is_open = found.as_ref().is_ok_and(|found| found.schema == Some(found.known));
    let check = match found {
        Ok(Inspected { schema: None, .. }) => {
            Check::warn(NAME, "It is empty.", "Its tables are made at the first start.")
        }
        Ok(Inspected {
            schema: Some(schema),
            known,
        }) if schema > known => Check::fail(
            NAME,
            format!("It is of a newer Steward: its schema is {schema}, and this one knows {known}."),
            "Run the newer Steward, or restore the backup of before the upgrade.",
        ),
        Ok(Inspected {
            schema: Some(schema),
            known,
        }) => {
            let later = if schema < known {
                format!(" It is brought to {known} at the next start: make a backup before.")
            } else {
                String::new()
            };
            Check::ok(NAME, format!("It opens; its schema is {schema}.{later}"))
        }
        Err(error) => Check::fail(
            NAME,
            error.to_string(),
            "Check STEWARD_DATABASE_URL, and that the database is there.",
        ),
    };
    (check, is_open)
}

/// Whether instances hear of each other; `None` where there is one.
async fn instances(url: Option<&str>, data_dir: &Path) -> Option<Check> {
    const NAME: &str = "instances";
    const ADVICE: &str = "A pooler before the database must be in session mode (PgBouncer: pool_mode = session), or be gone round. \
                          Until then nothing is kept, so every read goes to Supabase, and nobody does the timed work.";
    match inspect::hears(url, data_dir).await {
        Ok(None) => None,
        Ok(Some(true)) => Some(Check::ok(NAME, "What one says is heard by others (LISTEN and NOTIFY).")),
        Ok(Some(false)) => Some(Check::warn(
            NAME,
            "What one says is not heard by others (LISTEN and NOTIFY).",
            ADVICE,
        )),
        Err(error) => Some(Check::warn(NAME, format!("It could not be tried: {error}."), ADVICE)),
    }
}

/// Under which key what the database holds is sealed.
async fn sealed(url: Option<&str>, data_dir: &Path, vault: &Vault) -> Check {
    const NAME: &str = "sealed";
    let changing = vault.old().is_some();
    match reseal::examine(url, data_dir, vault).await {
        Ok(Tally { old: 0, neither: 0, .. }) if changing => Check::warn(
            NAME,
            "Nothing is sealed under STEWARD_SECRET_KEY_OLD any more.",
            "Unset it on every instance.",
        ),
        Ok(Tally { old: 0, neither: 0, .. }) => Check::ok(NAME, "Everything is sealed under the secret key."),
        Ok(Tally { old: 0, neither, .. }) => Check::warn(
            NAME,
            format!("{neither} sealed values were tampered with, or are of a key that was not given."),
            "If the key was changed, give the one of before as STEWARD_SECRET_KEY_OLD.",
        ),
        Ok(Tally { current, old, neither }) => Check::warn(
            NAME,
            format!(
                "{old} of {} sealed values are still under STEWARD_SECRET_KEY_OLD.",
                current + old + neither
            ),
            "Steward seals them anew while it runs; keep the variable until nothing is left.",
        ),
        Err(error) => Check::fail(NAME, error.to_string(), ""),
    }
}

/// What Supabase says, and what its answer tells of this machine.
async fn upstream(config: &Config) -> Vec<Check> {
    const NAME: &str = "upstream";
    let (url, app) = match &config.upstream {
        Upstream::Sandbox => return vec![Check::ok(NAME, "It is the sandbox, which is started with Steward.")],
        Upstream::Api { url, app } => (url, app),
    };
    let http = match http_client(url) {
        Ok(http) => http,
        Err(error) => {
            let advice = "Install the system\u{2019}s root certificates (Debian: ca-certificates).";
            return vec![Check::fail("certificates", Error::from(error).to_string(), advice)];
        }
    };
    let mut address = url.clone();
    address.set_path(OperationId::ListOrganizations.row().path);
    let asked = Instant::now();
    let answer = match http.get(address).timeout(PATIENCE).send().await {
        Ok(answer) => answer,
        Err(error) => return vec![unreachable(NAME, url, error)],
    };
    let took = asked.elapsed();
    let mut checks = vec![
        match answer.status().as_u16() {
            // Nobody is named in the question.
            401 => Check::ok(NAME, format!("{url} answers after {} ms.", took.as_millis())),
            status => Check::warn(
                NAME,
                format!("{url} answers with {status} where 401 was expected."),
                "Look whether SUPABASE_API_URL is right, and whether a firewall or proxy answers in its place. \
                 https://status.supabase.com tells of Supabase\u{2019}s own troubles.",
            ),
        },
        clock(answer.headers(), OffsetDateTime::now_utc()),
    ];
    if url.scheme() == "https" {
        checks.push(Check::ok(
            "certificates",
            format!("The certificate of {url} is accepted."),
        ));
    }
    if let Some(app) = app {
        let callback = config.public_url(config.addr).and_then(|public| {
            public
                .join(app::paths::SIGN_IN_CALLBACK)
                .map_err(|error| Error::Configuration(error.to_string()))
        });
        match callback.and_then(|callback| OauthClient::new(url, app.clone(), callback, http)) {
            Ok(client) => {
                let (known, redirect) = futures::join!(client.is_known(), client.may_come_back());
                checks.push(oauth_app(known));
                checks.push(redirect_address(&client, redirect));
            }
            Err(error) => checks.push(Check::fail("app", error.to_string(), "Set STEWARD_PUBLIC_URL.")),
        }
    }
    checks
}

fn unreachable(name: &'static str, url: &Url, error: reqwest::Error) -> Check {
    let why = causes(&error.without_url());
    let advice = if why.contains("certificate") {
        "Install the system\u{2019}s root certificates (Debian: ca-certificates), or those of the proxy that opens TLS here."
    } else {
        "Check the name server, the firewall and HTTPS_PROXY of this machine."
    };
    Check::fail(name, format!("{url} cannot be reached: {why}."), advice)
}

fn clock(answer: &HeaderMap, now: OffsetDateTime) -> Check {
    const NAME: &str = "clock";
    const ADVICE: &str = "Let this machine\u{2019}s clock be set by NTP: tokens and sign-ins end by it.";
    let date = answer.get(http::header::DATE).and_then(|date| date.to_str().ok());
    let Some(theirs) = date.and_then(|date| OffsetDateTime::parse(date, &Rfc2822).ok()) else {
        return Check::warn(NAME, "Supabase did not tell what time it is.", "");
    };
    let ahead = (now - theirs).whole_seconds();
    let apart = ahead.unsigned_abs();
    let told = match ahead {
        0.. => format!("It is {apart} s ahead of Supabase\u{2019}s."),
        _ => format!("It is {apart} s behind Supabase\u{2019}s."),
    };
    match apart {
        apart if apart <= CLOCK => Check::ok(NAME, told),
        apart if apart <= CLOCK_WRONG => Check::warn(NAME, told, ADVICE),
        _ => Check::fail(NAME, told, ADVICE),
    }
}

fn oauth_app(known: Result<(), Refusal>) -> Check {
    const NAME: &str = "app";
    match known {
        Ok(()) => Check::ok(NAME, "Supabase knows the OAuth app, and its secret fits."),
        Err(error @ Refusal::Unavailable(_)) => {
            Check::warn(NAME, format!("It could not be tried: {error}."), "Try again later.")
        }
        Err(error @ (Refusal::App(_) | Refusal::Grant)) => Check::fail(
            NAME,
            format!("Supabase does not accept it: {error}."),
            "Compare SUPABASE_CLIENT_ID and SUPABASE_CLIENT_SECRET with the app in the organization\u{2019}s settings at Supabase.",
        ),
    }
}

fn redirect_address(client: &OauthClient, redirect: Redirect) -> Check {
    const NAME: &str = "redirect";
    let address = client.redirect_address();
    match redirect {
        Redirect::Accepted => Check::ok(NAME, format!("Supabase sends people back to {address}.")),
        Redirect::Refused(status) => Check::fail(
            NAME,
            format!("Supabase answers the sign-in with {status}."),
            format!(
                "Register {address} as the app\u{2019}s redirect URI, letter by letter; it follows from STEWARD_PUBLIC_URL."
            ),
        ),
        Redirect::Untold(why) => Check::warn(NAME, format!("It could not be tried: {why}."), "Try again later."),
    }
}

/// Whether browsers reach this console where it says that they do, and by a certificate that is accepted.
async fn public_address(config: &Config) -> Option<Check> {
    const NAME: &str = "address";
    let url = config.public_url.as_ref()?;
    let mut address = url.clone();
    address.set_path("/healthz");
    let http = http_client(url).ok()?;
    Some(match http.get(address).timeout(PATIENCE).send().await {
        Ok(answer) if answer.status().is_success() => Check::ok(NAME, format!("{url} answers.")),
        Ok(answer) => Check::warn(
            NAME,
            format!("{url} answers with {}.", answer.status()),
            "Look whether Steward runs, and whether the proxy leads to it.",
        ),
        Err(error) => {
            let why = causes(&error.without_url());
            let found = format!("{url} cannot be reached from here: {why}.");
            if why.contains("certificate") {
                Check::fail(
                    NAME,
                    found,
                    "Renew the proxy\u{2019}s certificate, or let it send the whole chain.",
                )
            } else {
                Check::warn(
                    NAME,
                    found,
                    "That is so before the proxy and Steward run; afterwards look at both.",
                )
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::Standing;

    #[test]
    fn a_clock_is_held_against_supabases() {
        let mut answer = HeaderMap::new();
        let theirs = OffsetDateTime::parse("Wed, 18 Nov 2026 11:07:10 GMT", &Rfc2822).unwrap();
        assert_eq!(clock(&answer, theirs).standing, Standing::Warn);
        answer.insert("date", "Wed, 18 Nov 2026 11:07:10 GMT".parse().unwrap());
        for (seconds, standing, told) in [
            (2, Standing::Ok, "2 s ahead of"),
            (-30, Standing::Ok, "30 s behind"),
            (31, Standing::Warn, "31 s ahead of"),
            (-3600, Standing::Fail, "3600 s behind"),
        ] {
            let check = clock(&answer, theirs + time::Duration::seconds(seconds));
            assert_eq!(check.standing, standing, "{seconds}");
            assert!(check.found.contains(told), "{}", check.found);
        }
    }
}
