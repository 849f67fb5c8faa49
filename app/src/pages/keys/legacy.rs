//! The legacy keys `anon` and `service_role`: whether they work, and what to look at before they are turned off.

use leptos::prelude::*;
use management_api::OperationId;

use super::{list::table, parts::check};
use crate::{
    components::{
        error_view::problem,
        operation_form::{OperationForm, ProjectRef},
    },
    paths,
    server_fns::keys::{KeyKind, Keys, in_use},
    ui::{Badge, ButtonKind, Card, Icon, Notice, Tone},
};

/// So many functions are named.
const NAMED: usize = 3;

/// The part of the page; nothing where Supabase no longer has any legacy keys.
pub(super) fn group(project: &str, all: &Keys) -> Option<AnyView> {
    let rows = all.of(KeyKind::Legacy);
    if rows.is_empty() && !matches!(all.legacy, Ok(Some(true))) {
        return None;
    }
    let badge = match &all.legacy {
        Ok(Some(true)) => view! { <Badge tone=Tone::Warning icon=Icon::Warning word="Still on"/> }.into_any(),
        Ok(Some(false)) => view! { <Badge tone=Tone::Success icon=Icon::CheckCircle word="Off"/> }.into_any(),
        Ok(None) => view! { <Badge icon=Icon::Info word="Gone"/> }.into_any(),
        Err(_) => view! { <Badge icon=Icon::Question word="Not known"/> }.into_any(),
    };
    let table = table(project, ("legacy key", "legacy keys"), rows.len()).draw(rows);
    let switch = match &all.legacy {
        Ok(Some(true)) => Some(turn_off(project, all)),
        Ok(Some(false)) => Some(turn_on(project)),
        Ok(None) => None,
        Err(error) => {
            let why = problem(error).text;
            Some(view! { <Notice tone=Tone::Warning title="Whether they work is not known">{why}</Notice> }.into_any())
        }
    };
    Some(
        view! {
            <section class="key-group" id="legacy">
                <div class="key-about">
                    <h2>"Legacy " {badge}</h2>
                    <p>"Two JWTs, signed with the legacy JWT secret. Supabase removes them around the end of 2026: what still sends one stops then."</p>
                    <a class="link" href=paths::KEYS>"All projects with legacy keys"</a>
                </div>
                <div class="key-list stack">{table} <div data-region="legacy">{switch}</div></div>
            </section>
        }
        .into_any(),
    )
}

fn turn_off(project: &str, all: &Keys) -> AnyView {
    let checks = [new_keys(all), signing(all), functions(project, all), senders()];
    let switch = switch(project, false, "Turn legacy keys off", ButtonKind::Danger);
    view! {
        <Card title="Before you turn them off" hint="They can be turned on again until Supabase removes them.">
            <ul class="checks">{checks.into_iter().collect_view()}</ul>
            {switch}
        </Card>
    }
    .into_any()
}

fn turn_on(project: &str) -> AnyView {
    let switch = switch(project, true, "Turn legacy keys on", ButtonKind::Secondary);
    view! {
        <Card title="They open nothing now" hint="Whoever sends one is turned away. Turned on, they let in whoever has them, until Supabase removes them.">
            {switch}
        </Card>
    }
    .into_any()
}

fn switch(project: &str, enabled: bool, submit: &'static str, kind: ButtonKind) -> AnyView {
    let (here, project) = (paths::keys(project), project.to_owned());
    view! {
        <OperationForm operation=OperationId::UpdateLegacyApiKeys id="legacy" next=here.clone() back=here submit kind>
            <ProjectRef reference=project/>
            <input type="hidden" name="enabled" value=enabled.to_string()/>
        </OperationForm>
    }
    .into_any()
}

/// Apps need something in their place.
fn new_keys(all: &Keys) -> AnyView {
    let count = |kind| all.rows.iter().filter(|row| row.kind == kind).count();
    let (publishable, secret) = (count(KeyKind::Publishable), count(KeyKind::Secret));
    if publishable > 0 && secret > 0 {
        let words = format!("New keys are there: {publishable} publishable, {secret} secret");
        return check(Tone::Success, words, ());
    }
    let missing = match (publishable, secret) {
        (0, 0) => "There is neither a publishable nor a secret key",
        (0, _) => "There is no publishable key",
        (_, _) => "There is no secret key",
    };
    check(
        Tone::Warning,
        missing,
        "Make them first, and put them where the legacy keys are.",
    )
}

/// The keys and the secret that tokens are signed with are two things, which people take for one.
fn signing(all: &Keys) -> AnyView {
    let apart = "The access tokens of people who are signed in are not touched by this.";
    match &all.signing {
        Ok(keys) => match in_use(keys) {
            Some(key) if key.algorithm != "HS256" => {
                let words = format!(
                    "New access tokens are signed with {}, not with the legacy secret",
                    key.algorithm
                );
                check(Tone::Success, words, apart)
            }
            Some(_) | None => check(Tone::Info, "Access tokens are signed with the legacy JWT secret", apart),
        },
        Err(error) => check(
            Tone::Neutral,
            "What access tokens are signed with is not known",
            error.to_string(),
        ),
    }
}

/// A function that checks JWTs turns the new keys away: they are none.
fn functions(project: &str, all: &Keys) -> AnyView {
    let checking = match &all.functions {
        Ok(checking) => checking,
        Err(error) => {
            return check(
                Tone::Neutral,
                "Which Edge Functions check JWTs is not known",
                error.to_string(),
            );
        }
    };
    let count = checking.slugs.len();
    if count == 0 {
        let words = match checking.all {
            0 => "There are no Edge Functions that could refuse the new keys",
            _ => "No Edge Function checks JWTs",
        };
        return check(Tone::Success, words, ());
    }
    let words = format!(
        "{count} of {} Edge Functions check JWTs and refuse the new keys",
        checking.all
    );
    let link = |slug: &String| {
        let href = paths::function_settings(project, slug);
        view! { <li><a href=href>{slug.clone()}</a></li> }
    };
    let rest = count.saturating_sub(NAMED);
    let names = checking.slugs.iter().take(NAMED).map(link).collect_view();
    let more = (rest > 0).then(|| view! { <li><a href=paths::functions(project)>{format!("{rest} more")}</a></li> });
    check(
        Tone::Warning,
        words,
        view! {
            <ul class="inline-list">{names} {more}</ul>
            "Called with a person\u{2019}s access token they go on; called with a key alone they need the check off, and one of their own."
        },
    )
}

fn senders() -> AnyView {
    check(
        Tone::Neutral,
        "Whether an app still sends them is not known here",
        "Look through your apps, jobs and webhooks for keys that begin with eyJ.",
    )
}
