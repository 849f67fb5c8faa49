//! Retry: a read that failed in passing is tried again, as long as the time allows.

use std::{sync::Arc, time::Duration};

use app::error::ConsoleError;
use management_api::Effect;
use tokio::time::{Instant, sleep, timeout_at};
use tower::{Layer, ServiceExt};

use super::{
    call::{Answer, Call, Failure, Next},
    layer::{Stacked, stacked},
    transport::too_slow,
};

/// The longest pause before each retry; the real one is anywhere below, so that many who failed together part.
const PAUSES: [Duration; 2] = [Duration::from_millis(200), Duration::from_millis(600)];
/// Seconds that a person may be kept waiting for a new rate-limit window without being told.
const SHORT_RESET: u32 = 2;

pub(super) fn layer<S: Next>(total: Duration) -> impl Layer<S, Service = Stacked> {
    stacked(total, retried)
}

async fn retried<S: Next>(inner: S, total: Arc<Duration>, call: Call) -> Result<Answer, Failure> {
    match call.request.id.row().effect {
        Effect::Read => {}
        // It may have been done although no answer came.
        Effect::Write | Effect::Costly | Effect::Destructive => return inner.oneshot(call).await,
    }
    // What has gone on already cannot be taken back.
    if call.passage.is_some() {
        return inner.oneshot(call).await;
    }
    let deadline = Instant::now() + *total;
    let mut pauses = PAUSES.into_iter();
    loop {
        let result = timeout_at(deadline, inner.clone().oneshot(call.clone()))
            .await
            .unwrap_or_else(|_| Err(Failure::sent(too_slow(*total, Effect::Read))));
        let pause = pauses.next().and_then(|longest| pause(&result, longest));
        match pause {
            Some(pause) if Instant::now() + pause < deadline => sleep(pause).await,
            Some(_) | None => return result,
        }
    }
}

/// How long to wait before trying again; `None` where that would not help.
fn pause(result: &Result<Answer, Failure>, longest: Duration) -> Option<Duration> {
    let jittered = || longest.mul_f64(rand::random());
    match result {
        Ok(answer) => match answer.status {
            408 | 500 | 502..=504 | 520..=524 => Some(jittered()),
            429 => {
                let reset = answer.rate.reset.filter(|seconds| *seconds <= SHORT_RESET)?;
                Some(Duration::from_secs(u64::from(reset.max(1))))
            }
            _ => None,
        },
        Err(failure) => {
            let passing = failure.sent && matches!(failure.error, ConsoleError::Unreachable { .. });
            passing.then(jittered)
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use tower::service_fn;

    use super::*;
    use crate::stack::{
        Rate,
        tests::{self, call, get, rename},
    };

    const TOTAL: Duration = Duration::from_secs(20);

    fn answer(status: u16, reset: Option<u32>) -> Result<Answer, Failure> {
        let rate = Rate {
            reset,
            ..Rate::default()
        };
        Ok(tests::answer(status, "", rate))
    }

    fn broken(sent: bool) -> Result<Answer, Failure> {
        Err(Failure {
            error: ConsoleError::Unreachable { message: String::new() },
            sent,
            refusal: None,
        })
    }

    /// Gives `results` one after the other, the last one for ever; says how often it was asked and how long it took.
    async fn tried(call: Call, results: &[Result<Answer, Failure>]) -> (usize, Duration, Option<u16>) {
        let tries = Arc::new(AtomicUsize::new(0));
        let (counter, results) = (tries.clone(), results.to_vec());
        let inner = service_fn(move |_: Call| {
            let n = counter.fetch_add(1, Ordering::SeqCst);
            let result = results[n.min(results.len() - 1)].clone();
            async move { result }
        });
        let began = Instant::now();
        let result = layer(TOTAL).layer(inner).oneshot(call).await;
        (
            tries.load(Ordering::SeqCst),
            began.elapsed(),
            result.ok().map(|answer| answer.status),
        )
    }

    fn read() -> Call {
        call("ada", &get("shop"))
    }

    #[tokio::test(start_paused = true)]
    async fn a_read_is_tried_three_times_and_a_write_once() {
        for status in [500, 502, 503, 504] {
            let (tries, took, last) = tried(read(), &[answer(status, None)]).await;
            assert_eq!((tries, last), (3, Some(status)));
            assert!(took <= Duration::from_millis(800), "{took:?}");
            assert_eq!(tried(call("ada", &rename("shop")), &[answer(status, None)]).await.0, 1);
        }
        assert_eq!(tried(read(), &[broken(true)]).await.0, 3);
        assert_eq!(tried(call("ada", &rename("shop")), &[broken(true)]).await.0, 1);
    }

    #[tokio::test(start_paused = true)]
    async fn it_stops_at_the_first_answer() {
        let (tries, _, last) = tried(read(), &[broken(true), answer(200, None)]).await;
        assert_eq!((tries, last), (2, Some(200)));
    }

    #[tokio::test(start_paused = true)]
    async fn what_would_fail_again_is_not_tried_again() {
        for status in [200, 400, 401, 403, 404, 409, 501, 544] {
            assert_eq!(tried(read(), &[answer(status, None)]).await.0, 1, "{status}");
        }
        // Never left: the token could not be had.
        assert_eq!(tried(read(), &[broken(false)]).await.0, 1);
    }

    #[tokio::test(start_paused = true)]
    async fn a_429_is_waited_for_only_if_it_is_short() {
        let (tries, took, last) = tried(read(), &[answer(429, Some(2)), answer(200, None)]).await;
        assert_eq!((tries, last), (2, Some(200)));
        assert!(took >= Duration::from_secs(2));
        for reset in [Some(3), None] {
            let (tries, took, _) = tried(read(), &[answer(429, reset)]).await;
            assert_eq!((tries, took), (1, Duration::ZERO));
        }
    }

    #[tokio::test(start_paused = true)]
    async fn all_tries_together_end_in_time() {
        let inner = service_fn(|_: Call| async {
            sleep(Duration::from_secs(15)).await;
            broken(true)
        });
        let began = Instant::now();
        let failure = layer(TOTAL).layer(inner).oneshot(read()).await.unwrap_err();
        assert_eq!(began.elapsed(), TOTAL);
        assert!(
            failure.error.to_string().contains("No answer came within 20 s."),
            "{failure:?}"
        );
    }

    #[tokio::test(start_paused = true)]
    async fn no_pause_goes_past_the_end() {
        let inner = service_fn(|_: Call| async {
            sleep(TOTAL - Duration::from_millis(500)).await;
            answer(429, Some(1))
        });
        let began = Instant::now();
        let answer = layer(TOTAL).layer(inner).oneshot(read()).await.unwrap();
        assert_eq!(
            (answer.status, began.elapsed()),
            (429, TOTAL - Duration::from_millis(500))
        );
    }
}
