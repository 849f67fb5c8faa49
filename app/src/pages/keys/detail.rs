//! One API key: what it is, what it is called, and its end.

use leptos::prelude::*;
use management_api::OperationId;
use serde_json::{Value, json};

use super::{
    create::{NAME, NAME_SAYS},
    parts::value,
    reference,
};
use crate::{
    components::{
        control::{Holds, control},
        head::Head,
        module::Module,
        operation_form::{FormState, OperationForm, ProjectRef, Thing},
        query::{ask, loaded},
        when::When,
    },
    form::{Form, change},
    page::{Page, Sheet},
    pages::parameter,
    paths,
    server_fns::keys::{KeyKind, KeyRow, key_of},
    ui::{ButtonKind, Card, Fact, Facts, Frame, Icon, Shape, TextField, capital, field::tick},
};

pub const PAGE: Page = Page {
    route: "/projects/:ref/keys/:key",
    title: "API key",
    icon: Icon::Key,
    group: None,
    parent: Some(&super::list::PAGE),
    operation: Some(OperationId::GetApiKey),
    sheet: Some(Sheet::Build),
    view: || view! { <OneKey/> }.into_any(),
};

#[component]
pub fn OneKey() -> impl IntoView {
    let (project, id) = (reference(), parameter("key"));
    let read = {
        let project = project.clone();
        ask(move || key_of(project.clone(), id.clone()))
    };
    view! {
        <Head page=&PAGE narrow=true/>
        {loaded("key", read, Shape::Form, move |key| drawn(&project, &key))}
        <Module name="reveal"/>
    }
}

fn drawn(project: &str, key: &KeyRow) -> AnyView {
    let (facts, edit, end) = (facts(project, key), edit(project, key), end(project, key));
    view! {
        <div class="key-page stack">
            <Card title="Key"><div data-region="facts">{facts}</div></Card>
            <Card title="What it is called" hint="What is left as it is, is not sent. The key itself stays the same."><div data-region="edit">{edit}</div></Card>
            <Card title="Delete" hint="For good: whatever still sends it is turned away at once. A new key is another one." danger=true>
                <div data-region="end">{end}</div>
            </Card>
        </div>
    }
    .into_any()
}

fn facts(project: &str, key: &KeyRow) -> AnyView {
    let moment = |at: &Option<String>| match at.clone() {
        Some(at) => view! { <When at/> }.into_any(),
        None => "Not known".into_any(),
    };
    let (value, key) = (value(project, key), key.clone());
    let (made, changed) = (moment(&key.made), moment(&key.changed));
    view! {
        <Facts>
            <Fact term="Name"><bdi class="mono">{key.name.clone()}</bdi></Fact>
            <Fact term="Kind">{capital(key.kind.noun())}</Fact>
            <Fact term="Key">{value}</Fact>
            <Fact term="Made">{made}</Fact>
            <Fact term="Changed">{changed}</Fact>
        </Facts>
    }
    .into_any()
}

/// The key that a form is about.
fn of(project: &str, key: &KeyRow) -> impl IntoView + use<> {
    view! {
        <ProjectRef reference=project.to_owned()/>
        <input type="hidden" name="id" value=key.id.clone()/>
    }
}

/// A field that says what it shows, and is sent only where it was changed.
fn field(name: &'static str, label: &'static str, help: &str, was: Value) -> Option<AnyView> {
    let field = Form::of(OperationId::UpdateApiKey).field(name)?;
    let frame = Frame {
        help: help.to_owned(),
        error: FormState::error(name),
        ..Frame::new(name, label)
    };
    let typed = FormState::of(OperationId::UpdateApiKey, "").typed(name);
    Some(control(
        field,
        frame,
        Holds {
            typed,
            was: Some(was),
            ..Holds::default()
        },
    ))
}

/// The same, held to the rule for names while it is typed.
fn name(was: &str) -> Option<AnyView> {
    let field = Form::of(OperationId::UpdateApiKey).field("name")?;
    let (companion, text) = change::was(field, &json!(was));
    Some(
        view! {
            <input type="hidden" name=companion value=text/>
            <TextField
                name="name"
                label="Name"
                hint=NAME_SAYS
                value=FormState::value("name", was)
                error=FormState::error("name")
                required=true
                minlength=4
                maxlength=64
                pattern=NAME
                pattern_says=NAME_SAYS
                mono=true
            />
        }
        .into_any(),
    )
}

fn edit(project: &str, key: &KeyRow) -> AnyView {
    let here = paths::key(project, &key.id);
    let template = (key.kind == KeyKind::Secret).then(|| {
        let help = "Claims of the short-lived token that Supabase makes of the key for each call, as JSON. Another role reaches other things.";
        field("secret_jwt_template", "JWT template", help, json!(key.template))
    });
    let (project, key) = (project.to_owned(), key.clone());
    view! {
        <OperationForm operation=OperationId::UpdateApiKey next=here.clone() back=here submit="Save" kind=ButtonKind::Primary>
            {of(&project, &key)}
            {name(&key.name)}
            {field("description", "Description", "Where it is used.", json!(key.description))}
            {template}
        </OperationForm>
    }
    .into_any()
}

fn end(project: &str, key: &KeyRow) -> AnyView {
    let (here, list) = (paths::key(project, &key.id), paths::keys(project));
    let thing = Some(Thing::Named(key.name.clone()));
    let (project, key) = (project.to_owned(), key.clone());
    view! {
        <OperationForm operation=OperationId::DeleteApiKey next=list back=here submit="Delete key" kind=ButtonKind::Danger thing>
            {of(&project, &key)}
            <TextField
                name="reason"
                label="Reason"
                hint="Told to Supabase, and kept in the audit."
                value=FormState::value("reason", "")
                error=FormState::error("reason")
            />
            {tick(
                Frame::new("was_compromised", "It fell into wrong hands"),
                FormState::value("was_compromised", "") == "true",
            )}
        </OperationForm>
    }
    .into_any()
}
