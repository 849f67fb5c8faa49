//! The pages of secrets: what is read, compared, exported and deleted, and that no value is ever seen again.

use app::paths;
use serde_json::json;

use crate::{
    logs,
    stage::{Project, Stage},
};

/// A project with secrets whose values are known here.
async fn stage(secrets: &[(&str, &str)]) -> (Stage, Project) {
    let stage = Stage::new().await;
    let project = stage.projects().await.remove(0);
    let sent: Vec<_> = secrets
        .iter()
        .map(|(name, value)| json!({ "name": name, "value": value }))
        .collect();
    let path = format!("/v1/projects/{}/secrets", project.reference);
    stage.post_upstream(&path, &json!(sent)).await;
    (stage, project)
}

#[tokio::test]
async fn a_typed_value_is_compared_and_goes_nowhere() {
    let value = "a-value-that-is-typed & compared";
    let (stage, project) = stage(&[("WORKER_KEY", value), ("OTHER", "x"), ("LINES", "one\ntwo")]).await;
    let mut browser = stage.signed_in().await;
    let path = paths::secrets(&project.reference);
    let before = stage.world().await["counters"]["calls"].clone();
    let mut pages = vec![browser.post(&path, &[("value", value)]).await];
    assert_eq!(pages[0].status, 200);
    let said = |page: &str| {
        let notice = page.split("notice-title").nth(1).unwrap_or_default();
        notice.split("</div>").next().unwrap_or_default().to_owned()
    };
    assert!(said(&pages[0].body).contains("WORKER_KEY"), "{}", pages[0].body);
    assert!(!said(&pages[0].body).contains("OTHER"));
    pages.push(browser.post(&path, &[("value", "one\r\ntwo")]).await);
    assert!(said(&pages[1].body).contains("LINES"), "{}", said(&pages[1].body));
    pages.push(browser.post(&path, &[("value", "a-value-that-is-typed")]).await);
    assert!(pages[2].body.contains("secrets has this value"), "{}", pages[2].body);
    let after = stage.world().await["counters"]["calls"].clone();
    for (operation, count) in after.as_object().unwrap() {
        let reads = operation.starts_with("v1-list-") || operation.starts_with("v1-get-");
        assert!(reads || before[operation] == *count, "{operation} was called");
    }
    pages.push(browser.get(&path).await);
    assert!(!pages[3].body.contains("has this value"), "nothing of it is kept");
    for page in &pages {
        assert!(!page.body.contains("a-value-that-is-typed"), "{}", page.url);
        assert!(!page.url.as_str().contains("value"));
    }
    assert!(!logs::text().contains("a-value-that-is-typed"));
    let audit = browser.get(paths::AUDIT_JSON_LINES).await;
    assert!(
        !audit.body.contains("a-value-that-is-typed") && !audit.body.contains("typed_digest"),
        "{}",
        audit.body
    );
}

#[tokio::test]
async fn names_are_exported_without_values() {
    let (stage, project) = stage(&[("B_KEY", "hidden-b"), ("A_KEY", "hidden-a"), ("ODD NAME\nX=1", "y")]).await;
    let mut browser = stage.signed_in().await;
    let file = browser.get(&paths::secrets_file(&project.reference)).await;
    assert_eq!((file.status.as_u16(), file.body.as_str()), (200, "A_KEY=\nB_KEY=\n"));
    assert_eq!(
        file.header("content-disposition"),
        "attachment; filename=\"secrets.env\""
    );
    assert_eq!(file.header("cache-control"), "no-store");
    let nobody = stage.browser().get(&paths::secrets_file(&project.reference)).await;
    assert!(!nobody.body.contains("A_KEY"));
    let asked = json!({ "project": project.reference });
    let nobody = stage.browser().ask("/api/secrets", &asked).await;
    assert!(
        nobody.status == 401 && !nobody.body.contains("A_KEY"),
        "{} {}",
        nobody.status,
        nobody.body
    );
    let read = browser.ask("/api/secrets", &asked).await;
    assert!(
        read.body.contains("A_KEY") && !read.body.contains("hidden-a"),
        "{}",
        read.body
    );
}

