//! One setting in several projects: what becomes of it in each, how far it is, and what did.

use leptos::prelude::*;

use super::rows::{before, compared, effects, read_back, wanted};
use crate::{
    components::{
        error_view::here,
        operation_form::why_not_in,
        plan::{asked, failure, typed},
    },
    form::BACK,
    islands::live::Live,
    paths,
    plan::{Kind, Phase, Plan, PlanRow, State, Step, settings::UNDO},
    settings::{Area, Setting, change::SettingChange},
    ui::{Button, ButtonKind, ButtonLink, Glyph, Icon, Mark, Notice, Tone},
};
use management_api::Scope;

pub fn across(id: &str, plan: &Plan) -> AnyView {
    let running = plan.phase == Phase::Running;
    let failures: Vec<_> = plan.steps.iter().filter_map(failure).collect();
    view! {
        {running.then(|| view! { <Live/> })}
        {heading(plan)}
        {course(plan)}
        {stopped(plan)}
        {failures}
        <form class="form across" method="post" action=paths::apply(id)>
            {table(id, plan)}
            {(plan.phase == Phase::Drawn && !plan.steps.is_empty()).then(|| aftermath(id, plan))}
            {dock(id, plan)}
        </form>
        {undo(id, plan)}
    }
    .into_any()
}

/// The setting that it is about.
fn about(plan: &Plan) -> Option<(&'static Area, &'static Setting)> {
    let change = plan.steps.first()?.change.as_ref()?;
    let area = change.area()?;
    Some((area, area.setting(&change.settings.first()?.name)?))
}

fn counted(count: usize) -> String {
    match count {
        1 => "1 project".to_owned(),
        count => format!("{count} projects"),
    }
}

fn heading(plan: &Plan) -> AnyView {
    let places = counted(plan.rows.len());
    let title = match about(plan) {
        Some((_, setting)) => format!("{} in {places}", setting.label),
        None => format!("Nothing changes in {places}"),
    };
    let hint = match plan.phase {
        Phase::Drawn => {
            "Nothing was sent yet. Each project is a call of its own: one may fail while others are changed."
        }
        Phase::Running => "Under way. It goes on if you leave this page.",
        Phase::Ended => "What was made stays made; what was not sent can still be.",
    };
    view! { <div class="review-head"><h2>{title}</h2><p class="hint">{hint}</p></div> }.into_any()
}

/// How many calls are in each state.
fn of(plan: &Plan, is: impl Fn(&State) -> bool) -> usize {
    plan.steps.iter().filter(|step| is(&step.state)).count()
}

/// A cell for each project, and the count in words.
fn course(plan: &Plan) -> Option<AnyView> {
    if plan.phase == Phase::Drawn {
        return None;
    }
    let word = |step: &Step| match (&step.state, plan.phase) {
        (State::Done, _) => "done",
        (State::Failed(_) | State::Unknown, _) => "failed",
        (State::Sending, _) => "now",
        (State::Waiting, Phase::Ended) => "skipped",
        (State::Waiting, Phase::Drawn | Phase::Running) => "next",
    };
    let cells: Vec<_> = plan
        .steps
        .iter()
        .map(|step| view! { <li data-is=word(step)></li> })
        .collect();
    let (done, failed) = (
        of(plan, |state| *state == State::Done),
        of(plan, |state| matches!(state, State::Failed(_))),
    );
    let rest = plan.steps.len() - done - failed;
    let rest = match plan.phase {
        Phase::Ended => format!("{rest} not sent"),
        Phase::Drawn | Phase::Running => format!("{rest} to go"),
    };
    let says = format!("{done} as sent, {failed} refused, {rest}");
    Some(view! { <div class="course"><ol aria-hidden="true">{cells}</ol><p role="status">{says}</p></div> }.into_any())
}

fn stopped(plan: &Plan) -> Option<AnyView> {
    let title = match (plan.phase, plan.stopped) {
        (Phase::Ended, true) => "Stopped",
        (Phase::Ended, false) if plan.halts && of(plan, |state| *state == State::Waiting) > 0 => {
            "Stopped at the first that failed"
        }
        _ => return None,
    };
    let says = "Nothing was sent to the projects after it. What stands below as not sent can still be.";
    Some(view! { <Notice tone=Tone::Warning title>{says}</Notice> }.into_any())
}

