//! Membership: what a person is in an organization, whom they can ask there, and what its plan leaves out.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use app::{error::shortened, form::is_seen, may::Colleague};
use management_api::{
    Operation, OperationId, Request, Role,
    feature::{PROJECT_ROLES, features},
    organizations::{GetOrganizationEntitlements, ListOrganizationMembers},
};
use moka::{future, sync::Cache};

use super::answers::{self, MemberSeen};
use crate::{
    identity::{Caller, PersonId},
    instances::{Change, Instances},
    store::people::by_profile,
};

/// Memberships that are kept at most; each is a few names.
const MEMBERSHIPS: u64 = 20_000;
/// What was not told anew for so long is forgotten.
const KEPT: Duration = Duration::from_secs(2 * 60 * 60);
/// So often it is asked anew of somebody who is at work: for so long a role may go unnoticed that was given at Supabase
/// itself. One that was given through Steward is asked for at once.
const PACE: Duration = Duration::from_secs(30 * 60);
/// Colleagues to ask, at most.
const COLLEAGUES: usize = 6;
/// Characters of a colleague's name, at most.
const NAME: usize = 80;

type Key = (PersonId, String);

/// What is known, by person and organization; what one person has seen is nobody else's.
#[derive(Clone)]
pub struct Memberships {
    known: Cache<Key, Arc<Membership>>,
    /// What was asked lately.
    asked: future::Cache<Key, ()>,
    /// How often something of it was forgotten.
    forgotten: Arc<AtomicU64>,
}

/// What is known of one person in one organization.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Membership {
    /// `None`: not known, or no role that tells what they may.
    pub role: Option<Role>,
    /// Some of the administrators and owners, the person themselves left out; administrators first.
    pub colleagues: Vec<Colleague>,
    /// Keys of features that the plan leaves out, of those that decide something.
    pub left_out: Vec<&'static str>,
    /// Whether members may have other roles in single projects.
    pub project_roles: bool,
}

impl Default for Memberships {
    fn default() -> Self {
        Self {
            known: Cache::builder()
                .max_capacity(MEMBERSHIPS)
                .time_to_live(KEPT)
                .support_invalidation_closures()
                .build(),
            asked: future::Cache::builder()
                .max_capacity(MEMBERSHIPS)
                .time_to_live(PACE)
                .support_invalidation_closures()
                .build(),
            forgotten: Arc::default(),
        }
    }
}

impl Memberships {
    /// Forgets from now on what any instance changes: whoever was removed, or may do less, is not to be let through by
    /// what was known before.
    pub(super) fn follow(&self, instances: &Instances) {
        let memberships = self.clone();
        instances.on_change(move |change| match change {
            Change::Members { slug } => memberships.forget(Some(slug)),
            Change::Anything => memberships.forget(None),
            Change::Project { .. } | Change::Upstream | Change::Connections | Change::Marks => {}
        });
    }

    /// `slug`: of which organization; `None`: of all.
    fn forget(&self, slug: Option<&str>) {
        self.forgotten.fetch_add(1, Ordering::SeqCst);
        let slug = slug.map(str::to_owned);
        let is_of_it = move |key: &Key| slug.as_ref().is_none_or(|slug| *slug == key.1);
        let same = is_of_it.clone();
        let known = self.known.invalidate_entries_if(move |key, _| is_of_it(key));
        let asked = self.asked.invalidate_entries_if(move |key, ()| same(key));
        // ok: both are made to support that; what could not be forgotten of one is forgotten of all.
        if known.is_err() || asked.is_err() {
            self.known.invalidate_all();
            self.asked.invalidate_all();
        }
    }

    /// A number that is another one once something was forgotten: what was asked before is then not learned any more.
    pub fn forgotten(&self) -> u64 {
        self.forgotten.load(Ordering::SeqCst)
    }

    pub fn of(&self, person: &PersonId, slug: &str) -> Option<Arc<Membership>> {
        self.known.get(&(person.clone(), slug.to_owned()))
    }

    /// Lets `ask` run unless it was asked lately; whoever comes meanwhile waits for it.
    pub async fn once(&self, person: &PersonId, slug: &str, ask: impl Future<Output = ()>) {
        self.asked.get_with((person.clone(), slug.to_owned()), ask).await;
    }

    /// Whether an answer was asked for lately.
    pub fn was_asked(&self, person: &PersonId, slug: &str) -> bool {
        self.asked.contains_key(&(person.clone(), slug.to_owned()))
    }

    /// Whether answers of this operation tell anything of it.
    pub fn learns_from(operation: OperationId) -> bool {
        operation == ListOrganizationMembers::ID || operation == GetOrganizationEntitlements::ID
    }

    /// Takes down what an answer to `request` tells, where it is one of those that tell anything.
    pub(super) fn learn(&self, caller: &Caller, request: &Request, body: &[u8]) {
        let Some(slug) = request.parameter("slug") else { return };
        let learned: Box<dyn Fn(&mut Membership)> = if request.id == ListOrganizationMembers::ID {
            let members = answers::rows::<MemberSeen>(body);
            Box::new(move |membership| {
                membership.role = own_role(&members, caller);
                membership.colleagues = colleagues(&members, caller);
            })
        } else if request.id == GetOrganizationEntitlements::ID {
            let list = answers::entitlements(body);
            let has = move |key: &str| {
                list.iter()
                    .find(|one| one.feature.key == key)
                    .and_then(|one| one.has_access)
            };
            Box::new(move |membership| {
                membership.left_out = features().filter(|key| has(key) == Some(false)).collect();
                membership.project_roles = has(PROJECT_ROLES) == Some(true);
            })
        } else {
            return;
        };
        let key = (caller.person.clone(), slug.to_owned());
        self.known.entry(key).and_upsert_with(|before| {
            let mut membership = before.map(|entry| (**entry.value()).clone()).unwrap_or_default();
            learned(&mut membership);
            Arc::new(membership)
        });
    }
}

/// By the id of the profile, else by the address, which is one person's.
fn is(member: &MemberSeen, caller: &Caller) -> bool {
    let same = |email: &String| caller.email.as_ref().is_some_and(|own| own.eq_ignore_ascii_case(email));
    by_profile(&member.user_id) == caller.person || member.email.as_ref().is_some_and(same)
}

fn own_role(members: &[MemberSeen], caller: &Caller) -> Option<Role> {
    let own = members.iter().find(|member| is(member, caller))?;
    Role::read(&own.role_name)
}

fn colleagues(members: &[MemberSeen], caller: &Caller) -> Vec<Colleague> {
    let with = |wanted: Role| {
        let others = members.iter().filter(|member| !is(member, caller));
        let of_role = others.filter(move |member| Role::read(&member.role_name) == Some(wanted));
        of_role.take(COLLEAGUES / 2).filter_map(move |member| {
            let name = named(&member.user_name).or_else(|| named(member.email.as_deref()?))?;
            Some(Colleague { name, role: wanted })
        })
    };
    with(Role::Administrator).chain(with(Role::Owner)).collect()
}

/// A name as it may stand in a sentence; `None` where nothing of it is left.
fn named(text: &str) -> Option<String> {
    let seen: String = text.chars().filter(|c| c.is_whitespace() || is_seen(*c)).collect();
    let seen = seen.split_whitespace().collect::<Vec<_>>().join(" ");
    (!seen.is_empty()).then(|| shortened(seen, NAME))
}
