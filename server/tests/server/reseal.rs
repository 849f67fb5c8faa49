//! The secret key is changed under people who are signed in, with connections that go on; as the README says it.

use std::{fs, time::Duration};

use secrecy::SecretString;
use server::{Steward, config::Config};

use crate::{
    browser::Browser,
    stage::{Stage, config},
};

/// The console of a stage with other keys; its sandbox goes on beside it.
async fn with_keys(stage: &Stage, keys: impl FnOnce(&mut Config)) -> Result<Steward, server::error::Error> {
    let flags = [
        "--supabase-api-url",
        &stage.sandbox,
        "--supabase-client-id",
        sandbox::DEMO_CLIENT_ID,
        "--supabase-client-secret",
        sandbox::DEMO_CLIENT_SECRET,
    ];
    let mut config = config(stage.dir.path(), &flags);
    keys(&mut config);
    Steward::start(config).await
}

/// Whoever was signed in at `before`, at another address of the same console.
fn at(steward: &Steward, before: &Browser) -> Browser {
    let mut browser = Browser::new(steward.url.as_str());
    let (_, session) = before.session().unwrap();
    // Its cookie is named after the port.
    browser.set_cookie(&format!("steward-{}", steward.url.port().unwrap()), session);
    browser
}

async fn nothing_left(steward: &Steward) {
    for _ in 0..200 {
        if steward.state.store.sealed().await.unwrap().old == 0 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("{:?}", steward.state.store.sealed().await);
}

#[tokio::test]
async fn nobody_is_signed_out_and_the_audit_stays_whole() {
    let stage = Stage::new().await;
    let mut ada = stage.signed_in().await;
    ada.post("/do/v1-create-an-organization", &[("name", "Harbour")]).await;
    let organizations = stage.organizations().await.len();
    let file = stage.dir.path().join("secret.key");
    let old: SecretString = fs::read_to_string(&file).unwrap().into();
    let new: SecretString = "cd".repeat(32).into();
    // The first console stays, since the sandbox is its own; nobody uses it any more.
    let change = |config: &mut Config| {
        config.secret_key = Some(new.clone());
        config.secret_key_old = Some(old.clone());
    };
    let refused = with_keys(&stage, |config| config.secret_key = Some(new.clone())).await;
    let refusal = refused.err().unwrap().to_string();
    assert!(
        refusal.contains("as STEWARD_SECRET_KEY_OLD beside the new one"),
        "{refusal}"
    );

    let changing = with_keys(&stage, change).await.unwrap();
    let mut again = at(&changing, &ada);
    again.get("/projects").await.assert_complete();
    nothing_left(&changing).await;
    again.get("/projects").await.assert_complete();
    let verdict = changing.state.store.verify_audit().await.unwrap();
    assert!(verdict.rows > 0 && verdict.breaks.is_empty(), "{verdict:?}");
    changing.stop().await.unwrap();

    let changed = with_keys(&stage, |config| config.secret_key = Some(new.clone()))
        .await
        .unwrap();
    let mut at_last = at(&changed, &ada);
    at_last.get("/projects").await.assert_complete();
    // The tokens are good for a write, and for a refresh.
    for account in stage.accounts().await {
        changed.state.store.tokens(&account).await.unwrap().unwrap();
    }
    stage.tokens_end_in(-1).await;
    at_last.post("/do/v1-create-an-organization", &[("name", "Quay")]).await;
    assert_eq!(stage.organizations().await.len(), organizations + 1);
    let verdict = changed.state.store.verify_audit().await.unwrap();
    assert_eq!(verdict.breaks, []);
    changed.stop().await.unwrap();
}

#[tokio::test]
async fn the_same_key_twice_and_one_that_is_none_are_refused() {
    let stage = Stage::new().await;
    let file = stage.dir.path().join("secret.key");
    let key = fs::read_to_string(&file).unwrap();
    for (old, said) in [
        (key.as_str(), "STEWARD_SECRET_KEY_OLD is the secret key itself"),
        ("short", "STEWARD_SECRET_KEY_OLD must be 32 bytes"),
    ] {
        let refused = with_keys(&stage, |config| config.secret_key_old = Some(old.into())).await;
        let refusal = refused.err().unwrap().to_string();
        assert!(refusal.contains(said), "{refusal}");
    }
}
