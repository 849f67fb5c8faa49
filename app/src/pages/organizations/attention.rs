//! What needs somebody in an organization: projects that are not well, members without a second factor, and what was seen
//! in its projects of late.

use leptos::prelude::*;

use crate::{
    components::{
        attention::{Need, listed, told, why},
        status::of_project,
    },
    paths,
    server_fns::overview::OrganizationLookedAt,
    ui::Tone,
};

/// What stands in the card.
pub fn attention(slug: &str, seen: OrganizationLookedAt) -> AnyView {
    let unchecked = [("Members", why(&seen.members)), ("Projects", why(&seen.projects))];
    let unchecked = unchecked.into_iter().filter_map(|(part, why)| Some((part, why?)));
    let note =
        "Branches, keys and settings are told as far as you have looked at them of late; their own pages look anew.";
    listed(needs(slug, &seen), unchecked.collect(), Some(note.to_owned()))
}

fn needs(slug: &str, seen: &OrganizationLookedAt) -> Vec<Need> {
    let mut needs = Vec::new();
    let projects = seen.projects.as_deref().unwrap_or_default();
    for (project, seen) in projects {
        let (name, reference) = (&project.name, &project.reference);
        let status = of_project(&project.status);
        if matches!(status.tone, Tone::Error | Tone::Warning) {
            needs.push(Need {
                tone: status.tone,
                what: format!("{name}: {}.", status.word),
                why: status.explanation.to_owned(),
                area: "Status",
                href: paths::project(reference),
                go: "See project",
            });
        }
        if seen.failed_branches > 0 {
            needs.push(Need {
                tone: Tone::Error,
                what: counted(seen.failed_branches, "branch", "branches", &format!("of {name} failed")),
                why: "They stay so until somebody looks.".to_owned(),
                area: "Branches",
                href: paths::branches(reference),
                go: "See branches",
            });
        }
        if seen.drifting > 0 {
            needs.push(Need {
                tone: Tone::Warning,
                what: counted(
                    seen.drifting,
                    "setting",
                    "settings",
                    &format!("of {name} left the baseline"),
                ),
                why: "Somebody changed what the team had agreed on.".to_owned(),
                area: "Drift",
                href: paths::drift(reference),
                go: "See drift",
            });
        }
    }
    let legacy = projects.iter().filter(|(_, seen)| seen.legacy_keys);
    let legacy: Vec<_> = legacy.map(|(project, _)| project.name.clone()).collect();
    let count = legacy.len();
    if count > 0 {
        needs.push(Need {
            tone: Tone::Warning,
            what: format!(
                "Legacy API keys are on in {count} {}.",
                if count == 1 { "project" } else { "projects" }
            ),
            why: format!("{} Supabase ends them around the end of 2026.", told(&legacy)),
            area: "API keys",
            href: paths::KEYS.to_owned(),
            go: "Plan the switch",
        });
    }
    needs.extend(factors(slug, seen));
    needs
}

/// Members without a second factor; it is worst where one of them owns the organization.
fn factors(slug: &str, seen: &OrganizationLookedAt) -> Option<Need> {
    let members = seen.members.as_deref().unwrap_or_default();
    let without: Vec<_> = members.iter().filter(|member| !member.mfa_enabled).collect();
    let count = u32::try_from(without.len()).ok().filter(|count| *count > 0)?;
    let owners = without.iter().filter(|member| member.role_name == "Owner").count();
    let why = match owners {
        0 => "Whoever learns their password is in.".to_owned(),
        1 => "One of them is an Owner.".to_owned(),
        owners => format!("{owners} of them are Owners."),
    };
    Some(Need {
        tone: if owners > 0 { Tone::Error } else { Tone::Warning },
        what: counted(count, "member has", "members have", "no second factor"),
        why,
        area: "Members",
        href: paths::members_without_factor(slug),
        go: "See who",
    })
}

/// "2 branches of Note G failed."
fn counted(count: u32, one: &str, many: &str, rest: &str) -> String {
    let noun = if count == 1 { one } else { many };
    format!("{count} {noun} {rest}.")
}

#[cfg(test)]
mod tests {
    use management_api::{organizations::Member, projects::Project};
    use serde_json::json;

    use super::*;
    use crate::{error::ConsoleError, server_fns::overview::Seen};

    fn project(name: &str, status: &str, seen: Seen) -> (Project, Seen) {
        let project = json!({
            "id": name, "ref": name, "name": name, "status": status, "organization_id": "1", "organization_slug": "acme",
            "region": "eu-west-1", "created_at": "2026-01-01T00:00:00Z",
        });
        (serde_json::from_value(project).unwrap(), seen)
    }

    fn member(role: &str, factor: bool) -> Member {
        let member = json!({ "user_id": "1", "user_name": "a", "role_name": role, "mfa_enabled": factor });
        serde_json::from_value(member).unwrap()
    }

    fn said(seen: &OrganizationLookedAt) -> Vec<String> {
        needs("acme", seen).into_iter().map(|need| need.what).collect()
    }

    #[test]
    fn what_is_well_needs_nobody_and_what_is_not_known_is_not_told() {
        let fine = OrganizationLookedAt {
            members: Ok(vec![member("Owner", true)]),
            projects: Ok(vec![
                project("mill", "ACTIVE_HEALTHY", Seen::default()),
                project("store", "INACTIVE", Seen::default()),
            ]),
        };
        assert!(needs("acme", &fine).is_empty());
        let unknown = OrganizationLookedAt {
            members: Err(ConsoleError::NotFound),
            projects: Err(ConsoleError::NotFound),
        };
        assert!(needs("acme", &unknown).is_empty());
    }

    #[test]
    fn each_project_and_all_members_are_told_with_what_they_lack() {
        let seen = Seen {
            failed_branches: 1,
            legacy_keys: true,
            drifting: 2,
        };
        let all = OrganizationLookedAt {
            members: Ok(vec![
                member("Developer", false),
                member("Owner", false),
                member("Owner", true),
            ]),
            projects: Ok(vec![
                project("mill", "ACTIVE_UNHEALTHY", seen),
                project(
                    "store",
                    "ACTIVE_HEALTHY",
                    Seen {
                        legacy_keys: true,
                        ..Seen::default()
                    },
                ),
            ]),
        };
        assert_eq!(
            said(&all),
            [
                "mill: Unhealthy.",
                "1 branch of mill failed.",
                "2 settings of mill left the baseline.",
                "Legacy API keys are on in 2 projects.",
                "2 members have no second factor.",
            ]
        );
        let factors = needs("acme", &all).pop().unwrap();
        assert_eq!(
            (factors.tone, factors.why.as_str()),
            (Tone::Error, "One of them is an Owner.")
        );
        assert_eq!(factors.href, "/organizations/acme/members?factor=off");
    }
}
