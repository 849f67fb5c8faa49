//! Who may do what where, put together for the report, and the invitations that were sent from here.

use std::cmp::Reverse;

use management_api::{
    Entity, OperationId,
    organizations::{Invitation, MemberDetail, ProjectName},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use time::{Duration, OffsetDateTime, format_description::well_known::Rfc3339};

use crate::audit::{AuditCall, Outcome};

/// How long an invitation can be accepted.
const LASTS: Duration = Duration::DAY;

/// Roles, the one that may most first.
const RANKS: [&str; 4] = ["owner", "administrator", "developer", "read-only"];

fn rank(role: &str) -> usize {
    RANKS.iter().position(|known| *known == role).unwrap_or(RANKS.len())
}

/// Address, else user name, else id.
pub fn name(member: &Entity<MemberDetail>) -> String {
    let known = member.primary_email.clone().or_else(|| member.username.clone());
    known.unwrap_or_else(|| member.id.clone())
}

/// Who reaches a project, by what they may there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    pub project: ProjectName,
    /// Owners and administrators.
    pub administer: Vec<String>,
    pub develop: Vec<String>,
    /// Who only looks, or has a role of a word that came later.
    pub look: Vec<String>,
}

/// Of each project: the highest role that somebody has there counts, wherever it was given.
pub fn reach(members: &[Entity<MemberDetail>], projects: &[ProjectName]) -> Vec<Reach> {
    let of = |project: &ProjectName| {
        let mut reach = Reach {
            project: project.clone(),
            ..Reach::default()
        };
        for member in members {
            let there = member
                .roles
                .iter()
                .filter(|role| !role.is_limited() || role.projects.iter().any(|one| one.project == project.project));
            let role = there.map(|role| role.name.as_str()).min_by_key(|role| rank(role));
            match role {
                Some("owner" | "administrator") => reach.administer.push(name(member)),
                Some("developer") => reach.develop.push(name(member)),
                None | Some("no-access") => {}
                Some(_) => reach.look.push(name(member)),
            }
        }
        reach
    };
    projects.iter().map(of).collect()
}

/// The projects in which somebody has a role of their own, those with most of them first.
pub fn with_own_roles(members: &[Entity<MemberDetail>]) -> Vec<ProjectName> {
    let mut found: Vec<(usize, ProjectName)> = Vec::new();
    let limited = members
        .iter()
        .flat_map(|member| &member.roles)
        .filter(|role| role.is_limited());
    for project in limited.flat_map(|role| &role.projects) {
        match found.iter_mut().find(|(_, known)| known.project == project.project) {
            Some((count, _)) => *count += 1,
            None => found.push((1, project.clone())),
        }
    }
    found.sort_by_key(|(count, project)| (Reverse(*count), project.name.to_lowercase()));
    found.into_iter().map(|(_, project)| project).collect()
}

/// An invitation that was sent from here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sent {
    pub invitation: Invitation,
    /// Who sent it.
    pub by: String,
    /// RFC 3339, both.
    pub at: String,
    pub until: String,
    pub state: State,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum State {
    /// It can be accepted.
    Open,
    /// Somebody of that address is a member now.
    Accepted,
    Withdrawn,
    /// Its 24 hours are over.
    Ended,
}

