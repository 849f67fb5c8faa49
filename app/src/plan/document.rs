//! A document, taken over by a project: one call for each configuration that it would change. What is left out of it is
//! told, by its name and never by its value.

use std::collections::BTreeMap;

use futures::future::join_all;
use management_api::Scope;

use super::{
    Plan, PlanRow, Step,
    reach::{Reached, left, reach},
    settings::{Drawing, PROJECT, act},
};
use crate::{
    backend::BackendHandle,
    error::ConsoleError,
    form::Sent,
    paths,
    reads::settings::one,
    settings::{
        Area,
        current::Current,
        document::{self, Taken},
    },
};

/// Fields of the form: the document as a file, or as it was pasted.
pub const FILE: &str = "file";
pub const TEXT: &str = "text";

/// Fields: [`PROJECT`], and [`FILE`] or [`TEXT`].
pub(super) fn draw_up(sent: Sent, backend: BackendHandle) -> Drawing {
    Box::pin(async move {
        let project = sent.text(PROJECT).unwrap_or_default().to_owned();
        let taken = taken(&sent)?;
        plan(&project, paths::configuration(&project), &taken, &backend).await
    })
}

fn taken(sent: &Sent) -> Result<Taken, ConsoleError> {
    let file = sent.files.iter().find(|(name, _)| name == FILE).map(|(_, file)| file);
    let (field, text) = match file {
        Some(file) => {
            let content = file.content().unwrap_or_default();
            let text = String::from_utf8(content)
                .map_err(|_| ConsoleError::invalid(FILE, "This file is no text. Nothing of it was taken."))?;
            (FILE, text)
        }
        None => (TEXT, sent.text(TEXT).unwrap_or_default().to_owned()),
    };
    if text.trim().is_empty() {
        return Err(ConsoleError::invalid(TEXT, "Choose a document, or paste one."));
    }
    let tree = document::read(&text).map_err(|fault| {
        let message = format!(
            "Line {}: {}. Nothing of it was taken.",
            fault.line,
            fault.says.trim_end_matches('.')
        );
        ConsoleError::invalid(field, message)
    })?;
    Ok(Taken::of(&tree))
}

/// What it takes to bring a project to what is wanted of it.
///
/// # Errors
/// Nothing of the project can be read.
pub(super) async fn plan(
    project: &str,
    page: String,
    taken: &Taken,
    backend: &BackendHandle,
) -> Result<Plan, ConsoleError> {
    let backend = backend.anew();
    let asked = |area: &&'static Area| taken.wanted.contains_key(area.key) || taken.secrets.contains_key(area.key);
    let parts = Area::ALL.into_iter().filter(asked).map(|area| {
        let backend = &backend;
        async move { (area, one(backend, project, area).await) }
    });
    let (mut rows, mut steps): (Vec<PlanRow>, Vec<Step>) = (Vec::new(), Vec::new());
    let parts = join_all(parts).await;
    if let Some((_, Err(error))) = parts.first()
        && parts.iter().all(|(_, current)| current.is_err())
    {
        return Err(error.clone());
    }
    for (area, current) in parts {
        let current = match current {
            Ok(current) => current,
            Err(error) => {
                rows.push(left(area.title, format!("It could not be read here: {error}")));
                continue;
            }
        };
        let wanted = taken.wanted.get(area.key).cloned().unwrap_or_default();
        let Reached { step, refused } = reach(area, project, &wanted, &current)?;
        let scope = Scope::Project(project.to_owned());
        match (step, backend.may(area.write, &scope)) {
            (Some(step), Ok(())) => steps.push(step),
            (Some(_), Err(why)) => rows.push(left(area.title, why.sentence())),
            (None, _) => {}
        }
        rows.extend(refused.into_iter().map(|(name, why)| left(name, why)));
        rows.extend(secrets(area, taken.secrets.get(area.key), &current));
    }
    rows.extend(taken.left.iter().map(|one| left(one.path.as_str(), one.why.as_str())));
    let act = act(&steps);
    Ok(Plan::new(page, act, rows, steps))
}

/// Secrets that are set on one side only.
fn secrets(area: &Area, there: Option<&BTreeMap<String, bool>>, current: &Current) -> Vec<PlanRow> {
    let differs = |(name, set): (&String, &bool)| {
        let here = current.secrets.get(name)?;
        let label = area.setting(name)?.label;
        let says = match (set, here) {
            (true, false) => "It is set in the document and not here. Type it on its own page.",
            (false, true) => "It is set here and not in the document. It stays.",
            (true, true) | (false, false) => return None,
        };
        Some(left(name.as_str(), format!("{label}: {says}")))
    };
    there.into_iter().flatten().filter_map(differs).collect()
}
