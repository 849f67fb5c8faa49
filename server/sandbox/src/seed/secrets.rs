//! What the functions of the demo's projects find in their environment, much of it the same in several projects.

use std::time::Duration;

use crate::projects::Project;

/// Name, value, places of the projects that have it, and days since it was set.
type Seed = (&'static str, &'static str, &'static [usize], u64);

const SECRETS: [Seed; 16] = [
    ("CARRY_MODE", "lookahead", &[0, 1, 2, 6], 90),
    (
        "DATABASE_REPLICA_DSN_FOR_THE_NIGHTLY_COMPACTION_OF_PUNCHED_CARD_ARCHIVES",
        "postgres://replica",
        &[0],
        4,
    ),
    ("LOOM_WEBHOOK_SECRET", "whsec_analytical", &[0, 6], 2),
    ("LOOM_WEBHOOK_SECRET", "whsec_jacquard", &[1, 2], 64),
    ("OPENAI_API_KEY", "sk-proj-shared", &[0, 1, 2, 6, 10], 31),
    ("POSTMARK_TOKEN", "pm-engines", &[0, 1, 2], 88),
    ("SENTRY_DSN", "https://sentry.example/engines", &[0, 1, 6], 365),
    ("SLACK_WEBHOOK_URL", "https://hooks.example/engines", &[0, 1, 2, 6], 12),
    ("STRIPE_SECRET_KEY", "sk_live_engine", &[0], 33),
    ("STRIPE_SECRET_KEY", "sk_test_engine", &[1, 6], 33),
    ("STRIPE_SECRET_KEY", "sk_test_loom", &[2], 210),
    ("STRIPE_WEBHOOK_SECRET", "whsec_live", &[0], 33),
    ("STRIPE_WEBHOOK_SECRET", "whsec_test", &[1, 2, 6], 33),
    ("TYPEWRITER_LICENCE", "TW-1874", &[2], 5),
    ("TIDE_STATION_KEY", "noaa-8443970", &[7], 20),
    ("COMPILER_SIGNING_SEED", "a-0", &[10], 700),
];

/// Sets them.
pub fn fill(projects: &mut [Project], now: time::OffsetDateTime) {
    for (name, value, places, age) in SECRETS {
        let at = now - Duration::from_secs(60 * 60 * (24 * age + 3));
        for place in places {
            // ok: the places are those of the list of projects.
            projects[*place].parts.secrets.seed(name, value, at);
        }
    }
}
