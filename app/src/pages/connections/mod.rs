//! Through what the person reaches Supabase: one grant for each organization, and personal tokens.

mod call_me;
mod reach;
mod row;
mod token;
mod told;

use leptos::prelude::*;

use self::{call_me::call_me, row::row, token::token_form, told::told};
use super::choice;
use crate::{
    backend::handle,
    components::{
        context::Context,
        head::Head,
        query::{ask, loaded},
    },
    connections::{Connection, Kind, State},
    page::{Group, Page, Sheet},
    paths,
    ui::{
        Icon, Notice, Shape, Tone,
        button::{Button, ButtonKind},
    },
};

pub use self::reach::reach;

/// In the address: the connection whose token is to be replaced.
const REPLACE: &str = "replace";
pub const PAGE: Page = Page {
    route: "/connections",
    title: "Connections",
    icon: Icon::Link,
    group: Some(Group::You),
    parent: None,
    operation: None,
    sheet: Some(Sheet::Settings),
    view: || view! { <Connections/> }.into_any(),
};

#[component]
pub fn Connections() -> impl IntoView {
    let connections = ask(|| async { handle()?.connections().await });
    let said = told(&choice("told"));
    view! {
        <Head page=&PAGE hint="How Steward reaches Supabase for you. Tokens never leave the server." actions=another/>
        {said.map(|(tone, title, text)| view! { <Notice tone title>{text}</Notice> })}
        {loaded("connections", connections, Shape::Rows, |all| drawn(sorted(all)))}
    }
}

/// The button to the consent page. `organization`: the slug that it is for, where it is for one.
pub fn connect(organization: Option<String>, return_to: String) -> impl IntoView {
    let oauth = Context::current().with(|page| page.oauth_sign_in);
    oauth.then(|| {
        let label = if organization.is_some() {
            "Connect it"
        } else {
            "Connect another organization"
        };
        view! {
            <form method="post" action=paths::CONNECT>
                <input type="hidden" name="return_to" value=return_to/>
                {organization.map(|slug| view! { <input type="hidden" name="organization" value=slug/> })}
                <Button kind=ButtonKind::Primary icon=Icon::Plus submit=true>{label}</Button>
            </form>
        }
    })
}

fn another() -> impl IntoView {
    connect(None, paths::CONNECTIONS.to_owned())
}

/// Those that do not work first.
fn sorted(mut all: Vec<Connection>) -> Vec<Connection> {
    all.sort_by_key(|one| match one.state {
        State::Dead => 0,
        State::Failing(_) => 1,
        State::Works => 2,
    });
    all
}

/// Above lists over all organizations: which of them is missing there, and why.
#[component]
pub fn Missing() -> impl IntoView {
    let missing = ask(|| async { handle()?.missing_connections().await });
    loaded("missing-connections", missing, Shape::Line, |missing| {
        let Some(missing) = missing else {
            return ().into_any();
        };
        let lines: Vec<_> = missing
            .broken
            .into_iter()
            .filter_map(|(name, state)| {
                let why = match state {
                    State::Works => return None,
                    State::Dead => "Supabase no longer accepts it.".to_owned(),
                    State::Failing(why) => why,
                };
                Some(view! { <p><bdi>{name}</bdi>": "{why}</p> })
            })
            .collect();
        view! {
            <Notice tone=Tone::Warning title=missing.said>
                {lines}
                <a class="link" href=paths::CONNECTIONS>"Your connections"</a>
            </Notice>
        }
        .into_any()
    })
}

/// Those that do not work first, then the others; beside them how they are used.
fn drawn(all: Vec<Connection>) -> AnyView {
    let (works, broken): (Vec<_>, Vec<_>) = all.into_iter().partition(|one| one.state == State::Works);
    let replaced = choice(REPLACE);
    let replaced = works
        .iter()
        .chain(&broken)
        .find(|one| one.id == replaced && one.kind != Kind::Grant);
    // What is being done stands first; what could be done, last.
    let (replacing, adding) = match replaced {
        Some(one) => (Some(token_form(Some(one))), None),
        None => (None, Some(token_form(None))),
    };
    view! {
        <div class="connections-page">
            <div>{replacing} {section("Not working", broken)} {section("Working", works)} {adding} {call_me()}</div>
            {margin()}
        </div>
    }
    .into_any()
}

fn section(title: &'static str, connections: Vec<Connection>) -> Option<impl IntoView> {
    let count = connections.len();
    (count > 0).then(|| {
        let rows: Vec<_> = connections.into_iter().map(row).collect();
        view! {
            <section aria-label=title>
                <h2 class="connections-title">{title} " " <span class="count">{count}</span></h2>
                <ul class="connections">{rows}</ul>
            </section>
        }
    })
}

fn margin() -> impl IntoView {
    const HELP: [(&str, &str); 4] = [
        (
            "Which one is used",
            "The one that covers the project\u{2019}s organization; a grant before a token. The audit names it.",
        ),
        (
            "Another organization",
            "A grant covers one organization, chosen on Supabase\u{2019}s own page. Come back here for the next.",
        ),
        (
            "When one stops working",
            "You stay signed in by the others, and lists say what they lack.",
        ),
        (
            "Disconnecting",
            "Steward forgets it and asks Supabase to revoke it. Nobody else is affected.",
        ),
    ];
    let help: Vec<_> = HELP
        .into_iter()
        .map(|(term, says)| view! { <div><dt>{term}</dt><dd>{says}</dd></div> })
        .collect();
    view! { <aside class="margin" aria-label="How connections are used"><dl>{help}</dl></aside> }
}
