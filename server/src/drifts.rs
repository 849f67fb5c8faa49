//! Drifts: what somebody is told of how projects differ from their baselines.

use std::collections::{BTreeMap, BTreeSet};

use app::settings::baseline::Baseline;
use management_api::Scope;

use crate::{
    identity::SignedIn,
    may::{self, Verdict},
    state::Shared,
};

/// Leaves out of what differed whatever the person is not known to read: nobody is told by a baseline how an area has changed
/// that is closed to them.
pub async fn without_closed(baselines: &mut BTreeMap<String, Baseline>, shared: &Shared, me: &SignedIn) {
    let organization = |project: &String| {
        let scope = Scope::Project(project.clone());
        shared.directory.organization_of(&me.person.id, &scope)
    };
    let slugs: BTreeSet<String> = baselines.keys().filter_map(organization).collect();
    may::know_all(shared, me, slugs).await;
    for (project, baseline) in baselines {
        let scope = Scope::Project(project.clone());
        let reads = |operation| may::judge_closed(shared, me, operation, &scope) == Verdict::Allowed;
        if let Some(reading) = &mut baseline.reading {
            reading.drifts.retain(|drift| drift.read_by().is_some_and(reads));
        }
    }
}
