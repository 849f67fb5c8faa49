//! The keys that a project signs its access tokens with: where each is in its life, and what can be done with it next.

use leptos::prelude::*;
use management_api::{
    OperationId,
    auth::{
        SigningKey,
        SigningKeyStatus::{self, InUse, PreviouslyUsed, Revoked, Standby},
    },
};

use super::{
    moves::{Around, moves},
    parts::check,
    reference,
};
use crate::{
    components::{
        context::Context,
        copyable::Copyable,
        head::Head,
        operation_form::why_not,
        query::{ask, loaded},
        when::When,
    },
    islands::copy::CopyButton,
    page::{Page, Sheet},
    paths,
    server_fns::keys::{Signing, signing_of},
    ui::{ButtonKind, ButtonLink, Card, Empty, Fact, Facts, Glyph, Icon, Shape, Tone},
};

pub const PAGE: Page = Page {
    route: "/projects/:ref/keys/signing",
    title: "Signing keys",
    icon: Icon::Key,
    group: None,
    parent: Some(&super::list::PAGE),
    operation: Some(OperationId::ListSigningKeys),
    sheet: Some(Sheet::Build),
    view: || view! { <SigningKeys/> }.into_any(),
};

/// The parts of a key's life in their order: its name, its sign, and what a key does there.
const STAGES: [(SigningKeyStatus, &str, Icon, Tone, &str); 4] = [
    (
        Standby,
        "Standby",
        Icon::Clock,
        Tone::Info,
        "Published, signs nothing yet.",
    ),
    (InUse, "In use", Icon::Key, Tone::Success, "Signs every new token."),
    (
        PreviouslyUsed,
        "Previously used",
        Icon::History,
        Tone::Neutral,
        "Still verifies the tokens that it has signed.",
    ),
    (Revoked, "Revoked", Icon::Skipped, Tone::Error, "Verifies nothing."),
];

#[component]
pub fn SigningKeys() -> impl IntoView {
    let project = reference();
    let all = {
        let project = project.clone();
        ask(move || signing_of(project.clone()))
    };
    let new = paths::new_signing_key(&project);
    let closed = why_not(OperationId::CreateSigningKey);
    view! {
        <Head
            page=&PAGE
            hint="Auth signs the access token of everybody who signs in with the key in use."
            actions=move || view! { <ButtonLink href=new kind=ButtonKind::Primary icon=Icon::Plus disabled_because=closed>"New signing key"</ButtonLink> }
        />
        {loaded("signing", all, Shape::Cards, move |all| drawn(&project, &all))}
    }
}

fn drawn(project: &str, all: &Signing) -> AnyView {
    let (checks, published) = (checks(project, all), published(project, all));
    let raw = paths::explorer_filled(OperationId::GetSigningKey, &[("ref", project)]);
    let more = view! {
        <div class="columns">
            <Card title="Before you rotate">{checks}</Card>
            <Card title="Where verifiers find them" actions=move || view! { <a class="more" href=raw>"One key in the explorer"</a> }>{published}</Card>
        </div>
    };
    if all.keys.is_empty() {
        let new = paths::new_signing_key(project);
        return view! {
            <Empty icon=Icon::Key title="No signing key yet" sentence="Tokens are signed with the legacy JWT secret. A key of one\u{2019}s own is made on standby first, and signs nothing until it is rotated in.">
                <ButtonLink href=new>"Make or import one"</ButtonLink>
            </Empty>
            {more}
        }
        .into_any();
    }
    let around = Around::of(project, all);
    let known = |status: &SigningKeyStatus| STAGES.iter().any(|stage| stage.0 == *status);
    let others: Vec<_> = all
        .keys
        .iter()
        .filter(|key| !known(&key.status))
        .map(|key| one(&around, key))
        .collect();
    let ways = ["rotate", "rotate", "revoke"];
    let mut stages = Vec::new();
    for (at, stage) in STAGES.iter().enumerate() {
        stages.push(self::stage(&around, stage, all));
        if let Some(way) = ways.get(at) {
            stages.push(
                view! { <li class="stage-way" aria-hidden="true"><span>{*way}</span><Glyph icon=Icon::Moved/></li> }
                    .into_any(),
            );
        }
    }
    view! {
        <ol class="cycle" aria-label="Life of a signing key">
            {stages}
            <li class="cycle-back" aria-hidden="true"><Glyph icon=Icon::Moved/><span>"back to standby, while its place is free"</span></li>
        </ol>
        {(!others.is_empty()).then(|| view! {
            <Card title="Elsewhere in their lives" hint="Supabase has grown a state that Steward does not know yet.">{others}</Card>
        })}
        {more}
    }
    .into_any()
}

