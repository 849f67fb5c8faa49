//! Layer: how the stack's layers are made, and what each stands on.

use std::{
    sync::Arc,
    task::{Context, Poll},
};

use futures::{FutureExt, future::BoxFuture};
use tower::{Layer, Service, layer::layer_fn};

use super::call::{Answer, Call, Failure};

type Answered = BoxFuture<'static, Result<Answer, Failure>>;

/// A layer with all that lies below it. A call takes it along, from layer to layer: it is one count more, whatever is
/// kept there. And what is under way is in a box of its own, for a worker's stack is small.
#[derive(Clone)]
pub(super) struct Stacked(Arc<dyn Fn(Call) -> Answered + Send + Sync>);

impl Service<Call> for Stacked {
    type Response = Answer;
    type Error = Failure;
    type Future = Answered;

    /// Always: what has to wait does so inside the call.
    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Failure>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, call: Call) -> Answered {
        (self.0)(call)
    }
}

/// A layer whose calls go through `pass`: with what lies below, and with what the layer itself keeps.
pub(super) fn stacked<S, K, P, F>(kept: K, pass: P) -> impl Layer<S, Service = Stacked>
where
    S: Clone + Send + Sync + 'static,
    K: Send + Sync + 'static,
    P: Fn(S, Arc<K>, Call) -> F + Copy + Send + Sync + 'static,
    F: Future<Output = Result<Answer, Failure>> + Send + 'static,
{
    let kept = Arc::new(kept);
    layer_fn(move |inner: S| {
        let kept = kept.clone();
        Stacked(Arc::new(move |call| pass(inner.clone(), kept.clone(), call).boxed()))
    })
}
