//! One issuer that the project trusts: where its keys come from, which were found, and the end of the trust.

use leptos::prelude::*;
use management_api::{OperationId, auth::ThirdPartyAuth};

use super::issuers::{self, resolved, source};
use crate::{
    components::{
        copyable::Copyable,
        head::Head,
        operation_form::{OperationForm, ProjectRef, Thing},
        query::{ask, loaded},
        when::When,
    },
    page::{Page, Sheet},
    pages::parameter,
    paths,
    server_fns::sso::issuer_of,
    ui::{ButtonKind, Card, Fact, Facts, Icon, Shape},
};

pub const PAGE: Page = Page {
    route: "/projects/:ref/settings/third-party/:issuer",
    title: "Trusted issuer",
    icon: Icon::External,
    group: None,
    parent: Some(&issuers::PAGE),
    operation: Some(OperationId::GetThirdPartyAuth),
    sheet: Some(Sheet::Configure),
    view: || view! { <Issuer/> }.into_any(),
};

#[component]
pub fn Issuer() -> impl IntoView {
    let (project, id) = (parameter("ref"), parameter("issuer"));
    let read = {
        let project = project.clone();
        ask(move || issuer_of(project.clone(), id.clone()))
    };
    view! {
        <Head page=&PAGE narrow=true/>
        {loaded("issuer", read, Shape::Facts, move |issuer| drawn(&project, &issuer))}
    }
}

fn drawn(project: &str, issuer: &ThirdPartyAuth) -> AnyView {
    let (how, what) = source(issuer);
    let resolved_at = issuer.resolved_at.clone().map(|at| view! { " at " <When at/> });
    // ok: what was read can be written.
    let keys = (!issuer.resolved_jwks.is_null())
        .then(|| serde_json::to_string_pretty(&issuer.resolved_jwks).unwrap_or_default());
    let state = resolved(issuer);
    let (added, kind, id) = (issuer.inserted_at.clone(), issuer.kind.clone(), issuer.id.clone());
    let end = end(project, issuer);
    view! {
        <div class="stack key-page">
            <Card title="Issuer">
                <Facts>
                    <Fact term=how><Copyable value=what what="issuer"/></Fact>
                    <Fact term="Id"><Copyable value=id what="id of the issuer"/></Fact>
                    <Fact term="Kind"><bdi>{kind}</bdi></Fact>
                    <Fact term="Keys">{state} {resolved_at}</Fact>
                    <Fact term="Added"><When at=added/></Fact>
                </Facts>
                {keys.map(|keys| view! {
                    <details class="zone"><summary>"The public keys"</summary><div class="zone-text"><pre><code>{keys}</code></pre></div></details>
                })}
            </Card>
            <Card title="Remove" hint="Its tokens are refused from then on: whoever signs in with them is turned away." danger=true>{end}</Card>
        </div>
    }
    .into_any()
}

fn end(project: &str, issuer: &ThirdPartyAuth) -> AnyView {
    let (here, list) = (
        paths::issuer(project, &issuer.id),
        paths::settings(project, "third-party"),
    );
    let thing = Some(Thing::Named(issuer.id.clone()));
    let (reference, id) = (project.to_owned(), issuer.id.clone());
    view! {
        <OperationForm operation=OperationId::DeleteThirdPartyAuth next=list back=here submit="Remove the issuer" kind=ButtonKind::Danger thing>
            <ProjectRef reference/>
            <input type="hidden" name="tpa_id" value=id/>
        </OperationForm>
    }
    .into_any()
}
