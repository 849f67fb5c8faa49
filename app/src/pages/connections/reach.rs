//! What a connection may do: the scopes that it was given, area by area, and the permissions that it was seen to lack.

use std::collections::BTreeSet;

use leptos::prelude::*;
use management_api::{OperationId, permission_title};

use crate::{
    connections::{Connection, Kind},
    ui::{Glyph, Icon},
};

/// What it was given, area by area; or what it was seen to lack.
pub fn may(one: &Connection) -> AnyView {
    let lacks: Vec<String> = one
        .lacks
        .iter()
        .map(|id| permission_title(id).unwrap_or_else(|| id.clone()))
        .collect();
    let lacks = (!lacks.is_empty()).then(|| {
        view! {
            <p class="connection-why">
                "Lacks " {lacks.join(", ")} ". Its access cannot be edited: make a new token with it in Supabase\u{2019}s dashboard, under Account, Access Tokens, and add that."
            </p>
        }
    });
    let reach = match &one.scopes {
        Some(given) => scopes(given).into_any(),
        None if one.kind == Kind::Token => view! { <p class="hint">"May what you may."</p> }.into_any(),
        None => {
            view! { <p class="hint">"What it may is not told; what it lacks is seen when Supabase refuses it."</p> }
                .into_any()
        }
    };
    view! { {reach} {lacks} }.into_any()
}

/// What scopes there are to give, and what of each was given.
fn given_of(given: &[String]) -> Vec<(&'static str, Given)> {
    let all: BTreeSet<&str> = OperationId::ALL.iter().filter_map(|id| id.row().scope).collect();
    let areas: BTreeSet<&str> = all.iter().filter_map(|scope| Some(scope.split_once(':')?.0)).collect();
    let has = |area: &str, what: &str| given.iter().any(|scope| scope.split_once(':') == Some((area, what)));
    let of = |area: &'static str| match (has(area, "read"), has(area, "write")) {
        (_, true) => (area, Given::Change),
        (true, false) => (area, Given::Read),
        (false, false) => (area, Given::Nothing),
    };
    areas.into_iter().map(of).collect()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Given {
    Read,
    Change,
    Nothing,
}

/// How far scopes reach, as in "read 2 and change 9 of 11 areas".
pub fn reach(given: &[String]) -> String {
    let areas = given_of(given);
    let count = |of: Given| areas.iter().filter(|(_, given)| *given == of).count();
    let (reads, changes) = (count(Given::Read), count(Given::Change));
    format!("read {reads} and change {changes} of {} areas", areas.len())
}

fn scopes(given: &[String]) -> impl IntoView + use<> {
    let row = |(area, given): (&str, Given)| {
        let (icon, says, off) = match given {
            Given::Change => (Icon::Edit, "read and change", None),
            Given::Read => (Icon::Eye, "read", None),
            Given::Nothing => (Icon::Skipped, "nothing", Some("")),
        };
        let words = area.replace('_', " ");
        view! { <li data-off=off><Glyph icon/><span class="reach-area">{words}</span><span class="hint">{says}</span></li> }
    };
    let rows: Vec<_> = given_of(given).into_iter().map(row).collect();
    let says = format!("May {}", reach(given));
    view! {
        <details class="reach">
            <summary><Glyph icon=Icon::ChevronRight/>{says}</summary>
            <ul class="reach-list">{rows}</ul>
        </details>
    }
}
