//! Through what the person reaches Supabase: one grant for each organization, and personal tokens.

use std::collections::BTreeSet;

use leptos::prelude::*;
use management_api::{OperationId, permission_title};
use time::OffsetDateTime;

use super::choice;
use crate::{
    backend::handle,
    components::{
        context::Context,
        head::Head,
        query::{ask, loaded},
        when::{To, When, date, read},
    },
    connections::{Connection, Kind, State, Used},
    page::{Group, Page, Sheet},
    paths,
    ui::{
        Badge, Glyph, Icon, Notice, Shape, Tone,
        button::{Button, ButtonKind, ButtonLink},
        card::Card,
        chart::grouped,
        field::TextField,
    },
};

/// In the address: the connection whose token is to be replaced.
const REPLACE: &str = "replace";
/// Days before its end from which on a token's end is told by a badge.
const SOON: i64 = 30;

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

/// What `?told=` says.
fn told(word: &str) -> Option<(Tone, &'static str, &'static str)> {
    Some(match word {
        "connected" => (
            Tone::Success,
            "Connected",
            "What it covers is in your lists from now on.",
        ),
        "again" => (
            Tone::Success,
            "Connected again",
            "The older access to the same organization was replaced.",
        ),
        "replaced" => (
            Tone::Success,
            "Replaced",
            "The new token is used from now on. The older one still works: delete it in Supabase\u{2019}s dashboard, under Account, Access Tokens.",
        ),
        "gone" => (
            Tone::Error,
            "There is no such token here any more",
            "It was disconnected meanwhile. Add the new one by itself.",
        ),
        "end-refused" => (
            Tone::Error,
            "That is no day",
            "Give the day on which the token ends as year, month and day, such as 2026-12-05; or leave it out.",
        ),
        "removed" => (
            Tone::Success,
            "Disconnected",
            "Steward has forgotten it, and Supabase has ended it.",
        ),
        "removed-later" => (
            Tone::Warning,
            "Disconnected; Supabase does not know it yet",
            "Supabase could not be reached to revoke it. Nobody can use it here any more, and Steward keeps trying for a day.",
        ),
        "removed-token" => (
            Tone::Info,
            "Steward has forgotten the token; it still works",
            "Only you can end it: delete it in Supabase\u{2019}s dashboard, under Account, Access Tokens.",
        ),
        "named" => (Tone::Success, "Named", "Audit rows from now on carry the name."),
        "name-refused" => (Tone::Error, "That name does not fit", "Give 1 to 80 characters."),
        "another-person" => (
            Tone::Error,
            "That is somebody else\u{2019}s",
            "Supabase says that it belongs to another account than yours. Everything is written down with your name, so it was not added.",
        ),
        "consent-denied" => (
            Tone::Error,
            "Access was declined",
            "Nothing was added; the others are as they were.",
        ),
        "expired-code" => (
            Tone::Error,
            "That took too long",
            "Supabase\u{2019}s confirmation had expired. Start again.",
        ),
        "unavailable" => (
            Tone::Error,
            "Supabase cannot be reached",
            "Try again in a minute. The others are as they were.",
        ),
        "not-configured" => (
            Tone::Error,
            "This console cannot do that",
            "Supabase does not accept its client id, secret or redirect address, or the way is switched off. Tell whoever runs it.",
        ),
        "token-refused" => (
            Tone::Error,
            "The token was not accepted",
            "Check that it was copied whole and has not been deleted. A token that may not list projects needs the refs of its projects.",
        ),
        "revoked" => (Tone::Error, "Supabase refused what it had just given", "Start again."),
        _ => return None,
    })
}

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

