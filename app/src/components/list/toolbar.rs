//! The toolbar over a list: search, filters, order, and table or cards.

use std::collections::HashSet;

use leptos::prelude::*;

use super::{Chosen, Filter, List, Segment};
use crate::{
    islands::filter::FilterForm,
    ui::{Choice, SearchField, SelectField},
};

impl<R: 'static> List<R> {
    /// Nothing where there is nothing to choose.
    pub(super) fn toolbar(&mut self, rows: &[R], chosen: &Chosen) -> Option<AnyView> {
        let choices = self.search.is_some() || !self.filters.is_empty() || !self.orders.is_empty();
        if !choices && self.card.is_none() && self.segments.is_none() {
            return None;
        }
        let search = self.search.as_ref().map(|search| {
            view! { <SearchField name=search.name label=search.label value=chosen.search.clone() keys="/"/> }
        });
        let filters: Vec<_> = self
            .filters
            .iter()
            .zip(&chosen.filters)
            .map(|(filter, value)| {
                let choices = filter.offered(rows, value);
                view! { <SelectField name=filter.name label=filter.label choices value=value.clone()/> }
            })
            .collect();
        let segments = self.segments.as_ref().map(|(name, segments)| {
            let count = |segment: &Segment<R>| rows.iter().filter(|row| (segment.fits)(row)).count();
            let all = segment(name, "", "All", rows.len(), chosen.segment.is_empty());
            let each = segments.iter().map(|one| {
                segment(name, one.word, one.label, count(one), chosen.segment == one.word)
            });
            view! { <fieldset class="segmented"><legend class="visually-hidden">"Show"</legend>{all} {each.collect_view()}</fieldset> }
        });
        let order = (self.orders.len() > 1).then(|| {
            let choices = self
                .orders
                .iter()
                .map(|order| Choice::new(order.word, order.label))
                .collect();
            let value = self.orders.get(chosen.order).map_or("", |order| order.word);
            view! { <SelectField name="sort" label="Sort by" choices value=value/> }
        });
        let (_, more) = std::mem::replace(&mut self.more, (Vec::new(), super::nothing()));
        let cards = self.card.is_some().then(|| table_or_cards(chosen.cards));
        Some(
            view! {
                <FilterForm action=self.path.clone()>
                    {search}
                    {segments}
                    {filters}
                    {more.run()}
                    {order}
                    {cards}
                </FilterForm>
            }
            .into_any(),
        )
    }
}

impl<R> Filter<R> {
    /// What leaves everything in, what the rows have, and what is chosen even if no row has it any more.
    fn offered(&self, rows: &[R], chosen: &str) -> Vec<Choice> {
        let mut choices = self.choices.clone();
        if let Some(of) = &self.of {
            // Many rows have few values between them: those are ordered, not the rows'.
            let each: HashSet<Choice> = choices.drain(..).chain(rows.iter().map(|row| of(row))).collect();
            choices.extend(each);
            choices.sort_unstable();
        }
        if !chosen.is_empty() && !choices.iter().any(|choice| choice.value == chosen) {
            choices.insert(0, Choice::new(chosen, chosen));
        }
        choices.insert(0, Choice::new("", format!("Any {}", self.label.to_lowercase())));
        choices
    }
}

/// One kind of rows, with how many are of it.
fn segment(name: &'static str, word: &'static str, label: &'static str, count: usize, checked: bool) -> impl IntoView {
    view! {
        <label><input type="radio" name=name value=word checked=checked/><span>{label} " " <b>{count}</b></span></label>
    }
}

fn table_or_cards(cards: bool) -> impl IntoView {
    let choice = |checked: bool, value: &'static str, label: &'static str| {
        view! {
            <label><input type="radio" name="view" value=value checked=checked/><span>{label}</span></label>
        }
    };
    view! {
        <fieldset class="segmented">
            <legend class="visually-hidden">"Show as"</legend>
            {choice(!cards, "", "Table")}
            {choice(cards, "cards", "Cards")}
        </fieldset>
    }
}
