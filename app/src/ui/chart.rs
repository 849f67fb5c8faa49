//! Charts as SVG, drawn in plain Rust: stacked bars over time, with a legend and the numbers as a table.

use leptos::prelude::*;

/// The drawing's own units; the page stretches it to its box.
const WIDTH: f64 = 600.0;
const HEIGHT: f64 = 120.0;

/// One layer of the stack: a value for each label, none negative.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    pub name: &'static str,
    pub values: Vec<f64>,
}

/// Where everything is drawn.
#[derive(Debug, PartialEq)]
struct Geometry {
    /// What the upper edge stands for: the smallest of 2, 4, 6, 8, 10, 20, 40, … that holds the highest stack, so that
    /// its half is a round number too.
    top: f64,
    /// One path for each series.
    layers: Vec<String>,
    /// Left edge and width of each label's share of the width.
    columns: Vec<(f64, f64)>,
}

fn geometry(count: usize, series: &[Series]) -> Geometry {
    let value = |series: &Series, at: usize| series.values.get(at).copied().unwrap_or(0.0).max(0.0);
    let stack = |at: usize| series.iter().map(|one| value(one, at)).sum::<f64>();
    let top = round_up((0..count).map(stack).fold(0.0, f64::max));
    let step = WIDTH / count.max(1) as f64;
    let bar = (step * 0.75).min(24.0);
    let mut heights = vec![0.0; count];
    let layers = series
        .iter()
        .map(|one| {
            let mut path = String::new();
            for (at, base) in heights.iter_mut().enumerate() {
                let height = value(one, at) / top * HEIGHT;
                if height > 0.0 {
                    let x = step * at as f64 + (step - bar) / 2.0;
                    path += &format!("M{x:.1} {:.1}v-{height:.1}h{bar:.1}v{height:.1}z", HEIGHT - *base);
                }
                *base += height;
            }
            path
        })
        .collect();
    let columns = (0..count).map(|at| (step * at as f64, step)).collect();
    Geometry { top, layers, columns }
}

fn round_up(value: f64) -> f64 {
    let mut power = 1.0;
    loop {
        for digit in [2.0, 4.0, 6.0, 8.0, 10.0] {
            // A value that is not finite must not keep this going for ever.
            if value <= digit * power || !value.is_finite() {
                return digit * power;
            }
        }
        power *= 10.0;
    }
}

/// `1234567` as `1,234,567`.
pub fn grouped(value: f64) -> String {
    let digits = format!("{value:.0}");
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) && !text.ends_with('-') {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Stacked bars, one for each of `labels`. Pointing at one names its numbers; all of them can be opened as a table.
#[component]
pub fn StackedBars(
    /// Says what is counted and over which time.
    #[prop(into)]
    title: String,
    labels: Vec<String>,
    series: Vec<Series>,
    /// The values are means, which have no sum.
    #[prop(optional)]
    means: bool,
) -> impl IntoView {
    let Geometry { top, layers, columns } = geometry(labels.len(), &series);
    let numbers = |at: usize| {
        series
            .iter()
            .map(move |one| grouped(one.values.get(at).copied().unwrap_or(0.0)))
    };
    let layers = layers
        .into_iter()
        .enumerate()
        .map(|(at, path)| view! { <path class="chart-layer" data-layer=at.to_string() d=path></path> })
        .collect_view();
    let hints = columns
        .into_iter()
        .zip(&labels)
        .enumerate()
        .map(|(at, ((x, width), label))| {
            let parts = series
                .iter()
                .zip(numbers(at))
                .map(|(one, number)| format!("{} {number}", one.name));
            let hint = format!("{label}: {}", parts.collect::<Vec<_>>().join(", "));
            view! {
                <rect class="chart-column" x=x.to_string() y="0" width=width.to_string() height=HEIGHT.to_string()>
                    <title>{hint}</title>
                </rect>
            }
        })
        .collect_view();
    let legend = series
        .iter()
        .enumerate()
        .map(|(at, one)| {
            view! {
                <li data-layer=at.to_string()>
                    {one.name} " " {(!means).then(|| view! { <b>{grouped(one.values.iter().sum())}</b> })}
                </li>
            }
        })
        .collect_view();
    let (caption, region, drawing) = (title.clone(), title.clone(), title.clone());
    let ticks = [0, labels.len() / 2, labels.len().saturating_sub(1)];
    let ticks = ticks.map(|at| view! { <span>{labels.get(at).cloned()}</span> });
    let names = series
        .iter()
        .map(|one| view! { <th scope="col">{one.name}</th> })
        .collect_view();
    let rows = labels
        .iter()
        .enumerate()
        .map(|(at, label)| {
            let cells = numbers(at).map(|number| view! { <td>{number}</td> }).collect_view();
            view! {
                <tr>
                    <th scope="row">{label.clone()}</th>
                    {cells}
                </tr>
            }
        })
        .collect_view();
    view! {
        <figure class="chart">
            <figcaption class="visually-hidden">{caption}</figcaption>
            <ul class="chart-legend">{legend}</ul>
            <div class="chart-plot">
                <div class="chart-scale" aria-hidden="true">
                    <span>{grouped(top)}</span>
                    <span>{grouped(top / 2.0)}</span>
                    <span>"0"</span>
                </div>
                <svg
                    viewBox=format!("0 0 {WIDTH} {HEIGHT}")
                    preserveAspectRatio="none"
                    role="img"
                    aria-label=drawing
                >
                    {layers}
                    {hints}
                </svg>
            </div>
            <div class="chart-ticks" aria-hidden="true">{ticks}</div>
            <details class="chart-numbers">
                <summary>"Show the numbers"</summary>
                <div tabindex="0" role="region" aria-label=region>
                    <table>
                        <caption class="visually-hidden">{title}</caption>
                        <thead>
                            <tr>
                                <th scope="col">"Time"</th>
                                {names}
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            </details>
        </figure>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn series(values: &[&[f64]]) -> Vec<Series> {
        values
            .iter()
            .map(|values| Series {
                name: "One",
                values: values.to_vec(),
            })
            .collect()
    }

    #[test]
    fn layers_stand_on_each_other_and_fill_the_height() {
        let drawn = geometry(1, &series(&[&[4.0], &[6.0]]));
        assert_eq!(drawn.top, 10.0);
        assert_eq!(
            drawn.layers,
            ["M288.0 120.0v-48.0h24.0v48.0z", "M288.0 72.0v-72.0h24.0v72.0z"]
        );
        assert_eq!(drawn.columns, [(0.0, 600.0)]);
    }

    #[test]
    fn missing_negative_and_absent_values_draw_nothing() {
        let drawn = geometry(2, &series(&[&[-3.0]]));
        assert_eq!(drawn.top, 2.0);
        assert_eq!(drawn.layers, [""]);
        assert_eq!(geometry(0, &[]).columns, []);
    }

    #[test]
    fn the_scale_ends_at_a_round_number() {
        for (value, top) in [
            (0.0, 2.0),
            (2.0, 2.0),
            (3.0, 4.0),
            (10.0, 10.0),
            (51.0, 60.0),
            (1_200.0, 2_000.0),
            (f64::NAN, 2.0),
        ] {
            assert_eq!(round_up(value), top, "{value}");
        }
    }

    #[test]
    fn numbers_are_grouped_by_thousands() {
        for (value, text) in [
            (0.0, "0"),
            (999.0, "999"),
            (1_000.0, "1,000"),
            (1_234_567.4, "1,234,567"),
            (-100.0, "-100"),
        ] {
            assert_eq!(grouped(value), text);
        }
    }
}
