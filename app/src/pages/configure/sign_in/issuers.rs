//! Third-party auth: issuers whose tokens the project takes as if they were its own.

use leptos::prelude::*;
use management_api::{OperationId, auth::ThirdPartyAuth};

use crate::{
    components::{
        head::Head,
        list::{List, RowAction},
        operation_form::{OperationForm, ProjectRef, Thing, fields},
        query::{ask, loaded},
        when::{To, When},
    },
    page::{Group, Page, Sheet},
    pages::{parameter, projects},
    paths,
    server_fns::sso::issuers_of,
    ui::{Badge, ButtonKind, Card, Empty, Icon, Shape, Tone, row_link},
};

pub const PAGE: Page = Page {
    route: "/projects/:ref/settings/third-party",
    title: "Third-party auth",
    icon: Icon::External,
    group: Some(Group::Secure),
    parent: Some(&projects::overview::PAGE),
    operation: Some(OperationId::ListThirdPartyAuth),
    sheet: Some(Sheet::Configure),
    view: || view! { <Issuers/> }.into_any(),
};

#[component]
pub fn Issuers() -> impl IntoView {
    let project = parameter("ref");
    let read = {
        let project = project.clone();
        ask(move || issuers_of(project.clone()))
    };
    let of = project.clone();
    view! {
        <Head page=&PAGE hint="Tokens of these issuers are taken as if the project had signed them: what a token claims, its holder gets."/>
        {loaded("issuers", read, Shape::Rows, move |issuers| list(&of).draw(issuers))}
        <Card title="Trust another issuer" hint="In one of three ways.">{create(&project)}</Card>
    }
}

/// Where the issuer's keys come from.
pub fn source(issuer: &ThirdPartyAuth) -> (&'static str, String) {
    match (&issuer.oidc_issuer_url, &issuer.jwks_url) {
        (Some(url), _) => ("OpenID Connect", url.clone()),
        (None, Some(url)) => ("Keys at an address", url.clone()),
        (None, None) => ("Keys given here", issuer.id.clone()),
    }
}

/// Whether Supabase has found keys there.
pub fn resolved(issuer: &ThirdPartyAuth) -> AnyView {
    if issuer.resolved_jwks.is_null() {
        view! { <Badge plain=true tone=Tone::Warning icon=Icon::Warning word="No keys found yet"/> }.into_any()
    } else {
        view! { <Badge plain=true tone=Tone::Success icon=Icon::CheckCircle word="Keys found"/> }.into_any()
    }
}

fn list(project: &str) -> List<ThirdPartyAuth> {
    let (of, links) = (project.to_owned(), project.to_owned());
    List::new(
        ("issuer", "issuers"),
        paths::settings(project, "third-party"),
        |issuer: &ThirdPartyAuth| issuer.id.clone(),
    )
    .column("Issuer", move |issuer| {
        row_link(&paths::issuer(&links, &issuer.id), &source(issuer).1)
    })
    .column("Told by", |issuer| source(issuer).0)
    .column("Kind", |issuer| issuer.kind.clone())
    .column("Keys", resolved)
    .column("Added", |issuer| view! { <When at=issuer.inserted_at.clone() to=To::Day/> })
    .actions(move |issuer| {
        vec![RowAction {
            operation: OperationId::DeleteThirdPartyAuth,
            label: "Remove",
            of: source(issuer).1,
            fields: vec![("ref", of.clone()), ("tpa_id", issuer.id.clone())],
            thing: Some(Thing::Named(issuer.id.clone())),
        }]
    })
    .empty(|| view! {
        <Empty icon=Icon::External title="No other issuer is trusted" sentence="Only tokens that the project itself has signed are taken."/>
    })
}

fn create(project: &str) -> AnyView {
    let here = paths::settings(project, "third-party");
    let described = [
        (
            "oidc_issuer_url",
            "Issuer",
            "Its address, if it tells its keys as OpenID Connect has it, such as https://accounts.example.com.",
        ),
        ("jwks_url", "Address of its keys", "Of a JSON web key set."),
        (
            "custom_jwks",
            "Its keys",
            "The public keys themselves, as a JSON web key set.",
        ),
    ];
    let fields = fields(OperationId::CreateThirdPartyAuth, "", &described, None);
    let reference = project.to_owned();
    view! {
        <OperationForm operation=OperationId::CreateThirdPartyAuth next=here.clone() back=here submit="Trust the issuer" kind=ButtonKind::Primary>
            <ProjectRef reference/>
            {fields}
        </OperationForm>
    }
    .into_any()
}
