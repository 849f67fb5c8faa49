//! Functions by several: changed in one call, and deployed to other projects as they run.

use app::paths;
use management_api::{
    Upload,
    functions::{Function, FunctionSource},
};
use serde_json::json;

use crate::{
    browser::{Browser, IN_PLACE_HEADER, Page},
    stage::{Project, Stage},
};

const OURS: &[(&str, &str)] = &[("accept", "text/html"), ("sec-fetch-site", "same-origin")];
const PICTURE: &[u8] = b"\x89PNG\r\n\x1a\n\0\r\n--boundary--\r\n";

async fn deploy(browser: &mut Browser, project: &str, slug: &str, text: &str) {
    let fields = [
        ("ref", project),
        ("slug", slug),
        ("_version", ""),
        ("metadata.entrypoint_path", "src/index.ts"),
        ("metadata.import_map_path", "src/deno.json"),
        ("metadata.static_patterns", "assets/card.png"),
        ("metadata.verify_jwt", "true"),
    ];
    let mut form = reqwest::multipart::Form::new();
    for (name, text) in fields {
        form = form.text(name.to_owned(), text.to_owned());
    }
    let files: [(&str, &[u8]); 3] = [
        ("src/index.ts", text.as_bytes()),
        ("src/deno.json", b"{ \"imports\": {} }\r\n"),
        ("assets/card.png", PICTURE),
    ];
    for (name, content) in files {
        let part = reqwest::multipart::Part::bytes(content.to_vec()).file_name(name.to_owned());
        form = form.part("file", part);
    }
    let done = browser.upload("/do/v1-deploy-a-function", form, IN_PLACE_HEADER).await;
    assert_eq!(done.status, 200, "{}", done.body);
}

/// What the sandbox keeps, as the API tells it; nothing where there is no such function.
async fn deployed(stage: &Stage, project: &str, slug: &str) -> Option<(Function, Vec<Upload>)> {
    let pat = stage.world().await["people"][0]["pat"].as_str().unwrap().to_owned();
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let of = |what: &str| {
        let url = format!("{}/v1/projects/{project}/functions/{slug}{what}", stage.sandbox);
        http.get(url)
            .bearer_auth(&pat)
            .header("accept", "multipart/form-data, application/json")
    };
    let answer = of("").send().await.unwrap();
    if answer.status() == 404 {
        return None;
    }
    let function = answer.json().await.unwrap();
    let body = of("/body").send().await.unwrap().bytes().await.unwrap();
    let body = management_api::read::<management_api::functions::GetFunctionBody>(&body).unwrap();
    Some((function, FunctionSource::files(&body).unwrap()))
}

async fn draw(browser: &mut Browser, kind: &str, fields: &[(&str, &str)]) -> Page {
    let mut fields = fields.to_vec();
    fields.push(("_back", "/secrets"));
    browser
        .post_multipart(&format!("/plans/{kind}"), &fields, &[], OURS)
        .await
}

fn apply(drawn: &Page) -> String {
    assert_eq!(drawn.status, 303, "{}", drawn.body);
    format!("/plans/{}/apply", drawn.location().split_once("?plan=").unwrap().1)
}

