//! Invitations (v2): sent by e-mail, good for a day, and told by nobody once they are sent.
//!
//! Guesses: that an address that is a member already fails by itself, and that one which was invited already is invited
//! anew. An address whose name begins with `fail` cannot be reached.

use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use time::{Duration, OffsetDateTime};

use super::members::{ProjectRef, check_projects, entitled, read, refs};
use crate::{
    answer::{Answered, Refusal, json as answer},
    call::Call,
    envelope,
};

const KIND: &str = "organization_invitation";
/// Addresses of one call.
const MOST_INVITED: usize = 50;
const MOST_WITHDRAWN: usize = 100;
/// How long an invitation can be accepted.
const LASTS: Duration = Duration::DAY;

/// One that nobody has accepted yet.
#[derive(Clone, Serialize, Deserialize)]
pub struct Open {
    email: String,
    until: OffsetDateTime,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Invitation {
    email: String,
    role: String,
    projects: Option<Vec<ProjectRef>>,
    #[serde(default)]
    require_sso: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Invitee {
    email: String,
}

/// The API's own rule, near enough.
fn check_address(email: &str) -> Result<(), Refusal> {
    let fits = email.split_once('@').is_some_and(|(name, host)| {
        let is_name = |c: char| c.is_ascii_alphanumeric() || "_'+-.".contains(c);
        let labels: Vec<_> = host.split('.').collect();
        !name.is_empty()
            && name.chars().all(is_name)
            && !name.starts_with('.')
            && !name.ends_with('.')
            && !email.contains("..")
            && labels.len() > 1
            && labels
                .iter()
                .all(|label| label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') && !label.is_empty())
            && labels
                .last()
                .is_some_and(|last| last.len() > 1 && last.bytes().all(|b| b.is_ascii_alphabetic()))
    });
    if fits {
        Ok(())
    } else {
        Err(Refusal::Invalid("email: expected an e-mail address.".to_owned()))
    }
}

fn told(emails: &[String]) -> Vec<Value> {
    let told = emails
        .iter()
        .map(|email| json!({ "type": KIND, "attributes": { "email": email } }));
    told.collect()
}

/// v2-create-organization-invitations
pub fn create(call: &mut Call<'_>) -> Answered {
    let organization = call.organization()?;
    let invitations: Vec<Invitation> = envelope::list(call.request, KIND, MOST_INVITED)?;
    entitled(organization)?;
    let (mut sent, mut issues) = (Vec::new(), Vec::new());
    for Invitation {
        email,
        role,
        projects,
        require_sso,
    } in invitations
    {
        check_address(&email)?;
        read(&role)?;
        check_projects(call.world, organization, &refs(projects)?)?;
        if require_sso {
            return Err(Refusal::Invalid(
                "require_sso: the organization has no single sign-on.".to_owned(),
            ));
        }
        if sent.contains(&email) {
            return Err(Refusal::Invalid(format!("email: {email} stands twice among them.")));
        }
        let mut people = organization.people().filter_map(|id| call.world.person(id));
        let issue = |code: &str, message: &str| json!({ "code": code, "message": message, "meta": { "email": email } });
        if people.any(|person| person.email.eq_ignore_ascii_case(&email)) {
            issues.push(issue("bad_request", "This person is a member already."));
        } else if email.starts_with("fail") {
            issues.push(issue(
                "organization_invitation_email_delivery_failed",
                "The e-mail could not be delivered.",
            ));
        } else {
            sent.push(email);
        }
    }
    let (slug, until) = (organization.slug.clone(), call.now + LASTS);
    if let Some(organization) = call.world.organization_mut(&slug) {
        organization.invitations.retain(|open| !sent.contains(&open.email));
        let open = sent.iter().map(|email| Open {
            email: email.clone(),
            until,
        });
        organization.invitations.extend(open);
    }
    let mut body = json!({ "data": told(&sent) });
    if !issues.is_empty() {
        body["error"] = json!({
            "code": "organization_invitations_partially_failed",
            "message": "Some invitations could not be sent.",
            "issues": issues,
        });
    }
    Ok(answer(StatusCode::CREATED, &body))
}

/// v2-delete-organization-invitations
pub fn delete(call: &mut Call<'_>) -> Answered {
    let organization = call.organization()?;
    let asked: Vec<Invitee> = envelope::list(call.request, KIND, MOST_WITHDRAWN)?;
    entitled(organization)?;
    let (slug, now) = (organization.slug.clone(), call.now);
    let mut withdrawn = Vec::new();
    if let Some(organization) = call.world.organization_mut(&slug) {
        for Invitee { email } in asked {
            let before = organization.invitations.len();
            organization
                .invitations
                .retain(|open| open.email != email && open.until > now);
            if organization.invitations.len() < before {
                withdrawn.push(email);
            }
        }
    }
    envelope::all(told(&withdrawn))
}
