//! Sets the same secrets in several projects: one that is changed everywhere, or those of one project that others are to
//! have, too. Values are typed here, since Supabase gives none away; what comes of each is shown before anything is sent.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use management_api::{OperationId, Scope, secrets::VALUE_LENGTH};

use super::across;
use crate::{
    backend::name_of,
    components::{
        head::Head,
        operation_form::{FormState, why_not_in},
        plan::PlanForm,
        query::{ask, loaded},
    },
    error::ConsoleError,
    page::{Page, Sheet},
    pages::choice,
    plan::{
        Kind,
        secrets::{NAME, VALUE, counted},
        secrets_across::{FROM, TO, own},
    },
    secrets::short,
    server_fns::secrets::{Across, ProjectSecrets, secrets_across},
    ui::{
        Frame, Icon, Notice, Shape, Tone,
        field::{Area, Line, area, line},
    },
};

/// It reads what the matrix reads, and as often: a call for each project.
pub const PAGE: Page = Page {
    route: "/secrets/change",
    title: "Change in projects",
    icon: Icon::Edit,
    group: None,
    parent: Some(&across::PAGE),
    operation: Some(OperationId::CreateSecrets),
    sheet: Some(Sheet::Build),
    view: || view! { <ChangeSecrets/> }.into_any(),
};

#[component]
pub fn ChangeSecrets() -> impl IntoView {
    let across = ask(|| secrets_across(Vec::new()));
    let from = choice(FROM);
    let hint = if from.is_empty() {
        "Values are typed once, or for a project of its own. The next page shows what comes of each, before anything is sent.".to_owned()
    } else {
        let from = name_of(&from);
        format!(
            "The secrets of {from}, for other projects. Supabase gives no value away, so each is typed anew; one that is \
             left empty is not copied. The next page says where it is not the value that {from} has."
        )
    };
    view! {
        <Head page=&PAGE narrow=true hint/>
        {loaded("change", across, Shape::Form, move |across| form(across, from))}
    }
}

fn form(across: Across, from: String) -> AnyView {
    let names = use_query_map().with_untracked(|query| query.get_all(NAME).unwrap_or_default());
    let projects = across
        .projects
        .into_iter()
        .filter(|project| project.reference != from && project.secrets.is_some());
    let projects: Vec<_> = projects.collect();
    let ticked = use_query_map().with_untracked(|query| query.get_all(TO));
    view! {
        <div class="env-form">
            <PlanForm kind=Kind::SecretsAcross submit="Review">
                {(!from.is_empty()).then(|| view! { <input type="hidden" name=FROM value=from.clone()/> })}
                {values(&names)}
                {places(&projects, &names, &from, ticked, Does::Set)}
            </PlanForm>
        </div>
    }
    .into_any()
}

/// The names with their values; where none is chosen yet, room for one.
fn values(names: &[String]) -> AnyView {
    let help = format!("It has {VALUE_LENGTH} characters at most.");
    let value = |at: usize, label: String, help: &str| {
        let frame = Frame {
            id: format!("{VALUE}-{at}"),
            help: help.to_owned(),
            error: (at == 0).then(|| FormState::error(VALUE)).flatten(),
            ..Frame::new(VALUE, label)
        };
        // Not required in the browser: another value for each project does as well.
        let control = area(&frame, masked());
        let required = names.len() < 2;
        Frame { required, ..frame }.around(control)
    };
    if names.is_empty() {
        let typed = FormState::value(NAME, "");
        let frame = Frame {
            required: true,
            error: FormState::error(NAME),
            ..Frame::new(NAME, "Name")
        };
        let input = Line {
            value: Some(typed),
            mono: true,
            ..Line::default()
        };
        let name = line(&frame, input);
        return view! { <div class="env-row">{frame.around(name)} {value(0, "New value".to_owned(), &help)}</div> }
            .into_any();
    }
    let one = |(at, name): (usize, &String)| {
        let label = if names.len() == 1 {
            "New value".to_owned()
        } else {
            format!("Value of {name}")
        };
        view! {
            <input type="hidden" name=NAME value=name.clone()/>
            {(names.len() == 1).then(|| view! { <h2 class="secret-name mono">{name.clone()}</h2> })}
            {value(at, label, "")}
        }
    };
    let wrong = FormState::error(NAME)
        .map(|why| view! { <Notice tone=Tone::Error title="This name cannot be set">{why}</Notice> });
    view! { {wrong} {names.iter().enumerate().map(one).collect_view()} }.into_any()
}

