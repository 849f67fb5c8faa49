//! The audit: its pages, who sees what, and its files.

use app::paths;
use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::{browser::Browser, stage::Stage};

/// A browser in which the person at this place in the world is signed in: Ada, Grace, Alan, Katherine, Emmy.
pub async fn signed_in_as(stage: &Stage, person: usize) -> Browser {
    let world = stage.world().await;
    let pat = world["people"][person]["pat"].as_str().unwrap();
    let mut browser = stage.browser();
    let answer = browser
        .post("/sign-in/token", &[("token", pat), ("return_to", "/healthz")])
        .await;
    assert_eq!(answer.location(), "/healthz", "{}", answer.body);
    browser
}

async fn rename(browser: &mut Browser, reference: &str, name: &str) {
    let answer = browser
        .post_in_place("/do/v1-update-a-project", &[("ref", reference), ("name", name)])
        .await;
    assert_eq!(answer.status, 200, "{}", answer.body);
}

/// The calls in the file of JSON lines, the newest first.
async fn lines(browser: &mut Browser, choices: &str) -> Vec<Value> {
    let file = browser.get(&format!("/audit.jsonl?{choices}")).await;
    assert_eq!(file.status, 200, "{}", file.body);
    file.body
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn sentences(lines: &[Value]) -> Vec<&str> {
    lines.iter().map(|line| line["sentence"].as_str().unwrap()).collect()
}

/// The page's text without its tags.
fn text(html: &str) -> String {
    let pieces = html
        .split('<')
        .map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text));
    pieces.collect()
}

#[tokio::test]
async fn a_call_stands_in_the_audit_in_plain_words() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    let project = stage.projects().await.remove(0);
    // From here on the console knows the project's name.
    browser.get("/projects").await.assert_complete();
    rename(&mut browser, &project.reference, "Harbour").await;

    let page = browser.get("/audit?effect=changes").await;
    page.assert_complete();
    let sentence = format!(
        "ada@example.com renamed the project {} ({}) to Harbour",
        project.name, project.reference
    );
    assert!(text(&page.body).contains(&sentence), "{}", page.body);
    // Names stand out, and those of the place lead there.
    let link = format!("<a href=\"{}\"><bdi>Harbour", app::paths::project(&project.reference));
    assert!(page.body.contains(&link), "{}", page.body);
    assert!(
        page.body.contains("<b class=\"audit-name\"><bdi>ada@example.com"),
        "{}",
        page.body
    );
    assert!(
        page.body.contains("<a href=\"/audit\" aria-current=\"page\">"),
        "{}",
        page.body
    );

    let call = lines(&mut browser, "effect=write").await.remove(0);
    let detail = browser.get(&paths::audit_call(call["id"].as_i64().unwrap())).await;
    detail.assert_complete();
    for part in [
        "Allowed",
        "Console",
        "v1-update-a-project",
        &format!("PATCH /v1/projects/{}", project.reference),
        "\"name\": \"Harbour\"",
        "Done",
        "200",
    ] {
        assert!(
            text(&detail.body).replace("&quot;", "\"").contains(part),
            "{part}: {}",
            detail.body
        );
    }
    assert!(
        detail
            .body
            .contains(&format!("href=\"{}\"", paths::project(&project.reference)))
    );
    let (left, limit) = (&call["budget_remaining"], &call["budget_limit"]);
    assert!(
        text(&detail.body).contains(&format!("{left} of {limit}")),
        "{}",
        detail.body
    );
}

