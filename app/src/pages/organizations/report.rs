//! The report on an organization's members: who has no second factor, and who may do what in which project.

use leptos::prelude::*;
use management_api::{Entity, OperationId, organizations::MemberDetail};

use super::{members, roles, slug};
use crate::{
    components::{
        head::Head,
        list::List,
        query::{ask, loaded},
    },
    members::{Reach, name, reach},
    page::{Page, Sheet},
    paths,
    server_fns::members::{Roster, roster_of},
    ui::{ButtonLink, Card, Empty, Fact, Facts, Icon, Notice, Shape, Tone, row_link},
};

pub const PAGE: Page = Page {
    route: "/organizations/:slug/members/report",
    title: "Members report",
    icon: Icon::Shield,
    group: None,
    parent: Some(&members::PAGE),
    operation: Some(OperationId::ListMembers),
    sheet: Some(Sheet::Configure),
    view: || view! { <Report/> }.into_any(),
};

/// Names in one cell.
const NAMES: usize = 6;

#[component]
fn Report() -> impl IntoView {
    let slug = slug();
    let roster = {
        let slug = slug.clone();
        ask(move || roster_of(slug.clone()))
    };
    let file = paths::members_file(&slug);
    view! {
        <Head
            page=&PAGE
            hint="As Supabase tells it now. Second factors at a company\u{2019}s own sign-on are the company\u{2019}s, and are not told."
            actions=move || view! { <ButtonLink href=file icon=Icon::Download>"As CSV"</ButtonLink> }
        />
        {loaded("report", roster, Shape::Rows, move |roster| drawn(&slug, roster))}
    }
}

fn is_owner(member: &Entity<MemberDetail>) -> bool {
    member
        .roles
        .iter()
        .any(|role| !role.is_limited() && role.name == "owner")
}

fn drawn(slug: &str, roster: Roster) -> AnyView {
    let Roster { team, projects } = roster;
    let notes = members::notes(&team);
    let owners: Vec<_> = team
        .members
        .iter()
        .filter(|member| is_owner(member))
        .map(name)
        .collect();
    let without: Vec<_> = team
        .members
        .iter()
        .filter(|member| member.mfa_enabled == Some(false))
        .cloned()
        .collect();
    let unknown = team
        .members
        .iter()
        .filter(|member| member.mfa_enabled.is_none())
        .count();
    let careless = without.iter().filter(|member| is_owner(member)).count();
    let worst = (careless > 0).then(|| {
        let title = match careless {
            1 => "An owner has no second factor".to_owned(),
            many => format!("{many} owners have no second factor"),
        };
        view! { <Notice tone=Tone::Warning title>"Whoever has their password can do everything here, hand the organization over included."</Notice> }
    });
    let alone = (owners.len() == 1)
        .then(|| view! { <Fact term="If the owner leaves">"Nobody else can hand out ownership."</Fact> });
    let (count, off, owned) = (team.members.len(), counted(without.len(), unknown), some(&owners));
    let facts = view! {
        <Facts>
            <Fact term="Members">{count}</Fact>
            <Fact term="Without a second factor">{off}</Fact>
            <Fact term="Owners"><bdi>{owned}</bdi></Fact>
            {alone}
        </Facts>
    };
    let reach = match projects {
        Ok(projects) => by_project(slug).draw(reach(&team.members, &projects)),
        Err(error) => {
            view! { <p class="hint">{format!("The organization\u{2019}s projects are not known: {error}")}</p> }
                .into_any()
        }
    };
    view! {
        <div class="stack">
            {notes}
            {worst}
            <Card title="In short"><div data-region="facts">{facts}</div></Card>
            <section class="part" aria-labelledby="without">
                <div class="part-head"><h2 id="without">"Without a second factor"</h2></div>
                {list(slug).draw(without)}
            </section>
            <section class="part" aria-labelledby="reach">
                <div class="part-head"><h2 id="reach">"Who may do what in which project"</h2></div>
                {reach}
            </section>
        </div>
    }
    .into_any()
}

fn counted(without: usize, unknown: usize) -> String {
    match unknown {
        0 => without.to_string(),
        unknown => format!("{without}, and {unknown} of whom it is not told"),
    }
}

/// The first names, and how many more there are.
fn some(names: &[String]) -> String {
    match names.len().saturating_sub(NAMES) {
        _ if names.is_empty() => "Nobody".to_owned(),
        0 => names.join(", "),
        more => format!("{} and {more} more", names[..NAMES].join(", ")),
    }
}

fn list(slug: &str) -> List<Entity<MemberDetail>> {
    let links = slug.to_owned();
    List::new(
        ("member without", "members without"),
        paths::members_report(slug),
        |member: &Entity<MemberDetail>| member.id.clone(),
    )
    .column("Member", move |member| {
        row_link(&paths::member(&links, &member.id), &name(member))
    })
    .column("In the organization", |member| roles::everywhere(member))
    .column("In single projects", |member| {
        let limited: Vec<_> = roles::limited(member).map(roles::within).collect();
        if limited.is_empty() { "\u{2014}".to_owned() } else { limited.join("; ") }
    })
    .empty(|| view! { <Empty icon=Icon::Shield title="Nobody is without" sentence="Everybody of whom it is told has a second factor."/> })
}

fn by_project(slug: &str) -> List<Reach> {
    List::new(("project", "projects"), paths::members_report(slug), |reach: &Reach| {
        reach.project.project.clone()
    })
    .column("Project", |reach| {
        row_link(&paths::project(&reach.project.project), &reach.project.name)
    })
    .column("Owners and administrators", |reach| some(&reach.administer))
    .column("Developers", |reach| some(&reach.develop))
    .column("Others who look", |reach| some(&reach.look))
    .empty(|| view! { <Empty icon=Icon::Project title="No project" sentence="The organization has none yet."/> })
}
