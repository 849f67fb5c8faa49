//! Reading for a page: the call that is under way, its skeleton, and its error.

use std::{pin::Pin, sync::Arc};

use http::request::Parts;
use leptos::prelude::*;
use management_api::{Gaps, Operation};
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    call::call,
    components::error_view::error_view,
    error::ConsoleError,
    gaps::{collected, told},
    regions,
    ui::skeleton::{Shape, skeleton},
};

/// What is read, with the gaps in it.
type Read<T> = Pin<Box<dyn Future<Output = (Result<T, ConsoleError>, Gaps)> + Send>>;
type Fetch<T> = Arc<dyn Fn() -> Read<T> + Send + Sync>;

/// An answer on its way to the page.
pub enum Query<T: Send + Sync + 'static> {
    /// It was asked for.
    Asked(Resource<(Result<T, ConsoleError>, Gaps)>),
    /// It is asked for by the region that shows it, if that is wanted.
    Waiting(StoredValue<Fetch<T>>),
}

impl<T: Send + Sync> Clone for Query<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync> Copy for Query<T> {}

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
    match wanted() {
        None => Query::Asked(Resource::new(|| (), move |()| collected(fetch()))),
        // Which region it belongs to is only known where it is drawn.
        Some(_) => Query::Waiting(StoredValue::new(Arc::new(move || {
            Box::pin(collected(fetch())) as Read<T>
        }))),
    }
}

impl<T> Query<T>
where
    T: Clone + Serialize + DeserializeOwned + Send + Sync + 'static,
{
    fn answer(self) -> Read<T> {
        match self {
            Self::Asked(resource) => Box::pin(async move { resource.await }),
            Self::Waiting(fetch) => fetch.with_value(|fetch| fetch()),
        }
    }
}

/// The regions that the browser wants drawn; `None` where it wants the page. See [`regions`].
fn wanted() -> Option<String> {
    let parts = use_context::<Parts>()?;
    let names = parts.headers.get(regions::HEADER)?.to_str().ok()?;
    Some(names.to_owned()).filter(|names| !names.is_empty())
}

/// Whether this region is one of those that the browser wants drawn anew.
pub fn is_asked_for(region: &str) -> bool {
    wanted().is_some() && !is_left_out(region)
}

/// Whether the browser has what stands in this region, and keeps it.
fn is_left_out(region: &str) -> bool {
    wanted().is_some_and(|names| !names.split(',').any(|name| name.trim() == region))
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
    if is_left_out(region) {
        return view! { <div class="pending" data-region=region data-left-out=""></div> }.into_any();
    }
    let answer = query.answer();
    // Not in a closure, which would draw it once to find what it waits for, and once more for the page.
    let answer = Suspend::new(async move {
        let (answer, gaps) = answer.await;
        let drawn = match answer {
            Ok(value) => draw(value),
            Err(error) => error_view(error),
        };
        let gaps = told(&gaps);
        // What is drawn may be nothing at all: then this alone follows the skeleton, and hides it.
        view! { {gaps} {drawn} <i hidden></i> }
    });
    view! {
        <div class="pending" data-region=region>
            {skeleton(shape)}
            <Suspense>{answer}</Suspense>
        </div>
    }
    .into_any()
}
