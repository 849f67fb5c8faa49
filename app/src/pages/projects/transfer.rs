//! A project goes to another organization: first what stands in the way and what changes, then the name.

use leptos::prelude::*;
use management_api::{
    OperationId,
    organizations::{ListOrganizations, Organization},
    projects::{GetProject, PreviewTransfer, Project, TransferNote, TransferPreview},
};

use super::reference;
use crate::{
    call::call,
    components::{
        error_view::error_view,
        head::Head,
        operation_form::{OperationForm, ProjectRef, Thing, why_not},
        query::{ask, loaded},
    },
    error::ConsoleError,
    islands::place_name::PlaceName,
    page::Page,
    pages::choice,
    paths,
    ui::{Button, ButtonKind, Card, Choice, Icon, Notice, SelectField, Shape, Tone},
};

pub const PAGE: Page = Page {
    route: "/projects/:ref/settings/transfer",
    title: "Give to another organization",
    icon: Icon::Organization,
    group: None,
    parent: Some(&super::settings::PAGE),
    operation: Some(OperationId::TransferProject),
    sheet: None,
    view: || view! { <Transfer/> }.into_any(),
};

/// In the address: the slug of the organization that it would go to.
const TO: &str = "to";

#[component]
fn Transfer() -> impl IntoView {
    let reference = reference();
    let to = choice(TO);
    let read = {
        let (reference, to) = (reference.clone(), to.clone());
        ask(move || looked_at(reference.clone(), to.clone()))
    };
    view! {
        <Head page=&PAGE narrow=true/>
        {loaded("transfer", read, Shape::Form, move |(project, organizations, preview)| {
            drawn(&project, &organizations, &to, preview)
        })}
    }
}

type Looked = (
    Project,
    Vec<Organization>,
    Option<Result<TransferPreview, ConsoleError>>,
);

/// The project and the organizations, and where one was chosen what Supabase says of it; all side by side.
async fn looked_at(project: String, to: String) -> Result<Looked, ConsoleError> {
    let preview = async {
        let preview = PreviewTransfer {
            project: project.clone(),
            target_organization_slug: to.clone(),
        };
        match to.is_empty() {
            true => None,
            false => Some(call(preview).await.map(|told| told.data.attributes)),
        }
    };
    let own = GetProject {
        project: project.clone(),
    };
    let (own, organizations, preview) = futures::join!(call(own), call(ListOrganizations {}), preview);
    Ok((own?, organizations?, preview))
}

fn drawn(
    project: &Project,
    organizations: &[Organization],
    to: &str,
    preview: Option<Result<TransferPreview, ConsoleError>>,
) -> AnyView {
    let mut choices = vec![Choice::new("", "Choose\u{2026}")];
    let others = organizations
        .iter()
        .filter(|organization| organization.slug != project.organization_slug);
    choices.extend(others.map(|organization| Choice::new(organization.slug.clone(), organization.name.clone())));
    let (here, value) = (paths::transfer(&project.reference), to.to_owned());
    let told = match preview {
        None => None,
        Some(Err(error)) => Some(error_view(error)),
        Some(Ok(preview)) => Some(told(project, to, preview)),
    };
    let closed = why_not(OperationId::PreviewTransfer);
    view! {
        <PlaceName key=project.reference.clone() name=project.name.clone()/>
        <div class="stack">
            <Card title="To which organization">
                <form class="check" method="get" action=here>
                    <SelectField name=TO label="Organization" hint="Those that you belong to." choices value required=true/>
                    <div class="form-actions"><Button submit=true disabled_because=closed>"Look at it"</Button></div>
                </form>
            </Card>
            {told}
        </div>
    }
    .into_any()
}

fn notes(notes: Vec<TransferNote>, tone: Tone, title: &'static str) -> Option<AnyView> {
    if notes.is_empty() {
        return None;
    }
    let notes: Vec<_> = notes
        .into_iter()
        .map(|note| view! { <li>{note.message}</li> })
        .collect();
    Some(view! { <Notice tone title><ul>{notes}</ul></Notice> }.into_any())
}

fn told(project: &Project, to: &str, preview: TransferPreview) -> AnyView {
    let closed = (!preview.valid).then(|| "Supabase would refuse it: see above.".to_owned());
    let errors = notes(preview.errors, Tone::Error, "Stands in the way");
    let warnings = notes(preview.warnings, Tone::Warning, "Changes");
    let info = notes(preview.info, Tone::Info, "Good to know");
    let (next, back) = (paths::project(&project.reference), paths::transfer(&project.reference));
    let thing = Some(Thing::Project {
        name: project.name.clone(),
        reference: project.reference.clone(),
    });
    let (reference, to) = (project.reference.clone(), to.to_owned());
    view! {
        {errors}
        {warnings}
        {info}
        <Card title="Give it away" danger=true>
            <OperationForm operation=OperationId::TransferProject next back submit="Give the project away" kind=ButtonKind::Danger thing disabled_because=closed>
                <ProjectRef reference/>
                <input type="hidden" name="target_organization_slug" value=to/>
            </OperationForm>
        </Card>
    }
    .into_any()
}