#[tokio::test]
async fn nobody_sees_the_calls_of_others_where_they_can_list_nothing() {
    let stage = Stage::new().await;
    let (mut ada, mut emmy) = (stage.signed_in().await, signed_in_as(&stage, 4).await);
    let project = stage.projects().await.remove(0);
    rename(&mut ada, &project.reference, "Harbour").await;
    emmy.get("/organizations").await.assert_complete();
    let hers = lines(&mut ada, "").await;
    assert!(sentences(&hers).iter().any(|sentence| sentence.ends_with("to Harbour")));
    // What belongs to no place is seen by nobody else.
    assert!(hers.iter().all(|line| line["person"] == "ada@example.com"), "{hers:?}");

    let theirs = lines(&mut emmy, "").await;
    assert!(!theirs.is_empty());
    assert!(
        theirs.iter().all(|line| line["person"] == "emmy@example.com"),
        "{theirs:?}"
    );
    for path in [
        "/audit",
        &format!("/audit?place={}", project.reference),
        "/audit?person=ada",
        "/audit.csv",
    ] {
        let page = emmy.get(path).await;
        assert_eq!(page.status, 200);
        assert!(
            !page.body.contains("Harbour") && !page.body.contains("ada@"),
            "{path}: {}",
            page.body
        );
    }
    for line in &hers {
        let page = emmy.get(&paths::audit_call(line["id"].as_i64().unwrap())).await;
        assert!(page.body.contains("This does not exist any more"), "{}", page.body);
        assert!(!page.body.contains("ada@"), "{}", page.body);
    }
    for path in ["/audit/0", "/audit/nonsense"] {
        assert!(ada.get(path).await.body.contains("This does not exist any more"));
    }
    let nobody = stage.browser().get("/audit.csv").await;
    assert_eq!(nobody.location(), paths::sign_in_then("/audit.csv"));
}

#[tokio::test]
async fn colleagues_see_each_others_calls_in_their_projects() {
    let stage = Stage::new().await;
    let (mut ada, mut grace) = (stage.signed_in().await, signed_in_as(&stage, 1).await);
    let project = stage.projects().await.remove(0);
    rename(&mut ada, &project.reference, "Harbour").await;
    ada.get("/projects").await.assert_complete();
    let seen = lines(&mut grace, "person=ada").await;
    assert!(
        sentences(&seen).iter().any(|sentence| sentence.ends_with("to Harbour")),
        "{seen:?}"
    );
    assert!(
        seen.iter()
            .all(|line| line["project"] != Value::Null || line["organization"] != Value::Null)
    );
    let page = grace.get("/audit?person=ADA&effect=write").await;
    page.assert_complete();
    assert!(page.body.contains("Harbour"));

    // When Supabase does not tell what she can list, she sees her own calls, and is told.
    stage
        .fault(json!({ "operation": "v1-list-all-projects", "kind": "status", "code": 400, "message": "Not now" }))
        .await;
    let mut grace = signed_in_as(&stage, 1).await;
    let page = grace.get("/audit").await;
    assert!(
        page.body.contains("Calls of others may be missing") && page.body.contains("Not now"),
        "{}",
        page.body
    );
    assert!(
        page.body.contains("grace@example.com") && !page.body.contains("Harbour"),
        "{}",
        page.body
    );
    let file = grace.get("/audit.csv").await;
    assert_eq!(file.status, StatusCode::GATEWAY_TIMEOUT);
    assert!(file.body.contains("could not be exported"), "{}", file.body);
}

#[tokio::test]
async fn whoever_looks_at_once_finds_what_was_just_read() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    let page = browser.get("/audit").await;
    page.assert_complete();
    for read in ["listed the projects", "listed the organizations"] {
        assert!(text(&page.body).contains(read), "{read}: {}", page.body);
    }
}

