//! Who waits for a turn, and who does not have to.

use super::*;

#[tokio::test]
async fn a_kept_answer_needs_no_turn() {
    let gate = gate();
    let held = gate.clone();
    let upstream = Upstream::start(move |seen: Seen| {
        let held = held.clone();
        async move {
            if seen.path.ends_with("garden") {
                pass(&held).await;
            }
            CONTENT
        }
    })
    .await;
    let settings = StackSettings {
        turns: Turns {
            person: 1,
            all: 1,
            patience: Duration::from_millis(200),
        },
        keep: Duration::from_secs(60),
        ..upstream.settings()
    };
    let audit = Arc::new(Memory::default());
    let stack = CallStack::new(settings, Arc::new(FakeTokens::holding(FRESH)), audit.clone());
    stack.send(call("ada", &get("shop"))).await.unwrap();
    let slow = stack.clone();
    let slow = tokio::spawn(async move { slow.send(call("ada", &get("garden"))).await });
    upstream.reached(2).await;

    let kept = stack.send(call("ada", &get("shop"))).await.unwrap();
    assert_eq!(kept.source, Source::Cache);
    let refused = stack.send(call("ada", &rename("shop"))).await;
    assert_eq!(refused.unwrap_err(), ConsoleError::Busy);
    assert!(
        audit
            .lines()
            .last()
            .unwrap()
            .starts_with("finish: Refused { status: None"),
        "{:?}",
        audit.lines()
    );
    gate.add_permits(1);
    assert!(slow.await.unwrap().is_ok());
    assert_eq!(upstream.seen().len(), 2);
}
