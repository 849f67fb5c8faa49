//! One connection: whether it works, what it reaches, and how it was used.

use leptos::prelude::*;
use time::OffsetDateTime;

use super::{connect, reach::may};
use crate::{
    components::{
        context::Context,
        when::{To, When, date, read},
    },
    connections::{Connection, Kind, State, Used},
    paths,
    ui::{
        Badge, Glyph, Icon, Tone,
        button::{Button, ButtonLink},
        chart::grouped,
    },
};

/// Days before its end from which on a token's end is told by a badge.
const SOON: i64 = 30;

pub fn row(one: Connection) -> AnyView {
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

/// Days until a token ends, as far as its owner said when that is; fewer than none: it has ended.
fn days_left(one: &Connection) -> Option<i64> {
    let end = read(one.ends.as_deref()?)?.date();
    Some((end - OffsetDateTime::now_utc().date()).whole_days())
}
