//! One setting in several projects: where it cannot be changed, where it changes from what to what, and where it is so
//! already. One call for each project, one after the other.

use futures::future::join_all;
use management_api::Scope;

use super::{
    Plan, PlanRow, Step,
    reach::left,
    secrets_across::targets,
    settings::{AREA, Drawing, step},
};
use crate::{
    backend::BackendHandle,
    error::ConsoleError,
    form::{
        Kind, Sent,
        change::{Change, WAS},
    },
    paths,
    reads::settings::one,
    settings::{
        Area, Setting,
        convert::{self, UNIT},
        current::Current,
        draw_up::draw_up as draw_up_change,
        words::words,
    },
    ui::Mark,
};

/// Field of the form beside [`AREA`], [`TO`](super::secrets_across::TO) and the setting's own: its name.
pub const SETTING: &str = "_setting";
/// A box: what fails keeps the projects after it from being changed.
pub const HALT: &str = "_halt";

/// A project that the setting is to be changed in.
struct Target {
    reference: String,
    name: String,
    /// What it has; or why it cannot be changed.
    there: Result<Current, String>,
}

pub(super) fn draw_up(sent: Sent, backend: BackendHandle) -> Drawing {
    Box::pin(async move {
        let (area, setting) = chosen(&sent)?;
        let to = targets(&sent)?;
        chosen_value(area, setting, &sent)?;
        let backend = backend.anew();
        let read = to.into_iter().map(|reference| target(&backend, area, reference));
        let mut targets = join_all(read).await;
        targets.sort_by_cached_key(|target| target.name.to_lowercase());
        let mut plan = plan(area, setting, &typed(setting, &sent), targets)?;
        plan.halts = sent.all(HALT).any(|one| one == "true");
        Ok(plan)
    })
}

pub(super) fn chosen(sent: &Sent) -> Result<(&'static Area, &'static Setting), ConsoleError> {
    let area = sent.text(AREA).and_then(Area::of);
    let setting = area.and_then(|area| Some((area, area.setting(sent.text(SETTING)?)?)));
    let (area, setting) = setting.ok_or_else(|| ConsoleError::invalid(SETTING, "Choose a setting."))?;
    if area.field(setting).is_none_or(|field| field.secret) {
        let message = "A secret is set on the page of its own project.";
        return Err(ConsoleError::invalid(SETTING, message));
    }
    Ok((area, setting))
}

/// A switch says yes or no: what was left open would be taken for no.
fn chosen_value(area: &Area, setting: &Setting, sent: &Sent) -> Result<(), ConsoleError> {
    let switch = area.field(setting).is_some_and(|field| field.kind == Kind::Flag);
    let open = sent.all(setting.name).last().is_none_or(str::is_empty);
    if switch && open {
        return Err(ConsoleError::invalid(setting.name, "Choose On or Off."));
    }
    Ok(())
}

/// What was typed for it.
fn typed(setting: &Setting, sent: &Sent) -> Sent {
    let unit = format!("{UNIT}{}", setting.name);
    let own = |(name, _): &&(String, String)| *name == setting.name || *name == unit;
    Sent {
        texts: sent.texts.iter().filter(own).cloned().collect(),
        files: Vec::new(),
    }
}

async fn target(backend: &BackendHandle, area: &'static Area, reference: String) -> Target {
    let name = backend.name_of(&reference).unwrap_or_else(|| reference.clone());
    let there = match backend.may(area.write, &Scope::Project(reference.clone())) {
        Err(why) => Err(why.sentence()),
        Ok(()) => {
            let current = one(backend, &reference, area).await;
            current.map_err(|error| format!("What it is could not be read: {error}"))
        }
    };
    Target { reference, name, there }
}

