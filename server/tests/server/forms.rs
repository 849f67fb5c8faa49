//! /do/<operation-id>, with JavaScript and without.

use serde_json::json;

use crate::stage::Stage;

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
async fn the_hydrated_page_gets_json() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    let fields = [("name", "Harbour"), ("_next", "/organizations/{slug}")];
    let done = browser.post_json("/do/v1-create-an-organization", &fields).await;
    assert_eq!(done.status, 200);
    let outcome = done.json();
    assert_eq!(
        (&outcome["outcome"], &outcome["message"]),
        (&json!("done"), &json!("Created the organization Harbour."))
    );
    assert!(outcome["next"].as_str().unwrap().starts_with("/organizations/"));

    let failed = browser
        .post_json("/do/v1-create-an-organization", &[("name", "fail-409")])
        .await;
    assert_eq!(
        (failed.status.as_u16(), &failed.json()["error"]["kind"]),
        (409, &json!("refused"))
    );
    let invalid = browser.post_json("/do/v1-create-an-organization", &[]).await;
    assert_eq!(
        (invalid.status.as_u16(), &invalid.json()["error"]["field"]),
        (422, &json!("name"))
    );
    let signed_out = stage
        .browser()
        .post_json("/do/v1-create-an-organization", &fields)
        .await;
    assert_eq!(
        (signed_out.status.as_u16(), &signed_out.json()["kind"]),
        (401, &json!("signed_out"))
    );
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
            (answer.status.as_u16(), &answer.json()["error"]["field"]),
            (422, &json!("name"))
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
            (answer.status.as_u16(), &answer.json()["error"]["kind"]),
            (422, &json!("invalid")),
            "{operation}"
        );
    }
    // And the other way round: what reads does not write.
    let answer = browser.read("v1-delete-a-project", json!({ "ref": "x" })).await;
    assert!(answer.body.contains("must be sent as a form"), "{}", answer.body);
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
            (answer.status.as_u16(), &answer.json()["error"]["field"]),
            (422, &json!("_confirm")),
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
            reqwest::Method::POST,
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
        .request(
            reqwest::Method::POST,
            "/do/v1-create-an-organization",
            &headers,
            Some(&fields),
        )
        .await;
    assert_eq!(answer.location(), "/sign-in?return_to=%2Forganizations%2Fnew");

    let mut browser = stage.signed_in().await;
    stage.control("grants/revoke").await;
    let answer = browser
        .post(
            "/do/v1-create-an-organization",
            &[("name", "A"), ("_back", "/organizations/new")],
        )
        .await;
    assert_eq!(
        answer.location(),
        "/sign-in?return_to=%2Forganizations%2Fnew&problem=revoked"
    );
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
    assert_eq!(
        (answer.status.as_u16(), &answer.json()["next"]),
        (200, &json!("/organizations"))
    );
}
