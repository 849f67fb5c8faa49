//! Asks before the same secrets are deleted in several projects: which of them, and where.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use management_api::OperationId;

use super::{
    across,
    change::{Does, places},
};
use crate::{
    components::{
        head::Head,
        plan::PlanForm,
        query::{ask, loaded},
    },
    page::{Page, Sheet},
    paths,
    plan::{Kind, secrets::NAME, secrets_across::TO},
    server_fns::secrets::{Across, secrets_across},
    ui::{ButtonLink, Empty, Icon, Shape},
};

/// It reads what the matrix reads, and as often: a call for each project.
pub const PAGE: Page = Page {
    route: "/secrets/delete",
    title: "Delete in projects",
    icon: Icon::Trash,
    group: None,
    parent: Some(&across::PAGE),
    operation: Some(OperationId::DeleteSecrets),
    sheet: Some(Sheet::Build),
    view: || view! { <DeleteInProjects/> }.into_any(),
};

#[component]
pub fn DeleteInProjects() -> impl IntoView {
    let across = ask(|| secrets_across(Vec::new()));
    view! {
        <Head
            page=&PAGE
            narrow=true
            hint="A function that reads one of them finds nothing in its place from its next start on. The next page says what goes where, and asks before anything is sent."
        />
        {loaded("delete", across, Shape::Form, form)}
    }
}

fn form(across: Across) -> AnyView {
    let names = use_query_map().with_untracked(|query| query.get_all(NAME).unwrap_or_default());
    if names.is_empty() {
        return nothing(
            "No secret is selected",
            "Tick the secrets that are to go in the list of them.",
        );
    }
    let asked = across.projects.into_iter().filter(|project| project.secrets.is_some());
    // One that told nothing may have it.
    let (projects, without): (Vec<_>, Vec<_>) = asked.partition(|project| {
        let told = project.secrets.as_ref().and_then(|secrets| secrets.as_ref().ok());
        told.is_none_or(|secrets| secrets.iter().any(|one| names.contains(&one.name)))
    });
    if projects.is_empty() {
        return nothing(
            "It is in no project",
            "None of your projects has a secret of this name.",
        );
    }
    let without = match without.len() {
        0 => None,
        1 => Some("1 project does not have it.".to_owned()),
        count => Some(format!("{count} projects do not have it.")),
    };
    let ticked = use_query_map().with_untracked(|query| query.get_all(TO));
    let name = |name: &String| {
        view! {
            <input type="hidden" name=NAME value=name.clone()/>
            <h2 class="secret-name mono">{name.clone()}</h2>
        }
    };
    view! {
        <div class="env-form">
            <PlanForm kind=Kind::SecretsDelete submit="Review">
                {names.iter().map(name).collect_view()}
                {places(&projects, &names, "", ticked, Does::Delete)}
                {without.map(|without| view! { <p class="hint">{without}</p> })}
            </PlanForm>
        </div>
    }
    .into_any()
}

fn nothing(title: &'static str, sentence: &'static str) -> AnyView {
    view! {
        <Empty icon=Icon::Lock title sentence>
            <ButtonLink href=paths::SECRETS>"All secrets"</ButtonLink>
        </Empty>
    }
    .into_any()
}
