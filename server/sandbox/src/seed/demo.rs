//! The demo: people one likes to sign in as, and projects in every state one meets.

use std::time::Duration;

use management_api::projects::ProjectStatus;

use super::{desk, keys, people, reports, secrets};
use crate::{
    branches,
    database::snippets,
    functions,
    organizations::{
        Organization, Plan,
        Role::{self, Administrator, Developer, Owner, ReadOnly},
    },
    projects::{Life, Parts, Project, github},
    token,
    world::World,
};

/// Places in the list of people, and the roles.
type Members = &'static [(usize, Role)];

const ORGANIZATIONS: [(&str, Plan, Members); 3] = [
    (
        "Analytical Engines",
        Plan::Pro,
        &[(0, Owner), (1, Administrator), (2, Developer), (3, ReadOnly)],
    ),
    ("Harbour Labs", Plan::Free, &[(0, Owner), (2, Developer)]),
    (
        "Quiet Team",
        Plan::Enterprise,
        &[(0, ReadOnly), (1, Owner), (2, Developer), (3, ReadOnly)],
    ),
];

struct Seed {
    /// Place in the list of organizations.
    organization: usize,
    name: &'static str,
    region: &'static str,
    size: &'static str,
    version: &'static str,
    /// Days since it was made.
    age: u64,
    status: ProjectStatus,
}

#[rustfmt::skip]
const PROJECTS: [Seed; 12] = {
    use ProjectStatus::{ActiveHealthy, ActiveUnhealthy, ComingUp, Inactive, PauseFailed, RestoreFailed};
    [
        Seed { organization: 0, name: "Difference Engine", region: "eu-west-2", size: "large", version: "17.6.1.084", age: 812, status: ActiveHealthy },
        Seed { organization: 0, name: "Note G", region: "us-east-1", size: "small", version: "17.6.1.111", age: 401, status: ActiveHealthy },
        Seed { organization: 0, name: "Jacquard Loom", region: "eu-central-1", size: "medium", version: "15.8.1.121", age: 655, status: ActiveUnhealthy },
        Seed { organization: 0, name: "Bernoulli (staging)", region: "us-west-2", size: "micro", version: "17.6.1.084", age: 120, status: Inactive },
        Seed { organization: 0, name: "Punch Cards", region: "ap-southeast-1", size: "micro", version: "17.6.1.111", age: 0, status: ComingUp },
        Seed { organization: 0, name: "Mill Archive", region: "sa-east-1", size: "micro", version: "15.8.1.121", age: 977, status: RestoreFailed },
        Seed { organization: 0, name: "Mill & Store", region: "us-west-2", size: "xlarge", version: "17.6.1.084", age: 540, status: ActiveHealthy },
        Seed { organization: 1, name: "Tide Tables", region: "eu-north-1", size: "nano", version: "17.6.1.111", age: 63, status: ActiveHealthy },
        Seed { organization: 1, name: "Lighthouse", region: "ap-southeast-2", size: "nano", version: "17.6.1.084", age: 210, status: Inactive },
        Seed { organization: 1, name: "Harbour Sketches", region: "ap-south-1", size: "nano", version: "15.8.1.121", age: 388, status: Inactive },
        Seed { organization: 2, name: "Compiler", region: "eu-central-2", size: "2xlarge", version: "17.6.1.111", age: 1020, status: ActiveHealthy },
        Seed { organization: 2, name: "Moth Log", region: "ap-northeast-1", size: "small", version: "15.8.1.121", age: 733, status: PauseFailed },
    ]
};

/// What runs at the edge of the first projects: the project's place in the list, and its functions.
const FUNCTIONS: [(usize, &[functions::Seed]); 3] = [
    (
        0,
        &[
            functions::Seed {
                slug: "send-invoice",
                text: include_str!("functions/send-invoice.ts"),
                version: 12,
                verify_jwt: true,
            },
            functions::Seed {
                slug: "payment-webhook",
                text: include_str!("functions/payment-webhook.ts"),
                version: 4,
                verify_jwt: false,
            },
        ],
    ),
    (
        1,
        &[functions::Seed {
            slug: "hello-world",
            text: include_str!("functions/hello-world.ts"),
            version: 1,
            verify_jwt: true,
        }],
    ),
    (
        10,
        &[functions::Seed {
            slug: "hello-world",
            text: include_str!("functions/hello-world.ts"),
            version: 3,
            verify_jwt: false,
        }],
    ),
];

