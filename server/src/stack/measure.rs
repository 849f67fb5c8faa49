//! Measure: counts the calls that are to be made, with what came of them.

use std::time::Instant;

use tower::{Layer, ServiceExt, layer::layer_fn, service_fn};

use super::call::{Answer, Call, Failure, Next};
use crate::metrics::Metrics;

pub(super) fn layer<S: Next>(metrics: Metrics) -> impl Layer<S, Service: Next> {
    layer_fn(move |inner: S| {
        let metrics = metrics.clone();
        service_fn(move |call| measured(inner.clone(), metrics.clone(), call))
    })
}

async fn measured<S: Next>(inner: S, metrics: Metrics, call: Call) -> Result<Answer, Failure> {
    let (effect, began) = (call.request.id.row().effect, Instant::now());
    let result = inner.oneshot(call).await;
    let error = result.as_ref().err().map(|failure| &failure.error);
    metrics.call(effect, error, began.elapsed());
    if let Ok(Answer { rate, .. }) = &result {
        metrics.left(rate.limit, rate.remaining);
    }
    result
}