fn masked() -> Area {
    Area {
        rows: 1,
        mono: true,
        masked: true,
        ..Area::default()
    }
}

/// What is done in the projects that are ticked.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Does {
    Set,
    Delete,
}

/// The projects to be ticked, each with what it has now. `chosen`: those that the address names.
pub(super) fn places(
    projects: &[ProjectSecrets],
    names: &[String],
    from: &str,
    chosen: Option<Vec<String>>,
    does: Does,
) -> AnyView {
    let kept = FormState::values(TO);
    let mut projects: Vec<_> = projects
        .iter()
        .map(|project| (project, has(project, names, does)))
        .collect();
    // Where it is already stands first.
    projects.sort_by_key(|(_, (there, _))| !there);
    let one = |(project, has): (&ProjectSecrets, (bool, String))| {
        let ticked = match (&kept, &chosen) {
            (Some(kept), _) => kept.contains(&project.reference),
            (None, Some(chosen)) => chosen.contains(&project.reference),
            // What is changed is most likely changed wherever it is; what is copied goes where somebody says.
            (None, None) => from.is_empty() && has.0,
        };
        place(project, has.1, ticked, names.len() < 2, does)
    };
    let frame = Frame {
        required: true,
        error: FormState::error(TO),
        ..Frame::new(TO, "Where")
    };
    frame.around_group(view! { <div class="where">{projects.into_iter().map(one).collect_view()}</div> })
}

fn place(project: &ProjectSecrets, has: String, ticked: bool, single: bool, does: Does) -> AnyView {
    let reference = project.reference.clone();
    let closed = match &project.secrets {
        Some(Err(error @ ConsoleError::Forbidden { .. })) => Some(error.to_string()),
        Some(Ok(_) | Err(_)) | None => {
            let operation = match does {
                Does::Set => OperationId::CreateSecrets,
                Does::Delete => OperationId::DeleteSecrets,
            };
            why_not_in(operation, &Scope::Project(reference.clone()))
        }
    };
    let id = format!("{TO}-{reference}");
    let (off, note) = (closed.is_some(), format!("{id}-note"));
    let other = (does == Does::Set && single && !off).then(|| {
        let name = own(&reference);
        let frame = Frame {
            id: format!("own-{reference}"),
            ..Frame::new(name, format!("Value for {}", project.name))
        };
        let control = area(&frame, masked());
        view! {
            <details class="where-own">
                <summary>"Another value here"</summary>
                {frame.around(control)}
            </details>
        }
    });
    view! {
        <div class="where-one">
            <label class="tick">
                <input type="checkbox" id=id name=TO value=reference checked=ticked && !off disabled=off aria-describedby=note.clone()/>
                <span><bdi>{project.name.clone()}</bdi></span>
            </label>
            <p class=if off { "reason" } else { "hint" } id=note>{closed.unwrap_or(has)}</p>
            {other}
        </div>
    }
    .into_any()
}

/// What a project has of the names, and whether it has one of them at all.
fn has(project: &ProjectSecrets, names: &[String], does: Does) -> (bool, String) {
    let secrets = match &project.secrets {
        Some(Ok(secrets)) => secrets,
        Some(Err(error)) => return (false, format!("What it has could not be read: {error}")),
        None => return (false, "What it has was not read.".to_owned()),
    };
    let found: Vec<_> = secrets.iter().filter(|one| names.contains(&one.name)).collect();
    let said = match (found.as_slice(), names) {
        ([one], [_]) if does == Does::Delete => format!("Loses {}", short(&one.digest)),
        (found, names) if does == Does::Delete => format!("Loses {} of {}", found.len(), counted(names.len())),
        (_, []) => format!("{} of its own", counted(secrets.len())),
        ([one], [_]) => format!("Replaces {}", short(&one.digest)),
        ([], [_]) => "New there".to_owned(),
        (found, names) => match (found.len(), names.len() - found.len()) {
            (0, _) => "All new there".to_owned(),
            (there, 0) => format!("Has all {there}"),
            (there, new) => format!("Has {there} of them; {new} would be new"),
        },
    };
    (!found.is_empty(), said)
}
