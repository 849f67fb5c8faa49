//! Directory: what a person has seen of organizations, projects, branches and snippets. Their names, so that a page can name
//! its place before Supabase has answered; and what belongs to what, so that every call is told to the right people.

mod answers;
mod keep;
mod learn;
mod lists;
mod membership;
mod place;
#[cfg(test)]
mod tests;
mod wants;

use std::time::Duration;

use app::error::shortened;
use management_api::{Request, Scope, Subject};
use moka::{future, sync::Cache};
use tokio::sync::{mpsc, oneshot};

use self::keep::Message;
pub use self::{
    membership::{Membership, Memberships},
    place::Place,
};
use crate::{
    identity::PersonId,
    instances::Instances,
    store::{
        Store, now,
        places::{Home, PlaceRow},
    },
};

/// Bytes that are kept at most, of all people together: room for about 100,000 names.
const BYTES: u64 = 32 * 1024 * 1024;
/// Bytes that an entry takes beside its texts.
const ENTRY: usize = 200;
/// Characters of a name, at most.
const NAME: usize = 200;
/// Bytes of a slug, ref or id; a longer one is none.
const KEY: usize = 100;
/// A name that was not seen for so long is forgotten.
const KEPT: Duration = Duration::from_secs(24 * 60 * 60);
/// What was asked in vain is not asked again for so long.
const VAIN: Duration = Duration::from_secs(60);
/// So long a status that was seen is taken for the present one.
const STATUS: Duration = Duration::from_secs(20);
/// Statuses that are remembered, at most.
const STATUSES: u64 = 20_000;
/// Questions that are remembered, at most.
const QUESTIONS: u64 = 10_000;
/// Seconds after which what is still so is written down again: the oldest is the first to be forgotten.
const FRESH: i64 = 24 * 60 * 60;
/// Rows that wait to be written. What comes on top is not kept over a restart.
const WAITING: usize = 8_192;

/// What is known of a slug, ref or id.
#[derive(Clone, Default)]
struct Known {
    name: Option<String>,
    home: Home,
    /// When it was last written down, in Unix seconds; 0: never.
    kept_at: i64,
}

/// What is known, by person and slug, ref or id; what one person has seen is nobody else's.
#[derive(Clone)]
pub struct Directory {
    known: Cache<(PersonId, String), Known>,
    /// What was asked lately.
    asked: future::Cache<(PersonId, String), ()>,
    /// What people are in their organizations.
    pub memberships: Memberships,
    /// What lists held.
    pub lists: lists::Lists,
    /// What wants attention.
    pub wants: wants::Wants,
    /// The status of projects, by person and ref, as long as it can be taken for the present one.
    statuses: Cache<(PersonId, String), String>,
    /// `None`: it is forgotten with the process.
    kept: Option<Kept>,
}

#[derive(Clone)]
struct Kept {
    store: Store,
    rows: mpsc::Sender<Message>,
}

impl std::fmt::Debug for Directory {
    /// Leaves out what people have seen.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Directory").finish_non_exhaustive()
    }
}

impl Default for Directory {
    fn default() -> Self {
        Self::holding(BYTES)
    }
}

impl Directory {
    /// A directory that outlives the process. Made within a Tokio runtime, where it keeps a task that writes.
    pub fn of(store: &Store, instances: &Instances) -> Self {
        let (rows, waiting) = mpsc::channel(WAITING);
        tokio::spawn(keep::keep(store.clone(), waiting));
        let directory = Self {
            kept: Some(Kept {
                store: store.clone(),
                rows,
            }),
            ..Self::default()
        };
        directory.memberships.follow(instances);
        directory
    }

    fn holding(bytes: u64) -> Self {
        Self {
            known: Cache::builder()
                .max_capacity(bytes)
                .weigher(|(person, key): &(PersonId, String), known: &Known| {
                    let Home {
                        project,
                        own,
                        organization,
                    } = &known.home;
                    let texts = [&known.name, project, own, organization];
                    let texts: usize = texts.into_iter().flatten().map(String::len).sum();
                    u32::try_from(ENTRY + person.as_str().len() + key.len() + texts).unwrap_or(u32::MAX)
                })
                .time_to_idle(KEPT)
                .build(),
            asked: future::Cache::builder()
                .max_capacity(QUESTIONS)
                .time_to_live(VAIN)
                .build(),
            memberships: Memberships::default(),
            lists: lists::Lists::default(),
            wants: wants::Wants::default(),
            statuses: Cache::builder().max_capacity(STATUSES).time_to_live(STATUS).build(),
            kept: None,
        }
    }

