//! What is known of the page before any call: who looks at it, what just happened, which theme.

use leptos::prelude::*;

use crate::backend::{PageContext, page_context};

/// The page's context.
#[derive(Clone, Copy)]
pub struct Context(StoredValue<PageContext>);

impl Context {
    /// Called once, by the application.
    pub fn provide() -> Self {
        let page = Self(StoredValue::new(page_context()));
        provide_context(page);
        page
    }

    pub fn current() -> Self {
        use_context().unwrap_or_else(Self::provide)
    }

    /// The name that a project's services answer under, where it has no custom hostname.
    pub fn project_host(self, reference: &str) -> String {
        self.with(|page| format!("{reference}.{}", page.project_domain))
    }

    /// What the browser keeps something under that is this person's alone. Whoever else signs in there does not find it.
    pub fn kept_under(self, of: &[&str]) -> String {
        let whose = self.with(|page| page.viewer.as_ref().map(|viewer| viewer.kept_under.clone()));
        [whose.unwrap_or_default().as_str(), &of.join("/")].join("/")
    }

    /// Reads the context.
    pub fn with<T>(self, read: impl FnOnce(&PageContext) -> T) -> T {
        self.0.with_value(read)
    }
}
