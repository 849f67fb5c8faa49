//! What a deployment would change: the files that come, go and differ, line by line.

use leptos::prelude::*;

use super::deploy::Draft;
use crate::{
    components::{difference::difference, operation_form::FormState},
    functions::source::{Content, SourceFile},
    ui::{
        Notice, Tone,
        change::ChangeCard,
        lines::{Code, Row, lines},
        mark::Mark,
    },
};

/// A file that differs.
struct Changed {
    path: String,
    mark: Mark,
    delta: (usize, usize),
    /// `None`: it is no text.
    rows: Option<Vec<Row>>,
}

/// What `files` are against those that run; nothing where that was not asked for.
pub fn changes(draft: &Draft, state: &FormState, files: &[SourceFile]) -> AnyView {
    if state.typed("_preview").is_none() {
        return view! { <div data-region="changes"></div> }.into_any();
    }
    let uploads = state.typed("upload").unwrap_or_default();
    let changed = compare(&draft.files, files, &uploads);
    let against = match draft.version {
        Some(version) => format!("against version {version}"),
        None => "to begin with".to_owned(),
    };
    let title = match changed.len() {
        0 => format!("No file changes {against}"),
        1 => format!("1 file changes {against}"),
        count => format!("{count} files change {against}"),
    };
    let again = (!uploads.is_empty()).then(|| {
        view! {
            <Notice tone=Tone::Info title="Choose these files again before you deploy">
                {uploads.join(", ")} ". Browsers do not keep the choice of a file."
            </Notice>
        }
    });
    view! {
        <section class="deploy-changes" data-region="changes" aria-labelledby="changes-title">
            <h2 id="changes-title">{title}</h2>
            <p class="hint">"Nothing was sent yet."</p>
            {again}
            {changed.into_iter().enumerate().map(card).collect_view()}
        </section>
    }
    .into_any()
}

fn card((at, changed): (usize, Changed)) -> AnyView {
    let Changed {
        path,
        mark,
        delta,
        rows,
    } = changed;
    let label = format!("What changes in {path}");
    let body = match rows {
        Some(rows) => lines(Code::Diff, &label, rows),
        None => view! { <p class="hint change-other">"This is no text, so its lines are not shown."</p> }.into_any(),
    };
    view! { <ChangeCard id=format!("change-{at}") mark name=path kind="file" delta open=at < 3>{body}</ChangeCard> }
        .into_any()
}

fn text(file: Option<&SourceFile>) -> Option<String> {
    match file.map(|file| &file.content) {
        // Line ends count as well.
        Some(Content::Text { text, ends }) => Some(ends.restore(text)),
        Some(Content::Other { .. }) => None,
        None => Some(String::new()),
    }
}

/// The files that differ, by path. `uploads`: paths of files that were chosen and are no text.
fn compare(before: &[SourceFile], after: &[SourceFile], uploads: &[String]) -> Vec<Changed> {
    let find = |files: &'_ [SourceFile], path: &str| files.iter().position(|file| file.path == path);
    let mut paths: Vec<&str> = before.iter().chain(after).map(|file| file.path.as_str()).collect();
    paths.extend(uploads.iter().map(String::as_str));
    paths.sort_unstable();
    paths.dedup();
    let one = |path: &str| {
        let old = find(before, path).and_then(|at| before.get(at));
        let new = find(after, path).and_then(|at| after.get(at));
        let chosen = uploads.iter().any(|upload| upload == path);
        let mark = match (old, new) {
            (None, _) => Mark::Added,
            (Some(_), None) if !chosen => Mark::Removed,
            (Some(old), Some(new)) if !chosen && old.content == new.content => return None,
            (Some(_), _) => Mark::Changed,
        };
        let texts = text(old).zip(text(new)).filter(|_| !chosen);
        let (delta, rows) = match texts {
            Some((old, new)) => {
                let (delta, rows) = difference(&old, &new);
                (delta, Some(rows))
            }
            None => ((0, 0), None),
        };
        Some(Changed {
            path: path.to_owned(),
            mark,
            delta,
            rows,
        })
    };
    paths.into_iter().filter_map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::functions::source::Ends;

    fn file(path: &str, text: &str) -> SourceFile {
        SourceFile {
            path: path.to_owned(),
            content: Content::Text {
                text: text.to_owned(),
                ends: Ends::Lf,
            },
        }
    }

    #[test]
    fn files_that_come_go_and_differ_are_told_and_no_others() {
        let before = [file("a.ts", "1\n2\n"), file("gone.ts", "x\n"), file("same.ts", "y")];
        let after = [file("a.ts", "1\n3\n"), file("new.ts", "z\n"), file("same.ts", "y")];
        let told: Vec<_> = compare(&before, &after, &["card.png".to_owned()])
            .into_iter()
            .map(|one| (one.path, one.mark, one.delta, one.rows.is_some()))
            .collect();
        assert_eq!(
            told,
            [
                ("a.ts".to_owned(), Mark::Changed, (1, 1), true),
                ("card.png".to_owned(), Mark::Added, (0, 0), false),
                ("gone.ts".to_owned(), Mark::Removed, (0, 1), true),
                ("new.ts".to_owned(), Mark::Added, (1, 0), true),
            ]
        );
    }
}
