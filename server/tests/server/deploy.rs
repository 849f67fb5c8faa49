//! Deploying: files pass through the console while they come in.

use management_api::{
    Upload,
    functions::{Function, FunctionSource},
};
use reqwest::multipart::{Form, Part};
use serde_json::json;

use crate::{
    browser::{Browser, IN_PLACE_HEADER, Page},
    kill::{Process, Watched},
    stage::{Stage, data_dir},
};

const DEPLOY: &str = "/do/v1-deploy-a-function";

/// What the form tells beside its files.
fn form(project: &str, slug: &str, version: &str) -> Form {
    let mut form = Form::new();
    for (name, text) in [
        ("_next", "/projects/{ref}/functions"),
        ("_back", "/explorer/v1-deploy-a-function"),
        ("_version", version),
        ("ref", project),
        ("slug", slug),
        ("metadata.entrypoint_path", "index.ts"),
        ("metadata.verify_jwt", "false"),
        ("metadata.verify_jwt", "true"),
    ] {
        form = form.text(name.to_owned(), text.to_owned());
    }
    form
}

fn file(form: Form, name: &str, content: &[u8]) -> Form {
    form.part("file", Part::bytes(content.to_vec()).file_name(name.to_owned()))
}

fn edited(form: Form, path: &str, ends: &str, text: &str) -> Form {
    let form = form.text("path", path.to_owned()).text("ends", ends.to_owned());
    form.text("text", text.to_owned())
}

/// What the sandbox keeps, as the API tells it.
async fn deployed(stage: &Stage, project: &str, slug: &str) -> (Function, Vec<Upload>) {
    let pat = stage.world().await["people"][0]["pat"].as_str().unwrap().to_owned();
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let of = |what: &str| {
        let url = format!("{}/v1/projects/{project}/functions/{slug}{what}", stage.sandbox);
        http.get(url)
            .bearer_auth(&pat)
            .header("accept", "multipart/form-data, application/json")
    };
    let function = of("").send().await.unwrap().json().await.unwrap();
    let body = of("/body").send().await.unwrap().bytes().await.unwrap();
    let files = management_api::read::<management_api::functions::GetFunctionBody>(&body).unwrap();
    (function, FunctionSource::files(&files).unwrap())
}

async fn send(browser: &mut Browser, form: Form) -> Page {
    browser.upload(DEPLOY, form, IN_PLACE_HEADER).await
}

#[tokio::test]
async fn a_function_survives_a_round_trip_byte_for_byte() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    let project = stage.projects().await.remove(0).reference;
    let picture = b"\x89PNG\r\n\x1a\n\0\r\n--boundary--\r\n";
    let sent = file(form(&project, "carry", ""), "assets/card.png", picture);
    let sent = edited(
        sent,
        "index.ts",
        "lf",
        "import \"./lib/a.ts\";\r\n\r\nDeno.serve(() => x);\r\n",
    );
    let sent = edited(sent, "lib/a.ts", "crlf", "export {};\r\n// ends in CRLF\r\n");
    let done = send(&mut browser, sent).await;
    assert_eq!(done.status, 200, "{}", done.body);
    let (first, files) = deployed(&stage, &project, "carry").await;
    let expected = [
        Upload::new("source/assets/card.png", picture),
        Upload::new("source/index.ts", b"import \"./lib/a.ts\";\n\nDeno.serve(() => x);\n"),
        Upload::new("source/lib/a.ts", b"export {};\r\n// ends in CRLF\r\n"),
    ];
    assert_eq!(files, expected);
    assert_eq!((first.version, first.verify_jwt), (1, Some(true)));

    let zip = browser.get(&format!("/zip/functions/{project}/carry")).await;
    assert_eq!(
        (zip.status.as_u16(), zip.header("content-type")),
        (200, "application/zip")
    );
    assert!(
        ["index.ts", "lib/a.ts", "assets/card.png"]
            .iter()
            .all(|name| zip.body.contains(name))
    );

    // The same again, as the page sends what it shows: texts as typed, and what is no text by its name.
    let again = form(&project, "carry", "1").text("keep", "assets/card.png");
    let again = edited(
        again,
        "index.ts",
        "lf",
        "import \"./lib/a.ts\";\r\n\r\nDeno.serve(() => x);\r\n",
    );
    let again = edited(again, "lib/a.ts", "crlf", "export {};\r\n// ends in CRLF\r\n");
    let done = send(&mut browser, again).await;
    assert_eq!(done.status, 200, "{}", done.body);
    let (second, files) = deployed(&stage, &project, "carry").await;
    assert_eq!(files, expected);
    assert_eq!(second.version, 2);
    assert_eq!(second.ezbr_sha256, first.ezbr_sha256);
}

