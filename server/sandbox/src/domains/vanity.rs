//! Vanity subdomains: a name of one's own under Supabase's domain.
//!
//! Guesses: which names are reserved, how short one may be, and the statuses of refusals.

use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::json;

use super::{DOMAIN, is_label};
use crate::{
    answer::{Answered, Refusal, empty, json as answer},
    call::Call,
    organizations::Plan,
    projects::Project,
};

/// Names that nobody gets.
const RESERVED: &[&str] = &[
    "admin",
    "api",
    "app",
    "auth",
    "blog",
    "cdn",
    "dashboard",
    "db",
    "docs",
    "ftp",
    "help",
    "mail",
    "realtime",
    "rest",
    "smtp",
    "status",
    "storage",
    "studio",
    "supabase",
    "support",
    "test",
    "www",
];

#[derive(Deserialize)]
struct Wanted {
    vanity_subdomain: String,
}

/// The name in lower case.
fn wanted(call: &Call<'_>) -> Result<String, Refusal> {
    let Wanted { vanity_subdomain } = call.request.json()?;
    let name = vanity_subdomain.to_ascii_lowercase();
    if name.len() >= 3 && is_label(&name) {
        Ok(name)
    } else {
        Err(Refusal::Invalid(
            "vanity_subdomain: expected 3 to 63 letters, digits and hyphens, with no hyphen at an end.".to_owned(),
        ))
    }
}

/// Whether the project could have the name. Refs are host names already, so they are nobody's vanity.
fn is_available(call: &Call<'_>, project: &Project, name: &str) -> bool {
    let has = |other: &Project| {
        other.reference == name
            || other.reference != project.reference
                && !other.is_removed(call.now)
                && other.parts.domains.vanity.as_deref() == Some(name)
    };
    !RESERVED.contains(&name) && !call.world.projects.iter().any(has)
}

fn host(name: &str) -> String {
    format!("{name}.{DOMAIN}")
}

/// The path's project, if its organization's plan has vanity subdomains.
fn entitled<'a>(call: &'a Call<'_>) -> Result<&'a Project, Refusal> {
    let project = call.project()?;
    if call.plan()? == Plan::Free {
        let message = "The free plan has no vanity subdomains.";
        return Err(Refusal::PlanLimit(message.to_owned()));
    }
    Ok(project)
}

fn custom_hostname_is_active(project: &Project) -> bool {
    let hostname = project.parts.domains.hostname.as_ref();
    hostname.is_some_and(|hostname| hostname.is_active())
}

/// v1-get-vanity-subdomain-config
pub fn get(call: &mut Call<'_>) -> Answered {
    let project = call.project()?;
    let body = match &project.parts.domains.vanity {
        _ if custom_hostname_is_active(project) => json!({ "status": "custom-domain-used" }),
        Some(name) => json!({ "status": "active", "custom_domain": host(name) }),
        None => json!({ "status": "not-used" }),
    };
    Ok(answer(StatusCode::OK, &body))
}

/// v1-check-vanity-subdomain-availability
pub fn check(call: &mut Call<'_>) -> Answered {
    let project = entitled(call)?;
    let available = is_available(call, project, &wanted(call)?);
    Ok(answer(StatusCode::CREATED, &json!({ "available": available })))
}

/// v1-activate-vanity-subdomain-config
pub fn activate(call: &mut Call<'_>) -> Answered {
    let project = entitled(call)?;
    project.check_running(call.now)?;
    let name = wanted(call)?;
    if custom_hostname_is_active(project) {
        let message = "The project has a custom hostname, which takes the place of a vanity subdomain.";
        return Err(Refusal::Invalid(message.to_owned()));
    }
    if !is_available(call, project, &name) {
        return Err(Refusal::Conflict(format!("The subdomain {name} is not available.")));
    }
    let body = json!({ "custom_domain": host(&name) });
    call.project_mut()?.parts.domains.vanity = Some(name);
    Ok(answer(StatusCode::CREATED, &body))
}

/// v1-deactivate-vanity-subdomain-config: as recorded, this succeeds without one as well.
pub fn deactivate(call: &mut Call<'_>) -> Answered {
    call.project_mut()?.parts.domains.vanity = None;
    Ok(empty(StatusCode::OK))
}
