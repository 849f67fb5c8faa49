//! A plan as a tree: what each step does, how long it took by itself, and where the planner was far from what came.

use leptos::prelude::*;

use super::result::again;
use crate::{
    sql::{
        explain::{Explained, Node},
        run::{AS, Explain, Mode, Ran},
    },
    ui::{Badge, Icon, Tone, chart::grouped},
};

pub fn plan(ran: &Ran, explained: &Explained) -> AnyView {
    let measured = explained.root.took;
    let said = match (explained.planning, explained.execution) {
        (Some(planning), Some(execution)) => {
            format!(
                "Planned in {}, run in {}. A bar is a step\u{2019}s own share of the time.",
                ms(planning),
                ms(execution)
            )
        }
        _ => "Only planned, not run: rows and cost are what PostgreSQL expects.".to_owned(),
    };
    let measure = (measured.is_none() && ran.mode == Mode::Read && ran.explain.is_some()).then(|| {
        let button = view! {
            <button class="button button-small" type="submit" name=AS value=Explain::Times.as_str()>"Run it and measure"</button>
        };
        again(ran, button.into_any())
    });
    let whole = match measured {
        Some(took) => took,
        None => explained.root.cost,
    };
    view! {
        <div class="plan-head"><p class="hint">{said}</p> {measure}</div>
        <ul class="explain">{node(&explained.root, whole.max(f64::MIN_POSITIVE))}</ul>
    }
    .into_any()
}

/// Milliseconds as people read them.
fn ms(time: f64) -> String {
    if time < 10.0 {
        format!("{time:.2} ms")
    } else {
        format!("{} ms", grouped(time.round()))
    }
}

fn rows(node: &Node) -> String {
    let expected = grouped(node.expected.round());
    let runs = match node.runs {
        runs if runs > 1.0 => format!(", {} times", grouped(runs)),
        _ => String::new(),
    };
    match node.gave {
        Some(gave) => format!("{} rows of {expected} expected{runs}", grouped(gave.round())),
        None => format!("{expected} rows expected"),
    }
}

fn node(node_: &Node, whole: f64) -> AnyView {
    let own = node_.own;
    let share = own.map(|own| {
        let percent = (100.0 * own / whole).round().clamp(0.0, 100.0);
        view! { <meter min="0" max="100" value=percent aria-label="Share of the time"></meter> }
    });
    let cost = match own {
        Some(own) => ms(own),
        None => format!("cost {}", grouped(node_.cost.round())),
    };
    let misjudged = node_
        .misjudged()
        .map(|word| view! { <Badge tone=Tone::Warning icon=Icon::Warning word plain=true/> });
    let facts = node_.facts.iter().map(|(name, text)| {
        view! { <div><dt>{name.clone()}</dt><dd><bdi>{text.clone()}</bdi></dd></div> }
    });
    let below: Vec<_> = node_.below.iter().map(|below| node(below, whole)).collect();
    let below = (!below.is_empty()).then(|| view! { <ul>{below}</ul> });
    view! {
        <li>
            <div class="explain-step">
                <span class="explain-what"><b>{node_.kind.clone()}</b> " " <bdi>{node_.on.clone()}</bdi></span>
                <span class="explain-rows">{rows(node_)} " " {misjudged}</span>
                <span class="explain-cost">{share} " " {cost}</span>
            </div>
            <dl>{facts.collect_view()}</dl>
            {below}
        </li>
    }
    .into_any()
}
