//! Marks: what becomes of a thing, as icon and word; and how many lines of it come and go.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::icon::{Glyph, Icon};

/// What becomes of a thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Mark {
    Added,
    Changed,
    Removed,
    Same,
    Refused,
    Moved,
}

impl Mark {
    /// The value of `data-mark`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Changed => "changed",
            Self::Removed => "removed",
            Self::Same => "same",
            Self::Refused => "refused",
            Self::Moved => "moved",
        }
    }

    pub fn word(self) -> &'static str {
        match self {
            Self::Added => "Added",
            Self::Changed => "Changed",
            Self::Removed => "Removed",
            Self::Same => "Same",
            Self::Refused => "Refused",
            Self::Moved => "Moved",
        }
    }

    fn icon(self) -> Icon {
        match self {
            Self::Added => Icon::Added,
            Self::Changed => Icon::Changed,
            Self::Removed => Icon::Removed,
            Self::Same => Icon::Same,
            Self::Refused => Icon::Skipped,
            Self::Moved => Icon::Moved,
        }
    }
}

#[component]
pub fn MarkBadge(
    mark: Mark,
    /// What it says in the place of the mark's own word, such as "4 added".
    #[prop(optional, into)]
    word: String,
) -> impl IntoView {
    let word = if word.is_empty() { mark.word().to_owned() } else { word };
    view! { <span class="mark" data-mark=mark.as_str()><Glyph icon=mark.icon()/><span>{word}</span></span> }
}

/// Squares of the bar.
const SQUARES: usize = 5;

/// Lines that come and go, in numbers and as five squares.
#[component]
pub fn Delta(adds: usize, dels: usize) -> impl IntoView {
    let squares = squares(adds, dels).map(|is| view! { <i data-is=is></i> });
    view! {
        <span class="delta">
            <span class="delta-add">"+"{adds}</span>
            <span class="delta-del">"\u{2212}"{dels}</span>
            <span class="delta-bar" aria-hidden="true">{squares}</span>
        </span>
    }
}

/// By their share; whatever there is has one square at least.
fn squares(adds: usize, dels: usize) -> [Option<&'static str>; SQUARES] {
    let all = adds + dels;
    let share = match (adds, dels) {
        (0, _) => 0,
        (_, 0) => SQUARES,
        _ => (adds * SQUARES).div_ceil(all).clamp(1, SQUARES - 1),
    };
    std::array::from_fn(|at| match all {
        0 => None,
        _ if at < share => Some("add"),
        _ => Some("del"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_there_is_has_a_square() {
        let drawn = |adds, dels| {
            squares(adds, dels)
                .map(|is| is.and_then(|is| is.chars().next()).unwrap_or('-'))
                .iter()
                .collect::<String>()
        };
        for (adds, dels, expected) in [
            (0, 0, "-----"),
            (9, 0, "aaaaa"),
            (0, 1, "ddddd"),
            (1000, 1, "aaaad"),
            (1, 1000, "adddd"),
            (2, 1, "aaaad"),
            (1, 1, "aaadd"),
        ] {
            assert_eq!(drawn(adds, dels), expected, "+{adds} -{dels}");
        }
    }
}
