//! The explorer: the list, the pages of operations, and running them.

use management_api::{Area, OperationId};
use serde_json::json;
use server::store::sql;

use crate::{
    browser::{Browser, Page},
    stage::Stage,
};

/// What stands between the first `<element … data-region="name">` and the page's end.
fn region<'a>(page: &'a Page, name: &str) -> &'a str {
    let mark = format!("data-region=\"{name}\"");
    let (_, rest) = page
        .body
        .split_once(&mark)
        .unwrap_or_else(|| panic!("no {name}: {}", page.body));
    rest
}

/// Whether the sandbox has got calls of `operation`, and how many.
async fn calls(stage: &Stage, operation: &str) -> u64 {
    stage.world().await["counters"]["calls"][operation]
        .as_u64()
        .unwrap_or_default()
}

async fn ready() -> (Stage, Browser, String) {
    let stage = Stage::new().await;
    let browser = stage.signed_in().await;
    let reference = stage.projects().await.remove(0).reference;
    (stage, browser, reference)
}

#[tokio::test]
async fn the_list_holds_every_operation_and_can_be_narrowed() {
    let (_stage, mut browser, _) = ready().await;
    let list = browser.get("/explorer").await;
    list.assert_complete();
    for id in OperationId::ALL {
        let link = format!("href=\"{}\"", app::paths::explorer_operation(*id));
        assert_eq!(list.body.matches(&link).count(), 1, "{id}");
    }
    for area in Area::ALL {
        assert!(
            list.body
                .contains(&format!("scope=\"rowgroup\" colspan=\"4\">{}", area.title())),
            "{area:?}"
        );
    }
    let narrowed = browser.get("/explorer?search=health&effect=read").await;
    assert!(narrowed.body.contains("v1-get-services-health"));
    assert!(!narrowed.body.contains("v1-delete-a-project"));
    let none = browser.get("/explorer?search=nothing-like-this").await;
    assert!(none.body.contains("No operation fits"));
}

#[tokio::test]
async fn every_operation_has_a_page_with_its_facts() {
    let (_stage, mut browser, _) = ready().await;
    for id in OperationId::ALL {
        let page = browser.get(&app::paths::explorer_operation(*id)).await;
        page.assert_complete();
        assert!(page.body.contains(id.as_str()), "{id}");
        assert!(page.body.contains(id.row().limit.title()), "{id}");
        for permission in id.row().permissions.names() {
            assert!(page.body.contains(permission), "{id}: {permission}");
        }
        let runs = page.body.contains("data-region=\"answer\"");
        assert_eq!(runs, id.row().area != Area::Oauth, "{id}");
    }
    let unknown = browser.get("/explorer/v1-no-such-operation").await;
    assert_eq!(unknown.status, 404);
    assert!(unknown.body.contains("No such operation"));
}

#[tokio::test]
async fn a_field_is_proposed_by_the_address_and_by_what_the_person_sees() {
    let (_stage, mut browser, reference) = ready().await;
    let page = browser.get(&format!("/explorer/v1-get-project?ref={reference}")).await;
    let input = page
        .body
        .split("name=\"ref\"")
        .nth(1)
        .and_then(|rest| rest.split('>').next())
        .unwrap();
    assert!(input.contains(&format!("value=\"{reference}\"")), "{input}");
    assert!(
        input.contains("list=\"projects-seen\"") && input.contains("required"),
        "{input}"
    );
    assert!(
        page.body.contains(&format!("<option value=\"{reference}\">")),
        "{}",
        page.body
    );
    // A secret is not: addresses are kept in too many places.
    let page = browser
        .get("/explorer/v1-update-database-password?password=hunter2")
        .await;
    let input = page
        .body
        .split("name=\"password\"")
        .nth(1)
        .and_then(|rest| rest.split('>').next())
        .unwrap();
    assert!(
        input.contains("type=\"password\"") && !input.contains("value="),
        "{input}"
    );
}

