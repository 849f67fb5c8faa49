//! A program is deployed: its name, then a place to send its sources to, then how it is to run. The sources go to Supabase's
//! storage by whoever has them, and not through Steward.

use leptos::prelude::*;
use management_api::OperationId;

use super::{ALPHA, alpha};
use crate::{
    components::{
        head::Head,
        module::Module,
        operation_form::{Described, OperationForm, ProjectRef, fields},
        reveal::{Source, TellOnce},
    },
    page::{Page, Sheet},
    pages::{choice, parameter},
    paths,
    ui::{Button, ButtonKind, Card, Icon, TextField},
};

pub const PAGE: Page = Page {
    route: "/projects/:ref/compute/new",
    title: "Deploy a program",
    icon: Icon::Upload,
    group: None,
    parent: Some(&super::list::PAGE),
    operation: Some(OperationId::DeployCompute),
    sheet: Some(Sheet::Configure),
    view: || view! { <Deploy/> }.into_any(),
};

const FIELDS: [Described<'static>; 6] = [
    (
        "context_upload_id",
        "Id of the upload",
        "Of the place that the sources were sent to. It is needed unless a runtime is named.",
    ),
    (
        "spec.runtime",
        "Runtime",
        "What runs it, where it is built from no sources of its own.",
    ),
    (
        "spec.size",
        "Size",
        "Of each machine. The service says which words it takes.",
    ),
    (
        "spec.exposure",
        "Reached by",
        "Who can reach it. The service says which words it takes.",
    ),
    ("spec.instances", "Instances", "How many of it run."),
    (
        "spec.secrets_scope",
        "Secrets it sees",
        "As JSON: \"all\", \"supabase\", \"none\", or a list such as [{\"secret_name\": \"KEY\"}].",
    ),
];

#[component]
fn Deploy() -> impl IntoView {
    let (project, name) = (parameter("ref"), choice("name"));
    let named = (!name.is_empty()).then(|| steps(&project, &name));
    let here = paths::new_compute(&project, "");
    view! {
        <Head page=&PAGE badges=alpha hint=ALPHA narrow=true/>
        <div class="stack key-page">
            <Card title="1 \u{b7} Its name">
                <form class="form" method="get" action=here>
                    <TextField name="name" label="Name" hint="Lower-case letters, digits and inner hyphens, at most 63. One that runs already is replaced." value=name required=true maxlength=63 mono=true/>
                    <div class="form-actions"><Button submit=true>"Go on"</Button></div>
                </form>
            </Card>
            {named}
        </div>
        <Module name="reveal"/>
    }
}

fn steps(project: &str, name: &str) -> AnyView {
    let operation = OperationId::DeployCompute;
    let source = Source {
        operation: OperationId::CreateComputeUpload,
        field: "url",
        parameters: vec![("ref", project.to_owned()), ("name", name.to_owned())],
        of: None,
    };
    let (back, next) = (
        paths::new_compute(project, name),
        paths::compute_instance(project, name),
    );
    let (reference, parameter) = (project.to_owned(), name.to_owned());
    let command = "tar -czf - . | curl -X PUT --data-binary @- \"$ADDRESS\"";
    let heading = format!("3 \u{b7} How {name} is to run");
    view! {
        <Card title="2 \u{b7} Its sources" hint="Packed as .tar.gz and sent to an address that Supabase gives out for it, by you. Without sources, name a runtime below.">
            <TellOnce id="upload" what="address for the sources" submit="Ask for an address" source/>
            <p class="hint">"In the directory of the sources: " <code>{command}</code></p>
        </Card>
        <Card title=heading>
            <OperationForm operation next back submit="Deploy" kind=ButtonKind::Primary>
                <ProjectRef reference/>
                <input type="hidden" name="name" value=parameter/>
                {fields(operation, "", &FIELDS, None)}
            </OperationForm>
        </Card>
    }
    .into_any()
}
