//! Every metric by its name.

use leptos::prelude::*;
use management_api::analytics::metrics::Family;

use super::units::number;
use crate::{
    components::list::List,
    paths,
    ui::{Choice, Empty, Icon},
};

/// What a family is about: the first word of its name, such as `node` or `pg`.
fn area(family: &Family) -> String {
    family.name.split('_').next().unwrap_or_default().to_owned()
}

/// How it counts, in words.
fn kind(family: &Family) -> String {
    match family.kind.as_str() {
        "counter" => "Only grows".to_owned(),
        "gauge" => "As it stands".to_owned(),
        "histogram" | "summary" => "Spread".to_owned(),
        "" | "untyped" | "unknown" => "Not told".to_owned(),
        other => other.to_owned(),
    }
}

/// Its number, or how many it has.
fn value(family: &Family) -> String {
    match family.samples.as_slice() {
        [one] => number(&family.name, one.value),
        several => format!("{} series", several.len()),
    }
}

pub fn families(project: &str) -> List<Family> {
    let links = project.to_owned();
    List::new(("metric", "metrics"), paths::metrics(project), |family: &Family| {
        family.name.clone()
    })
    .search("Search metrics", |family| {
        vec![family.name.clone(), family.help.clone()]
    })
    .filter("area", "Area", |family| {
        let area = area(family);
        Choice::new(area.clone(), area)
    })
    .filter("kind", "Counts", |family| {
        let kind = kind(family);
        Choice::new(kind.clone(), kind)
    })
    .column("Metric", move |family| {
        let href = paths::metric(&links, &family.name);
        view! { <a class="row-link mono" href=href><bdi>{family.name.clone()}</bdi></a> }
    })
    .column("What it is", |family| view! { <bdi>{family.help.clone()}</bdi> })
    .column("Counts", kind)
    .number("Value", value)
    .empty(|| view! { <Empty icon=Icon::Activity title="Nothing is measured" sentence="The project told no number."/> })
}
