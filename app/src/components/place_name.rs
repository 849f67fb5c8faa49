//! The name of the organization or project that the page is about, for the breadcrumbs.
//!
//! The frame is drawn before Supabase has answered, with the slug or ref; the name takes its place once a page has read it.

use leptos::prelude::*;
use serde::{Serialize, de::DeserializeOwned};

use super::query::Query;

/// Slug or ref, and the name that goes with it.
#[derive(Clone, Copy)]
pub struct PlaceName(RwSignal<(String, String)>);

impl PlaceName {
    /// Called once, by the frame.
    pub fn provide() -> Self {
        let place = Self(RwSignal::default());
        provide_context(place);
        place
    }

    /// The name of `key`, or `key` itself until it is known.
    pub fn of(self, key: &str) -> String {
        self.0.with(|(known, name)| {
            if known == key && !name.is_empty() {
                name.clone()
            } else {
                key.to_owned()
            }
        })
    }

    /// Called by a page that reads the place anyway.
    pub fn tell<T>(query: Query<T>, read: impl Fn(&T) -> (String, String) + Send + Sync + 'static)
    where
        T: Clone + Serialize + DeserializeOwned + Send + Sync + 'static,
    {
        let Some(Self(place)) = use_context() else { return };
        Effect::new(move |_| {
            query.with(|answer| {
                if let Some(Ok(answer)) = answer {
                    place.set(read(answer));
                }
            });
        });
    }
}
