//! Several instances call Supabase in one name: all together they keep to the rate limit of one.

use std::time::{Duration, Instant};

use futures::{StreamExt, stream};
use serde_json::{Value, json};

use crate::{
    many::{Another, Second, at},
    stage::Stage,
};

const RENAME: &str = "v1-update-a-project";
const AT_ONCE: usize = 12;

#[tokio::test(flavor = "multi_thread")]
async fn all_of_them_together_keep_to_the_rate_limit_of_one() {
    let stage = Stage::with(json!({ "projects": 1 }), &[]).await;
    let (Some(second), Some(third)) = (Another::beside(&stage).await, Another::beside(&stage).await) else {
        return;
    };
    let browser = stage.signed_in().await;
    let project = stage.projects().await.remove(0).reference;
    let own = format!("http://{}", stage.steward.bound);
    let urls = [&own, &second.process.url, &third.process.url];
    let write = |n: usize| {
        let (mut there, name) = (at(urls[n % urls.len()], &browser), format!("Write {n}"));
        let fields = [("ref", project.clone()), ("name", name)];
        async move {
            let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
            there.post(&format!("/do/{RENAME}"), &fields).await.status.as_u16()
        }
    };
    let began = Instant::now();
    let answers: Vec<u16> = stream::iter(0..360)
        .map(write)
        .buffer_unordered(AT_ONCE)
        .collect()
        .await;
    assert!(began.elapsed() < Duration::from_secs(50), "{:?}", began.elapsed());
    let counters = stage.world().await["counters"].clone();
    assert_eq!(counters["statuses"]["429"], Value::Null, "{counters}");
    let sent = counters["calls"][RENAME].as_u64().unwrap();
    assert!((110..=120).contains(&sent), "{sent} of 120");
    let done = answers.iter().filter(|status| **status == 303).count();
    assert_eq!(done as u64, sent);
    assert!(answers.iter().all(|status| [303, 429].contains(status)), "{answers:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_signs_in_so_often_at_all_of_them_together() {
    let flags = ["--sign-ins-a-minute", "4"];
    let stage = Stage::with(json!({ "projects": 1 }), &flags).await;
    let Some(second) = Second::with(&stage, &flags).await else {
        return;
    };
    let mut here = stage.browser();
    let mut there = second.browser(&here);
    for _ in 0..2 {
        assert_eq!(here.post("/sign-in/start", &[]).await.status, 303);
        assert_eq!(there.post("/sign-in/start", &[]).await.status, 303);
    }
    for browser in [&mut here, &mut there] {
        let refusal = browser.post("/sign-in/start", &[]).await;
        assert_eq!(refusal.status, 429, "{}", refusal.body);
        let seconds: u64 = refusal.header("retry-after").parse().unwrap();
        assert!((1..=15).contains(&seconds), "{seconds}");
    }
}
