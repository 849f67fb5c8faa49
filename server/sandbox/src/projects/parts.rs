//! What belongs to a project and goes with it: one field per area, each kept by its own module.

use serde::{Deserialize, Serialize};

use super::{claim, disk, network, upgrade};
use crate::{auth, billing, branches, database, domains, functions, realtime, rest, secrets, storage};

#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Parts {
    pub auth: auth::State,
    pub billing: billing::State,
    pub branches: branches::State,
    pub claim: claim::State,
    pub database: database::State,
    pub disk: disk::State,
    pub domains: domains::State,
    pub functions: functions::State,
    pub network: network::State,
    pub realtime: realtime::State,
    pub rest: rest::State,
    pub secrets: secrets::State,
    pub snippets: database::snippets::State,
    pub storage: storage::State,
    pub upgrade: upgrade::State,
}
