//! Through what the person reaches Supabase: one grant for each organization, and personal tokens.

use leptos::prelude::*;

use super::choice;
use crate::{
    backend::handle,
    components::{
        context::Context,
        head::Head,
        list::List,
        query::{ask, loaded},
        when::When,
    },
    connections::{Connection, Kind, State, permission},
    page::{Group, Page},
    paths,
    ui::{
        Badge, Icon, Notice, Shape, Tone,
        button::{Button, ButtonKind},
        card::Card,
        field::TextField,
    },
};

pub const PAGE: Page = Page {
    route: "/connections",
    title: "Connections",
    icon: Icon::Link,
    group: Some(Group::You),
    parent: None,
    operation: None,
    sheet: None,
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
        {loaded("connections", connections, Shape::Rows, |all| list().draw(sorted(all)))}
        {add_token()}
        {call_me()}
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
    let connections = ask(|| async { handle()?.connections().await });
    loaded("missing-connections", connections, Shape::Line, |all| {
        let (count, works) = (all.len(), all.iter().filter(|one| one.state == State::Works).count());
        if count < 2 || works == count {
            return ().into_any();
        }
        let lines: Vec<_> = all
            .into_iter()
            .filter_map(|one| {
                let why = match one.state {
                    State::Works => return None,
                    State::Dead => "Supabase no longer accepts it.".to_owned(),
                    State::Failing(why) => why,
                };
                Some(view! { <p><bdi>{one.name}</bdi>": "{why}</p> })
            })
            .collect();
        view! {
            <Notice tone=Tone::Warning title=format!("{works} of {count} connections work")>
                {lines}
                <a class="link" href=paths::CONNECTIONS>"Your connections"</a>
            </Notice>
        }
        .into_any()
    })
}

fn list() -> List<Connection> {
    List::new(("connection", "connections"), paths::CONNECTIONS, |one: &Connection| one.id.clone())
        .column("Connection", |one| view! { <bdi>{one.name.clone()}</bdi> })
        .column("State", |one| match &one.state {
            State::Works => view! { <Badge plain=true tone=Tone::Success icon=Icon::CheckCircle word="Works"/> }.into_any(),
            State::Failing(why) => view! {
                <Badge plain=true tone=Tone::Warning icon=Icon::Warning word="Not answering"/>
                <p class="hint">{why.clone()}</p>
            }
            .into_any(),
            State::Dead => view! {
                <Badge plain=true tone=Tone::Error icon=Icon::Error word="Disconnected"/>
                <p class="hint">"Supabase refuses it: it was revoked there, or has ended. Its projects are missing from your lists."</p>
            }
            .into_any(),
        })
        .column("Kind", |one| match one.kind {
            Kind::Grant => "OAuth grant",
            Kind::Token => "Personal token",
            Kind::ScopedToken => "Scoped token",
        })
        .column("Projects", |one| match (one.projects.as_slice(), one.covered) {
            ([], Some(count)) => count.to_string(),
            ([], None) => "Not told".to_owned(),
            (typed, _) => typed.join(", "),
        })
        .column("May", may)
        .column("Since", |one| view! { <When at=one.since.clone()/> })
        .column("Renewed", |one| match one.refreshed.clone() {
            Some(at) => view! { <When at/> }.into_any(),
            None => "Never".into_any(),
        })
        .buttons("Actions", |one| {
            let again = (one.state == State::Dead && one.kind == Kind::Grant)
                .then(|| connect(one.organization.clone(), paths::CONNECTIONS.to_owned()));
            view! {
                {again}
                <form method="post" action=paths::DISCONNECT>
                    <input type="hidden" name="connection" value=one.id.clone()/>
                    <Button small=true submit=true>"Disconnect"</Button>
                </form>
            }
        })
}

/// What it was given, or what it was seen to lack.
fn may(one: &Connection) -> AnyView {
    let given = match &one.scopes {
        Some(scopes) => {
            let writes = scopes.iter().filter(|scope| scope.ends_with(":write")).count();
            format!("{} scopes, {writes} to change", scopes.len())
        }
        None if one.kind == Kind::Token => "What you may".to_owned(),
        None => "Not told".to_owned(),
    };
    let lacks: Vec<String> = one.lacks.iter().map(|id| permission(id)).collect();
    let lacks = (!lacks.is_empty()).then(|| {
        view! {
            <p class="hint">
                "Lacks " {lacks.join(", ")} ". Its access cannot be edited: make a new token with it in Supabase\u{2019}s dashboard, under Account, Access Tokens, and add that."
            </p>
        }
    });
    view! { {given}{lacks} }.into_any()
}

fn add_token() -> impl IntoView {
    let token = Context::current().with(|page| page.token_sign_in);
    token.then(|| {
        view! {
            <Card title="Add a personal token" hint="For what no grant covers, such as creating an organization.">
                <form class="form" method="post" action=paths::CONNECT_TOKEN>
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
                        mono=true
                    />
                    <div class="form-actions"><Button submit=true>"Add the token"</Button></div>
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
