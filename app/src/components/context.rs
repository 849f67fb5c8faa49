//! What is known of the page before any call: who looks at it, what just happened, which theme.

use leptos::prelude::*;
use management_api::OperationId;

use crate::backend::{Flash, PageContext, page_context};

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

    /// Reads the context.
    pub fn with<T>(self, read: impl FnOnce(&PageContext) -> T) -> T {
        self.0.with_value(read)
    }

    /// What came of the form for `operation`, if the person just sent one.
    pub fn flash_for(self, operation: OperationId) -> Option<Flash> {
        self.with(|page| page.flash.clone())
            .filter(|flash| flash.operation == operation.as_str())
    }
}
