//! Read replicas: they take a while to come, and another one to go.

use axum::http::StatusCode;
use management_api::projects::SIZES;
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::{
    answer::{Answered, Refusal, empty},
    billing::is_below_small,
    call::Call,
    organizations::Plan,
    projects::regions,
    token,
};

/// What a project has of this.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct State(Vec<Replica>);

#[derive(Clone, Serialize, Deserialize)]
pub struct Replica {
    pub identifier: String,
    pub region: String,
    ready_at: OffsetDateTime,
    gone_at: Option<OffsetDateTime>,
}

impl Replica {
    /// In the API's words; `None` once it is gone.
    pub fn status(&self, now: OffsetDateTime) -> Option<&'static str> {
        match self.gone_at {
            Some(gone_at) if gone_at <= now => None,
            Some(_) => Some("GOING_DOWN"),
            None if self.ready_at <= now => Some("ACTIVE_HEALTHY"),
            None => Some("INIT_READ_REPLICA"),
        }
    }
}

impl State {
    /// Those that there are, with their statuses.
    pub fn all(&self, now: OffsetDateTime) -> impl Iterator<Item = (&Replica, &'static str)> {
        self.0
            .iter()
            .filter_map(move |replica| Some((replica, replica.status(now)?)))
    }

    pub fn any(&self, now: OffsetDateTime) -> bool {
        self.all(now).next().is_some()
    }

    /// Those that can be connected to.
    pub fn ready(&self, now: OffsetDateTime) -> impl Iterator<Item = &Replica> {
        self.all(now)
            .filter(|(_, status)| *status == "ACTIVE_HEALTHY")
            .map(|(replica, _)| replica)
    }
}

/// Replicas that a compute size may have.
fn most(size: &str) -> usize {
    let place = |size: &str| SIZES.iter().position(|known| *known == size);
    if place(size) >= place("xlarge") { 5 } else { 2 }
}

#[derive(Deserialize)]
struct Setup {
    read_replica_region: String,
}

/// v1-setup-a-read-replica
pub fn set_up(call: &mut Call<'_>) -> Answered {
    let (now, coming_up) = (call.now, call.world.rules.coming_up);
    let plan = call.plan()?;
    let Setup {
        read_replica_region: region,
    } = call.request.json()?;
    if !regions::is_known(&region) {
        return Err(Refusal::Invalid(
            "read_replica_region: there is no such region.".to_owned(),
        ));
    }
    if plan == Plan::Free {
        return Err(Refusal::PlanLimit("The free plan has no read replicas.".to_owned()));
    }
    let project = call.running()?;
    if is_below_small(&project.size) {
        return Err(Refusal::Invalid(
            "Read replicas need at least the compute size small.".to_owned(),
        ));
    }
    let most = most(&project.size);
    let replicas = &mut project.parts.database.replicas.0;
    replicas.retain(|replica| replica.status(now).is_some());
    if replicas.len() >= most {
        return Err(Refusal::Invalid(format!(
            "A project of the compute size {} has at most {most} read replicas.",
            project.size
        )));
    }
    let letters = token::letters(&token::random());
    replicas.push(Replica {
        identifier: format!("{}-rr-{region}-{}", project.reference, &letters[..5]),
        region,
        ready_at: now + coming_up,
        gone_at: None,
    });
    Ok(empty(StatusCode::CREATED))
}

#[derive(Deserialize)]
struct Remove {
    database_identifier: String,
}

/// v1-remove-a-read-replica
pub fn remove(call: &mut Call<'_>) -> Answered {
    let (now, going) = (call.now, call.world.rules.coming_up / 2);
    call.project()?;
    let Remove { database_identifier } = call.request.json()?;
    let project = call.project_mut()?;
    let replica = project
        .parts
        .database
        .replicas
        .0
        .iter_mut()
        .find(|replica| replica.identifier == database_identifier && replica.status(now).is_some());
    let replica = replica.ok_or(Refusal::NotFound("Read replica"))?;
    if replica.gone_at.is_some() {
        return Err(Refusal::Invalid(
            "The read replica is being removed already.".to_owned(),
        ));
    }
    replica.gone_at = Some(now + going);
    Ok(empty(StatusCode::CREATED))
}
