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
    settings::{Area, document::Taken},
};

/// Fields: [`PROJECT`], and [`TAKE`] for each setting.
pub(super) fn draw_up(sent: Sent, backend: BackendHandle) -> Drawing {
    Box::pin(async move {
        let project = sent.text(PROJECT).unwrap_or_default().to_owned();
        let gone = || ConsoleError::invalid(None, "This project has no baseline any more.");
        let baseline = backend.baseline(&project).await?.ok_or_else(gone)?;
        let mut taken = Taken::default();
        for (area, name) in ticked(&sent)? {
            let kept = baseline.areas.get(area.key).and_then(|kept| kept.values.get(name));
            // A secret is not among the values: nobody but Supabase has ever known it.
            if let Some(value) = kept {
                let wanted: &mut BTreeMap<String, Value> = taken.wanted.entry(area.key).or_default();
                wanted.insert(name.to_owned(), value.clone());
            }
        }
        if taken.wanted.is_empty() {
            let message = "A secret cannot be put back: Steward never saw it. Type it on its own page.";
            return Err(ConsoleError::invalid(TAKE, message));
        }
        plan(&project, paths::drift(&project), &taken, &backend).await
    })
}

/// The settings that are ticked, as `area/setting`.
///
/// # Errors
/// None is.
pub fn ticked(sent: &Sent) -> Result<Vec<(&'static Area, &str)>, ConsoleError> {
    let each = sent.all(TAKE).filter_map(|one| one.split_once('/'));
    let ticked: Vec<_> = each.filter_map(|(key, name)| Some((Area::of(key)?, name))).collect();
    if ticked.is_empty() {
        return Err(ConsoleError::invalid(TAKE, "Nothing is ticked."));
    }
    Ok(ticked)
}
