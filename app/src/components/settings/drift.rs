//! What differs from a baseline, as one form: to be undone, or to be accepted.

use leptos::prelude::*;
use serde_json::Value;
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use super::rows::{effects, named};
use crate::{
    components::{operation_form::FormState, when::When},
    form::{BACK, change::WAS},
    paths,
    plan::{
        Kind,
        settings::{PROJECT, TAKE},
    },
    server_fns::drift::{By, DriftRow, Drifted, PartRow},
    settings::{
        Area, Setting,
        baseline::Drift,
        change::{SettingChange, To},
        parts::{Mark, Part},
        words::words,
    },
    ui::{
        Badge, Button, ButtonKind, ButtonLink, Choice, Empty, Glyph, Icon, Notice, SelectField, TextField, Tone,
        problem_notice,
    },
};

/// Fields of the forms: what a baseline is called, and every how many hours it is checked.
pub const NAME: &str = "name";
pub const HOURS: &str = "hours";
/// The forms' own name, for what is wrong with one of them.
pub const FORM: &str = "baseline";

/// Unix seconds as the audit writes them.
pub fn moment(at: i64) -> String {
    let moment = OffsetDateTime::from_unix_timestamp(at).ok();
    moment
        .and_then(|moment| moment.format(&Rfc3339).ok())
        .unwrap_or_default()
}

fn problem() -> Option<AnyView> {
    let state = FormState::of(Kind::Drift.operation(), FORM);
    let other = FormState::of(Kind::Drift.operation(), Kind::Drift.as_str());
    let problem = state.problem().or_else(|| other.problem())?;
    Some(problem_notice(problem).into_any())
}

pub fn no_baseline(project: &str) -> AnyView {
    let keep = keep(project, "Keep as it is now");
    view! {
        {problem()}
        <Empty icon=Icon::Different title="No baseline" sentence="Keep the configuration as it is now, and this page tells what has come to differ from it.">
            {keep}
        </Empty>
    }
    .into_any()
}

/// The form that keeps the configuration as it is.
fn keep(project: &str, submit: &'static str) -> AnyView {
    view! {
        <form class="form drift-keep" method="post" enctype="multipart/form-data" action=paths::baseline(project, "set")>
            <input type="hidden" name=BACK value=paths::drift(project)/>
            <TextField name=NAME label="Name" value="" hint="Such as a release. No secret is kept: of those among the settings only which are set, of those of functions their digests."/>
            <div class="form-actions"><Button kind=ButtonKind::Primary submit=true>{submit}</Button></div>
        </form>
    }
    .into_any()
}

pub fn drifted(project: &str, now: Drifted) -> AnyView {
    let (project, back) = (project.to_owned(), paths::drift(project));
    let drifts = || {
        now.rows
            .iter()
            .map(|row| &row.drift)
            .chain(now.beside.iter().map(|row| &row.drift))
    };
    let (count, weaker) = (drifts().count(), drifts().filter(|drift| drift.weaker).count());
    let badge = badge(count, weaker);
    let about = about(&now);
    let unread = unread(&now);
    let ended = now
        .ended
        .clone()
        .map(|why| view! { <Notice tone=Tone::Warning title="Checks have ended">{why}</Notice> });
    let more = more(&project, &now);
    let areas: Vec<_> = Area::ALL.into_iter().filter_map(|area| part(area, &now.rows)).collect();
    let beside: Vec<_> = Part::ALL
        .into_iter()
        .filter_map(|part| beside(&project, part, &now.beside))
        .collect();
    let rows = if count == 0 {
        view! { <Empty icon=Icon::CheckCircle title="As the baseline" sentence="Nothing differs of what could be read."/> }.into_any()
    } else {
        view! {
            <form class="compare drift" method="post" enctype="multipart/form-data" action=paths::draw_up(Kind::Drift)>
                <input type="hidden" name=BACK value=back.clone()/>
                <input type="hidden" name=PROJECT value=project.clone()/>
                {areas}
                {beside}
                <div class="dock" role="region" aria-label="What to do">
                    <Glyph icon=Icon::Different/>
                    <p class="dock-what"><b>{counted(count)}</b><span class="dock-names">"Tick what is to be as the baseline again, or to become part of it. Undoing is shown before anything is sent."</span></p>
                    <div class="actions">
                        <button class="button" type="submit" formaction=paths::baseline(&project, "accept")>"Accept"</button>
                        <Button kind=ButtonKind::Primary submit=true>"Undo\u{2026}"</Button>
                    </div>
                </div>
            </form>
        }
        .into_any()
    };
    view! {
        {problem()}
        {ended}
        <div class="drift-head">
            <p>{badge} " " {about}</p>
            <div class="actions"><ButtonLink href=back icon=Icon::Refresh kind=ButtonKind::Ghost>"Read again"</ButtonLink></div>
        </div>
        {unread}
        {rows}
        {more}
    }
    .into_any()
}

