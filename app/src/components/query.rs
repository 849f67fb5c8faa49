//! Reading for a page: one call, its skeleton, its error, and when to ask again.

use std::{sync::Arc, time::Duration};

use leptos::prelude::*;
use management_api::Operation;
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    call::call,
    components::error_view::error_view,
    error::ConsoleError,
    ui::skeleton::{Shape, skeleton},
};

/// A call's answer on its way to the page.
pub type Query<T> = Resource<Result<T, ConsoleError>>;

/// Counts the changes made from this browser tab; every query asks again when it grows.
#[derive(Clone, Copy)]
pub struct Revision(RwSignal<u32>);

impl Revision {
    /// Called once, by the application.
    pub fn provide() {
        provide_context(Self(RwSignal::new(0)));
    }

    pub fn current() -> Self {
        use_context().unwrap_or_else(|| Self(RwSignal::new(0)))
    }

    /// Makes every query on the page ask again.
    pub fn bump(self) {
        self.0.update(|revision| *revision += 1);
    }
}

/// Makes the call that `operation` describes, again whenever it changes.
///
/// Queries are made at the top of a page, not inside each other's answers, so that their calls run side by side.
pub fn query<O: Operation + PartialEq>(operation: impl Fn() -> O + Send + Sync + 'static) -> Query<O::Output> {
    ask(operation, call)
}

/// Like [`query`], for an answer that is put together from several calls.
pub fn ask<S, T, F>(
    source: impl Fn() -> S + Send + Sync + 'static,
    fetch: impl Fn(S) -> F + Send + Sync + 'static,
) -> Query<T>
where
    S: Clone + PartialEq + Send + Sync + 'static,
    T: Clone + Serialize + DeserializeOwned + Send + Sync + 'static,
    F: Future<Output = Result<T, ConsoleError>> + Send + 'static,
{
    let revision = Revision::current();
    Resource::new(move || (revision.0.get(), source()), move |(_, source)| fetch(source))
}

/// Draws the answer when it is there. Until then the skeleton stands, even without JavaScript:
/// the page streams in order, and the style hides a skeleton as soon as anything follows it.
pub fn loaded<T>(query: Query<T>, shape: Shape, draw: impl Fn(T) -> AnyView + Send + Sync + 'static) -> AnyView
where
    T: Clone + Serialize + DeserializeOwned + Send + Sync + 'static,
{
    let draw = Arc::new(draw);
    let answer = move || {
        let draw = Arc::clone(&draw);
        Suspend::new(async move {
            match query.await {
                Ok(value) => draw(value),
                Err(error) => error_view(error),
            }
        })
    };
    view! {
        <div class="pending">
            {skeleton(shape)}
            <Transition>{answer}</Transition>
        </div>
    }
    .into_any()
}

/// How often something that changes by itself is asked for; the server keeps answers for about as long.
const PACE: Duration = Duration::from_secs(4);

/// Asks again while `changing` holds of the answer. Rests while the tab is hidden: calls are counted.
pub fn refresh_while<T>(query: Query<T>, changing: impl Fn(&T) -> bool + Copy + Send + Sync + 'static)
where
    T: Clone + Serialize + DeserializeOwned + Send + Sync + 'static,
{
    Effect::new(move |_| {
        if query.with(|answer| matches!(answer, Some(Ok(value)) if changing(value))) {
            ask_later(query);
        }
    });
}

fn ask_later<T>(query: Query<T>)
where
    T: Clone + Serialize + DeserializeOwned + Send + Sync + 'static,
{
    let timer = set_timeout_with_handle(
        move || {
            if document().hidden() {
                ask_later(query);
            } else {
                query.refetch();
            }
        },
        PACE,
    );
    if let Ok(timer) = timer {
        on_cleanup(move || timer.clear());
    }
}
