//! A configuration as a page: what it is as one form, and instead of that what would become of it before anything is sent;
//! after that what did, with the way back.

pub mod across;
pub mod beside;
pub mod compared;
pub mod differing;
pub mod document;
pub mod drift;
mod form;
mod mail;
pub mod outcome;
mod ranges;
pub mod review;
pub(crate) mod row;
mod rows;

use std::collections::BTreeMap;

use leptos::prelude::*;

use super::{
    head::Head,
    operation_form::{FormState, why_not},
    plan::{gone, named, planned},
    query::{ask, loaded},
};
use crate::{
    audit::{AuditFilter, Cursor, EffectChoice},
    backend::handle,
    error::ConsoleError,
    page::Page,
    pages::choice,
    paths,
    plan::{EDIT, Kind, Phase, Plan},
    reads::settings::machine,
    server_fns::settings::area_now,
    settings::{Area, asking::asking, current::Current, machine::Machine},
    ui::{ButtonKind, ButtonLink, Icon, Shape},
};

/// What the address asks for.
#[derive(Clone, Debug)]
enum Asked {
    /// The form.
    Form,
    /// A plan, to be looked at.
    Plan(String),
    /// The form, with what a plan would change.
    Edit(String),
}

/// The page of a configuration of one project.
#[component]
pub fn SettingsPage(
    area: &'static Area,
    page: &'static Page,
    /// The project's ref.
    project: String,
) -> impl IntoView {
    let asked = match (named(), choice(EDIT)) {
        (Some(id), _) => Asked::Plan(id),
        (None, id) if !id.is_empty() => Asked::Edit(id),
        (None, _) => Asked::Form,
    };
    let now = {
        let project = project.clone();
        ask(move || seen(area, project.clone()))
    };
    let plan = match &asked {
        Asked::Plan(id) | Asked::Edit(id) => Some((id.clone(), planned(id.clone()))),
        Asked::Form => None,
    };
    let actions = actions(area, &project);
    let form = move |edited: Option<Plan>| {
        let project = project.clone();
        loaded("settings", now, Shape::Form, move |(now, machine)| {
            let typed = Typed::of(area, &now, edited.as_ref(), machine);
            form::form(area, &project, &now, &typed)
        })
    };
    let content = match (asked, plan) {
        (Asked::Plan(_), Some((id, plan))) => loaded("plan", plan, Shape::Form, move |plan| match plan {
            None => view! { {gone()} {form(None)} }.into_any(),
            Some(plan) if plan.phase == Phase::Ended => {
                view! { {outcome::outcome(&id, &plan)} {form(None)} }.into_any()
            }
            Some(plan) => review::review(&id, &plan),
        }),
        (_, Some((_, plan))) => loaded("plan", plan, Shape::Form, form),
        (_, None) => form(None),
    };
    view! {
        <Head page actions=move || actions/>
        {content}
        <super::module::Module name="settings"/>
    }
}

/// What else there is to a configuration: who has changed it, how others have it, and all of it as a document.
fn actions(area: &'static Area, project: &str) -> AnyView {
    let changes = AuditFilter {
        place: project.to_owned(),
        area: Some(area.read.row().area),
        effect: EffectChoice::Changes,
        ..AuditFilter::default()
    };
    let history = paths::audit_at(&changes, Cursor::Newest);
    let (compare, export) = (paths::compare(project, ""), paths::configuration(project));
    view! {
        <ButtonLink href=history icon=Icon::History kind=ButtonKind::Ghost>"History"</ButtonLink>
        <ButtonLink href=compare icon=Icon::Moved kind=ButtonKind::Ghost>"Compare"</ButtonLink>
        <ButtonLink href=export icon=Icon::Download kind=ButtonKind::Ghost>"Export"</ButtonLink>
    }
    .into_any()
}

/// The configuration, and the machine that it has to fit, where that is known.
async fn seen(area: &'static Area, project: String) -> Result<(Current, Option<Machine>), ConsoleError> {
    let backend = handle()?;
    let machine = machine(&backend, &project, area);
    let (now, machine) = futures::join!(area_now(area.key.to_owned(), project.clone()), machine);
    Ok((now?, machine))
}

/// What stands in the form beside what is: what was typed before it came back, else what a plan would change; and what it
/// has to fit.
#[derive(Clone, Default)]
pub(crate) struct Typed {
    state: FormState,
    edited: Option<BTreeMap<String, Vec<String>>>,
    machine: Option<Machine>,
}

impl Typed {
    /// What was typed into the form of this kind before it came back.
    pub(crate) fn again(kind: Kind) -> Self {
        Self {
            state: FormState::of(kind.operation(), kind.as_str()),
            edited: None,
            machine: None,
        }
    }

    fn of(area: &Area, now: &Current, edited: Option<&Plan>, machine: Option<Machine>) -> Self {
        let state = FormState::of(Kind::Settings.operation(), Kind::Settings.as_str());
        let change = edited.and_then(|plan| plan.steps.first()?.change.clone());
        let edited = change.filter(|change| change.area == area.key).map(|change| {
            let wanted = change
                .settings
                .iter()
                .map(|one| (one.name.clone(), one.wanted().clone()))
                .collect();
            let mut typed = BTreeMap::<String, Vec<String>>::new();
            for (name, text) in asking(area, &now.values, &wanted).texts {
                typed.entry(name).or_default().push(text);
            }
            typed
        });
        Self { state, edited, machine }
    }

    /// What was typed into the field `name`.
    fn get(&self, name: &str) -> Option<Vec<String>> {
        let edited = self.edited.as_ref().and_then(|edited| edited.get(name).cloned());
        self.state.typed(name).or(edited)
    }
}

/// Why the person may not change it, where that is known.
fn closed(area: &Area) -> Option<String> {
    why_not(area.write)
}