#[tokio::test]
async fn choices_narrow_pages_and_files_alike() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    let projects = stage.projects().await;
    for (n, project) in projects.iter().enumerate() {
        rename(&mut browser, &project.reference, &format!("Number {n}")).await;
    }
    stage
        .fault(json!({ "operation": "v1-update-a-project", "kind": "status", "code": 409, "message": "Taken" }))
        .await;
    let fields = [("ref", projects[1].reference.as_str()), ("name", "Again")];
    assert_eq!(
        browser.post_in_place("/do/v1-update-a-project", &fields).await.status,
        409
    );

    let found = |lines: Vec<Value>| {
        lines
            .iter()
            .map(|line| line["parameters"]["name"].clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        found(lines(&mut browser, "effect=write").await),
        ["Again", "Number 2", "Number 1", "Number 0"]
    );
    assert_eq!(
        found(lines(&mut browser, &format!("effect=changes&place={}", projects[1].reference)).await),
        ["Again", "Number 1"]
    );
    let refused = lines(&mut browser, "outcome=refused").await;
    assert_eq!(
        (refused.len(), &refused[0]["status"], &refused[0]["message"]),
        (1, &json!(409), &json!("Taken"))
    );
    // It was not done, so it is not told as if it were.
    assert!(
        sentences(&refused)[0].contains(" tried to rename the project "),
        "{refused:?}"
    );
    assert_eq!(lines(&mut browser, "area=auth").await, [] as [Value; 0]);
    assert_eq!(lines(&mut browser, "through=explorer").await, [] as [Value; 0]);
    assert_eq!(lines(&mut browser, "to=2020-01-01").await, [] as [Value; 0]);
    assert_eq!(lines(&mut browser, "effect=write&from=2020-01-01").await.len(), 4);

    let page = browser.get("/audit?outcome=refused").await;
    page.assert_complete();
    assert_eq!(
        page.body.matches("class=\"audit-sentence\"").count(),
        1,
        "{}",
        page.body
    );
    assert!(
        text(&page.body).contains(" tried to rename the project "),
        "{}",
        page.body
    );
    let page = browser.get("/audit?area=auth").await;
    assert!(page.body.contains("No call fits"), "{}", page.body);
}

#[tokio::test]
async fn a_long_audit_is_turned_over_page_by_page() {
    let stage = Stage::with(json!({ "projects": 1, "rate_limit": 10_000 }), &[]).await;
    let mut browser = stage.signed_in().await;
    let project = stage.projects().await.remove(0);
    for n in 0..60 {
        rename(&mut browser, &project.reference, &format!("Number {n:02}")).await;
    }
    let names = |body: &str| -> Vec<String> {
        let rows = body.split("<td data-label=\"Who did what\">").skip(1);
        rows.map(|row| row.split("Number ").nth(1).unwrap()[..2].to_owned())
            .collect()
    };
    let first = browser.get("/audit?effect=write").await;
    let expected: Vec<String> = (10..60).rev().map(|n| format!("{n}")).collect();
    assert_eq!(names(&first.body), expected);
    let link = |body: &str, label: &str| {
        let nav = body
            .split("class=\"pagination\"")
            .nth(1)
            .unwrap()
            .split("</nav>")
            .next()
            .unwrap();
        let before = nav.split(label).next().filter(|_| nav.contains(label))?;
        let href = before.rsplit("href=\"").next()?.split('"').next()?;
        Some(href.replace("&amp;", "&"))
    };
    assert_eq!(link(&first.body, "Previous"), None);
    let second = browser.get(&link(&first.body, "Next").unwrap()).await;
    let expected: Vec<String> = (0..10).rev().map(|n| format!("{n:02}")).collect();
    assert_eq!(names(&second.body), expected);
    assert_eq!(link(&second.body, "Next"), None);
    let back = browser.get(&link(&second.body, "Previous").unwrap()).await;
    assert_eq!(names(&back.body), names(&first.body));

    let file = browser.get("/audit.csv?effect=write").await;
    assert_eq!(csv::Reader::from_reader(file.body.as_bytes()).records().count(), 60);
}

#[tokio::test]
async fn files_are_attachments_and_no_cell_is_a_formula() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    let project = stage.projects().await.remove(0);
    let slug = stage.organizations().await.remove(0).slug;
    let name = "=HYPERLINK(\"http://evil.example\"), \"quoted\"\n@next";
    stage
        .fault(json!({ "operation": "v1-update-a-project", "kind": "status", "code": 409, "message": "=1+1" }))
        .await;
    let fields = [("ref", project.reference.as_str()), ("name", name)];
    browser.post_in_place("/do/v1-update-a-project", &fields).await;

    let file = browser.get("/audit.csv?effect=write").await;
    assert_eq!(file.header("content-type"), "text/csv; charset=utf-8");
    let disposition = file.header("content-disposition");
    assert!(
        disposition.starts_with("attachment; filename=\"steward-audit-2"),
        "{disposition}"
    );
    assert!(disposition.ends_with(".csv\""), "{disposition}");
    let mut reader = csv::Reader::from_reader(file.body.as_bytes());
    let headings = reader.headers().unwrap().clone();
    let records: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(records.len(), 1);
    let cell = |name: &str| &records[0][headings.iter().position(|heading| heading == name).unwrap()];
    assert_eq!(cell("message"), "'=1+1");
    assert_eq!(
        (cell("outcome"), cell("status"), cell("decision")),
        ("refused", "409", "allowed")
    );
    assert_eq!(
        (cell("project"), cell("organization")),
        (project.reference.as_str(), slug.as_str())
    );
    assert_eq!(serde_json::from_str::<Value>(cell("parameters")).unwrap()["name"], name);
    for cell in &records[0] {
        assert!(!cell.starts_with(['=', '+', '-', '@']), "{cell}");
    }

    let file = browser.get("/audit.jsonl").await;
    assert_eq!(file.header("content-type"), "application/jsonl");
    assert!(file.header("content-disposition").ends_with(".jsonl\""));
}

