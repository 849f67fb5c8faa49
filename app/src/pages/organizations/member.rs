//! One member: what they may and where, another role after a look at what it takes away, and their leaving.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use management_api::{
    Entity, OperationId,
    organizations::{MemberDetail, MemberRole, ProjectName},
};

use super::{members::PAGE as MEMBERS, roles, slug};
use crate::{
    components::{
        error_view::{error_view, here},
        head::Head,
        operation_form::{OperationForm, Thing, why_not},
        query::{ask, loaded},
    },
    error::ConsoleError,
    islands::place_name::PlaceName,
    members::name,
    page::{Page, Sheet},
    pages::{choice, parameter},
    paths,
    server_fns::members::{Giving, roles_to_give},
    ui::{Badge, Button, ButtonKind, Card, Icon, Shape, Tone},
};

pub const PAGE: Page = Page {
    route: "/organizations/:slug/members/:member",
    title: "Member",
    icon: Icon::User,
    group: None,
    parent: Some(&MEMBERS),
    operation: Some(OperationId::AssignMemberRole),
    sheet: Some(Sheet::Configure),
    view: || view! { <MemberPage/> }.into_any(),
};

/// In the address: the role that is looked at, and the projects that it would be limited to.
const ROLE: &str = "role";
const PROJECT: &str = "project";

#[component]
fn MemberPage() -> impl IntoView {
    let (slug, member) = (slug(), parameter("member"));
    let giving = {
        let slug = slug.clone();
        ask(move || roles_to_give(slug.clone()))
    };
    view! {
        <Head page=&PAGE narrow=true/>
        {loaded("member", giving, Shape::Form, move |giving| match giving.roster.team.member(&member).cloned() {
            Some(member) => drawn(&slug, &giving, &member),
            None => error_view(ConsoleError::NotFound),
        })}
    }
}

fn drawn(slug: &str, giving: &Giving, member: &Entity<MemberDetail>) -> AnyView {
    let roster = &giving.roster;
    let last = roster.team.is_last_owner(&member.id);
    let projects = roster.projects.as_ref().map_or(&[][..], Vec::as_slice);
    let role = choice(ROLE);
    let chosen = use_query_map().with_untracked(|query| query.get_all(PROJECT).unwrap_or_default());
    let review = (!role.is_empty()).then(|| review(slug, member, &role, &chosen, projects, last));
    let facts = facts(member);
    let form = form(slug, giving, member, role, &chosen);
    let unknown = roster.projects.as_ref().err().map(|error| {
        view! { <p class="hint">{format!("The organization\u{2019}s projects are not known: {error}")}</p> }
    });
    let remove = remove(slug, member, last);
    view! {
        <PlaceName key=member.id.clone() name=name(member)/>
        <div class="stack key-page">
            {review}
            <Card title="Has now">{facts}</Card>
            <Card title="Another role" hint="What comes of it is shown before it is sent.">{unknown}{form}</Card>
            <Card title="Remove" hint="Takes the member out of the organization, with all roles. What they made stays." danger=true>{remove}</Card>
        </div>
    }
    .into_any()
}

fn facts(member: &Entity<MemberDetail>) -> AnyView {
    let limited: Vec<_> = roles::limited(member)
        .map(|role| view! { <li>{roles::within(role)}</li> })
        .collect();
    let factor = match member.mfa_enabled {
        Some(true) => {
            view! { <Badge plain=true tone=Tone::Success icon=Icon::Shield word="Second factor on"/> }.into_any()
        }
        Some(false) => {
            view! { <Badge plain=true tone=Tone::Warning icon=Icon::Warning word="No second factor"/> }.into_any()
        }
        None => ().into_any(),
    };
    view! {
        <p>{factor}</p>
        <ul>
            <li>{format!("{} in the organization", roles::everywhere(member))}</li>
            {limited}
        </ul>
    }
    .into_any()
}

fn form(slug: &str, giving: &Giving, member: &Entity<MemberDetail>, role: String, chosen: &[String]) -> AnyView {
    let projects = giving.roster.projects.as_ref().map_or(&[][..], Vec::as_slice);
    let here = paths::member(slug, &member.id);
    let closed = why_not(OperationId::AssignMemberRole);
    let select = roles::select(ROLE, role, &giving.roles);
    let boxes = roles::projects(PROJECT, projects, chosen);
    view! {
        <form class="check" method="get" action=here>
            {select}
            {boxes}
            <div class="form-actions"><Button kind=ButtonKind::Secondary submit=true disabled_because=closed>"Look at it"</Button></div>
        </form>
    }
    .into_any()
}

