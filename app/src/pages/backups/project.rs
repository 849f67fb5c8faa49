//! One project's backups: how far back it can be set, the moment to set it back to, restore points, and daily backups.

use leptos::prelude::*;
use management_api::{
    OperationId,
    database::{Backup, BackupSchedule},
    projects::ProjectStatus,
};
use time::OffsetDateTime;

use super::{moment, points, timeline};
use crate::{
    backend::name_of,
    components::{
        head::Head,
        list::{List, RowAction},
        operation_form::{FormState, OperationForm, ProjectRef, Thing},
        query::{ask, loaded},
        reveal::{Source, TellOnce},
        when::{self, To, When},
    },
    islands::live::Live,
    page::{Group, Page, Sheet},
    pages::{choice, parameter, projects},
    paths,
    server_fns::{
        backups::{Recovery, backups_of},
        branches::Part,
    },
    ui::{Badge, ButtonLink, Card, Empty, Icon, Notice, Shape, TextField, Tone},
};

pub const PAGE: Page = Page {
    route: "/projects/:ref/backups",
    title: "Backups",
    icon: Icon::History,
    group: Some(Group::Run),
    parent: Some(&projects::overview::PAGE),
    operation: Some(OperationId::ListBackups),
    sheet: Some(Sheet::Run),
    view: || view! { <ProjectBackups/> }.into_any(),
};

/// In the address: the backup whose file is wanted.
const FILE: &str = "file";

#[component]
pub fn ProjectBackups() -> impl IntoView {
    let project = parameter("ref");
    let chosen = moment::chosen();
    let point = Some(choice(points::POINT)).filter(|name| !name.is_empty());
    let read = {
        let (project, since) = (project.clone(), chosen.map(when::written));
        ask(move || backups_of(project.clone(), point.clone(), since.clone()))
    };
    view! {
        <Head
            page=&PAGE
            actions=move || view! { <ButtonLink href=paths::BACKUPS icon=Icon::History>"Backups of all projects"</ButtonLink> }
        />
        {loaded("recovery", read, Shape::Facts, move |recovery| drawn(&project, &recovery, chosen))}
    }
}

/// What is typed before the project is set back.
pub(super) fn thing(project: &str) -> Thing {
    Thing::Project {
        name: name_of(project),
        reference: project.to_owned(),
    }
}

fn drawn(project: &str, recovery: &Recovery, chosen: Option<OffsetDateTime>) -> AnyView {
    let now = OffsetDateTime::now_utc();
    let recoverable = recovery.backups.pitr_enabled;
    let moment = recoverable.then(|| moment::card(project, recovery, chosen, now));
    let off = (!recoverable).then(|| {
        let href = paths::addons(project);
        view! {
            <p class="hint">
                "Point-in-time recovery is off, so that the project can only be set back to a daily backup. "
                <a class="link" href=href>"It is an add-on."</a>
            </p>
        }
    });
    view! {
        <div class="stack">
            {status(recovery)}
            {figures(recovery)}
            {timeline::card(recovery, chosen, now)}
            {off}
            {moment}
            {points::card(project, recovery)}
            {daily(project, recovery)}
            {file(project, recovery)}
            {schedule(project, &recovery.schedule)}
        </div>
    }
    .into_any()
}

/// Where the project stands, while it is being set back and where that has failed.
fn status(recovery: &Recovery) -> Option<AnyView> {
    let project = recovery.project.as_ref().ok()?;
    match project.status {
        ProjectStatus::Restoring => Some(
            view! {
                <Live/>
                <Notice tone=Tone::Info title="The project is being restored">
                    "Its database, APIs and functions answer nobody until that is over. This page follows by itself."
                </Notice>
            }
            .into_any(),
        ),
        ProjectStatus::RestoreFailed => Some(
            view! {
                <Notice tone=Tone::Error title="The last restore has failed">
                    "Supabase does not tell why. Restore again from another backup or moment, or ask Supabase\u{2019}s support."
                </Notice>
            }
            .into_any(),
        ),
        _ => None,
    }
}

/// The newest backup that is complete.
pub(in crate::pages) fn newest(backups: &[Backup]) -> Option<&Backup> {
    let complete = backups.iter().filter(|backup| backup.status == "COMPLETED");
    complete.max_by_key(|backup| when::read(&backup.inserted_at))
}