#[tokio::test]
async fn no_secret_stands_on_a_page_or_in_a_file() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    let secret = "the-database-password";
    let slug = stage.organizations().await.remove(0).slug;
    let fields = [
        ("organization_slug", slug.as_str()),
        ("name", "Vault"),
        ("db_pass", secret),
        ("region", "eu-central-1"),
        ("_sure", "true"),
    ];
    let made = browser.post_in_place("/do/v1-create-a-project", &fields).await;
    assert_eq!(made.status, 200, "{}", made.body);
    let created = lines(&mut browser, "effect=costly").await;
    let created = created
        .into_iter()
        .chain(lines(&mut browser, "effect=write").await)
        .next()
        .unwrap();
    assert_eq!(created["parameters"]["db_pass"], "[secret]");
    assert_eq!(created["organization"], slug.as_str());
    let detail = paths::audit_call(created["id"].as_i64().unwrap());
    for path in ["/audit", "/audit.csv", "/audit.jsonl", &detail] {
        let page = browser.get(path).await;
        assert!(page.body.contains("Vault"), "{path}: {}", page.body);
        assert!(!page.body.contains(secret), "{path}");
    }
}

#[tokio::test]
async fn a_stranger_writes_nothing_into_a_teams_audit() {
    let stage = Stage::new().await;
    let (mut ada, mut emmy) = (stage.signed_in().await, signed_in_as(&stage, 4).await);
    let project = stage.projects().await.remove(0);
    let refused = emmy
        .post_in_place(
            "/do/v1-update-a-project",
            &[("ref", &project.reference), ("name", "Look here")],
        )
        .await;
    assert!(refused.status.is_client_error(), "{}", refused.body);
    let of = format!("place={}", project.reference);
    assert_eq!(
        lines(&mut ada, &of).await,
        [] as [Value; 0],
        "Ada reads what Emmy wrote"
    );
    // What Steward asked for her before her write stands there, too.
    let writes = format!("effect=write&{of}");
    assert_eq!(
        lines(&mut emmy, &writes).await.len(),
        1,
        "Emmy's own call is hers to see"
    );
    // A refusal without an answer is no way round.
    stage
        .fault(json!({ "operation": "v1-update-a-project", "kind": "drop-connection" }))
        .await;
    emmy.post_in_place(
        "/do/v1-update-a-project",
        &[("ref", &project.reference), ("name", "Look here")],
    )
    .await;
    assert_eq!(lines(&mut ada, &of).await, [] as [Value; 0]);
    stage.clear_faults().await;
    // What Ada can reach stays seen by her colleague, even where no answer came.
    let mut grace = signed_in_as(&stage, 1).await;
    grace.get("/projects").await.assert_complete();
    stage
        .fault(json!({ "operation": "v1-update-a-project", "kind": "drop-connection" }))
        .await;
    grace
        .post_in_place(
            "/do/v1-update-a-project",
            &[("ref", &project.reference), ("name", "Pond")],
        )
        .await;
    assert_eq!(lines(&mut ada, &of).await.len(), 1);
}

