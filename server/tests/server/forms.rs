//! /do/<operation-id>, with JavaScript and without.

use app::outcome::{FormOutcome, Problem};
use reqwest::Method;
use serde_json::json;

use crate::{browser::Page, stage::Stage};

#[tokio::test]
async fn a_form_creates_and_leads_on_to_what_it_made() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    let fields = [
        ("name", "  Harbour \u{1f6a2} <b>Labs</b>  "),
        ("_next", "/organizations/{slug}"),
        ("_back", "/organizations/new"),
    ];
    let done = browser.post("/do/v1-create-an-organization", &fields).await;
    assert_eq!(done.status, 303);
    let (page, notice) = done
        .location()
        .split_once("?notice=")
        .map(|(a, b)| (a.to_owned(), b.to_owned()))
        .unwrap();
    let world = stage.world().await;
    let made = world["organizations"]
        .as_array()
        .unwrap()
        .iter()
        .find(|o| o["name"] == "Harbour \u{1f6a2} <b>Labs</b>");
    assert_eq!(
        page,
        format!("/organizations/{}", made.unwrap()["slug"].as_str().unwrap())
    );
    assert_eq!(notice.len(), 32);

    let drawn = browser.get(&done.location()).await;
    assert!(
        drawn.body.contains("Created the organization Harbour"),
        "{}",
        drawn.body
    );
    assert!(!drawn.body.contains("<b>Labs</b>"));
    let again = browser.get(&done.location()).await;
    assert!(
        again.body.contains("Created the organization Harbour"),
        "the page may be loaded again"
    );
    let mut another = stage.signed_in().await;
    let elsewhere = another.get(&done.location()).await;
    assert!(
        !elsewhere.body.contains("Created the organization Harbour"),
        "a notice is its own person's"
    );
}

#[tokio::test]
async fn a_script_reads_what_came_of_a_form() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    let fields = [("name", "Harbour"), ("_next", "/organizations/{slug}")];
    let done = browser.post_json("/do/v1-create-an-organization", &fields).await;
    assert_eq!(done.status, 200);
    let made = stage.organizations().await.pop().unwrap();
    assert_eq!(made.name, "Harbour");
    let FormOutcome::Done { next } = outcome(&done) else {
        panic!("{}", done.body)
    };
    let page = format!("/organizations/{}?notice=", made.slug);
    assert_eq!(next.strip_prefix(&page).map(str::len), Some(32), "{next}");
    assert_eq!(done.json(), json!({ "outcome": "done", "next": next }));
    let page = browser.get(&next).await;
    assert!(page.body.contains("Created the organization Harbour."), "{}", page.body);

    let failed = browser
        .post_json("/do/v1-create-an-organization", &[("name", "fail-409")])
        .await;
    assert_eq!(failed.status, 409);
    let what = problem(&failed);
    assert_eq!((what.title.as_str(), what.field), ("Supabase refused this", None));
    assert_eq!(
        failed.json(),
        json!({ "outcome": "failed", "problem": { "title": what.title, "text": what.text, "field": null } })
    );
    let invalid = browser.post_json("/do/v1-create-an-organization", &[]).await;
    let what = problem(&invalid);
    assert_eq!(
        (invalid.status.as_u16(), what.field.as_deref(), what.text.as_str()),
        (422, Some("name"), "Please fill this in: name.")
    );
}

/// What the island makes of an answer, whatever its status.
fn outcome(answer: &Page) -> FormOutcome {
    assert_eq!(answer.header("content-type"), "application/json", "{}", answer.body);
    serde_json::from_str(&answer.body).unwrap_or_else(|error| panic!("{error}: {}", answer.body))
}

fn problem(answer: &Page) -> Problem {
    match outcome(answer) {
        FormOutcome::Failed { problem } => problem,
        FormOutcome::Done { .. } | FormOutcome::SignedOut { .. } => panic!("{}", answer.body),
    }
}

