//! What is known of a form while it is drawn: what was typed before, and what is wrong with it.

use std::sync::Arc;

use leptos::prelude::*;
use management_api::OperationId;

use crate::{
    components::{context::Context, error_view::problem},
    error::ConsoleError,
    form::Attempt,
    outcome::{Problem, Question},
};

/// The state of one form. It lies in the context of the form's children, too.
#[derive(Clone, Default)]
pub struct FormState {
    attempt: Option<Arc<Attempt>>,
    problem: Option<Problem>,
}

impl FormState {
    /// The state of the form `id` of `operation`: empty unless this page answers it.
    pub fn of(operation: OperationId, id: &str) -> Self {
        let attempt = Context::current()
            .with(|page| page.attempt.clone())
            .filter(|attempt| attempt.operation == operation && attempt.form == id);
        Self {
            problem: attempt.as_ref().and_then(|attempt| attempt.error.as_ref()).map(problem),
            attempt,
        }
    }

    /// The state of a form that was not done.
    pub fn failed(error: ConsoleError) -> Self {
        Self {
            problem: Some(problem(&error)),
            attempt: None,
        }
    }

    fn current() -> Self {
        use_context().unwrap_or_default()
    }

    /// Whether the page answers this form.
    pub fn was_sent(&self) -> bool {
        self.attempt.is_some()
    }

    /// What was typed into the field `name`.
    pub fn typed(&self, name: &str) -> Option<Vec<String>> {
        self.attempt.as_ref()?.typed.get(name).cloned()
    }

    pub fn problem(&self) -> Option<Problem> {
        self.problem.clone()
    }

    /// What is wrong with the field `name`.
    pub fn error_of(&self, name: &str) -> Option<String> {
        let problem = self.problem.as_ref()?;
        (problem.field.as_deref() == Some(name)).then(|| problem.text.clone())
    }

    /// What must be said yes to first.
    pub fn question(&self) -> Option<Question> {
        self.problem.as_ref()?.question.clone()
    }

    /// What was typed into the field `name` of the form around before it came back, else `initial`.
    pub fn value(name: &str, initial: &str) -> String {
        Self::current()
            .typed(name)
            .and_then(|texts| texts.first().cloned())
            .unwrap_or_else(|| initial.to_owned())
    }

    /// All that was typed into fields called `name` of the form around before it came back.
    pub fn values(name: &str) -> Option<Vec<String>> {
        Self::current().typed(name)
    }

    /// What is wrong with the field `name` of the form around.
    pub fn error(name: &str) -> Option<String> {
        Self::current().error_of(name)
    }
}