#[tokio::test]
async fn nobody_without_a_name_changes_anything() {
    let stage = Stage::new().await;
    stage
        .fault(json!({ "operation": "v1-get-profile", "kind": "status", "code": 503 }))
        .await;
    let mut browser = stage.signed_in().await;
    let project = stage.projects().await.remove(0);
    let fields = [("ref", project.reference.as_str()), ("name", "Nobody's")];
    let refused = browser.post_in_place("/do/v1-update-a-project", &fields).await;
    assert_eq!(refused.status, 403, "{}", refused.body);
    assert!(
        refused.body.contains("Nobody knows whose change this is"),
        "{}",
        refused.body
    );
    assert_eq!(stage.projects().await.remove(0).name, project.name);
    browser.get("/projects").await.assert_complete();
}

#[tokio::test]
async fn what_cannot_be_written_down_is_not_revealed() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    let project = stage.projects().await.remove(0);
    let fields = [
        ("ref", project.reference.as_str()),
        ("reveal", "true"),
        ("_reveal", "api_key"),
    ];
    let calls = |world: Value| {
        world["counters"]["calls"]["v1-get-project-api-keys"]
            .as_u64()
            .unwrap_or(0)
    };
    let told = browser.explore("v1-get-project-api-keys", &fields).await;
    let row = lines(&mut browser, "operation=x&effect=read").await;
    let row = row
        .iter()
        .find(|line| line["operation"] == "v1-get-project-api-keys")
        .unwrap();
    assert_eq!(row["outcome"], "done");
    assert!(row["sentence"].as_str().unwrap().ends_with("and asked to see api_key"));
    assert!(told.body.contains("sb_secret_"), "{}", told.body);

    let before = calls(stage.world().await);
    let lock = stage.locked_audit().await;
    let refused = browser.explore("v1-get-project-api-keys", &fields).await;
    assert!(!refused.body.contains("sb_secret_"), "{}", refused.body);
    assert!(
        refused.body.contains("The audit could not be written"),
        "{}",
        refused.body
    );
    drop(lock);
    assert_eq!(calls(stage.world().await), before, "nothing was sent");
}

/// The last call's statement, as this person reads it in the file and on the page.
async fn statement(browser: &mut Browser, reference: &str) -> [String; 2] {
    let line = lines(browser, &format!("place={reference}")).await.remove(0);
    let page = browser.get(&paths::audit_call(line["id"].as_i64().unwrap())).await;
    [line["parameters"]["query"].as_str().unwrap().to_owned(), page.body]
}

#[tokio::test]
async fn statements_of_others_are_whole_for_those_who_may_run_them_and_hold_no_password() {
    let stage = Stage::new().await;
    let (mut ada, mut grace, mut katherine) = (
        stage.signed_in().await,
        signed_in_as(&stage, 1).await,
        signed_in_as(&stage, 3).await,
    );
    let project = stage.projects().await.remove(0);
    ada.get("/projects").await.assert_complete();
    let query = "select 1;\nselect 'for my eyes', 'password ''hush''', 'postgres://u:hush@h/d'";
    let fields = [("ref", project.reference.as_str()), ("query", query)];
    ada.explore("v1-apply-a-migration", &fields).await;
    for browser in [&mut ada, &mut grace] {
        for text in statement(browser, &project.reference).await {
            assert!(text.contains("for my eyes") && !text.contains("hush@"), "{text}");
        }
    }
    let [line, page] = statement(&mut katherine, &project.reference).await;
    assert!(line.starts_with("select 1; \u{2026} [2 lines, "), "{line}");
    assert!(
        !line.contains("for my eyes") && !page.contains("for my eyes"),
        "{line} {page}"
    );
}

#[tokio::test]
async fn whose_role_is_not_known_reads_the_first_line_of_others() {
    let stage = Stage::new().await;
    // It is asked when somebody signs in.
    let fault = json!({ "operation": "v1-list-organization-members", "kind": "status", "code": 403 });
    stage.fault(fault).await;
    let (mut ada, mut grace) = (stage.signed_in().await, signed_in_as(&stage, 1).await);
    let project = stage.projects().await.remove(0);
    ada.get("/projects").await.assert_complete();
    let query = "select 1;\nselect 'for my eyes'";
    ada.explore("v1-read-only-query", &[("ref", &project.reference), ("query", query)])
        .await;
    let [line, page] = statement(&mut grace, &project.reference).await;
    assert!(
        !line.contains("for my eyes") && !page.contains("for my eyes"),
        "{line} {page}"
    );
}
