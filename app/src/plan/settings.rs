//! A change of a project's configuration, and the way back from one.

use std::{collections::BTreeMap, future::Future, pin::Pin};

use super::{
    Phase, Plan, PlanRow, State, Step,
    reach::{Reached, left, reach},
    settings_across,
};
use crate::{
    backend::BackendHandle,
    error::ConsoleError,
    form::{BACK, Sent},
    paths,
    reads::settings::machine,
    settings::{
        Area,
        change::SettingChange,
        convert::UNIT,
        current::Current,
        draw_up::{Drawn, draw_up as draw_up_change},
    },
    ui::Mark,
};

/// Fields of the form beside the settings' own: the area's word, and the project's ref.
pub const AREA: &str = "_area";
pub const PROJECT: &str = "_project";
/// Field of the form that asks for the way back: the id of the plan.
pub const UNDO: &str = "plan";
/// Fields of the form that takes settings over: the project that they are taken from, and `area/setting` for each.
pub const WITH: &str = "_with";
pub const TAKE: &str = "take";
/// What the page's own search is called, which says nothing of a setting.
const SEARCH: &str = "_search";

pub(super) type Drawing = Pin<Box<dyn Future<Output = Result<Plan, ConsoleError>> + Send>>;

/// Fields: [`AREA`], [`PROJECT`], and of each setting what it showed and what is in it.
pub(super) fn draw_up(sent: Sent, backend: BackendHandle) -> Drawing {
    Box::pin(async move {
        let (area, project) = place(&sent)?;
        let anew = backend.anew();
        let (current, machine) =
            futures::join!(Current::read(area, &project, &anew), machine(&backend, &project, area));
        let current = current?;
        let mut drawn = draw_up_change(area, &project, own(sent), &current)?;
        if let Some(machine) = machine {
            drawn.change.fit(machine, &current);
        }
        Ok(plan(area, &project, vec![step(area, drawn)]))
    })
}

/// Fields: [`UNDO`].
pub(super) fn undo(sent: Sent, backend: BackendHandle) -> Drawing {
    Box::pin(async move {
        let id = sent.text(UNDO).unwrap_or_default();
        let gone = || {
            ConsoleError::invalid(
                None,
                "What was changed is not remembered any more. The audit tells what it was.",
            )
        };
        let made = backend
            .plan(id)
            .await?
            .filter(|plan| plan.phase == Phase::Ended)
            .ok_or_else(gone)?;
        let page = made.page.clone();
        let across = page == paths::BULK;
        let (mut steps, mut rows): (Vec<Step>, Vec<PlanRow>) = (Vec::new(), Vec::new());
        for change in made
            .steps
            .into_iter()
            .filter(|step| step.state == State::Done)
            .filter_map(|step| step.change)
        {
            let (Some(area), Some(asks)) = (change.area(), change.undoing()) else {
                continue;
            };
            if across {
                let name = backend
                    .name_of(&change.project)
                    .unwrap_or_else(|| change.project.clone());
                match undone(area, &change.project, asks, &backend).await {
                    Ok(one) => {
                        rows.push(PlanRow {
                            mark: Mark::Changed,
                            step: Some(steps.len()),
                            ..left(name.as_str(), "")
                        });
                        steps.push(Step {
                            label: format!("Undo the change in {name}"),
                            ..one
                        });
                    }
                    Err(why) => rows.push(left(name, why.to_string())),
                }
                continue;
            }
            let current = Current::read(area, &change.project, &backend.anew()).await?;
            let drawn = draw_up_change(area, &change.project, asks, &current)?;
            steps.push(step(area, drawn));
        }
        if across {
            let act = settings_across::act(steps.len());
            return Ok(Plan::new(page, act, rows, steps));
        }
        if steps.is_empty() {
            return Err(gone());
        }
        let act = act(&steps);
        Ok(Plan::new(page, act, Vec::new(), steps))
    })
}

/// The way back in one of several projects. What somebody else has changed since is left as it is.
async fn undone(area: &'static Area, project: &str, asks: Sent, backend: &BackendHandle) -> Result<Step, ConsoleError> {
    let current = Current::read(area, project, &backend.anew()).await?;
    let drawn = draw_up_change(area, project, asks, &current)?;
    if drawn.change.settings.iter().any(SettingChange::is_conflict) {
        let why = "Somebody else has changed it since: look at it there.";
        return Err(ConsoleError::invalid(None, why));
    }
    Ok(step(area, drawn))
}

