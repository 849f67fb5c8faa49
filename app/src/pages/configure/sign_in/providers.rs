//! Identity providers over SAML 2.0: whose people sign in through which.

use leptos::prelude::*;
use management_api::{OperationId, auth::SsoProvider};

use crate::{
    components::{
        error_view::error_view,
        head::Head,
        list::List,
        operation_form::why_not,
        query::{ask, loaded},
        when::{To, When},
    },
    page::{Group, Page, Sheet},
    pages::{parameter, projects},
    paths,
    server_fns::{branches::Part, sso::sso_providers_of},
    ui::{ButtonKind, ButtonLink, Empty, Icon, Shape, row_link},
};

pub const PAGE: Page = Page {
    route: "/projects/:ref/settings/sso",
    title: "Single sign-on",
    icon: Icon::Enter,
    group: Some(Group::Secure),
    parent: Some(&projects::overview::PAGE),
    operation: Some(OperationId::ListSsoProviders),
    sheet: Some(Sheet::Configure),
    view: || view! { <Providers/> }.into_any(),
};

#[component]
pub fn Providers() -> impl IntoView {
    let project = parameter("ref");
    let read = {
        let project = project.clone();
        ask(move || async move { Ok(sso_providers_of(project).await) })
    };
    let (for_action, for_list) = read.twice();
    let new = paths::new_sso_provider(&project);
    view! {
        <Head
            page=&PAGE
            hint="Companies whose people sign in to your apps with their company\u{2019}s account, over SAML 2.0."
            actions=move || loaded("add-provider", for_action, Shape::Line, move |providers| add(new, providers))
        />
        {loaded("providers", for_list, Shape::Rows, move |providers| match providers {
            Ok(Some(providers)) => list(&project).draw(providers),
            Ok(None) => off(&project),
            Err(error) => error_view(error),
        })}
    }
}

/// Leads to where a provider is added, unless sign-in by SAML is off: the service would refuse it.
fn add(new: String, providers: Part<Option<Vec<SsoProvider>>>) -> AnyView {
    let off = matches!(providers, Ok(None)).then(|| "Turn SAML on first.".to_owned());
    let closed = off.or_else(|| why_not(OperationId::CreateSsoProvider));
    view! { <ButtonLink href=new kind=ButtonKind::Primary icon=Icon::Plus disabled_because=closed>"Add a provider"</ButtonLink> }
        .into_any()
}

/// Sign-in by SAML is off, so there is no list.
fn off(project: &str) -> AnyView {
    let settings = format!("{}#setting-saml_enabled", paths::settings(project, "auth"));
    view! {
        <Empty icon=Icon::Enter title="SAML is off" sentence="Supabase tells of no providers while sign-in over SAML 2.0 is off in the auth settings. It needs a paid plan.">
            <ButtonLink href=settings>"To the auth settings"</ButtonLink>
        </Empty>
    }
    .into_any()
}

/// What a provider is called by.
pub fn name(provider: &SsoProvider) -> String {
    match &provider.saml {
        Some(saml) if !saml.entity_id.is_empty() => saml.entity_id.clone(),
        Some(_) | None => provider.id.clone(),
    }
}

/// The domains whose people come through it.
pub fn domains(provider: &SsoProvider) -> Vec<String> {
    let domains = provider.domains.iter().flatten();
    domains.filter_map(|one| one.domain.clone()).collect()
}

fn list(project: &str) -> List<SsoProvider> {
    let of = project.to_owned();
    List::new(
        ("provider", "providers"),
        paths::settings(project, "sso"),
        |provider: &SsoProvider| provider.id.clone(),
    )
    .search("Search providers", |provider| {
        let mut texts = domains(provider);
        texts.extend([name(provider), provider.id.clone()]);
        texts
    })
    .column("Provider", move |provider| {
        row_link(&paths::sso_provider(&of, &provider.id), &name(provider))
    })
    .column("Domains", |provider| match domains(provider) {
        none if none.is_empty() => view! { <span class="quiet">"None: it is chosen by its id"</span> }.into_any(),
        some => view! { <bdi>{some.join(", ")}</bdi> }.into_any(),
    })
    .column("Metadata", |provider| match &provider.saml {
        Some(saml) if saml.metadata_url.is_some() => "Read from its address",
        Some(saml) if saml.metadata_xml.is_some() => "A document",
        Some(_) | None => "Not told",
    })
    .column("Added", |provider| match provider.created_at.clone() {
        Some(at) => view! { <When at to=To::Day/> }.into_any(),
        None => "\u{2014}".into_any(),
    })
    .empty(|| view! {
        <Empty icon=Icon::Enter title="No identity provider yet" sentence="People sign in with what the auth settings offer. A provider is added by its SAML metadata."/>
    })
}
