//! The way back to a baseline: settings that are to be again as it has them.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{
    document::plan,
    settings::{Drawing, PROJECT, TAKE},
};
use crate::{
    backend::BackendHandle,
    error::ConsoleError,
    form::Sent,
    paths,
    settings::{
        Area,
        document::{Left, Taken},
        parts::Part,
    },
};

/// Fields: [`PROJECT`], and [`TAKE`] for each setting.
pub(super) fn draw_up(sent: Sent, backend: BackendHandle) -> Drawing {
    Box::pin(async move {
        let project = sent.text(PROJECT).unwrap_or_default().to_owned();
        let gone = || ConsoleError::invalid(None, "This project has no baseline any more.");
        let baseline = backend.baseline(&project).await?.ok_or_else(gone)?;
        let mut taken = Taken::default();
        let Ticked { settings, beside } = ticked(&sent)?;
        for (area, name) in settings {
            let kept = baseline.areas.get(area.key).and_then(|kept| kept.values.get(name));
            // A secret is not among the values: nobody but Supabase has ever known it.
            if let Some(value) = kept {
                let wanted: &mut BTreeMap<String, Value> = taken.wanted.entry(area.key).or_default();
                wanted.insert(name.to_owned(), value.clone());
            }
        }
        if taken.wanted.is_empty() {
            let message = match beside.is_empty() {
                true => "A secret cannot be put back: Steward never saw it. Type it on its own page.",
                false => BESIDE,
            };
            return Err(ConsoleError::invalid(TAKE, message));
        }
        taken.left.extend(beside.into_iter().map(|(part, name)| Left {
            path: format!("{}.{name}", part.key),
            why: BESIDE.to_owned(),
        }));
        plan(&project, paths::drift(&project), &taken, &backend).await
    })
}

const BESIDE: &str = "Steward has only ever seen its digest or its name: put it back on its own page.";

/// What is ticked on a page of what differs.
#[derive(Debug, Default)]
pub struct Ticked<'a> {
    pub settings: Vec<(&'static Area, &'a str)>,
    /// Secrets, functions and keys.
    pub beside: Vec<(&'static Part, &'a str)>,
}

/// What is ticked, as `area/setting` or `part/name`.
///
/// # Errors
/// Nothing is.
pub fn ticked(sent: &Sent) -> Result<Ticked<'_>, ConsoleError> {
    let mut ticked = Ticked::default();
    for (key, name) in sent.all(TAKE).filter_map(|one| one.split_once('/')) {
        match (Area::of(key), Part::of(key)) {
            (Some(area), _) => ticked.settings.push((area, name)),
            (None, Some(part)) => ticked.beside.push((part, name)),
            (None, None) => {}
        }
    }
    if ticked.settings.is_empty() && ticked.beside.is_empty() {
        return Err(ConsoleError::invalid(TAKE, "Nothing is ticked."));
    }
    Ok(ticked)
}
