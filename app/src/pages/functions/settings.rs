//! What can be changed of a function without deploying it: its name, who gets through to it, and where it begins.

use leptos::prelude::*;
use management_api::OperationId;

use super::{reference, slug};
use crate::{
    components::{
        head::Head,
        operation_form::{FormState, OperationForm, ProjectRef},
        query::{ask, loaded},
    },
    page::{Page, Sheet},
    paths,
    server_fns::functions::{FunctionView, function},
    ui::{Card, Frame, Icon, Shape, TextField, field::tick},
};

pub const PAGE: Page = Page {
    route: "/projects/:ref/functions/:slug/settings",
    title: "Settings",
    icon: Icon::Settings,
    group: None,
    parent: Some(&super::detail::PAGE),
    operation: Some(OperationId::UpdateFunction),
    sheet: Some(Sheet::Build),
    view: || view! { <SettingsPage/> }.into_any(),
};

#[component]
pub fn SettingsPage() -> impl IntoView {
    let (project, slug) = (reference(), slug());
    let about = {
        let project = project.clone();
        ask(move || function(project.clone(), slug.clone()))
    };
    view! {
        <Head page=&PAGE/>
        {loaded("settings", about, Shape::Form, move |function| drawn(&project, &function))}
    }
}

fn drawn(project: &str, function: &FunctionView) -> AnyView {
    let form = |id: &'static str, submit: &'static str, fields: fn(&FunctionView) -> AnyView| {
        let here = paths::function_settings(project, &function.slug);
        let (project, function) = (project.to_owned(), function.clone());
        view! {
            <OperationForm operation=OperationId::UpdateFunction id next=here.clone() back=here submit>
                <ProjectRef reference=project/>
                <input type="hidden" name="function_slug" value=function.slug.clone()/>
                {fields(&function)}
            </OperationForm>
        }
    };
    let named = form("name", "Rename", name);
    let checked = form("check", "Change the check", check);
    let begins = form("begin", "Change where it begins", begin);
    view! {
        <Card title="Name" hint="For people. The slug, and so the address, stays as it is.">
            <div data-region="name">{named}</div>
        </Card>
        <Card title="JWT check" hint="Whether Supabase lets only requests with a JWT of the project through to the function.">
            <div data-region="check">{checked}</div>
        </Card>
        <Card title="Where it begins" hint="Both files must be in the bundle that runs. Deploy the source to change what is in it.">
            <div data-region="begin">{begins}</div>
        </Card>
    }
    .into_any()
}

fn name(function: &FunctionView) -> AnyView {
    view! {
        <TextField
            name="function.name"
            label="Name"
            value=FormState::value("function.name", &function.name)
            error=FormState::error("function.name")
            required=true
            maxlength=256
        />
    }
    .into_any()
}

fn check(function: &FunctionView) -> AnyView {
    let initial = function.verify_jwt.unwrap_or(true).to_string();
    let ticked = FormState::value("function.verify_jwt", &initial) == "true";
    let frame = Frame {
        help: "The new publishable and secret API keys are no JWTs. A function that is called with one of them, by a webhook \
               or by anybody else without a JWT needs this off, and a check of its own."
            .to_owned(),
        required: true,
        ..Frame::new("function.verify_jwt", "Check JWTs")
    };
    tick(frame, ticked)
}

fn begin(function: &FunctionView) -> AnyView {
    view! {
        <TextField
            name="entrypoint_path"
            label="Entrypoint"
            value=FormState::value("entrypoint_path", &function.entrypoint)
            error=FormState::error("entrypoint_path")
            hint="The file that answers requests, by its path or address."
            mono=true
        />
        <TextField
            name="import_map_path"
            label="Import map"
            value=FormState::value("import_map_path", &function.import_map_path)
            error=FormState::error("import_map_path")
            hint="A deno.json or an import map. Left empty, it stays as it is: the API takes none away."
            mono=true
        />
    }
    .into_any()
}
