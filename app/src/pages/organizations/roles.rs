//! Roles as people read them, and what choosing one looks like.

use leptos::prelude::*;
use management_api::organizations::{MemberDetail, MemberRole, ProjectName, ROLES};

use crate::ui::{Choice, SelectField};

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

/// The choice of a role.
pub fn select(name: &'static str, value: String, error: Option<String>) -> AnyView {
    let choices = ROLES
        .iter()
        .rev()
        .map(|role| Choice::new(*role, format!("{} \u{b7} {}", said(role), meaning(role))))
        .collect();
    view! {
        <SelectField name label="Role" hint="The plan may lack some of them: then Supabase says so." choices value error required=true/>
    }
    .into_any()
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
