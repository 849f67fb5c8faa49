//! Which rows are shown, and in which order: read from the address, so that a view can be shared.

use leptos_router::params::ParamsMap;

use super::List;

/// What is chosen. Empty texts choose nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chosen {
    pub search: String,
    /// In the order of the list's filters.
    pub filters: Vec<String>,
    /// The word of the kind of rows.
    pub segment: String,
    /// Whether one of the list's further fields is filled in.
    pub more: bool,
    /// Which of the list's orders.
    pub order: usize,
    pub cards: bool,
}

impl Chosen {
    /// Whether anything is left out.
    pub fn narrows(&self) -> bool {
        self.more
            || !self.segment.is_empty()
            || !self.search.trim().is_empty()
            || self.filters.iter().any(|filter| !filter.is_empty())
    }
}

impl<R: 'static> List<R> {
    /// Reads the address; what is not understood is as if it were not there.
    pub(super) fn chosen(&self, query: &ParamsMap) -> Chosen {
        let text = |name: &str| query.get(name).unwrap_or_default();
        let sort = text("sort");
        Chosen {
            search: self.search.as_ref().map(|search| text(search.name)).unwrap_or_default(),
            filters: self.filters.iter().map(|filter| text(filter.name)).collect(),
            segment: self.segments.as_ref().map(|(name, _)| text(name)).unwrap_or_default(),
            more: self.more.0.iter().any(|name| !text(name).is_empty()),
            order: self.orders.iter().position(|order| order.word == sort).unwrap_or(0),
            cards: self.card.is_some() && text("view") == "cards",
        }
    }

    /// The rows that fit, in order.
    pub(super) fn fitting(&self, mut rows: Vec<R>, chosen: &Chosen) -> Vec<R> {
        let words = words(&chosen.search);
        rows.retain(|row| self.fits(row, chosen) && self.is_found(row, &words));
        if let Some(order) = self.orders.get(chosen.order) {
            rows.sort_by(order.compare);
        }
        rows
    }

    fn fits(&self, row: &R, chosen: &Chosen) -> bool {
        let segments = self.segments.as_ref().map(|(_, segments)| segments.as_slice());
        let segment = segments
            .unwrap_or_default()
            .iter()
            .find(|one| one.word == chosen.segment);
        if segment.is_some_and(|segment| !(segment.fits)(row)) {
            return false;
        }
        self.filters.iter().zip(&chosen.filters).all(|(filter, chosen)| {
            let of = filter.of.as_ref().filter(|_| !chosen.is_empty());
            of.is_none_or(|of| of(row).value == *chosen)
        })
    }

    fn is_found(&self, row: &R, words: &[String]) -> bool {
        let texts = self.search.as_ref().and_then(|search| search.texts.as_ref());
        texts
            .filter(|_| !words.is_empty())
            .is_none_or(|texts| holds(&texts(row), words))
    }
}

/// What is searched for: words, whatever their case.
pub fn words(search: &str) -> Vec<String> {
    search.split_whitespace().map(str::to_lowercase).collect()
}

/// Whether every word occurs in one of the texts.
fn holds(texts: &[String], words: &[String]) -> bool {
    let texts: Vec<String> = texts.iter().map(|text| text.to_lowercase()).collect();
    words
        .iter()
        .all(|word| texts.iter().any(|text| text.contains(word.as_str())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::Choice;

    type Row = (&'static str, &'static str);

    fn list() -> List<Row> {
        List::new(("city", "cities"), "/cities", |(name, _): &Row| (*name).to_owned())
            .search("Search cities", |(name, land)| {
                vec![(*name).to_owned(), (*land).to_owned()]
            })
            .filter("land", "Land", |(_, land)| Choice::new(*land, *land))
            .order("name", "By name", |a, b| a.0.to_lowercase().cmp(&b.0.to_lowercase()))
            .order("back", "Backwards", |a, b| b.0.to_lowercase().cmp(&a.0.to_lowercase()))
    }

    fn names(query: &[(&str, &str)]) -> Vec<&'static str> {
        let query = query
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        let list = list();
        let rows = vec![("bonn", "Germany"), ("Aachen", "Germany"), ("Cork", "Ireland")];
        let chosen = list.chosen(&query);
        list.fitting(rows, &chosen).into_iter().map(|(name, _)| name).collect()
    }

    #[test]
    fn the_first_order_is_the_usual() {
        assert_eq!(names(&[]), ["Aachen", "bonn", "Cork"]);
        assert_eq!(names(&[("sort", "no-such-order")]), ["Aachen", "bonn", "Cork"]);
        assert_eq!(names(&[("sort", "back")]), ["Cork", "bonn", "Aachen"]);
    }

    #[test]
    fn every_word_must_occur_somewhere() {
        assert_eq!(names(&[("search", "GERM on")]), ["bonn"]);
        assert!(names(&[("search", "germany nothing")]).is_empty());
        assert_eq!(names(&[("search", "  ")]).len(), 3);
    }

    #[test]
    fn choices_narrow_together() {
        assert_eq!(names(&[("land", "Germany"), ("search", "a")]), ["Aachen", "bonn"]);
        assert!(names(&[("land", "Nowhere")]).is_empty());
    }

    #[test]
    fn counts_say_what_is_left_out() {
        assert_eq!(list().summary(1, 1), "1 city");
        assert_eq!(list().summary(3, 3), "3 cities");
        assert_eq!(list().summary(1, 3), "1 of 3 cities");
    }
}