#[tokio::test]
async fn a_read_is_answered_with_everything_about_it() {
    let (stage, mut browser, reference) = ready().await;
    let page = browser.explore("v1-get-project", &[("ref", &reference)]).await;
    page.assert_complete();
    let line = region(&page, "answer-line");
    assert!(line.contains("200 OK") && line.contains(" ms"), "{line}");
    let answer = region(&page, "answer");
    assert!(answer.contains("calls left"), "{answer}");
    assert!(
        answer.contains("<span class=\"json-name\">\"status\"</span>"),
        "{answer}"
    );
    assert!(
        answer.contains(&format!("/v1/projects/{reference}")) && answer.contains("$SUPABASE_ACCESS_TOKEN"),
        "{answer}"
    );
    assert!(!answer.contains("Bearer sb"), "{answer}");
    assert!(
        page.body.contains(&format!("value=\"{reference}\"")),
        "the form stays filled in"
    );
    assert_eq!(calls(&stage, "v1-get-project").await, 1);
    let again = browser.explore("v1-get-project", &[("ref", &reference)]).await;
    assert!(
        region(&again, "answer-line").contains("from a moment ago"),
        "{}",
        again.body
    );
    assert_eq!(calls(&stage, "v1-get-project").await, 1);
}

#[tokio::test]
async fn a_write_is_done_and_written_down() {
    let (stage, mut browser, _) = ready().await;
    let page = browser
        .explore("v1-create-an-organization", &[("name", "  Harbour <b>Labs</b> ")])
        .await;
    assert!(region(&page, "answer-line").contains("201 Created"), "{}", page.body);
    assert!(!page.body.contains("<b>Labs</b>"));
    assert!(
        stage
            .organizations()
            .await
            .iter()
            .any(|one| one.name == "Harbour <b>Labs</b>")
    );
    let (operation, outcome): (String, String) =
        sql::query_as("SELECT operation, outcome FROM audit WHERE operation = 'v1-create-an-organization'")
            .fetch_one(&stage.steward.state.store.pool)
            .await
            .unwrap();
    assert_eq!(
        (operation.as_str(), outcome.as_str()),
        ("v1-create-an-organization", "done")
    );
}

#[tokio::test]
async fn nothing_is_destroyed_without_its_name() {
    let (stage, mut browser, reference) = ready().await;
    for confirmation in [None, Some(""), Some("Project"), Some(reference.as_str())] {
        let mut fields = vec![("ref", reference.as_str())];
        fields.extend(confirmation.map(|typed| ("_confirm", typed)));
        let page = browser.explore("v1-delete-a-project", &fields).await;
        assert_eq!(page.status, 422, "{confirmation:?}");
        assert!(
            region(&page, "answer").contains("data-field=\"_confirm\""),
            "{}",
            page.body
        );
    }
    assert_eq!(calls(&stage, "v1-delete-a-project").await, 0);
    assert_eq!(stage.projects().await.len(), 3);
    let name = stage.projects().await.remove(0).name;
    let page = browser
        .explore("v1-delete-a-project", &[("ref", &reference), ("_confirm", &name)])
        .await;
    assert!(region(&page, "answer-line").contains("200 OK"), "{}", page.body);
    assert_eq!(calls(&stage, "v1-delete-a-project").await, 1);
}

#[tokio::test]
async fn what_stands_outside_a_project_is_confirmed_by_its_key() {
    let (stage, mut browser, reference) = ready().await;
    let page = browser
        .explore(
            "v1-delete-a-branch",
            &[("branch_id_or_ref", &reference), ("_confirm", "other")],
        )
        .await;
    assert_eq!(page.status, 422);
    assert!(page.body.contains(&reference), "it says what to type");
    assert_eq!(calls(&stage, "v1-delete-a-branch").await, 0);
}

