//! What stands beside an organization's projects and people: what its plan allows, the repositories that its projects follow,
//! when maintenance may be, and how Steward reaches it. Each has a page of its own with the rest.

use leptos::prelude::*;
use management_api::{
    Entity, OperationId, Page,
    organizations::{
        Entitlement, Entitlements, GetOrganizationEntitlements, GithubConnection, ListGithubConnections,
        ListMaintenanceWindows, MaintenanceWindow,
    },
};

use super::{
    entitlements::{allowance, title},
    estate::weekly,
};
use crate::{
    backend::handle,
    components::{
        operation_form::why_not,
        query::{Query, ask, loaded, query},
        when::When,
    },
    connections::{Connection, Kind, State, Used},
    pages::connections::reach,
    paths,
    ui::{Badge, Card, Fact, Facts, Glyph, Icon, Shape, Tone, chart::grouped, link},
};

/// What is told of each, at most.
const SHOWN: usize = 5;

/// What of a plan people run into, the first of which it has are shown.
const ALLOWED: [&str; 8] = [
    "branching_limit",
    "instances.read_replicas",
    "pitr.available_variants",
    "backup.retention_days",
    "log.retention_days",
    "function.max_count",
    "function.size_limit_mb",
    "storage.max_file_size",
];

/// What is read for it, or why that is closed to the person.
pub struct Beside {
    entitlements: Result<Query<Entitlements>, String>,
    github: Result<Query<Page<GithubConnection>>, String>,
    windows: Result<Query<Page<MaintenanceWindow>>, String>,
    connections: Query<Vec<Connection>>,
}

impl Beside {
    /// Three calls at most, side by side.
    pub fn asked(slug: &str) -> Self {
        let slug = slug.to_owned();
        Self {
            entitlements: open(OperationId::GetOrganizationEntitlements, || {
                query(GetOrganizationEntitlements { slug: slug.clone() })
            }),
            github: open(OperationId::ListGithubConnections, || {
                query(ListGithubConnections {
                    slug: slug.clone(),
                    size: Some(100),
                    ..ListGithubConnections::default()
                })
            }),
            windows: open(OperationId::ListMaintenanceWindows, || {
                query(ListMaintenanceWindows { slug: slug.clone() })
            }),
            connections: ask(|| async { handle()?.connections().await }),
        }
    }

    /// How Steward reaches the organization, and the rest.
    pub fn cards(self, slug: &str) -> (impl IntoView + use<>, impl IntoView + use<>) {
        let all = paths::organization_entitlements(slug);
        let (estate, windows_of) = (paths::estate(slug), paths::estate(slug));
        let of = slug.to_owned();
        let connection = view! {
            <Card title="Use of the connection" actions=|| view! { <a class="more" href=paths::CONNECTIONS>"Connections"</a> }>
                {loaded("connection", self.connections, Shape::Facts, move |all| used(&of, all))}
            </Card>
        };
        let rest = view! {
            <div class="split">
                <Card title="What the plan allows" actions=|| view! { <a class="more" href=all>"All of it"</a> }>
                    {shown("entitlements", self.entitlements, Shape::Facts, allowed)}
                </Card>
                <div class="stack">
                    <Card title="Maintenance windows" actions=|| view! { <a class="more" href=windows_of>"All windows"</a> }>
                        {shown("maintenance", self.windows, Shape::Rows, |page| windows(page.data))}
                    </Card>
                    <Card title="GitHub" actions=|| view! { <a class="more" href=estate>"All repositories"</a> }>
                        {shown("github", self.github, Shape::Rows, |page| github(page.data))}
                    </Card>
                </div>
            </div>
        };
        (connection, rest)
    }
}

fn open<T>(operation: OperationId, read: impl FnOnce() -> Query<T>) -> Result<Query<T>, String>
where
    T: Send + Sync + 'static,
{
    match why_not(operation) {
        Some(why) => Err(why),
        None => Ok(read()),
    }
}

fn shown<T>(
    region: &'static str,
    read: Result<Query<T>, String>,
    shape: Shape,
    draw: impl FnOnce(T) -> AnyView + Send + 'static,
) -> AnyView
where
    T: Clone + serde::Serialize + serde::de::DeserializeOwned + Send + Sync + 'static,
{
    match read {
        Ok(read) => loaded(region, read, shape, draw),
        Err(why) => view! { <p class="reason">{why}</p> }.into_any(),
    }
}

fn hint(says: impl Into<String>) -> AnyView {
    let says: String = says.into();
    view! { <p class="hint">{says}</p> }.into_any()
}

fn facts(rows: impl IntoIterator<Item = (String, AnyView)>) -> AnyView {
    let rows: Vec<_> = rows
        .into_iter()
        .map(|(term, value)| view! { <Fact term=term>{value}</Fact> })
        .collect();
    view! { <Facts>{rows}</Facts> }.into_any()
}

