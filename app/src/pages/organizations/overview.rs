//! One organization at a glance: its plan, its people, its newest projects.

use leptos::prelude::*;
use management_api::{
    OperationId,
    organizations::{GetOrganization, ListOrganizationMembers, Member, OrganizationDetail},
    projects::ListOrganizationProjects,
};

use super::{projects::list, slug};
use crate::{
    components::head::Head,
    components::{
        context::Context,
        query::{loaded, query},
    },
    islands::place_name::PlaceName,
    page::{Group, Page},
    paths,
    ui::{ButtonKind, ButtonLink, Card, Fact, Facts, Icon, Shape},
};

pub const PAGE: Page = Page {
    route: "/organizations/:slug",
    title: "Overview",
    icon: Icon::Organization,
    group: Some(Group::Top),
    parent: Some(&super::list::PAGE),
    operation: Some(OperationId::GetOrganization),
    view: || view! { <OrganizationOverview/> }.into_any(),
};

#[component]
pub fn OrganizationOverview() -> impl IntoView {
    let slug = slug();
    let organization = query(GetOrganization { slug: slug.clone() });
    let members = query(ListOrganizationMembers { slug: slug.clone() });
    let projects = query(ListOrganizationProjects {
        slug: slug.clone(),
        offset: 0,
        limit: 5,
        search: String::new(),
        sort: None,
        statuses: String::new(),
    });
    let new = paths::new_project_in(&slug);

    view! {
        <Head
            page=&PAGE
            actions=move || view! { <ButtonLink href=new kind=ButtonKind::Primary icon=Icon::Plus>"New project"</ButtonLink> }
        />
        // Without the organization there is nothing else to say, and one error says it.
        {loaded("overview", organization, Shape::Facts, move |organization| {
            let facts = facts(&slug, organization);
            let people = loaded("members", members, Shape::Facts, people);
            let of = slug.clone();
            let projects = loaded("projects", projects, Shape::Rows, move |page| list(&of).draw(page.projects));
            let (all, everybody) = (paths::organization_projects(&slug), paths::organization_members(&slug));
            view! {
                <div class="columns">
                    <Card title="Organization"><div data-region="organization">{facts}</div></Card>
                    <Card title="Members" actions=|| view! { <ButtonLink href=everybody small=true>"All members"</ButtonLink> }>
                        {people}
                    </Card>
                </div>
                <Card title="Projects" actions=|| view! { <ButtonLink href=all small=true>"All projects"</ButtonLink> }>
                    {projects}
                </Card>
            }
            .into_any()
        })}
    }
}

fn facts(slug: &str, organization: OrganizationDetail) -> AnyView {
    let billing = Context::current().with(|page| format!("{}/org/{slug}/billing", page.dashboard_url));
    let slug = slug.to_owned();
    let shared = if organization.opt_in_tags.is_empty() {
        "Nothing".to_owned()
    } else {
        organization
            .opt_in_tags
            .join(", ")
            .replace("_OPT_IN", "")
            .replace('_', " ")
            .to_lowercase()
    };
    view! {
        <PlaceName key=slug.clone() name=organization.name.clone()/>
        <Facts>
            <Fact term="Name"><bdi>{organization.name}</bdi></Fact>
            <Fact term="Slug"><code>{slug}</code></Fact>
            <Fact term="Plan">
                <span class="plan">{organization.plan.unwrap_or_else(|| "Not told".to_owned())}</span>
                " "
                <a class="link" href=billing target="_blank" rel="noopener noreferrer">"Change in Supabase"</a>
            </Fact>
            <Fact term="Shared with the assistant">{shared}</Fact>
            <Fact term="Release channels">{organization.allowed_release_channels.join(", ")}</Fact>
        </Facts>
    }
    .into_any()
}

fn people(members: Vec<Member>) -> AnyView {
    let with_mfa = members.iter().filter(|member| member.mfa_enabled).count();
    let without = members.len() - with_mfa;
    let owners = members.iter().filter(|member| member.role_name == "Owner").count();
    view! {
        <Facts>
            <Fact term="Members">{members.len()}</Fact>
            <Fact term="Owners">{owners}</Fact>
            <Fact term="With a second factor">{with_mfa}</Fact>
            <Fact term="Without a second factor">{without}</Fact>
        </Facts>
    }
    .into_any()
}
