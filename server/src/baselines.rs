//! Baselines: set, accepted and checked, on demand and by themselves. What the project is, is read as the person who asks,
//! or as whoever has switched the checks on; nothing of a baseline is told to somebody who cannot read its project.

use std::time::Duration;

use app::{
    backend::BackendHandle,
    error::ConsoleError,
    form::{Sent, change::WAS},
    plan::drift::{Ticked, ticked},
    reads::settings::{all, one},
    settings::{
        Area,
        baseline::{Baseline, Checks},
        data_api,
        parts::{self, Part},
    },
};
use management_api::OperationId;
use serde_json::{Value, json};

use crate::{
    backend::RequestBackend,
    error::Error,
    identity::{SignedIn, Through},
    state::Shared,
    store::{accounts::Standing, baselines::Due, now},
};

/// Whoever may not change the settings does not decide what they are to be either.
const DECIDES: OperationId = OperationId::UpdateAuthConfig;
/// Characters of a baseline's name, at most.
const NAME: usize = 80;
const HOUR: i64 = 60 * 60;
/// Hours between checks that may be chosen.
const EVERY: [u32; 3] = [1, 6, 24];
/// How often it is looked for checks that are due, and how many are made then: they share the calls of all people.
const LOOKS: Duration = Duration::from_secs(60);
const AT_ONCE: u32 = 2;

/// Keeps the project's configuration as it is now.
pub async fn set(me: &SignedIn, project: &str, name: &str, backend: &BackendHandle) -> Result<Baseline, ConsoleError> {
    backend.decides(DECIDES, project).await?;
    let name: String = name.trim().chars().filter(|one| !one.is_control()).take(NAME).collect();
    let name = if name.is_empty() { "Baseline".to_owned() } else { name };
    let anew = backend.anew();
    let (read, beside) = futures::join!(all(&anew, project), parts::all(&anew, project));
    Ok(Baseline::of(
        name,
        me.caller(Through::Console).label,
        now(),
        read?,
        beside,
    ))
}

/// Whether the person reads the project at all, and may decide on its baseline.
pub async fn decides(project: &str, backend: &BackendHandle) -> Result<(), ConsoleError> {
    backend.decides(DECIDES, project).await?;
    one(&backend.anew(), project, &data_api::AREA).await.map(drop)
}

/// Takes the settings that are ticked into the baseline, as they were seen.
pub async fn accept(
    baseline: &mut Baseline,
    project: &str,
    sent: &Sent,
    backend: &BackendHandle,
) -> Result<usize, ConsoleError> {
    backend.decides(DECIDES, project).await?;
    let Ticked { settings, beside } = ticked(sent)?;
    let seen = |key: &str, name: &str, now: Value| {
        let seen = sent.text(&format!("{WAS}{key}.{name}"));
        if seen == Some(now.to_string().as_str()) {
            return Ok(());
        }
        let message = format!("Nothing was accepted: {name} has changed since the page was drawn. Look at it again.");
        Err(ConsoleError::Refused { status: 409, message })
    };
    for area in Area::ALL {
        let names: Vec<&str> = settings
            .iter()
            .filter(|(one, _)| *one == area)
            .map(|(_, name)| *name)
            .collect();
        if names.is_empty() {
            continue;
        }
        let current = one(&backend.anew(), project, area).await?;
        for name in &names {
            let now = match current.secrets.get(*name) {
                Some(set) => Value::Bool(*set),
                None => current.value(name).clone(),
            };
            seen(area.key, name, now)?;
        }
        baseline.accept(area, &names, &current);
    }
    for part in Part::ALL {
        let of = beside.iter().filter(|(one, _)| *one == part);
        let names: Vec<&str> = of.map(|(_, name)| *name).collect();
        if names.is_empty() {
            continue;
        }
        let marks = part.read(project, &backend.anew()).await?;
        for name in &names {
            seen(part.key, name, json!(marks.get(*name)))?;
        }
        baseline.accept_part(part, &names, &marks);
    }
    Ok(settings.len() + beside.len())
}