#[tokio::test]
async fn a_script_reads_an_outcome_whoever_refuses_the_form() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    let path = "/do/v1-create-an-organization";
    let json = ("accept", "application/json");
    let same_origin = ("sec-fetch-site", "same-origin");
    let harbour: &[(&str, &str)] = &[("name", "Harbour")];
    let large = "a".repeat(1024 * 1024 + 1);

    let elsewhere = [json, ("sec-fetch-site", "cross-site")];
    let refused = browser.request(Method::POST, path, &elsewhere, Some(harbour)).await;
    assert_eq!(refused.status, 403);
    assert_eq!(problem(&refused).title, "This form was sent from another site");
    let refused = browser.post_json(path, &[("name", &large)]).await;
    assert_eq!(
        (refused.status.as_u16(), problem(&refused).title.as_str()),
        (413, "This is too much")
    );
    let no_form = [json, same_origin, ("content-type", "text/plain")];
    let refused = browser.request(Method::POST, path, &no_form, None).await;
    assert_eq!(
        (refused.status.as_u16(), problem(&refused).title.as_str()),
        (415, "Steward did not understand this form")
    );
    assert_eq!(stage.organizations().await.len(), 1, "nothing was made");

    stage.steward.state.store.close().await;
    let failed = browser.post_json(path, harbour).await;
    assert_eq!(failed.status, 503);
    assert!(problem(&failed).text.contains("Its database did not answer"));
}

#[tokio::test]
async fn a_failed_form_comes_back_filled_in_but_for_secrets() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    let slug = stage.world().await["organizations"][0]["slug"]
        .as_str()
        .unwrap()
        .to_owned();
    let fields = [
        ("organization_slug", slug.as_str()),
        ("name", "fail-409"),
        ("db_pass", "a-password-nobody-sees"),
        ("region", "eu-central-1"),
        ("_back", "/projects/new?organization=x"),
        ("_next", "/projects/{ref}"),
    ];
    let failed = browser.post("/do/v1-create-a-project", &fields).await;
    assert!(
        failed.location().starts_with("/projects/new?organization=x&notice="),
        "{}",
        failed.location()
    );
    let page = browser.get(&failed.location()).await;
    assert_eq!(page.status, 200);
    assert!(page.body.contains("fail-409"));
    assert!(!page.body.contains("a-password-nobody-sees"));
}

#[tokio::test]
async fn lengths_are_checked_before_anything_is_sent() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    let long = "a".repeat(257);
    for name in ["", "   ", &long] {
        let answer = browser
            .post_json("/do/v1-create-an-organization", &[("name", name)])
            .await;
        assert_eq!(
            (answer.status.as_u16(), problem(&answer).field.as_deref()),
            (422, Some("name"))
        );
    }
    assert_eq!(
        stage.world().await["counters"]["calls"].get("v1-create-an-organization"),
        None
    );
    let longest = "\u{1f6a2}".repeat(256);
    let answer = browser
        .post_json("/do/v1-create-an-organization", &[("name", &longest)])
        .await;
    assert_ne!(answer.status, 422);
}

#[tokio::test]
async fn only_writes_of_the_catalogue_can_be_sent() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    for operation in [
        "v1-list-all-projects",
        "v1-revoke-token",
        "v1-exchange-oauth-token",
        "no-such-thing",
    ] {
        let answer = browser.post_json(&format!("/do/{operation}"), &[("ref", "x")]).await;
        assert_eq!(
            (answer.status.as_u16(), problem(&answer).title.as_str()),
            (422, "Something is not right yet"),
            "{operation}"
        );
    }
    assert_eq!(browser.get("/do/v1-pause-a-project").await.status, 405);
}

#[tokio::test]
async fn destroying_takes_the_name_of_the_thing() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    let world = stage.world().await;
    let project = &world["projects"][0];
    let (reference, name) = (project["ref"].as_str().unwrap(), project["name"].as_str().unwrap());
    for typed in ["", "yes", reference, &name.to_uppercase()] {
        let fields = [("ref", reference), ("_confirm", typed)];
        let answer = browser.post_json("/do/v1-delete-a-project", &fields).await;
        assert_eq!(
            (answer.status.as_u16(), problem(&answer).field.as_deref()),
            (422, Some("_confirm")),
            "{typed}"
        );
    }
    assert_eq!(stage.projects().await.len(), 3);
    let fields = [("ref", reference), ("_confirm", name), ("_next", "/projects")];
    let answer = browser.post("/do/v1-delete-a-project", &fields).await;
    assert!(
        answer.location().starts_with("/projects?notice="),
        "{}",
        answer.location()
    );
    let status = stage.world().await["projects"]
        .as_array()
        .unwrap()
        .iter()
        .find(|p| p["ref"] == reference)
        .map(|p| p["status"].clone());
    assert!(status.is_none() || status == Some(json!("GOING_DOWN")), "{status:?}");
}

