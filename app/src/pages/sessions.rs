//! Where the person is signed in, and the way out of each.

use leptos::prelude::*;

use super::choice;
use crate::{
    backend::{SignInMethod, handle},
    components::{
        head::Head,
        list::List,
        query::{ask, loaded},
        when::When,
    },
    page::{Group, Page},
    paths,
    sessions::{Session, Sessions},
    ui::{
        Badge, Icon, Notice, Shape, Tone,
        button::{Button, ButtonKind},
    },
};

pub const PAGE: Page = Page {
    route: "/sessions",
    title: "Sign-ins",
    icon: Icon::Monitor,
    group: Some(Group::You),
    parent: None,
    operation: None,
    sheet: None,
    view: || view! { <SessionList/> }.into_any(),
};

#[component]
pub fn SessionList() -> impl IntoView {
    let sessions = ask(|| async { handle()?.sessions().await });
    let ended = choice("ended");
    view! {
        <Head
            page=&PAGE
            hint="Where you are signed in to this console. Each ends two weeks after its last use, and 30 days after it began."
            actions=everywhere
        />
        {(!ended.is_empty()).then(|| view! { <Ended word=ended/> })}
        {loaded("sessions", sessions, Shape::Rows, shown)}
    }
}

/// What became of what Steward held: told after a sign-out, here and on the sign-in page. `word`: see the server's
/// `oauth/sign_out.rs`.
#[component]
pub fn Ended(word: String) -> impl IntoView {
    let has = |one: &str| word.split('-').any(|word| word == one);
    let (later, token, revoked) = (has("later"), has("token"), has("revoked"));
    view! {
        {(revoked && !later).then(|| view! {
            <Notice tone=Tone::Success title="You are signed out">
                "Steward\u{2019}s access to your account has been revoked."
            </Notice>
        })}
        {later.then(|| view! {
            <Notice tone=Tone::Warning title="You are signed out; Supabase does not know it yet">
                "Supabase could not be reached to revoke Steward\u{2019}s access. Nobody can use it here any more, and Steward keeps trying for a day. You can also remove it yourself: in Supabase\u{2019}s dashboard, among the OAuth apps of your organization."
            </Notice>
        })}
        {token.then(|| view! {
            <Notice tone=Tone::Info title="You are signed out; the token still works">
                "Steward has forgotten your personal access token, but only you can end it. If you no longer need it, delete it in "
                <a href="https://supabase.com/dashboard/account/tokens">"Supabase\u{2019}s dashboard, under Account, Access Tokens"</a> "."
            </Notice>
        })}
        {(!later && !token && !revoked).then(|| view! {
            <Notice tone=Tone::Success title="You are signed out">"Nothing of this sign-in is left here."</Notice>
        })}
    }
}

fn everywhere() -> impl IntoView {
    view! {
        <form method="post" action=paths::END_SESSIONS>
            <Button kind=ButtonKind::Danger icon=Icon::SignOut submit=true>"Sign out everywhere"</Button>
        </form>
    }
}

fn shown(sessions: Sessions) -> AnyView {
    let incomplete = (!sessions.complete).then(|| {
        view! {
            <Notice tone=Tone::Info title="Other sign-ins of yours may be missing">
                "Supabase does not tell this console who you are with the access you gave, so it cannot know which others are yours."
            </Notice>
        }
    });
    list().note(move || incomplete).draw(sessions.list)
}

fn list() -> List<Session> {
    List::new(("sign-in", "sign-ins"), paths::SESSIONS, |session: &Session| {
        session.id.clone()
    })
    .column("Browser", |session| {
        let browser = if session.browser.is_empty() {
            "Unknown browser"
        } else {
            &session.browser
        }
        .to_owned();
        let here = session
            .here
            .then(|| view! { " " <Badge plain=true tone=Tone::Success icon=Icon::CheckCircle word="This one"/> });
        view! { <span><bdi>{browser}</bdi> {here}</span> }
    })
    .column("Signed in with", |session| match session.method {
        SignInMethod::Oauth => "Supabase",
        SignInMethod::PersonalAccessToken => "A personal access token",
    })
    .column("Since", |session| view! { <When at=session.since.clone()/> })
    .column("Last used", |session| view! { <When at=session.used.clone()/> })
    .buttons("Actions", |session| {
        view! {
            <form method="post" action=paths::END_SESSION>
                <input type="hidden" name="session" value=session.id.clone()/>
                <Button small=true submit=true>"Sign out"</Button>
            </form>
        }
    })
}
