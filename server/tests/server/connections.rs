//! Connections: grants for one organization each, as the real service gives them, and tokens for a part of what their owner may.

use futures::future::join_all;
use serde_json::{Value, json};

use crate::{
    browser::{Browser, Page},
    stage::{Organization, Project, Stage},
};

/// Three organizations with a project each, and grants for one of them.
async fn stage() -> Stage {
    Stage::with(json!({ "organizations": 3, "projects": 3, "grant": "one" }), &[]).await
}

/// Goes through the consent page once more, for the organization of this slug.
async fn connect(browser: &mut Browser, slug: &str) -> Page {
    let started = browser
        .post(app::paths::CONNECT, &[("return_to", "/connections")])
        .await;
    let consent = browser.follow(started).await;
    let callback = browser.decide_for(slug, &consent).await;
    let done = browser.get(&callback).await;
    browser.follow(done).await
}

/// Somebody with a connection to each of the first two organizations.
async fn with_two(stage: &Stage) -> (Browser, Vec<Organization>, Vec<Project>) {
    let mut browser = stage.signed_in().await;
    let organizations = stage.organizations().await;
    let page = connect(&mut browser, &organizations[1].slug).await;
    assert!(page.body.contains("What it covers is in your lists"), "{}", page.body);
    (browser, organizations, stage.projects().await)
}

/// A console, somebody with a connection to each of its three organizations, and a project of each.
pub async fn with_three() -> (Stage, Browser, Vec<Project>) {
    let stage = stage().await;
    let (mut browser, organizations, projects) = with_two(&stage).await;
    connect(&mut browser, &organizations[2].slug).await;
    (stage, browser, projects)
}