fn allowed(answer: Entitlements) -> AnyView {
    let find = |key: &&str| answer.entitlements.iter().find(|one| one.feature.key == **key);
    let rows: Vec<&Entitlement> = ALLOWED.iter().filter_map(find).collect();
    if rows.is_empty() {
        return hint("Supabase tells nothing of it.");
    }
    let row = |one: &Entitlement| {
        let says = if one.has_access {
            allowance(one.config.as_ref()).unwrap_or_else(|| "Included".to_owned())
        } else {
            "Not included".to_owned()
        };
        (term(one), says.into_any())
    };
    facts(rows.into_iter().map(row))
}

/// What is allowed, without the unit that the allowance ends with.
fn term(one: &Entitlement) -> String {
    let title = title(&one.feature.key);
    let unit = one.config.as_ref().and_then(|config| config.unit.as_deref());
    let bare = title
        .rsplit_once(' ')
        .filter(|(_, last)| unit.is_some_and(|unit| unit.eq_ignore_ascii_case(last)));
    bare.map_or_else(|| title.clone(), |(bare, _)| bare.to_owned())
}

/// Where nothing is, why.
fn nothing(icon: Icon, says: &'static str) -> AnyView {
    view! { <p class="nothing"><Glyph icon/> {says}</p> }.into_any()
}

fn github(all: Vec<Entity<GithubConnection>>) -> AnyView {
    if all.is_empty() {
        return nothing(
            Icon::Branch,
            "No project follows a repository. Supabase\u{2019}s own dashboard connects one.",
        );
    }
    let left = all.len().saturating_sub(SHOWN);
    let row = |one: &Entity<GithubConnection>| {
        let branches = match one.new_branch_per_pr {
            Some(true) => ", a branch for each pull request",
            Some(false) => ", no branches by itself",
            None => "",
        };
        let project = link(&paths::project(&one.project.project), &one.project.name);
        view! {
            <li>
                <Glyph icon=Icon::Branch/>
                <p class="row-main"><b>{one.repository.name.clone()}</b><br/>{project} {branches}</p>
            </li>
        }
    };
    let left = (left > 0).then(|| view! { <li class="row-main">{format!("And {left} more.")}</li> });
    view! { <ul class="rows">{all.iter().take(SHOWN).map(row).collect_view()} {left}</ul> }.into_any()
}

fn windows(all: Vec<Entity<MaintenanceWindow>>) -> AnyView {
    if all.is_empty() {
        return nothing(Icon::Clock, "None: no project has a machine that could be restarted.");
    }
    let row = |one: &Entity<MaintenanceWindow>| {
        let next = match (&one.current_window, one.next_windows.first()) {
            (Some(open), _) => view! { "open until " <When at=open.end_at.clone()/> }.into_any(),
            (None, Some(next)) => view! { "next " <When at=next.start_at.clone()/> }.into_any(),
            (None, None) => ().into_any(),
        };
        view! {
            <li>
                <Glyph icon=Icon::Clock/>
                <p class="row-main"><b>{one.id.clone()}</b><br/>{weekly(&one.window)}</p>
                <p class="row-side">{next}</p>
            </li>
        }
    };
    view! { <ul class="rows">{all.iter().take(SHOWN).map(row).collect_view()}</ul> }.into_any()
}

/// The connection that reaches the organization: its own, else one for the whole account.
fn used(slug: &str, all: Vec<Connection>) -> AnyView {
    let own = all.iter().find(|one| one.organization.as_deref() == Some(slug));
    let Some(one) = own.or_else(|| all.iter().find(|one| one.organization.is_none())) else {
        return hint("Nothing reaches this organization. Connect it, and its pages fill.");
    };
    let kind = match one.kind {
        Kind::Grant => "OAuth grant",
        Kind::Token => "Access token",
        Kind::ScopedToken => "Access token with limits",
    };
    let state = match &one.state {
        State::Works => view! { <Badge plain=true tone=Tone::Neutral icon=Icon::Check word="Works"/> }.into_any(),
        State::Failing(_) => {
            view! { <Badge plain=true tone=Tone::Warning icon=Icon::Warning word="Failed the last time"/> }.into_any()
        }
        State::Dead => {
            view! { <Badge plain=true tone=Tone::Error icon=Icon::Error word="Supabase refuses it"/> }.into_any()
        }
    };
    let calls = match one.used.clone() {
        Some(Used { calls, last }) => {
            view! { {format!("{} since midnight in UTC, the last ", grouped(calls as f64))} <When at=last/> }.into_any()
        }
        None => "None since midnight in UTC".into_any(),
    };
    let mut rows = vec![
        ("By".to_owned(), view! { {kind} " " {state} }.into_any()),
        ("Calls".to_owned(), calls),
    ];
    let may = one.scopes.as_ref().map(|scopes| reach(scopes).into_any());
    rows.extend(may.map(|may| ("It may".to_owned(), may)));
    rows.extend(one.role.clone().map(|role| ("You are".to_owned(), role.into_any())));
    facts(rows)
}
