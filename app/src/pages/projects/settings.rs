//! What can be done to a whole project: rename, pause, restore, delete.

use leptos::prelude::*;
use leptos_meta::Title;
use management_api::{
    OperationId,
    projects::{GetProject, ListRestoreVersions, Project, ProjectStatus, RestoreVersions},
};

use super::reference;
use crate::{
    call::call,
    components::{
        form::{FormState, OperationForm, ProjectRef},
        query::{ask, loaded, query},
        status::{StatusBadge, of_project},
    },
    error::ConsoleError,
    islands::{live::Live, place_name::PlaceName},
    paths,
    ui::{ButtonKind, Card, PageHeader, Shape, TextField},
};

#[component]
pub fn ProjectSettings() -> impl IntoView {
    let reference = reference();
    let project = query(GetProject { project: reference.clone() });
    let running = {
        let reference = reference.clone();
        ask(move || running(reference.clone()))
    };

    view! {
        <Title text=format!("Settings \u{b7} {reference}")/>
        <PageHeader title="Settings"/>
        <Card title="Name" hint="Shown in lists and to your team. The ref and all addresses stay as they are.">
            {loaded("name", project, Shape::Form, rename)}
        </Card>
        <Card title="Running" hint="A paused project costs no compute. Its data is kept, and it can be restored.">
            {loaded("running", running, Shape::Form, |(project, versions)| run(project, versions))}
        </Card>
        <Card title="Delete" hint="Removes the project with its data, files, functions and backups. This cannot be undone." danger=true>
            {loaded("delete", project, Shape::Form, delete)}
        </Card>
    }
}

fn rename(project: Project) -> AnyView {
    let here = paths::project_settings(&project.reference);
    view! {
        <PlaceName key=project.reference.clone() name=project.name.clone()/>
        <OperationForm operation=OperationId::UpdateProject next=here.clone() back=here submit="Rename">
            <ProjectRef reference=project.reference/>
            <TextField
                name="name"
                label="Project name"
                value=FormState::value("name", &project.name)
                error=FormState::error("name")
                required=true
                maxlength=256
            />
        </OperationForm>
    }
    .into_any()
}

/// The project, and what it can be restored with while it is paused.
async fn running(reference: String) -> Result<(Project, RestoreVersions), ConsoleError> {
    let project = call(GetProject { project: reference.clone() }).await?;
    let versions = if paused(&project.status) {
        // Without them the project can be restored all the same.
        call(ListRestoreVersions { project: reference }).await.unwrap_or_default()
    } else {
        RestoreVersions::default()
    };
    Ok((project, versions))
}

fn paused(status: &ProjectStatus) -> bool {
    matches!(status, ProjectStatus::Inactive | ProjectStatus::RestoreFailed)
}

/// Pausing, restoring, or stopping a restoration: whichever the status allows; the others say why not.
fn run(project: Project, versions: RestoreVersions) -> AnyView {
    let status = project.status;
    let meaning = of_project(&status);
    let not_now = |possible: bool| (!possible).then(|| format!("The project is {}.", meaning.word.to_lowercase()));
    let here = paths::project_settings(&project.reference);
    let button = |operation: OperationId, submit: &'static str, possible: bool| {
        let (here, reference) = (here.clone(), project.reference.clone());
        view! {
            <OperationForm operation next=here.clone() back=here submit disabled_because=not_now(possible)>
                <ProjectRef reference/>
            </OperationForm>
        }
    };
    let running = matches!(status, ProjectStatus::ActiveHealthy | ProjectStatus::ActiveUnhealthy);
    let paused = paused(&status);
    let changing = status.is_changing();
    let restoring = status == ProjectStatus::Restoring;
    let buttons = [
        button(OperationId::PauseProject, "Pause project", running),
        button(OperationId::RestoreProject, "Restore project", paused),
        button(OperationId::CancelProjectRestoration, "Cancel restoration", restoring),
    ];
    view! {
        {changing.then(|| view! { <Live/> })}
        <p class="live"><StatusBadge status/> " " {meaning.explanation}</p>
        <div class="form-row">{buttons}</div>
        {paused.then(|| available(versions))}
    }
    .into_any()
}

fn available(versions: RestoreVersions) -> AnyView {
    let list: Vec<String> = versions
        .available_versions
        .into_iter()
        .map(|version| format!("{} ({})", version.version, version.release_channel))
        .collect();
    let text = if list.is_empty() {
        "It comes back with the version it was paused with.".to_owned()
    } else {
        format!(
            "Versions it can be restored with: {}. Supabase chooses the newest that fits.",
            list.join(", ")
        )
    };
    view! { <p class="hint">{text}</p> }.into_any()
}

fn delete(project: Project) -> AnyView {
    view! {
        <OperationForm
            operation=OperationId::DeleteProject
            next=paths::PROJECTS
            back=paths::project_settings(&project.reference)
            submit="Delete project"
            kind=ButtonKind::Danger
        >
            <ProjectRef reference=project.reference/>
            <p class="confirm-name">"To confirm, type the name of the project: " <strong><bdi>{project.name}</bdi></strong></p>
            <TextField name="_confirm" label="Name of the project to delete" error=FormState::error("_confirm") required=true/>
        </OperationForm>
    }
    .into_any()
}
