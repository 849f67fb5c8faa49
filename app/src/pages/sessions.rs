//! Where the person is signed in, and the way out of each.

use leptos::prelude::*;

use super::choice;
use crate::{
    backend::{SignInMethod, handle},
    components::{
        query::{ask, loaded},
        title::Title,
        when::second,
    },
    paths,
    sessions::{Session, Sessions},
    ui::{
        Badge, Column, Icon, Notice, PageHeader, Shape, Table, Tone,
        button::{Button, ButtonKind},
    },
};

const COLUMNS: &[Column] = &[
    Column::text("Browser"),
    Column::text("Signed in with"),
    Column::text("Since (UTC)"),
    Column::text("Last used (UTC)"),
    Column::actions("Actions"),
];

#[component]
pub fn SessionList() -> impl IntoView {
    let sessions = ask(|| async { handle()?.sessions().await });
    let ended = choice("ended");
    view! {
        <Title text="Sign-ins"/>
        <PageHeader
            title="Sign-ins"
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
    view! {
        {incomplete}
        <Table caption="Sign-ins" columns=COLUMNS>{sessions.list.into_iter().map(row).collect_view()}</Table>
    }
    .into_any()
}

fn row(session: Session) -> impl IntoView {
    let method = match session.method {
        SignInMethod::Oauth => "Supabase",
        SignInMethod::PersonalAccessToken => "A personal access token",
    };
    let browser = if session.browser.is_empty() {
        "Unknown browser".to_owned()
    } else {
        session.browser
    };
    let here = session
        .here
        .then(|| view! { " " <Badge tone=Tone::Success icon=Icon::CheckCircle word="This one"/> });
    view! {
        <tr>
            <td data-label="Browser"><span><bdi>{browser}</bdi> {here}</span></td>
            <td data-label="Signed in with">{method}</td>
            <td data-label="Since (UTC)"><time datetime=session.since.clone()>{second(&session.since)}</time></td>
            <td data-label="Last used (UTC)"><time datetime=session.used.clone()>{second(&session.used)}</time></td>
            <td data-label="Actions" data-kind="actions">
                <form method="post" action=paths::END_SESSION>
                    <input type="hidden" name="session" value=session.id/>
                    <Button small=true submit=true>"Sign out"</Button>
                </form>
            </td>
        </tr>
    }
}
