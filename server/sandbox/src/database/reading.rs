//! A connection that only reads, for what looks at a project's database.

use management_api::projects::ProjectStatus;
use sqlx::PgConnection;

use crate::{answer::Refusal, call::Waiting, postgres::Access};

/// Connects to the database of the project in the path.
///
/// # Errors
/// Whatever keeps the caller from the project; 400 while its database is down.
pub async fn reading(waiting: &Waiting) -> Result<PgConnection, Refusal> {
    let (world, project) = waiting.within(|call| {
        let project = call.project()?;
        match project.status(call.now) {
            ProjectStatus::ActiveHealthy | ProjectStatus::ActiveUnhealthy => {
                Ok((call.world.id, project.reference.clone()))
            }
            status => Err(Refusal::Invalid(format!(
                "The database of this project cannot be asked: its status is {}.",
                status.as_str()
            ))),
        }
    })?;
    let database = waiting.sandbox.postgres().open(world, &project).await?;
    database.connect(Access::ReadOnly).await
}