fn counted(count: usize) -> String {
    match count {
        1 => "1 difference".to_owned(),
        count => format!("{count} differences"),
    }
}

/// How it stands, for this page and the one over all projects.
pub fn badge(count: usize, weaker: usize) -> AnyView {
    let (tone, icon, word) = match (count, weaker) {
        (0, _) => (Tone::Neutral, Icon::Check, "As the baseline".to_owned()),
        (1, 0) => (Tone::Warning, Icon::Different, "1 differs".to_owned()),
        (count, 0) => (Tone::Warning, Icon::Different, format!("{count} differ")),
        (count, weaker) => (Tone::Error, Icon::Shield, format!("{count}, {weaker} weaker")),
    };
    view! { <Badge tone icon word/> }.into_any()
}

fn about(now: &Drifted) -> AnyView {
    let (name, by, settings) = (now.name.clone(), now.set_by.clone(), now.settings);
    view! {
        "Baseline " <b><bdi>{name}</bdi></b> ", set " <When at=moment(now.set_at)/> " by " <bdi>{by}</bdi>
        {format!(", {settings} settings. Read ")} <When at=moment(now.read_at)/> "."
    }
    .into_any()
}

fn unread(now: &Drifted) -> Option<AnyView> {
    let line = |(key, why): &(String, String)| {
        let title = Area::of(key).map(|area| area.title);
        let title = title
            .or_else(|| Part::of(key).map(|part| part.title))
            .unwrap_or(key)
            .to_owned();
        view! { <li><b>{title}</b> ": " {why.clone()}</li> }
    };
    let lines: Vec<_> = now.unread.iter().map(line).collect();
    (!lines.is_empty()).then(|| {
        view! { <Notice tone=Tone::Info title="Not all of it could be compared"><ul>{lines}</ul></Notice> }.into_any()
    })
}

fn part(area: &'static Area, rows: &[DriftRow]) -> Option<AnyView> {
    let rows: Vec<_> = rows
        .iter()
        .filter(|row| row.drift.area == area.key)
        .filter_map(|one| Some(row(area, area.setting(&one.drift.setting)?, one)))
        .collect();
    let says = format!("{} of {}", rows.len(), area.settings().count());
    (!rows.is_empty()).then(|| section(area.title, "Setting", says, rows, None))
}

/// What differs beside the settings: it can be accepted here, and put back on the page that it has.
fn beside(project: &str, part: &'static Part, rows: &[PartRow]) -> Option<AnyView> {
    let rows: Vec<_> = rows
        .iter()
        .filter(|row| row.drift.area == part.key)
        .map(|one| part_row(part, one))
        .collect();
    let (href, title, says) = ((part.page)(project), part.title, rows.len().to_string());
    let back = view! {
        <p class="hint compare-same">"They can be accepted here. "<a class="link" href=href>"Put them back on their page"</a></p>
    };
    (!rows.is_empty()).then(|| section(title, "Name", says, rows, Some(back.into_any())))
}

/// A table of what differs; `says` stands beside its title, `more` under it.
fn section(
    title: &'static str,
    what: &'static str,
    says: String,
    rows: Vec<AnyView>,
    more: Option<AnyView>,
) -> AnyView {
    view! {
        <section class="settings-part">
            <h2>{title} " " <span class="quiet">{says}</span></h2>
            <div class="delta-box">
                <table class="table delta" data-kind="compare">
                    <caption class="visually-hidden">{format!("What differs in {title}")}</caption>
                    <thead>
                        <tr>
                            <th scope="col"><span class="visually-hidden">"Choose"</span></th>
                            <th scope="col">{what}</th>
                            <th scope="col">"Baseline"</th>
                            <th scope="col">"Now"</th>
                            <th scope="col">"Since, by"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            {more}
        </section>
    }
    .into_any()
}

fn part_row(part: &'static Part, row: &PartRow) -> AnyView {
    let name = row.drift.setting.clone();
    // What has been seen: only that is accepted.
    let seen = (
        format!("{WAS}{}.{name}", part.key),
        serde_json::json!(row.now).to_string(),
    );
    let (taken, label) = (format!("{}/{name}", part.key), format!("Choose {name}"));
    let said = |mark: &Option<Mark>| match mark {
        Some(mark) => view! { <code><bdi>{mark.words()}</bdi></code> }.into_any(),
        None => view! { <span class="quiet">"Not there"</span> }.into_any(),
    };
    let weaker = row
        .drift
        .weaker
        .then(|| view! { <p><Badge tone=Tone::Error icon=Icon::Shield word="Weaker" plain=true/></p> });
    view! {
        <tr>
            <td data-kind="pick"><input type="checkbox" name=TAKE value=taken aria-label=label/><input type="hidden" name=seen.0 value=seen.1/></td>
            <td data-label="Name"><code><bdi>{name}</bdi></code></td>
            <td data-label="Baseline">{said(&row.baseline)}</td>
            <td data-label="Now">{said(&row.now)}{weaker}</td>
            <td data-label="Since, by">{since(&row.drift, row.by.as_ref(), "Between ")}</td>
        </tr>
    }
    .into_any()
}

