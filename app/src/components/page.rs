//! What is known of the page before any call: who looks at it, what just happened, which theme.

use leptos::prelude::*;
use management_api::OperationId;

use crate::backend::{Notice, PageContext, page_context};

/// The page's context, the same on the server and after hydration.
#[derive(Clone, Copy)]
pub struct Page {
    context: StoredValue<PageContext>,
    notice: RwSignal<Option<Notice>>,
}

impl Page {
    /// Called once, by the application.
    pub fn provide() -> Self {
        let context = SharedValue::new(page_context).into_inner();
        let page = Self {
            notice: RwSignal::new(context.notice.clone()),
            context: StoredValue::new(context),
        };
        provide_context(page);
        page
    }

    pub fn current() -> Self {
        use_context().unwrap_or_else(Self::provide)
    }

    /// Reads the context.
    pub fn with<T>(self, read: impl FnOnce(&PageContext) -> T) -> T {
        self.context.with_value(read)
    }

    /// What came of the form for `operation`, if the person just sent one.
    pub fn notice_for(self, operation: OperationId) -> Option<Notice> {
        self.notice
            .get_untracked()
            .filter(|notice| notice.operation == operation.as_str())
    }

    /// What came of the last form, until the person goes on.
    pub fn notice(self) -> Option<Notice> {
        self.notice.get()
    }

    /// Forgets the last form: the person has gone to another page.
    pub fn clear_notice(self) {
        if self.notice.with_untracked(Option::is_some) {
            self.notice.set(None);
        }
    }
}
