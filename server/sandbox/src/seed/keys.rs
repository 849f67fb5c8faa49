//! Keys of the demo's projects: API keys beside the first ones, and signing keys in every part of their lives.

use std::time::Duration;

use management_api::auth::SigningKeyStatus::{self, InUse, PreviouslyUsed, Revoked, Standby};
use time::OffsetDateTime;

use crate::{auth::SigningKey, projects::Project, secrets::api_keys};

const HOUR: u64 = 60 * 60;

/// Place of the project, whether it is a secret key, name, what it is for, and days since it was made.
type Key = (usize, bool, &'static str, &'static str, u64);

const KEYS: [Key; 6] = [
    (0, false, "web", "engine.example.com", 448),
    (
        0,
        false,
        "ios_and_android_apps_of_the_accounts_department",
        "Both app stores, since version 3",
        318,
    ),
    (0, true, "loom_orders", "loom-orders-sync, stripe-webhook", 88),
    (0, true, "nightly_compaction", "Job on mill-02", 7),
    (1, true, "note_printer", "The printer in the hall", 20),
    (6, true, "store_shelves", "Shelf labels", 41),
];

/// Those whose legacy keys were turned off.
const OFF: [usize; 1] = [6];

/// Place of the project, algorithm, where the key is in its life, whether the legacy secret became it, and hours since then.
type Signing = (usize, &'static str, SigningKeyStatus, bool, u64);

const SIGNING: [Signing; 8] = [
    (0, "HS256", PreviouslyUsed, true, 24 * 84),
    (0, "ES256", Revoked, false, 24 * 106),
    (0, "RS256", PreviouslyUsed, false, 3),
    (0, "ES256", InUse, false, 3),
    (0, "ES256", Standby, false, 24 * 6),
    (1, "HS256", InUse, true, 24 * 30),
    (1, "ES256", Standby, false, 24 * 30),
    (6, "ES256", InUse, false, 24 * 200),
];

/// Makes them.
pub fn fill(projects: &mut [Project], now: OffsetDateTime) {
    for (place, project) in projects.iter_mut().enumerate() {
        let before = |hours: u64| now - Duration::from_secs(HOUR * hours);
        let own = KEYS.iter().filter(|key| key.0 == place);
        let own: Vec<api_keys::Seed> = own
            .map(|(_, secret, name, about, days)| (*secret, *name, *about, before(24 * days)))
            .collect();
        if !own.is_empty() {
            let keys = api_keys::seeded(project, &own);
            project.parts.secrets.seed_keys(keys, OFF.contains(&place));
        }
        let signing = SIGNING.iter().filter(|key| key.0 == place);
        let signing = signing.map(|(_, algorithm, status, legacy, hours)| {
            SigningKey::seeded(&project.reference, algorithm, status.clone(), *legacy, before(*hours))
        });
        let signing = signing.collect();
        project.parts.auth.seed(signing);
    }
}