fn row(one: Connection) -> AnyView {
    let (tone, icon, word, why) = match &one.state {
        State::Works => (Tone::Success, Icon::CheckCircle, "Works", None),
        State::Failing(why) => (Tone::Warning, Icon::Warning, "Not answering", Some(why.clone())),
        State::Dead => (
            Tone::Error,
            Icon::Error,
            "Disconnected",
            Some(
                "Supabase refuses it: it was revoked there, or has ended. You stay signed in by the others; its projects are \
                 missing from your lists."
                    .to_owned(),
            ),
        ),
    };
    let kind = match one.kind {
        Kind::Grant => "OAuth grant",
        Kind::Token => "Personal token",
        Kind::ScopedToken => "Scoped token",
    };
    let key = one.organization.clone().or_else(|| one.mark.clone());
    let mark = if one.kind == Kind::Grant {
        Icon::Organization
    } else {
        Icon::Key
    };
    let left = days_left(&one);
    let ends = left.filter(|days| *days <= SOON).map(|days| {
        let (tone, word) = match days {
            ..0 => (Tone::Error, "Has ended".to_owned()),
            0 => (Tone::Warning, "Ends today".to_owned()),
            1 => (Tone::Warning, "Ends tomorrow".to_owned()),
            days => (Tone::Warning, format!("Ends in {days} days")),
        };
        view! { <Badge tone icon=Icon::Clock word/> }
    });
    let is_token = one.kind != Kind::Grant && Context::current().with(|page| page.token_sign_in);
    let replace = is_token.then(|| {
        view! { <ButtonLink small=true href=paths::replace_token(&one.id)>"Replace"</ButtonLink> }
    });
    let again = (one.state == State::Dead && one.kind == Kind::Grant)
        .then(|| connect(one.organization.clone(), paths::CONNECTIONS.to_owned()));
    view! {
        <li class="connection" data-dead=(one.state == State::Dead).then_some("")>
            <span class="connection-mark"><Glyph icon=mark/></span>
            <div class="connection-main">
                <p class="connection-name">
                    <strong><bdi>{one.name.clone()}</bdi></strong>
                    <Badge tone icon word/>
                    {ends}
                    <span class="connection-kind">{kind} " " {key.map(|key| view! { <code>{key}</code> })}</span>
                </p>
                {why.map(|why| view! { <p class="connection-why">{why}</p> })}
                {facts(&one)}
                {may(&one)}
            </div>
            <div class="actions">
                {again}
                {replace}
                <form method="post" action=paths::DISCONNECT>
                    <input type="hidden" name="connection" value=one.id.clone()/>
                    <Button small=true submit=true>"Disconnect"</Button>
                </form>
            </div>
        </li>
    }
    .into_any()
}

fn facts(one: &Connection) -> impl IntoView + use<> {
    let projects = match (one.projects.as_slice(), one.covered) {
        _ if one.limited_to.is_some() => {
            let refs = one.limited_to.as_deref().unwrap_or_default();
            format!("Only {}", refs.join(", "))
        }
        ([], Some(count)) if one.state == State::Dead => format!("{count}, none reachable"),
        ([], Some(count)) => count.to_string(),
        ([], None) => "Not told".to_owned(),
        (typed, _) => typed.join(", "),
    };
    let role = one.role.clone().unwrap_or_else(|| "Not told".to_owned());
    let renewed = match one.refreshed.clone() {
        Some(at) => view! { <When at/> }.into_any(),
        None => "Never".into_any(),
    };
    let ends = one
        .ends
        .as_deref()
        .map(|day| view! { <div><dt>"Ends"</dt><dd>{date(day)}</dd></div> });
    let used = match one.used.clone() {
        Some(Used { calls, last }) => {
            let calls = if calls == 1 {
                "1 call today, ".to_owned()
            } else {
                format!("{} calls today, last ", grouped(calls as f64))
            };
            view! { {calls} <When at=last/> }.into_any()
        }
        None => "Not today".into_any(),
    };
    let since = one.since.clone();
    view! {
        <dl class="connection-facts">
            <div><dt>"Projects"</dt><dd>{projects}</dd></div>
            <div><dt>"Your role"</dt><dd>{role}</dd></div>
            <div><dt>"Since"</dt><dd><When at=since to=To::Day/></dd></div>
            <div><dt>"Renewed"</dt><dd>{renewed}</dd></div>
            {ends}
            <div><dt>"Used"</dt><dd>{used}</dd></div>
        </dl>
    }
}

/// What it was given, area by area; or what it was seen to lack.
fn may(one: &Connection) -> AnyView {
    let lacks: Vec<String> = one
        .lacks
        .iter()
        .map(|id| permission_title(id).unwrap_or_else(|| id.clone()))
        .collect();
    let lacks = (!lacks.is_empty()).then(|| {
        view! {
            <p class="connection-why">
                "Lacks " {lacks.join(", ")} ". Its access cannot be edited: make a new token with it in Supabase\u{2019}s dashboard, under Account, Access Tokens, and add that."
            </p>
        }
    });
    let reach = match &one.scopes {
        Some(given) => scopes(given).into_any(),
        None if one.kind == Kind::Token => view! { <p class="hint">"May what you may."</p> }.into_any(),
        None => {
            view! { <p class="hint">"What it may is not told; what it lacks is seen when Supabase refuses it."</p> }
                .into_any()
        }
    };
    view! { {reach} {lacks} }.into_any()
}

