//! What worlds are filled with when they begin.

mod bulk;
mod demo;
mod desk;
mod keys;
mod reports;
mod secrets;

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use management_api::{OperationId, projects::ProjectStatus};
use serde::Deserialize;

pub use self::demo::demo;
use crate::{
    answer::Refusal,
    organizations::{Plan, Role},
    projects::Life,
    token::{self, WorldId},
    world::{GrantKind, Person, Rules, World},
};

/// Organizations or projects that a world may begin with.
const MOST: usize = 1000;

/// What the control API may ask of a new world; see the crate's documentation.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct WorldOptions {
    projects: Option<usize>,
    organizations: Option<usize>,
    plan: Option<Plan>,
    names: Vec<String>,
    empty: bool,
    coming_up_ms: Option<u64>,
    token_lifetime_s: Option<u64>,
    rate_limit: Option<u32>,
    scopes: Option<Vec<String>>,
    grant: Option<GrantKind>,
    gaps: Option<u64>,
    statuses: BTreeMap<String, ProjectStatus>,
}

/// The people of every world, and what they are in a bulk world's organizations.
const PEOPLE: [(&str, &str, Option<Role>, bool); 5] = [
    ("Ada Lovelace", "ada@example.com", Some(Role::Owner), true),
    ("Grace Hopper", "grace@example.com", Some(Role::Administrator), true),
    ("Alan Turing", "alan@example.com", Some(Role::Developer), false),
    ("Katherine Johnson", "katherine@example.com", Some(Role::ReadOnly), true),
    ("Emmy Noether", "emmy@example.com", None, false),
];

/// A new world as the options ask for it.
pub fn world(options: WorldOptions, rules: Rules) -> Result<World, Refusal> {
    let many = [options.projects, options.organizations, Some(options.names.len())];
    if many.iter().flatten().any(|count| *count > MOST) {
        return Err(Refusal::Invalid(format!(
            "A world begins with at most {MOST} organizations and projects."
        )));
    }
    let rules = Rules {
        coming_up: options
            .coming_up_ms
            .map_or(rules.coming_up, |ms| short(Duration::from_millis(ms))),
        token_lifetime: options
            .token_lifetime_s
            .map_or(rules.token_lifetime, |s| short(Duration::from_secs(s))),
        rate_limit: options.rate_limit.or(rules.rate_limit),
        scopes: options.scopes.clone().or(rules.scopes),
        grant: options.grant.unwrap_or(rules.grant),
        gaps: options.gaps.or(rules.gaps),
    };
    let mut world = World::new(WorldId::random(), rules);
    if options.empty {
        world.people = people(world.id);
    } else if options.projects.is_none() && options.organizations.is_none() && options.names.is_empty() {
        demo(&mut world);
    } else {
        bulk::fill(&mut world, &options);
    }
    for (name, status) in options.statuses {
        let project = world.projects.iter_mut().find(|project| project.name == name);
        project.ok_or(Refusal::NotFound("Project"))?.life = Life::steady(status);
    }
    Ok(world)
}

/// Nothing in a sandbox takes longer than a year: times stay far from where they cannot be written.
fn short(duration: Duration) -> Duration {
    duration.min(Duration::from_secs(365 * 24 * 60 * 60))
}

fn people(world: WorldId) -> Vec<Person> {
    let person = |(name, email, _, mfa_enabled): (&str, &str, Option<Role>, bool)| Person {
        id: token::uuid(&format!("{world} person {email}")),
        name: name.to_owned(),
        email: email.to_owned(),
        // Nobody can know it who has not been told: the demo's is kept with the demo, and shown on the sandbox's own page.
        pat: token::token(token::PERSONAL, world),
        mfa_enabled,
    };
    PEOPLE.map(person).to_vec()
}

/// Every scope that an operation of the catalogue asks for.
pub fn all_scopes() -> Vec<String> {
    let scopes: BTreeSet<_> = OperationId::ALL
        .iter()
        .filter_map(|operation| operation.row().scope)
        .collect();
    scopes.into_iter().map(str::to_owned).collect()
}
