//! What can be done to a whole project: rename, pause, restore, delete.

use leptos::prelude::*;
use leptos_meta::Title;
use management_api::{
    OperationId,
    projects::{GetProject, ListRestoreVersions, Project, ProjectStatus, RestoreVersions},
};

use super::reference;
use crate::{
    components::{
        form::{FormState, OperationForm, ProjectRef},
        place_name::PlaceName,
        query::{Query, loaded, query, refresh_while},
    },
    paths,
    ui::{ButtonKind, Card, PageHeader, Shape, StatusBadge, TextField, status::of_project},
};

#[component]
pub fn ProjectSettings() -> impl IntoView {
    let reference = reference();
    let get = move || GetProject { project: reference() };
    // The same call twice becomes one on the server. Only the second is asked for again by itself:
    // what somebody is typing into the name must not be drawn anew.
    let project = query(get);
    let watched = query(get);
    let versions = query(move || ListRestoreVersions { project: reference() });
    refresh_while(watched, |project| project.status.is_changing());
    PlaceName::tell(project, |project| (project.reference.clone(), project.name.clone()));

    view! {
        <Title text=move || format!("Settings \u{b7} {}", reference())/>
        <PageHeader title="Settings"/>
        <Card title="Name" hint="Shown in lists and to your team. The ref and all addresses stay as they are.">
            {loaded(project, Shape::Form, rename)}
        </Card>
        <Card title="Running" hint="A paused project costs no compute. Its data is kept, and it can be restored.">
            {loaded(watched, Shape::Form, move |project| running(project, versions))}
        </Card>
        <Card title="Delete" hint="Removes the project with its data, files, functions and backups. This cannot be undone." danger=true>
            {loaded(project, Shape::Form, delete)}
        </Card>
    }
}

fn rename(project: Project) -> AnyView {
    let here = paths::project_settings(&project.reference);
    view! {
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

/// Pausing, restoring, or stopping a restoration: whichever the status allows; the others say why not.
fn running(project: Project, versions: Query<RestoreVersions>) -> AnyView {
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
    let paused = matches!(status, ProjectStatus::Inactive | ProjectStatus::RestoreFailed);
    let restoring = status == ProjectStatus::Restoring;
    let buttons = [
        button(OperationId::PauseProject, "Pause project", running),
        button(OperationId::RestoreProject, "Restore project", paused),
        button(OperationId::CancelProjectRestoration, "Cancel restoration", restoring),
    ];
    view! {
        <p class="live" aria-live="polite"><StatusBadge status/> " " {meaning.explanation}</p>
        <div class="form-row">{buttons}</div>
        {paused.then(|| loaded(versions, Shape::Line, available))}
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
