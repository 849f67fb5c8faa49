//! Coalesce: identical reads become one call, whose answer is kept for a moment, until something is written.

use std::{
    hash::{BuildHasher, RandomState},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use management_api::{
    Effect, Operation, OperationId, Request, Scope,
    catalogue::Method,
    organizations::{AssignMemberRole, RemoveMember},
};
use moka::{future::Cache, policy::EvictionPolicy};
use tower::{Layer, ServiceExt};

use super::{
    call::{Answer, Call, Failure, Next, Source},
    digest::digest,
    layer::{Stacked, stacked},
};
use crate::{
    directory::Place,
    identity::{AccountKey, PersonId},
    instances::{Change, Instances},
    metrics::{Found, Metrics},
};

/// `instances`: those whose writes make old what is kept here, and who are told of the writes made here.
pub(super) fn layer<S: Next>(
    keep: Duration,
    cache_bytes: u64,
    instances: Instances,
    metrics: Metrics,
) -> impl Layer<S, Service = Stacked> {
    let cache = Cache::builder()
        .time_to_live(keep)
        .max_capacity(cache_bytes)
        .weigher(|key: &Key, answer: &Answer| u32::try_from(key.weight() + answer.body.len()).unwrap_or(u32::MAX))
        .eviction_policy(EvictionPolicy::lru())
        .build();
    let generations = Arc::new(Generations::default());
    let outdated = generations.clone();
    instances.on_change(move |change| outdated.outdate(change));
    let kept = Kept {
        cache,
        generations,
        instances,
        metrics,
    };
    stacked(kept, coalesced)
}

/// What is kept, and by what it becomes old.
struct Kept {
    cache: Cache<Key, Answer>,
    generations: Arc<Generations>,
    instances: Instances,
    metrics: Metrics,
}

async fn coalesced<S: Next>(inner: S, kept: Arc<Kept>, call: Call) -> Result<Answer, Failure> {
    let Kept {
        cache,
        generations,
        instances,
        metrics,
    } = &*kept;
    let row = call.request.id.row();
    match row.effect {
        // Secrets are not kept, not even for a moment; and who sends a query again wants it run again.
        Effect::Read if row.reveals_secret() || row.method == Method::Post => inner.oneshot(call).await,
        // A merge goes by it, and branches are changed by people who know nothing of Steward.
        Effect::Read if row.id == OperationId::DiffBranch => inner.oneshot(call).await,
        Effect::Read if call.anew => {
            let key = Key::of(&call, generations);
            let answer = inner.oneshot(call).await?;
            if row.id.can_read(&answer.body) && instances.hears() {
                cache.insert(key, answer.clone()).await;
            }
            Ok(answer)
        }
        Effect::Read => {
            let key = Key::of(&call, generations);
            let kept = cache.contains_key(&key);
            let mut leads = false;
            let lead = &mut leads;
            let answer = cache.entry(key.clone()).or_try_insert_with(async move {
                *lead = true;
                inner.oneshot(call).await
            });
            let answer = answer.await;
            metrics.read(match (leads, kept) {
                (true, _) => Found::Asked,
                (false, true) => Found::Kept,
                (false, false) => Found::UnderWay,
            });
            match answer {
                Ok(entry) if entry.is_fresh() => {
                    let answer = entry.into_value();
                    // Whoever tries again after an answer that nobody can read must get another one. And while nothing is
                    // heard of others' writes, an answer is for those alone who wait for it.
                    if !row.id.can_read(&answer.body) || !instances.hears() {
                        cache.invalidate(&key).await;
                    }
                    Ok(answer)
                }
                Ok(entry) => Ok(Answer {
                    source: Source::Cache,
                    ..entry.into_value()
                }),
                Err(failure) => Err(Failure {
                    sent: failure.sent && leads,
                    ..Failure::clone(&failure)
                }),
            }
        }
        Effect::Write | Effect::Costly | Effect::Destructive => {
            let outdating = Outdating::by(instances.clone(), &call);
            let result = inner.oneshot(call).await;
            outdating.end().await;
            result
        }
    }
}

/// What makes two reads the same. The account is part of it because the error of a dead sign-in must not reach another
/// session of the same person, and because two tokens of one person may have different rights.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Key {
    person: PersonId,
    account: AccountKey,
    operation: OperationId,
    /// What is asked, as a digest: a query may be as long as a form.
    question: [u8; 32],
    generation: [u64; 3],
}

