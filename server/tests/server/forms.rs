//! /do/<operation-id>, with JavaScript and without.

use reqwest::Method;
use serde_json::json;

use crate::{browser::IN_PLACE_HEADER, stage::Stage};

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
async fn a_form_in_its_place_is_told_what_came_of_it() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    let fields = [("name", "Harbour"), ("_next", "/organizations/{slug}")];
    let done = browser.post_in_place("/do/v1-create-an-organization", &fields).await;
    assert_eq!(done.status, 200);
    let made = stage.organizations().await.pop().unwrap();
    assert_eq!(made.name, "Harbour");
    let next = done.leads_on();
    let page = format!("/organizations/{}?notice=", made.slug);
    assert_eq!(next.strip_prefix(&page).map(str::len), Some(32), "{next}");
    let page = browser.get(next).await;
    assert!(page.body.contains("Created the organization Harbour."), "{}", page.body);

    let failed = browser
        .post_in_place("/do/v1-create-an-organization", &[("name", "fail-409")])
        .await;
    assert_eq!(failed.status, 409);
    let what = failed.problem();
    assert_eq!(
        (what.title.as_str(), what.field, what.question),
        ("Supabase refused this", None, None)
    );
    assert!(!failed.body.contains("<main"), "only what went wrong is drawn");
    let invalid = browser.post_in_place("/do/v1-create-an-organization", &[]).await;
    let what = invalid.problem();
    assert_eq!(
        (invalid.status.as_u16(), what.field.as_deref(), what.text.as_str()),
        (422, Some("name"), "Please fill this in: name.")
    );
}

#[tokio::test]
async fn a_form_in_its_place_is_told_whoever_refuses_it() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    let path = "/do/v1-create-an-organization";
    let same_origin = ("sec-fetch-site", "same-origin");
    let harbour: &[(&str, &str)] = &[("name", "Harbour")];
    let large = "a".repeat(1024 * 1024 + 1);

    let elsewhere = [IN_PLACE_HEADER, ("sec-fetch-site", "cross-site")];
    let refused = browser.request(Method::POST, path, &elsewhere, Some(harbour)).await;
    assert_eq!(refused.status, 403);
    assert_eq!(refused.problem().title, "This form was sent from another site");
    let refused = browser.post_in_place(path, &[("name", &large)]).await;
    assert_eq!(
        (refused.status.as_u16(), refused.problem().title.as_str()),
        (413, "This is too much")
    );
    let no_form = [IN_PLACE_HEADER, same_origin, ("content-type", "text/plain")];
    let refused = browser.request(Method::POST, path, &no_form, None).await;
    assert_eq!(
        (refused.status.as_u16(), refused.problem().title.as_str()),
        (415, "Steward did not understand this form")
    );
    assert_eq!(stage.organizations().await.len(), 1, "nothing was made");

    stage.steward.state.store.close().await;
    let failed = browser.post_in_place(path, harbour).await;
    assert_eq!(failed.status, 503);
    assert!(failed.problem().text.contains("Its database did not answer"));
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
        ("_sure", "true"),
        ("_back", "/projects/new?organization=x"),
        ("_next", "/projects/{ref}"),
    ];
    let page = browser.post("/do/v1-create-a-project", &fields).await;
    assert_eq!((page.status.as_u16(), page.location().as_str()), (409, ""));
    assert!(
        page.body.contains("<h1><bdi>New project") && page.body.contains("</html>"),
        "{}",
        page.body
    );
    assert!(page.body.contains("fail-409"));
    assert!(page.body.contains("Supabase refused this"), "{}", page.body);
    assert!(!page.body.contains("a-password-nobody-sees"));
    // Nothing of it is kept: the page itself knows nothing of it.
    let page = browser.get("/projects/new?organization=x").await;
    assert!(!page.body.contains("fail-409"));
}

#[tokio::test]
async fn a_failed_form_without_a_page_is_answered_by_the_explorers() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    for back in [
        "/nowhere",
        "/audit.csv",
        "/projects/<h1>",
        "https://evil.example/",
        "/projects/a%2Fb",
    ] {
        let fields = [("ref", "abcdefghijklmnopqrst"), ("name", ""), ("_back", back)];
        let page = browser.post("/do/v1-update-a-project", &fields).await;
        assert_eq!(page.status, 422, "{back}");
        assert!(
            page.body.contains("v1-update-a-project") && page.body.contains("abcdefghijklmnopqrst"),
            "{back}"
        );
        assert!(!page.body.contains("<h1>\""), "{back}");
        assert!(
            page.body.contains("class=\"form-problem\"><div"),
            "{back}: {}",
            page.body
        );
    }
    // What belongs to no field is told as well.
    let gone = [
        ("ref", "abcdefghijklmnopqrst"),
        ("name", "New name"),
        ("_back", "/nowhere"),
    ];
    let page = browser.post("/do/v1-update-a-project", &gone).await;
    assert_eq!(page.status, 404);
    assert!(page.body.contains("class=\"form-problem\"><div"), "{}", page.body);
    let page = browser.post("/do/v1-juggle", &[("_back", "/projects")]).await;
    assert_eq!(page.status, 422);
    assert!(page.body.contains("did not understand this form"), "{}", page.body);
}

