//! What belongs to a project and goes with it: one field per area, each kept by its own module.

use serde::{Deserialize, Serialize};

use super::{claim, disk, github, network, private_link, upgrade};
use crate::{
    analytics::drains, auth, billing, branches, compute, database, domains, functions, notebooks, realtime, rest,
    secrets, storage, webhooks,
};

#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Parts {
    pub auth: auth::State,
    pub billing: billing::State,
    pub branches: branches::State,
    pub claim: claim::State,
    pub compute: compute::State,
    pub database: database::State,
    pub disk: disk::State,
    pub domains: domains::State,
    pub drains: drains::State,
    pub functions: functions::State,
    pub github: Option<github::Connection>,
    pub network: network::State,
    pub notebooks: notebooks::State,
    pub private_link: private_link::State,
    pub realtime: realtime::State,
    pub rest: rest::State,
    pub secrets: secrets::State,
    pub snippets: database::snippets::State,
    pub storage: storage::State,
    pub upgrade: upgrade::State,
    pub webhooks: webhooks::State,
}
