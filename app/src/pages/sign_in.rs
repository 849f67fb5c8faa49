//! The way in: Supabase's OAuth, or a personal access token; and every way it can fail, with what to do.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::{
    components::{context::Context, layout::BareLayout, title::Title},
    pages::sessions::Ended,
    paths,
    ui::{
        Notice, Tone,
        button::{Button, ButtonKind},
        field::TextField,
    },
};

/// What `?problem=` says, for people.
fn problem(word: &str) -> Option<(&'static str, &'static str)> {
    Some(match word {
        "consent-denied" => (
            "Access was declined",
            "Steward needs your consent to manage anything for you. Nothing was changed. Sign in again and choose \u{201c}Authorize\u{201d} to go on.",
        ),
        "wrong-state" => (
            "This sign-in was not started here",
            "The answer from Supabase does not belong to a sign-in of this browser, or it was used already. Start again from this page; if it happens again, allow cookies for this site.",
        ),
        "expired-code" => (
            "The sign-in took too long",
            "Supabase\u{2019}s confirmation is valid for a short time only and has expired. Sign in again.",
        ),
        "unavailable" => (
            "Supabase cannot be reached",
            "Its sign-in gave no answer just now. Try again in a minute; status.supabase.com tells whether there is a known problem.",
        ),
        "revoked" => (
            "Access has ended",
            "Supabase no longer accepts this sign-in: access was removed, or it has expired. Sign in again to give it anew.",
        ),
        "not-configured" => (
            "The sign-in is not set up correctly",
            "Supabase does not accept this console\u{2019}s client id, secret or redirect address. The person who runs this console can correct them.",
        ),
        "token-refused" => (
            "The token was not accepted",
            "Supabase does not know this personal access token. Check that it was copied whole, and that it has not been deleted.",
        ),
        "not-allowed" => (
            "This account may not sign in here",
            "This console is open to some organizations and addresses only, and your account at Supabase is of none of them. Nothing of it was kept. Sign in with another account, or ask the person who runs this console.",
        ),
        _ => return None,
    })
}

/// What stands there while Supabase does not know the console's OAuth app.
pub const REFUSED: (&str, &str) = (
    "Supabase does not accept this console at the moment",
    "It did not know the console\u{2019}s client id or secret when it was asked last, so \u{201c}Continue with Supabase\u{201d} is likely to fail. No sign-in has ended by it. The person who runs this console can correct them.",
);

#[component]
pub fn SignIn() -> impl IntoView {
    let page = Context::current();
    let query = use_query_map().get_untracked();
    let return_to = query.get("return_to").unwrap_or_default();
    let problem = query.get("problem").and_then(|word| problem(&word));
    let signed_out = query.get("signed_out");
    let (sandbox, oauth, token) = page.with(|page| (page.sandbox, page.oauth_sign_in, page.token_sign_in));
    // The problem of this sign-in may say it already.
    let refused = page.with(|page| page.oauth_refused) && query.get("problem").as_deref() != Some("not-configured");

    view! {
        <Title text="Sign in"/>
        <BareLayout>
            <h1 class="sign-in-title">"Sign in to Steward"</h1>
            <p class="sign-in-lead">"The team console for your Supabase organizations and projects."</p>
            {problem.map(|(title, text)| view! { <Notice tone=Tone::Error title>{text}</Notice> })}
            {refused.then(|| view! { <Notice tone=Tone::Warning title=REFUSED.0>{REFUSED.1}</Notice> })}
            {signed_out.map(|word| view! { <Ended word/> })}
            {oauth.then(|| by_oauth(return_to.clone()))}
            {sandbox.then(|| view! {
                <p class="sign-in-note">"This console runs on its built-in sandbox: made-up people and projects, nothing to break."</p>
            })}
            {token.then(|| {
                if oauth {
                    view! {
                        <details class="sign-in-token">
                            <summary>"Use a personal access token instead"</summary>
                            {by_token(return_to, ButtonKind::Secondary)}
                        </details>
                    }
                    .into_any()
                } else {
                    // The only way in stands open.
                    by_token(return_to, ButtonKind::Primary).into_any()
                }
            })}
            <p class="sign-in-note">"Your Supabase tokens stay on the server, encrypted. They never reach this browser."</p>
        </BareLayout>
    }
}

/// The way through Supabase's consent page.
fn by_oauth(return_to: String) -> impl IntoView {
    view! {
        <form class="form" method="post" action=paths::SIGN_IN_START>
            <input type="hidden" name="return_to" value=return_to/>
            <Button kind=ButtonKind::Primary submit=true wide=true>"Continue with Supabase"</Button>
        </form>
    }
}

/// The way with a token of the person's own.
fn by_token(return_to: String, kind: ButtonKind) -> impl IntoView {
    view! {
        <form class="form" method="post" action=paths::SIGN_IN_TOKEN>
            <input type="hidden" name="return_to" value=return_to/>
            <TextField
                name="token"
                label="Personal access token"
                hint="It is kept encrypted on the server and never shown again; Steward can do with it what its owner can. Make one in Supabase\u{2019}s dashboard, under Account, Access Tokens."
                kind="password"
                required=true
                autocomplete="off"
            />
            <Button kind submit=true wide=true>"Sign in with the token"</Button>
        </form>
    }
}