#[tokio::test]
async fn only_the_form_that_was_sent_says_what_is_wrong() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    let project = stage.projects().await.remove(0);
    let back = app::paths::project_settings(&project.reference);
    let fields = [
        ("ref", project.reference.as_str()),
        ("_back", back.as_str()),
        ("_form", "another"),
    ];
    let page = browser.post("/do/v1-pause-a-project", &fields).await;
    assert_eq!(page.status, 422);
    assert!(!page.body.contains("Please confirm"), "{}", page.body);
}

#[tokio::test]
async fn lengths_are_checked_before_anything_is_sent() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    let long = "a".repeat(257);
    for name in ["", "   ", &long] {
        let answer = browser
            .post_in_place("/do/v1-create-an-organization", &[("name", name)])
            .await;
        assert_eq!(
            (answer.status.as_u16(), answer.problem().field.as_deref()),
            (422, Some("name"))
        );
    }
    assert_eq!(
        stage.world().await["counters"]["calls"].get("v1-create-an-organization"),
        None
    );
    let longest = "\u{1f6a2}".repeat(256);
    let answer = browser
        .post_in_place("/do/v1-create-an-organization", &[("name", &longest)])
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
        let answer = browser
            .post_in_place(&format!("/do/{operation}"), &[("ref", "x")])
            .await;
        assert_eq!(
            (answer.status.as_u16(), answer.problem().title.as_str()),
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
    let spaced = [format!(" {name}"), format!("{name} "), format!("{name}\n")];
    let wrong = [
        "",
        " ",
        "yes",
        reference,
        &name.to_uppercase(),
        &spaced[0],
        &spaced[1],
        &spaced[2],
    ];
    for typed in wrong {
        let fields = [("ref", reference), ("_confirm", typed)];
        let answer = browser.post_in_place("/do/v1-delete-a-project", &fields).await;
        assert_eq!(
            (answer.status.as_u16(), answer.problem().field.as_deref()),
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
    let headers = [IN_PLACE_HEADER, headers[1], headers[2]];
    let answer = stage
        .browser()
        .request(Method::POST, "/do/v1-create-an-organization", &headers, Some(&fields))
        .await;
    assert_eq!(answer.status, 401);
    assert_eq!(answer.leads_on(), sign_in);

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
        assert_eq!(answer.leads_on(), revoked);
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
    let answer = browser.post_in_place(&format!("/do/{operation}"), &fields).await;
    assert_eq!(answer.status, 200);
    let next = answer.leads_on();
    assert!(next.starts_with("/organizations?notice="), "{next}");
}

/// Calls of `operation` that the sandbox has got.
async fn calls(stage: &Stage, operation: &str) -> u64 {
    let world = stage.world().await;
    world["counters"]["calls"][operation].as_u64().unwrap_or_default()
}

#[tokio::test]
async fn a_project_whose_name_cannot_be_seen_is_confirmed_by_its_ref() {
    for name in ["", "   ", "\u{200b}\u{a0}"] {
        let stage = Stage::with(json!({ "organizations": 1, "names": [name] }), &[]).await;
        let mut browser = stage.signed_in().await;
        let project = stage.projects().await.remove(0);
        assert_eq!(project.name, name);
        let reference = project.reference.as_str();
        let page = browser.get(&app::paths::project_settings(reference)).await;
        assert!(page.body.contains("Ref of the project"), "{}", page.body);
        for typed in [None, Some(""), Some(name), Some("   ")] {
            let mut fields = vec![("ref", reference)];
            fields.extend(typed.map(|typed| ("_confirm", typed)));
            let answer = browser.post_in_place("/do/v1-delete-a-project", &fields).await;
            let what = answer.problem();
            assert_eq!(
                (answer.status.as_u16(), what.field.as_deref()),
                (422, Some("_confirm")),
                "{typed:?}"
            );
            assert!(what.text.contains(reference), "{}", what.text);
        }
        assert_eq!(calls(&stage, "v1-delete-a-project").await, 0);
        let fields = [("ref", reference), ("_confirm", reference)];
        assert_eq!(
            browser.post_in_place("/do/v1-delete-a-project", &fields).await.status,
            200
        );
        assert_eq!(calls(&stage, "v1-delete-a-project").await, 1);
    }
}

#[tokio::test]
async fn what_costs_stops_or_opens_something_is_asked_about_by_every_form() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    let reference = stage.projects().await.remove(0).reference;
    let slug = stage.organizations().await.remove(0).slug;
    let project = ("ref", reference.as_str());
    let new = vec![
        ("organization_slug", slug.as_str()),
        ("name", "Shop"),
        ("db_pass", "hunter2hunter2"),
        ("region", "eu-central-1"),
    ];
    for (operation, fields, told) in [
        ("v1-create-a-project", new, "changes what the organization pays"),
        ("v1-pause-a-project", vec![project], "stops the project"),
        (
            "v1-create-project-api-key",
            vec![project, ("type", "secret"), ("name", "robot")],
            "passes over row level security",
        ),
        (
            "v1-create-project-claim-token",
            vec![project],
            "take the project into an organization",
        ),
        (
            "v1-update-project-legacy-api-keys",
            vec![project, ("enabled", "false")],
            "still uses them is cut off",
        ),
    ] {
        for unsure in [
            vec![],
            vec![("_sure", "")],
            vec![("_sure", "yes")],
            vec![("_confirm", "true")],
        ] {
            let all: Vec<_> = fields.iter().copied().chain(unsure).collect();
            let answer = browser.post_in_place(&format!("/do/{operation}"), &all).await;
            let what = answer.problem();
            assert_eq!(
                (answer.status.as_u16(), what.field.as_deref()),
                (422, Some("_sure")),
                "{operation}"
            );
            assert!(what.text.contains(told), "{operation}: {}", what.text);
            // The form has the box already.
            assert_eq!(what.question, None);
        }
        assert_eq!(calls(&stage, operation).await, 0);
        let sure: Vec<_> = fields.into_iter().chain([("_sure", "true")]).collect();
        let answer = browser.post_in_place(&format!("/do/{operation}"), &sure).await;
        assert_eq!(calls(&stage, operation).await, 1, "{operation}: {}", answer.body);
    }
    // The console's own forms carry the box.
    for (page, told) in [
        (
            app::paths::NEW_PROJECT.to_owned(),
            "I know that this changes what the organization pays",
        ),
        (
            app::paths::project_settings(&stage.projects().await.remove(1).reference),
            "I know that this stops the project",
        ),
    ] {
        let drawn = browser.get(&page).await;
        assert!(
            drawn.body.contains(told) && drawn.body.contains("name=\"_sure\""),
            "{page}: {}",
            drawn.body
        );
    }
}

#[tokio::test]
async fn a_yes_holds_for_the_text_that_was_asked_about() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    let projects = stage.projects().await;
    let (one, other) = (projects[0].reference.as_str(), projects[1].reference.as_str());
    let (path, drop) = ("/do/v1-run-a-query", "drop table if exists orders");
    let asked = browser.post_in_place(path, &[("ref", one), ("query", drop)]).await;
    let what = asked.problem();
    assert_eq!((asked.status.as_u16(), what.field.as_deref()), (422, Some("_sure")));
    let question = what.question.unwrap();
    assert_eq!(question.does(), "drops the table orders");
    let sure = ("_sure", question.ticks[0].sure.as_str());
    // Another text, another place, or a yes to something else.
    for fields in [
        [("ref", one), ("query", "drop table if exists orders;"), sure],
        [("ref", one), ("query", "drop table if exists orders, customers"), sure],
        [("ref", other), ("query", drop), sure],
        [("ref", one), ("query", drop), ("_sure", "true")],
        [("ref", one), ("query", drop), ("_confirm", &projects[0].name)],
        // Rows are lost, so the project's name is typed as well.
        [("ref", one), ("query", drop), sure],
    ] {
        let answer = browser.post_in_place(path, &fields).await;
        assert_eq!(
            (answer.status.as_u16(), answer.problem().field.as_deref()),
            (422, Some("_sure")),
            "{fields:?}"
        );
    }
    assert_eq!(calls(&stage, "v1-run-a-query").await, 0);
    let answer = browser
        .post_in_place(
            path,
            &[("ref", one), ("query", drop), sure, ("_confirm", &projects[0].name)],
        )
        .await;
    assert_ne!(answer.status, 422, "{}", answer.body);
    assert_eq!(calls(&stage, "v1-run-a-query").await, 1);
    // A plain select is not asked about, whatever it says.
    let answer = browser
        .post_in_place(path, &[("ref", one), ("query", "select 'drop table orders'")])
        .await;
    assert_ne!(answer.status, 422, "{}", answer.body);
    assert_eq!(calls(&stage, "v1-run-a-query").await, 2);
}

