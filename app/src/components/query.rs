//! Reading for a page: the call that is under way, its skeleton, and its error.

use std::{future::ready, panic::resume_unwind, pin::Pin};

use futures::FutureExt;
use http::request::Parts;
use leptos::{
    prelude::*,
    reactive::{computed::ScopedFuture, owner::Sandboxed},
};
use management_api::{Gaps, Operation};

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

/// An answer on its way to the part of the page that shows it.
pub struct Query<T>(Read<T>);

/// Makes the call.
///
/// Queries are made at the top of a page, not inside each other's answers, so that their calls run side by side.
pub fn query<O: Operation>(operation: O) -> Query<O::Output> {
    ask(move || call(operation))
}

/// Like [`query`], for an answer that is put together from several calls.
pub fn ask<T, F>(fetch: impl FnOnce() -> F) -> Query<T>
where
    T: Send + 'static,
    F: Future<Output = Result<T, ConsoleError>> + Send + 'static,
{
    let read = collected(fetch());
    Query(match wanted() {
        None => begun(read),
        // Which region it belongs to is only known where it is drawn: it sets out there, if that region is wanted.
        Some(_) => Box::pin(read),
    })
}

/// Sets out at once and goes on beside the drawing of the page; what is known already is there at once. A resource would do
/// the same, but keeps the answer and gives the page a copy: that is for pages that live on in the browser.
fn begun<T: Send + 'static>(read: impl Future<Output = T> + Send + 'static) -> Pin<Box<dyn Future<Output = T> + Send>> {
    let mut read = Box::pin(Sandboxed::new(ScopedFuture::new_untracked(read)));
    if let Some(known) = read.as_mut().now_or_never() {
        return Box::pin(ready(known));
    }
    let read = tokio::spawn(read);
    Box::pin(async { read.await.unwrap_or_else(|failed| resume_unwind(failed.into_panic())) })
}

impl<T: Clone + Send + Sync + 'static> Query<T> {
    /// For two parts of a page that show of the same answer: it is asked for once.
    pub fn twice(self) -> (Self, Self) {
        let read = self.0.shared();
        (Self(Box::pin(read.clone())), Self(Box::pin(read)))
    }
}

/// The regions that the browser wants drawn; `None` where it wants the page. See [`regions`].
fn wanted() -> Option<String> {
    let names = with_context::<Parts, _>(|parts| Some(parts.headers.get(regions::HEADER)?.to_str().ok()?.to_owned()))??;
    Some(names).filter(|names| !names.is_empty())
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
    T: Send + 'static,
{
    if is_left_out(region) {
        return view! { <div class="pending" data-region=region data-left-out=""></div> }.into_any();
    }
    // Not in a closure, which would draw it once to find what it waits for, and once more for the page.
    let answer = Suspend::new(async move {
        let (answer, gaps) = query.0.await;
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
