//! Audit: writes down who did what: a write, and whatever tells a secret, before it leaves, another read after it came back.

use std::{sync::Arc, time::Instant};

use app::error::ConsoleError;
use management_api::Effect;
use tower::{Layer, ServiceExt};

use super::{
    call::{Answer, Call, Failure, Next, Source},
    layer::{Stacked, stacked},
    place::Late,
};
use crate::{
    audit_log::{AuditLog, End, Intent, Outcome},
    directory::Directory,
    metrics::Metrics,
};

pub(super) fn layer<S: Next>(
    log: Arc<dyn AuditLog>,
    directory: Option<Directory>,
    metrics: Metrics,
) -> impl Layer<S, Service = Stacked> {
    let kept = Kept {
        log,
        directory,
        metrics,
    };
    stacked(kept, audited)
}

struct Kept {
    log: Arc<dyn AuditLog>,
    directory: Option<Directory>,
    metrics: Metrics,
}

async fn audited<S: Next>(inner: S, kept: Arc<Kept>, call: Call) -> Result<Answer, Failure> {
    let Kept {
        log,
        directory,
        metrics,
    } = &*kept;
    let effect = call.request.id.row().effect;
    // What is changed is changed by somebody.
    if effect != Effect::Read && !call.caller.identified {
        return Err(Failure::held(ConsoleError::Unidentified));
    }
    let mut intent = Intent::of(&call, directory.as_ref());
    let began = Instant::now();
    match effect {
        Effect::Read if call.reveals.is_none() => {
            let late = Late::of(directory.as_ref(), &call);
            let result = inner.oneshot(call).await;
            if was_sent(&result) {
                if let Some(late) = late {
                    intent.belongs_to(&late.place(), directory.as_ref());
                }
                log.read(intent, End::of(&result, began.elapsed()));
            }
            result
        }
        Effect::Read | Effect::Write | Effect::Costly | Effect::Destructive => {
            let id = log.begin(intent).await.map_err(Failure::held)?;
            metrics.written_down(began.elapsed());
            let operation = call.request.id;
            let result = inner.oneshot(call).await;
            let mut end = End::of(&result, began.elapsed());
            // What was done is done, whatever became of its answer.
            if let (Outcome::Done { understood, .. }, Ok(answer)) = (&mut end.outcome, &result) {
                *understood = operation.can_read(&answer.body);
            }
            log.finish(id, end).await;
            result
        }
    }
}

/// Whether this very call went upstream. An answer from the cache is no call.
fn was_sent(result: &Result<Answer, Failure>) -> bool {
    match result {
        Ok(answer) => answer.source == Source::Upstream,
        Err(failure) => failure.sent,
    }
}
