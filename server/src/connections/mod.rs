//! Connections: through what a person reaches Supabase. A grant covers one organization, so there may be several, and every
//! call goes through the one that covers its place.

pub mod cover;

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use app::{backend::SignInMethod, error::ConsoleError};
use management_api::OperationId;
use moka::future::Cache;

use self::cover::Route;
use crate::{
    directory::Place,
    error::Error,
    identity::{AccountKey, Caller, Identity},
    instances::{Change, Instances},
    store::{Store, connections::Kept},
};

/// How long what the database told is used again. What any instance changes is seen at once.
const FRESH: Duration = Duration::from_secs(5);
/// Sign-ins whose connections are remembered.
const SIGN_INS: u64 = 10_000;

/// How all scoped personal tokens begin.
const SCOPED: &str = "sbp_fc";

/// One of a sign-in's connections.
#[derive(Clone, Debug)]
pub struct Connection(Kept);

impl std::ops::Deref for Connection {
    type Target = Kept;

    fn deref(&self) -> &Kept {
        &self.0
    }
}

impl Connection {
    pub fn is_grant(&self) -> bool {
        match self.person.method {
            SignInMethod::Oauth => true,
            SignInMethod::PersonalAccessToken => false,
        }
    }

    /// The slug of the organization that it is for, where it is for one.
    pub fn organization(&self) -> Option<&String> {
        match self.details.organizations.as_deref() {
            Some([slug]) => Some(slug),
            Some(_) | None => None,
        }
    }

    /// The caller, by this connection.
    pub fn caller(&self, caller: &Caller) -> Caller {
        Caller {
            account: self.key.clone(),
            identity: match self.person.method {
                SignInMethod::Oauth => Identity::App,
                SignInMethod::PersonalAccessToken => Identity::Person(self.person.id.clone()),
            },
            ..caller.clone()
        }
    }

    /// What it is and what it is called, for the audit.
    pub fn told(&self) -> String {
        let kind = match (self.is_grant(), self.details.scoped) {
            (true, _) => "OAuth grant",
            (false, true) => "scoped token",
            (false, false) => "personal token",
        };
        match &self.details.mark {
            Some(mark) if !self.is_grant() => format!("{kind} {mark}"),
            Some(_) | None => format!("{kind} of {}", self.name()),
        }
    }

    /// What it is called: its organizations, else how its token begins and ends.
    pub fn name(&self) -> String {
        let slugs = self.details.organizations.iter().flatten();
        let names: Vec<&str> = slugs
            .map(|slug| self.details.names.get(slug).map_or(slug.as_str(), String::as_str))
            .collect();
        let refs = || self.limited_to.iter().flat_map(|refs| refs.iter().map(String::as_str));
        let names = if names.is_empty() { refs().collect() } else { names };
        match names.as_slice() {
            [] => self.details.mark.clone().unwrap_or_else(|| "Not told".to_owned()),
            [one] => (*one).to_owned(),
            [one, two] => format!("{one} and {two}"),
            [one, rest @ ..] => format!("{one} and {} more", rest.len()),
        }
    }
}

/// The connections of everybody signed in. Cloning is cheap; clones share what they know.
#[derive(Clone)]
pub struct Connections {
    store: Store,
    instances: Instances,
    /// How often any have changed: what was read before, or is being read, is then found no more.
    changes: Arc<AtomicU64>,
    known: Cache<(AccountKey, u64), Arc<[Connection]>>,
    /// The same as it was last read, however long ago.
    seen: moka::sync::Cache<AccountKey, Arc<[Connection]>>,
    /// Why a connection's part of a list was missing, the last time that one was asked for.
    failing: moka::sync::Cache<AccountKey, String>,
}

impl std::fmt::Debug for Connections {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Connections").finish_non_exhaustive()
    }
}

impl Connections {
    pub fn new(store: Store, instances: &Instances) -> Self {
        let changes = Arc::<AtomicU64>::default();
        let changed = changes.clone();
        instances.on_change(move |change| match change {
            Change::Connections | Change::Anything => {
                changed.fetch_add(1, Ordering::SeqCst);
            }
            Change::Project { .. } | Change::Upstream | Change::Members { .. } | Change::Marks => {}
        });
        let known = Cache::builder().max_capacity(SIGN_INS).time_to_live(FRESH).build();
        let failing = moka::sync::Cache::builder()
            .max_capacity(SIGN_INS)
            .time_to_live(Duration::from_secs(120))
            .build();
        let seen = moka::sync::Cache::new(SIGN_INS);
        Self {
            store,
            instances: instances.clone(),
            changes,
            known,
            seen,
            failing,
        }
    }