#[tokio::test]
async fn several_are_deleted_by_how_many_they_are_and_one_by_its_name() {
    let names = ["ONE", "TWO", "THREE", " odd \n name "];
    let (stage, project) = stage(&names.map(|name| (name, "x"))).await;
    let mut browser = stage.signed_in().await;
    let reference = project.reference.as_str();
    let delete = "/do/v1-bulk-delete-secrets";
    let base = [("ref", reference), ("_each", "names"), ("names", "ONE")];
    for (more, typed) in [
        (vec![], "1"),
        (vec![], "one"),
        (vec![], project.name.as_str()),
        (vec!["TWO", "THREE"], "2"),
        (vec!["TWO", "THREE"], "ONE"),
        (vec!["TWO", "THREE"], ""),
    ] {
        let mut fields = base.to_vec();
        fields.extend(more.iter().map(|name| ("names", *name)));
        fields.push(("_confirm", typed));
        let refused = browser.post_json(delete, &fields).await;
        assert_eq!(refused.status, 422, "{more:?} {typed}: {}", refused.body);
        assert_eq!(refused.json()["problem"]["field"], "_confirm");
    }
    assert_eq!(stage.world().await["counters"]["calls"][&delete[4..]], json!(null));
    let ask = format!(
        "{}?name=ONE&name=TWO&name=SUPABASE_URL&name=NOTHING",
        paths::delete_secrets(reference)
    );
    let page = browser.get(&ask).await;
    assert!(page.body.contains("Delete 2 secrets"), "{}", page.body);
    assert!(
        page.body.contains("2 of the selected secrets cannot be deleted"),
        "{}",
        page.body
    );
    // Without JavaScript the page that answers still has them all.
    let mut wrong = base.to_vec();
    wrong.extend([("names", "TWO"), ("_confirm", "3"), ("_back", ask.as_str())]);
    let answer = browser.post(delete, &wrong).await;
    assert_eq!(answer.status, 422);
    assert!(
        answer.body.contains("Delete 2 secrets") && answer.body.contains("type \u{201c}2\u{201d}"),
        "{}",
        answer.body
    );

    let mut two = base.to_vec();
    two.extend([("names", " odd \r\n name "), ("_confirm", "2")]);
    assert_eq!(browser.post(delete, &two).await.status, 303);
    let one = [
        ("ref", reference),
        ("_each", "names"),
        ("names", "TWO"),
        ("_confirm", "TWO"),
    ];
    assert_eq!(browser.post(delete, &one).await.status, 303);
    let list = browser.get(&paths::secrets(reference)).await;
    assert!(
        list.body.contains("THREE") && !list.body.contains("ONE<") && !list.body.contains("odd"),
        "{}",
        list.body
    );
}

#[tokio::test]
async fn rows_are_ticked_without_a_script() {
    let (stage, project) = stage(&[("ONE", "x"), ("<b>TWO", "y")]).await;
    let mut browser = stage.signed_in().await;
    let path = paths::secrets(&project.reference);
    let page = browser.get(&format!("{path}?search=x&ticked=all")).await;
    assert!(page.body.contains("No secret fits"), "{}", page.body);
    let page = browser.get(&format!("{path}?sort=changed")).await;
    assert!(page.body.contains("sort=changed&amp;ticked=all") || page.body.contains("ticked=all&amp;sort=changed"));
    assert!(!page.body.contains("checked"), "{}", page.body);
    let page = browser.get(&format!("{path}?ticked=all")).await;
    assert_eq!(page.body.matches(" checked").count(), 2, "{}", page.body);
    assert!(page.body.contains("value=\"&lt;b&gt;TWO\"") && !page.body.contains("<b>TWO"));
}

#[tokio::test]
async fn a_file_becomes_a_plan_and_what_failed_can_be_tried_again() {
    let (stage, project) = stage(&[("KEPT", "same"), ("CHANGED", "old")]).await;
    let mut browser = stage.signed_in().await;
    let reference = project.reference.as_str();
    let add = paths::add_secrets(reference, "");
    let page = browser.get(&add).await;
    assert!(page.body.contains("Content of a .env file"), "{}", page.body);
    let ours = [("accept", "text/html"), ("sec-fetch-site", "same-origin")];
    let text = "KEPT=same\r\nCHANGED=hush-new\r\nMADE=\"hush-made\"\r\nSUPABASE_URL=hush-url\r\nhush-words";
    let nothing = [("ref", reference), ("env", " "), ("_back", add.as_str())];
    let refused = browser.post_multipart("/plans/secrets", &nothing, &[], &ours).await;
    assert_eq!(refused.status, 422);
    assert!(refused.body.contains("Nothing was given"), "{}", refused.body);

    let fields = [("ref", reference), ("env", text), ("_back", add.as_str())];
    let drawn = browser.post_multipart("/plans/secrets", &fields, &[], &ours).await;
    assert_eq!(drawn.status, 303, "{}", drawn.body);
    let shown = browser.get(&drawn.location()).await;
    for words in [
        "Send 2 secrets",
        "Line 4.",
        "Line 5.",
        "Is this value already",
        "becomes",
        "Nothing has been sent",
    ] {
        assert!(shown.body.contains(words), "{words}: {}", shown.body);
    }
    let create = "v1-bulk-create-secrets";
    let sent = stage.world().await["counters"]["calls"][create].clone();
    let id = drawn.location().split_once("?plan=").unwrap().1.to_owned();
    let apply = format!("/plans/{id}/apply");
    let asked = browser.post(&apply, &[]).await;
    assert_eq!(asked.status, 422, "what is replaced is asked about");
    assert_eq!(stage.world().await["counters"]["calls"][create], sent);

    stage
        .fault(json!({ "operation": create, "kind": "status", "code": 400, "times": 1 }))
        .await;
    browser.post(&apply, &[("_sure", "true")]).await;
    let failed = browser.get(&drawn.location()).await;
    assert!(
        failed.body.contains("Not all of it was done") && failed.body.contains("Try the rest again"),
        "{}",
        failed.body
    );
    stage.clear_faults().await;
    browser.post(&apply, &[("_sure", "true")]).await;
    let done = browser.get(&drawn.location()).await;
    assert!(done.body.contains("1 of 1 call made"), "{}", done.body);
    let compared = browser
        .post(&paths::secrets(reference), &[("value", "hush-made")])
        .await;
    assert!(compared.body.contains("One secret has this value"), "{}", compared.body);
    let audit = browser.get(paths::AUDIT_JSON_LINES).await;
    for page in [&refused, &drawn, &shown, &asked, &failed, &done, &compared, &audit] {
        assert!(!page.body.contains("hush-"), "{}", page.url);
    }
    assert!(!logs::text().contains("hush-"));
}