/// What scopes there are to give, and what of each was given.
fn given_of(given: &[String]) -> Vec<(&'static str, Given)> {
    let all: BTreeSet<&str> = OperationId::ALL.iter().filter_map(|id| id.row().scope).collect();
    let areas: BTreeSet<&str> = all.iter().filter_map(|scope| Some(scope.split_once(':')?.0)).collect();
    let has = |area: &str, what: &str| given.iter().any(|scope| scope.split_once(':') == Some((area, what)));
    let of = |area: &'static str| match (has(area, "read"), has(area, "write")) {
        (_, true) => (area, Given::Change),
        (true, false) => (area, Given::Read),
        (false, false) => (area, Given::Nothing),
    };
    areas.into_iter().map(of).collect()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Given {
    Read,
    Change,
    Nothing,
}

/// How far scopes reach, as in "read 2 and change 9 of 11 areas".
pub fn reach(given: &[String]) -> String {
    let areas = given_of(given);
    let count = |of: Given| areas.iter().filter(|(_, given)| *given == of).count();
    let (reads, changes) = (count(Given::Read), count(Given::Change));
    format!("read {reads} and change {changes} of {} areas", areas.len())
}

fn scopes(given: &[String]) -> impl IntoView + use<> {
    let row = |(area, given): (&str, Given)| {
        let (icon, says, off) = match given {
            Given::Change => (Icon::Edit, "read and change", None),
            Given::Read => (Icon::Eye, "read", None),
            Given::Nothing => (Icon::Skipped, "nothing", Some("")),
        };
        let words = area.replace('_', " ");
        view! { <li data-off=off><Glyph icon/><span class="reach-area">{words}</span><span class="hint">{says}</span></li> }
    };
    let rows: Vec<_> = given_of(given).into_iter().map(row).collect();
    let says = format!("May {}", reach(given));
    view! {
        <details class="reach">
            <summary><Glyph icon=Icon::ChevronRight/>{says}</summary>
            <ul class="reach-list">{rows}</ul>
        </details>
    }
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

/// Days until a token ends, as far as its owner said when that is; fewer than none: it has ended.
fn days_left(one: &Connection) -> Option<i64> {
    let end = read(one.ends.as_deref()?)?.date();
    Some((end - OffsetDateTime::now_utc().date()).whole_days())
}

/// Where a token is given: one more, or one in the place of `replaced`.
fn token_form(replaced: Option<&Connection>) -> impl IntoView + use<> {
    let token = Context::current().with(|page| page.token_sign_in);
    let (title, hint, submit) = match replaced {
        Some(one) => (
            format!("Replace {}", one.mark.as_deref().unwrap_or(&one.name)),
            "The new token takes the place of the older one once Supabase has accepted it. Its access cannot be changed, \
             so this is how it is given more, or less.",
            "Replace the token",
        ),
        None => (
            "Add a personal token".to_owned(),
            "For what no grant covers, such as creating an organization.",
            "Add the token",
        ),
    };
    let projects = replaced.map(|one| one.projects.join(" ")).unwrap_or_default();
    let id = replaced.map(|one| one.id.clone());
    let back = id
        .is_some()
        .then(|| view! { <ButtonLink href=paths::CONNECTIONS>"Keep the older one"</ButtonLink> });
    token.then(|| {
        view! {
            <Card title hint>
                <form class="form" method="post" action=paths::CONNECT_TOKEN>
                    {id.map(|id| view! { <input type="hidden" name="replaces" value=id/> })}
                    <TextField
                        name="token"
                        label="Personal access token"
                        hint="It is kept encrypted on the server and never shown again."
                        kind="password"
                        required=true
                        autocomplete="off"
                    />
                    <TextField
                        name="projects"
                        label="Refs of its projects"
                        hint="Only for a scoped token that may not list projects; with spaces between."
                        value=projects
                        mono=true
                    />
                    <TextField
                        name="ends"
                        label="The day it ends"
                        hint="As Supabase\u{2019}s dashboard shows it there. Supabase tells it to nobody else, so Steward can only warn you if you say it."
                        kind="date"
                    />
                    <div class="form-actions">{back}<Button submit=true>{submit}</Button></div>
                </form>
            </Card>
        }
    })
}

/// Where Supabase does not tell who somebody is, they say how they are to be called. It is a name and no proof.
fn call_me() -> impl IntoView {
    let viewer = Context::current().with(|page| page.viewer.clone());
    viewer.filter(|viewer| viewer.email.is_none()).map(|viewer| {
        view! {
            <Card title="What you are called" hint="Supabase does not tell who you are with this access. The audit names you so, and the mark of your sign-in stays beside it.">
                <form class="form" method="post" action=paths::CALL_ME>
                    <TextField name="name" label="Name" value=viewer.username.unwrap_or_default() maxlength=80 required=true/>
                    <div class="form-actions"><Button submit=true>"Save"</Button></div>
                </form>
            </Card>
        }
    })
}
