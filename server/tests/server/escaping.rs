//! Text from outside stays text: names, addresses and whatever a link puts into a form.

use server::store::sql;
use std::{
    fs,
    path::{Path, PathBuf},
};

use app::{form::Form, paths};
use management_api::{Area, OperationId};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::json;

use crate::{
    browser::Page,
    routes::{Link, Things, links},
    stage::Stage,
};

/// Texts that end what they stand in, and begin an element of their own.
const HOSTILE: [&str; 4] = [
    "</title><img src=x>",
    "</textarea><img src=x>",
    "\"><img src=x>",
    "</script><img src=x>",
];

/// The page is drawn to its end, and nothing in it was made of a text.
fn assert_harmless(page: &Page, what: &str) {
    let body = &page.body;
    assert!(body.contains("</html>"), "{what} breaks off: {body}");
    assert!(!body.contains("<img"), "{what}: {body}");
    for (tag, ending) in [("<textarea", "</textarea>"), ("<script", "</script>")] {
        let (begun, ended) = (body.matches(tag).count(), body.matches(ending).count());
        assert_eq!(begun, ended, "{what}, {tag}: {body}");
    }
    // Bars of a chart have titles of their own.
    let head = body.split("</head>").next().unwrap();
    assert_eq!(
        (head.matches("<title>").count(), head.matches("</title>").count()),
        (1, 1),
        "{what}: {body}"
    );
}

#[tokio::test]
async fn names_are_text_on_every_page() {
    for name in HOSTILE {
        let stage = Stage::with(json!({ "names": [name] }), &[]).await;
        let mut browser = stage.signed_in().await;
        let (project, slug) = (
            stage.projects().await.remove(0).reference,
            stage.organizations().await.remove(0).slug,
        );
        // The names are known from here on, and stand in titles, menus and crumbs.
        browser.get(paths::PROJECTS).await;
        browser.get(paths::ORGANIZATIONS).await;
        stage.steward.state.audit.flush().await;
        let audited: i64 = sql::query_scalar("SELECT max(id) FROM audit WHERE label LIKE 'ada@%'")
            .fetch_one(&stage.steward.state.store.pool)
            .await
            .unwrap();
        let mut named = 0;
        let things = Things {
            member: "a-member",
            branch: &project,
            run: "a-run",
            key: "a-key",
            provider: "a-provider",
            issuer: "an-issuer",
            webhook: "a-webhook",
            drain: "a-drain",
            notebook: "a-notebook",
            version: "1",
        };
        for (what, link) in links(&slug, &project, audited, things) {
            let Link::Page(_, path) = link else { continue };
            let page = browser.get(&path).await;
            assert_harmless(&page, &format!("{what} with {name}"));
            named += usize::from(page.body.contains("&lt;img src=x&gt;"));
        }
        assert!(named > 8, "only {named} pages name it at all");
    }
}

#[tokio::test]
async fn what_a_link_puts_into_the_explorers_form_is_text_and_said_to_be_the_links() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    for id in OperationId::ALL.iter().filter(|id| id.row().area != Area::Oauth) {
        for hostile in HOSTILE {
            let value = utf8_percent_encode(hostile, NON_ALPHANUMERIC);
            let fields = &Form::of(*id).fields;
            let query: Vec<String> = fields.iter().map(|field| format!("{}={value}", field.name)).collect();
            let page = browser
                .get(&format!("{}?{}", paths::explorer_operation(*id), query.join("&")))
                .await;
            assert_eq!(page.status, 200, "{id}");
            assert_harmless(&page, id.as_str());
            let filled = fields.iter().any(|field| !field.secret);
            assert_eq!(
                page.body.contains("A link filled this form in"),
                filled,
                "{id}: {}",
                page.body
            );
        }
    }
    let untouched = browser.get(&paths::explorer_operation(OperationId::RunQuery)).await;
    assert!(!untouched.body.contains("A link filled this form in"));
}

#[tokio::test]
async fn the_attacks_that_were_found_lead_nowhere() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    let encoded = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    let refresh = "</title><meta http-equiv=refresh content='0;url=https://evil.example'>";
    for path in [
        format!("/projects/{}", encoded(refresh)),
        format!("/projects/{}/settings", encoded(refresh)),
        format!("/organizations/{}", encoded(refresh)),
        "/projects/a.b".to_owned(),
        format!("/organizations/{}/members", "a".repeat(65)),
    ] {
        let page = browser.get(&path).await;
        assert_eq!(page.status, 404, "{path}");
        assert_harmless(&page, &path);
        assert!(!page.body.contains("evil"), "{}", page.body);
    }
    let form = "</textarea><form method=post action=/do/v1-pause-a-project>";
    let path = format!("/explorer/v1-run-a-query?query={}", encoded(form));
    let page = browser.get(&path).await;
    assert_harmless(&page, &path);
    assert!(!page.body.contains("<form method=post"), "{}", page.body);
    assert!(page.body.contains("&lt;form method=post"), "{}", page.body);

    // The same by way of the sign-in.
    let mut stranger = stage.browser();
    let arrived = stranger.sign_in(&format!("/projects/{}", encoded(refresh))).await;
    assert_eq!(arrived.status, 404);
    assert_harmless(&arrived, "after the sign-in");
}

/// Every Rust source below `folder`.
fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

/// Leptos writes these into a page as they are, so each stands where its text is escaped, or is our own.
#[test]
fn what_leptos_does_not_escape_stands_in_its_own_file() {
    let here = [
        ("leptos_meta::Title", &["components/title.rs"][..]),
        ("<textarea", &["ui/field/area.rs"]),
        // Written as text, with everything escaped that is not our own.
        ("InertElement::new", &["ui/icon.rs", "ui/written.rs"]),
        (
            "inner_html=",
            &[
                "ui/field/area.rs",
                // A number.
                "components/error_view.rs",
                // The path of a page that was found by it.
                "components/reveal.rs",
                // Scripts and shapes of our own.
                "document.rs",
                "ui/skeleton.rs",
                // JSON, encoded while it is printed.
                "components/json.rs",
            ],
        ),
    ];
    let app = Path::new(env!("CARGO_MANIFEST_DIR")).join("../app/src");
    let mut files = Vec::new();
    sources(&app, &mut files);
    sources(&app.join("../../frontend/src"), &mut files);
    assert!(files.len() > 80, "only {} sources", files.len());
    for file in files {
        let source = fs::read_to_string(&file).unwrap();
        for (bare, homes) in here {
            let at_home = homes.iter().any(|home| file.ends_with(home));
            let used = source
                .lines()
                .any(|line| !line.trim_start().starts_with("//") && line.contains(bare));
            assert!(at_home || !used, "{} uses {bare}", file.display());
        }
    }
}
