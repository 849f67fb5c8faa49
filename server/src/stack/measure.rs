//! Measure: counts the calls that are to be made, with what came of them.

use std::{sync::Arc, time::Instant};

use tower::{Layer, ServiceExt};

use super::{
    call::{Answer, Call, Failure, Next},
    layer::{Stacked, stacked},
};
use crate::metrics::Metrics;

pub(super) fn layer<S: Next>(metrics: Metrics) -> impl Layer<S, Service = Stacked> {
    stacked(metrics, measured)
}

async fn measured<S: Next>(inner: S, metrics: Arc<Metrics>, call: Call) -> Result<Answer, Failure> {
    let (effect, began) = (call.request.id.row().effect, Instant::now());
    let result = inner.oneshot(call).await;
    let error = result.as_ref().err().map(|failure| &failure.error);
    metrics.call(effect, error, began.elapsed());
    if let Ok(Answer { rate, .. }) = &result {
        metrics.left(rate.limit, rate.remaining);
    }
    result
}
