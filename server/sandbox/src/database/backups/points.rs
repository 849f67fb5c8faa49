//! Restore points: moments with a name.

use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use time::OffsetDateTime;

use super::restore;
use crate::{
    answer::{Answered, Refusal, json as answer, moment},
    call::Call,
};

/// Restore points of one project, removed ones included.
const MOST: usize = 100;

#[derive(Clone, Serialize, Deserialize)]
pub struct Point {
    name: String,
    ready_at: OffsetDateTime,
    /// Taken away by going back to an earlier one.
    removed: bool,
}

impl Point {
    fn status(&self, now: OffsetDateTime) -> &'static str {
        match self.removed {
            true => "REMOVED",
            false if self.ready_at <= now => "AVAILABLE",
            false => "PENDING",
        }
    }

    fn shown(&self, now: OffsetDateTime) -> Value {
        let completed = (self.ready_at <= now).then(|| moment(self.ready_at));
        json!({ "name": self.name, "status": self.status(now), "completed_on": completed })
    }
}

#[derive(Deserialize)]
struct Named {
    name: String,
}

fn check(name: &str) -> Result<(), Refusal> {
    if (1..=20).contains(&name.chars().count()) {
        Ok(())
    } else {
        Err(Refusal::Invalid("name: expected 1 to 20 characters.".to_owned()))
    }
}

/// The last point of this name, or the last of all.
fn find(points: &[Point], name: Option<&str>) -> Result<usize, Refusal> {
    points
        .iter()
        .rposition(|point| name.is_none_or(|name| point.name == name))
        .ok_or(Refusal::NotFound("Restore point"))
}

/// v1-get-restore-point
pub fn get(call: &mut Call<'_>) -> Answered {
    let project = call.project()?;
    let name = call.request.query("name").filter(|name| !name.is_empty());
    name.map_or(Ok(()), check)?;
    let points = &project.parts.database.backups.points;
    let point = &points[find(points, name)?];
    Ok(answer(StatusCode::OK, &point.shown(call.now)))
}

/// v1-create-restore-point
pub fn create(call: &mut Call<'_>) -> Answered {
    let (now, taking) = (call.now, call.world.rules.coming_up / 2);
    call.project()?;
    let Named { name } = call.request.json()?;
    check(&name)?;
    let points = &mut call.running()?.parts.database.backups.points;
    if points.iter().any(|point| point.name == name && !point.removed) {
        return Err(Refusal::Conflict(
            "The project already has a restore point of this name.".to_owned(),
        ));
    }
    if points.len() >= MOST {
        return Err(Refusal::Invalid(format!(
            "A project has at most {MOST} restore points."
        )));
    }
    let point = Point {
        name,
        ready_at: now + taking,
        removed: false,
    };
    let shown = point.shown(now);
    points.push(point);
    Ok(answer(StatusCode::CREATED, &shown))
}

/// v1-undo
pub fn undo(call: &mut Call<'_>) -> Answered {
    let now = call.now;
    let project = call.project()?;
    let Named { name } = call.request.json()?;
    check(&name)?;
    let points = &project.parts.database.backups.points;
    let place = find(points, Some(&name))?;
    let status = points[place].status(now);
    if status != "AVAILABLE" {
        return Err(Refusal::Invalid(format!("The restore point is {status}.")));
    }
    let answered = restore(call)?;
    // What came later has not happened any more.
    for point in call
        .project_mut()?
        .parts
        .database
        .backups
        .points
        .iter_mut()
        .skip(place + 1)
    {
        point.removed = true;
    }
    Ok(answered)
}