fn table(id: &str, plan: &Plan) -> AnyView {
    let made = plan.phase != Phase::Drawn;
    let all = |mark: Mark| plan.rows.iter().filter(move |row| row.mark == mark);
    let changed: Vec<_> = all(Mark::Changed).filter_map(|row| changed(id, plan, row)).collect();
    let plain = |row: &PlanRow, after: &'static str, why: bool| {
        let (now, why) = if why {
            ("Not known".to_owned(), row.remark.clone())
        } else {
            (row.remark.clone(), String::new())
        };
        view! {
            <tr>
                <td data-label="Project"><bdi>{row.name.clone()}</bdi></td>
                <td data-label="Now"><bdi>{now}</bdi></td>
                <td data-label="After">{after}</td>
                <td data-label="In this project" colspan="2">{why}</td>
            </tr>
        }
        .into_any()
    };
    let refused: Vec<_> = all(Mark::Refused).map(|row| plain(row, "Stays", true)).collect();
    let same: Vec<_> = all(Mark::Same).map(|row| plain(row, "Stays", false)).collect();
    let will = if made { "Changes" } else { "Will change" };
    view! {
        <div class="delta-box">
            <table class="table delta" data-kind="across">
                <caption class="visually-hidden">"What becomes of it in each project"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Project"</th>
                        <th scope="col">"Now"</th>
                        <th scope="col">"After"</th>
                        <th scope="col">"In this project"</th>
                        <th scope="col"><span class="visually-hidden">{if made { "Outcome" } else { "Leave out" }}</span></th>
                    </tr>
                </thead>
                {part("Refused", "They stay as they are. The rest does not wait for them.", refused)}
                {part(will, "In this order, one after the other.", changed)}
                {part("Already so", "", same)}
            </table>
        </div>
    }
    .into_any()
}

fn part(title: &'static str, says: &'static str, rows: Vec<AnyView>) -> Option<AnyView> {
    let count = rows.len();
    (count > 0).then(|| {
        view! {
            <tbody>
                <tr class="delta-part"><th scope="rowgroup" colspan="5">{title} " " <span class="quiet">{count}</span> " " <span class="hint">{says}</span></th></tr>
                {rows}
            </tbody>
        }
        .into_any()
    })
}

fn changed(id: &str, plan: &Plan, row: &PlanRow) -> Option<AnyView> {
    let step = plan.steps.get(row.step?)?;
    let change = step.change.as_ref()?;
    let (area, one) = (change.area()?, change.settings.first()?);
    let setting = area.setting(&one.name)?;
    let values = match compared(area, setting, one) {
        Some(lines) => view! { <td data-label="After" colspan="2">{lines}</td> }.into_any(),
        None => view! {
            <td data-label="Now"><del><bdi>{before(setting, one)}</bdi></del></td>
            <td data-label="After"><p class="delta-new">{wanted(setting, one)}</p></td>
        }
        .into_any(),
    };
    let last = match plan.phase {
        Phase::Drawn => leave(id, &change.project, &row.name, plan.steps.len() > 1).into_any(),
        Phase::Running | Phase::Ended => outcome(plan.phase, step, setting, one),
    };
    Some(
        view! {
            <tr>
                <td data-label="Project"><bdi>{row.name.clone()}</bdi></td>
                {values}
                <td data-label="In this project">{effects(one.effects(setting))}</td>
                <td data-kind="actions">{last}</td>
            </tr>
        }
        .into_any(),
    )
}

fn leave(id: &str, project: &str, name: &str, several: bool) -> Option<AnyView> {
    let (action, project) = (paths::leave_out(id), project.to_owned());
    let label = format!("Leave out {name}");
    several.then(|| {
        view! {
            <button class="button button-ghost button-small" type="submit" formaction=action formnovalidate name="project" value=project aria-label=label>
                <Glyph icon=Icon::Close/>
            </button>
        }
        .into_any()
    })
}

fn outcome(phase: Phase, step: &Step, setting: &'static Setting, one: &SettingChange) -> AnyView {
    let (tone, says) = match (&step.state, phase) {
        _ if step.is_uncertain() && one.now.is_some() => read_back(setting, one),
        (State::Failed(_), _) if step.is_uncertain() => ("warning", "Not known".to_owned()),
        (State::Done, _) => read_back(setting, one),
        (State::Failed(_), _) => ("error", "Refused".to_owned()),
        (State::Unknown, _) => ("warning", "Not known".to_owned()),
        (State::Sending, _) => ("info", "Sending".to_owned()),
        (State::Waiting, Phase::Ended) => ("warning", "Not sent".to_owned()),
        (State::Waiting, Phase::Drawn | Phase::Running) => ("", "Waiting".to_owned()),
    };
    let icon = match tone {
        "success" => Icon::Check,
        "error" => Icon::Error,
        "warning" => Icon::Skipped,
        _ => Icon::Clock,
    };
    view! { <p class="effect" data-tone=tone><Glyph icon/><span>{says}</span></p> }.into_any()
}

