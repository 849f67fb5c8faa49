//! A new identity provider, by its metadata.

use leptos::prelude::*;
use management_api::OperationId;

use super::{
    mapping::{fields, ours},
    providers,
};
use crate::{
    components::{
        head::Head,
        operation_form::{OperationForm, ProjectRef},
    },
    page::{Page, Sheet},
    pages::parameter,
    paths,
    ui::{ButtonKind, Card, Icon},
};

pub const PAGE: Page = Page {
    route: "/projects/:ref/settings/sso/new",
    title: "Add a provider",
    icon: Icon::Plus,
    group: None,
    parent: Some(&providers::PAGE),
    operation: Some(OperationId::CreateSsoProvider),
    sheet: Some(Sheet::Configure),
    view: || view! { <NewProvider/> }.into_any(),
};

#[component]
pub fn NewProvider() -> impl IntoView {
    let project = parameter("ref");
    let (here, next) = (
        paths::new_sso_provider(&project),
        format!("{}/{{id}}", paths::settings(&project, "sso")),
    );
    let ours = ours(&project);
    view! {
        <Head page=&PAGE narrow=true/>
        <div class="stack key-page">
            <Card title="At the provider" hint="Enter these there first; then it gives out its metadata.">{ours}</Card>
            <Card title="Here">
                <OperationForm operation=OperationId::CreateSsoProvider next back=here submit="Add the provider" kind=ButtonKind::Primary>
                    <ProjectRef reference=project/>
                    <input type="hidden" name="type" value="saml"/>
                    {fields(OperationId::CreateSsoProvider, None)}
                </OperationForm>
            </Card>
        </div>
    }
}
