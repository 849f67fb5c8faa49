use std::sync::atomic::{AtomicU32, Ordering};

use futures::future::join_all;
use management_api::{analytics::GetApiRequestCount, projects::ListProjects};
use tokio::time::sleep;
use tower::service_fn;

use super::*;
use crate::stack::tests::{self, call, get};

fn answer(status: u16, rate: Rate) -> Result<Answer, Failure> {
    Ok(tests::answer(status, "", rate))
}

fn rate(limit: u32, remaining: u32, reset: u32) -> Rate {
    Rate {
        limit: Some(limit),
        remaining: Some(remaining),
        reset: Some(reset),
    }
}

/// An upstream that takes 100 ms and allows `limit` calls a minute from its first one on; it counts calls and 429s.
pub(super) fn strict(limit: u32) -> (impl Next + use<>, Arc<AtomicU32>, Arc<AtomicU32>) {
    let (calls, stormed) = (Arc::new(AtomicU32::new(0)), Arc::new(AtomicU32::new(0)));
    let (counter, too_many) = (calls.clone(), stormed.clone());
    let minute = Arc::new(Mutex::new((Instant::now(), 0)));
    let service = service_fn(move |_: Call| {
        counter.fetch_add(1, Ordering::SeqCst);
        let (now, mut minute) = (Instant::now(), minute.lock().unwrap());
        if minute.1 == 0 || now >= minute.0 {
            *minute = (now + Duration::from_secs(60), 0);
        }
        minute.1 += 1;
        let reset = (minute.0 - now).as_secs_f64().ceil() as u32;
        let status = if minute.1 > limit { 429 } else { 200 };
        if status == 429 {
            too_many.fetch_add(1, Ordering::SeqCst);
        }
        let left = rate(limit, limit.saturating_sub(minute.1), reset);
        async move {
            sleep(Duration::from_millis(100)).await;
            answer(status, left)
        }
    });
    (service, calls, stormed)
}

pub(super) fn project() -> Call {
    call("ada", &get("shop"))
}

fn seconds(result: Result<Answer, Failure>) -> u32 {
    match result.unwrap_err() {
        Failure {
            error: ConsoleError::RateLimited { seconds },
            sent: false,
            ..
        } => seconds,
        other => panic!("{other:?}"),
    }
}

#[tokio::test(start_paused = true)]
async fn a_burst_never_storms_past_the_limit() {
    let (upstream, calls, stormed) = strict(120);
    let stack = layer(None).layer(upstream);
    let results = join_all((0..500).map(|_| stack.clone().oneshot(project()))).await;
    let passed = results.iter().filter(|result| result.is_ok()).count();
    assert_eq!(
        (passed, calls.load(Ordering::SeqCst), stormed.load(Ordering::SeqCst)),
        (120, 120, 0)
    );
    for result in results.into_iter().filter(Result::is_err) {
        assert_eq!(seconds(result), 60);
    }
    // The next minute takes calls again.
    sleep(Duration::from_secs(60)).await;
    assert!(stack.oneshot(project()).await.is_ok());
    assert_eq!(stormed.load(Ordering::SeqCst), 0);
}

#[tokio::test(start_paused = true)]
async fn the_catalogues_limit_holds_until_upstream_tells_its_own() {
    let stack = layer(None).layer(service_fn(|_: Call| async { answer(200, Rate::default()) }));
    let counted = || {
        call(
            "ada",
            &GetApiRequestCount {
                project: "shop".to_owned(),
            },
        )
    };
    for _ in 0..30 {
        assert!(stack.clone().oneshot(counted()).await.is_ok());
    }
    assert_eq!(seconds(stack.clone().oneshot(counted()).await), 60);
    assert!(stack.oneshot(project()).await.is_ok());
}

#[tokio::test(start_paused = true)]
async fn a_used_up_window_refuses_at_once_and_lets_pass_after_its_end() {
    let first = Arc::new(AtomicU32::new(0));
    let stack = layer(None).layer(service_fn(move |_: Call| {
        let first = first.fetch_add(1, Ordering::SeqCst) == 0;
        async move { answer(200, if first { rate(120, 0, 10) } else { rate(120, 119, 60) }) }
    }));
    assert!(stack.clone().oneshot(project()).await.is_ok());
    sleep(Duration::from_millis(2_500)).await;
    assert_eq!(seconds(stack.clone().oneshot(project()).await), 8);
    // The last second is waited for.
    sleep(Duration::from_millis(6_600)).await;
    let asked = Instant::now();
    assert!(stack.oneshot(project()).await.is_ok());
    let waited = asked.elapsed();
    assert!(waited > Duration::from_millis(850) && waited < SHORT, "{waited:?}");
}

