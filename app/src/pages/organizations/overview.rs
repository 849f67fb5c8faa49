//! One organization at a glance: its plan, its people, its newest projects.

use leptos::prelude::*;
use management_api::{
    OperationId, Scope,
    organizations::{GetOrganization, ListOrganizationMembers, Member, OrganizationDetail},
    projects::ListOrganizationProjects,
};

use super::{attention::attention, beside::Beside, projects::list, slug};
use crate::{
    components::{
        changes::{Changes, latest},
        context::Context,
        copyable::Copyable,
        head::Head,
        operation_form::why_not,
        query::{ask, loaded, query},
    },
    islands::place_name::PlaceName,
    page::{Group, Page, Sheet},
    paths,
    server_fns::overview::organization_attention,
    ui::{Badge, ButtonKind, ButtonLink, Card, Icon, Shape, Tone},
};

pub const PAGE: Page = Page {
    route: "/organizations/:slug",
    title: "Overview",
    icon: Icon::Organization,
    group: Some(Group::Top),
    parent: Some(&super::list::PAGE),
    operation: Some(OperationId::GetOrganization),
    sheet: Some(Sheet::Overview),
    view: || view! { <OrganizationOverview/> }.into_any(),
};

/// Projects at once.
const SHOWN: u32 = 6;

#[component]
pub fn OrganizationOverview() -> impl IntoView {
    let slug = slug();
    let organization = query(GetOrganization { slug: slug.clone() });
    let members = query(ListOrganizationMembers { slug: slug.clone() });
    let projects = query(ListOrganizationProjects {
        slug: slug.clone(),
        offset: 0,
        limit: SHOWN,
        search: String::new(),
        sort: None,
        statuses: String::new(),
    });
    let needs = {
        let slug = slug.clone();
        ask(move || organization_attention(slug.clone()))
    };
    let beside = Beside::asked(&slug);
    let changes = latest(Scope::Organization(slug.clone()));
    let new = paths::new_project_in(&slug);
    let dashboard = Context::current().with(|page| format!("{}/org/{slug}", page.dashboard_url));
    view! {
        <Head
            page=&PAGE
            actions=move || view! {
                <ButtonLink href=dashboard external=true>"Open in Supabase"</ButtonLink>
                <ButtonLink href=new kind=ButtonKind::Primary icon=Icon::Plus disabled_because=why_not(OperationId::CreateProject)>"New project"</ButtonLink>
            }
        />
        // Without the organization there is nothing else to say, and one error says it.
        {loaded("overview", organization, Shape::Facts, move |organization| {
            let facts = facts(&slug, organization);
            let people = loaded("members", members, Shape::Rows, people);
            let of = slug.clone();
            let needs = loaded("attention", needs, Shape::Rows, move |seen| attention(&of, seen));
            let of = slug.clone();
            let projects = loaded("projects", projects, Shape::Rows, move |page| list(&of).draw(page.projects));
            let (connection, rest) = beside.cards(&slug);
            let (all, everybody) = (paths::organization_projects(&slug), paths::organization_members(&slug));
            view! {
                <div data-region="organization">{facts}</div>
                <div class="stack">
                    <Card title="Needs attention">{needs}</Card>
                    <div class="split">
                        <Card title="Projects" actions=|| view! { <a class="more" href=all>"All projects"</a> }>{projects}</Card>
                        <Card title="Members" actions=|| view! { <a class="more" href=everybody>"All members"</a> }>{people}</Card>
                    </div>
                    <div class="split">
                        <Changes latest=changes/>
                        {connection}
                    </div>
                    {rest}
                </div>
            }
            .into_any()
        })}
    }
}

/// The line under the name.
fn facts(slug: &str, organization: OrganizationDetail) -> AnyView {
    let billing = Context::current().with(|page| format!("{}/org/{slug}/billing", page.dashboard_url));
    let slug = slug.to_owned();
    let plan = organization.plan.unwrap_or_else(|| "Not told".to_owned());
    view! {
        <PlaceName key=slug.clone() name=organization.name/>
        <dl class="line">
            <div><dt class="visually-hidden">"Slug"</dt><dd><Copyable value=slug what="slug"/></dd></div>
            <div>
                <dt class="visually-hidden">"Plan"</dt>
                <dd><a class="link plan" href=billing target="_blank" rel="noopener noreferrer">{plan}" plan"</a></dd>
            </div>
            <div>
                <dt>"Shared with the assistant:\u{a0}"</dt>
                <dd>{shared(&organization.opt_in_tags)}</dd>
            </div>
            <div>
                <dt>"Release channels:\u{a0}"</dt>
                <dd>{organization.allowed_release_channels.join(", ")}</dd>
            </div>
        </dl>
    }
    .into_any()
}

/// `AI_SQL_GENERATOR_OPT_IN` as words.
fn shared(tags: &[String]) -> String {
    if tags.is_empty() {
        return "nothing".to_owned();
    }
    tags.join(", ").replace("_OPT_IN", "").replace('_', " ").to_lowercase()
}

/// The members by role, each a dot that is hollow where the second factor is off. The word beside it says the same.
fn people(members: Vec<Member>) -> AnyView {
    let mut roles: Vec<(String, Vec<bool>)> = Vec::new();
    for member in members {
        match roles.iter_mut().find(|(role, _)| *role == member.role_name) {
            Some((_, factors)) => factors.push(member.mfa_enabled),
            None => roles.push((member.role_name, vec![member.mfa_enabled])),
        }
    }
    roles.sort_by_key(|(role, _)| ROLES.iter().position(|known| known == role).unwrap_or(ROLES.len()));
    let row = |(role, mut factors): (String, Vec<bool>)| {
        factors.sort_unstable_by(|a, b| b.cmp(a));
        let without = factors.iter().filter(|on| !**on).count();
        let pip = |on: &bool| view! { <i data-off=!on></i> };
        let pips = factors.iter().take(PIPS).map(pip).collect_view();
        let word = if without == 0 {
            view! { <span class="quiet">"all"</span> }.into_any()
        } else {
            view! { <Badge plain=true tone=Tone::Warning icon=Icon::Warning word=format!("{without} without")/> }
                .into_any()
        };
        view! {
            <tr>
                <td data-label="Role"><bdi>{role}</bdi></td>
                <td data-label="Members" data-kind="number">{factors.len()}</td>
                <td data-label="Second factor">
                    <span class="tally-two"><span class="pips" aria-hidden="true">{pips}</span> {word}</span>
                </td>
            </tr>
        }
    };
    view! {
        <table class="table tally">
            <caption class="visually-hidden">"Members by role and second factor"</caption>
            <thead>
                <tr><th scope="col">"Role"</th><th scope="col" data-kind="number">"Members"</th><th scope="col">"Second factor"</th></tr>
            </thead>
            <tbody>{roles.into_iter().map(row).collect_view()}</tbody>
        </table>
    }
    .into_any()
}

/// Supabase's own roles, the one that may most first.
const ROLES: [&str; 4] = ["Owner", "Administrator", "Developer", "Read-only"];
/// Dots of one role, at most.
const PIPS: usize = 12;
