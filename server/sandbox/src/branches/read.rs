//! Reading branches: all, one by its name, and how to reach one's database.

use axum::http::StatusCode;
use serde_json::json;

use super::{Place, locate, row, sweep};
use crate::{
    answer::{Answered, Refusal, json as answer},
    call::Call,
    rest,
    secrets::edge,
};

/// v1-list-all-branches
pub fn list(call: &mut Call<'_>) -> Answered {
    sweep(call.world, call.now);
    let production = call.position_of(call.request.path("ref"))?;
    let count = call.world.projects[production].parts.branches.branches.len();
    if count == 0 {
        return Err(Refusal::BranchingOff);
    }
    let rows = (0..count).map(|branch| row(call.world, Place { production, branch }, call.now));
    Ok(answer(StatusCode::OK, &rows.collect::<Vec<_>>()))
}

/// v1-get-a-branch
pub fn get(call: &mut Call<'_>) -> Answered {
    sweep(call.world, call.now);
    let production = call.position_of(call.request.path("ref"))?;
    let name = call.request.path("name");
    let mut branches = call.world.projects[production].parts.branches.branches.iter();
    let branch = branches.position(|branch| branch.name == name);
    let branch = branch.ok_or(Refusal::NotFound("Branch"))?;
    Ok(answer(
        StatusCode::OK,
        &row(call.world, Place { production, branch }, call.now),
    ))
}

/// v1-get-a-branch-config
pub fn config(call: &mut Call<'_>) -> Answered {
    let place = locate(call)?;
    let project = &call.world.projects[place.project(call.world)?];
    let version = project.version(call.now);
    let mut config = json!({
        "ref": project.reference,
        "postgres_version": version,
        "postgres_engine": version.split('.').next().unwrap_or_default(),
        "release_channel": "ga",
        "status": project.status(call.now),
        "db_host": project.database_host(),
        "db_port": 5432,
        "db_user": "postgres",
    });
    // Production's password was chosen by somebody and cannot be read.
    if !place.branch(call.world).is_default {
        config["db_pass"] = json!(edge::password(project));
        config["jwt_secret"] = json!(rest::jwt_secret(project));
    }
    Ok(answer(StatusCode::OK, &config))
}
