//! Layer: how the stack's layers are made.

use std::sync::Arc;

use tower::{Layer, layer::layer_fn, service_fn};

use super::call::{Answer, Call, Failure, Next};

/// A layer whose calls go through `pass`: with what lies below, and with what the layer itself keeps.
///
/// Each call takes what lies below along, layer by layer. So what is kept is shared, and so is what lies below: by
/// themselves the fields of the directory and of the metrics were copied dozens of times for an answer out of the cache.
pub(super) fn layer<S, K, P, F>(kept: K, pass: P) -> impl Layer<S, Service: Next>
where
    S: Clone + Send + Sync + 'static,
    K: Send + Sync + 'static,
    P: Fn(S, Arc<K>, Call) -> F + Copy + Send + Sync + 'static,
    F: Future<Output = Result<Answer, Failure>> + Send + 'static,
{
    let kept = Arc::new(kept);
    layer_fn(move |inner: S| {
        let (inner, kept) = (Arc::new(inner), kept.clone());
        service_fn(move |call| pass(S::clone(&inner), kept.clone(), call))
    })
}
