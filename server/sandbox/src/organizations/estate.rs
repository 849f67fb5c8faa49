//! What an organization has (v2): projects with their machines, GitHub connections, maintenance windows.
//!
//! Guesses: when the windows are, and that branches are not among the projects.

use serde_json::{Value, json};
use time::{Duration, OffsetDateTime, Weekday};

use crate::{
    answer::{Answered, Refusal, moment},
    call::Call,
    envelope::{self, entity},
    projects::{Project, list},
    token,
};

/// How long machines may be restarted, in minutes.
const LASTING: i64 = 120;
/// Windows to come that are told.
const NEXT: i64 = 5;

/// The projects of the organization that the path names which the caller can reach, the oldest first.
fn projects<'a>(call: &'a Call<'_>) -> Result<Vec<&'a Project>, Refusal> {
    let organization = call.organization()?;
    let reached = |project: &&Project| {
        project.organization == organization.slug
            && !project.is_removed(call.now)
            && !project.parts.branches.is_branch()
            && organization.role_in(&call.caller.person, &project.reference).is_some()
    };
    let mut projects: Vec<_> = call.world.projects.iter().filter(reached).collect();
    projects.sort_by_key(|project| project.created_at);
    Ok(projects)
}

/// v2-list-organization-projects
pub fn search(call: &mut Call<'_>) -> Answered {
    let mut projects = projects(call)?;
    match call.request.query("sort") {
        None | Some("inserted_at") => {}
        Some("-inserted_at") => projects.reverse(),
        Some(_) => {
            return Err(Refusal::Invalid(
                "sort: expected inserted_at or -inserted_at.".to_owned(),
            ));
        }
    }
    let search = call.request.query("search").unwrap_or_default().to_lowercase();
    let found = projects
        .into_iter()
        .filter(|project| project.name.to_lowercase().contains(&search));
    let rows = found.map(|project| {
        let mut row = list::entry(project, call.now);
        if let Value::Object(fields) = &mut row {
            fields.remove("ref");
            fields.remove("is_branch");
        }
        entity("project", &project.reference, row)
    });
    envelope::page(call.request, rows.collect())
}

/// v2-list-organization-github-connections
pub fn github(call: &mut Call<'_>) -> Answered {
    let only = call.request.query("filter[project_ref]");
    let connected = projects(call)?.into_iter().filter_map(|project| {
        let connection = project.parts.github.as_ref()?;
        only.is_none_or(|only| only == project.reference)
            .then_some((project, connection))
    });
    let rows = connected.map(|(project, connection)| {
        let since = moment(connection.since);
        entity(
            "github_connection",
            // ok: a project has at most one.
            &token::uuid(&format!("{} github", project.reference)),
            json!({
                "inserted_at": since,
                "updated_at": since,
                "installation_id": 40_000_000 + project.id,
                "workdir": ".",
                "supabase_changes_only": false,
                "branch_limit": 3,
                "new_branch_per_pr": true,
                "project": { "id": project.id, "ref": project.reference, "name": project.name },
                "repository": { "id": 700_000_000 + project.id, "name": connection.repository },
                "user": null,
            }),
        )
    });
    envelope::page(call.request, rows.collect())
}

/// When a region's weekly window begins: its day, and its hour by UTC.
fn weekly(region: &str) -> (Weekday, i64) {
    let number = token::number(&format!("{region} maintenance"));
    let day = [Weekday::Saturday, Weekday::Sunday, Weekday::Tuesday, Weekday::Wednesday];
    let day = day[usize::try_from(number % 4).unwrap_or_default()];
    (day, i64::try_from(number / 4 % 24).unwrap_or_default())
}

/// v2-list-organization-maintenance-windows
pub fn maintenance(call: &mut Call<'_>) -> Answered {
    let mut regions: Vec<_> = projects(call)?
        .into_iter()
        .map(|project| project.region.as_str())
        .collect();
    regions.sort_unstable();
    regions.dedup();
    let windows = regions.into_iter().map(|region| {
        let (day, hour) = weekly(region);
        let midnight = call.now.date().midnight().assume_utc();
        let days = |day: Weekday| i64::from(day.number_days_from_monday());
        let since = (days(call.now.weekday()) - days(day)).rem_euclid(7);
        // The latest that has begun, or begins today.
        let mut begin = midnight - Duration::days(since) + Duration::hours(hour);
        if begin > call.now {
            begin -= Duration::weeks(1);
        }
        let span = |begin: OffsetDateTime| {
            json!({ "start_at": moment(begin), "end_at": moment(begin + Duration::minutes(LASTING)) })
        };
        let open = begin + Duration::minutes(LASTING) > call.now;
        let word = day.to_string().to_lowercase();
        entity(
            "maintenance_window",
            region,
            json!({
                "window": { "day": &word[..3], "start_utc": format!("{hour:02}:00"), "duration_minutes": LASTING },
                "current_window": open.then(|| span(begin)),
                "next_windows": (1..=NEXT).map(|week| span(begin + Duration::weeks(week))).collect::<Vec<_>>(),
            }),
        )
    });
    envelope::all(windows.collect())
}
