//! Migrations of a branch beside those of production: only here, only there, on both sides.

use leptos::prelude::*;
use management_api::database::MigrationRow;

use crate::{
    branches::newest_first,
    components::error_view::problem,
    error::ConsoleError,
    ui::{Empty, Icon, Mark, MarkBadge, Notice, Tone},
};

/// A migration on one side or on both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    pub version: String,
    pub name: String,
    pub here: bool,
    pub there: bool,
}

impl Side {
    fn mark(&self) -> (Mark, &'static str) {
        match (self.here, self.there) {
            (true, false) => (Mark::Added, "Only here"),
            (false, true) => (Mark::Removed, "Only on production"),
            (true, true) | (false, false) => (Mark::Same, "On both"),
        }
    }
}

/// What differs first, and within that the newest first.
pub fn sides(here: &[MigrationRow], there: &[MigrationRow]) -> Vec<Side> {
    let mut sides: Vec<Side> = Vec::with_capacity(here.len());
    for (rows, is_here) in [(here, true), (there, false)] {
        for row in rows {
            match sides.iter_mut().find(|side| side.version == row.version) {
                Some(side) if is_here => side.here = true,
                Some(side) => side.there = true,
                None => sides.push(Side {
                    version: row.version.clone(),
                    name: row.name.clone().unwrap_or_default(),
                    here: is_here,
                    there: !is_here,
                }),
            }
        }
    }
    sides.sort_by(|one, other| newest_first(&one.version, &other.version));
    sides.sort_by_key(|side| side.here && side.there);
    sides
}

/// So many that are on both sides are shown.
const SAME: usize = 10;

pub fn compared(
    here: Result<Vec<MigrationRow>, ConsoleError>,
    there: Result<Vec<MigrationRow>, ConsoleError>,
) -> AnyView {
    let (here, there) = match (here, there) {
        (Ok(here), Ok(there)) => (here, there),
        (Err(error), _) | (_, Err(error)) => {
            let why = problem(&error).text;
            return view! { <Notice tone=Tone::Warning title="The migrations could not be compared">{why}</Notice> }
                .into_any();
        }
    };
    let mut sides = sides(&here, &there);
    if sides.is_empty() {
        return view! {
            <Empty icon=Icon::Database title="No migrations yet" sentence="Neither the branch nor production has run a migration."/>
        }
        .into_any();
    }
    let differ = sides.iter().filter(|side| !(side.here && side.there)).count();
    let same = sides.len() - differ;
    sides.truncate(differ + SAME);
    let left = same.saturating_sub(SAME);
    let row = |side: Side| {
        let (mark, word) = side.mark();
        let at = |there: bool| if there { "Run" } else { "\u{2014}" };
        view! {
            <li data-mark=mark.as_str()>
                <MarkBadge mark word/>
                <code>{side.version}</code>
                <bdi class="migration-name">{side.name}</bdi>
                <span class="visually-hidden">{format!("Branch: {}. Production: {}.", at(side.here), at(side.there))}</span>
            </li>
        }
    };
    let rows: Vec<_> = sides.into_iter().map(row).collect();
    view! {
        <p class="hint">{format!("{differ} differ, {same} on both sides.")}</p>
        <ul class="migrations" aria-label="Migrations">{rows}</ul>
        {(left > 0).then(|| view! { <p class="hint">{format!("{left} older ones are on both sides.")}</p> })}
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(versions: &[&str]) -> Vec<MigrationRow> {
        let row =
            |version: &&str| serde_json::from_value(serde_json::json!({ "version": version, "name": "n" })).unwrap();
        versions.iter().map(row).collect()
    }

    #[test]
    fn what_differs_comes_first_and_the_newest_before_the_others() {
        let (here, there) = (rows(&["1", "3", "20260101000000"]), rows(&["1", "2", "4"]));
        let seen: Vec<_> = sides(&here, &there)
            .into_iter()
            .map(|side| (side.version, side.here, side.there))
            .collect();
        let expected = [
            ("4", false, true),
            ("3", true, false),
            // Versions are texts, and so is their order.
            ("20260101000000", true, false),
            ("2", false, true),
            ("1", true, true),
        ];
        assert_eq!(
            seen,
            expected.map(|(version, here, there)| (version.to_owned(), here, there))
        );
    }
}