#[tokio::test(start_paused = true)]
async fn a_429_without_headers_closes_the_window() {
    let stack = layer(None).layer(service_fn(|_: Call| async { answer(429, Rate::default()) }));
    assert_eq!(stack.clone().oneshot(project()).await.unwrap().status, 429);
    assert_eq!(seconds(stack.oneshot(project()).await), 60);
}

#[tokio::test(start_paused = true)]
async fn calls_wait_while_those_in_flight_may_leave_room() {
    // The catalogue's guess is 30, upstream allows 90.
    let (upstream, calls, stormed) = strict(90);
    let stack = layer(None).layer(upstream);
    let counted = || {
        call(
            "ada",
            &GetApiRequestCount {
                project: "shop".to_owned(),
            },
        )
    };
    let results = join_all((0..60).map(|_| stack.clone().oneshot(counted()))).await;
    assert!(results.iter().all(Result::is_ok));
    assert_eq!((calls.load(Ordering::SeqCst), stormed.load(Ordering::SeqCst)), (60, 0));
}

#[tokio::test(start_paused = true)]
async fn each_project_and_each_persons_lists_have_their_own_budget() {
    let stack = layer(None).layer(service_fn(|_: Call| async { answer(200, rate(120, 0, 60)) }));
    assert!(stack.clone().oneshot(project()).await.is_ok());
    // The app's limit on a project is shared by all people …
    assert_eq!(seconds(stack.clone().oneshot(call("grace", &get("shop"))).await), 60);
    // … but not with another project, nor with somebody who has a token of their own.
    assert!(stack.clone().oneshot(call("ada", &get("blog"))).await.is_ok());
    let mut own = project();
    own.caller.identity = Identity::Person(own.caller.person.clone());
    assert!(stack.clone().oneshot(own).await.is_ok());
    for person in ["ada", "grace"] {
        assert!(stack.clone().oneshot(call(person, &ListProjects {})).await.is_ok());
    }
}

#[test]
fn answers_that_overtake_each_other_give_back_nothing() {
    let now = Instant::now();
    let left = |remaining, reset| Heard::Left {
        limit: Some(120),
        remaining,
        reset,
    };
    let mut window = Window::new(120, None, now);
    let mut hear = |heard, seconds| {
        window.hear(heard, now + Duration::from_secs(seconds));
        window.remaining
    };
    assert_eq!(hear(left(50, 40), 0), 50);
    assert_eq!(hear(left(52, 40), 0), 50, "an earlier answer of the same window");
    assert_eq!(hear(left(90, 1), 10), 50, "a late answer of the window before");
    assert_eq!(hear(Heard::Nothing, 10), 49);
    assert_eq!(hear(Heard::Uncounted, 10), 49);
    assert_eq!(hear(left(119, 60), 41), 119, "the next window");
    assert_eq!(hear(left(0, 5), 42), 0, "nothing left is believed at once");
}

#[tokio::test(start_paused = true)]
async fn ended_windows_are_dropped() {
    let budget = Arc::new(Budget::new(None));
    for n in 0..1_000 {
        drop(
            budget
                .admit(Key::of(&call("ada", &get(&format!("project{n}")))), 120)
                .await
                .unwrap(),
        );
    }
    assert_eq!(budget.lock().windows.len(), 1_000);
    sleep(Duration::from_secs(61)).await;
    let _slot = budget.admit(Key::of(&project()), 120).await.unwrap();
    assert_eq!(budget.lock().windows.len(), 1);
}

#[tokio::test(start_paused = true)]
async fn windows_are_bounded_and_what_is_used_up_is_remembered_longest() {
    let now = Instant::now();
    let mut state = State::new(now);
    let key = |n: usize| Key::of(&call("eve", &get(&format!("project-{n}"))));
    let used_up = Key::of(&project());
    state.ask(&used_up, 120, None, now);
    state.windows.get_mut(&used_up).unwrap().hear(
        Heard::Left {
            limit: Some(120),
            remaining: 0,
            reset: 60,
        },
        now,
    );
    for n in 0..3 * WINDOWS {
        state.ask(&key(n), 120, None, now);
        // Each has come back.
        state.windows.get_mut(&key(n)).unwrap().in_flight = 0;
        assert!(state.windows.len() <= WINDOWS);
    }
    state.windows.get_mut(&used_up).unwrap().in_flight = 0;
    assert!(matches!(state.ask(&used_up, 120, None, now), Verdict::UsedUp(_)));
    // Even where nothing is left of any.
    for n in 0..3 * WINDOWS {
        state.ask(&key(n), 0, None, now);
        assert!(state.windows.len() <= WINDOWS);
    }
}
