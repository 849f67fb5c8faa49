//! Worlds for tests: as many organizations and projects as asked for, with the names asked for.

use std::time::Duration;

use management_api::projects::ProjectStatus;

use super::{PEOPLE, WorldOptions, people};
use crate::{
    database::snippets,
    organizations::{Organization, Plan},
    projects::{Life, NEWEST_VERSION, Parts, Project, regions},
    token,
    world::World,
};

/// The given names in turn, each used once, then numbered ones.
fn name(names: &[String], place: usize, kind: &str) -> String {
    names
        .get(place)
        .cloned()
        .unwrap_or_else(|| format!("{kind} {:03}", place + 1))
}

/// Everybody but the last person belongs to every organization; projects are spread evenly over them.
pub(super) fn fill(world: &mut World, options: &WorldOptions) {
    let names = &options.names;
    let organizations = options.organizations.unwrap_or_else(|| names.len().max(1));
    let projects = options.projects.unwrap_or(names.len());
    let now = world.now();
    world.people = people(world.id);
    let members: Vec<_> = (world.people.iter())
        .zip(PEOPLE)
        .filter_map(|(person, (_, _, role, _))| Some((person.id.clone(), role?)))
        .collect();
    world.organizations = (0..organizations)
        .map(|place| {
            let slug = token::letters(&format!("{} organization {place}", world.id));
            let plan = options.plan.unwrap_or(Plan::Pro);
            Organization::new(slug, name(names, place, "Organization"), plan, members.clone())
        })
        .collect();
    // Without an organization there is no place for a project.
    for (place, organization) in world.organizations.iter().cycle().take(projects).enumerate() {
        world.last_project += 1;
        let status = match place % 10 {
            8 => ProjectStatus::Inactive,
            9 => ProjectStatus::ActiveUnhealthy,
            _ => ProjectStatus::ActiveHealthy,
        };
        let reference = token::letters(&format!("{} project {place}", world.id));
        world.projects.push(Project {
            id: world.last_project,
            reference: reference.clone(),
            organization: organization.slug.clone(),
            name: name(names, place, "Project"),
            region: regions::codes().cycle().nth(place).unwrap_or("us-east-1").to_owned(),
            size: "micro".to_owned(),
            version: NEWEST_VERSION.to_owned(),
            created_at: now - Duration::from_secs(60 * 60 * (24 * 30 + place as u64)),
            life: Life::steady(status),
            parts: Parts {
                snippets: snippets::State::seeded(&reference),
                ..Parts::default()
            },
        });
    }
}
