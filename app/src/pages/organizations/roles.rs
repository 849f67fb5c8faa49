//! Roles as people read them, and what choosing one looks like.

use leptos::prelude::*;
use management_api::organizations::{MemberDetail, MemberRole, ProjectName, ROLES};

use crate::{
    server_fns::branches::Part,
    ui::{Choice, Fact, Facts, SelectField},
};

/// A role's word for people; one that nobody here has heard of stays as it is.
pub fn said(name: &str) -> String {
    match name {
        "owner" => "Owner".to_owned(),
        "administrator" => "Administrator".to_owned(),
        "developer" => "Developer".to_owned(),
        "read-only" => "Read-only".to_owned(),
        "no-access" => "No access".to_owned(),
        other => other.to_owned(),
    }
}

/// What a role is for, in a few words.
fn meaning(name: &str) -> &'static str {
    match name {
        "owner" => "everything",
        "administrator" => "everything but ownership, billing and transfers",
        "developer" => "content and data, no settings",
        "read-only" => "looks, changes nothing",
        "no-access" => "sees nothing until there is a role in a project",
        _ => "",
    }
}

/// The role that somebody has everywhere.
pub fn everywhere(member: &MemberDetail) -> String {
    let role = member.roles.iter().find(|role| !role.is_limited());
    said(role.map_or("no-access", |role| &role.name))
}

/// The roles that hold in some projects only.
pub fn limited(member: &MemberDetail) -> impl Iterator<Item = &MemberRole> {
    member.roles.iter().filter(|role| role.is_limited())
}

/// "Administrator in Compiler and Moth Log".
pub fn within(role: &MemberRole) -> String {
    let names: Vec<_> = role
        .projects
        .iter()
        .map(|project| {
            if project.name.is_empty() {
                project.project.as_str()
            } else {
                project.name.as_str()
            }
        })
        .collect();
    match names.as_slice() {
        [] => said(&role.name),
        [names @ .., last] if !names.is_empty() => format!("{} in {} and {last}", said(&role.name), names.join(", ")),
        [.., last] => format!("{} in {last}", said(&role.name)),
    }
}

/// The roles that can be given, the one that may most first; all that there are, where it is not known which the plan has.
fn offered(roles: &Part<Vec<String>>) -> Vec<String> {
    let all = || ROLES.iter().rev().map(|role| (*role).to_owned());
    match roles {
        Ok(named) if !named.is_empty() => {
            let new = named.iter().filter(|role| !ROLES.contains(&role.as_str()));
            all().filter(|role| named.contains(role)).chain(new.cloned()).collect()
        }
        Ok(_) | Err(_) => all().collect(),
    }
}

fn explained(role: &str) -> String {
    match meaning(role) {
        "" => said(role),
        meaning => format!("{} \u{b7} {meaning}", said(role)),
    }
}

/// The choice of a role.
pub fn select(name: &'static str, value: String, roles: &Part<Vec<String>>) -> AnyView {
    let hint = match roles {
        Ok(_) => "Those that the organization\u{2019}s plan has.",
        Err(_) => "The plan may lack some of them: then Supabase says so.",
    };
    let choices = offered(roles)
        .into_iter()
        .map(|role| Choice::new(role.clone(), explained(&role)))
        .collect();
    view! {
        <SelectField name label="Role" hint choices value required=true/>
    }
    .into_any()
}

/// What each of the roles may, for whoever reads a list of them.
pub fn legend(roles: &Part<Vec<String>>) -> AnyView {
    let rows: Vec<_> = offered(roles)
        .into_iter()
        .map(|role| {
            let meaning = match meaning(&role) {
                "" => "a role that Steward does not know",
                meaning => meaning,
            };
            view! { <Fact term=said(&role)>{meaning}</Fact> }
        })
        .collect();
    let lacking: Vec<_> = match roles {
        Ok(_) => {
            let offered = offered(roles);
            let lacking = ROLES
                .iter()
                .rev()
                .filter(|role| !offered.iter().any(|one| one == *role));
            lacking.map(|role| said(role)).collect()
        }
        Err(_) => Vec::new(),
    };
    let lacking = match lacking.as_slice() {
        [] => None,
        [one] => Some(format!("The plan does not have {one}.")),
        [some @ .., last] => Some(format!("The plan does not have {} and {last}.", some.join(", "))),
    };
    let unknown = roles
        .as_ref()
        .err()
        .map(|error| format!("Which of them the plan has is not known: {error}"));
    view! {
        <details class="role-legend">
            <summary>"What the roles may"</summary>
            <Facts>{rows}</Facts>
            {lacking.or(unknown).map(|note| view! { <p class="hint">{note}</p> })}
        </details>
    }
    .into_any()
}

/// What somebody may in a project: the role that they were given there, or the one that they have everywhere.
pub fn there(member: &MemberDetail, project: &str) -> AnyView {
    let own = limited(member).find(|role| role.projects.iter().any(|one| one.project == project));
    match own {
        Some(role) => view! { <span class="role-own">{said(&role.name)}</span> }.into_any(),
        None => match everywhere(member) {
            role if role == said("no-access") => view! { <span class="quiet">"None"</span> }.into_any(),
            role => view! { <span class="quiet">{role}</span> }.into_any(),
        },
    }
}

/// A box for each project; none ticked means all of the organization.
pub fn projects(name: &'static str, all: &[ProjectName], chosen: &[String]) -> AnyView {
    let boxes: Vec<_> = all
        .iter()
        .enumerate()
        .map(|(at, project)| {
            let (id, value, label) = (format!("{name}-{at}"), project.project.clone(), project.name.clone());
            let checked = chosen.contains(&project.project);
            view! {
                <li><label class="tick"><input type="checkbox" id=id name=name value=value checked=checked/><span><bdi>{label}</bdi></span></label></li>
            }
        })
        .collect();
    view! {
        <fieldset class="role-projects">
            <legend>"In which projects"</legend>
            <p class="hint">"None ticked: in all of the organization, those to come as well."</p>
            <ul>{boxes}</ul>
        </fieldset>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ConsoleError;

    #[test]
    fn roles_are_offered_as_far_as_the_plan_has_them() {
        let named = |names: &[&str]| Ok(names.iter().map(|name| (*name).to_owned()).collect());
        assert_eq!(
            offered(&named(&["developer", "billing", "owner"])),
            ["owner", "developer", "billing"]
        );
        let all = ["owner", "administrator", "developer", "read-only", "no-access"];
        assert_eq!(offered(&named(&[])), all);
        assert_eq!(offered(&Err(ConsoleError::NotFound)), all);
    }

    #[test]
    fn a_role_says_where_it_holds() {
        let project = |name: &str| ProjectName {
            project: "ref".to_owned(),
            name: name.to_owned(),
        };
        let role = |projects: &[&str]| MemberRole {
            name: "developer".to_owned(),
            scope: "project".to_owned(),
            projects: projects.iter().map(|name| project(name)).collect(),
        };
        assert_eq!(within(&role(&[])), "Developer");
        assert_eq!(within(&role(&["Shop"])), "Developer in Shop");
        assert_eq!(within(&role(&["Shop", "", "Docs"])), "Developer in Shop, ref and Docs");
    }
}
