//! Webhooks of an organization and of a project: added with a secret that is shown once, changed, tested, told again what
//! failed, and taken away one by one or all at once.

use app::paths;
use management_api::Scope;
use serde_json::{Value, json};
use server::store::sql;

use crate::{
    audit::signed_in_as,
    browser::Page,
    configure::{demo, done, failing, holds, note_g, perform},
    stage::Stage,
};

const EVENTS: &str = "v1.project.paused";
/// What the sandbox's demo has from the start.
const OURS: &str = "https://hooks.example.com/supabase/note-g";

async fn slug(stage: &Stage, name: &str) -> String {
    let mut organizations = stage.organizations().await.into_iter();
    organizations.find(|one| one.name == name).unwrap().slug
}

/// What the service itself tells of the webhooks of `place`.
async fn told(stage: &Stage, place: &str) -> Vec<Value> {
    let list = stage.get_upstream(&format!("/v2/{place}/webhooks/endpoints")).await;
    list["data"].as_array().unwrap().clone()
}

/// The secret that the page proposes.
fn proposed(page: &Page) -> String {
    let field = page.body.split("name=\"signing_secret\"").nth(1).unwrap();
    let value = field.split("value=\"").nth(1).unwrap();
    value.split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_webhook_is_added_tested_changed_and_removed() {
    let (stage, mut ada) = demo().await;
    let project = note_g(&stage).await;
    let (scope, place) = (Scope::Project(project.clone()), format!("projects/{project}"));
    let list = paths::webhooks(&scope);
    holds(
        &ada.get(&list).await,
        &[OURS, "v1.project.branch.created and 2 more", "Remove all of them"],
    );

    let new = paths::new_webhook(&scope);
    let (first, second) = (ada.get(&new).await, ada.get(&new).await);
    let secret = proposed(&first);
    assert_eq!(secret.len(), 32);
    assert_ne!(secret, proposed(&second), "nothing is kept that was only proposed");
    let of = ("ref", project.as_str());
    let filled = |url: &'static str| {
        vec![
            of,
            ("url", url),
            ("event_types", ""),
            ("event_types", EVENTS),
            ("custom_headers", "X-Team=operators"),
            ("signing_secret", secret.as_str()),
            ("enabled", "false"),
            ("enabled", "true"),
        ]
    };
    let unasked = perform(
        &mut ada,
        "v2-projects-ref-webhooks-endpoints-post",
        &new,
        &filled("https://reports.example.com/"),
    )
    .await;
    holds(&unasked, &["tells somebody else\u{2019}s server what happens here"]);
    assert!(!unasked.body.contains(&secret), "the secret came back");
    let mut wrong = filled("http://127.0.0.1/");
    wrong.push(("_sure", "true"));
    let refused = perform(&mut ada, "v2-projects-ref-webhooks-endpoints-post", &new, &wrong).await;
    holds(&refused, &["expected an address that everybody can reach"]);
    let mut right = filled("https://reports.example.com/");
    right.push(("_sure", "true"));
    // By the form's own way on, which names the id that was made.
    let next = format!("{list}/{{id}}");
    let own = [("_back", new.as_str()), ("_next", next.as_str())];
    let fields: Vec<_> = own.into_iter().chain(right).collect();
    let answer = ada.post("/do/v2-projects-ref-webhooks-endpoints-post", &fields).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    let page = answer.location().split('?').next().unwrap().to_owned();
    let id = page.rsplit('/').next().unwrap().to_owned();
    holds(
        &ada.follow(answer).await,
        &[
            "https://reports.example.com/",
            "X-Team",
            "It was told nothing yet",
            "Send a test",
        ],
    );
    let shown = ada.get(&page).await;
    assert!(!shown.body.contains("operators"), "the value of a header is shown");
    assert!(!shown.body.contains(&secret));
    let audited: Vec<String> =
        sql::query_scalar("SELECT parameters FROM audit WHERE operation = 'v2-projects-ref-webhooks-endpoints-post'")
            .fetch_all(&stage.steward.state.store.pool)
            .await
            .unwrap();
    assert!(!audited.is_empty() && !audited.concat().contains(&secret));

    // A test is told, and told again.
    let test = [of, ("id", id.as_str()), ("type", "")];
    done(
        &mut ada,
        "v2-projects-ref-webhooks-endpoints-id-test-post",
        &page,
        &test,
    )
    .await;
    let deliveries = stage
        .get_upstream(&format!("/v2/{place}/webhooks/endpoints/{id}/deliveries"))
        .await;
    let delivery = deliveries["data"][0]["id"].as_str().unwrap().to_owned();
    let opened = ada.get(&paths::delivery(&scope, &id, &delivery)).await;
    holds(
        &opened,
        &[
            "One delivery",
            EVENTS,
            "is_test",
            "content-type: text/plain",
            "Send it again",
        ],
    );
    let again = [of, ("id", delivery.as_str())];
    done(
        &mut ada,
        "v2-projects-ref-webhooks-deliveries-id-retry-post",
        &page,
        &again,
    )
    .await;
    let now = stage
        .get_upstream(&format!("/v2/{place}/webhooks/endpoints/{id}/deliveries"))
        .await;
    assert_eq!(now["data"].as_array().unwrap().len(), 2);

    // Only what was touched is sent.
    let change = [
        of,
        ("id", id.as_str()),
        ("_was.url", "\"https://reports.example.com/\""),
        ("url", "https://reports.example.com/"),
        ("_was.enabled", "true"),
        ("enabled", "false"),
        ("_was.event_types", "[\"v1.project.paused\"]"),
        ("event_types", ""),
        ("event_types", EVENTS),
        ("_sure", "true"),
    ];
    done(&mut ada, "v2-projects-ref-webhooks-endpoints-id-patch", &page, &change).await;
    let changed = stage
        .get_upstream(&format!("/v2/{place}/webhooks/endpoints/{id}"))
        .await;
    assert_eq!(changed["data"]["attributes"]["enabled"], json!(false));
    assert_eq!(
        changed["data"]["attributes"]["custom_headers"]["X-Team"],
        json!("operators")
    );
    holds(&ada.get(&page).await, &["The webhook is off"]);

    let end = [of, ("id", id.as_str())];
    let unnamed = perform(&mut ada, "v2-projects-ref-webhooks-endpoints-id-delete", &page, &end).await;
    holds(&unnamed, &["address of the webhook"]);
    let end = [of, ("id", id.as_str()), ("_confirm", "https://reports.example.com/")];
    done(&mut ada, "v2-projects-ref-webhooks-endpoints-id-delete", &list, &end).await;
    assert!(!ada.get(&list).await.body.contains("reports.example.com"));

    // What is left can go at once, by the project's name.
    let all = [of, ("_confirm", "Note G")];
    done(&mut ada, "v2-projects-ref-webhooks-endpoints-delete", &list, &all).await;
    assert!(told(&stage, &place).await.is_empty());
    holds(&ada.get(&list).await, &["No webhook yet"]);
}