/// Switches checks on, every so many hours, or off.
///
/// # Errors
/// The database fails.
pub async fn switch(shared: &Shared, me: &SignedIn, project: &str, hours: u32) -> Result<(), Error> {
    let every = EVERY.contains(&hours).then_some(hours);
    let switched = |baseline: &mut Baseline| {
        baseline.ended = None;
        baseline.checks = every.map(|every_hours| Checks {
            every_hours,
            by: me.caller(Through::Console).label,
        });
        true
    };
    shared.store.change_baseline(project, switched).await?;
    let next = every.map(|hours| (&me.account, now() + i64::from(hours) * HOUR));
    shared.store.schedule_check(project, next).await
}

/// Makes the checks that are due, for ever and on one instance: a database error is logged and tried again.
pub async fn keep_checking(shared: Shared) {
    let checking = async || {
        if let Err(error) = check_due(&shared).await {
            tracing::warn!(%error, "baselines could not be checked; trying again later");
        }
    };
    shared.instances.keep_leading(LOOKS, checking).await;
}

/// Makes the checks that are due now.
pub async fn check_due(shared: &Shared) -> Result<(), Error> {
    for _ in 0..AT_ONCE {
        let Some(due) = shared.store.take_check().await? else {
            break;
        };
        check(shared, &due).await?;
    }
    Ok(())
}

async fn check(shared: &Shared, due: &Due) -> Result<(), Error> {
    let Due { project, account, .. } = due;
    let Some(baseline) = shared.store.baseline(project).await? else {
        return Ok(());
    };
    let Some(checks) = baseline.checks.clone() else {
        return shared.store.put_back_check(due, None).await;
    };
    let standing = shared.store.account(account).await?.filter(|standing| !standing.dead);
    let Some(Standing { person, scopes, .. }) = standing else {
        return end(shared, due, &checks, "has ended").await;
    };
    let me = SignedIn {
        account: account.clone(),
        person,
        scopes,
        request: None,
    };
    let backend = RequestBackend::of(shared, &me, Through::Console);
    let anew = backend.anew();
    let next = match all(&anew, project).await {
        Ok(read) => {
            let beside = parts::all(&anew, project).await;
            let reading = baseline.reading(&read, &beside, now());
            shared
                .directory
                .wants
                .note_drifts(&me.person.id, project, reading.drifts.len());
            // Somebody may have set another one while this was read, or forgotten it.
            let noted = |now: &mut Baseline| {
                let is_of_it = now.set_at == baseline.set_at;
                if is_of_it {
                    now.reading = Some(reading.clone());
                }
                is_of_it
            };
            shared.store.change_baseline(project, noted).await?;
            i64::from(checks.every_hours) * HOUR
        }
        Err(ConsoleError::SignedOut | ConsoleError::Reconnect) => {
            return end(shared, due, &checks, "has ended").await;
        }
        Err(ConsoleError::NotFound | ConsoleError::Forbidden { .. }) => {
            return end(shared, due, &checks, "does not read this project any more").await;
        }
        Err(ConsoleError::RateLimited { seconds } | ConsoleError::Renewing { seconds }) => i64::from(seconds).max(60),
        // Supabase may be back by then.
        Err(_) => HOUR,
    };
    shared.store.put_back_check(due, Some(now() + next)).await
}

async fn end(shared: &Shared, due: &Due, checks: &Checks, why: &str) -> Result<(), Error> {
    let ended = |baseline: &mut Baseline| {
        // Somebody may have switched them on again meanwhile.
        if baseline.checks.as_ref() != Some(checks) {
            return false;
        }
        baseline.ended = Some(format!(
            "They ran on the sign-in of {}, which {why}. Somebody else can switch them on again.",
            checks.by
        ));
        baseline.checks = None;
        true
    };
    shared.store.change_baseline(&due.project, ended).await?;
    shared.store.put_back_check(due, None).await
}