fn row(area: &'static Area, setting: &'static Setting, row: &DriftRow) -> AnyView {
    let taken = format!("{}/{}", area.key, setting.name);
    let said = |value: &Value| match (row.secret, value) {
        (true, Value::Bool(true)) => "Set".to_owned(),
        (true, _) => "Not set".to_owned(),
        (false, value) => words(setting, value),
    };
    // What has been seen: only that is accepted.
    let seen = (format!("{WAS}{}.{}", area.key, setting.name), row.now.to_string());
    let change = SettingChange::new(setting.name.to_owned(), row.baseline.clone(), To::Set(row.now.clone()));
    let weaker = (row.drift.weaker && !row.secret).then(|| {
        let effects_now = change.effects(setting).into_iter();
        effects(
            effects_now
                .filter(|effect| effect.kind == crate::settings::Kind::Weaker)
                .collect(),
        )
    });
    let label = format!("Choose {}", setting.label);
    view! {
        <tr>
            <td data-kind="pick"><input type="checkbox" name=TAKE value=taken aria-label=label/><input type="hidden" name=seen.0 value=seen.1/></td>
            {named(setting)}
            <td data-label="Baseline"><bdi>{said(&row.baseline)}</bdi></td>
            <td data-label="Now"><bdi>{said(&row.now)}</bdi>{weaker}</td>
            <td data-label="Since, by">{since(&row.drift, row.by.as_ref(), "Not through Steward, between ")}</td>
        </tr>
    }
    .into_any()
}

/// Who has made it so; `else_says` stands before the time where no call of the audit has. Of secrets the audit does not tell
/// the names, so that of those nothing can be said.
fn since(drift: &Drift, by: Option<&By>, else_says: &'static str) -> AnyView {
    match by {
        Some(by) => {
            let (href, person, at) = (paths::audit_call(by.call), by.person.clone(), by.at.clone());
            view! { <p class="since"><Glyph icon=Icon::User/><span><bdi>{person}</bdi> ", " <When at=at/> ", " <a class="link" href=href>"audit"</a></span></p> }
                .into_any()
        }
        None => view! {
            <p class="since"><Glyph icon=Icon::Question/><span>{else_says} <When at=moment(drift.after)/> " and " <When at=moment(drift.by)/></span></p>
        }
        .into_any(),
    }
}

/// What else can be done with a baseline.
fn more(project: &str, now: &Drifted) -> AnyView {
    let every = now.checks.as_ref().map_or(0, |checks| checks.every_hours);
    let by = now
        .checks
        .as_ref()
        .map(|checks| format!("Runs on the sign-in of {}, and ends with it.", checks.by));
    let choices = [(0, "Never"), (1, "Every hour"), (6, "Every 6 hours"), (24, "Every day")];
    let choices = choices
        .into_iter()
        .map(|(hours, label)| Choice::new(hours.to_string(), label))
        .collect();
    let hint = by.unwrap_or_else(|| {
        "On your sign-in, and until it ends: thirteen calls each time, of those that everybody shares.".to_owned()
    });
    view! {
        <details class="folded drift-more">
            <summary>"Baseline and checks"</summary>
            <div class="drift-forms">
                <section><h2>"New baseline"</h2>{keep(project, "Keep as it is now")}</section>
                <section>
                    <h2>"Checks"</h2>
                    <form class="form" method="post" enctype="multipart/form-data" action=paths::baseline(project, "checks")>
                        <input type="hidden" name=BACK value=paths::drift(project)/>
                        <SelectField name=HOURS label="Read by itself" choices value=every.to_string() hint/>
                        <div class="form-actions"><Button submit=true>"Save"</Button></div>
                    </form>
                </section>
                <section>
                    <h2>"No baseline"</h2>
                    <form class="form" method="post" enctype="multipart/form-data" action=paths::baseline(project, "forget")>
                        <input type="hidden" name=BACK value=paths::drift(project)/>
                        <p class="hint">"Nothing changes at Supabase. What it was cannot be brought back."</p>
                        <div class="form-actions"><Button submit=true kind=ButtonKind::Danger>"Forget the baseline"</Button></div>
                    </form>
                </section>
            </div>
        </details>
    }
    .into_any()
}