async fn grants(stage: &Stage) -> Value {
    stage.world().await["grants"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_organization_is_added_without_losing_the_first_and_a_third_is_told_to_be_missing() {
    let stage = stage().await;
    let (mut browser, organizations, projects) = with_two(&stage).await;
    let list = browser.get("/projects").await;
    let shown: Vec<bool> = projects.iter().map(|one| list.body.contains(&one.reference)).collect();
    assert_eq!(shown, [true, true, false], "{}", list.body);
    for (organization, project) in organizations.iter().zip(&projects).take(2) {
        let page = browser.get(&app::paths::project(&project.reference)).await;
        assert!(page.status == 200 && page.body.contains(&project.name) && !page.body.contains("Not connected"));
        let page = browser.get(&app::paths::organization(&organization.slug)).await;
        assert!(!page.body.contains("Not connected"), "{}", page.body);
    }
    let page = browser.get(&app::paths::project(&projects[2].reference)).await;
    assert!(page.body.contains("None of your connections covers"), "{}", page.body);
    assert!(page.body.contains("Your role there is not in question"));

    // The same organization again replaces its pair.
    let page = connect(&mut browser, &organizations[1].slug).await;
    assert!(page.body.contains("was replaced"), "{}", page.body);
    assert_eq!(stage.accounts().await.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_is_disconnected_is_revoked_and_the_others_go_on() {
    let stage = stage().await;
    let (mut browser, organizations, projects) = with_two(&stage).await;
    connect(&mut browser, &organizations[2].slug).await;
    assert_eq!(grants(&stage).await, 3);
    // The first is that of the sign-in itself.
    let page = browser.get("/connections").await;
    let id = page.body.split("name=\"connection\" value=\"").nth(1).unwrap();
    let id = id.split('"').next().unwrap().to_owned();
    let done = browser.post(app::paths::DISCONNECT, &[("connection", &id)]).await;
    let page = browser.follow(done).await;
    assert!(page.body.contains("Supabase has ended it"), "{}", page.body);
    assert_eq!(grants(&stage).await, 2);
    let list = browser.get("/projects").await;
    let shown = projects.iter().filter(|one| list.body.contains(&one.reference)).count();
    assert_eq!(shown, 2, "nobody is signed out: {}", list.body);

    let done = browser.post("/sign-out", &[]).await;
    assert_eq!(done.status, 303);
    assert_eq!(grants(&stage).await, 0, "all end with the sign-in");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_requests_refresh_each_connection_once() {
    let stage = stage().await;
    let (browser, _, projects) = with_two(&stage).await;
    stage.control("tokens/expire").await;
    let pages = (0..100).map(|number| {
        let mut browser = browser.clone();
        let address = app::paths::branches(&projects[number % 2].reference);
        async move { browser.get(&address).await.assert_complete() }
    });
    join_all(pages).await;
    assert_eq!(stage.world().await["counters"]["refreshes"], 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_known_by_the_grant_alone_changes_things_under_a_name_of_their_own() {
    let stage = stage().await;
    let mut browser = stage.signed_in().await;
    let done = browser.post(app::paths::CALL_ME, &[("name", "Ada L.")]).await;
    let page = browser.follow(done).await;
    assert!(page.body.contains("Ada L. (sign-in "), "{}", page.body);
    let done = browser.post(app::paths::CALL_ME, &[("name", "ada@example.com")]).await;
    let page = browser.follow(done).await;
    assert!(
        page.body.contains("That name does not fit"),
        "an address would look like proof"
    );

    // A token tells who it is.
    let world = stage.world().await;
    let token = world["people"][0]["pat"].as_str().unwrap();
    let done = browser.post(app::paths::CONNECT_TOKEN, &[("token", token)]).await;
    let page = browser.follow(done).await;
    assert!(page.body.contains("ada@example.com"), "{}", page.body);
    // Somebody else's is not mixed with it.
    let token = world["people"][1]["pat"].as_str().unwrap();
    let done = browser.post(app::paths::CONNECT_TOKEN, &[("token", token)]).await;
    let page = browser.follow(done).await;
    assert!(page.body.contains("belongs to another account"), "{}", page.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_scoped_token_is_used_for_the_refs_that_were_typed_and_says_what_it_lacks() {
    let stage = stage().await;
    let mut browser = stage.signed_in().await;
    let (world, projects) = (stage.world().await, stage.projects().await);
    let asked = json!({
        "person": world["people"][0]["id"],
        "reach": { "projects": [projects[2].reference] },
        "permissions": ["project_admin_read"],
    });
    let token = stage.scoped_token(&asked).await;
    let fields = [("token", token.as_str()), ("projects", projects[2].reference.as_str())];
    let done = browser.post(app::paths::CONNECT_TOKEN, &fields).await;
    let page = browser.follow(done).await;
    assert!(
        page.body.contains("Scoped token") && !page.body.contains(&token),
        "{}",
        page.body
    );
    let list = browser.get("/projects").await;
    assert!(list.body.contains(&projects[2].reference), "{}", list.body);
    browser.get(&app::paths::secrets(&projects[2].reference)).await;
    let page = browser.get("/connections").await;
    assert!(page.body.contains("Edge Function Secrets: read"), "{}", page.body);
}

/// The value of the field of this name, the first in the page.
fn value_of(page: &Page, name: &str) -> String {
    let field = format!("name=\"{name}\" value=\"");
    let rest = page
        .body
        .split(&field)
        .nth(1)
        .unwrap_or_else(|| panic!("no {name}: {}", page.body));
    rest.split('"').next().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_is_replaced_in_its_place_and_its_end_is_told_as_its_owner_said_it() {
    let stage = stage().await;
    let mut browser = stage.signed_in().await;
    let (world, projects) = (stage.world().await, stage.projects().await);
    let asked = |permission: &str| {
        json!({
            "person": world["people"][0]["id"],
            "reach": { "projects": [projects[2].reference] },
            "permissions": ["project_admin_read", permission],
        })
    };
    let reference = projects[2].reference.as_str();
    let (older, newer) = (
        stage.scoped_token(&asked("database_read")).await,
        stage.scoped_token(&asked("edge_functions_secrets_read")).await,
    );
    let in_days = |days: i64| {
        let day = time::OffsetDateTime::now_utc().date() + time::Duration::days(days);
        format!("{:04}-{:02}-{:02}", day.year(), u8::from(day.month()), day.day())
    };
    let soon = in_days(9);
    let fields = [
        ("token", older.as_str()),
        ("projects", reference),
        ("ends", soon.as_str()),
    ];
    let done = browser.post(app::paths::CONNECT_TOKEN, &fields).await;
    let page = browser.follow(done).await;
    assert!(
        page.body.contains("Ends in 9 days") && page.body.contains("<dt>Ends</dt>"),
        "{}",
        page.body
    );
    browser.get(&app::paths::secrets(reference)).await;
    let page = browser.get("/connections").await;
    assert!(page.body.contains("Edge Function Secrets: read"), "{}", page.body);

    let link = page.body.split("href=\"/connections?replace=").nth(1).unwrap();
    let form = format!("/connections?replace={}", link.split('"').next().unwrap());
    let asked = browser.get(&form).await;
    assert!(
        asked.body.contains("Replace sbp_fc") && asked.body.contains("Keep the older one"),
        "{}",
        asked.body
    );
    let replaces = value_of(&asked, "replaces");
    let typed = format!("name=\"projects\" type=\"text\" value=\"{reference}\"");
    assert!(
        asked.body.contains(&typed),
        "the refs need not be typed again: {}",
        asked.body
    );
    let before = stage.accounts().await.len();
    let replaces = replaces.as_str();
    for (ends, says) in [("next week", "That is no day"), ("2027-02-31", "That is no day")] {
        let fields = [("token", newer.as_str()), ("replaces", replaces), ("ends", ends)];
        let done = browser.post(app::paths::CONNECT_TOKEN, &fields).await;
        assert!(browser.follow(done).await.body.contains(says), "{ends}");
    }
    let gone = [("token", newer.as_str()), ("replaces", "no-such-mark")];
    let done = browser.post(app::paths::CONNECT_TOKEN, &gone).await;
    assert!(browser.follow(done).await.body.contains("no such token here"));
    let later = in_days(200);
    let fields = [
        ("token", newer.as_str()),
        ("replaces", replaces),
        ("projects", reference),
        ("ends", later.as_str()),
    ];
    let done = browser.post(app::paths::CONNECT_TOKEN, &fields).await;
    let page = browser.follow(done).await;
    assert!(page.body.contains("The older one still works"), "{}", page.body);
    assert!(
        !page.body.contains("Ends in") && page.body.contains("<dt>Ends</dt>"),
        "{}",
        page.body
    );
    assert_eq!(stage.accounts().await.len(), before, "it is the same connection");
    assert!(
        !page.body.contains(&newer) && !page.body.contains("Edge Function Secrets: read"),
        "{}",
        page.body
    );
    let secrets = browser.get(&app::paths::secrets(reference)).await;
    secrets.assert_complete();
    assert!(!secrets.body.contains("error-view"), "{}", secrets.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_grant_for_one_project_is_told_as_that_and_others_of_its_organization_are_not_covered() {
    let options = json!({ "organizations": 1, "projects": 2, "grant": "project" });
    let stage = Stage::with(options, &[]).await;
    let mut browser = stage.signed_in().await;
    let projects = stage.projects().await;
    let [mine, other] = [&projects[0], &projects[1]].map(|project| project.reference.as_str());
    let told = format!("Only {mine}");
    let page = browser.get("/connections").await;
    assert!(page.body.contains(&told) && !page.body.contains(other), "{}", page.body);

    let page = browser.get(&app::paths::branches(mine)).await;
    page.assert_complete();
    assert!(!page.body.contains("Not connected"), "{}", page.body);
    let settings = app::paths::project_settings(other);
    let page = browser.get(&settings).await;
    assert!(
        page.body.contains("None of your connections covers this project"),
        "{}",
        page.body
    );
    // A refresh tells it again.
    stage.control("tokens/expire").await;
    browser.get(&app::paths::secrets(mine)).await.assert_complete();
    let page = browser.get("/connections").await;
    assert!(page.body.contains(&told), "{}", page.body);
}
