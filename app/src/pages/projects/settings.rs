//! What can be done to a whole project: rename, pause, restore, delete.

use leptos::prelude::*;
use management_api::{
    OperationId,
    projects::{GetProject, ListRestoreVersions, Project, ProjectStatus, RestoreVersions},
};

use super::reference;
use crate::{
    backend::handle,
    call::call,
    components::head::Head,
    components::{
        operation_form::{FormState, OperationForm, ProjectRef, Thing, why_not},
        query::{ask, loaded},
        status::{StatusBadge, of_project},
        when::{When, written},
    },
    error::ConsoleError,
    islands::{live::Live, place_name::PlaceName},
    mark::{DECIDES, FORM, Mark},
    page::{Group, Page},
    paths,
    ui::{Button, ButtonKind, ButtonLink, Card, Icon, Shape, TextField, problem_notice},
};
use time::OffsetDateTime;

pub const PAGE: Page = Page {
    route: "/projects/:ref/settings",
    title: "General",
    icon: Icon::Settings,
    group: Some(Group::Configure),
    parent: Some(&super::overview::PAGE),
    operation: Some(OperationId::UpdateProject),
    sheet: None,
    view: || view! { <ProjectSettings/> }.into_any(),
};

#[component]
pub fn ProjectSettings() -> impl IntoView {
    let reference = reference();
    let project = {
        let reference = reference.clone();
        ask(move || with_versions(reference.clone()))
    };
    view! {
        <Head page=&PAGE/>
        {loaded("settings", project, Shape::Form, |(project, versions, mark)| {
            let (rename, running, delete) = (rename(&project), running(&project, versions), delete(&project));
            let mark = production(&project.reference, mark);
            let (restart, transfer) = (restart(&project), transfer(&project));
            view! {
            <Card title="Name" hint="Shown in lists and to your team. The ref and all addresses stay as they are.">
                <div data-region="name">{rename}</div>
            </Card>
            <Card title="Production" hint="A mark of Steward\u{2019}s, for all who see the project: it stands beside its name, and whoever writes to it by SQL is asked each time.">
                <div data-region="production">{mark}</div>
            </Card>
            <Card title="Running" hint="A paused project costs no compute. Its data is kept, and it can be restored.">
                <div data-region="running">{running}</div>
            </Card>
            <Card title="Restart" hint="The database and all services are away for some minutes.">
                <div data-region="restart">{restart}</div>
            </Card>
            <Card title="Give it to another organization" hint="Who reaches it, and what it costs, is from then on as that organization has it.">
                <div data-region="transfer">{transfer}</div>
            </Card>
            <Card title="Delete" hint="Removes the project with its data, files, functions and backups. This cannot be undone." danger=true>
                <div data-region="delete">{delete}</div>
            </Card>
            }
            .into_any()
        })}
    }
}

/// What the mark of production says, and the way to set it or take it away.
fn production(project: &str, mark: Option<Mark>) -> AnyView {
    let closed = why_not(DECIDES);
    let problem = FormState::of(DECIDES, FORM).problem();
    let (act, submit) = match &mark {
        Some(_) => ("clear", "Take the mark away"),
        None => ("set", "Mark as production"),
    };
    let says = match mark {
        Some(Mark { by, at }) => {
            // ok: a moment that was written down is one.
            let at = OffsetDateTime::from_unix_timestamp(at).map(written).unwrap_or_default();
            view! { <p>"Marked by " <bdi>{by}</bdi> ", " <When at=at/></p> }.into_any()
        }
        None => view! { <p>"It is not marked."</p> }.into_any(),
    };
    view! {
        {problem.map(problem_notice)}
        {says}
        <form class="form" method="post" action=paths::mark_act(project, act)>
            <div class="form-actions"><Button submit=true disabled_because=closed>{submit}</Button></div>
        </form>
    }
    .into_any()
}

fn rename(project: &Project) -> AnyView {
    let project = project.clone();
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

/// The project, what it can be restored with, and whether it is marked as production. The first two are asked side by side: whether the second is needed is only
/// known from the first, and without it a paused project can be restored all the same.
async fn with_versions(project: String) -> Result<(Project, RestoreVersions, Option<Mark>), ConsoleError> {
    let versions = call(ListRestoreVersions {
        project: project.clone(),
    });
    let (project, versions) = futures::join!(call(GetProject { project }), versions);
    let project = project?;
    let mark = handle()?.mark(&project.reference).await?;
    Ok((project, versions.unwrap_or_default(), mark))
}

fn paused(status: &ProjectStatus) -> bool {
    matches!(status, ProjectStatus::Inactive | ProjectStatus::RestoreFailed)
}

/// Pausing, restoring, or stopping a restoration: whichever the status allows.
fn running(project: &Project, versions: RestoreVersions) -> AnyView {
    let status = project.status.clone();
    let meaning = of_project(&status);
    let (paused, changing) = (paused(&status), status.is_changing());
    let (operation, submit, possible) = match &status {
        ProjectStatus::Restoring => (OperationId::CancelProjectRestoration, "Cancel restoration", true),
        _ if paused => (OperationId::RestoreProject, "Restore project", true),
        ProjectStatus::ActiveHealthy | ProjectStatus::ActiveUnhealthy => {
            (OperationId::PauseProject, "Pause project", true)
        }
        _ => (OperationId::PauseProject, "Pause project", false),
    };
    let disabled_because = (!possible).then(|| "Only a running project can be paused.".to_owned());
    let (here, reference) = (paths::project_settings(&project.reference), project.reference.clone());
    view! {
        {changing.then(|| view! { <Live/> })}
        <p class="live"><StatusBadge status/> " " {meaning.explanation}</p>
        {paused.then(|| available(versions))}
        <OperationForm operation next=here.clone() back=here submit disabled_because>
            <ProjectRef reference/>
        </OperationForm>
    }
    .into_any()
}

fn restart(project: &Project) -> AnyView {
    let runs = matches!(
        project.status,
        ProjectStatus::ActiveHealthy | ProjectStatus::ActiveUnhealthy
    );
    let disabled_because = (!runs).then(|| "Only a running project can be restarted.".to_owned());
    let (here, reference) = (paths::project_settings(&project.reference), project.reference.clone());
    view! {
        <OperationForm operation=OperationId::RestartProject next=here.clone() back=here submit="Restart project" disabled_because>
            <ProjectRef reference/>
        </OperationForm>
    }
    .into_any()
}

/// Leads to the page that looks first whether it can be done.
fn transfer(project: &Project) -> AnyView {
    let href = paths::transfer(&project.reference);
    let closed = why_not(OperationId::TransferProject);
    view! {
        <div class="form-actions"><ButtonLink href=href disabled_because=closed>"Look whether it can be done"</ButtonLink></div>
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

fn delete(project: &Project) -> AnyView {
    let project = project.clone();
    view! {
        <OperationForm
            operation=OperationId::DeleteProject
            next=paths::PROJECTS
            back=paths::project_settings(&project.reference)
            submit="Delete project"
            kind=ButtonKind::Danger
            thing=Some(Thing::Project { name: project.name, reference: project.reference.clone() })
        >
            <ProjectRef reference=project.reference/>
        </OperationForm>
    }
    .into_any()
}
