//! A new log drain: first the kind of place, then what that takes.

use leptos::prelude::*;
use management_api::OperationId;

use super::{
    ABOUT,
    kinds::{KINDS, Kind, kind},
    settings,
};
use crate::{
    components::{
        head::Head,
        operation_form::{OperationForm, ProjectRef, fields},
    },
    page::{Page, Sheet},
    pages::{choice, parameter},
    paths,
    ui::{ButtonKind, Card, Icon},
};

pub const PAGE: Page = Page {
    route: "/projects/:ref/log-drains/new",
    title: "New log drain",
    icon: Icon::Plus,
    group: None,
    parent: Some(&super::list::PAGE),
    operation: Some(OperationId::CreateLogDrain),
    sheet: Some(Sheet::Configure),
    view: || view! { <NewLogDrain/> }.into_any(),
};

#[component]
fn NewLogDrain() -> impl IntoView {
    let project = parameter("ref");
    let chosen = kind(&choice("kind"));
    let form = chosen.map(|kind| form(&project, kind));
    view! {
        <Head page=&PAGE narrow=true/>
        <div class="stack key-page">
            <Card title="Where to">{kinds_of(&project, chosen)}</Card>
            {form}
        </div>
    }
}

/// Each kind as a link to its form.
fn kinds_of(project: &str, chosen: Option<&'static Kind>) -> AnyView {
    let one = |kind: &'static Kind| {
        let current = chosen.is_some_and(|chosen| chosen.word == kind.word).then_some("true");
        let href = paths::new_log_drain(project, kind.word);
        view! { <li><a class="link" href=href aria-current=current>{kind.title}</a> <span class="quiet">" " {kind.about}</span></li> }
    };
    view! { <ul class="kinds">{KINDS.iter().map(one).collect_view()}</ul> }.into_any()
}

fn form(project: &str, kind: &'static Kind) -> AnyView {
    let operation = OperationId::CreateLogDrain;
    let (back, next) = (
        paths::new_log_drain(project, kind.word),
        format!("{}/{{id}}", paths::log_drains(project)),
    );
    let reference = project.to_owned();
    view! {
        <Card title=kind.title hint=kind.about>
            <OperationForm operation next back submit="Add the log drain" kind=ButtonKind::Primary>
                <ProjectRef reference/>
                <input type="hidden" name="backend_type" value=kind.word/>
                {fields(operation, "", &ABOUT, None)}
                {settings(operation, "", kind)}
            </OperationForm>
        </Card>
    }
    .into_any()
}