fn figures(recovery: &Recovery) -> AnyView {
    let backups = &recovery.backups;
    let span = timeline::span(&backups.physical_backup_data);
    let kind = match (backups.pitr_enabled, span) {
        (true, Some((from, to))) => view! { <b>{ago(to - from)}</b> " to any second" }.into_any(),
        (true, None) => view! { <b>"On"</b> " nothing can be reached yet" }.into_any(),
        (false, _) => view! { <b>"Daily"</b> " to a backup of the day" }.into_any(),
    };
    let moment = |at: Option<OffsetDateTime>| match at {
        Some(at) => view! { <b><When at=when::written(at)/></b> }.into_any(),
        None => view! { <b>"None"</b> }.into_any(),
    };
    let (oldest, latest) = span.unzip();
    let failed = backups
        .backups
        .iter()
        .filter(|backup| backup.status == "FAILED")
        .count();
    let daily = match newest(&backups.backups) {
        Some(backup) => moment(when::read(&backup.inserted_at)),
        None if backups.pitr_enabled => view! { <b>"None"</b> " the recovery takes their place" }.into_any(),
        None => view! { <b>"None"</b> }.into_any(),
    };
    let failed = (failed > 0).then(|| format!(" {failed} of {} failed", backups.backups.len()));
    let window = backups.pitr_enabled.then(|| {
        view! {
            <div><dt>"Oldest moment"</dt><dd>{moment(oldest)}</dd></div>
            <div><dt>"Newest moment"</dt><dd>{moment(latest)}</dd></div>
        }
    });
    view! {
        <dl class="figures">
            <div><dt>"Recovery"</dt><dd>{kind}</dd></div>
            {window}
            <div><dt>"Newest daily backup"</dt><dd>{daily} {failed}</dd></div>
            <div><dt>"Region"</dt><dd><b>{backups.region.clone()}</b></dd></div>
        </dl>
    }
    .into_any()
}

/// A length of time in its two largest units: `2 d 3 h`, `4 min`.
pub(in crate::pages) fn ago(length: time::Duration) -> String {
    let seconds = length.whole_seconds().max(0);
    let parts = [(86_400, "d"), (3_600, "h"), (60, "min"), (1, "s")];
    let mut left = seconds;
    let mut said: Vec<String> = Vec::new();
    for (of, unit) in parts {
        let count = left / of;
        left %= of;
        if count > 0 {
            said.push(format!("{count} {unit}"));
        } else if !said.is_empty() {
            break;
        }
        if said.len() == 2 {
            break;
        }
    }
    if said.is_empty() {
        "0 s".to_owned()
    } else {
        said.join(" ")
    }
}

/// How a backup stands, by the API's word.
pub(super) fn state(word: &str) -> (Tone, Icon, String) {
    match word {
        "COMPLETED" => (Tone::Success, Icon::CheckCircle, "Complete".to_owned()),
        "PENDING" => (Tone::Info, Icon::Clock, "Being made".to_owned()),
        "FAILED" => (Tone::Error, Icon::Error, "Failed".to_owned()),
        "REMOVED" => (Tone::Neutral, Icon::Trash, "Removed".to_owned()),
        "ARCHIVED" => (Tone::Neutral, Icon::Archive, "Archived".to_owned()),
        "CANCELLED" => (Tone::Neutral, Icon::Skipped, "Cancelled".to_owned()),
        other => (Tone::Neutral, Icon::Question, other.to_owned()),
    }
}