fn aftermath(id: &str, plan: &Plan) -> AnyView {
    let takes_effect = about(plan).map(|(area, _)| area.takes_effect);
    let typed: Vec<_> = plan
        .operations()
        .into_iter()
        .map(|operation| typed(plan, operation, id))
        .collect();
    let asked = asked(plan, id);
    let halts = if plan.halts {
        "It stops at the first project that fails."
    } else {
        "A project that fails does not keep the others from being changed."
    };
    view! {
        <section class="aftermath" aria-label="How it runs">
            <h2>"How it runs"</h2>
            <p>"One project after the other. Each value is held against what was shown here just before it is sent, and read back after."</p>
            <p>{halts}</p>
            {takes_effect.map(|says| view! { <p>{says}</p> })}
            {typed}
            {asked}
        </section>
    }
    .into_any()
}

fn dock(id: &str, plan: &Plan) -> AnyView {
    let left = plan.steps.iter().filter(|step| step.is_left()).count();
    let again = match about(plan) {
        Some((area, setting)) => paths::bulk(area.key, setting.name),
        None => paths::BULK.to_owned(),
    };
    let mut operations = plan
        .steps
        .iter()
        .filter_map(|step| Some((step.operation, step.change.as_ref()?.project.clone())));
    let disabled_because = operations.find_map(|(operation, project)| why_not_in(operation, &Scope::Project(project)));
    let (stop, discard, act) = (paths::stop(id), paths::discard(id), plan.act.clone());
    let (says, actions) = match plan.phase {
        Phase::Running => (
            "Stopping lets the call that is under way come to its end, and sends nothing after it.",
            view! { <button class="button" type="submit" formaction=stop formnovalidate><Glyph icon=Icon::Pause/>"Stop"</button> }.into_any(),
        ),
        Phase::Drawn if left > 0 => (
            "Nothing was sent yet.",
            view! {
                <ButtonLink href=again kind=ButtonKind::Ghost>"Back"</ButtonLink>
                <button class="button button-ghost" type="submit" formaction=discard formnovalidate>"Discard"</button>
                <Button kind=ButtonKind::Primary submit=true disabled_because>{act}</Button>
            }
            .into_any(),
        ),
        Phase::Ended if left > 0 => (
            "What is made stays made.",
            view! {
                <ButtonLink href=again kind=ButtonKind::Ghost>"Close"</ButtonLink>
                <button class="button" type="submit">"Try the rest again"</button>
            }
            .into_any(),
        ),
        Phase::Drawn | Phase::Ended => (
            "There is nothing left to send.",
            view! { <ButtonLink href=again>"Close"</ButtonLink> }.into_any(),
        ),
    };
    let count = format!("{} of {}", plan.steps.len(), counted(plan.rows.len()));
    let asked = asked(plan, id).filter(|_| plan.phase == Phase::Ended && left > 0);
    view! {
        {asked}
        <div class="dock" role="region" aria-label="Change">
            <Glyph icon=Icon::Layers/>
            <p class="dock-what"><b>{count}</b><span class="dock-names">{says}</span></p>
            <div class="actions">{actions}</div>
        </div>
    }
    .into_any()
}

/// The way back, as a plan of its own.
fn undo(id: &str, plan: &Plan) -> Option<AnyView> {
    let done = of(plan, |state| *state == State::Done);
    (plan.phase == Phase::Ended && done > 0).then(|| {
        let says = format!(
            "Undo draws up another plan: it puts the earlier values up for review in {}.",
            counted(done)
        );
        view! {
            <form class="across-undo" method="post" enctype="multipart/form-data" action=paths::draw_up(Kind::Undo)>
                <input type="hidden" name=BACK value=here()/>
                <input type="hidden" name=UNDO value=id.to_owned()/>
                <button class="button" type="submit"><Glyph icon=Icon::Undo/>"Undo"</button>
                <p class="hint">{says}</p>
            </form>
        }
        .into_any()
    })
}