impl Key {
    fn of(call: &Call, generations: &Generations) -> Self {
        let Call {
            caller, request, place, ..
        } = call;
        Self {
            person: caller.person.clone(),
            account: caller.account.clone(),
            operation: request.id,
            question: question(request),
            generation: generations.of(place),
        }
    }

    /// Bytes, roughly: what stands beside the answer in the cache.
    fn weight(&self) -> usize {
        ENTRY + self.person.as_str().len() + self.account.as_str().len()
    }
}

/// Bytes of an entry without its texts, with what the cache itself needs for it; so entries are bounded, too.
const ENTRY: usize = 1_000;

/// Path and query.
fn question(request: &Request) -> [u8; 32] {
    let query = request.query.iter().flat_map(|(name, value)| [*name, value.as_str()]);
    digest(std::iter::once(request.path.as_str()).chain(query))
}

/// How many projects' generations are told apart. Two that share one only forget a little more than they must.
const SLOTS: usize = 1024;

/// Numbers that are part of every key: once one has moved on, no answer of before can be found any more, not even one
/// that is still on its way.
struct Generations {
    everything: AtomicU64,
    /// Reads that are not about one project, most of them lists.
    lists: AtomicU64,
    projects: Box<[AtomicU64]>,
    hasher: RandomState,
}

impl Default for Generations {
    fn default() -> Self {
        Self {
            everything: AtomicU64::default(),
            lists: AtomicU64::default(),
            projects: (0..SLOTS).map(|_| AtomicU64::default()).collect(),
            hasher: RandomState::default(),
        }
    }
}

impl Generations {
    fn project(&self, reference: &str) -> &AtomicU64 {
        let hash = self.hasher.hash_one(reference);
        // ok: the remainder is below SLOTS, the length of the slice.
        &self.projects[(hash % SLOTS as u64) as usize]
    }

    fn of(&self, place: &Place) -> [u64; 3] {
        let scoped = match &place.scope {
            Scope::Project(reference) => self.project(reference),
            Scope::Organization(_) | Scope::Account => &self.lists,
        };
        // A branch is changed as the project that it is, too, by people who know nothing of its parent.
        let own = place.own.as_deref().map(|reference| self.project(reference));
        let at = |number: &AtomicU64| number.load(Ordering::SeqCst);
        [at(&self.everything), at(scoped), own.map_or(0, at)]
    }

    /// Outdates what a change may have touched. Lists show projects, so they go with any of them; what a write outside a
    /// project touches is not known.
    fn outdate(&self, change: &Change) {
        match change {
            Change::Project { reference, own } => {
                for reference in [Some(reference), own.as_ref()].into_iter().flatten() {
                    self.project(reference).fetch_add(1, Ordering::SeqCst);
                }
                self.lists.fetch_add(1, Ordering::SeqCst);
            }
            Change::Upstream | Change::Members { .. } | Change::Anything => {
                self.everything.fetch_add(1, Ordering::SeqCst);
            }
            Change::Connections | Change::Marks => {}
        }
    }
}

/// What a write changes. Roles are more than answers that are kept.
fn change_of(call: &Call) -> Change {
    match &call.place.scope {
        Scope::Organization(slug) if [AssignMemberRole::ID, RemoveMember::ID].contains(&call.request.id) => {
            Change::members(slug)
        }
        scope => Change::written(scope, call.place.own.as_ref()),
    }
}

/// A write under way: it outdates reads on every instance when it begins and, however it ends, once more.
struct Outdating {
    instances: Instances,
    /// `None`: it has ended.
    change: Option<Change>,
}

impl Outdating {
    fn by(instances: Instances, call: &Call) -> Self {
        let change = change_of(call);
        instances.announce(&change);
        Self {
            instances,
            change: Some(change),
        }
    }

    /// Whoever is answered from here on sees what was written, wherever they ask.
    async fn end(mut self) {
        if let Some(change) = self.change.take() {
            self.instances.tell(&change).await;
        }
    }
}

impl Drop for Outdating {
    /// Nobody waits for a write that was broken off; Supabase may have done it all the same.
    fn drop(&mut self) {
        if let Some(change) = &self.change {
            self.instances.announce(change);
        }
    }
}
