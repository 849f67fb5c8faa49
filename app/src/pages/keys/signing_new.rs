//! A new signing key: made by Supabase, brought along, or made of the legacy JWT secret.

use leptos::prelude::*;
use management_api::{OperationId, auth::SigningKeyStatus};

use super::reference;
use crate::{
    components::{
        error_view::problem,
        head::Head,
        operation_form::{FormState, OperationForm, ProjectRef},
        query::{ask, loaded},
    },
    page::{Page, Sheet},
    paths,
    server_fns::keys::{Place, signing_place},
    ui::{
        ButtonKind, Card, Choice, Frame, Icon, Notice, Shape, Tone,
        field::{Area, Select, area, select},
    },
};

pub const PAGE: Page = Page {
    route: "/projects/:ref/keys/signing/new",
    title: "New signing key",
    icon: Icon::Plus,
    group: None,
    parent: Some(&super::signing::PAGE),
    operation: Some(OperationId::CreateSigningKey),
    sheet: Some(Sheet::Build),
    view: || view! { <NewSigningKey/> }.into_any(),
};

#[component]
pub fn NewSigningKey() -> impl IntoView {
    let project = reference();
    let place = {
        let project = project.clone();
        ask(move || signing_place(project.clone()))
    };
    view! {
        <Head page=&PAGE narrow=true hint="On standby it is published and signs nothing, so that whoever verifies tokens knows it before it does."/>
        {loaded("place", place, Shape::Form, move |place| drawn(&project, &place))}
    }
}

fn drawn(project: &str, place: &Place) -> AnyView {
    let taken = place.keys.iter().any(|key| key.status == SigningKeyStatus::Standby);
    let (made, brought, legacy) = (made(project, taken), brought(project, taken), legacy(project, place));
    let note = taken.then(|| {
        view! {
            <Notice tone=Tone::Info title="The standby place is taken">"One key can stand by at a time: rotate to it or move it away first. One that is to sign at once needs no place."</Notice>
        }
    });
    view! {
        <div class="form-page">
            <div class="stack">
                {note}
                <Card title="Let Supabase make it" hint="Its private half never leaves Supabase.">{made}</Card>
                <Card title="Import a private key" hint="For tokens that something else signs, too. It is sent to Supabase, and Steward keeps nothing of it.">{brought}</Card>
                <Card title="Take over the legacy JWT secret" hint="The secret that tokens were signed with before there were signing keys becomes one itself.">{legacy}</Card>
            </div>
            <aside class="form-aside">
                <h2>"Which algorithm"</h2>
                <p>"ES256 is small and quick, and what Supabase makes where nothing else is needed."</p>
                <p>"RS256 is understood by the most programs; its tokens are longer. EdDSA is as small as ES256, and not every program knows it."</p>
                <p>"HS256 is one secret for signing and verifying: whoever verifies could sign, and it cannot be published."</p>
            </aside>
        </div>
    }
    .into_any()
}

fn algorithm(id: &str) -> AnyView {
    let choices = [
        ("ES256", "ES256 (P-256)"),
        ("RS256", "RS256 (RSA)"),
        ("EdDSA", "EdDSA (Ed25519)"),
        ("HS256", "HS256 (a shared secret)"),
    ];
    let choices = choices.map(|(word, label)| Choice::new(word, label)).to_vec();
    choose(id, "algorithm", "Algorithm", choices, "ES256")
}

/// A choice of one, which is always made.
fn choose(id: &str, name: &'static str, label: &'static str, choices: Vec<Choice>, usual: &str) -> AnyView {
    let frame = Frame {
        id: id.to_owned(),
        error: FormState::error(name),
        required: true,
        ..Frame::new(name, label)
    };
    let chosen = Select {
        choices,
        value: FormState::value(name, usual),
        ..Select::default()
    };
    frame.clone().around(select(&frame, chosen))
}

/// Where it begins its life.
fn status(id: &str, taken: bool) -> AnyView {
    let (standby, now) = (
        Choice::new("standby", "Standby"),
        Choice::new("in_use", "In use at once: everybody must verify with it at once"),
    );
    let (choices, usual) = if taken {
        (vec![now], "in_use")
    } else {
        (vec![standby, now], "standby")
    };
    choose(id, "status", "Begins as", choices, usual)
}

fn made(project: &str, taken: bool) -> AnyView {
    let (list, here, project) = (
        paths::signing_keys(project),
        paths::new_signing_key(project),
        project.to_owned(),
    );
    view! {
        <OperationForm operation=OperationId::CreateSigningKey id="made" next=list back=here submit="Make the key" kind=ButtonKind::Primary>
            <ProjectRef reference=project/>
            {algorithm("made-algorithm")}
            {status("made-status", taken)}
        </OperationForm>
    }
    .into_any()
}

fn brought(project: &str, taken: bool) -> AnyView {
    let (list, here, project) = (
        paths::signing_keys(project),
        paths::new_signing_key(project),
        project.to_owned(),
    );
    view! {
        <OperationForm operation=OperationId::CreateSigningKey id="brought" next=list back=here submit="Import the key">
            <ProjectRef reference=project/>
            {algorithm("brought-algorithm")}
            {status("brought-status", taken)}
            {private()}
        </OperationForm>
    }
    .into_any()
}

/// It is not kept where the form comes back: secrets never are.
fn private() -> AnyView {
    let frame = Frame {
        help: "A JSON web key with its private members, of the algorithm above. Not kept if the form comes back."
            .to_owned(),
        error: FormState::error("private_jwk"),
        required: true,
        ..Frame::new("private_jwk", "Private key")
    };
    let lines = Area {
        rows: 6,
        mono: true,
        masked: true,
        placeholder: "{\"kty\": \"EC\", \"crv\": \"P-256\", \u{2026}}".to_owned(),
        ..Area::default()
    };
    frame.clone().around(area(&frame, lines))
}

fn legacy(project: &str, place: &Place) -> AnyView {
    match &place.legacy {
        Ok(Some(_)) => view! { <p class="hint">"It has been: it stands among the signing keys."</p> }.into_any(),
        Ok(None) => {
            let (list, here, project) = (
                paths::signing_keys(project),
                paths::new_signing_key(project),
                project.to_owned(),
            );
            view! {
                <p class="hint">"It is in use from then on, and nobody is signed out. Its old way of being changed ends for good: afterwards one rotates to another key instead."</p>
                <OperationForm operation=OperationId::CreateLegacySigningKey next=list back=here submit="Take the secret over">
                    <ProjectRef reference=project/>
                </OperationForm>
            }
            .into_any()
        }
        Err(error) => {
            let why = problem(error).text;
            view! { <Notice tone=Tone::Warning title="Whether it has been already is not known">{why}</Notice> }
                .into_any()
        }
    }
}
