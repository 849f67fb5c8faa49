//! One organization at a glance: its plan, its people, its newest projects.

use leptos::prelude::*;
use leptos_meta::Title;
use management_api::{
    organizations::{GetOrganization, ListOrganizationMembers, Member, OrganizationDetail},
    projects::ListOrganizationProjects,
};

use super::{projects::table, slug};
use crate::{
    components::{
        page::Page,
        place_name::PlaceName,
        query::{loaded, query},
    },
    paths,
    ui::{ButtonKind, ButtonLink, Card, Fact, Facts, Icon, PageHeader, Shape},
};

#[component]
pub fn OrganizationOverview() -> impl IntoView {
    let slug = slug();
    let organization = query(move || GetOrganization { slug: slug() });
    let members = query(move || ListOrganizationMembers { slug: slug() });
    let projects = query(move || ListOrganizationProjects {
        slug: slug(),
        offset: 0,
        limit: 5,
        search: String::new(),
        statuses: String::new(),
    });
    PlaceName::tell(organization, move |organization| (slug(), organization.name.clone()));

    view! {
        <Title text=move || format!("Overview \u{b7} {}", slug())/>
        <PageHeader
            title="Overview"
            actions=move || view! { <ButtonLink href=paths::new_project_in(&slug()) kind=ButtonKind::Primary icon=Icon::Plus>"New project"</ButtonLink> }
        />
        <div class="columns">
            <Card title="Organization">{loaded(organization, Shape::Facts, move |organization| facts(slug(), organization))}</Card>
            <Card
                title="Members"
                actions=move || view! { <ButtonLink href=paths::organization_members(&slug()) small=true>"All members"</ButtonLink> }
            >
                {loaded(members, Shape::Facts, people)}
            </Card>
        </div>
        <Card
            title="Projects"
            actions=move || view! { <ButtonLink href=paths::organization_projects(&slug()) small=true>"All projects"</ButtonLink> }
        >
            {loaded(projects, Shape::Rows, move |page| table(&slug(), page.projects))}
        </Card>
    }
}

fn facts(slug: String, organization: OrganizationDetail) -> AnyView {
    let billing = Page::current().with(|page| format!("{}/org/{slug}/billing", page.dashboard_url));
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
