//! Two texts beside each other: the lines that come and go, with some of those around them.

use similar::{ChangeTag, TextDiff};

use crate::ui::lines::{Ink, Line, Part, Row, Sign};

/// Lines around a difference that are shown with it.
const AROUND: usize = 3;
/// Lines of one text's difference that are shown.
const SHOWN: usize = 2_000;

/// Lines that come and go, and the rows that show them.
pub fn difference(old: &str, new: &str) -> ((usize, usize), Vec<Row>) {
    let diff = TextDiff::from_lines(old, new);
    let (mut adds, mut dels, mut rows, mut next) = (0, 0, Vec::new(), 0);
    for group in diff.grouped_ops(AROUND) {
        let first = group.first().map_or(0, |op| op.old_range().start);
        if first > next {
            rows.push(Row::Gap(first - next));
        }
        next = group.last().map_or(next, |op| op.old_range().end);
        for change in group.iter().flat_map(|op| diff.iter_changes(op)) {
            let sign = match change.tag() {
                ChangeTag::Equal => Sign::Same,
                ChangeTag::Insert => Sign::Add,
                ChangeTag::Delete => Sign::Del,
            };
            adds += usize::from(sign == Sign::Add);
            dels += usize::from(sign == Sign::Del);
            let text = change.value().trim_end_matches(['\n', '\r']);
            rows.push(Row::Line(Line {
                numbers: (change.old_index().map(|at| at + 1), change.new_index().map(|at| at + 1)),
                sign,
                parts: vec![Part::new(Ink::Plain, text)],
                ..Line::default()
            }));
        }
    }
    if rows.len() > SHOWN {
        let left = rows.len() - SHOWN;
        rows.truncate(SHOWN);
        rows.push(Row::Gap(left));
    }
    ((adds, dels), rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stays_far_from_a_difference_is_left_out() {
        let old: String = (0..40).map(|line| format!("{line}\n")).collect();
        let new = old.replace("20\n", "twenty\n");
        let (delta, rows) = difference(&old, &new);
        assert_eq!((delta, rows.first()), ((1, 1), Some(&Row::Gap(17))));
        assert_eq!(rows.len(), 1 + 3 + 2 + 3);
    }
}
