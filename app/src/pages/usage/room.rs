//! What fills up: the database's disk, memory, connections.

use leptos::prelude::*;

use super::super::metrics::{counted, filled, meter};
use crate::{
    components::when::{To, When},
    server_fns::usage::Room,
    ui::{Card, Fact, Facts, Notice, Tone, meters::meters},
};

pub fn room(room: Room) -> AnyView {
    let Room { disk, measured } = room;
    let mut bars = Vec::new();
    let disk = match disk {
        Ok(disk) => {
            let metrics = disk.metrics;
            bars.extend(meter(
                "Disk of the database".to_owned(),
                metrics.available,
                metrics.size,
            ));
            None
        }
        Err(error) => Some(("How full the disk is could not be read", error)),
    };
    let (counted, read, measured) = match measured {
        Ok(measured) => {
            bars.extend(filled(&measured.metrics));
            (counted(&measured.metrics), Some(measured.at), None)
        }
        Err(error) => (Vec::new(), None, Some(("The metrics could not be read", error))),
    };
    let missing: Vec<_> = [disk, measured]
        .into_iter()
        .flatten()
        .map(|(title, error)| view! { <Notice tone=Tone::Warning title>{error.to_string()}</Notice> })
        .collect();
    let none = bars.is_empty() && counted.is_empty();
    let nothing = (none && missing.is_empty()).then(|| view! { <p class="hint">"The project told no number."</p> });
    let bars = (!bars.is_empty()).then(|| meters(bars));
    let facts: Vec<_> = counted
        .into_iter()
        .map(|(term, number)| view! { <Fact term>{number}</Fact> })
        .collect();
    let facts = (!facts.is_empty()).then(|| view! { <Facts>{facts}</Facts> });
    let read = read.map(|at| view! { <span class="quiet">"read "<When at to=To::Second/></span> });
    view! {
        <Card title="What fills up" actions=move || read>
            {missing}
            {bars}
            {facts}
            {nothing}
        </Card>
    }
    .into_any()
}
