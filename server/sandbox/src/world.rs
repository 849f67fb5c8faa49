//! A world: people, what they own, what they granted, and a clock of its own. Worlds know nothing of each other.

use std::{collections::BTreeMap, time::Duration};

use axum::http::StatusCode;
use management_api::OperationId;
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::{
    answer::Refusal,
    fault::Faults,
    grant::{Grants, Mint},
    limit::Limits,
    organizations::Organization,
    projects::Project,
    reach::{Reach, ScopedToken},
    token::WorldId,
};

#[derive(Serialize, Deserialize)]
pub struct World {
    pub id: WorldId,
    pub rules: Rules,
    pub people: Vec<Person>,
    pub organizations: Vec<Organization>,
    pub projects: Vec<Project>,
    pub grants: Grants,
    /// Personal tokens for a part of what their person may.
    #[serde(default)]
    pub scoped_tokens: Vec<ScopedToken>,
    /// Number of the project that was made last.
    pub last_project: u64,
    /// How far the world's clock is ahead of the real one.
    ahead: Duration,
    /// Projects that have just gone, by ref: their databases are still to be dropped.
    #[serde(skip)]
    pub orphans: Vec<String>,
    #[serde(skip)]
    pub limits: Limits,
    #[serde(skip)]
    pub faults: Faults,
    #[serde(skip)]
    pub counters: Counters,
}

/// What may differ from world to world.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Rules {
    pub coming_up: Duration,
    pub token_lifetime: Duration,
    /// Calls a minute in place of the catalogue's number.
    pub rate_limit: Option<u32>,
    /// The OAuth app's scopes; `None` for all of them.
    pub scopes: Option<Vec<String>>,
    /// What a consent opens.
    #[serde(default)]
    pub grant: GrantKind,
    /// The seed of the gaps in its answers; `None`: they are whole.
    #[serde(default)]
    pub gaps: Option<u64>,
}

/// What a consent opens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GrantKind {
    /// One organization, which the person chooses.
    #[default]
    One,
    /// One project of it, its first: nobody has seen how projects are chosen on the real page.
    Project,
    /// Everything of the person's and their profile, as the grants did that are still alive from before.
    All,
}

#[derive(Clone, Serialize, Deserialize)]
pub struct Person {
    pub id: String,
    pub name: String,
    pub email: String,
    /// The person's access token.
    pub pat: String,
    pub mfa_enabled: bool,
}

impl Person {
    /// The name by which v2 knows them.
    pub fn username(&self) -> &str {
        self.email.split('@').next().unwrap_or_default()
    }
}

/// What reached the world since it began, or since the sandbox started.
#[derive(Default, Serialize)]
pub struct Counters {
    /// Calls by operation, whatever they were answered.
    calls: BTreeMap<&'static str, u64>,
    /// Answers by status; calls whose connection was dropped are not among them.
    statuses: BTreeMap<u16, u64>,
    pub exchanges: u64,
    pub refreshes: u64,
    pub revocations: u64,
}

impl Counters {
    pub fn call(&mut self, operation: OperationId) {
        *self.calls.entry(operation.as_str()).or_default() += 1;
    }

    pub fn answered(&mut self, status: StatusCode) {
        *self.statuses.entry(status.as_u16()).or_default() += 1;
    }
}

/// Who makes a call, and with what.
#[derive(Clone)]
pub struct Caller {
    /// The person's id.
    pub person: String,
    /// Whom the rate limit counts: the OAuth app or the person.
    pub identity: String,
    /// The grant's scopes; `None` for a personal token, which may do what the person may.
    pub scopes: Option<Vec<String>>,
    /// What of the person's it opens.
    pub reach: Reach,
    /// What a scoped token was given; `None`: whatever the role has.
    pub permissions: Option<Vec<String>>,
}

/// Nobody needs a clock further ahead than this.
const FURTHEST: Duration = Duration::from_secs(10 * 365 * 24 * 60 * 60);

impl World {
    pub fn new(id: WorldId, rules: Rules) -> Self {
        Self {
            id,
            rules,
            people: Vec::new(),
            organizations: Vec::new(),
            projects: Vec::new(),
            grants: Grants::default(),
            scoped_tokens: Vec::new(),
            last_project: 700_000,
            ahead: Duration::ZERO,
            orphans: Vec::new(),
            limits: Limits::default(),
            faults: Faults::default(),
            counters: Counters::default(),
        }
    }

    /// The time in this world.
    pub fn now(&self) -> OffsetDateTime {
        OffsetDateTime::now_utc() + self.ahead
    }

    /// Puts the clock ahead.
    pub fn advance(&mut self, by: Duration) -> Result<(), Refusal> {
        let ahead = self.ahead.saturating_add(by);
        if ahead > FURTHEST {
            return Err(Refusal::Invalid(
                "advance_s: the clock goes ten years ahead at most.".to_owned(),
            ));
        }
        self.ahead = ahead;
        Ok(())
    }

    pub fn mint(&self) -> Mint {
        Mint {
            world: self.id,
            now: self.now(),
            lifetime: self.rules.token_lifetime,
        }
    }

    pub fn organization_mut(&mut self, slug: &str) -> Option<&mut Organization> {
        self.organizations
            .iter_mut()
            .find(|organization| organization.slug == slug)
    }

    pub fn person(&self, id: &str) -> Option<&Person> {
        self.people.iter().find(|person| person.id == id)
    }

    /// Whose token this is, if it is alive.
    pub fn caller(&self, token: &str) -> Option<Caller> {
        if let Some(grant) = self.grants.behind(token, self.now()) {
            return Some(Caller {
                person: grant.person.clone(),
                identity: crate::DEMO_CLIENT_ID.to_owned(),
                scopes: Some(grant.scopes.clone()),
                reach: match (&grant.organization, &grant.projects) {
                    (_, Some(refs)) => Reach::Projects(refs.clone()),
                    (Some(slug), None) => Reach::Organizations(vec![slug.clone()]),
                    (None, None) => Reach::Person,
                },
                permissions: None,
            });
        }
        if let Some(scoped) = self.scoped_tokens.iter().find(|scoped| scoped.token == token) {
            return Some(Caller {
                person: scoped.person.clone(),
                identity: scoped.person.clone(),
                scopes: None,
                reach: scoped.reach.clone(),
                permissions: Some(scoped.permissions.clone()),
            });
        }
        let person = self.people.iter().find(|person| person.pat == token)?;
        Some(Caller {
            person: person.id.clone(),
            identity: person.id.clone(),
            scopes: None,
            reach: Reach::Person,
            permissions: None,
        })
    }

    /// The organizations that a caller reaches as a whole.
    pub fn reached<'a>(&'a self, caller: &'a Caller) -> impl Iterator<Item = &'a Organization> {
        self.memberships(&caller.person)
            .filter(|organization| caller.reach.opens_organization(&organization.slug))
    }

    /// The organizations a person belongs to.
    pub fn memberships<'a>(&'a self, person: &'a str) -> impl Iterator<Item = &'a Organization> {
        self.organizations
            .iter()
            .filter(move |organization| organization.is_member(person))
    }
}
