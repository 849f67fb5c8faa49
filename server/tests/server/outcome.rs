//! What becomes of a change whose answer does not tell: it is told as not known, once sent and written down so; what was
//! done is done, whatever its answer looks like; and a refusal with status 401 signs nobody out.

use serde_json::{Value, json};

use crate::{browser::Browser, settings::now, stage::Stage};

const UPDATE: &str = "v1-update-a-project";

/// The last change in the audit.
async fn last_change(browser: &mut Browser) -> Value {
    let file = browser.get("/audit.jsonl?effect=changes").await;
    let line = file.body.lines().next().unwrap_or_default();
    serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {}", file.body))
}

async fn calls(stage: &Stage, operation: &str) -> u64 {
    stage.world().await["counters"]["calls"][operation]
        .as_u64()
        .unwrap_or_default()
}

#[tokio::test]
async fn a_change_without_a_telling_answer_is_not_known_and_sent_once() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    let project = stage.projects().await.remove(0).reference;
    let renamed = [("ref", project.as_str()), ("name", "Lighthouse")];
    for (sent, (kind, status)) in [
        (json!({ "kind": "status", "code": 500 }), 502),
        (json!({ "kind": "status", "code": 522 }), 502),
        (json!({ "kind": "status", "code": 408 }), 502),
        (json!({ "kind": "cut-off" }), 504),
    ]
    .into_iter()
    .enumerate()
    {
        let mut fault = json!({ "operation": UPDATE });
        fault.as_object_mut().unwrap().extend(kind.as_object().unwrap().clone());
        stage.fault(fault).await;
        let answer = browser.post_in_place(&format!("/do/{UPDATE}"), &renamed).await;
        stage.clear_faults().await;
        assert_eq!(answer.status, status, "{kind}");
        let problem = answer.problem();
        assert_eq!(problem.title, "Not known whether it was done", "{kind}");
        assert!(
            problem.text.contains("Look whether it was done"),
            "{kind}: {}",
            problem.text
        );
        assert_eq!(calls(&stage, UPDATE).await, sent as u64 + 1, "{kind}");
        let told = last_change(&mut browser).await;
        assert_eq!(told["outcome"], "unanswered", "{kind}: {told}");
        let page = browser.get(&format!("/audit/{}", told["id"])).await;
        assert!(
            page.body.contains("It is not known whether this was done"),
            "{}",
            page.body
        );
    }
    // Its answer alone was cut off.
    assert_eq!(stage.projects().await[0].name, "Lighthouse");
}

#[tokio::test]
async fn what_was_done_is_done_whatever_its_answer_looks_like() {
    const UPDATE: &str = "v1-update-postgrest-service-config";
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    let project = stage.projects().await.remove(0).reference;
    let page = format!("/projects/{project}");
    for (kind, rows) in [("wrong-json", "77"), ("wrong-shape", "78")] {
        stage.fault(json!({ "operation": UPDATE, "kind": kind })).await;
        let fields = [("ref", project.as_str()), ("max_rows", rows), ("_back", page.as_str())];
        let answer = browser.post(&format!("/do/{UPDATE}"), &fields).await;
        stage.clear_faults().await;
        assert_eq!(answer.status, 303, "{kind}: {}", answer.body);
        let page = browser.get(&answer.location()).await;
        assert!(page.body.contains("answer could not be read"), "{kind}: {}", page.body);
        let told = last_change(&mut browser).await;
        assert_eq!(told["outcome"], "done", "{kind}: {told}");
        let message = told["message"].as_str().unwrap_or_default();
        assert!(message.contains("could not read Supabase"), "{kind}: {told}");
        let now = now(&stage, &format!("/v1/projects/{project}/postgrest")).await;
        assert_eq!(now["max_rows"].to_string(), rows);
    }
}

#[tokio::test]
async fn a_401_with_a_sentence_is_a_refusal_and_signs_nobody_out() {
    const SENTENCE: &str = "Custom SMTP required to raise the limit of emails";
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    let project = stage.projects().await.remove(0).reference;
    stage
        .fault(json!({ "operation": UPDATE, "kind": "status", "code": 401, "message": SENTENCE }))
        .await;
    let renamed = [("ref", project.as_str()), ("name", "Lighthouse")];
    let answer = browser.post_in_place(&format!("/do/{UPDATE}"), &renamed).await;
    assert_eq!(answer.status, 422);
    let problem = answer.problem();
    assert_eq!(problem.title, "Supabase refused this");
    assert!(problem.text.contains(SENTENCE), "{}", problem.text);
    assert_eq!(calls(&stage, UPDATE).await, 1);
    stage.clear_faults().await;
    assert_eq!(browser.get(&format!("/projects/{project}")).await.status, 200);
    assert_eq!(stage.world().await["counters"]["refreshes"], 0);
}
