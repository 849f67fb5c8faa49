//! Configurations that are no table of settings: read, changed, refused at the field that is wrong, and closed to whoever may
//! not change them.

mod access;
mod domains;
mod infrastructure;
mod network;
pub mod reach;
mod sign_in;

use serde_json::{Value, json};

use crate::{
    audit::signed_in_as,
    browser::{Browser, Page},
    stage::Stage,
};

/// The demo, in which everybody answers at once, with its first person signed in.
pub async fn demo() -> (Stage, Browser) {
    let stage = Stage::with(json!({ "coming_up_ms": 0, "rate_limit": 1_000_000 }), &[]).await;
    let browser = stage.signed_in().await;
    (stage, browser)
}

pub async fn reference(stage: &Stage, name: &str) -> String {
    let mut projects = stage.projects().await.into_iter();
    projects.find(|project| project.name == name).unwrap().reference
}

/// The ref of a project on a paid plan.
pub async fn note_g(stage: &Stage) -> String {
    reference(stage, "Note G").await
}

/// Makes the call by the form of `page`.
pub async fn perform(browser: &mut Browser, operation: &str, page: &str, fields: &[(&str, &str)]) -> Page {
    let own = [("_back", page), ("_next", page)];
    let fields: Vec<(&str, &str)> = own.into_iter().chain(fields.iter().copied()).collect();
    browser.post(&format!("/do/{operation}"), &fields).await
}

/// The same, where it must be done.
pub async fn done(browser: &mut Browser, operation: &str, page: &str, fields: &[(&str, &str)]) {
    let answer = perform(browser, operation, page, fields).await;
    assert_eq!(answer.status, 303, "{operation}: {}", answer.body);
}

/// The operation fails from now on. Who asked before is answered by what was read then, so another administrator looks.
pub async fn failing(stage: &Stage, operation: &str) -> Browser {
    let fault = json!({ "operation": operation, "kind": "status", "code": 500, "times": 1000 });
    stage.fault(fault).await;
    signed_in_as(stage, 1).await
}

/// Whether `page` holds all of these.
pub fn holds(page: &Page, words: &[&str]) {
    for words in words {
        assert!(page.body.contains(words), "{words}: {}", page.body);
    }
}

/// How often the operation was called.
pub async fn calls(stage: &Stage, operation: &str) -> Value {
    stage.world().await["counters"]["calls"][operation].clone()
}