#[tokio::test]
async fn what_costs_money_is_asked_about() {
    let (stage, mut browser, _) = ready().await;
    let slug = stage.organizations().await.remove(0).slug;
    let fields = [
        ("organization_slug", slug.as_str()),
        ("name", "Shop"),
        ("db_pass", "hunter2hunter2"),
        ("region", "eu-central-1"),
    ];
    let page = browser.explore("v1-create-a-project", &fields).await;
    assert_eq!(page.status, 422);
    assert!(
        region(&page, "answer").contains("data-field=\"_sure\""),
        "{}",
        page.body
    );
    assert_eq!(calls(&stage, "v1-create-a-project").await, 0);
    let sure: Vec<(&str, &str)> = fields.into_iter().chain([("_sure", "true")]).collect();
    let page = browser.explore("v1-create-a-project", &sure).await;
    assert!(region(&page, "answer-line").contains("201 Created"), "{}", page.body);
    assert_eq!(stage.projects().await.len(), 4);
    for page in [page.body.as_str(), browser.get("/projects").await.body.as_str()] {
        assert!(!page.contains("hunter2"), "{page}");
    }
}

/// What the box sends that stands beside Run.
fn sure(page: &Page) -> String {
    let tag = region(page, "question")
        .split('>')
        .find(|tag| tag.contains("name=\"_sure\""));
    let value = tag.and_then(|tag| tag.split("value=\"").nth(1)?.split('"').next());
    value.unwrap_or_else(|| panic!("no box: {}", page.body)).to_owned()
}

#[tokio::test]
async fn sql_is_asked_about_by_what_it_does() {
    let (stage, mut browser, reference) = ready().await;
    let operation = "v1-run-a-query";
    let project = ("ref", reference.as_str());
    let page = browser.get(&format!("/explorer/{operation}")).await;
    assert!(
        !page.body.contains("name=\"_sure\"") && !page.body.contains("name=\"_confirm\""),
        "{}",
        page.body
    );
    let page = browser.explore(operation, &[project, ("query", "select 1")]).await;
    assert!(region(&page, "answer-line").contains("201 Created"), "{}", page.body);

    let typed = "-- <b>old</b>\ndrop table if exists orders cascade;\ndelete from \"<i>\"";
    let page = browser.explore(operation, &[project, ("query", typed)]).await;
    assert_eq!(page.status, 422);
    let question = region(&page, "question");
    assert!(question.contains("I know that this drops the table orders; reaches everything that depends on them, too; deletes every row of"), "{question}");
    assert!(
        region(&page, "answer").contains("data-field=\"_sure\"") && !question.contains("<i>"),
        "{}",
        page.body
    );
    assert!(
        page.body.contains("drop table if exists orders cascade;"),
        "what was typed is kept: {}",
        page.body
    );
    assert_eq!(calls(&stage, operation).await, 1);

    let typed = "drop table if exists orders";
    let name = stage.projects().await.remove(0).name;
    let asked = browser.explore(operation, &[project, ("query", typed)]).await;
    let yes = sure(&asked);
    let changed = browser
        .explore(
            operation,
            &[project, ("query", "drop table if exists customers"), ("_sure", &yes)],
        )
        .await;
    assert_eq!(changed.status, 422);
    assert_ne!(sure(&changed), yes);
    assert_eq!(calls(&stage, operation).await, 1);
    let page = browser
        .explore(
            operation,
            &[project, ("query", typed), ("_sure", &yes), ("_confirm", &name)],
        )
        .await;
    assert_eq!(page.status, 200);
    assert!(
        !page.body.contains("name=\"_sure\""),
        "the next one is asked about anew"
    );
    assert_eq!(calls(&stage, operation).await, 2);

    // What only reads is not asked, and neither is what the page does not know a question for.
    let page = browser
        .explore("v1-read-only-query", &[project, ("query", "drop table orders")])
        .await;
    assert_eq!(page.status, 200);
}