    fn known(&self, person: &PersonId, key: &str) -> Known {
        self.known.get(&(person.clone(), key.to_owned())).unwrap_or_default()
    }

    /// The name that goes with a slug or ref, if the person has seen it.
    pub fn name(&self, person: &PersonId, key: &str) -> Option<String> {
        self.known(person, key).name
    }

    /// The status of a project, by the API's word, if the person has just seen it.
    pub fn status(&self, person: &PersonId, reference: &str) -> Option<String> {
        self.statuses.get(&(person.clone(), reference.to_owned()))
    }

    /// Lets `ask` run unless the same was asked lately; whoever comes meanwhile waits for it.
    pub async fn once(&self, person: &PersonId, question: &str, ask: impl Future<Output = ()>) {
        self.asked.get_with((person.clone(), question.to_owned()), ask).await;
    }

    /// Brings back what was known before a restart of what the request is about.
    pub async fn recall(&self, person: &PersonId, request: &Request) {
        let Some(kept) = &self.kept else { return };
        let key = match Subject::of(request) {
            Subject::Scope(Scope::Project(key)) | Subject::Branch(key) | Subject::Snippet(key) => key,
            Subject::Scope(Scope::Organization(_) | Scope::Account) => return,
        };
        let home = self.known(person, &key).home;
        if home.organization.is_some() || home.project.is_some_and(|project| self.belongs(person, &project)) {
            return;
        }
        match kept.store.places_of(person, &key).await {
            Ok(rows) => {
                for (key, home) in rows {
                    self.put(person, key, None, home, Some(now()));
                }
            }
            Err(error) => tracing::warn!(%error, "what a call belongs to could not be looked up"),
        }
    }

    fn belongs(&self, person: &PersonId, project: &str) -> bool {
        self.known(person, project).home.organization.is_some()
    }

    /// Takes down what is new; what is not told stays. `kept_at`: when it was written down, where it comes from there.
    fn put(&self, person: &PersonId, key: String, name: Option<String>, home: Home, kept_at: Option<i64>) {
        let fits = |text: &Option<String>| text.as_ref().is_none_or(|text| text.len() <= KEY);
        if key.len() > KEY || ![&home.project, &home.own, &home.organization].into_iter().all(fits) {
            return;
        }
        let entry = (person.clone(), key);
        let before = self.known.get(&entry);
        let was = before.clone().unwrap_or_default();
        let name = name.map(|name| shortened(name, NAME)).or_else(|| was.name.clone());
        let home = Home {
            project: home.project.or_else(|| was.home.project.clone()),
            own: home.own.or_else(|| was.home.own.clone()),
            organization: home.organization.or_else(|| was.home.organization.clone()),
        };
        let stale = home != Home::default() && (home != was.home || was.kept_at + FRESH < now());
        if before.is_some() && !stale && name == was.name {
            return;
        }
        let mut now_kept = kept_at.unwrap_or(was.kept_at);
        if let (true, None, Some(kept)) = (stale, kept_at, &self.kept) {
            let row = PlaceRow {
                person: person.clone(),
                key: entry.1.clone(),
                home: home.clone(),
            };
            if kept.rows.try_send(Message::Row(row)).is_ok() {
                now_kept = now();
            }
        }
        let known = Known {
            name,
            home,
            kept_at: now_kept,
        };
        self.known.insert(entry, known);
    }

    /// Waits until everything learned so far has been written: for the server's end, and for tests.
    pub async fn flush(&self) {
        let Some(kept) = &self.kept else { return };
        let (done, written) = oneshot::channel();
        if kept.rows.send(Message::Flush(done)).await.is_ok() {
            // An error means that the writer has ended: nothing is left to wait for.
            let _ = written.await;
        }
    }
}