/// What the page's box says yes with.
fn sure_of(page: &Page) -> String {
    let found = regex::Regex::new(r#"name="_sure" value="([0-9a-f]+)""#).unwrap();
    let found = found
        .captures(&page.body)
        .unwrap_or_else(|| panic!("no box: {}", page.body));
    found[1].to_owned()
}

async fn calls(stage: &Stage, operation: &str) -> u64 {
    stage.world().await["counters"]["calls"][operation]
        .as_u64()
        .unwrap_or_default()
}

async fn stage() -> (Stage, Browser, Vec<Project>) {
    let stage = Stage::new().await;
    let browser = stage.signed_in().await;
    let projects = stage.projects().await;
    (stage, browser, projects)
}

#[tokio::test]
async fn several_are_changed_in_one_call_and_nothing_else_of_them() {
    let (stage, mut browser, projects) = stage().await;
    let project = projects[0].reference.as_str();
    for slug in ["carry", "mill", "store"] {
        deploy(&mut browser, project, slug, "Deno.serve();\n").await;
    }
    let (before, files) = deployed(&stage, project, "carry").await.unwrap();
    let page = browser
        .get(&format!(
            "{}?slug=carry&slug=mill&slug=gone",
            paths::change_functions(project)
        ))
        .await;
    page.assert_complete();
    assert!(
        page.body.contains("Name of carry") && !page.body.contains("Name of store"),
        "{}",
        page.body
    );

    let names = [
        ("ref", project),
        ("slug", "carry"),
        ("slug", "mill"),
        ("name:carry", "Carry on"),
        ("name:mill", "mill"),
    ];
    let drawn = draw(&mut browser, "functions", &names).await;
    let shown = browser.get(&drawn.location()).await;
    assert!(
        shown.body.contains("Change 1 function") && shown.body.contains("Stays as it is"),
        "{}",
        shown.body
    );
    assert!(!shown.body.contains("I know that this"), "a name opens nothing");
    browser.post(&apply(&drawn), &[]).await;
    assert!(browser.get(&drawn.location()).await.body.contains("1 of 1 call made"));
    let (after, same) = deployed(&stage, project, "carry").await.unwrap();
    assert_eq!(same, files);
    assert_eq!((after.name.as_str(), after.version), ("Carry on", before.version));
    assert_eq!(
        (after.ezbr_sha256, after.verify_jwt),
        (before.ezbr_sha256, before.verify_jwt)
    );

    // What opens them is asked about, counted, and told again where it is another one by then.
    let open = [
        ("ref", project),
        ("slug", "carry"),
        ("slug", "mill"),
        ("verify_jwt", "false"),
    ];
    let drawn = draw(&mut browser, "functions", &open).await;
    let shown = browser.get(&drawn.location()).await;
    assert!(
        shown
            .body
            .contains("lets anybody on the internet call 2 functions (carry, mill)"),
        "{}",
        shown.body
    );
    let asked = browser.post(&apply(&drawn), &[]).await;
    assert_eq!(asked.status, 422, "{}", asked.body);
    assert_eq!(calls(&stage, "v1-bulk-update-functions").await, 1);
    let fault = json!({ "operation": "v1-bulk-update-functions", "kind": "status", "code": 402, "times": 1 });
    stage.fault(fault).await;
    browser.post(&apply(&drawn), &[("_sure", &sure_of(&shown))]).await;
    let failed = browser.get(&drawn.location()).await;
    assert!(failed.body.contains("Not all of it was done"), "{}", failed.body);
    browser.post(&apply(&drawn), &[("_sure", &sure_of(&failed))]).await;
    for slug in ["carry", "mill", "store"] {
        let (function, _) = deployed(&stage, project, slug).await.unwrap();
        assert_eq!(function.verify_jwt, Some(slug == "store"), "{slug}");
    }
    let none = draw(&mut browser, "functions", &[("ref", project), ("verify_jwt", "true")]).await;
    assert_eq!(none.status, 422, "{}", none.body);
}

#[tokio::test]
async fn several_are_deleted_by_how_many_they_are_and_each_has_its_outcome() {
    let (stage, mut browser, projects) = stage().await;
    let project = projects[0].reference.as_str();
    for slug in ["carry", "mill", "store", "stays"] {
        deploy(&mut browser, project, slug, "Deno.serve();\n").await;
    }
    let chosen = "?slug=carry&slug=mill&slug=store&slug=gone";
    let page = browser
        .get(&format!("{}{chosen}", paths::delete_functions(project)))
        .await;
    page.assert_complete();
    assert_eq!(page.body.matches("name=\"slug\" value=").count(), 3, "{}", page.body);
    let none = browser.get(&paths::delete_functions(project)).await;
    assert!(none.body.contains("No function is selected"), "{}", none.body);

    let fields = ["carry", "mill", "store", "gone"].map(|slug| ("slug", slug));
    let fields = [&[("ref", project)], fields.as_slice()].concat();
    let drawn = draw(&mut browser, "functions-delete", &fields).await;
    let shown = browser.get(&drawn.location()).await;
    for words in ["Delete 3 functions", "It is gone already.", "type the number of them"] {
        assert!(shown.body.contains(words), "{words}: {}", shown.body);
    }
    for typed in [&[][..], &[("_confirm", "2")], &[("_confirm", "carry")]] {
        let asked = browser.post(&apply(&drawn), typed).await;
        assert_eq!(asked.status, 422, "{}", asked.body);
    }
    assert_eq!(calls(&stage, "v1-delete-a-function").await, 0);

    // One that fails keeps no other from going.
    let fault = json!({ "operation": "v1-delete-a-function", "kind": "status", "code": 500, "times": 1 });
    stage.fault(fault).await;
    browser.post(&apply(&drawn), &[("_confirm", "3")]).await;
    let failed = browser.get(&drawn.location()).await;
    assert!(
        failed.body.contains("2 of 3 calls made") && failed.body.contains("Delete carry: "),
        "{}",
        failed.body
    );
    for (slug, there) in [("carry", true), ("mill", false), ("store", false), ("stays", true)] {
        assert_eq!(deployed(&stage, project, slug).await.is_some(), there, "{slug}");
    }
    // What is left is one, which has a name.
    assert!(failed.body.contains("type the name"), "{}", failed.body);
    browser.post(&apply(&drawn), &[("_confirm", "carry")]).await;
    assert!(browser.get(&drawn.location()).await.body.contains("3 of 3 calls made"));
    assert!(deployed(&stage, project, "carry").await.is_none());
}

#[tokio::test]
async fn what_would_replace_or_stop_functions_wants_the_projects_name() {
    let (stage, mut browser, projects) = stage().await;
    let project = &projects[0];
    deploy(&mut browser, &project.reference, "carry", "Deno.serve();\n").await;
    let (function, _) = deployed(&stage, &project.reference, "carry").await.unwrap();
    let row =
        json!([{ "id": function.id, "slug": "carry", "name": "carry", "status": "REMOVED", "version": 1 }]).to_string();
    let fields = [("ref", project.reference.as_str()), ("functions", row.as_str())];
    let asked = browser.post_in_place("/do/v1-bulk-update-functions", &fields).await;
    assert_eq!(asked.status, 422, "{}", asked.body);
    let question = asked.problem().question.unwrap();
    assert!(
        question.ticks[0].does.contains("stops or slows 1 function (carry)"),
        "{question:?}"
    );
    assert_eq!(question.name.as_ref(), Some(&project.name));
    let mut sure = fields.to_vec();
    sure.push(("_sure", question.ticks[0].sure.as_str()));
    assert_eq!(
        browser
            .post_in_place("/do/v1-bulk-update-functions", &sure)
            .await
            .status,
        422
    );
    sure.push(("_confirm", project.name.as_str()));
    let done = browser.post_in_place("/do/v1-bulk-update-functions", &sure).await;
    assert_eq!(done.status, 200, "{}", done.body);
}

#[tokio::test]
async fn a_function_goes_to_other_projects_byte_for_byte_and_each_has_its_outcome() {
    let (stage, mut browser, projects) = stage().await;
    let [here, there, third] = [0, 1, 2].map(|at| projects[at].reference.as_str());
    deploy(&mut browser, here, "carry", "// ends in CRLF\r\nDeno.serve();\r\n").await;
    deploy(&mut browser, third, "carry", "// another\n").await;
    let (source, files) = deployed(&stage, here, "carry").await.unwrap();
    let address = paths::deploy_one_elsewhere(here, "carry");
    let page = browser.get(&format!("{address}&to={there}")).await;
    page.assert_complete();
    assert_eq!(page.body.matches(" checked").count(), 1, "{}", page.body);

    let fields = [
        ("ref", here),
        ("slug", "carry"),
        ("to", there),
        ("to", third),
        ("jwt", "here"),
    ];
    let drawn = draw(&mut browser, "functions-elsewhere", &fields).await;
    assert!(
        drawn.location().starts_with(&paths::function_everywhere(here, "carry")),
        "{}",
        drawn.location()
    );
    let shown = browser.get(&drawn.location()).await;
    for words in ["Deploy carry to 2 projects", "New there.", "Version 1 becomes 2."] {
        assert!(shown.body.contains(words), "{words}: {}", shown.body);
    }
    let fault = json!({ "operation": "v1-deploy-a-function", "ref": third, "kind": "status", "code": 400, "times": 1 });
    stage.fault(fault).await;
    browser.post(&apply(&drawn), &[]).await;
    let ended = browser.get(&drawn.location()).await;
    assert!(ended.body.contains("1 of 2 calls made"), "{}", ended.body);
    let (copy, same) = deployed(&stage, there, "carry").await.unwrap();
    assert_eq!(same, files);
    assert_eq!(
        (copy.ezbr_sha256, copy.verify_jwt, copy.version),
        (source.ezbr_sha256.clone(), Some(true), 1)
    );
    assert_eq!(deployed(&stage, third, "carry").await.unwrap().0.version, 1);
    let bodies = calls(&stage, "v1-get-a-function-body").await;
    browser.post(&apply(&drawn), &[]).await;
    assert!(browser.get(&drawn.location()).await.body.contains("2 of 2 calls made"));
    let (over, same) = deployed(&stage, third, "carry").await.unwrap();
    assert_eq!((over.version, over.ezbr_sha256, same), (2, source.ezbr_sha256, files));
    assert!(calls(&stage, "v1-get-a-function-body").await <= bodies + 2);

    let again = draw(&mut browser, "functions-elsewhere", &fields).await;
    let again = browser.get(&again.location()).await;
    assert!(
        again.body.contains("Version 2 is the same bundle already"),
        "{}",
        again.body
    );
    let itself = [("ref", here), ("slug", "carry"), ("to", here)];
    assert_eq!(draw(&mut browser, "functions-elsewhere", &itself).await.status, 422);
}

#[tokio::test]
async fn nothing_goes_over_what_was_deployed_meanwhile() {
    let (stage, mut browser, projects) = stage().await;
    let [here, there] = [0, 1].map(|at| projects[at].reference.as_str());
    deploy(&mut browser, here, "carry", "// one\n").await;
    let fields = [("ref", here), ("slug", "carry"), ("to", there), ("jwt", "here")];
    let drawn = draw(&mut browser, "functions-elsewhere", &fields).await;
    deploy(&mut browser, there, "carry", "// theirs\n").await;
    browser.post(&apply(&drawn), &[]).await;
    let ended = browser.get(&drawn.location()).await;
    assert!(
        ended.body.contains("There is a function carry already, in version 1"),
        "{}",
        ended.body
    );
    let (function, _) = deployed(&stage, there, "carry").await.unwrap();
    assert_eq!(function.version, 1);
}

#[tokio::test]
async fn what_the_plan_does_not_allow_is_told_and_nothing_is_sent() {
    let (stage, mut browser, projects) = stage().await;
    // Only then it is known whose plan it is.
    browser.get(paths::PROJECTS).await;
    let page = browser.get(&paths::new_function(&projects[0].reference)).await;
    assert!(page.body.contains("The plan allows 20 MB a function."), "{}", page.body);
    let mut form = reqwest::multipart::Form::new();
    for (name, text) in [
        ("ref", projects[0].reference.as_str()),
        ("slug", "large"),
        ("_version", ""),
        ("metadata.entrypoint_path", "index.ts"),
    ] {
        form = form.text(name, text.to_owned());
    }
    let large = reqwest::multipart::Part::bytes(vec![b' '; 22 * 1024 * 1024]).file_name("index.ts");
    let refused = browser
        .upload("/do/v1-deploy-a-function", form.part("file", large), IN_PLACE_HEADER)
        .await;
    assert_eq!(refused.status, 422, "{}", refused.body);
    assert!(
        refused
            .body
            .contains("hold 22.0 MB together, and the plan allows 20 MB"),
        "{}",
        refused.body
    );
    assert_eq!(calls(&stage, "v1-deploy-a-function").await, 0);
}

#[tokio::test]
async fn rows_are_there_before_the_logs_have_answered_unless_they_stand_in_their_order() {
    let (stage, mut browser, projects) = stage().await;
    let project = projects[0].reference.as_str();
    deploy(&mut browser, project, "carry", "Deno.serve();\n").await;
    let path = paths::functions(project);
    let slow = std::time::Duration::from_millis(3_000);
    stage
        .fault(json!({ "operation": "v1-get-project-logs", "kind": "slow", "ms": slow.as_millis() }))
        .await;
    let began = std::time::Instant::now();
    let come = browser.get_until(&path, "data-awaits=\"Calls:carry\"").await;
    assert!(began.elapsed() < slow, "the rows waited for the logs");
    assert!(
        come.contains("row-link mono") && !come.contains("Calls, last"),
        "{come}"
    );

    let page = browser.get(&path).await;
    page.assert_complete();
    let row = page.body.find("data-awaits=\"Calls:carry\"").unwrap();
    let number = page.body.find("data-brings=\"Calls:carry\"").unwrap();
    assert!(row < number && page.body.contains("Calls, last"), "{}", page.body);

    let sorted = browser.get(&format!("{path}?sort=calls")).await;
    sorted.assert_complete();
    assert!(
        !sorted.body.contains("data-awaits")
            && !sorted.body.contains("data-brings")
            && sorted.body.contains("class=\"spark\""),
        "{}",
        sorted.body
    );
}