#[tokio::test]
async fn files_and_fields_that_belong_nowhere_are_refused() {
    let (stage, mut browser, reference) = ready().await;
    let headers = [("accept", "text/html"), ("sec-fetch-site", "same-origin")];
    let fields = [("ref", reference.as_str()), ("name", "Shop")];
    let page = browser
        .explore_with("v1-update-a-project", &fields, &[("name", "a.txt", "x")], &headers)
        .await;
    assert_eq!(page.status, 422);
    assert!(region(&page, "answer").contains("takes no files"), "{}", page.body);
    let page = browser
        .explore("v1-update-a-project", &[fields[0], fields[1], ("_body", "{}")])
        .await;
    assert_eq!(page.status, 422);
    assert!(
        region(&page, "answer").contains("is no parameter of v1-update-a-project"),
        "{}",
        page.body
    );
    assert_eq!(calls(&stage, "v1-update-a-project").await, 0);
    // The document gives a limit of its own, from 1 to 100.
    let slug = stage.organizations().await.remove(0).slug;
    let operation = "v1-get-all-projects-for-organization";
    assert_eq!(browser.explore(operation, &[("slug", &slug)]).await.status, 200);
    let page = browser.explore(operation, &[("slug", &slug), ("limit", "101")]).await;
    assert_eq!(page.status, 422);
    assert!(region(&page, "answer").contains("1 to 100"), "{}", page.body);
}

#[tokio::test]
async fn a_form_that_is_not_right_names_its_field_and_keeps_the_rest() {
    let (stage, mut browser, reference) = ready().await;
    let page = browser
        .explore("v1-update-a-project", &[("ref", &reference), ("name", " ")])
        .await;
    assert_eq!(page.status, 422);
    let answer = region(&page, "answer");
    assert!(
        answer.contains("data-field=\"name\"") && answer.contains("Please fill this in"),
        "{answer}"
    );
    assert!(page.body.contains("aria-invalid=\"true\"") && page.body.contains(&format!("value=\"{reference}\"")));
    assert_eq!(calls(&stage, "v1-update-a-project").await, 0);
    let headers = [("accept", "text/html"), ("sec-fetch-site", "same-origin")];
    let unknown = browser.explore("v1-no-such-operation", &[]).await;
    assert_eq!(unknown.status, 404);
    let no_form = browser
        .request(
            reqwest::Method::POST,
            "/explorer/v1-get-project",
            &headers,
            Some(&[("ref", "x")]),
        )
        .await;
    assert_eq!(no_form.status, 400, "{}", no_form.body);
}

#[tokio::test]
async fn a_refusal_is_told_with_supabases_own_words() {
    let (stage, mut browser, reference) = ready().await;
    let page = browser
        .explore("v1-get-project", &[("ref", "aaaaaaaaaaaaaaaaaaaa")])
        .await;
    assert_eq!(page.status, 200, "the explorer itself is well");
    assert!(region(&page, "answer-line").contains("404 Not Found"), "{}", page.body);
    assert!(region(&page, "answer").contains("Not found"), "{}", page.body);
    stage
        .fault(json!({ "operation": "v1-get-project", "kind": "status", "code": 500 }))
        .await;
    let page = browser.explore("v1-get-project", &[("ref", &reference)]).await;
    let answer = region(&page, "answer");
    assert!(
        answer.contains("Supabase has a problem") && answer.contains("Event <"),
        "{answer}"
    );
    stage.clear_faults().await;
    stage
        .fault(json!({ "operation": "v1-get-project", "kind": "rate-limited", "seconds": 30 }))
        .await;
    let page = browser.explore("v1-get-project", &[("ref", &reference)]).await;
    assert!(region(&page, "answer-line").contains("429"), "{}", page.body);
}

#[tokio::test]
async fn an_answer_of_an_unknown_shape_is_shown_all_the_same() {
    let (stage, mut browser, reference) = ready().await;
    stage
        .fault(json!({ "operation": "v1-get-project", "kind": "wrong-shape", "times": 1 }))
        .await;
    let page = browser.explore("v1-get-project", &[("ref", &reference)]).await;
    assert!(region(&page, "answer-line").contains("200 OK"), "{}", page.body);
    assert!(
        region(&page, "answer").contains("aria-label=\"Answer as"),
        "{}",
        page.body
    );
}

