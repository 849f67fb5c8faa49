//! The encryption root key: seen by whoever asks for it, and replaced only by whoever knows what that destroys.

use leptos::prelude::*;
use management_api::OperationId;

use crate::{
    components::{
        control::{Holds, control},
        effects::{effect, effects},
        head::Head,
        module::Module,
        operation_form::{FormState, OperationForm, ProjectRef},
        reveal::{Reveal, Source},
    },
    form::Form,
    page::{Group, Page, Sheet},
    pages::{configure::thing, parameter, projects},
    paths,
    ui::{ButtonKind, Card, Frame, Icon, Tone},
};

pub const PAGE: Page = Page {
    route: "/projects/:ref/settings/encryption-key",
    title: "Encryption key",
    icon: Icon::Key,
    group: Some(Group::Secure),
    parent: Some(&projects::overview::PAGE),
    operation: Some(OperationId::GetEncryptionKey),
    sheet: Some(Sheet::Configure),
    view: || view! { <EncryptionKey/> }.into_any(),
};

#[component]
pub fn EncryptionKey() -> impl IntoView {
    let project = parameter("ref");
    let source = Source {
        operation: OperationId::GetEncryptionKey,
        field: "root_key",
        parameters: vec![("ref", project.clone())],
        of: None,
    };
    let replace = replace(&project);
    view! {
        <Head page=&PAGE hint="The root key of pgsodium: the Vault and encrypted columns are read with it." narrow=true/>
        <div class="stack key-page">
            <Card title="Key" hint="It is not read for this page. Whoever asks to see it is written down first.">
                <Reveal id="root-key" what="the encryption root key" source/>
            </Card>
            <Card title="Replace" hint="For a database that was moved here with what its old key has encrypted; hardly ever for anything else." danger=true>
                {replace}
            </Card>
        </div>
        <Module name="reveal"/>
    }
}

fn replace(project: &str) -> AnyView {
    let here = paths::settings(project, "encryption-key");
    let state = FormState::of(OperationId::UpdateEncryptionKey, "");
    let frame = Frame {
        help: "32 bytes, in 64 hexadecimal digits. Keep it elsewhere as well.".to_owned(),
        error: state.error_of("root_key"),
        required: true,
        ..Frame::new("root_key", "New root key")
    };
    let field = Form::of(OperationId::UpdateEncryptionKey).field("root_key");
    let field = field.map(|field| control(field, frame, Holds::default()));
    let destroys = effects(vec![
        effect(
            Tone::Error,
            Icon::Trash,
            "Destroys.",
            "Secrets in the Vault and columns that the present key has encrypted cannot be read any more, also not by a backup that is restored later.",
        ),
        effect(
            Tone::Warning,
            Icon::Warning,
            "No way back but the old key.",
            "Reveal the present key and keep it before you replace it: with it, and only with it, this can be undone.",
        ),
    ]);
    let (thing, reference) = (thing(project), project.to_owned());
    view! {
        {destroys}
        <OperationForm operation=OperationId::UpdateEncryptionKey next=here.clone() back=here submit="Replace the key" kind=ButtonKind::Danger thing>
            <ProjectRef reference/>
            {field}
        </OperationForm>
    }
    .into_any()
}
