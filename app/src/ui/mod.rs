//! The primitives every page is made of. They know the design, not the pages; each has its partial in `style/`.

pub mod badge;
pub mod button;
pub mod card;
pub mod change;
pub mod chart;
pub mod empty;
pub mod facts;
pub mod field;
pub mod icon;
pub mod later;
pub mod lines;
pub mod link;
pub mod mark;
pub mod menu;
pub mod meters;
pub mod notice;
pub mod pagination;
pub mod panel;
pub mod skeleton;
pub mod spark;
pub mod strips;
pub mod table;
pub mod tabs;
pub mod written;

use std::cmp::Ordering;

pub use badge::{Badge, Tone};
pub use button::{Button, ButtonKind, ButtonLink};
pub use card::Card;
pub use change::ChangeCard;
pub use chart::{Series, StackedBars};
pub use empty::Empty;
pub use facts::{Fact, Facts};
pub use field::{Choice, Frame, SearchField, SelectField, TextField, sure_box};
pub use icon::{Glyph, Icon};
pub use later::later;
pub use link::{link, row_link};

pub use mark::{Delta, Mark, MarkBadge};
pub use menu::Menu;
pub use notice::{Notice, problem_notice};
pub use pagination::Pagination;
pub use panel::Panel;
pub use skeleton::{Shape, skeleton};
pub use table::{Column, Table};
pub use tabs::{Tab, Tabs};

/// `paused the project abc` as a sentence; nothing stays nothing.
pub fn sentence(text: &str) -> String {
    if text.is_empty() {
        String::new()
    } else {
        format!("{}.", capital(text))
    }
}

/// `text` with its first letter as a capital.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

/// The order of names, whatever their case; without making a text for each comparison.
pub fn alphabetical(one: &str, other: &str) -> Ordering {
    if one.is_ascii() && other.is_ascii() {
        let [one, other] = [one, other].map(|name| name.bytes().map(|byte| byte.to_ascii_lowercase()));
        return one.cmp(other);
    }
    let [one, other] = [one, other].map(|name| name.chars().flat_map(char::to_lowercase));
    one.cmp(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_become_sentences() {
        assert_eq!(sentence("paused the project abc"), "Paused the project abc.");
        assert_eq!(sentence("\u{e9}t\u{e9}"), "\u{c9}t\u{e9}.");
        assert_eq!(sentence(""), "");
    }

    #[test]
    fn names_are_ordered_whatever_their_case() {
        let mut names = ["beta", "Alpha", "\u{c9}", "alpine", "\u{e9}a"];
        names.sort_by(|a, b| alphabetical(a, b));
        assert_eq!(names, ["Alpha", "alpine", "beta", "\u{c9}", "\u{e9}a"]);
    }
}
