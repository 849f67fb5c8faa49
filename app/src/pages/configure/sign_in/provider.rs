//! One identity provider: what it is, what of it is changed, and its end.

use leptos::prelude::*;
use management_api::{OperationId, auth::SsoProvider};

use super::{
    mapping::{fields, ours},
    providers::{self, domains, name},
};
use crate::{
    components::{
        copyable::Copyable,
        head::Head,
        operation_form::{OperationForm, ProjectRef, Thing},
        query::{ask, loaded},
        when::When,
    },
    form::spelled,
    page::{Page, Sheet},
    pages::parameter,
    paths,
    server_fns::sso::sso_provider_of,
    ui::{ButtonKind, Card, Fact, Facts, Icon, Shape},
};

pub const PAGE: Page = Page {
    route: "/projects/:ref/settings/sso/:provider",
    title: "Identity provider",
    icon: Icon::Enter,
    group: None,
    parent: Some(&providers::PAGE),
    operation: Some(OperationId::GetSsoProvider),
    sheet: Some(Sheet::Configure),
    view: || view! { <Provider/> }.into_any(),
};

#[component]
pub fn Provider() -> impl IntoView {
    let (project, id) = (parameter("ref"), parameter("provider"));
    let read = {
        let project = project.clone();
        ask(move || sso_provider_of(project.clone(), id.clone()))
    };
    view! {
        <Head page=&PAGE narrow=true/>
        {loaded("provider", read, Shape::Form, move |provider| drawn(&project, &provider))}
    }
}

fn drawn(project: &str, provider: &SsoProvider) -> AnyView {
    let (facts, mapping, ours) = (facts(provider), mapping(provider), ours(project));
    let (edit, end) = (edit(project, provider), end(project, provider));
    view! {
        <div class="stack key-page">
            <Card title="Provider"><div data-region="facts">{facts} {mapping}</div></Card>
            <Card title="At the provider" hint="What it has to know of this project.">{ours}</Card>
            <Card title="Change" hint="What is left as it is, is not sent. New domains take the place of all old ones, and so do attributes.">
                <div data-region="edit">{edit}</div>
            </Card>
            <Card title="Remove" hint="Nobody can sign in through it any more. People who have keep their accounts, but no way in." danger=true>
                <div data-region="end">{end}</div>
            </Card>
        </div>
    }
    .into_any()
}

fn facts(provider: &SsoProvider) -> AnyView {
    let moment = |at: &Option<String>| match at.clone() {
        Some(at) => view! { <When at/> }.into_any(),
        None => "Not known".into_any(),
    };
    let (added, changed) = (moment(&provider.created_at), moment(&provider.updated_at));
    let domains = match domains(provider) {
        none if none.is_empty() => "None".to_owned(),
        some => some.join(", "),
    };
    let saml = provider.saml.as_ref();
    let address = saml.and_then(|saml| saml.metadata_url.clone());
    let (entity, id) = (name(provider), provider.id.clone());
    view! {
        <Facts>
            <Fact term="Entity ID"><Copyable value=entity what="entity ID"/></Fact>
            <Fact term="Id"><Copyable value=id what="id of the provider"/></Fact>
            <Fact term="Domains"><bdi>{domains}</bdi></Fact>
            {address.map(|address| view! { <Fact term="Metadata"><Copyable value=address what="address of the metadata"/></Fact> })}
            <Fact term="Added">{added}</Fact>
            <Fact term="Changed">{changed}</Fact>
        </Facts>
    }
    .into_any()
}

/// Which attribute becomes which.
fn mapping(provider: &SsoProvider) -> Option<AnyView> {
    let mapping = provider.saml.as_ref()?.attribute_mapping.as_ref()?;
    if mapping.keys.is_empty() {
        return None;
    }
    let row = |(ours, rule): (&String, &management_api::auth::AttributeRule)| {
        let theirs: Vec<String> = rule.name.iter().chain(rule.names.iter().flatten()).cloned().collect();
        let theirs = match (theirs.join(" or "), &rule.default) {
            (theirs, None) => theirs,
            (theirs, Some(default)) => format!("{theirs}, else {}", spelled(default)),
        };
        let ours = ours.clone();
        view! { <Fact term=ours><code><bdi>{theirs}</bdi></code></Fact> }
    };
    let rows: Vec<_> = mapping.keys.iter().map(row).collect();
    Some(view! { <h3>"Attributes"</h3> <Facts>{rows}</Facts> }.into_any())
}

fn edit(project: &str, provider: &SsoProvider) -> AnyView {
    let here = paths::sso_provider(project, &provider.id);
    let (reference, id) = (project.to_owned(), provider.id.clone());
    let provider = provider.clone();
    view! {
        <OperationForm operation=OperationId::UpdateSsoProvider next=here.clone() back=here submit="Save" kind=ButtonKind::Primary>
            <ProjectRef reference/>
            <input type="hidden" name="provider_id" value=id/>
            {fields(OperationId::UpdateSsoProvider, Some(&provider))}
        </OperationForm>
    }
    .into_any()
}

fn end(project: &str, provider: &SsoProvider) -> AnyView {
    let (here, list) = (
        paths::sso_provider(project, &provider.id),
        paths::settings(project, "sso"),
    );
    let thing = Some(Thing::Named(provider.id.clone()));
    let (reference, id) = (project.to_owned(), provider.id.clone());
    view! {
        <OperationForm operation=OperationId::DeleteSsoProvider next=list back=here submit="Remove the provider" kind=ButtonKind::Danger thing>
            <ProjectRef reference/>
            <input type="hidden" name="provider_id" value=id/>
        </OperationForm>
    }
    .into_any()
}