fn stage(
    around: &Around,
    (status, title, icon, tone, what): &(SigningKeyStatus, &'static str, Icon, Tone, &'static str),
    all: &Signing,
) -> AnyView {
    let keys: Vec<_> = all
        .keys
        .iter()
        .filter(|key| key.status == *status)
        .map(|key| one(around, key))
        .collect();
    let count = match (status, keys.len()) {
        (Standby, count) => format!("{count} of 1"),
        (_, count) => count.to_string(),
    };
    let none = keys
        .is_empty()
        .then(|| view! { <p class="stage-none">"No key is here."</p> });
    view! {
        <li class="stage" data-stage=status.as_str().to_owned()>
            <div class="stage-head" data-tone=tone.as_str()><Glyph icon=*icon/><h2>{*title}</h2><span class="quiet">{count}</span></div>
            <p class="stage-what">{*what}</p>
            {keys}
            {none}
        </li>
    }
    .into_any()
}

/// A key, and what can be done with it.
fn one(around: &Around, key: &SigningKey) -> AnyView {
    let id = key.id.clone();
    let short: String = id.chars().take(8).collect();
    let legacy = around.is_legacy(key);
    let title = format!("Key {id}");
    view! {
        <article class="skey" data-key=id.clone()>
            <header>
                <h3 class="visually-hidden">{title}</h3>
                <span class="alg">{key.algorithm.clone()}</span>
                <code title=id.clone()>{short}</code>
                <CopyButton value=id.clone() what="key id".to_owned()/>
            </header>
            {legacy.then(|| view! { <p class="skey-legacy">"Made of the legacy JWT secret"</p> })}
            <p class="skey-facts">"Here since " <When at=key.updated_at.clone()/> "."</p>
            {moves(around, key)}
        </article>
    }
    .into_any()
}

fn checks(project: &str, all: &Signing) -> AnyView {
    let standby = all.keys.iter().find(|key| key.status == Standby);
    let published = match standby {
        Some(key) => check(
            Tone::Success,
            view! { "The standby key has been published since " <When at=key.updated_at.clone()/> },
            "Whoever verifies tokens must have fetched it before it signs; they keep what they fetched for some minutes.",
        ),
        None => check(
            Tone::Info,
            "No key stands by",
            "Make one first: it is published before it signs anything.",
        ),
    };
    let secret = check(
        Tone::Neutral,
        "Whether something verifies with the legacy JWT secret alone is not known here",
        "Such code refuses every token that is signed with another key.",
    );
    let functions = match &all.functions {
        Ok(checking) if checking.slugs.is_empty() => check(Tone::Success, "No Edge Function checks JWTs by itself", ()),
        Ok(checking) => check(
            Tone::Warning,
            format!("{} of {} Edge Functions check JWTs", checking.slugs.len(), checking.all),
            view! { "They may refuse tokens of the new key. Try one before you revoke the old one. " <a href=paths::functions(project)>"See them"</a> },
        ),
        Err(error) => check(
            Tone::Neutral,
            "Which Edge Functions check JWTs is not known",
            error.to_string(),
        ),
    };
    view! { <ul class="checks">{published} {functions} {secret}</ul> }.into_any()
}

fn published(project: &str, all: &Signing) -> AnyView {
    let host = Context::current().project_host(project);
    let address = format!("https://{host}/auth/v1/.well-known/jwks.json");
    let public: Vec<&str> = all
        .keys
        .iter()
        .filter(|key| key.status != Revoked && !key.public_jwk.is_null())
        .map(|key| key.algorithm.as_str())
        .collect();
    let now = match public.len() {
        0 => "No key: HS256 has no public half.".to_owned(),
        1 => format!("1 key: {}.", public.concat()),
        count => format!("{count} keys: {}.", public.join(", ")),
    };
    let expiry = match &all.expiry {
        Ok(Some(seconds)) => super::moves::lasting(*seconds),
        Ok(None) => "Not told by Supabase".to_owned(),
        Err(error) => format!("Not known: {error}"),
    };
    view! {
        <Facts>
            <Fact term="Key set"><Copyable value=address what="address of the key set"/></Fact>
            <Fact term="Published now">{now}</Fact>
            <Fact term="Access tokens live">{expiry}</Fact>
        </Facts>
    }
    .into_any()
}
