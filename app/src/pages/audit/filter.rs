//! The toolbar over the audit: which calls are shown.

use leptos::prelude::*;
use management_api::{Area, Effect};

use super::through;
use crate::{
    audit::{AuditFilter, AuditPlace, EffectChoice, Outcome, PlaceKind},
    islands::filter::FilterForm,
    paths,
    ui::{Choice, SearchField, SelectField, TextField},
};

/// The ways in that can be chosen.
const THROUGH: [&str; 2] = ["console", "explorer"];

pub fn toolbar(filter: &AuditFilter, places: &[AuditPlace]) -> impl IntoView + use<> {
    let chosen = filter.choices().map(|(_, value)| value.to_owned());
    let [person, place, area, effect, outcome, way, from, to] = chosen;
    let areas = Area::ALL.iter().map(|area| Choice::new(area.as_str(), area.title()));
    let outcomes = Outcome::ALL.map(|outcome| Choice::new(outcome.as_str(), outcome.title()));
    let ways = THROUGH.map(|word| Choice::new(word, through(word)));
    let places = choices(places, &place);
    view! {
        <FilterForm action=paths::AUDIT.to_owned()>
            <SearchField name="person" label="Search people" value=person/>
            <SelectField name="place" label="Project or organization" choices=any("Any place", places) value=place/>
            <SelectField name="area" label="Area" choices=any("Any area", areas) value=area/>
            <SelectField name="effect" label="Effect" choices=any("Any effect", effects()) value=effect/>
            <SelectField name="outcome" label="Outcome" choices=any("Any outcome", outcomes) value=outcome/>
            <SelectField name="through" label="Through" choices=any("Any way in", ways) value=way/>
            <div class="audit-days">
                <TextField name="from" label="From day" kind="date" value=from/>
                <span aria-hidden="true">"\u{2013}"</span>
                <TextField name="to" label="To day" kind="date" value=to/>
            </div>
        </FilterForm>
    }
}

fn any(label: &'static str, choices: impl IntoIterator<Item = Choice>) -> Vec<Choice> {
    std::iter::once(Choice::new("", label)).chain(choices).collect()
}

fn effects() -> impl Iterator<Item = Choice> {
    let changes = Choice::new(EffectChoice::Changes.as_str(), "Everything but reads");
    let each = Effect::ALL
        .iter()
        .map(|effect| Choice::new(effect.as_str(), effect.title()));
    std::iter::once(changes).chain(each)
}

/// The places, and the chosen one even if it cannot be listed any more.
fn choices(places: &[AuditPlace], chosen: &str) -> Vec<Choice> {
    let group = |kind: PlaceKind| match kind {
        PlaceKind::Project => "Projects",
        PlaceKind::Organization => "Organizations",
    };
    let gone = !chosen.is_empty() && !places.iter().any(|place| place.key == chosen);
    let gone = gone.then(|| Choice::new(chosen, chosen));
    let listed = places
        .iter()
        .map(|place| Choice::new(&place.key, &place.name).in_group(group(place.kind)));
    gone.into_iter().chain(listed).collect()
}
