//! Strips: in what state things were over time, one line a thing; all spans can be opened as a table, so nothing depends on
//! the drawing.

use leptos::prelude::*;

use super::Tone;

/// The drawing's own units; the page stretches it to its box.
const WIDTH: f64 = 1000.0;
/// What is there is seen, however short it is beside the whole.
const LEAST: f64 = 3.0;

/// A time in one state.
#[derive(Clone, Debug, PartialEq)]
pub struct Span {
    /// Unix seconds.
    pub from: i64,
    pub to: i64,
    pub tone: Tone,
    /// The state, and its begin and end as a person reads them.
    pub word: String,
    pub said: (String, String),
}

/// One thing with its spans, the oldest first.
#[derive(Clone, Debug, PartialEq)]
pub struct Strip {
    pub name: String,
    pub spans: Vec<Span>,
}

/// Left edge and width of a span; nothing where it lies outside.
fn place(span: &Span, (begin, end): (i64, i64)) -> Option<(f64, f64)> {
    if span.to < begin || span.from > end || end <= begin {
        return None;
    }
    let at = |moment: i64| (moment.clamp(begin, end) - begin) as f64 / (end - begin) as f64 * WIDTH;
    let width = (at(span.to) - at(span.from)).max(LEAST);
    Some((at(span.from).min(WIDTH - LEAST), width))
}

/// `whole`: from when to when, in Unix seconds; `ticks` stand under it, evenly.
pub fn strips(title: &'static str, all: Vec<Strip>, whole: (i64, i64), ticks: Vec<String>) -> AnyView {
    let line = |strip: &Strip| {
        let drawn = strip.spans.iter().filter_map(|span| {
            let (x, width) = place(span, whole)?;
            let hint = format!("{}: {} to {}", span.word, span.said.0, span.said.1);
            Some(view! {
                <rect data-tone=span.tone.as_str() x=format!("{x:.1}") width=format!("{width:.1}") height="10"><title>{hint}</title></rect>
            })
        });
        view! {
            <li>
                <span class="strip-name">{strip.name.clone()}</span>
                <svg class="strip" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">
                    <rect class="strip-all" width="1000" height="10"></rect>
                    {drawn.collect_view()}
                </svg>
            </li>
        }
    };
    let row = |name: &str, span: &Span| {
        let (name, word, (from, to)) = (name.to_owned(), span.word.clone(), span.said.clone());
        view! { <tr><th scope="row">{name}</th><td>{word}</td><td>{from}</td><td>{to}</td></tr> }
    };
    let rows: Vec<_> = all
        .iter()
        .flat_map(|strip| strip.spans.iter().rev().map(|span| row(&strip.name, span)))
        .collect();
    let ticks: Vec<_> = ticks.into_iter().map(|tick| view! { <span>{tick}</span> }).collect();
    view! {
        <figure class="chart strips">
            <figcaption class="visually-hidden">{title}</figcaption>
            <ul>{all.iter().map(line).collect_view()}</ul>
            <div class="chart-ticks" aria-hidden="true">{ticks}</div>
            <details class="chart-numbers">
                <summary>"Show the times"</summary>
                <div tabindex="0" role="region" aria-label=title>
                    <table>
                        <caption class="visually-hidden">{title}</caption>
                        <thead>
                            <tr><th scope="col">"Service"</th><th scope="col">"State"</th><th scope="col">"From (UTC)"</th><th scope="col">"To (UTC)"</th></tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            </details>
        </figure>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_stay_within_the_drawing_and_short_ones_are_seen() {
        let span = |from, to| Span {
            from,
            to,
            tone: Tone::Success,
            word: String::new(),
            said: Default::default(),
        };
        let whole = (100, 200);
        assert_eq!(place(&span(100, 150), whole), Some((0.0, 500.0)));
        assert_eq!(place(&span(50, 110), whole), Some((0.0, 100.0)));
        assert_eq!(place(&span(200, 200), whole), Some((997.0, 3.0)));
        assert_eq!(place(&span(150, 150), whole), Some((500.0, 3.0)));
        assert_eq!(place(&span(10, 99), whole), None);
        assert_eq!(place(&span(10, 99), (5, 5)), None);
    }
}
