//! Addresses that may not connect to the database for now, because they failed to sign in too often.

use leptos::prelude::*;
use management_api::{
    OperationId,
    projects::{ListNetworkBansEnriched, NetworkBan},
};

use super::reference;
use crate::{
    components::{
        head::Head,
        list::{List, RowAction},
        query::{loaded, query},
    },
    page::{Group, Page},
    ui::{Choice, Empty, Icon, Shape},
};

pub const PAGE: Page = Page {
    route: "/projects/:ref/network-bans",
    title: "Banned addresses",
    icon: Icon::Shield,
    group: Some(Group::Secure),
    parent: Some(&super::overview::PAGE),
    operation: Some(OperationId::ListNetworkBansEnriched),
    sheet: None,
    view: || view! { <NetworkBans/> }.into_any(),
};

#[component]
pub fn NetworkBans() -> impl IntoView {
    let project = reference();
    let bans = query(ListNetworkBansEnriched {
        project: project.clone(),
    });
    view! {
        <Head page=&PAGE hint="Whoever fails to sign in to the database too often is kept out for a while."/>
        {loaded("bans", bans, Shape::Rows, move |answer| list(project).draw(answer.banned))}
    }
}

/// The bans of a project, with what narrows them.
fn list(project: String) -> List<NetworkBan> {
    plain(project)
        .search("Search addresses", |ban| {
            vec![ban.address.clone(), ban.identifier.clone()]
        })
        .filter("from", "Kind", |ban| Choice::new(&*ban.kind, &*ban.kind))
}

/// The bans of a project, each with the database that it is of.
pub fn plain(project: String) -> List<NetworkBan> {
    let path = PAGE.route.replace(":ref", &project);
    List::new(("address", "addresses"), path, |ban: &NetworkBan| format!("{}-{}", ban.address, ban.identifier))
        .column("Address", |ban| view! { <code>{ban.address.clone()}</code> })
        .column("Banned from", |ban| view! { <code>{ban.identifier.clone()}</code> })
        .column("Kind", |ban| ban.kind.clone())
        .actions(move |ban| {
            vec![RowAction {
                operation: OperationId::DeleteNetworkBans,
                label: "Lift the ban",
                of: ban.address.clone(),
                fields: vec![
                    ("ref", project.clone()),
                    ("ipv4_addresses", ban.address.clone()),
                    ("identifier", ban.identifier.clone()),
                ],
                thing: None,
            }]
        })
        .empty(|| view! {
            <Empty icon=Icon::Shield title="Nobody is banned" sentence="An address is banned after several sign-ins to the database that failed."/>
        })
}