#[tokio::test]
async fn what_is_wrong_with_the_files_stops_them_and_nothing_is_deployed() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    let project = stage.projects().await.remove(0).reference;
    let new = |slug: &str| form(&project, slug, "");
    for (sent, field, told) in [
        (
            file(new("a"), "main.ts", b"x"),
            Some("metadata.entrypoint_path"),
            "index.ts is not among the files",
        ),
        (
            file(file(new("a"), "index.ts", b"x"), "index.ts", b"y"),
            Some("file"),
            "two files",
        ),
        (
            file(file(new("a"), "index.ts", b"x"), "../x.ts", b"y"),
            Some("file"),
            "leads out",
        ),
        (new("a").text("keep", "old.png"), None, ""),
        (
            file(new("a"), "index.ts", b"x").text("slug", "b"),
            Some("slug"),
            "came after the files",
        ),
        (file(new("9lives"), "index.ts", b"x"), Some("slug"), "slug"),
        (file(form(&project, "", ""), "index.ts", b"x"), Some("slug"), "slug"),
        (
            file(new("a").text("colour", "red"), "index.ts", b"x"),
            Some("colour"),
            "is no parameter",
        ),
        (
            file(form(&project, "a", "3"), "index.ts", b"x"),
            Some("slug"),
            "was deleted",
        ),
        (
            file(new("a"), "index.ts", b"import { b } from \"./b.ts\";"),
            None,
            "index.ts:1:19",
        ),
    ] {
        let page = send(&mut browser, sent).await;
        assert!(page.status.is_client_error(), "{told}: {} {}", page.status, page.body);
        let problem = page.problem();
        assert!(problem.text.contains(told), "{told}: {}", problem.text);
        if field.is_some() {
            assert_eq!(problem.field.as_deref(), field, "{}", problem.text);
        }
    }
    let world = stage.world().await.to_string();
    assert!(!world.contains("index.ts"), "nothing was deployed");

    let first = send(&mut browser, file(new("a"), "index.ts", b"x")).await;
    assert_eq!(first.status, 200, "{}", first.body);
    let again = send(&mut browser, file(new("a"), "index.ts", b"y")).await.problem();
    assert!(again.text.contains("There is a function a already"), "{}", again.text);
    let (function, _) = deployed(&stage, &project, "a").await;
    assert_eq!(function.version, 1);
}

#[tokio::test]
async fn what_opens_a_function_to_everybody_is_asked_about_before_a_byte_leaves() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    let project = stage.projects().await.remove(0).reference;
    let open = |sure: Option<String>| {
        let mut form = Form::new();
        for (name, text) in [
            ("ref", project.as_str()),
            ("slug", "open"),
            ("metadata.entrypoint_path", "index.ts"),
            ("metadata.verify_jwt", "false"),
        ] {
            form = form.text(name, text.to_owned());
        }
        if let Some(sure) = sure {
            form = form.text("_sure", sure);
        }
        file(form, "index.ts", b"x")
    };
    let page = send(&mut browser, open(None)).await;
    let question = page.problem().question.unwrap_or_else(|| panic!("{}", page.body));
    assert!(
        question.does().contains("anybody on the internet"),
        "{}",
        question.does()
    );
    let page = send(&mut browser, open(Some(question.ticks[0].sure.clone()))).await;
    assert_eq!(page.status, 200, "{}", page.body);
    let (function, _) = deployed(&stage, &project, "open").await;
    assert_eq!(function.verify_jwt, Some(false));
}

#[tokio::test]
async fn an_upstream_that_fails_in_the_middle_is_told_and_the_texts_come_back() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    let project = stage.projects().await.remove(0).reference;
    stage
        .fault(json!({ "operation": "v1-deploy-a-function", "kind": "status", "code": 500 }))
        .await;
    let sent = edited(form(&project, "carry", ""), "index.ts", "lf", "// what was typed\r\n");
    let page = browser.upload(DEPLOY, sent, ("accept", "text/html")).await;
    assert_eq!(page.status, 502, "{}", page.body);
    stage.clear_faults().await;
    let sent = edited(form(&project, "carry", ""), "index.ts", "lf", "// what was typed\r\n");
    let page = browser.upload(DEPLOY, sent, ("accept", "text/html")).await;
    assert_eq!(page.status, 303, "{}", page.body);
}

/// The console as a process of its own, so that only its memory is looked at; the sandbox is the test's.
#[tokio::test]
async fn twenty_megabytes_pass_through_little_memory() {
    let stage = Stage::new().await;
    let project = stage.projects().await.remove(0).reference;
    let dir = data_dir();
    let process = Process::start(dir.path(), &stage.sandbox).await;
    let mut browser = Browser::new(&process.url);
    let pat = stage.world().await["people"][0]["pat"].as_str().unwrap().to_owned();
    browser
        .post("/sign-in/token", &[("token", &pat), ("return_to", "/healthz")])
        .await;
    // Each of its threads has done it before: what is made once and kept is no deployment's.
    let first = vec![b'x'; 1_000_000];
    for at in 0..8 {
        let name = format!("first-{at}");
        let done = send(&mut browser, file(form(&project, &name, ""), "index.ts", &first)).await;
        assert_eq!(done.status, 200, "{}", done.body);
    }

    let watched = Watched::process(&process);
    let large: Vec<u8> = (0..20_000_000_u32)
        .map(|at| (at.wrapping_mul(2_654_435_761) >> 24) as u8)
        .collect();
    let sent = file(
        file(form(&project, "large", ""), "index.ts", b"x"),
        "assets/large.bin",
        &large,
    );
    let done = send(&mut browser, sent).await;
    assert_eq!(done.status, 200, "{}", done.body);
    let grown = watched.grown("20 MB deployed");
    // What is printed is the figure, which moves with what else the machine does; a bundle that is kept is told by any of it.
    assert!(grown < 5_000, "grown by {grown} kB");

    let (_, files) = deployed(&stage, &project, "large").await;
    assert_eq!(files[1].content().unwrap(), large);
}
