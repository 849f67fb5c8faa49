//! Where a list goes on, and what stands there behind its end.

use leptos::prelude::*;

use crate::ui::{ButtonLink, Empty, Icon};

/// Where the pages before and after lie.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pages {
    /// What is shown, such as "1–25 of 120".
    pub summary: String,
    pub previous: Option<String>,
    pub next: Option<String>,
}

/// A part of a list that is turned over by how many rows are passed over.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    /// Rows that were passed over.
    pub offset: u64,
    /// Rows that came.
    pub shown: u64,
    /// Rows that there are; `None`: not told.
    pub count: Option<u64>,
    /// Rows at once.
    pub size: u64,
    /// Whether there are others behind these.
    pub more: bool,
}

impl Part {
    /// `at`: the address of the rows behind an offset. Behind the end, which an old address or a list that became shorter
    /// leads to, it goes back to the last rows that there are.
    pub fn pages(self, at: impl Fn(u64) -> String) -> Pages {
        let Self {
            offset,
            shown,
            count,
            size,
            more,
        } = self;
        let (first, last) = (offset.saturating_add(1), offset.saturating_add(shown));
        let before = match (shown, count) {
            (0, Some(count)) => count.saturating_sub(1) / size.max(1) * size,
            (0, None) => 0,
            (_, _) => offset.saturating_sub(size),
        };
        Pages {
            summary: match count {
                Some(count) if shown > 0 => format!("{first}\u{2013}{last} of {count}"),
                None if shown > 0 => format!("{first}\u{2013}{last}; how many there are is not known"),
                Some(_) | None => "None here".to_owned(),
            },
            previous: (offset > 0).then(|| at(before)),
            next: (more && shown > 0).then(|| at(last)),
        }
    }
}

/// An address of rows that are not there any more.
pub(super) fn past_the_end(many: &str, back: String) -> AnyView {
    let title = format!("No {many} this far on");
    view! {
        <Empty icon=Icon::List title sentence="The list ends before: it has become shorter, or the address was changed.">
            <ButtonLink href=back>"Back to the last of them"</ButtonLink>
        </Empty>
    }
    .into_any()
}
