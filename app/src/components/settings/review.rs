//! What would become of a configuration, before anything is sent: each value now and after, what the change does, what has
//! to be decided first, and what the call would hold.

use leptos::prelude::*;
use serde_json::{Map, Value};

use super::rows::{aftermath, before, compared, named, wanted};
use crate::{
    components::{
        operation_form::why_not,
        plan::{asked, failure, typed},
    },
    islands::live::Live,
    paths,
    plan::{Phase, Plan, SETTLE, Step},
    settings::{
        Area, Setting,
        change::{AreaChange, SettingChange, To},
        words::words,
    },
    ui::{Button, ButtonKind, ButtonLink, Glyph, Icon},
};

pub fn review(id: &str, plan: &Plan) -> AnyView {
    let running = plan.phase == Phase::Running;
    let steps: Vec<_> = plan
        .steps
        .iter()
        .filter_map(|step| Some((step, step.change.clone()?)))
        .collect();
    let count: usize = steps.iter().map(|(_, change)| change.settings.len()).sum();
    let open: Vec<&'static str> = steps
        .iter()
        .flat_map(|(_, change)| {
            let area = change.area();
            change
                .settings
                .iter()
                .filter(|one| one.is_conflict())
                .filter_map(move |one| Some(area?.setting(&one.name)?.label))
        })
        .collect();
    let title = if count == 1 {
        "Review 1 change".to_owned()
    } else {
        format!("Review {count} changes")
    };
    let hint = match (running, steps.len()) {
        (true, _) => "Under way.",
        (false, 1) => "Nothing was sent yet. All of it is sent as one call, so it is applied as a whole or not at all.",
        (false, _) if places(&steps) == 1 => {
            "Nothing was sent yet. There is one call for each configuration, in this order; one that fails keeps the rest from being sent."
        }
        (false, _) => "Nothing was sent yet. There is one call for each project.",
    };
    let failures: Vec<_> = plan.steps.iter().filter_map(failure).collect();
    let several = steps.len() > 1;
    let titled = |change: &AreaChange| {
        let title = change.area().filter(|_| several).map(|area| area.title);
        title.map(|title| view! { <h3 class="review-area">{title}</h3> })
    };
    let tables: Vec<_> = steps
        .iter()
        .map(|(_, change)| view! { {titled(change)} {table(id, change)} })
        .collect();
    let several = steps.len() > 1;
    let requests: Vec<_> = steps
        .iter()
        .map(|(step, change)| request(step, change, several))
        .collect();
    let typed: Vec<_> = plan
        .operations()
        .into_iter()
        .map(|operation| typed(plan, operation, id))
        .collect();
    let asked = asked(plan, id);
    let disabled_because = plan.operations().into_iter().find_map(why_not);
    let act = plan.act.clone();
    let (back, to) = match plan.edit(id) {
        Some(edit) => (edit, "Back to editing"),
        None => (plan.page.clone(), "Back"),
    };
    let (names, says) = if open.is_empty() {
        (title.trim_start_matches("Review ").to_owned(), labels(&steps))
    } else {
        (
            format!("{} open", open.len()),
            format!("Choose a value for {}.", open.join(", ")),
        )
    };
    view! {
        {running.then(|| view! { <Live/> })}
        <form class="form review" method="post" action=paths::apply(id)>
            <div class="review-head"><h2>{title}</h2><p class="hint">{hint}</p></div>
            {failures}
            {tables}
            <section class="aftermath" aria-label="When you apply">
                <h2>"When you apply"</h2>
                {typed}
                {asked}
                {requests}
            </section>
            <div class="dock" role="region" aria-label="Apply" data-tone=(!open.is_empty()).then_some("warning")>
                <Glyph icon=if open.is_empty() { Icon::Check } else { Icon::Warning }/>
                <p class="dock-what"><b>{names}</b><span class="dock-names">{says}</span></p>
                <div class="actions">
                    <ButtonLink href=back kind=ButtonKind::Ghost>{to}</ButtonLink>
                    <button class="button button-ghost" type="submit" formaction=paths::discard(id) formnovalidate>"Discard"</button>
                    <Button kind=ButtonKind::Primary submit=true disabled_because>{act}</Button>
                </div>
            </div>
        </form>
    }
    .into_any()
}

/// How many projects are changed.
fn places(steps: &[(&Step, AreaChange)]) -> usize {
    let places: std::collections::BTreeSet<&str> = steps.iter().map(|(_, change)| change.project.as_str()).collect();
    places.len()
}

/// What the changed settings are called.
fn labels(steps: &[(&Step, AreaChange)]) -> String {
    let all = steps.iter().flat_map(|(_, change)| {
        let area = change.area();
        change
            .settings
            .iter()
            .filter_map(move |one| Some(area?.setting(&one.name)?.label))
    });
    all.collect::<Vec<_>>().join(", ")
}

