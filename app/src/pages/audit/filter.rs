//! The choices over the audit: which calls are shown. The server's store makes them.

use leptos::prelude::*;
use management_api::{Area, Effect, Scope};

use super::through;
use crate::{
    audit::{AuditFilter, AuditPlace, EffectChoice, Outcome},
    components::list::List,
    ui::{Choice, TextField},
};

/// The ways in that can be chosen.
const THROUGH: [&str; 2] = ["console", "explorer"];

pub fn choices<R: 'static>(list: List<R>, filter: &AuditFilter, places: &[AuditPlace]) -> List<R> {
    let areas = Area::ALL.iter().map(|area| Choice::new(area.as_str(), area.title()));
    let outcomes = Outcome::ALL.map(|outcome| Choice::new(outcome.as_str(), outcome.title()));
    let ways = THROUGH.map(|word| Choice::new(word, through(word)));
    let (from, to) = (filter.from.clone(), filter.to.clone());
    list.search_asked("person", "Search people")
        .filter_asked("place", "Place", places.iter().map(place).collect())
        .filter_asked("area", "Area", areas.collect())
        .filter_asked("effect", "Effect", effects().collect())
        .filter_asked("outcome", "Outcome", outcomes.to_vec())
        .filter_asked("through", "Way in", ways.to_vec())
        .more(["from", "to"], move || {
            view! {
                <div class="audit-days">
                    <TextField name="from" label="From day" kind="date" value=from/>
                    <span aria-hidden="true">"\u{2013}"</span>
                    <TextField name="to" label="To day" kind="date" value=to/>
                </div>
            }
        })
}

fn effects() -> impl Iterator<Item = Choice> {
    let changes = Choice::new(EffectChoice::Changes.as_str(), "Everything but reads");
    let each = Effect::ALL
        .iter()
        .map(|effect| Choice::new(effect.as_str(), effect.title()));
    std::iter::once(changes).chain(each)
}

fn place(place: &AuditPlace) -> Choice {
    let group = match place.scope {
        Scope::Project(_) => "Projects",
        Scope::Organization(_) => "Organizations",
        Scope::Account => "Everything",
    };
    Choice::new(place.scope.key().unwrap_or_default(), &place.name).in_group(group)
}
