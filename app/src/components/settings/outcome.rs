//! What became of a change: every value as Supabase tells it afterwards, and the way back.

use leptos::prelude::*;

use super::rows::{before, named, read_back, wanted};
use crate::{
    components::{
        error_view::here,
        plan::{asked, failure},
    },
    form::BACK,
    paths,
    plan::{Kind, Plan, State, Step, settings::UNDO},
    settings::{
        Setting,
        change::{AreaChange, SettingChange, To},
    },
    ui::{ButtonLink, Glyph, Icon},
};

pub fn outcome(id: &str, plan: &Plan) -> AnyView {
    let done = plan.steps.iter().filter(|step| step.state == State::Done).count();
    let failures: Vec<_> = plan.steps.iter().filter_map(failure).collect();
    let found = found(plan);
    if done == 0 {
        let on = match plan.edit(id) {
            Some(edit) => view! {
                <p class="hint outcome-on"><ButtonLink href=edit>"Back to editing"</ButtonLink> " What was typed is there; secrets have to be typed again."</p>
            }
            .into_any(),
            None => rest(id, plan).into_any(),
        };
        return view! { {failures} {found} {on} }.into_any();
    }
    let made: Vec<AreaChange> = plan
        .steps
        .iter()
        .filter(|step| step.state == State::Done)
        .filter_map(|step| step.change.clone())
        .collect();
    let all: Vec<&SettingChange> = made.iter().flat_map(|change| &change.settings).collect();
    let count = all.len();
    let secrets = all.iter().filter(|one| matches!(one.to, To::Secret(_))).count();
    let says = if count == 1 {
        "1 change is made.".to_owned()
    } else {
        format!("{count} changes are made.")
    };
    let undo = match (secrets, count) {
        (0, _) => "Undo puts the earlier values up for review.",
        (secrets, count) if secrets == count => "It cannot be undone: Steward never saw the secret that was there.",
        (_, _) => "Undo puts the earlier values up for review, secrets excepted: Steward never saw those.",
    };
    let possible = secrets < count;
    let tables: Vec<_> = made.iter().map(table).collect();
    let rest = rest(id, plan);
    view! {
        {failures}
        {found}
        {rest}
        <section class="outcome" aria-label="What was done">
            <div class="outcome-head">
                <Glyph icon=Icon::CheckCircle/>
                <div><p><b>"Applied."</b> " " {says}</p><p class="hint">{undo}</p></div>
                <div class="actions">
                    {possible.then(|| view! {
                        <form method="post" enctype="multipart/form-data" action=paths::draw_up(Kind::Undo)>
                            <input type="hidden" name=BACK value=here()/>
                            <input type="hidden" name=UNDO value=id.to_owned()/>
                            <button class="button" type="submit"><Glyph icon=Icon::Undo/>"Undo"</button>
                        </form>
                    })}
                    <ButtonLink href=plan.page.clone()>"Close"</ButtonLink>
                </div>
            </div>
            {tables}
        </section>
    }
    .into_any()
}

/// What stands there now, of which it is not known whether it was done.
fn found(plan: &Plan) -> Option<AnyView> {
    let is_read = |change: &&AreaChange| change.settings.iter().any(|one| one.now.is_some());
    let tables: Vec<_> = plan
        .steps
        .iter()
        .filter(|step| step.is_uncertain())
        .filter_map(|step| step.change.as_ref().filter(is_read))
        .map(table)
        .collect();
    (!tables.is_empty()).then(|| {
        view! {
            <section class="outcome" aria-label="What stands there now">
                <div class="outcome-head">
                    <Glyph icon=Icon::Question/>
                    <p>"Steward did not send it again; it has read the settings back."</p>
                </div>
                {tables}
            </section>
        }
        .into_any()
    })
}

/// The calls that were not made, since one before them failed; and the way to make them all the same.
fn rest(id: &str, plan: &Plan) -> Option<AnyView> {
    let waiting: Vec<&str> = plan
        .steps
        .iter()
        .filter(|step| step.state == State::Waiting)
        .map(|step| step.label.as_str())
        .collect();
    if plan.steps.iter().all(|step| !step.is_left()) {
        return None;
    }
    let says = if plan.steps.iter().any(Step::is_uncertain) {
        "Look first: what is not known to be done would be sent once more.".to_owned()
    } else if waiting.is_empty() {
        "What failed can be tried again; what is made stays.".to_owned()
    } else {
        let why = if plan.stopped {
            "it was stopped"
        } else {
            "what came before has failed"
        };
        format!("Not sent, because {why}: {}.", waiting.join("; "))
    };
    let asked = asked(plan, id);
    Some(
        view! {
            <form class="form outcome-rest" method="post" action=paths::apply(id)>
                <p class="hint">{says}</p>
                {asked}
                <div class="form-actions"><button class="button" type="submit">"Try the rest again"</button></div>
            </form>
        }
        .into_any(),
    )
}

fn table(change: &AreaChange) -> AnyView {
    let Some(area) = change.area() else {
        return ().into_any();
    };
    let row = |(setting, one): (&'static Setting, &SettingChange)| {
        let (tone, says) = read_back(setting, one);
        let icon = if tone == "success" { Icon::Check } else { Icon::Warning };
        view! {
            <tr>
                {named(setting)}
                <td data-label="Before"><del><bdi>{before(setting, one)}</bdi></del></td>
                <td data-label="Sent"><p class="delta-new">{wanted(setting, one)}</p></td>
                <td data-label="Read back"><p class="effect" data-tone=tone><Glyph icon/><span>{says}</span></p></td>
            </tr>
        }
    };
    let rows: Vec<_> = change
        .settings
        .iter()
        .filter_map(|one| Some((area.setting(&one.name)?, one)))
        .map(row)
        .collect();
    view! {
        <div class="delta-box">
            <table class="table delta" data-kind="results">
                <caption class="visually-hidden">{format!("What was sent to {}, and what it says now", area.title)}</caption>
                <thead>
                    <tr><th scope="col">"Setting"</th><th scope="col">"Before"</th><th scope="col">"Sent"</th><th scope="col">"Read back"</th></tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}