/// How many times longer than a new project the one that is coming up takes, so that there is something to see.
const SLOWER: u32 = 15;

/// Fills a world like the demo.
pub fn demo(world: &mut World) {
    let (id, now) = (world.id, world.now());
    world.people = people(id);
    for (name, plan, members) in ORGANIZATIONS {
        let members = members
            .iter()
            .map(|(person, role)| (world.people[*person].id.clone(), *role));
        let slug = token::letters(&format!("{id} organization {name}"));
        let organization = Organization::new(slug, name.to_owned(), plan, members.collect());
        world.organizations.push(organization);
    }
    for seed in PROJECTS {
        world.last_project += 1;
        let life = if seed.status == ProjectStatus::ComingUp {
            Life::planned(
                seed.status,
                now,
                [(world.rules.coming_up * SLOWER, ProjectStatus::ActiveHealthy)],
            )
        } else {
            Life::steady(seed.status)
        };
        let reference = token::letters(&format!("{id} project {}", seed.name));
        world.projects.push(Project {
            id: world.last_project,
            reference: reference.clone(),
            organization: world.organizations[seed.organization].slug.clone(),
            name: seed.name.to_owned(),
            region: seed.region.to_owned(),
            size: seed.size.to_owned(),
            version: seed.version.to_owned(),
            created_at: now - Duration::from_secs(60 * 60 * (24 * seed.age + 7)),
            life,
            parts: Parts {
                snippets: snippets::State::seeded(&reference),
                ..Parts::default()
            },
        });
    }
    secrets::fill(&mut world.projects, now);
    keys::fill(&mut world.projects, now);
    for (place, seeds) in FUNCTIONS {
        let project = &mut world.projects[place];
        for seed in seeds {
            let created_at = project.created_at + Duration::from_secs(24 * 60 * 60);
            project.parts.functions.seed(&project.reference, seed, created_at);
        }
    }
    reports::fill(world);
    desk::fill(world);
    branch(world, 1, "carry-lookahead");
    for (place, repository) in REPOSITORIES {
        let project = &mut world.projects[place];
        project.parts.github = Some(github::Connection {
            repository: repository.to_owned(),
            since: project.created_at + Duration::from_secs(24 * 60 * 60),
        });
    }
}

/// The projects that follow a repository on GitHub, by their place in the list.
const REPOSITORIES: [(usize, &str); 2] = [(1, "analytical/note-g"), (10, "quiet-team/compiler")];

/// Days since the branch was made.
const BRANCHED: u64 = 3;

/// Turns branching on for the project at this place of the list, and makes a branch of it.
fn branch(world: &mut World, place: usize, name: &str) {
    let since = world.now() - Duration::from_secs(60 * 60 * 24 * BRANCHED);
    let pace = world.rules.coming_up;
    world.last_project += 1;
    let (id, production) = (world.last_project, &mut world.projects[place]);
    let reference = token::letters(&format!("{} branch {name}", production.reference));
    production.parts.branches = branches::State::seeded(&production.reference, &reference, name, since, pace);
    let mut parts = Parts {
        branches: branches::State::of_branch(&production.reference),
        ..Parts::default()
    };
    parts.functions.adopt(&production.parts.functions, since);
    let project = Project {
        id,
        reference,
        organization: production.organization.clone(),
        name: name.to_owned(),
        region: production.region.clone(),
        size: "micro".to_owned(),
        version: production.version.clone(),
        created_at: since,
        life: Life::steady(ProjectStatus::ActiveHealthy),
        parts,
    };
    world.projects.push(project);
}