#[tokio::test]
async fn without_scripts_the_question_comes_back_with_the_page() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    let reference = stage.projects().await.remove(0).reference;
    let page = app::paths::project_settings(&reference);
    let fields = [("ref", reference.as_str()), ("_back", page.as_str())];
    let drawn = browser.post("/do/v1-pause-a-project", &fields).await;
    assert_eq!(drawn.status, 422);
    assert!(
        drawn.body.contains("Please confirm") && drawn.body.contains("Nothing was done. This stops the project"),
        "{}",
        drawn.body
    );
    assert_eq!(calls(&stage, "v1-pause-a-project").await, 0);
}

#[tokio::test]
async fn opening_and_closing_the_database_is_asked_about_in_words() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    let reference = stage.projects().await.remove(0).reference;
    let (path, project) = ("/do/v1-update-network-restrictions", ("ref", reference.as_str()));
    let (v4, v6) = ("dbAllowedCidrs", "dbAllowedCidrsV6");
    for (fields, told) in [
        (
            vec![project, (v4, "0.0.0.0/0"), (v6, "::/0")],
            "lets anybody on the internet reach the database",
        ),
        (vec![project], "closes the database: no address"),
        (vec![project, (v4, "203.0.113.0/24")], "closes the database to IPv6"),
    ] {
        // A yes to what is always asked is none to this.
        for sure in [None, Some(("_sure", "true"))] {
            let all: Vec<_> = fields.iter().copied().chain(sure).collect();
            let answer = browser.post_in_place(path, &all).await;
            let question = answer.problem().question.unwrap();
            assert!(question.does().contains(told), "{}", question.does());
        }
    }
    assert_eq!(calls(&stage, "v1-update-network-restrictions").await, 0);
    let fields = [
        project,
        (v4, "203.0.113.0/24"),
        (v6, "2001:db8::/32"),
        ("_sure", "true"),
    ];
    browser.post_in_place(path, &fields).await;
    assert_eq!(calls(&stage, "v1-update-network-restrictions").await, 1);
    // The last range that is taken away closes, which only the ranges that are there can tell.
    let last = [project, ("remove.dbAllowedCidrsV6", "2001:db8::/32"), ("_sure", "true")];
    let answer = browser.post_in_place("/do/v1-patch-network-restrictions", &last).await;
    let question = answer.problem().question.unwrap();
    assert!(
        question.does().contains("closes the database to IPv6"),
        "{}",
        question.does()
    );
    assert_eq!(calls(&stage, "v1-patch-network-restrictions").await, 0);
}

