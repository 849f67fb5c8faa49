//! Advisors: what they find is told with how it is mended, accepted with a reason for a while, and exported.

use serde_json::json;

use crate::{
    audit::signed_in_as,
    browser::Browser,
    configure::{demo, failing, holds, note_g},
    stage::Stage,
};

/// A table that whoever has the publishable key may read.
async fn open_table(stage: &Stage, project: &str) {
    let query = json!({ "query": "create table public.wheels (teeth int); grant select on public.wheels to anon" });
    stage
        .post_upstream(&format!("/v1/projects/{project}/database/query"), &query)
        .await;
}

/// The address of the finding, as the list links it.
fn finding(project: &str) -> String {
    format!("/projects/{project}/advisors/finding?key=rls_disabled_in_public_public_wheels")
}

async fn act(browser: &mut Browser, project: &str, act: &str, fields: &[(&str, &str)]) -> crate::browser::Page {
    let key = [("key", "rls_disabled_in_public_public_wheels")];
    let fields: Vec<_> = key.into_iter().chain(fields.iter().copied()).collect();
    browser.post(&format!("/advisors/{project}/{act}"), &fields).await
}

#[tokio::test]
async fn a_finding_says_what_it_is_and_how_it_is_mended() {
    let (stage, mut ada) = demo().await;
    let project = note_g(&stage).await;
    let page = format!("/projects/{project}/advisors");
    let before = ada.get(&page).await;
    assert!(!before.body.contains("public.wheels"));
    open_table(&stage, &project).await;
    let mut grace = signed_in_as(&stage, 1).await;
    let shown = grace.get(&page).await;
    let one = finding(&project);
    holds(
        &shown,
        &[
            "Row level security is off in public",
            "public.wheels",
            &format!("href=\"{one}\""),
            "Error",
            "New",
        ],
    );
    let only = grace.get(&format!("{page}?kind=performance")).await;
    assert!(!only.body.contains(&one));
    // The table's own page has what is found about it, and nothing else.
    let table = |name: &str| format!("/projects/{project}/database/schema/table?schema=public&name={name}");
    let about = grace.get(&table("wheels")).await;
    holds(&about, &["Findings of the advisors", &format!("href=\"{one}\"")]);
    holds(&grace.get(&table("none")).await, &["They find nothing about it."]);
    let detail = grace.get(&one).await;
    holds(
        &detail,
        &[
            "Why it matters: ",
            "row level security",
            "Without a policy nobody but roles that bypass it",
            "As a migration",
            "guide",
        ],
    );
    let migration = format!("/projects/{project}/migrations/new?name=mend&query=alter%20table%20a");
    holds(
        &grace.get(&migration).await,
        &["value=\"mend\"", "alter table a</textarea>"],
    );
    holds(
        &grace.get(&format!("{page}/finding?key=no_such_thing")).await,
        &["Not found any more"],
    );
}

#[tokio::test]
async fn a_finding_is_accepted_with_a_reason_and_reopened() {
    let (stage, mut ada) = demo().await;
    let project = note_g(&stage).await;
    open_table(&stage, &project).await;
    let one = finding(&project);
    holds(&ada.get(&one).await, &["Accept the finding"]);
    let without = act(&mut ada, &project, "accept", &[("reason", " "), ("days", "7")]).await;
    assert_eq!(without.status, 422);
    holds(&without, &["Say why it may stand"]);
    let for_ever = act(&mut ada, &project, "accept", &[("reason", "Agreed"), ("days", "9999")]).await;
    assert_eq!(for_ever.status, 422);
    let fields = [("reason", "Closed by tomorrow\u{2019}s <release>"), ("days", "7")];
    let done = act(&mut ada, &project, "accept", &fields).await;
    assert_eq!(done.status, 303, "{}", done.body);
    // It is shown to all.
    let mut grace = signed_in_as(&stage, 1).await;
    holds(
        &grace.get(&one).await,
        &[
            "Closed by tomorrow\u{2019}s &lt;release&gt;",
            "ada@example.com",
            "Make it a finding again",
        ],
    );
    holds(
        &grace.get(&format!("/projects/{project}/advisors?kind=accepted")).await,
        &["public.wheels"],
    );
    let all = grace.get("/advisors.csv").await;
    holds(&all, &["public.wheels", "Closed by tomorrow"]);

    // Who could not mend it does not decide on it.
    let mut reader = signed_in_as(&stage, 3).await;
    holds(&reader.get(&one).await, &["aria-disabled=\"true\""]);
    let refused = act(&mut reader, &project, "reopen", &[]).await;
    assert_eq!(refused.status, 403);
    let reopened = act(&mut grace, &project, "reopen", &[]).await;
    assert_eq!(reopened.status, 303);
    holds(&grace.get(&one).await, &["Accept the finding"]);

    // What is not found cannot be accepted.
    let fields = [("key", "moon_phase"), ("reason", "x"), ("days", "7")];
    let absent = ada.post(&format!("/advisors/{project}/accept"), &fields).await;
    assert_eq!(absent.status, 404);
}

#[tokio::test]
async fn all_projects_stand_side_by_side_and_what_was_not_read_is_not_fine() {
    let (stage, mut ada) = demo().await;
    let project = note_g(&stage).await;
    open_table(&stage, &project).await;
    let all = ada.get("/advisors").await;
    let of = format!("/projects/{project}/advisors?rule=rls_disabled_in_public");
    holds(&all, &["Row level security is off in public", &of, "data-is=\"error\""]);
    let worst = all.body.find("Note G<").unwrap();
    assert!(
        worst < all.body.find("Tide Tables<").unwrap(),
        "the worst stands on top"
    );

    let mut grace = failing(&stage, "v1-get-security-advisors").await;
    holds(
        &grace.get("/advisors").await,
        &["security not read", "data-is=\"closed\""],
    );
    let page = grace.get(&format!("/projects/{project}/advisors")).await;
    holds(&page, &["Security was not looked at"]);
    holds(&grace.get("/advisors.csv").await, &["security: "]);
    let mut nobody = stage.browser();
    assert_ne!(nobody.get("/advisors.csv").await.status, 200);
}
