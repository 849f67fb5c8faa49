//! The list of a person's sign-ins, and the ways out of them.

use serde_json::json;
use server::store::sql;

use crate::{browser::Browser, stage::Stage};

/// What stands for each sign-in in the forms of the page.
fn marks(page: &str) -> Vec<String> {
    let pieces = page.split("name=\"session\" value=\"").skip(1);
    pieces
        .filter_map(|rest| rest.split('"').next().map(str::to_owned))
        .collect()
}

async fn page(browser: &mut Browser) -> String {
    let page = browser.get("/sessions").await;
    page.assert_complete();
    page.body
}

#[tokio::test]
async fn a_person_sees_their_own_sign_ins_and_ends_one_of_them() {
    let stage = Stage::new().await;
    let (mut here, mut there) = (stage.signed_in().await, stage.signed_in().await);
    let mut grace = stage.browser();
    let consent = grace.consent_page("/healthz").await;
    let callback = grace.decide_as(1, &consent, "authorize").await;
    grace.get(&callback).await;

    assert_eq!(marks(&page(&mut grace).await).len(), 1, "nobody sees those of others");
    let body = page(&mut here).await;
    assert_eq!(marks(&body).len(), 2, "{body}");
    assert_eq!(body.matches("This one").count(), 1, "{body}");
    for key in stage.accounts().await {
        assert!(!body.contains(key.as_str()), "the key itself stays on the server");
    }

    // Somebody else's is never found.
    let ended = grace.post("/sessions/end", &[("session", &marks(&body)[0])]).await;
    assert_eq!(ended.location(), "/sessions");
    assert_eq!(stage.accounts().await.len(), 3);

    let own = own_mark(&body);
    let other = marks(&body).into_iter().find(|mark| *mark != own).unwrap();
    let ended = here.post("/sessions/end", &[("session", &other)]).await;
    assert_eq!(ended.location(), "/sessions?ended=revoked");
    assert!(here.get(&ended.location()).await.body.contains("has been revoked"));
    assert_eq!(there.places("projects").await.status, 401);
    assert_eq!(here.places("projects").await.status, 200);

    // Its own one is a sign-out.
    let ended = here.post("/sessions/end", &[("session", &own)]).await;
    assert_eq!(ended.location(), "/sign-in?signed_out=revoked");
    assert!(here.session().is_none());
    assert_eq!(grace.places("projects").await.status, 200);
}

/// The mark of the row that says so.
fn own_mark(body: &str) -> String {
    marks(body.split("This one").nth(1).unwrap()).remove(0)
}

#[tokio::test]
async fn signing_out_everywhere_ends_all_of_them_and_nobody_elses() {
    let stage = Stage::new().await;
    let (mut here, mut there) = (stage.signed_in().await, stage.signed_in().await);
    let pat = stage.world().await["people"][0]["pat"].as_str().unwrap().to_owned();
    let mut with_token = stage.browser();
    with_token.post("/sign-in/token", &[("token", &pat)]).await;
    let mut grace = stage.browser();
    let consent = grace.consent_page("/healthz").await;
    let callback = grace.decide_as(1, &consent, "authorize").await;
    grace.get(&callback).await;
    assert_eq!(marks(&page(&mut here).await).len(), 3, "whichever way they signed in");

    let out = here.post("/sessions/end-all", &[]).await.location();
    assert_eq!(out, "/sign-in?signed_out=token-revoked");
    let told = here.get(&out).await.body;
    assert!(
        told.contains("has been revoked") && told.contains("the token still works"),
        "{told}"
    );
    for browser in [&mut here, &mut there, &mut with_token] {
        assert_eq!(browser.places("projects").await.status, 401);
    }
    assert_eq!(grace.places("projects").await.status, 200);
    assert_eq!(stage.world().await["grants"], json!(1));
}

#[tokio::test]
async fn nobody_ends_anything_without_being_signed_in() {
    let stage = Stage::new().await;
    let mut ada = stage.signed_in().await;
    let mark = marks(&page(&mut ada).await).remove(0);
    let mut stranger = stage.browser();
    for (path, fields) in [
        ("/sessions/end", &[("session", mark.as_str())][..]),
        ("/sessions/end-all", &[]),
    ] {
        let answer = stranger.post(path, fields).await;
        assert_eq!(answer.location(), "/sign-in?return_to=%2Fsessions");
    }
    assert_eq!(stage.accounts().await.len(), 1);
}

#[tokio::test]
async fn a_sign_in_in_use_is_noted_every_few_minutes_and_of_before_gets_its_person() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    let store = &stage.steward.state.store;
    let aged = "UPDATE accounts SET used_at = used_at - $1, owner = NULL";
    sql::query(aged).bind(60_i64).execute(&store.pool).await.unwrap();
    let used = async || -> i64 {
        sql::query_scalar("SELECT unixepoch() - used_at FROM accounts")
            .fetch_one(&store.pool)
            .await
            .unwrap()
    };
    browser.places("projects").await;
    assert!(used().await >= 60, "not again within minutes");
    sql::query(aged).bind(600_i64).execute(&store.pool).await.unwrap();
    assert_eq!(marks(&page(&mut browser).await).len(), 1);
    assert!(used().await < 60);
}
