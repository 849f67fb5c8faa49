//! One metric: each of its series with its number and a bar.

use leptos::prelude::*;
use management_api::analytics::metrics::{Family, Metrics, Sample};

use super::units::number;
use crate::{
    components::list::List,
    paths,
    ui::{ButtonLink, Card, Icon, meters::bar},
};

/// Series that are drawn.
const MOST: usize = 200;

/// One series as it is drawn.
struct Row {
    name: String,
    number: String,
    /// Of the largest.
    share: f64,
}

/// Labels that every number of the answer carries alike, such as the project's ref, tell nothing here.
fn common(metrics: &Metrics) -> Vec<(String, String)> {
    let mut samples = metrics.families.iter().flat_map(|family| &family.samples);
    let mut common = samples.next().map(|first| first.labels.clone()).unwrap_or_default();
    for sample in samples {
        common.retain(|label| sample.labels.contains(label));
    }
    common
}

/// What tells a series from the others.
fn said(family: &Family, sample: &Sample, common: &[(String, String)]) -> String {
    let part = sample.name.strip_prefix(family.name.as_str()).unwrap_or_default();
    let part = part.trim_start_matches('_');
    let labels = sample.labels.iter().filter(|label| !common.contains(label));
    let labels = labels.map(|(name, value)| format!("{name}={value}"));
    let parts: Vec<_> = std::iter::once(part.to_owned())
        .chain(labels)
        .filter(|part| !part.is_empty())
        .collect();
    if parts.is_empty() {
        "The only one".to_owned()
    } else {
        parts.join(", ")
    }
}

pub fn opened(project: &str, family: &Family, metrics: &Metrics) -> AnyView {
    let common = common(metrics);
    let values = family.samples.iter().map(|sample| sample.value.abs());
    let top = values.filter(|value| value.is_finite()).fold(0.0, f64::max);
    let mut samples: Vec<_> = family.samples.iter().collect();
    // The parts of a spread are in an order of their own.
    if !matches!(family.kind.as_str(), "histogram" | "summary") {
        samples.sort_by(|a, b| b.value.total_cmp(&a.value));
    }
    let more = samples.len().saturating_sub(MOST);
    let more = (more > 0).then(|| view! { <p class="hint">{format!("{more} smaller ones are not shown.")}</p> });
    let row = |sample: &&Sample| Row {
        name: said(family, sample, &common),
        number: number(&sample.name, sample.value),
        share: sample.value.abs() / top,
    };
    let rows: Vec<_> = samples.iter().take(MOST).map(row).collect();
    let (close, help) = (paths::metrics(project), family.help.clone());
    let list = list(paths::metric(project, &family.name)).draw(rows);
    view! {
        <Card title=family.name.clone() hint=help actions=move || view! { <ButtonLink href=close small=true icon=Icon::Close>"Close"</ButtonLink> }>
            {list}
            {more}
        </Card>
    }
    .into_any()
}

fn list(here: String) -> List<Row> {
    List::new(("series", "series"), here, |row: &Row| row.name.clone())
        .column("Series", |row| view! { <bdi>{row.name.clone()}</bdi> })
        .number("Value", |row| row.number.clone())
        .column(
            "Against the largest",
            |row| view! { <span class="meter-cell">{bar(row.share)}</span> },
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_series_is_named_by_what_tells_it_from_others() {
        let text = "# TYPE h histogram\nh_bucket{project=\"a\",le=\"1\"} 3\nh_sum{project=\"a\"} 3\n\
                    load{project=\"a\"} 1\ncpu{project=\"a\",cpu=\"0\",mode=\"idle\"} 4\n";
        let metrics = Metrics::read(text);
        let common = common(&metrics);
        assert_eq!(common, [("project".to_owned(), "a".to_owned())]);
        let names: Vec<_> = metrics
            .families
            .iter()
            .flat_map(|family| family.samples.iter().map(|sample| said(family, sample, &common)))
            .collect();
        assert_eq!(names, ["bucket, le=1", "sum", "The only one", "cpu=0, mode=idle"]);
    }
}
