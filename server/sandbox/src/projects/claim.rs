//! Tokens with which another organization may claim a project, and the claim itself.
//!
//! Guesses: a token's shape, that it lives a day, that a project has one at a time, the keys of the preview's findings,
//! and the statuses of refusals.

use std::time::Duration;

use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use time::OffsetDateTime;

use super::{
    Project,
    create::{FREE_PROJECTS, within_plan},
};
use crate::{
    answer::{Answered, Refusal, empty, json as answer, moment},
    call::Call,
    organizations::{Organization, Plan, Role},
    token,
    world::World,
};

const PREFIX: &str = "sbp_claim_";
const LIFETIME: Duration = Duration::from_secs(24 * 60 * 60);

/// What a project has of this.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct State {
    token: Option<Token>,
}

/// The token itself is not kept: its digest tells it.
#[derive(Clone, Serialize, Deserialize)]
struct Token {
    digest: String,
    alias: String,
    created_at: OffsetDateTime,
    created_by: String,
}

impl Token {
    fn ends(&self) -> OffsetDateTime {
        self.created_at + LIFETIME
    }

    /// The fields that every answer about a token has.
    fn times(&self) -> Value {
        json!({ "expires_at": moment(self.ends()), "created_at": moment(self.created_at), "created_by": self.created_by })
    }

    fn brief(&self) -> Value {
        let mut brief = self.times();
        brief["token_alias"] = json!(self.alias);
        brief
    }
}

impl State {
    fn alive(&self, now: OffsetDateTime) -> Option<&Token> {
        self.token.as_ref().filter(|token| token.ends() > now)
    }
}

/// v1-create-project-claim-token: the one before ends.
pub fn create(call: &mut Call<'_>) -> Answered {
    let (now, created_by) = (call.now, call.caller.person.clone());
    let project = call.project_mut()?;
    let text = format!("{PREFIX}{}", token::random());
    let token = Token {
        digest: token::digest(&text),
        alias: format!("{}\u{2026}{}", &text[..PREFIX.len() + 4], &text[text.len() - 4..]),
        created_at: now,
        created_by,
    };
    let mut body = token.brief();
    body["token"] = json!(text);
    project.parts.claim.token = Some(token);
    Ok(answer(StatusCode::OK, &body))
}

/// v1-get-project-claim-token
pub fn get(call: &mut Call<'_>) -> Answered {
    let claim = &call.project()?.parts.claim;
    let token = claim.alive(call.now).ok_or(Refusal::NotFound("Claim token"))?;
    Ok(answer(StatusCode::OK, &token.brief()))
}

/// v1-delete-project-claim-token
pub fn delete(call: &mut Call<'_>) -> Answered {
    let now = call.now;
    let claim = &mut call.project_mut()?.parts.claim;
    claim.alive(now).ok_or(Refusal::NotFound("Claim token"))?;
    claim.token = None;
    Ok(empty(StatusCode::NO_CONTENT))
}

/// v1-get-organization-project-claim
pub fn preview(call: &mut Call<'_>) -> Answered {
    let organization = call.organization()?;
    let (project, token) = claimed(call)?;
    let objections = objections(call.world, project, organization, call.now);
    let over_limit = objections.iter().any(|objection| objection.key == "free_project_limit");
    let members: Vec<_> = organization
        .members
        .iter()
        .filter(|(_, role)| over_limit && *role >= Role::Administrator)
        .filter_map(|(id, _)| call.world.person(id))
        .map(|person| json!({ "name": person.name, "limit": FREE_PROJECTS }))
        .collect();
    let source = call
        .world
        .organizations
        .iter()
        .find(|one| one.slug == project.organization);
    let mut body = token.times();
    body["project"] = json!({ "ref": project.reference, "name": project.name });
    body["preview"] = json!({
        "valid": objections.is_empty(),
        "warnings": [],
        "errors": objections.iter().map(|one| finding(one.key, &one.refusal.to_string())).collect::<Vec<_>>(),
        "info": [finding("billing", &format!("{} pays for the project from then on.", organization.name))],
        "members_exceeding_free_project_limit": members,
        "source_subscription_plan": source.map_or(Plan::Free, |source| source.plan),
        "target_subscription_plan": organization.plan,
    });
    Ok(answer(StatusCode::OK, &body))
}

/// v1-claim-project-for-organization
pub fn claim(call: &mut Call<'_>) -> Answered {
    let slug = call.organization()?.slug.clone();
    let reference = claimed(call)?.0.reference.clone();
    hand_over(call.world, &reference, &slug, call.now)?;
    Ok(empty(StatusCode::NO_CONTENT))
}

/// The project whose token stands in the path, whoever owns it.
fn claimed<'a>(call: &'a Call<'_>) -> Result<(&'a Project, &'a Token), Refusal> {
    let digest = token::digest(call.request.path("token"));
    let found = call.world.projects.iter().find_map(|project| {
        let token = project.parts.claim.token.as_ref()?;
        (token.digest == digest && !project.is_removed(call.now)).then_some((project, token))
    });
    let (project, token) = found.ok_or(Refusal::NotFound("Claim token"))?;
    if token.ends() <= call.now {
        return Err(Refusal::Invalid("The claim token has expired.".to_owned()));
    }
    Ok((project, token))
}

/// The project, if a claim token of it is alive: then it waits for another organization.
pub fn waiting<'a>(world: &'a World, reference: &str, now: OffsetDateTime) -> Option<&'a Project> {
    world.projects.iter().find(|project| {
        project.reference == reference && !project.is_removed(now) && project.parts.claim.alive(now).is_some()
    })
}

/// Gives the project to the organization, unless something stands in the way. The token is used up.
pub fn hand_over(world: &mut World, reference: &str, slug: &str, now: OffsetDateTime) -> Result<(), Refusal> {
    let project = waiting(world, reference, now).ok_or(Refusal::NotFound("Project"))?;
    let organization = world
        .organizations
        .iter()
        .find(|organization| organization.slug == slug);
    let organization = organization.ok_or(Refusal::NotFound("Organization"))?;
    if let Some(objection) = objections(world, project, organization, now).into_iter().next() {
        return Err(objection.refusal);
    }
    let project = world.projects.iter_mut().find(|project| project.reference == reference);
    if let Some(project) = project {
        project.organization = slug.to_owned();
        project.parts.claim.token = None;
    }
    Ok(())
}

/// A reason against a claim: its key in the preview, and how the claim is refused.
struct Objection {
    key: &'static str,
    refusal: Refusal,
}

fn finding(key: &str, message: &str) -> Value {
    json!({ "key": key, "message": message })
}

fn objections(world: &World, project: &Project, organization: &Organization, now: OffsetDateTime) -> Vec<Objection> {
    let mut objections = Vec::new();
    if project.organization == organization.slug {
        let message = "The project belongs to this organization already.".to_owned();
        let refusal = Refusal::Conflict(message);
        return vec![Objection {
            key: "same_organization",
            refusal,
        }];
    }
    if project.check_running(now).is_err() {
        let refusal = Refusal::Invalid("Only a running project can be claimed.".to_owned());
        objections.push(Objection {
            key: "project_not_running",
            refusal,
        });
    }
    if let Err(refusal) = within_plan(&world.projects, organization, now) {
        objections.push(Objection {
            key: "free_project_limit",
            refusal,
        });
    }
    if organization.plan == Plan::Free && !matches!(project.size.as_str(), "nano" | "micro") {
        let refusal = Refusal::PlanLimit(format!("The free plan has no {} instances.", project.size));
        objections.push(Objection {
            key: "compute_size",
            refusal,
        });
    }
    objections
}