fn daily(project: &str, recovery: &Recovery) -> AnyView {
    let sentence = if recovery.backups.pitr_enabled {
        "With point-in-time recovery the project is set back to a moment instead."
    } else {
        "Supabase makes one a day on the paid plans. A project that is new or paused has none."
    };
    let (of, links) = (project.to_owned(), project.to_owned());
    let list = List::new(
        ("daily backup", "daily backups"),
        paths::backups(project),
        |backup: &Backup| backup.id.to_string(),
    )
    .column(
        "Begun",
        |backup| view! { <When at=backup.inserted_at.clone() to=To::Second/> },
    )
    .column("Kind", |backup| {
        if backup.is_physical_backup {
            "Physical"
        } else {
            "Logical"
        }
    })
    .column("Status", |backup| {
        let (tone, icon, word) = state(&backup.status);
        view! { <Badge plain=true tone icon word/> }
    })
    .buttons("File", move |backup| {
        if backup.is_physical_backup {
            view! { <span class="quiet">"Physical: no file"</span> }.into_any()
        } else if backup.status == "COMPLETED" {
            let href = paths::backup_file(&links, backup.id);
            view! { <ButtonLink href small=true icon=Icon::Download>"File\u{2026}"</ButtonLink> }.into_any()
        } else {
            ().into_any()
        }
    })
    .actions(move |backup| {
        if backup.status != "COMPLETED" {
            return Vec::new();
        }
        vec![RowAction {
            operation: OperationId::RestorePhysicalBackup,
            label: "Restore",
            of: format!(
                "the backup of {} (UTC). What was written since is lost, and the project is away meanwhile",
                when::second(&backup.inserted_at)
            ),
            fields: vec![("ref", of.clone()), ("id", backup.id.to_string())],
            thing: Some(thing(&of)),
        }]
    })
    .live_while(|backup| backup.status == "PENDING")
    .empty(move || view! { <Empty icon=Icon::Archive title="No daily backups" sentence/> });
    let mut rows = recovery.backups.backups.clone();
    rows.sort_by_key(|backup| std::cmp::Reverse(when::read(&backup.inserted_at)));
    view! {
        <section class="part" aria-labelledby="daily">
            <div class="part-head"><h2 id="daily">"Daily backups"</h2></div>
            {list.draw(rows)}
        </section>
    }
    .into_any()
}

/// The address of a backup's file, which is told once and for a while.
fn file(project: &str, recovery: &Recovery) -> Option<AnyView> {
    let id: i64 = choice(FILE).parse().ok()?;
    let backup = recovery.backups.backups.iter().find(|backup| backup.id == id)?;
    let source = Source {
        operation: OperationId::DownloadBackup,
        field: "file_url",
        parameters: vec![("ref", project.to_owned()), ("id", id.to_string())],
        of: None,
    };
    let title = format!("File of the backup of {} (UTC)", when::second(&backup.inserted_at));
    Some(
        view! {
            <div id="file">
                <Card title hint="Supabase makes an address at which the whole database can be fetched for a while. Whoever has it needs nothing else.">
                    <TellOnce id="file" what="address of the file" submit="Make the address" source opens=true/>
                </Card>
            </div>
        }
        .into_any(),
    )
}

fn schedule(project: &str, schedule: &Part<BackupSchedule>) -> AnyView {
    let (now, changed) = match schedule {
        Ok(schedule) => {
            let at = schedule.updated_at.clone();
            (
                schedule.schedule_for.clone(),
                view! { <p class="hint">"Last changed " <When at/> "."</p> }.into_any(),
            )
        }
        Err(error) => {
            let why = format!("The present time is not known: {error}");
            (String::new(), view! { <p class="hint">{why}</p> }.into_any())
        }
    };
    let state = FormState::of(OperationId::UpdateBackupSchedule, "");
    let value = state
        .typed("schedule_for")
        .and_then(|typed| typed.into_iter().next())
        .unwrap_or(now);
    let (here, reference) = (paths::backups(project), project.to_owned());
    view! {
        <Card title="Schedule" hint="When the daily backup begins. It can be moved three times in 24 hours.">
            {changed}
            <OperationForm operation=OperationId::UpdateBackupSchedule next=here.clone() back=here submit="Change the schedule">
                <ProjectRef reference/>
                <TextField
                    name="schedule_for"
                    label="Time of day (UTC)"
                    value
                    error=state.error_of("schedule_for")
                    hint="Hours, minutes and seconds, such as 03:30:00."
                    pattern="([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"
                    pattern_says="Hours, minutes and seconds, such as 03:30:00."
                    required=true
                    mono=true
                />
            </OperationForm>
        </Card>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use time::Duration;

    use super::*;

    #[test]
    fn lengths_are_told_in_their_two_largest_units() {
        for (seconds, said) in [
            (-5, "0 s"),
            (0, "0 s"),
            (59, "59 s"),
            (61, "1 min 1 s"),
            (3_600, "1 h"),
            (3_605, "1 h"),
            (93_784, "1 d 2 h"),
            (604_800, "7 d"),
        ] {
            assert_eq!(ago(Duration::seconds(seconds)), said);
        }
    }
}
