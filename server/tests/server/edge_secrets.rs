//! The pages of secrets: what is read, compared, exported and deleted, and that no value is ever seen again.

use app::paths;
use serde_json::json;
use server::store::sql;

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
        let refused = browser.post_in_place(delete, &fields).await;
        assert_eq!(refused.status, 422, "{more:?} {typed}: {}", refused.body);
        assert_eq!(refused.problem().field.as_deref(), Some("_confirm"));
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
    let sure = sure_of(&shown);
    let asked = browser.post(&apply, &[]).await;
    assert_eq!(asked.status, 422, "what is replaced is asked about");
    assert_eq!(stage.world().await["counters"]["calls"][create], sent);

    stage
        .fault(json!({ "operation": create, "kind": "status", "code": 400, "times": 1 }))
        .await;
    browser.post(&apply, &[("_sure", &sure)]).await;
    let failed = browser.get(&drawn.location()).await;
    assert!(
        failed.body.contains("Not all of it was done") && failed.body.contains("Try the rest again"),
        "{}",
        failed.body
    );
    stage.clear_faults().await;
    browser.post(&apply, &[("_sure", &sure)]).await;
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

/// The calls of one operation that Supabase got.
async fn calls(stage: &Stage, operation: &str) -> u64 {
    stage.world().await["counters"]["calls"][operation]
        .as_u64()
        .unwrap_or_default()
}

async fn draw(browser: &mut crate::browser::Browser, kind: &str, fields: &[(&str, &str)]) -> crate::browser::Page {
    let ours = [("accept", "text/html"), ("sec-fetch-site", "same-origin")];
    browser
        .post_multipart(&format!("/plans/{kind}"), fields, &[], &ours)
        .await
}

