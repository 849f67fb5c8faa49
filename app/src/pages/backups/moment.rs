//! The moment to set a project back to: chosen in the address, looked at with what it would lose, and then gone back to.

use leptos::prelude::*;
use management_api::OperationId;
use time::{Duration, OffsetDateTime};

use super::{
    project::{ago, thing},
    timeline::span,
};
use crate::{
    audit::AuditCall,
    components::{
        error_view::problem,
        operation_form::{OperationForm, ProjectRef},
        sentence::sentence,
        when::{self, To, When, written},
    },
    pages::choice,
    paths,
    server_fns::backups::{Lost, Recovery},
    ui::{Button, ButtonKind, ButtonLink, Card, Icon, Notice, TextField, Tone},
};

/// In the address: the moment, in UTC.
const AT: &str = "at";
/// So much of what would be lost is shown.
const SHOWN: usize = 8;

/// The moment that the address names; browsers leave out seconds that are none.
pub(super) fn chosen() -> Option<OffsetDateTime> {
    read(&choice(AT))
}

fn read(text: &str) -> Option<OffsetDateTime> {
    let text = text.trim();
    let with_seconds = if text.len() == 16 {
        format!("{text}:00")
    } else {
        text.to_owned()
    };
    let moment = when::read(&with_seconds)?;
    moment.replace_nanosecond(0).ok()
}

/// As the field and the address have it, without a zone.
fn field(at: OffsetDateTime) -> String {
    written(at).trim_end_matches('Z').to_owned()
}

pub(super) fn card(project: &str, recovery: &Recovery, chosen: Option<OffsetDateTime>, now: OffsetDateTime) -> AnyView {
    let Some((from, to)) = span(&recovery.backups.physical_backup_data) else {
        return view! {
            <Notice tone=Tone::Info title="No moment can be reached yet">
                "The first base backup is still being made. After it, every second can be reached."
            </Notice>
        }
        .into_any();
    };
    let at = chosen.unwrap_or(to).clamp(from, to);
    let review = chosen.map(|chosen| {
        if (from..=to).contains(&chosen) {
            review(project, recovery, chosen, now)
        } else {
            let why = format!(
                "It must lie between {} and {} (UTC).",
                when::second(&written(from)),
                when::second(&written(to))
            );
            view! { <Notice tone=Tone::Warning title="The recovery does not reach that moment">{why}</Notice> }
                .into_any()
        }
    });
    let step = |label: &'static str, by: Duration| {
        let to = (at + by).clamp(from, to);
        let href = paths::backups_at(project, &field(to));
        view! { <ButtonLink href small=true>{label}</ButtonLink> }
    };
    let steps = [
        ("\u{2212}1 h", -Duration::HOUR),
        ("\u{2212}10 min", -Duration::MINUTE * 10),
        ("\u{2212}1 min", -Duration::MINUTE),
        ("\u{2212}10 s", -Duration::SECOND * 10),
        ("+10 s", Duration::SECOND * 10),
        ("+1 min", Duration::MINUTE),
        ("+10 min", Duration::MINUTE * 10),
        ("+1 h", Duration::HOUR),
    ]
    .map(|(label, by)| step(label, by));
    let (action, jumps) = (paths::backups(project), jumps(project, recovery, (from, to)));
    view! {
        <Card title="Moment to restore to" hint="Nothing is restored before its review, and the project\u{2019}s name typed under it.">
            <form class="check check-line" method="get" action=action>
                <TextField name=AT label="Moment (UTC)" kind="datetime-local" step="1" value=field(at) mono=true required=true/>
                <div class="form-actions"><Button submit=true icon=Icon::Search>"See what would be lost"</Button></div>
            </form>
            <div class="actions" role="group" aria-label="Move the moment">{steps}</div>
            {jumps}
        </Card>
        {review}
    }
    .into_any()
}

/// Moments that somebody may mean.
fn jumps(project: &str, recovery: &Recovery, (from, to): (OffsetDateTime, OffsetDateTime)) -> AnyView {
    let point = recovery.point.as_ref().ok().and_then(Option::as_ref);
    let point = point.and_then(|point| {
        let at = when::read(point.completed_on.as_deref()?)?;
        Some((format!("Restore point {}", point.name), at))
    });
    let lost = recovery.lost.iter().flat_map(|lost| lost.calls.iter().flatten());
    let before = lost.last().and_then(|call| {
        // The last one is the first that the restore would undo.
        let at = when::read(&call.at)? - Duration::SECOND;
        Some((format!("Before {} changed something", call.person), at))
    });
    let named = [
        Some(("Oldest moment".to_owned(), from)),
        point,
        before,
        Some(("Newest moment".to_owned(), to)),
    ];
    let jumps: Vec<_> = named
        .into_iter()
        .flatten()
        .filter(|(_, at)| (from..=to).contains(at))
        .map(|(label, at)| {
            let href = paths::backups_at(project, &field(at));
            view! { <li><a class="link" href=href>{label}</a> " " <When at=written(at) to=To::Second/></li> }
        })
        .collect();
    view! { <ul class="jumps" aria-label="Moments">{jumps}</ul> }.into_any()
}