#[tokio::test]
async fn all_of_an_organizations_go_by_its_name_alone() {
    let (stage, mut ada) = demo().await;
    let slug = slug(&stage, "Analytical Engines").await;
    let (scope, place) = (Scope::Organization(slug.clone()), format!("organizations/{slug}"));
    let page = paths::webhooks(&scope);
    holds(
        &ada.get(&page).await,
        &["Every webhook of the organization goes", "Analytical Engines"],
    );
    for typed in [slug.as_str(), "analytical engines", ""] {
        let fields = [("slug", slug.as_str()), ("_confirm", typed)];
        let refused = perform(
            &mut ada,
            "v2-organizations-slug-webhooks-endpoints-delete",
            &page,
            &fields,
        )
        .await;
        holds(&refused, &["That is the name of the organization"]);
    }
    assert_eq!(told(&stage, &place).await.len(), 1);
    let fields = [("slug", slug.as_str()), ("_confirm", "Analytical Engines")];
    done(
        &mut ada,
        "v2-organizations-slug-webhooks-endpoints-delete",
        &page,
        &fields,
    )
    .await;
    assert!(told(&stage, &place).await.is_empty());
}

#[tokio::test]
async fn who_may_not_is_told_so_and_what_cannot_be_read_does_not_take_the_rest() {
    let (stage, _) = demo().await;
    let project = note_g(&stage).await;
    let scope = Scope::Project(project.clone());
    // A plan without webhooks.
    let mut ada = stage.signed_in().await;
    let harbour = slug(&stage, "Harbour Labs").await;
    let closed = ada.get(&paths::webhooks(&Scope::Organization(harbour))).await;
    holds(&closed, &["Webhooks are not open to this organization"]);
    // A developer changes nothing.
    let mut alan = signed_in_as(&stage, 2).await;
    let fields = [
        ("ref", project.as_str()),
        ("url", "https://reports.example.com/"),
        ("event_types", "*"),
        ("signing_secret", "long enough"),
        ("_sure", "true"),
    ];
    let new = paths::new_webhook(&scope);
    let refused = perform(&mut alan, "v2-projects-ref-webhooks-endpoints-post", &new, &fields).await;
    assert_eq!(refused.status, 403, "{}", refused.body);
    let id = told(&stage, &format!("projects/{project}")).await[0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let mut grace = failing(&stage, "v2-projects-ref-webhooks-endpoints-id-deliveries-get").await;
    holds(
        &grace.get(&paths::webhook(&scope, &id)).await,
        &["Supabase has a problem", OURS, "Remove the webhook"],
    );
}