#[tokio::test]
async fn the_sign_ins_operations_do_not_run_from_here() {
    let (stage, mut browser, _) = ready().await;
    for id in OperationId::ALL.iter().filter(|id| id.row().area == Area::Oauth) {
        let before = calls(&stage, id.as_str()).await;
        let page = browser
            .explore(id.as_str(), &[("client_id", "a"), ("client_secret", "hunter2")])
            .await;
        assert_eq!(page.status, 422, "{id}");
        assert!(page.body.contains("belongs to the sign-in"), "{id}: {}", page.body);
        assert!(!page.body.contains("hunter2"), "{id}");
        assert_eq!(calls(&stage, id.as_str()).await, before, "{id}");
    }
}

#[tokio::test]
async fn a_secret_is_shown_to_whoever_asks_for_it_and_that_is_written_down() {
    // The legacy keys are JWTs.
    const KEY: &str = "eyJ";
    let (stage, mut browser, reference) = ready().await;
    let operation = "v1-get-project-api-keys";
    let mut run = async |secret: &'static str| {
        let fields = [("ref", reference.as_str()), ("reveal", "true"), ("_reveal", secret)];
        browser.explore(operation, &fields).await
    };
    let hidden = run("").await;
    let answer = region(&hidden, "answer");
    assert!(
        answer.contains("[secret]") && answer.contains("Secrets are taken out"),
        "{answer}"
    );
    assert!(!answer.contains(KEY), "{answer}");

    let shown = run("api_key").await;
    let answer = region(&shown, "answer");
    assert!(answer.contains(KEY) && answer.contains("You asked to see"), "{answer}");
    assert_eq!(shown.header("cache-control"), "no-store");
    assert_eq!(calls(&stage, operation).await, 2);

    // Only what the catalogue knows as a secret of this very answer.
    let other = run("root_key").await;
    assert_eq!(other.status, 422);
    assert!(
        region(&other, "answer").contains("data-field=\"_reveal\""),
        "{}",
        other.body
    );
    assert_eq!(calls(&stage, operation).await, 2);

    let audit = browser.get("/audit.jsonl?through=explorer").await.body;
    assert_eq!(audit.matches("listed the API keys").count(), 2, "{audit}");
    assert_eq!(audit.matches("and asked to see api_key").count(), 1, "{audit}");
    assert!(!audit.contains(KEY), "{audit}");

    // Each time anew, and nothing to ask for where there is no secret.
    let page = browser.get(&format!("/explorer/{operation}")).await;
    assert!(page.body.contains("name=\"_reveal\""), "{}", page.body);
    assert!(
        !browser
            .get("/explorer/v1-get-project")
            .await
            .body
            .contains("name=\"_reveal\"")
    );
}

#[tokio::test]
async fn somebody_signed_out_is_led_to_the_sign_in() {
    let (stage, mut browser, reference) = ready().await;
    let page = stage.browser().get("/explorer/v1-get-project").await;
    assert!(
        page.location()
            .starts_with("/sign-in?return_to=%2Fexplorer%2Fv1-get-project"),
        "{}",
        page.location()
    );
    let page = stage.browser().explore("v1-get-project", &[("ref", &reference)]).await;
    assert_eq!(page.status, 303);
    assert!(page.location().starts_with("/sign-in"), "{}", page.location());
    stage.control("grants/revoke").await;
    let page = browser.explore("v1-get-project", &[("ref", &reference)]).await;
    assert_eq!(page.status, 303);
    assert_eq!(
        page.location(),
        "/sign-in?problem=revoked&return_to=%2Fexplorer%2Fv1-get-project"
    );
}

#[tokio::test]
async fn another_site_runs_nothing() {
    let (stage, mut browser, _) = ready().await;
    for headers in [
        [("accept", "text/html"), ("sec-fetch-site", "cross-site")],
        [("accept", "text/html"), ("origin", "https://evil.example")],
    ] {
        let page = browser
            .explore_with("v1-create-an-organization", &[("name", "Evil")], &[], &headers)
            .await;
        assert_eq!(page.status, 403, "{headers:?}");
    }
    assert_eq!(calls(&stage, "v1-create-an-organization").await, 0);
}