/// What the new role takes away of those in single projects: for a role that holds everywhere all of them.
fn overlaps(had: &[MemberRole], chosen: &[String]) -> Vec<String> {
    let limited = had.iter().filter(|role| role.is_limited());
    let lost = limited.filter_map(|role| {
        let same = |project: &&ProjectName| chosen.is_empty() || chosen.contains(&project.project);
        let projects: Vec<_> = role.projects.iter().filter(same).cloned().collect();
        (!projects.is_empty()).then(|| {
            roles::within(&MemberRole {
                projects,
                ..role.clone()
            })
        })
    });
    lost.collect()
}

fn review(
    slug: &str,
    member: &Entity<MemberDetail>,
    role: &str,
    chosen: &[String],
    projects: &[ProjectName],
    last: bool,
) -> AnyView {
    let names: Vec<_> = projects
        .iter()
        .filter(|project| chosen.contains(&project.project))
        .cloned()
        .collect();
    let new = roles::within(&MemberRole {
        name: role.to_owned(),
        scope: String::new(),
        projects: names,
    });
    let new = if chosen.is_empty() {
        format!("{new} in the organization")
    } else {
        new
    };
    let before = chosen
        .is_empty()
        .then(|| format!("{} in the organization", roles::everywhere(member)));
    let gone = before
        .filter(|before| *before != new)
        .into_iter()
        .chain(overlaps(&member.roles, chosen));
    let gone: Vec<_> = gone.map(|role| view! { <li><del>{role}</del></li> }).collect();
    let closed = (last && chosen.is_empty() && role != "owner")
        .then(|| "Nobody else owns the organization: make somebody else an owner first.".to_owned());
    let (next, back) = (paths::member(slug, &member.id), here());
    let (slug, id, role, chosen) = (slug.to_owned(), member.id.clone(), role.to_owned(), chosen.join("\n"));
    let none = chosen.is_empty();
    view! {
        <Card title=format!("What {} has then", name(member)) hint="Nothing was sent yet.">
            <ul>{gone}<li><ins>{new}</ins></li></ul>
            <OperationForm operation=OperationId::AssignMemberRole next back submit="Give the role" kind=ButtonKind::Primary disabled_because=closed>
                <input type="hidden" name="slug" value=slug/>
                <input type="hidden" name="user_id" value=id/>
                <input type="hidden" name="role" value=role/>
                {(!none).then(|| view! { <input type="hidden" name="projects" value=chosen/> })}
            </OperationForm>
        </Card>
    }
    .into_any()
}

fn remove(slug: &str, member: &Entity<MemberDetail>, last: bool) -> AnyView {
    let closed = last.then(|| "Nobody else owns the organization: make somebody else an owner first.".to_owned());
    let (next, back) = (paths::organization_members(slug), paths::member(slug, &member.id));
    let thing = Some(Thing::Named(name(member)));
    let (slug, id) = (slug.to_owned(), member.id.clone());
    view! {
        <OperationForm operation=OperationId::RemoveMember next back submit="Remove the member" kind=ButtonKind::Danger thing disabled_because=closed>
            <input type="hidden" name="slug" value=slug/>
            <input type="hidden" name="user_id" value=id/>
        </OperationForm>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_role_takes_away_is_told() {
        let project = |name: &str| ProjectName {
            project: name.to_lowercase(),
            name: name.to_owned(),
        };
        let role = |name: &str, projects: &[&str]| MemberRole {
            name: name.to_owned(),
            scope: if projects.is_empty() { "organization" } else { "project" }.to_owned(),
            projects: projects.iter().map(|name| project(name)).collect(),
        };
        let had = [
            role("developer", &[]),
            role("administrator", &["Shop", "Docs"]),
            role("read-only", &["Blog"]),
        ];
        assert_eq!(overlaps(&had, &["docs".to_owned()]), ["Administrator in Docs"]);
        assert_eq!(overlaps(&had, &["other".to_owned()]), Vec::<String>::new());
        assert_eq!(
            overlaps(&had, &[]),
            ["Administrator in Shop and Docs", "Read-only in Blog"]
        );
    }
}
