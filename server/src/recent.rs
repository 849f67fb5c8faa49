//! Recent: which pages somebody was on lately, so that they are found first. It is forgotten with the process.

use std::{sync::Arc, time::Duration};

use moka::sync::Cache;

use crate::identity::PersonId;

/// Pages of one person.
const PAGES: usize = 8;
/// Bytes of a path that is kept.
const PATH: usize = 300;
/// People, at most.
const PEOPLE: u64 = 10_000;
const KEPT: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// Paths of pages by person, the latest first.
#[derive(Clone)]
pub struct Recent(Cache<PersonId, Arc<Vec<String>>>);

impl Default for Recent {
    fn default() -> Self {
        Self(Cache::builder().max_capacity(PEOPLE).time_to_idle(KEPT).build())
    }
}

impl Recent {
    pub fn of(&self, person: &PersonId) -> Vec<String> {
        self.0.get(person).map(|pages| pages.to_vec()).unwrap_or_default()
    }

    pub fn note(&self, person: &PersonId, path: &str) {
        if path.len() > PATH {
            return;
        }
        let mut pages = self.of(person);
        if pages.first().is_some_and(|latest| latest == path) {
            return;
        }
        pages.retain(|page| page != path);
        pages.insert(0, path.to_owned());
        pages.truncate(PAGES);
        self.0.insert(person.clone(), Arc::new(pages));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_latest_page_is_first_and_stands_there_once() {
        let (recent, ada) = (Recent::default(), PersonId::from("ada".to_owned()));
        for page in ["/projects", "/audit", "/projects", "/projects"] {
            recent.note(&ada, page);
        }
        assert_eq!(recent.of(&ada), ["/projects", "/audit"]);
        for page in 0..20 {
            recent.note(&ada, &format!("/projects/{page}"));
        }
        recent.note(&ada, &"/long".repeat(100));
        assert_eq!(recent.of(&ada).len(), PAGES);
        assert_eq!(recent.of(&ada)[0], "/projects/19");
        assert!(recent.of(&PersonId::from("grace".to_owned())).is_empty());
    }
}
