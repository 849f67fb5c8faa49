//! From where the database can be reached, and who is kept out for now.

use leptos::prelude::*;
use management_api::{
    OperationId,
    projects::{GetNetworkRestrictions, ListNetworkBansEnriched, NetworkRestrictions},
};

use crate::{
    components::{
        control::{Holds, control},
        operation_form::{FormState, OperationForm, ProjectRef},
        query::{loaded, query},
        settings::SettingsPage,
        when::When,
    },
    form::Form,
    page::{Group, Page, Sheet},
    pages::{
        parameter,
        projects::{self, bans},
    },
    paths, settings,
    ui::{Badge, ButtonKind, Card, Frame, Icon, Shape, Tone},
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
    let restrictions = query(GetNetworkRestrictions {
        project: project.clone(),
    });
    let (of, bans_of, waits_of) = (project.clone(), project.clone(), project.clone());
    view! {
        <SettingsPage area=&settings::network::AREA page=&PAGE project/>
        <div class="beside-settings stack">
            {loaded("waiting", restrictions, Shape::Line, move |restrictions| {
                let standing = standing(&restrictions);
                view! { {standing} {waiting(&waits_of, restrictions)} }.into_any()
            })}
            <Card title="One range more" hint="Is added to what is there by then, whatever that is, and takes nothing away.">
                {more(&of)}
            </Card>
            <Card title="Banned addresses" hint="Kept out for a while because they failed to sign in too often, whatever the ranges say.">
                {loaded("bans", banned, Shape::Rows, move |answer| bans::plain(bans_of).draw(answer.banned))}
            </Card>
        </div>
    }
}

/// Whether the ranges hold, and whether the plan has any; in the service's word where that is a newer one.
fn standing(restrictions: &NetworkRestrictions) -> AnyView {
    let (tone, icon, word) = match restrictions.status.as_str() {
        "applied" => (Tone::Success, Icon::CheckCircle, "The ranges hold".to_owned()),
        "stored" => (Tone::Warning, Icon::Clock, "Stored, and not in force yet".to_owned()),
        other => (Tone::Neutral, Icon::Question, other.to_owned()),
    };
    let since = restrictions.applied_at.clone();
    let since = since.map(|at| view! { <span class="quiet">" since " <When at/></span> });
    let plan = (restrictions.entitlement == "disallowed").then(|| {
        view! { <p class="hint">"The organization\u{2019}s plan has no network restrictions, so Supabase refuses changes."</p> }
    });
    view! { <div><p><Badge plain=true tone icon word/> {since}</p> {plan}</div> }.into_any()
}

/// A change that was never applied, and what becomes of it. Nothing where none waits; what keeps it from being known, the
/// settings say.
fn waiting(project: &str, restrictions: NetworkRestrictions) -> Option<AnyView> {
    let (config, at) = (restrictions.pending_config?, restrictions.pending_requested_at?);
    let ranges: Vec<_> = config
        .v4
        .into_iter()
        .chain(config.v6)
        .map(|range| view! { <li><code>{range}</code></li> })
        .collect();
    let ranges = if ranges.is_empty() {
        view! { <p>"No range at all: nobody could connect."</p> }.into_any()
    } else {
        view! { <ul>{ranges}</ul> }.into_any()
    };
    let settle = |action: &'static str, submit, kind| {
        let (here, reference, at) = (paths::settings(project, "network"), project.to_owned(), at.clone());
        view! {
            <OperationForm operation=OperationId::ReviewNetworkRestrictions id=action.to_owned() next=here.clone() back=here submit kind>
                <ProjectRef reference/>
                <input type="hidden" name="action" value=action/>
                <input type="hidden" name="requested_at" value=at/>
            </OperationForm>
        }
    };
    let since = at.clone();
    let (apply, reject) = (
        settle("apply", "Apply it", ButtonKind::Primary),
        settle("reject", "Give it up", ButtonKind::Secondary),
    );
    Some(
        view! {
            <Card title="A change waits" hint="It was asked for while the database could not take it, and was never applied. It would let in:">
                {ranges}
                <p class="hint">"Asked for " <When at=since/></p>
                {apply}
                {reject}
            </Card>
        }
        .into_any(),
    )
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