fn review(project: &str, recovery: &Recovery, at: OffsetDateTime, now: OffsetDateTime) -> AnyView {
    let text = written(at);
    let submit = format!("Restore to {} UTC", when::second(&text));
    let lost = recovery.lost.as_ref().map(lost);
    let (here, reference) = (paths::backups_at(project, &field(at)), project.to_owned());
    let (next, thing) = (paths::backups(project), Some(thing(project)));
    view! {
        <Card title="What is lost, what stays" danger=true>
            <dl class="facts">
                <div><dt>"UTC"</dt><dd>{when::second(&text)}</dd></div>
                <div><dt>"Where you are"</dt><dd><When at=text.clone() to=To::Second/></dd></div>
                <div><dt>"Goes back by"</dt><dd>{ago(now - at)}</dd></div>
            </dl>
            {lost}
            <dl class="facts">
                <div><dt>"Stays as it is"</dt><dd>"Edge Functions, secrets, API keys, all settings, and the files of Storage. Their rows in storage.objects go back, so that newer files have none."</dd></div>
                <div><dt>"While it runs"</dt><dd>"Database, APIs and functions answer nobody. How long that takes depends on the size of the database, and Supabase does not tell beforehand."</dd></div>
                <div><dt>"The way back"</dt><dd>"Restore to a moment before the restore, as long as it is inside the window."</dd></div>
            </dl>
            <OperationForm
                operation=OperationId::RestorePitrBackup
                next
                back=here
                submit
                kind=ButtonKind::Danger
                thing
            >
                <ProjectRef reference/>
                <input type="hidden" name="recovery_time_target_unix" value=at.unix_timestamp().to_string()/>
            </OperationForm>
        </Card>
    }
    .into_any()
}

/// What happened since, as far as Steward knows.
fn lost(lost: &Lost) -> AnyView {
    let calls = match &lost.calls {
        Ok(calls) if calls.is_empty() => {
            view! { <p class="hint">"Nobody has changed this project through Steward since."</p> }.into_any()
        }
        Ok(calls) => {
            let left = calls.len().saturating_sub(SHOWN);
            let more = (left > 0 || lost.more).then(|| {
                let so_many = if lost.more {
                    "And more before that.".to_owned()
                } else {
                    format!("And {left} more.")
                };
                view! { <p class="hint">{so_many}</p> }
            });
            let rows: Vec<_> = calls.iter().take(SHOWN).map(call).collect();
            view! { <ul class="jumps" aria-label="Changes through Steward since">{rows}</ul> {more} }.into_any()
        }
        Err(error) => {
            let why = problem(error).text;
            view! { <p class="hint">{format!("What was changed through Steward could not be read. {why}")}</p> }
                .into_any()
        }
    };
    let migrations = match &lost.migrations {
        Ok(rows) if rows.is_empty() => "No migration is named by a later moment.".to_owned(),
        Ok(rows) => {
            let names: Vec<_> = rows
                .iter()
                .take(SHOWN)
                .map(|row| row.name.clone().unwrap_or_else(|| row.version.clone()))
                .collect();
            let more = rows.len().saturating_sub(SHOWN);
            let more = if more > 0 {
                format!(" and {more} more")
            } else {
                String::new()
            };
            format!("{} by their versions: {}{more}.", rows.len(), names.join(", "))
        }
        Err(error) => format!("Not known: {error}"),
    };
    view! {
        <p class="strong">"Lost from the database, as far as Steward knows"</p>
        {calls}
        <dl class="facts">
            <div><dt>"Migrations"</dt><dd>{migrations}</dd></div>
            <div><dt>"Rows"</dt><dd>"All that anybody has written since, people who signed up among them. Steward does not see them."</dd></div>
        </dl>
    }
    .into_any()
}

fn call(call: &AuditCall) -> AnyView {
    let href = paths::audit_call(call.id);
    view! { <li><a class="link" href=href><When at=call.at.clone() to=To::Second/></a> " " {sentence(call)}</li> }
        .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_read_as_browsers_write_them() {
        let whole = when::read("2026-11-26T11:51:00Z");
        for text in [
            "2026-11-26T11:51",
            "2026-11-26T11:51:00",
            " 2026-11-26T11:51:00.25",
            "2026-11-26T12:51:00+01:00",
        ] {
            assert_eq!(read(text), whole, "{text}");
        }
        for text in ["", "now", "2026-11-26T99:00", "11:51"] {
            assert_eq!(read(text), None, "{text}");
        }
        assert_eq!(whole.map(field).as_deref(), Some("2026-11-26T11:51:00"));
    }
}
