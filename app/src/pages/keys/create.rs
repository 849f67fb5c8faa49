//! A new API key: of which kind, what it is called, and what a secret one stands for.

use leptos::prelude::*;
use management_api::OperationId;

use super::reference;
use crate::{
    components::{
        control::{Holds, control},
        head::Head,
        operation_form::{FormState, OperationForm, ProjectRef},
    },
    form::Form,
    page::{Page, Sheet},
    pages::choice,
    paths,
    ui::{
        ButtonKind, Card, Choice, Frame, Icon, TextField,
        field::{Select, select},
    },
};

pub const PAGE: Page = Page {
    route: "/projects/:ref/keys/new",
    title: "New API key",
    icon: Icon::Plus,
    group: None,
    parent: Some(&super::list::PAGE),
    operation: Some(OperationId::CreateApiKey),
    sheet: Some(Sheet::Build),
    view: || view! { <CreateKey/> }.into_any(),
};

/// What Supabase takes for a name.
pub(super) const NAME: &str = "[a-z_][a-z0-9_]{3,63}";
pub(super) const NAME_SAYS: &str = "4 to 64 lower-case letters, digits and _, no digit first.";

#[component]
pub fn CreateKey() -> impl IntoView {
    let project = reference();
    let kind = match choice("type").as_str() {
        "publishable" => "publishable",
        _ => "secret",
    };
    view! {
        <Head page=&PAGE narrow=true/>
        <div class="form-page">
            <Card title="Key">
                <OperationForm
                    operation=OperationId::CreateApiKey
                    next=paths::keys(&project)
                    back=paths::new_key(&project, kind)
                    submit="Create key"
                    kind=ButtonKind::Primary
                >
                    <ProjectRef reference=project.clone()/>
                    {kinds(kind)}
                    <TextField
                        name="name"
                        label="Name"
                        hint=NAME_SAYS
                        value=FormState::value("name", "")
                        error=FormState::error("name")
                        required=true
                        minlength=4
                        maxlength=64
                        pattern=NAME
                        pattern_says=NAME_SAYS
                        mono=true
                    />
                    <TextField
                        name="description"
                        label="Description"
                        hint="Where it is used, so that somebody knows what stops when it is deleted."
                        value=FormState::value("description", "")
                        error=FormState::error("description")
                    />
                    <div class="key-template">{template()}</div>
                </OperationForm>
            </Card>
            <aside class="form-aside">
                <h2>"What happens then"</h2>
                <p>"The key works at once. It stands in the list masked, and can be revealed there as often as somebody may."</p>
                <p>"One key for each server can be deleted alone when that server is no longer trusted."</p>
                <p>"The new keys are no JWTs: they go into the header apikey, and an Edge Function that checks JWTs refuses them."</p>
            </aside>
        </div>
    }
}

fn kinds(kind: &str) -> AnyView {
    let frame = Frame {
        error: FormState::error("type"),
        required: true,
        ..Frame::new("type", "Kind")
    };
    let choices = vec![
        Choice::new("secret", "Secret: for a server"),
        Choice::new("publishable", "Publishable: for an app in people\u{2019}s hands"),
    ];
    let control = select(
        &frame,
        Select {
            choices,
            value: FormState::value("type", kind),
            ..Select::default()
        },
    );
    frame.around(control)
}

/// Only secret keys have one; the style takes the field away while the other kind is chosen.
fn template() -> Option<AnyView> {
    let field = Form::of(OperationId::CreateApiKey).field("secret_jwt_template")?;
    let frame = Frame {
        help:
            "Claims of the short-lived token that Supabase makes of the key for each call, as JSON. Left empty it is \
               {\"role\": \"service_role\"}, which passes over row level security."
                .to_owned(),
        error: FormState::error("secret_jwt_template"),
        ..Frame::new("secret_jwt_template", "JWT template")
    };
    let state = FormState::of(OperationId::CreateApiKey, "");
    Some(control(
        field,
        frame,
        Holds {
            typed: state.typed("secret_jwt_template"),
            ..Holds::default()
        },
    ))
}
