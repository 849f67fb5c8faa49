//! A new organization.

use leptos::prelude::*;
use management_api::OperationId;

use crate::{
    components::head::Head,
    components::operation_form::{FormState, OperationForm},
    page::Page,
    paths,
    ui::{ButtonKind, Card, Icon, TextField},
};

pub const PAGE: Page = Page {
    route: "/organizations/new",
    title: "New organization",
    icon: Icon::Plus,
    group: None,
    parent: Some(&super::list::PAGE),
    operation: Some(OperationId::CreateOrganization),
    sheet: None,
    view: || view! { <CreateOrganization/> }.into_any(),
};

#[component]
pub fn CreateOrganization() -> impl IntoView {
    view! {
        <Head page=&PAGE hint="It starts on the free plan, with you as its owner."/>
        <div class="form-page">
            <Card title="Organization">
                <OperationForm
                    operation=OperationId::CreateOrganization
                    next=format!("{}/{{slug}}", paths::ORGANIZATIONS)
                    back=paths::NEW_ORGANIZATION
                    submit="Create organization"
                    kind=ButtonKind::Primary
                >
                    <TextField
                        name="name"
                        label="Name"
                        hint="A company or a team. It can be changed later in Supabase\u{2019}s dashboard."
                        value=FormState::value("name", "")
                        error=FormState::error("name")
                        required=true
                        maxlength=256
                    />
                </OperationForm>
            </Card>
            <aside class="form-aside">
                <h2>"What comes with it"</h2>
                <p>"An organization holds projects, members and one plan. Plans, invoices and invitations are managed in Supabase\u{2019}s own dashboard: its API does not offer them."</p>
            </aside>
        </div>
    }
}
