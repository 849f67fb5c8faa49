//! Expired and dead tokens.

use futures::future::join_all;

use super::*;

/// An upstream that knows one token only.
async fn strict() -> Upstream {
    Upstream::start(|seen: Seen| async move {
        if seen.token() == FRESH {
            "{}".into_response()
        } else {
            refusing(401, "Unauthorized")
        }
    })
    .await
}

fn stack(upstream: &Upstream, tokens: &Arc<FakeTokens>) -> CallStack {
    CallStack::new(upstream.settings(), tokens.clone(), Arc::new(Memory::default()))
}

#[tokio::test]
async fn a_hundred_calls_with_an_expired_token_cause_one_renewal_and_no_failure() {
    let upstream = strict().await;
    let tokens = Arc::new(FakeTokens::holding(EXPIRED));
    let stack = stack(&upstream, &tokens);
    let answers = join_all((0..100).map(|n| stack.send(call("ada", &get(&format!("project{n}")))))).await;
    for answer in answers {
        assert_eq!(answer.unwrap().status, 200);
    }
    assert_eq!(tokens.renewals.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_write_that_was_answered_with_401_goes_again_with_the_new_token() {
    let upstream = strict().await;
    let tokens = Arc::new(FakeTokens::holding(EXPIRED));
    stack(&upstream, &tokens)
        .send(call("ada", &rename("shop")))
        .await
        .unwrap();
    let sent: Vec<_> = upstream
        .seen()
        .iter()
        .map(|seen| (seen.token().to_owned(), seen.body.clone()))
        .collect();
    let body = r#"{"name":"New name"}"#.to_owned();
    assert_eq!(sent, [(EXPIRED.to_owned(), body.clone()), (FRESH.to_owned(), body)]);
}

#[tokio::test]
async fn a_second_401_asks_to_reconnect() {
    let upstream = Upstream::start(|_| async { refusing(401, "Unauthorized") }).await;
    let tokens = Arc::new(FakeTokens::holding(EXPIRED));
    let answer = stack(&upstream, &tokens).send(call("ada", &get("shop"))).await;
    assert_eq!(answer.unwrap_err(), ConsoleError::Reconnect);
    assert_eq!(upstream.seen().len(), 2);
}

#[tokio::test]
async fn a_401_with_a_sentence_is_a_refusal_and_the_write_is_sent_once() {
    const SENTENCE: &str = "Custom SMTP is needed for more than 2 emails an hour";
    let upstream = Upstream::start(|_| async { refusing(401, SENTENCE) }).await;
    let tokens = Arc::new(FakeTokens::holding(EXPIRED));
    let answer = stack(&upstream, &tokens).send(call("ada", &rename("shop"))).await;
    let message = SENTENCE.to_owned();
    assert_eq!(answer.unwrap_err(), ConsoleError::Refused { status: 401, message });
    assert_eq!(upstream.seen().len(), 1);
    assert_eq!(tokens.renewals.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn a_proxy_that_asks_to_sign_in_there_ends_nothing() {
    let upstream =
        Upstream::start(|_| async { (http::StatusCode::UNAUTHORIZED, "<html>Sign in to the network</html>") }).await;
    let tokens = Arc::new(FakeTokens::holding(FRESH));
    let error = stack(&upstream, &tokens)
        .send(call("ada", &get("shop")))
        .await
        .unwrap_err();
    assert!(matches!(error, ConsoleError::Unreachable { .. }), "{error:?}");
    assert_eq!(tokens.renewals.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn a_refusal_that_repeats_the_token_reaches_nobody() {
    let upstream =
        Upstream::start(|seen: Seen| async move { refusing(422, &format!("{} is odd", seen.token())) }).await;
    let tokens = Arc::new(FakeTokens::holding(FRESH));
    let error = stack(&upstream, &tokens)
        .send(call("ada", &get("shop")))
        .await
        .unwrap_err();
    assert_eq!(error.to_string(), "[secret] is odd");
}

/// A sign-in without any token.
struct NoTokens;

impl Tokens for NoTokens {
    fn current(&self, _: &AccountKey) -> BoxFuture<'_, Result<SecretString, ConsoleError>> {
        Box::pin(async { Err(ConsoleError::SignedOut) })
    }

    fn renewed(&self, _: &AccountKey, _: &SecretString) -> BoxFuture<'_, Result<SecretString, ConsoleError>> {
        Box::pin(async { Err(ConsoleError::Reconnect) })
    }
}

#[tokio::test]
async fn without_a_token_nothing_leaves_and_a_read_is_no_call() {
    let upstream = Upstream::content().await;
    let audit = Arc::new(Memory::default());
    let stack = CallStack::new(upstream.settings(), Arc::new(NoTokens), audit.clone());
    assert_eq!(
        stack.send(call("ada", &get("shop"))).await.unwrap_err(),
        ConsoleError::SignedOut
    );
    assert_eq!(upstream.seen().len(), 0);
    assert_eq!(audit.lines(), [""; 0]);
}