/// The invitations of `calls`, the newest first, each address with its latest. The audit has the calls newest first.
/// Supabase lists none, so what was sent elsewhere is not among them.
pub fn sent(calls: &[AuditCall], members: &[Entity<MemberDetail>], now: OffsetDateTime) -> Vec<Sent> {
    let of = |call: &&AuditCall, id: OperationId| call.operation == id.as_str() && call.outcome == Outcome::Done;
    let withdrawn = |email: &str, since: &str| {
        let calls = calls.iter().filter(|call| of(call, OperationId::WithdrawInvitations));
        // RFC 3339 in UTC: the order of the texts is that of the moments.
        calls.filter(|call| call.at.as_str() > since).any(|call| {
            let emails = call.parameters["emails"].as_array().into_iter().flatten();
            emails
                .filter_map(Value::as_str)
                .any(|one| one.eq_ignore_ascii_case(email))
        })
    };
    let is_member = |email: &str| {
        let mut emails = members.iter().filter_map(|member| member.primary_email.as_deref());
        emails.any(|one| one.eq_ignore_ascii_case(email))
    };
    let mut all: Vec<Sent> = Vec::new();
    for call in calls.iter().filter(|call| of(call, OperationId::InviteMembers)) {
        let Ok(at) = OffsetDateTime::parse(&call.at, &Rfc3339) else {
            continue;
        };
        let until = at.saturating_add(LASTS);
        let invitations: Vec<Invitation> = match serde_json::from_value(call.parameters["invitations"].clone()) {
            Ok(invitations) => invitations,
            // What others may read of a call can be less.
            Err(_) => continue,
        };
        for invitation in invitations {
            // Of several some may not have been sent.
            if call
                .message
                .as_deref()
                .is_some_and(|left_out| left_out.contains(&invitation.email))
            {
                continue;
            }
            let known = |one: &Sent| one.invitation.email.eq_ignore_ascii_case(&invitation.email);
            if all.iter().any(known) {
                continue;
            }
            let state = if is_member(&invitation.email) {
                State::Accepted
            } else if withdrawn(&invitation.email, &call.at) {
                State::Withdrawn
            } else if until <= now {
                State::Ended
            } else {
                State::Open
            };
            all.push(Sent {
                by: call.person.clone(),
                at: call.at.clone(),
                // ok: such a moment can be written.
                until: until.format(&Rfc3339).unwrap_or_default(),
                state,
                invitation,
            });
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use management_api::{Scope, organizations::MemberRole};
    use serde_json::json;

    use super::*;
    use crate::audit::{Budget, Sentence};

    fn project(name: &str) -> ProjectName {
        ProjectName {
            project: name.to_lowercase(),
            name: name.to_owned(),
        }
    }

    fn member(name: &str, roles: &[(&str, &[&str])]) -> Entity<MemberDetail> {
        let roles = roles.iter().map(|(role, projects)| MemberRole {
            name: (*role).to_owned(),
            scope: if projects.is_empty() { "organization" } else { "project" }.to_owned(),
            projects: projects.iter().map(|name| project(name)).collect(),
        });
        Entity {
            id: name.to_owned(),
            attributes: MemberDetail {
                username: None,
                primary_email: Some(format!("{name}@example.com")),
                mfa_enabled: Some(true),
                is_sso_user: None,
                roles: roles.collect(),
            },
        }
    }

    #[test]
    fn the_highest_role_that_holds_in_a_project_counts() {
        let members = [
            member("ada", &[("owner", &[])]),
            member("alan", &[("read-only", &[]), ("administrator", &["Docs"])]),
            member("grace", &[("no-access", &[]), ("developer", &["Shop"])]),
        ];
        let reach = reach(&members, &[project("Shop"), project("Docs")]);
        assert_eq!(reach[0].administer, ["ada@example.com"]);
        assert_eq!(
            (reach[0].develop.as_slice(), reach[0].look.as_slice()),
            (
                &["grace@example.com".to_owned()][..],
                &["alan@example.com".to_owned()][..]
            )
        );
        assert_eq!(reach[1].administer, ["ada@example.com", "alan@example.com"]);
        assert!(reach[1].develop.is_empty() && reach[1].look.is_empty());
    }

    fn call(operation: OperationId, at: &str, outcome: Outcome, parameters: Value) -> AuditCall {
        AuditCall {
            id: 1,
            at: at.to_owned(),
            person: "ada@example.com".to_owned(),
            own: true,
            through: "console".to_owned(),
            operation: operation.as_str().to_owned(),
            area: String::new(),
            effect: String::new(),
            scope: Scope::Account,
            organization: None,
            sentence: Sentence::default(),
            decision: String::new(),
            outcome,
            status: None,
            message: None,
            connection: None,
            request_id: None,
            budget: Budget::default(),
            milliseconds: None,
            parameters,
        }
    }

    #[test]
    fn invitations_end_are_accepted_withdrawn_and_sent_anew() {
        let invited = |at: &str, emails: &[&str]| {
            let invitations: Vec<_> = emails
                .iter()
                .map(|email| json!({ "email": email, "role": "developer" }))
                .collect();
            call(
                OperationId::InviteMembers,
                at,
                Outcome::Done,
                json!({ "invitations": invitations }),
            )
        };
        let mut partly = invited("2026-11-20T11:30:00Z", &["fail@example.com"]);
        partly.message = Some("Not all of it was done: fail@example.com (No).".to_owned());
        let calls = [
            partly,
            invited("2026-11-20T11:00:00Z", &["again@example.com"]),
            call(
                OperationId::WithdrawInvitations,
                "2026-11-20T10:30:00Z",
                Outcome::Done,
                json!({ "emails": ["Again@example.com", "gone@example.com"] }),
            ),
            invited(
                "2026-11-20T10:00:00Z",
                &["again@example.com", "gone@example.com", "ADA@example.com"],
            ),
            call(
                OperationId::InviteMembers,
                "2026-11-20T09:00:00Z",
                Outcome::Refused,
                json!({ "invitations": [{ "email": "no@example.com", "role": "developer" }] }),
            ),
            invited("2026-11-18T10:00:00Z", &["late@example.com"]),
        ];
        let now = OffsetDateTime::parse("2026-11-20T12:00:00Z", &Rfc3339).unwrap();
        let told: Vec<_> = sent(&calls, &[member("ada", &[])], now)
            .into_iter()
            .map(|one| (one.invitation.email, one.state, one.until))
            .collect();
        let row = |email: &str, state, until: &str| (email.to_owned(), state, until.to_owned());
        assert_eq!(
            told,
            [
                row("again@example.com", State::Open, "2026-11-21T11:00:00Z"),
                row("gone@example.com", State::Withdrawn, "2026-11-21T10:00:00Z"),
                row("ADA@example.com", State::Accepted, "2026-11-21T10:00:00Z"),
                row("late@example.com", State::Ended, "2026-11-19T10:00:00Z"),
            ]
        );
    }
}
