//! Error pages that help: what failed, why, and what to do next. The one place that turns a ConsoleError into words.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::{
    components::context::Context,
    error::ConsoleError,
    form::SURE,
    islands::countdown::Countdown,
    outcome::Problem,
    pages::connections::connect,
    paths,
    ui::{ButtonKind, ButtonLink, Icon},
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
    /// The sign-in page; true where it should say that Supabase ended the sign-in.
    SignIn(bool),
    /// Supabase's dashboard, where plans and roles are managed.
    Dashboard,
    Projects,
    /// Supabase's consent page, for the organization of this slug where it is known.
    Connect(Option<String>),
}

fn words(error: &ConsoleError) -> Words {
    let why = error.to_string();
    match error {
        ConsoleError::SignedOut => Words {
            title: "You are signed out",
            why: "The session has ended, or it was ended in another window.".to_owned(),
            advice: "Sign in again and you come back to this page.",
            next: Next::SignIn(false),
        },
        ConsoleError::Reconnect => Words {
            title: "Reconnect to Supabase",
            why: "Supabase no longer accepts this sign-in. Somebody may have removed Steward\u{2019}s access, or it has ended.".to_owned(),
            advice: "Sign in again to give access anew. Nothing was changed.",
            next: Next::SignIn(true),
        },
        ConsoleError::PlanLimit { message } => Words {
            title: "The plan does not allow this",
            why: or(message, "The organization has reached a limit of its plan."),
            advice: "Make room, or change the plan in Supabase\u{2019}s dashboard.",
            next: Next::Dashboard,
        },
        ConsoleError::Forbidden { permissions, roles, token, scope, message } => {
            let mut why = or(message, "Supabase refused this call.");
            if !permissions.is_empty() {
                let who = roles.as_ref().map(|roles| format!(", which {roles} have")).unwrap_or_default();
                let names: Vec<String> = permissions.iter().map(|name| named(name)).collect();
                why.push_str(&format!(" It needs the permission {}{who}.", names.join(" or ")));
            }
            match scope {
                _ if *token => {}
                Some(scope) => why.push_str(&format!(" An OAuth app needs the scope {scope}.")),
                None => why.push_str(" No OAuth scope is known to allow it; a personal access token may."),
            }
            Words {
                title: "You may not do this",
                why,
                advice: if *token {
                    "If your role has the permission, make a token in Supabase\u{2019}s dashboard that has it, too, and connect that; \
                     if not, ask an owner or administrator of the organization."
                } else {
                    "Ask an owner or administrator of the organization for the role, or sign in with an account that has it."
                },
                next: Next::Dashboard,
            }
        }
        ConsoleError::NotConnected { organization, .. } => Words {
            title: "Not connected",
            why,
            advice: "Steward reaches one organization through each connection, or those of its projects that were chosen. Your role there is not in question.",
            next: Next::Connect(organization.clone()),
        },
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
        ConsoleError::Uncertain { message, event, .. } => Words {
            title: "Not known whether it was done",
            why: match event {
                Some(event) => format!("{message} (event {event})"),
                None => message.clone(),
            },
            advice: "Look whether it was done before you send it again: Steward sent it once.",
            next: Next::Retry,
        },
        ConsoleError::Unreachable { message } => Words {
            title: "No connection",
            why: or(message, "Supabase cannot be reached just now."),
            advice: "Try again in a moment.",
            next: Next::Retry,
        },
        ConsoleError::Renewing { seconds } => Words {
            title: "The sign-in is still being renewed",
            why: format!("Steward began to renew it at Supabase, and broke off or takes long elsewhere. In {seconds} s at most it is begun anew."),
            advice: "Nothing was changed. A page comes back by itself; send a form again then.",
            next: Next::Wait(*seconds),
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
        ConsoleError::Unidentified => Words {
            title: "Nobody knows whose change this is",
            why: "Supabase did not tell who you are when you signed in. Every change is written down with a name, so nothing was sent.".to_owned(),
            advice: "Sign out and sign in again; reading goes on as before.",
            next: Next::Retry,
        },
        ConsoleError::Busy => Words {
            title: "Too much at once",
            why: "There are more calls under way than Steward makes at once, for one person or for all, and none of them ended in time.".to_owned(),
            advice: "Nothing was sent. Try again in a moment.",
            next: Next::Retry,
        },
        ConsoleError::Unconfirmed { .. } => Words {
            title: "Please confirm",
            why,
            advice: "Nothing was changed.",
            next: Next::Retry,
        },
        ConsoleError::Internal { .. } => {
            Words { title: "Steward failed", why, advice: "Try again; if it stays, the server\u{2019}s log says more.", next: Next::Retry }
        }
    }
}

/// A permission with what it is called where tokens are made.
fn named(permission: &str) -> String {
    match management_api::permission_title(permission) {
        Some(title) => format!("{permission} (\u{201c}{title}\u{201d} in Supabase\u{2019}s dashboard)"),
        None => permission.to_owned(),
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

/// The error of a form, whose fields keep what was typed.
pub fn problem(error: &ConsoleError) -> Problem {
    let words = words(error);
    let (field, question) = match error {
        ConsoleError::Invalid { field, .. } => (field.clone(), None),
        ConsoleError::Unconfirmed { question } => (Some(SURE.to_owned()), Some(question.clone())),
        ConsoleError::SignedOut
        | ConsoleError::Reconnect
        | ConsoleError::PlanLimit { .. }
        | ConsoleError::Forbidden { .. }
        | ConsoleError::NotFound
        | ConsoleError::NotConnected { .. }
        | ConsoleError::Refused { .. }
        | ConsoleError::RateLimited { .. }
        | ConsoleError::Upstream { .. }
        | ConsoleError::Uncertain { .. }
        | ConsoleError::Unreachable { .. }
        | ConsoleError::Renewing { .. }
        | ConsoleError::Unreadable { .. }
        | ConsoleError::Busy
        | ConsoleError::Unidentified
        | ConsoleError::Internal { .. } => (None, None),
    };
    // Beside a field its message says it all.
    let text = if field.is_some() {
        words.why
    } else {
        format!("{} {}", words.why, words.advice)
    };
    Problem {
        title: words.title.to_owned(),
        text,
        field,
        question,
    }
}

fn way_out(next: Next) -> AnyView {
    let here = here();
    match next {
        Next::Retry => retry(here),
        Next::Wait(seconds) => view! {
            // As text, since a page with JavaScript comes back by its island.
            <noscript inner_html=format!("<meta http-equiv=\"refresh\" content=\"{}\">", seconds.max(1))></noscript>
            <Countdown seconds=seconds.max(1)/>
            {retry(here)}
        }
        .into_any(),
        Next::SignIn(ended) => {
            let href = if ended {
                paths::sign_in_because("revoked", &here)
            } else {
                paths::sign_in_then(&here)
            };
            view! { <ButtonLink href kind=ButtonKind::Primary>"Sign in again"</ButtonLink> }.into_any()
        }
        Next::Dashboard => {
            let dashboard = Context::current().with(|page| page.dashboard_url.clone());
            view! {
                <ButtonLink href=dashboard external=true>"Open Supabase\u{2019}s dashboard"</ButtonLink>
                {retry(here)}
            }
            .into_any()
        }
        Next::Connect(organization) => view! {
            {connect(organization, here)}
            <ButtonLink href=paths::CONNECTIONS>"Your connections"</ButtonLink>
        }
        .into_any(),
        Next::Projects => view! { <ButtonLink href=paths::PROJECTS>"Your projects"</ButtonLink> }.into_any(),
    }
}

fn retry(here: String) -> AnyView {
    view! { <ButtonLink href=here icon=Icon::Refresh>"Try again"</ButtonLink> }.into_any()
}

/// The page's own address, without the number of a notice: what was done is told once.
pub(crate) fn here() -> String {
    let location = use_location();
    let (path, search) = (location.pathname.get_untracked(), location.search.get_untracked());
    let told = |pair: &&str| pair.is_empty() || pair.starts_with("notice=");
    let choices: Vec<&str> = search
        .trim_start_matches('?')
        .split('&')
        .filter(|pair| !told(pair))
        .collect();
    if choices.is_empty() {
        path
    } else {
        format!("{path}?{}", choices.join("&"))
    }
}