/// What the page's box says yes with.
fn sure_of(page: &crate::browser::Page) -> String {
    let found = regex::Regex::new(r#"name="_sure" value="([0-9a-f]+)""#).unwrap();
    let found = found
        .captures(&page.body)
        .unwrap_or_else(|| panic!("no box: {}", page.body));
    found[1].to_owned()
}

#[tokio::test]
async fn what_is_only_new_needs_no_tick_and_what_is_replaced_is_counted() {
    let (stage, project) = stage(&[("OLD", "1"), ("OTHER", "2")]).await;
    let mut browser = stage.signed_in().await;
    let reference = project.reference.as_str();
    let plan = async |browser: &mut crate::browser::Browser, env: &str| {
        let drawn = draw(browser, "secrets", &[("ref", reference), ("env", env)]).await;
        let id = drawn.location().split_once("?plan=").unwrap().1.to_owned();
        (
            browser.get(&drawn.location()).await,
            format!("/plans/{id}/apply"),
            drawn.location(),
        )
    };
    let (shown, apply, _) = plan(&mut browser, "NEW=1").await;
    assert!(!shown.body.contains("I know that this"), "{}", shown.body);
    assert_eq!(browser.post(&apply, &[]).await.status, 303);
    assert_eq!(
        calls(&stage, "v1-bulk-create-secrets").await,
        2,
        "the stage's and this one"
    );

    let (shown, apply, address) = plan(&mut browser, "OLD=2\nOTHER=3\nNEWER=1").await;
    let asks = format!("I know that this replaces 2 secrets of {} for good", project.name);
    assert!(shown.body.contains(&asks), "{}", shown.body);
    let sure = sure_of(&shown);
    assert_eq!(
        browser.post(&apply, &[("_sure", "true")]).await.status,
        422,
        "a yes is for one question only"
    );
    // Somebody else sets the new one meanwhile: the question is another one then.
    let path = format!("/v1/projects/{reference}/secrets");
    stage
        .post_upstream(&path, &json!([{ "name": "NEWER", "value": "theirs" }]))
        .await;
    let again = browser.post(&apply, &[("_sure", &sure)]).await;
    assert_eq!(again.status, 422, "{}", again.body);
    assert!(again.body.contains("replaces 3 secrets of"), "{}", again.body);
    let sure = sure_of(&again);
    assert_eq!(browser.post(&apply, &[("_sure", &sure)]).await.status, 303);
    assert!(browser.get(&address).await.body.contains("1 of 1 call made"));

    // The form of the operation asks the same, by what is sent.
    let fields = |value: &'static str| [("ref", reference), ("secrets", value)];
    let new = fields(r#"[{ "name": "BRAND_NEW", "value": "1" }]"#);
    let done = browser.post_in_place("/do/v1-bulk-create-secrets", &new).await;
    assert_eq!(done.status, 200, "{}", done.body);
    let same = fields(r#"[{ "name": "BRAND_NEW", "value": "1" }]"#);
    assert_eq!(
        browser.post_in_place("/do/v1-bulk-create-secrets", &same).await.status,
        200,
        "nothing is lost"
    );
    let other = fields(r#"[{ "name": "BRAND_NEW", "value": "2" }]"#);
    let asked = browser.post_in_place("/do/v1-bulk-create-secrets", &other).await;
    assert_eq!(asked.status, 422, "{}", asked.body);
    let does = &asked.problem().question.unwrap().ticks[0].does;
    assert!(does.starts_with("replaces 1 secret of"), "{does}");
}

#[tokio::test]
async fn names_are_compared_over_projects_and_one_that_refuses_says_so() {
    let (stage, first) = stage(&[("SAME", "1"), ("OTHER", "2"), ("ALONE", "3"), ("<b>ODD", "4")]).await;
    let mut browser = stage.signed_in().await;
    let second = stage.projects().await.remove(1);
    let path = format!("/v1/projects/{}/secrets", second.reference);
    let theirs = json!([{ "name": "SAME", "value": "1" }, { "name": "OTHER", "value": "9" }]);
    stage.post_upstream(&path, &theirs).await;
    let third = stage.projects().await.remove(2);
    let refuses = json!({ "operation": "v1-list-all-secrets", "ref": third.reference, "kind": "status", "code": 403 });
    stage.fault(refuses).await;

    let cells = |body: &str, name: &str| -> Vec<String> {
        let row = body
            .split("<tr data-key=\"")
            .find(|row| row.starts_with(&format!("{name}\"")))
            .unwrap_or_default();
        let row = row.split("</tr>").next().unwrap_or_default();
        row.split("data-is=\"")
            .skip(1)
            .map(|cell| cell.split('"').next().unwrap_or_default().to_owned())
            .collect()
    };
    let page = browser
        .get(&format!("{}?with={}", paths::SECRETS, first.reference))
        .await;
    page.assert_complete();
    assert_eq!(cells(&page.body, "SAME"), ["base", "same", "closed"], "{}", page.body);
    assert_eq!(cells(&page.body, "OTHER"), ["base", "different", "closed"]);
    assert_eq!(cells(&page.body, "ALONE"), ["base", "missing", "closed"]);
    assert!(
        page.body.contains("2 of 3 projects answered") && page.body.contains("No access"),
        "{}",
        page.body
    );
    assert!(page.body.contains("&lt;b&gt;ODD") && !page.body.contains("<b>ODD"));
    assert!(
        !page.body.contains("SUPABASE_URL"),
        "those of Supabase differ everywhere"
    );
    let with = browser
        .get(&format!("{}?with={}", paths::SECRETS, second.reference))
        .await;
    assert_eq!(cells(&with.body, "ALONE"), ["missing", "extra", "closed"]);
    for (show, shown, hidden) in [
        ("different", "OTHER", "SAME"),
        ("missing", "ALONE", "SAME"),
        ("same", "SAME", "ALONE"),
    ] {
        let page = browser.get(&format!("{}?show={show}", paths::SECRETS)).await;
        assert!(
            !cells(&page.body, shown).is_empty() && cells(&page.body, hidden).is_empty(),
            "{show}: {}",
            page.body
        );
    }
    let before = calls(&stage, "v1-list-all-secrets").await;
    let one = browser
        .get(&format!("{}?project={}", paths::SECRETS, first.reference))
        .await;
    assert_eq!(cells(&one.body, "SAME"), ["base"]);
    assert!(one.body.contains("2 more are not shown"), "{}", one.body);
    assert!(calls(&stage, "v1-list-all-secrets").await <= before + 1);
}

#[tokio::test]
async fn one_name_is_changed_in_many_projects_and_each_has_its_own_outcome() {
    let (stage, first) = stage(&[("KEY", "hush-old"), ("ONLY", "hush-only")]).await;
    let mut browser = stage.signed_in().await;
    let all = stage.projects().await;
    let (second, third) = (&all[1], &all[2]);
    let path = format!("/v1/projects/{}/secrets", second.reference);
    stage
        .post_upstream(&path, &json!([{ "name": "KEY", "value": "hush-new" }]))
        .await;
    let page = browser.get(&paths::change_secret("KEY")).await;
    assert!(
        page.body.contains("Replaces ") && page.body.contains("New there"),
        "{}",
        page.body
    );

    let to = [
        ("to", first.reference.as_str()),
        ("to", second.reference.as_str()),
        ("to", third.reference.as_str()),
    ];
    let back = paths::change_secret("KEY");
    let mut wrong = vec![("name", "KEY"), ("value", ""), ("_back", back.as_str())];
    wrong.extend(to);
    let refused = draw(&mut browser, "secrets-across", &wrong).await;
    assert_eq!(refused.status, 422);
    assert!(refused.body.contains("Type a value"), "{}", refused.body);
    assert_eq!(
        refused.body.matches(" checked").count(),
        3,
        "the ticks are kept: {}",
        refused.body
    );

    let mut fields = vec![("name", "KEY"), ("value", "hush-new"), ("_back", back.as_str())];
    fields.extend(to);
    let drawn = draw(&mut browser, "secrets-across", &fields).await;
    assert_eq!(drawn.status, 303, "{}", drawn.body);
    assert!(drawn.location().starts_with("/secrets?plan="));
    let shown = browser.get(&drawn.location()).await;
    for words in [
        "Send 2 secrets to 2 projects",
        "Is this value already",
        "becomes",
        "replaces 1 secret of",
    ] {
        assert!(shown.body.contains(words), "{words}: {}", shown.body);
    }
    let fails = json!({
        "operation": "v1-bulk-create-secrets", "ref": first.reference, "kind": "status", "code": 400, "times": 1,
    });
    stage.fault(fails).await;
    let apply = format!("/plans/{}/apply", drawn.location().split_once("?plan=").unwrap().1);
    let sure = sure_of(&shown);
    browser.post(&apply, &[("_sure", &sure)]).await;
    let ended = browser.get(&drawn.location()).await;
    assert!(
        ended.body.contains("Not all of it was done") && ended.body.contains("1 of 2 calls made"),
        "{}",
        ended.body
    );
    stage.clear_faults().await;
    let sure = sure_of(&ended);
    browser.post(&apply, &[("_sure", &sure)]).await;
    let done = browser.get(&drawn.location()).await;
    assert!(done.body.contains("2 of 2 calls made"), "{}", done.body);

    // Copied: the value is typed anew, and it is told where it is another one.
    let page = browser
        .get(&format!("/secrets/change?from={}&name=ONLY&name=KEY", first.reference))
        .await;
    assert!(
        page.body.contains("Value of ONLY") && page.body.contains("1 of them; 1 would be new"),
        "{}",
        page.body
    );
    let copy = [
        ("from", first.reference.as_str()),
        ("name", "ONLY"),
        ("value", "hush-typo"),
        ("name", "KEY"),
        ("value", ""),
        ("to", third.reference.as_str()),
    ];
    let drawn = draw(&mut browser, "secrets-across", &copy).await;
    let copied = browser.get(&drawn.location()).await;
    assert!(
        copied.body.contains("Not the value that") && copied.body.contains("Send 1 secret to 1 project"),
        "{}",
        copied.body
    );
    for page in [&refused, &shown, &ended, &done, &copied] {
        assert!(!page.body.contains("hush-"), "{}", page.url);
    }
    assert!(!logs::text().contains("hush-"));
}

#[tokio::test]
async fn one_name_goes_from_several_projects_and_each_has_its_outcome() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    let projects = stage.projects().await;
    let [first, second, third] = [&projects[0], &projects[1], &projects[2]];
    for project in [first, second] {
        let path = format!("/v1/projects/{}/secrets", project.reference);
        let secrets = json!([{ "name": "KEY", "value": "hush-key" }, { "name": "STAYS", "value": "hush-stays" }]);
        stage.post_upstream(&path, &secrets).await;
    }
    let page = browser.get("/secrets/delete?name=KEY").await;
    page.assert_complete();
    assert_eq!(
        page.body.matches(" checked").count(),
        2,
        "wherever it is: {}",
        page.body
    );
    assert!(page.body.contains("1 project does not have it."), "{}", page.body);
    let none = browser.get("/secrets/delete").await;
    assert!(none.body.contains("No secret is selected"), "{}", none.body);

    let to = |project: &Project| ("to", project.reference.clone());
    let places = [to(first), to(second), to(third)];
    let mut fields = vec![("_back", "/secrets/delete"), ("name", "KEY")];
    fields.extend(places.iter().map(|(name, value)| (*name, value.as_str())));
    let drawn = draw(&mut browser, "secrets-delete", &fields).await;
    let apply = format!("/plans/{}/apply", drawn.location().split_once("?plan=").unwrap().1);
    let shown = browser.get(&drawn.location()).await;
    for words in [
        "Delete 2 secrets from 2 projects",
        "It is not there.",
        "type the number of them",
    ] {
        assert!(shown.body.contains(words), "{words}: {}", shown.body);
    }
    let asked = browser.post(&apply, &[("_confirm", "KEY")]).await;
    assert_eq!(asked.status, 422, "{}", asked.body);
    assert_eq!(calls(&stage, "v1-bulk-delete-secrets").await, 0);

    let fault = json!({
        "operation": "v1-bulk-delete-secrets", "ref": first.reference, "kind": "status", "code": 500, "times": 1
    });
    stage.fault(fault).await;
    browser.post(&apply, &[("_confirm", "2")]).await;
    let failed = browser.get(&drawn.location()).await;
    assert!(failed.body.contains("1 of 2 calls made"), "{}", failed.body);
    // One is left, which has a name.
    browser.post(&apply, &[("_confirm", "KEY")]).await;
    let done = browser.get(&drawn.location()).await;
    assert!(done.body.contains("2 of 2 calls made"), "{}", done.body);
    for project in [first, second] {
        let there = stage
            .get_upstream(&format!("/v1/projects/{}/secrets", project.reference))
            .await
            .to_string();
        assert!(!there.contains("\"KEY\"") && there.contains("STAYS"), "{there}");
    }
    let reserved = [
        ("_back", "/secrets/delete?name=SUPABASE_URL"),
        ("name", "SUPABASE_URL"),
        ("to", first.reference.as_str()),
    ];
    assert_eq!(draw(&mut browser, "secrets-delete", &reserved).await.status, 422);
}

#[tokio::test]
async fn what_is_being_typed_is_looked_at_and_kept_nowhere() {
    let (stage, project) = stage(&[("OLD", "1")]).await;
    let mut browser = stage.signed_in().await;
    let reference = project.reference.as_str();
    let back = paths::add_secrets(reference, "");
    let look = async |browser: &mut crate::browser::Browser, env: &str| {
        let fields = [("ref", reference), ("env", env), ("_back", back.as_str())];
        draw(browser, "secrets/preview", &fields).await
    };
    let before = calls(&stage, "v1-bulk-create-secrets").await;
    let shown = look(&mut browser, "OLD=hush-2\nNEW=hush-1\nSUPABASE_URL=hush-3").await;
    assert_eq!(shown.status, 200);
    let region = shown.body.split("data-region=\"preview\"").nth(1).unwrap_or_default();
    for words in ["What will be sent", "1 refused", "1 changed", "1 added", "Line 3."] {
        assert!(region.contains(words), "{words}: {region}");
    }
    assert!(!shown.body.contains("hush-") && !logs::text().contains("hush-"));
    assert!(look(&mut browser, " ").await.body.contains("Nothing was given"));
    assert_eq!(calls(&stage, "v1-bulk-create-secrets").await, before);
    let kept: i64 = sql::query_scalar("SELECT count(*) FROM plans")
        .fetch_one(&stage.steward.state.store.pool)
        .await
        .unwrap();
    assert_eq!(kept, 0);
    let page = browser.get(&back).await;
    assert!(page.body.contains("As soon as something is written"), "{}", page.body);
    let nobody = look(&mut stage.browser(), "NEW=1").await;
    assert!(nobody.location().starts_with("/sign-in"), "{}", nobody.body);
}
