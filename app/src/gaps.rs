//! Gaps: what could not be read of the answers that a part of a page is made of, told above that part.

use std::{cell::RefCell, collections::BTreeSet};

use leptos::prelude::*;
use management_api::Gaps;

use crate::ui::{Notice, Tone};

/// Fields that are named, at most.
const NAMED: usize = 6;
/// Characters of a field's name that are shown: it may be the service's own.
const SHOWN: usize = 40;

tokio::task_local! {
    static GAPS: RefCell<Gaps>;
}

/// Collects what [`note`] is told while `reading` is under way.
pub async fn collected<T>(reading: impl Future<Output = T>) -> (T, Gaps) {
    let read = async {
        let read = reading.await;
        (read, GAPS.with(RefCell::take))
    };
    GAPS.scope(RefCell::default(), read).await
}

/// Takes down what is missing in an answer; nobody asks for it outside of a part of a page.
pub fn note(gaps: Gaps) {
    // ok: outside of a page nobody would read it.
    let _ = GAPS.try_with(|all| {
        let mut all = all.borrow_mut();
        all.rows += gaps.rows;
        all.fields.extend(gaps.fields);
    });
}

/// What is said of them.
pub fn told(gaps: &Gaps) -> Option<AnyView> {
    if gaps.is_empty() {
        return None;
    }
    let title = match gaps.rows {
        0 => "Supabase\u{2019}s answer had gaps".to_owned(),
        1 => "1 row could not be read".to_owned(),
        rows => format!("{rows} rows could not be read"),
    };
    let text = text(gaps);
    Some(view! { <Notice tone=Tone::Warning title>{text}</Notice> }.into_any())
}

fn text(gaps: &Gaps) -> String {
    let mut said = Vec::new();
    if gaps.rows > 0 {
        said.push(
            "Supabase answered with something there that this console does not know; the others are below.".to_owned(),
        );
    }
    if !gaps.fields.is_empty() {
        let names: BTreeSet<String> = gaps
            .fields
            .iter()
            .map(|name| name.chars().take(SHOWN).collect())
            .collect();
        let more = names.len().saturating_sub(NAMED);
        let mut names = names.into_iter().take(NAMED).collect::<Vec<_>>().join(", ");
        if more > 0 {
            names.push_str(&format!(" and {more} more"));
        }
        said.push(format!(
            "It was not told, or not to be read: {names}. What is empty, 0 or off here may be something else."
        ));
    }
    said.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_told_by_their_fields() {
        let fields = ["a", "b", "c", "d", "e", "f", "g"].map(str::to_owned);
        let gaps = Gaps {
            rows: 2,
            fields: fields.into(),
        };
        let said = text(&gaps);
        assert!(said.contains("to be read: a, b, c, d, e, f and 1 more."), "{said}");
        assert!(told(&Gaps::default()).is_none());
    }
}