#[tokio::test]
async fn what_the_operation_does_not_know_is_refused_and_never_dropped() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    let reference = stage.projects().await.remove(0).reference;
    let (path, project) = ("/do/v1-update-auth-service-config", ("ref", reference.as_str()));
    for (fields, field) in [
        (vec![("sitee_url", "https://a.example")], "sitee_url"),
        (vec![("_unknown", "x")], "_unknown"),
        (vec![("_reveal", "smtp_pass")], "_reveal"),
        (vec![("_body", "{\"sitee_url\": \"https://a.example\"}")], "_body"),
        (vec![("_body", "{\"jwt_exp\": -1}")], "_body"),
        (vec![("smtp_pass", "[secret]")], "smtp_pass"),
        (
            vec![("site_url", "https://a.example"), ("site_url", "https://b.example")],
            "site_url",
        ),
    ] {
        let all: Vec<_> = fields.iter().copied().chain([project, ("_sure", "true")]).collect();
        let answer = browser.post_in_place(path, &all).await;
        let what = answer.problem();
        assert_eq!(
            (answer.status.as_u16(), what.field.as_deref()),
            (422, Some(field)),
            "{fields:?}: {}",
            what.text
        );
    }
    assert_eq!(calls(&stage, "v1-update-auth-service-config").await, 0);
    // A parameter is one, even where the page's form holds it in a field of many.
    let fields = [project, ("site_url", "https://a.example"), ("_sure", "true")];
    let answer = browser.post_in_place(path, &fields).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    let read = browser.explore("v1-get-auth-service-config", &[project]).await;
    assert!(read.body.contains("https://a.example"), "{}", read.body);
}
