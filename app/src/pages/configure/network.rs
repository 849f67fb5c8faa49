//! From where the database can be reached, and who is kept out for now.

use leptos::prelude::*;
use management_api::{OperationId, projects::ListNetworkBansEnriched};

use crate::{
    components::{
        control::{Holds, control},
        operation_form::{FormState, OperationForm, ProjectRef},
        query::{loaded, query},
        settings::SettingsPage,
    },
    form::Form,
    page::{Group, Page, Sheet},
    pages::{
        parameter,
        projects::{self, bans},
    },
    paths, settings,
    ui::{Card, Frame, Icon, Shape},
};

pub const PAGE: Page = Page {
    route: "/projects/:ref/settings/network",
    title: "Network restrictions",
    icon: Icon::Lock,
    group: Some(Group::Secure),
    parent: Some(&projects::overview::PAGE),
    operation: Some(OperationId::GetNetworkRestrictions),
    sheet: Some(Sheet::Settings),
    view: || view! { <Network/> }.into_any(),
};

#[component]
fn Network() -> impl IntoView {
    let project = parameter("ref");
    let banned = query(ListNetworkBansEnriched {
        project: project.clone(),
    });
    let (of, bans_of) = (project.clone(), project.clone());
    view! {
        <SettingsPage area=&settings::network::AREA page=&PAGE project/>
        <div class="beside-settings stack">
            <Card title="One range more" hint="Is added to what is there by then, whatever that is, and takes nothing away.">
                {more(&of)}
            </Card>
            <Card title="Banned addresses" hint="Kept out for a while because they failed to sign in too often, whatever the ranges say.">
                {loaded("bans", banned, Shape::Rows, move |answer| bans::plain(bans_of).draw(answer.banned))}
            </Card>
        </div>
    }
}

/// Ranges that are let in beside the others, without a look at the lists.
fn more(project: &str) -> AnyView {
    let here = paths::settings(project, "network");
    let state = FormState::of(OperationId::PatchNetworkRestrictions, "");
    let field = |(name, label, help): (&'static str, &'static str, &str)| {
        let frame = Frame {
            help: help.to_owned(),
            error: state.error_of(name),
            ..Frame::new(name, label)
        };
        let holds = Holds {
            typed: state.typed(name),
            ..Holds::default()
        };
        let field = Form::of(OperationId::PatchNetworkRestrictions).field(name)?;
        Some(control(field, frame, holds))
    };
    let fields: Vec<_> = [
        (
            "add.dbAllowedCidrs",
            "IPv4 to be let in",
            "One a line, such as 203.0.113.0/24.",
        ),
        (
            "add.dbAllowedCidrsV6",
            "IPv6 to be let in",
            "One a line, such as 2001:db8::/32.",
        ),
    ]
    .into_iter()
    .filter_map(field)
    .collect();
    let reference = project.to_owned();
    view! {
        <OperationForm operation=OperationId::PatchNetworkRestrictions next=here.clone() back=here submit="Let them in">
            <ProjectRef reference/>
            {fields}
        </OperationForm>
    }
    .into_any()
}
