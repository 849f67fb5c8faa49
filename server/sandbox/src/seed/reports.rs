//! To whom the demo reports what happens in it.

use serde_json::json;

use crate::{
    analytics::drains,
    webhooks::{self, Seed},
    world::World,
};

/// Of the first organization.
const OF_ORGANIZATION: [Seed; 1] = [Seed {
    key: "demo webhook of the organization",
    url: "https://hooks.example.com/supabase/members",
    about: "Who comes and goes, for the accounts department",
    events: &[
        "v1.organization.member.added",
        "v1.organization.member.role.assigned",
        "v1.organization.member.removed",
    ],
    told: &[5, 29, 200],
}];

/// Of the project that has a branch.
const OF_PROJECT: [Seed; 2] = [
    Seed {
        key: "demo webhook of the project",
        url: "https://hooks.example.com/supabase/note-g",
        about: "Tells the operators\u{2019} channel",
        events: &[
            "v1.project.branch.created",
            "v1.project.backup.started",
            "v1.project.status.changed",
        ],
        told: &[3, 17, 41, 65, 89],
    },
    Seed {
        key: "demo webhook that fails",
        url: "https://failing.example.com/hook",
        about: "The old pager, which nobody answers any more",
        events: &["*"],
        told: &[],
    },
];

const PROJECT: usize = 1;

pub fn fill(world: &mut World) {
    let (now, person) = (world.now(), world.people[0].id.clone());
    world.organizations[0].webhooks = webhooks::State::seeded(&OF_ORGANIZATION, &person, now);
    world.projects[PROJECT].parts.webhooks = webhooks::State::seeded(&OF_PROJECT, &person, now);
    let bucket = json!({
        "s3_bucket": "note-g-logs",
        "storage_region": "eu-central-1",
        "access_key_id": "AKIDEXAMPLE",
        "secret_access_key": "made up for the demo",
    });
    world.projects[PROJECT].parts.drains = drains::State::seeded("demo log drain", "Archive", "s3", bucket);
}