    /// The connections of a sign-in, the first made first.
    ///
    /// # Errors
    /// The database's.
    pub async fn of(&self, sign_in: &AccountKey) -> Result<Arc<[Connection]>, ConsoleError> {
        let key = (sign_in.clone(), self.changes.load(Ordering::SeqCst));
        let asked = self.known.try_get_with(key.clone(), async {
            let kept = self.store.connections_of(sign_in).await?;
            let all: Arc<[_]> = kept.into_iter().map(Connection).collect();
            self.seen.insert(sign_in.clone(), all.clone());
            Ok::<_, Error>(all)
        });
        let all = asked.await;
        if !self.instances.hears() {
            // What others change meanwhile is not heard of.
            self.known.invalidate(&key).await;
        }
        all.map_err(|error| {
            tracing::error!(%error, "connections could not be read");
            ConsoleError::Internal {
                message: "Its database failed. Try again in a moment.".to_owned(),
            }
        })
    }

    /// The permission without which a call of this operation was refused before, and by which connection. It asks nobody:
    /// what was not seen yet is not known.
    pub fn lacking(
        &self,
        sign_in: &AccountKey,
        operation: OperationId,
        place: &Place,
    ) -> Option<(String, &'static str)> {
        let all = self.seen.get(sign_in)?;
        let Route::Through(connection) = cover::route(&all, operation, place) else {
            return None;
        };
        // What a grant is refused may be a matter of its owner's role, which changes.
        if connection.is_grant() {
            return None;
        }
        let lacks = &connection.details.lacks;
        let lacking = operation.row().permissions.lacking(|name| !lacks.contains(name))?;
        Some((connection.name(), *lacking.first()?))
    }

    /// Whether the connections that live leave this project out, since they are limited to others. It asks nobody.
    pub fn leave_out(&self, sign_in: &AccountKey, place: &Place) -> bool {
        self.seen.get(sign_in).is_some_and(|all| cover::leaves_out(&all, place))
    }

    /// Something of somebody's has changed.
    pub async fn changed(&self) {
        self.instances.tell(&Change::Connections).await;
    }

    /// Whether a sign-in has one that works.
    pub async fn any_living(&self, sign_in: &AccountKey) -> Result<bool, ConsoleError> {
        Ok(self.of(sign_in).await?.iter().any(|connection| !connection.dead))
    }

    /// What came of asking a connection for its part of a list.
    pub fn note_list(&self, connection: &AccountKey, failure: Option<&ConsoleError>) {
        match failure {
            Some(error) => self.failing.insert(connection.clone(), error.to_string()),
            None => self.failing.invalidate(connection),
        }
    }

    /// Why its part of a list was missing the last time; `None`: it was there.
    pub fn failure(&self, connection: &AccountKey) -> Option<String> {
        self.failing.get(connection)
    }

    /// Keeps what a refusal told that the connection lacks, so that it is known beforehand from then on.
    pub async fn note_lacking(&self, connection: &Connection, missing: &[String]) {
        let mut details = connection.details.clone();
        let before = details.lacks.len();
        details.lacks.extend(missing.iter().take(20).cloned());
        if details.lacks.len() > before {
            self.keep(&connection.key, &details).await;
        }
    }

    /// Keeps which organizations a connection lists.
    pub async fn note_organizations(&self, connection: &Connection, listed: Vec<(String, String)>) {
        let mut details = connection.details.clone();
        details.organizations = Some(listed.iter().map(|(slug, _)| slug.clone()).collect());
        details.names = listed.into_iter().collect();
        if details != connection.details {
            self.keep(&connection.key, &details).await;
        }
    }

    async fn keep(&self, key: &AccountKey, details: &crate::store::accounts::Details) {
        if let Err(error) = self.store.note_details(key, details).await {
            tracing::warn!(%error, "what was found out of a connection could not be kept");
        }
        self.changed().await;
    }
}

/// How a personal token begins and ends, so that its owner knows it again.
pub fn mark(token: &str) -> Option<String> {
    let start = if token.starts_with(SCOPED) { SCOPED } else { "sbp_" };
    let end = token.get(token.len().checked_sub(4)?..)?;
    (token.len() > 20).then(|| format!("{start}\u{2026}{end}"))
}

/// Whether a personal token is for a part of what its owner may.
pub fn is_scoped(token: &str) -> bool {
    token.starts_with(SCOPED)
}