/// Fields: [`PROJECT`], [`WITH`], and [`TAKE`] for each setting.
pub(super) fn take_over(sent: Sent, backend: BackendHandle) -> Drawing {
    Box::pin(async move {
        let project = sent.text(PROJECT).unwrap_or_default().to_owned();
        let with = sent.text(WITH).unwrap_or_default().to_owned();
        let taken: Vec<(&str, &str)> = sent.all(TAKE).filter_map(|one| one.split_once('/')).collect();
        if taken.is_empty() {
            return Err(ConsoleError::invalid(
                TAKE,
                "Nothing is ticked, so there is nothing to take over.",
            ));
        }
        let (mut steps, mut rows) = (Vec::new(), Vec::new());
        for area in Area::ALL {
            let names: Vec<&str> = taken
                .iter()
                .filter(|(key, _)| *key == area.key)
                .map(|(_, name)| *name)
                .collect();
            if names.is_empty() {
                continue;
            }
            let backend = backend.anew();
            let (mine, theirs) = futures::join!(
                Current::read(area, &project, &backend),
                Current::read(area, &with, &backend)
            );
            let (mine, theirs) = (mine?, theirs?);
            // A secret is not among the values, so none is ever taken over.
            let wanted: BTreeMap<_, _> = theirs
                .values
                .into_iter()
                .filter(|(name, _)| names.contains(&name.as_str()))
                .collect();
            let Reached { step, refused } = reach(area, &project, &wanted, &mine)?;
            steps.extend(step);
            rows.extend(refused.into_iter().map(|(name, why)| left(name, why)));
        }
        let act = act(&steps);
        Ok(Plan::new(paths::compare(&project, ""), act, rows, steps))
    })
}

fn place(sent: &Sent) -> Result<(&'static Area, String), ConsoleError> {
    let area = sent.text(AREA).and_then(Area::of);
    let area = area.ok_or_else(|| ConsoleError::invalid(AREA, "This configuration is not known."))?;
    Ok((area, sent.text(PROJECT).unwrap_or_default().to_owned()))
}

/// The settings' own fields.
fn own(mut sent: Sent) -> Sent {
    sent.texts
        .retain(|(name, _)| ![AREA, PROJECT, BACK, SEARCH].contains(&name.as_str()));
    sent
}

/// What was typed, for the form that comes back with it: everything but secrets.
pub(super) fn keeps(sent: &Sent) -> BTreeMap<String, Vec<String>> {
    let Ok((area, _)) = place(sent) else {
        return BTreeMap::new();
    };
    let secret = |name: &str| {
        let setting = area.setting(name.strip_prefix(UNIT).unwrap_or(name));
        setting
            .and_then(|setting| area.field(setting))
            .is_none_or(|field| field.secret)
    };
    let mut kept = BTreeMap::<String, Vec<String>>::new();
    for (name, text) in sent.texts.iter().filter(|(name, _)| !secret(name)) {
        kept.entry(name.clone()).or_default().push(text.clone());
    }
    kept
}

pub(super) fn step(area: &Area, drawn: Drawn) -> Step {
    let count = drawn.change.settings.len();
    let label = match count {
        1 => format!("Change 1 setting of {}", area.title),
        count => format!("Change {count} settings of {}", area.title),
    };
    let parameters = drawn.parameters.expose().clone();
    Step {
        change: Some(drawn.change),
        ..Step::new(drawn.operation, label, parameters)
    }
}

fn plan(area: &Area, project: &str, steps: Vec<Step>) -> Plan {
    let act = act(&steps);
    Plan::new(paths::settings(project, area.key), act, Vec::new(), steps)
}

/// What the button says.
pub(super) fn act(steps: &[Step]) -> String {
    let changes = steps.iter().filter_map(|step| step.change.as_ref());
    match changes.map(|change| change.settings.len()).sum::<usize>() {
        1 => "Apply 1 change".to_owned(),
        count => format!("Apply {count} changes"),
    }
}
