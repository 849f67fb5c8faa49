//! Reading for a page: the call that is under way, its skeleton, and its error.

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

/// Makes the call.
///
/// Queries are made at the top of a page, not inside each other's answers, so that their calls run side by side.
pub fn query<O: Operation>(operation: O) -> Query<O::Output> {
    ask(move || call(operation.clone()))
}

/// Like [`query`], for an answer that is put together from several calls.
pub fn ask<T, F>(fetch: impl Fn() -> F + Send + Sync + 'static) -> Query<T>
where
    T: Clone + Serialize + DeserializeOwned + Send + Sync + 'static,
    F: Future<Output = Result<T, ConsoleError>> + Send + 'static,
{
    Resource::new(|| (), move |()| fetch())
}

/// Draws the answer when it is there. Until then the skeleton stands, even without JavaScript:
/// the page streams in order, and the style hides a skeleton as soon as anything follows it.
///
/// `region` is unique on the page: the part of it that is drawn anew in place, see [`crate::regions`].
pub fn loaded<T>(
    region: &'static str,
    query: Query<T>,
    shape: Shape,
    draw: impl FnOnce(T) -> AnyView + Send + 'static,
) -> AnyView
where
    T: Clone + Serialize + DeserializeOwned + Send + Sync + 'static,
{
    // Not in a closure, which would draw it once to find what it waits for, and once more for the page.
    let answer = Suspend::new(async move {
        match query.await {
            Ok(value) => draw(value),
            Err(error) => error_view(error),
        }
    });
    view! {
        <div class="pending" data-region=region>
            {skeleton(shape)}
            <Suspense>{answer}</Suspense>
        </div>
    }
    .into_any()
}
