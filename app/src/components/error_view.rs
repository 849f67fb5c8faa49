//! Error pages that help: what failed, why, and what to do next. The one place that turns a ConsoleError into words.

use std::time::Duration;

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::{
    components::{page::Page, query::Revision},
    error::ConsoleError,
    paths,
    ui::{ButtonLink, Notice, Tone},
};

/// What a person reads of an error.
struct Words {
    title: &'static str,
    /// What failed and why.
    why: String,
    /// What to do next.
    advice: &'static str,
    next: Next,
}

/// The way out that is offered.
enum Next {
    /// Ask again.
    Retry,
    /// Ask again by itself, after so many seconds.
    Wait(u32),
    SignIn,
    /// Supabase's dashboard, where plans and roles are managed.
    Dashboard,
    Projects,
}

fn words(error: &ConsoleError) -> Words {
    let why = error.to_string();
    match error {
        ConsoleError::SignedOut => Words {
            title: "You are signed out",
            why: "The session has ended, or it was ended in another window.".to_owned(),
            advice: "Sign in again and you come back to this page.",
            next: Next::SignIn,
        },
        ConsoleError::Reconnect => Words {
            title: "Reconnect to Supabase",
            why: "Supabase no longer accepts this sign-in. Somebody may have removed Steward\u{2019}s access, or it has ended.".to_owned(),
            advice: "Sign in again to give access anew. Nothing was changed.",
            next: Next::SignIn,
        },
        ConsoleError::PlanLimit { message } => Words {
            title: "The plan does not allow this",
            why: or(message, "The organization has reached a limit of its plan."),
            advice: "Make room, or change the plan in Supabase\u{2019}s dashboard.",
            next: Next::Dashboard,
        },
        ConsoleError::Forbidden { permissions, scope, message } => {
            let mut why = or(message, "Supabase refused this call.");
            if !permissions.is_empty() {
                why.push_str(&format!(" It needs the permission {}.", permissions.join(" or ")));
            }
            match scope {
                Some(scope) => why.push_str(&format!(" An OAuth app needs the scope {scope}.")),
                None => why.push_str(" No OAuth scope is known to allow it; a personal access token may."),
            }
            Words {
                title: "You may not do this",
                why,
                advice: "Ask an owner or administrator of the organization for the role, or sign in with an account that has it.",
                next: Next::Dashboard,
            }
        }
        ConsoleError::NotFound => Words {
            title: "Not found",
            why: "This does not exist any more, or your account cannot see it.".to_owned(),
            advice: "Check the address, or choose from your projects.",
            next: Next::Projects,
        },
        ConsoleError::Refused { message, .. } => Words {
            title: "Supabase refused this",
            why: or(message, "It gave no reason."),
            advice: "Change what is asked for, then try again.",
            next: Next::Retry,
        },
        ConsoleError::RateLimited { seconds } => Words {
            title: "Too many calls for now",
            why: format!("Supabase limits how often its API is called, for everybody who uses this console together. It answers again in {seconds} s."),
            advice: "Nothing to do: this comes back by itself.",
            next: Next::Wait(*seconds),
        },
        ConsoleError::Upstream { status, message, event } => {
            let mut why = or(message, "Supabase failed to answer.");
            why.push_str(&format!(" (status {status}"));
            if let Some(event) = event {
                why.push_str(&format!(", event {event}"));
            }
            why.push(')');
            Words { title: "Supabase has a problem", why, advice: "Try again in a moment.", next: Next::Retry }
        }
        ConsoleError::Unreachable { message } => Words {
            title: "No connection",
            why: or(message, "Supabase cannot be reached just now."),
            advice: "Try again in a moment.",
            next: Next::Retry,
        },
        ConsoleError::Unreadable { message } => Words {
            title: "An answer that Steward cannot read",
            why: message.clone(),
            advice: "Supabase may have changed its API. Try again; if it stays, report it with the text above.",
            next: Next::Retry,
        },
        ConsoleError::Invalid { message, .. } => Words {
            title: "Something is not right yet",
            why: message.clone(),
            advice: "Correct it and send it again. Nothing was changed.",
            next: Next::Retry,
        },
        ConsoleError::Internal { .. } => {
            Words { title: "Steward failed", why, advice: "Try again; if it stays, the server\u{2019}s log says more.", next: Next::Retry }
        }
    }
}

fn or(message: &str, fallback: &str) -> String {
    if message.is_empty() {
        fallback.to_owned()
    } else {
        message.to_owned()
    }
}

/// The error in the place of what could not be read.
pub fn error_view(error: ConsoleError) -> AnyView {
    let words = words(&error);
    view! {
        <section class="error-view" role="alert">
            <h2 class="error-title">{words.title}</h2>
            <p class="error-why">{words.why}</p>
            <p class="error-advice">{words.advice}</p>
            <div class="error-actions">{way_out(words.next)}</div>
        </section>
    }
    .into_any()
}

/// The error above a form's fields, which keep what was typed.
pub fn form_error(error: ConsoleError) -> AnyView {
    let words = words(&error);
    view! {
        <Notice tone=Tone::Error title=words.title>
            {words.why} " " {words.advice}
        </Notice>
    }
    .into_any()
}

fn way_out(next: Next) -> AnyView {
    let location = use_location();
    let here = format!(
        "{}{}",
        location.pathname.get_untracked(),
        location.search.with_untracked(|search| {
            if search.is_empty() {
                String::new()
            } else {
                format!("?{search}")
            }
        })
    );
    match next {
        Next::Retry => retry(here).into_any(),
        Next::Wait(seconds) => view! { <ComesBack seconds here/> }.into_any(),
        Next::SignIn => {
            view! { <a class="button button-primary" rel="external" href=paths::sign_in_then(&here)>"Sign in again"</a> }.into_any()
        }
        Next::Dashboard => {
            let dashboard = Page::current().with(|page| page.dashboard_url.clone());
            view! {
                <a class="button" rel="external" href=dashboard>"Open Supabase\u{2019}s dashboard"</a>
                {retry(here)}
            }
            .into_any()
        }
        Next::Projects => view! { <ButtonLink href=paths::PROJECTS.to_owned()>"Your projects"</ButtonLink> }.into_any(),
    }
}

/// A link to the same page, so that it works without JavaScript; the hydrated page only asks again.
fn retry(here: String) -> impl IntoView {
    let revision = Revision::current();
    view! {
        <a
            class="button"
            rel="external"
            href=here
            on:click=move |event| {
                event.prevent_default();
                revision.bump();
            }
        >
            "Try again"
        </a>
    }
}

/// Counts the seconds down, then asks again. Without JavaScript the page is loaded anew after as long.
#[component]
fn ComesBack(seconds: u32, here: String) -> impl IntoView {
    let revision = Revision::current();
    let left = RwSignal::new(seconds.max(1));
    Effect::new(move |_| {
        let timer = set_interval_with_handle(
            move || match left.try_get_untracked() {
                Some(0 | 1) => {
                    left.try_set(0);
                    revision.bump();
                }
                Some(more) => {
                    left.try_set(more - 1);
                }
                None => {}
            },
            Duration::from_secs(1),
        );
        if let Ok(timer) = timer {
            on_cleanup(move || timer.clear());
        }
    });
    let refresh = format!("<meta http-equiv=\"refresh\" content=\"{}\">", seconds.max(1));
    view! {
        // As text for the parser: a hydrated page must not look into what only a page without JavaScript has.
        <noscript inner_html=refresh></noscript>
        <p class="error-countdown" aria-live="off">"Again in " {left} " s"</p>
        {retry(here)}
    }
}