fn plan(
    area: &'static Area,
    setting: &'static Setting,
    typed: &Sent,
    targets: Vec<Target>,
) -> Result<Plan, ConsoleError> {
    let (mut rows, mut steps): (Vec<PlanRow>, Vec<Step>) = (Vec::new(), Vec::new());
    for target in targets {
        let current = match target.there {
            Ok(current) => current,
            Err(why) => {
                rows.push(left(target.name, why));
                continue;
            }
        };
        match becomes(area, setting, &target.reference, typed, &current) {
            Ok(Some(step)) => {
                rows.push(PlanRow {
                    mark: Mark::Changed,
                    name: target.name.clone(),
                    place: None,
                    remark: String::new(),
                    step: Some(steps.len()),
                });
                steps.push(Step {
                    label: format!("Change {} in {}", setting.label, target.name),
                    ..step
                });
            }
            Ok(None) => rows.push(PlanRow {
                mark: Mark::Same,
                remark: words(setting, current.value(setting.name)),
                ..left(target.name, "")
            }),
            // What is typed is wrong for all of them.
            Err(error @ ConsoleError::Invalid { .. }) => return Err(error),
            Err(error) => rows.push(left(target.name, error.to_string())),
        }
    }
    let act = act(steps.len());
    Ok(Plan::new(paths::BULK, act, rows, steps))
}

/// What the button says.
pub(super) fn act(projects: usize) -> String {
    match projects {
        1 => "Change 1 project".to_owned(),
        count => format!("Change {count} projects"),
    }
}

/// The call that it takes; `None` where it is so already.
fn becomes(
    area: &'static Area,
    setting: &Setting,
    project: &str,
    typed: &Sent,
    current: &Current,
) -> Result<Option<Step>, ConsoleError> {
    let mut sent = typed.clone();
    let was = (
        format!("{WAS}{}", setting.name),
        current.value(setting.name).to_string(),
    );
    sent.texts.push(was);
    let asked = convert::to_api(area, sent.clone())?;
    let changes = area.form().changes(&asked)?;
    if changes.iter().all(|one| one.to == Change::Untouched) {
        return Ok(None);
    }
    Ok(Some(step(area, draw_up_change(area, project, sent, current)?)))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{form::sent, settings::tests::full};

    fn target(name: &str, there: Result<i64, &str>) -> Target {
        let there = there.map_err(str::to_owned).map(|length| {
            let mut current = full(Area::of("auth").unwrap());
            current.values.insert("password_min_length".to_owned(), json!(length));
            current
        });
        Target {
            reference: name.to_lowercase(),
            name: name.to_owned(),
            there,
        }
    }

    #[test]
    fn each_project_is_refused_or_changes_or_is_so_already() {
        let area = Area::of("auth").unwrap();
        let setting = area.setting("password_min_length").unwrap();
        let typed = sent(&[("password_min_length", "12")]);
        let targets = vec![
            target("A", Ok(8)),
            target("B", Ok(12)),
            target("C", Err("It is paused.")),
        ];
        let plan = plan(area, setting, &typed, targets).unwrap();
        let marks: Vec<_> = plan
            .rows
            .iter()
            .map(|row| (row.name.as_str(), row.mark, row.step))
            .collect();
        assert_eq!(
            marks,
            [
                ("A", Mark::Changed, Some(0)),
                ("B", Mark::Same, None),
                ("C", Mark::Refused, None)
            ]
        );
        let change = plan.steps[0].change.as_ref().unwrap();
        assert_eq!((change.project.as_str(), change.settings.len()), ("a", 1));
        assert_eq!(change.settings[0].wanted(), &json!(12));
        assert!(!change.settings[0].is_conflict());
        let parameters = plan.steps[0].parameters.as_ref().unwrap().expose();
        assert_eq!(*parameters, json!({ "ref": "a", "password_min_length": 12 }));
    }

    #[test]
    fn what_is_wrong_for_all_is_said_at_the_field_and_secrets_are_refused() {
        let area = Area::of("auth").unwrap();
        let setting = area.setting("password_min_length").unwrap();
        let typed = sent(&[("password_min_length", "many")]);
        let wrong = plan(area, setting, &typed, vec![target("A", Ok(8))]).unwrap_err();
        assert!(
            matches!(wrong, ConsoleError::Invalid { field: Some(_), .. }),
            "{wrong:?}"
        );
        let ssl = Area::of("ssl").unwrap();
        let switch = ssl.setting("requestedConfig.database").unwrap();
        assert!(chosen_value(ssl, switch, &sent(&[("requestedConfig.database", "")])).is_err());
        for (area, setting) in [("auth", "smtp_pass"), ("auth", "nothing"), ("moon", "jwt_exp")] {
            assert!(chosen(&sent(&[(AREA, area), (SETTING, setting)])).is_err(), "{setting}");
        }
    }
}