fn table(id: &str, change: &AreaChange) -> AnyView {
    let Some(area) = change.area() else {
        return ().into_any();
    };
    let only = change.settings.len() == 1;
    let rows: Vec<_> = change
        .settings
        .iter()
        .filter_map(|one| Some((area.setting(&one.name)?, one)))
        .map(|(setting, one)| {
            if one.is_conflict() {
                conflict(setting, one)
            } else {
                row(id, area, setting, one, only)
            }
        })
        .collect();
    view! {
        <div class="delta-box">
            <table class="table delta">
                <caption class="visually-hidden">{format!("What will change in {}", area.title)}</caption>
                <thead>
                    <tr>
                        <th scope="col">"Setting"</th>
                        <th scope="col">"Now"</th>
                        <th scope="col">"After"</th>
                        <th scope="col"><span class="visually-hidden">"Leave out"</span></th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(id: &str, area: &Area, setting: &'static Setting, change: &SettingChange, only: bool) -> AnyView {
    let values = match compared(area, setting, change) {
        Some(lines) => {
            view! { <td data-label="After" colspan="2">{lines} {aftermath(setting, change)}</td> }.into_any()
        }
        None => view! {
            <td data-label="Now"><del><bdi>{before(setting, change)}</bdi></del></td>
            <td data-label="After">
                <p class="delta-new">{wanted(setting, change)}</p>
                {aftermath(setting, change)}
            </td>
        }
        .into_any(),
    };
    let leave = paths::leave_out(id);
    view! {
        <tr>
            {named(setting)}
            {values}
            <td data-kind="actions">
                {(!only).then(|| view! {
                    <button class="button button-ghost button-small" type="submit" formaction=leave formnovalidate name="setting" value=setting.name
                        aria-label=format!("Leave out the change of {}", setting.label)>
                        <Glyph icon=Icon::Close/>
                    </button>
                })}
            </td>
        </tr>
    }
    .into_any()
}

/// Somebody else has changed it meanwhile: both are shown, and nothing is chosen before.
fn conflict(setting: &'static Setting, change: &SettingChange) -> AnyView {
    let opened = change
        .opened
        .as_ref()
        .map(|opened| words(setting, opened))
        .unwrap_or_default();
    let (theirs, mine) = (words(setting, &change.was), words(setting, change.wanted()));
    let name = format!("{SETTLE}{}", setting.name);
    view! {
        <tr data-conflict="">
            {named(setting)}
            <td colspan="3">
                <p class="conflict-why">
                    <Glyph icon=Icon::Warning/>
                    <span><b>"Changed in the meantime."</b> {format!(" It was {opened} when the page was drawn.")}</span>
                </p>
                <fieldset class="versions">
                    <legend class="visually-hidden">{setting.label}</legend>
                    <label class="version">
                        <input type="radio" name=name.clone() value="theirs" required=true/>
                        <span class="version-who">"Keep what it is now"</span>
                        <span class="version-value"><bdi>{theirs}</bdi></span>
                        <span class="version-more">"Nothing is sent for this setting."</span>
                    </label>
                    <label class="version">
                        <input type="radio" name=name value="mine" required=true/>
                        <span class="version-who">"Use mine"</span>
                        <span class="version-value"><bdi>{mine}</bdi></span>
                        <span class="version-more">"Replaces what somebody else has set."</span>
                    </label>
                </fieldset>
                {aftermath(setting, change)}
            </td>
        </tr>
    }
    .into_any()
}

/// The call, as far as it is about what changes; secrets as what they are. It says which it is where there are `several`.
fn request(step: &Step, change: &AreaChange, several: bool) -> AnyView {
    let row = step.operation.row();
    let path = row.path.replace("{ref}", &change.project);
    let value = |one: &SettingChange| match &one.to {
        To::Set(value) => value.clone(),
        To::Cleared => Value::Null,
        To::Secret(_) => Value::String("(hidden)".to_owned()),
    };
    let body: Map<String, Value> = change
        .settings
        .iter()
        .map(|one| (one.name.clone(), value(one)))
        .collect();
    // ok: a value can always be written.
    let body = serde_json::to_string_pretty(&body).unwrap_or_default();
    let rest = row
        .replaces
        .then_some("\nEverything else is sent along as it is, since this call sets back what it leaves out.");
    let what = change
        .area()
        .filter(|_| several)
        .map(|area| format!(": {}", area.title));
    view! {
        <details class="folded">
            <summary>"Show the request" {what}</summary>
            <pre class="code" tabindex="0" role="region" aria-label="The request"><code>{format!("{} {path}\n{body}", row.method.as_str())}</code></pre>
            {rest.map(|rest| view! { <p class="hint">{rest}</p> })}
        </details>
    }
    .into_any()
}