#[tokio::test]
async fn where_a_form_leads_is_always_here() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    for elsewhere in ["https://evil.example", "//evil.example", "/\\evil.example", "/{name}/x"] {
        let fields = [("name", "/evil.example"), ("_next", elsewhere), ("_back", elsewhere)];
        let done = browser.post("/do/v1-create-an-organization", &fields).await;
        let location = done.location();
        assert!(
            location.starts_with("/?notice=") || location.starts_with("/%2Fevil.example/x?notice="),
            "{location}"
        );
    }
    let headers = [
        ("accept", "text/html"),
        ("referer", "https://evil.example/organizations?x=1"),
        ("sec-fetch-site", "same-origin"),
    ];
    let done = browser
        .request(
            Method::POST,
            "/do/v1-create-an-organization",
            &headers,
            Some(&[("name", "A")]),
        )
        .await;
    assert!(
        done.location().starts_with("/organizations?x=1&notice="),
        "only the path of the Referer counts"
    );
}

#[tokio::test]
async fn a_form_of_somebody_signed_out_leads_to_the_sign_in() {
    let stage = Stage::new().await;
    let referer = stage.url("/organizations/new");
    let headers = [
        ("accept", "text/html"),
        ("referer", referer.as_str()),
        ("sec-fetch-site", "same-origin"),
    ];
    let fields = [("name", "A")];
    let answer = stage
        .browser()
        .request(Method::POST, "/do/v1-create-an-organization", &headers, Some(&fields))
        .await;
    let sign_in = "/sign-in?return_to=%2Forganizations%2Fnew";
    assert_eq!((answer.status.as_u16(), answer.location().as_str()), (303, sign_in));
    let headers = [("accept", "application/json"), headers[1], headers[2]];
    let answer = stage
        .browser()
        .request(Method::POST, "/do/v1-create-an-organization", &headers, Some(&fields))
        .await;
    assert_eq!(answer.status, 401);
    assert_eq!(answer.json(), json!({ "outcome": "signed_out", "sign_in": sign_in }));

    let mut browser = stage.signed_in().await;
    stage.control("grants/revoke").await;
    let fields = [("name", "A"), ("_back", "/organizations/new")];
    let revoked = sign_in.replace('?', "?problem=revoked&");
    // The first one finds out, the second one is turned away for it.
    for _ in 0..2 {
        let answer = browser
            .request(Method::POST, "/do/v1-create-an-organization", &headers, Some(&fields))
            .await;
        assert_eq!(answer.status, 401);
        assert_eq!(answer.json(), json!({ "outcome": "signed_out", "sign_in": revoked }));
    }
    let mut browser = stage.signed_in().await;
    stage.control("grants/revoke").await;
    let answer = browser.post("/do/v1-create-an-organization", &fields).await;
    assert_eq!((answer.status.as_u16(), answer.location()), (303, revoked));
}

#[tokio::test]
async fn a_write_whose_answer_cannot_be_read_was_done_all_the_same() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    let operation = "v1-create-an-organization";
    stage
        .fault(json!({ "operation": operation, "kind": "wrong-shape", "times": 1 }))
        .await;
    let fields = [
        ("name", "Harbour"),
        ("_next", "/organizations/{slug}"),
        ("_back", "/organizations"),
    ];
    let answer = browser.post_json(&format!("/do/{operation}"), &fields).await;
    assert_eq!(answer.status, 200);
    match outcome(&answer) {
        FormOutcome::Done { next } => assert!(next.starts_with("/organizations?notice="), "{next}"),
        other => panic!("{other:?}"),
    }
}
