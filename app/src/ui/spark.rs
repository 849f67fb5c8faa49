//! Small charts that stand beside their number, in a row of a list. The number says it all; the drawing only how it went.

use leptos::prelude::*;

/// The drawing's own units.
const WIDTH: f64 = 64.0;
const HEIGHT: f64 = 20.0;
/// Left free above, for the line's own width.
const EDGE: f64 = 2.0;

/// What is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// An amount.
    Area,
    /// What should not be there: bars on a base line.
    Bars,
}

/// `number` is what a person reads; `values` go from old to new, and none of them is negative.
pub fn spark(number: String, values: &[f64], line: Line, layer: usize) -> AnyView {
    let none = values.iter().all(|value| *value <= 0.0);
    let drawing = match line {
        _ if none => base().into_any(),
        Line::Area => {
            let along = path(values);
            let under = format!("M0 {HEIGHT}L{}L{WIDTH} {HEIGHT}z", &along[1..]);
            view! { <path class="spark-area" d=under></path><path class="spark-line" d=along></path> }.into_any()
        }
        Line::Bars => view! { {base()} <path class="spark-bars" d=bars(values)></path> }.into_any(),
    };
    let tone = (line == Line::Bars && !none).then_some("error");
    view! {
        <span class="spark" data-none=none data-tone=tone data-layer=(layer > 0).then(|| layer.to_string())>
            <span>{number}</span>
            <svg viewBox="0 0 64 20" preserveAspectRatio="none" aria-hidden="true">{drawing}</svg>
        </span>
    }
    .into_any()
}

/// A number that is not known.
pub fn unknown() -> AnyView {
    view! { <span class="spark quiet"><span>"Not known"</span></span> }.into_any()
}

fn base() -> impl IntoView {
    view! { <path class="spark-base" d="M0 19.5H64"></path> }
}

fn top(values: &[f64]) -> f64 {
    values.iter().copied().fold(f64::MIN_POSITIVE, f64::max)
}

fn path(values: &[f64]) -> String {
    let (top, last) = (top(values), values.len().saturating_sub(1).max(1));
    let point = |(at, value): (usize, &f64)| {
        let x = WIDTH * at as f64 / last as f64;
        let y = HEIGHT - value.max(0.0) / top * (HEIGHT - EDGE);
        format!("{x:.1} {y:.1}")
    };
    let points: Vec<_> = values.iter().enumerate().map(point).collect();
    format!("M{}", points.join("L"))
}

fn bars(values: &[f64]) -> String {
    let (top, step) = (top(values), WIDTH / values.len().max(1) as f64);
    let bar = |(at, value): (usize, &f64)| {
        // Something is never drawn as nothing.
        let height = (value / top * (HEIGHT - EDGE)).max(1.5);
        let x = step * at as f64;
        format!("M{x:.1} 19v-{height:.1}h{:.1}v{height:.1}z", step * 0.7)
    };
    let there = values.iter().enumerate().filter(|(_, value)| **value > 0.0);
    there.map(bar).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_stay_within_the_drawing() {
        assert_eq!(path(&[0.0, 5.0, 10.0]), "M0.0 20.0L32.0 11.0L64.0 2.0");
        assert_eq!(path(&[7.0]), "M0.0 2.0");
        assert_eq!(
            bars(&[0.0, 1.0, 1000.0, 0.0]),
            "M16.0 19v-1.5h11.2v1.5zM32.0 19v-18.0h11.2v18.0z"
        );
        assert_eq!(bars(&[]), "");
    }
}
