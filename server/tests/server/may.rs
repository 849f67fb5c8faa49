//! What somebody may do, as far as it is known: by role, by scope, by plan, by status; and allowed where it is not known.

use std::time::Duration;

use app::may::Why;
use management_api::{OperationId, Role, Scope};
use reqwest::Method;
use serde_json::json;
use server::{
    identity::SignedIn,
    may::{Verdict, judge},
};

use crate::{
    audit::signed_in_as,
    browser::Browser,
    configure::{demo, holds, note_g},
    stage::Stage,
};

const ADA: usize = 0;
const GRACE: usize = 1;
const ALAN: usize = 2;
const KATHERINE: usize = 3;

/// The person at this place in the world, who is signed in.
async fn of(stage: &Stage, person: usize) -> SignedIn {
    let email = stage.world().await["people"][person]["email"].clone();
    for account in stage.accounts().await {
        let standing = stage.steward.state.store.account(&account).await.unwrap().unwrap();
        if standing.person.email.as_deref() == email.as_str() {
            return SignedIn {
                account,
                person: standing.person,
                scopes: standing.scopes,
                request: None,
            };
        }
    }
    panic!("{email} is not signed in");
}

/// The person at this place, who has looked at the first project.
async fn somebody(stage: &Stage, person: usize) -> SignedIn {
    let mut browser = signed_in_as(stage, person).await;
    let signed_in = of(stage, person).await;
    let project = stage.projects().await.remove(0).reference;
    look(&mut browser, &app::paths::project(&project)).await;
    // A page does not wait for long; what comes later counts for the next one.
    let known = Scope::Project(project);
    eventually(async || judge(&stage.steward.state, &signed_in, OperationId::GetProject, &known) != Verdict::Unknown)
        .await;
    signed_in
}

/// Waits for a second until it is so, if it comes to be.
async fn eventually(so: impl AsyncFn() -> bool) {
    for _ in 0..100 {
        if so().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

async fn look(browser: &mut Browser, path: &str) {
    browser.get(path).await.assert_complete();
}

async fn project(stage: &Stage) -> Scope {
    Scope::Project(stage.projects().await.remove(0).reference)
}

async fn calls(stage: &Stage, operation: OperationId) -> u64 {
    stage.world().await["counters"]["calls"][operation.as_str()]
        .as_u64()
        .unwrap_or_default()
}

#[tokio::test]
async fn a_role_decides_as_the_sandbox_decides() {
    let stage = Stage::new().await;
    let project = project(&stage).await;
    for (person, role) in [
        (ADA, Role::Owner),
        (GRACE, Role::Administrator),
        (ALAN, Role::Developer),
        (KATHERINE, Role::ReadOnly),
    ] {
        let signed_in = somebody(&stage, person).await;
        for (operation, lowest) in [
            (OperationId::GetAuthConfig, Role::ReadOnly),
            (OperationId::ListApiKeys, Role::Developer),
            // To write: whoever may read may call it, too.
            (OperationId::RunQuery, Role::Developer),
            (OperationId::CreateSecrets, Role::Administrator),
            (OperationId::PauseProject, Role::Administrator),
            (OperationId::CreateClaimToken, Role::Owner),
        ] {
            let verdict = judge(&stage.steward.state, &signed_in, operation, &project);
            if role >= lowest {
                assert_eq!(verdict, Verdict::Allowed, "{role}: {operation}");
            } else {
                let Verdict::Refused(Why::Role { lowest: told, .. }) = verdict else {
                    panic!("{role}: {operation}: {verdict:?}");
                };
                assert_eq!(told, lowest, "{role}: {operation}");
            }
        }
    }
}

#[tokio::test]
async fn who_may_not_is_told_what_is_missing_and_whom_to_ask() {
    let stage = Stage::new().await;
    let alan = somebody(&stage, ALAN).await;
    let verdict = judge(
        &stage.steward.state,
        &alan,
        OperationId::PauseProject,
        &project(&stage).await,
    );
    let Verdict::Refused(why) = verdict else {
        panic!("{verdict:?}");
    };
    assert_eq!(
        why.sentence(),
        "Needs the permission project_admin_write, which Administrators and Owners have. \
         Ask Grace Hopper (Administrator) or Ada Lovelace (Owner)."
    );
}

#[tokio::test]
async fn a_scope_that_the_app_was_not_given_is_known_before_anything_is_sent() {
    let scopes = ["organizations:read", "projects:read", "projects:write"];
    let stage = Stage::with(json!({ "projects": 1, "scopes": scopes }), &[]).await;
    let mut browser = stage.signed_in().await;
    let ada = of(&stage, ADA).await;
    let project = project(&stage).await;
    look(&mut browser, "/projects").await;
    let judged = |operation| judge(&stage.steward.state, &ada, operation, &project);
    assert_eq!(
        judged(OperationId::CreateSecrets),
        Verdict::Refused(Why::Scope { scope: "secrets:write" })
    );
    assert!(!matches!(judged(OperationId::UpdateProject), Verdict::Refused(_)));
    assert_eq!(
        judge(&stage.steward.state, &ada, OperationId::ListSnippets, &Scope::Account),
        Verdict::Refused(Why::Scope { scope: "database:read" })
    );
}

#[tokio::test]
async fn a_personal_token_has_no_scopes_that_are_known() {
    let stage = Stage::with(json!({ "projects": 1, "scopes": ["projects:read"] }), &[]).await;
    let ada = somebody(&stage, ADA).await;
    let verdict = judge(
        &stage.steward.state,
        &ada,
        OperationId::CreateSecrets,
        &project(&stage).await,
    );
    assert_eq!(verdict, Verdict::Allowed);
}

#[tokio::test]
async fn what_the_plan_leaves_out_is_said() {
    let stage = Stage::with(json!({}), &[]).await;
    let mut browser = signed_in_as(&stage, ADA).await;
    let ada = of(&stage, ADA).await;
    // Of the demonstration world: the second organization is on the free plan.
    let organizations = stage.organizations().await;
    look(&mut browser, "/projects").await;
    let world = stage.world().await;
    for (place, left_out) in [(0, false), (1, true)] {
        let slug = &organizations[place].slug;
        look(&mut browser, &app::paths::organization(slug)).await;
        let projects = world["projects"].as_array().unwrap();
        let project = projects
            .iter()
            .find(|project| project["organization_slug"] == *slug.as_str());
        let project = Scope::Project(project.unwrap()["ref"].as_str().unwrap().to_owned());
        let vanity = OperationId::ActivateVanitySubdomain;
        let expected = if left_out {
            Verdict::Refused(Why::Plan {
                feature: "vanity_subdomain",
            })
        } else {
            Verdict::Allowed
        };
        let verdict = || judge(&stage.steward.state, &ada, vanity, &project);
        eventually(async || verdict() == expected).await;
        assert_eq!(verdict(), expected, "{slug}");
    }
}

#[tokio::test]
async fn a_project_that_runs_is_not_restored_and_one_that_is_paused_not_paused() {
    let stage = Stage::with(json!({ "projects": 9 }), &[]).await;
    let mut browser = signed_in_as(&stage, ADA).await;
    let ada = of(&stage, ADA).await;
    look(&mut browser, "/projects").await;
    let projects = stage.projects().await;
    let judged = |place: usize, operation| {
        let project = Scope::Project(projects[place].reference.clone());
        judge(&stage.steward.state, &ada, operation, &project)
    };
    let status = |status: &str| {
        Verdict::Refused(Why::Status {
            status: status.to_owned(),
        })
    };
    assert_eq!(judged(0, OperationId::RestoreProject), status("ACTIVE_HEALTHY"));
    assert_eq!(judged(8, OperationId::PauseProject), status("INACTIVE"));
    assert!(!matches!(judged(0, OperationId::PauseProject), Verdict::Refused(_)));
    assert!(!matches!(judged(8, OperationId::RestoreProject), Verdict::Refused(_)));
}

#[tokio::test]
async fn what_is_not_known_is_not_refused() {
    let stage = Stage::new().await;
    let project = project(&stage).await;
    for (person, fault) in [
        (GRACE, json!({ "kind": "status", "code": 403 })),
        (ALAN, json!({ "kind": "wrong-shape" })),
        (KATHERINE, json!({ "kind": "drop-connection" })),
    ] {
        let mut fault = fault;
        fault["operation"] = json!("v1-list-organization-members");
        stage.fault(fault).await;
        let signed_in = somebody(&stage, person).await;
        let verdict = judge(&stage.steward.state, &signed_in, OperationId::PauseProject, &project);
        assert_eq!(verdict, Verdict::Unknown);
        stage.clear_faults().await;
    }
}

#[tokio::test]
async fn it_is_asked_once_however_many_pages_are_looked_at() {
    let stage = Stage::new().await;
    let mut browser = signed_in_as(&stage, GRACE).await;
    for project in stage.projects().await {
        look(&mut browser, &app::paths::project(&project.reference)).await;
        look(&mut browser, &app::paths::project_settings(&project.reference)).await;
    }
    // As soon as somebody has signed in.
    assert_eq!(calls(&stage, OperationId::ListOrganizationMembers).await, 1);
}

#[tokio::test]
async fn who_is_refused_by_supabase_reads_which_permission_and_who_has_it() {
    let stage = Stage::new().await;
    let mut alan = signed_in_as(&stage, ALAN).await;
    let project = stage.projects().await.remove(0).reference;
    let fields = [("ref", project.as_str()), ("_sure", "true")];
    let answer = alan.post_in_place("/do/v1-pause-a-project", &fields).await;
    assert_eq!(answer.status, 403, "{}", answer.body);
    let needs = "It needs the permission project_admin_write (\u{201c}Project Settings: write\u{201d} in \
                 Supabase\u{2019}s dashboard), which Administrators and Owners have.";
    assert!(answer.body.contains(needs), "{}", answer.body);
    let answer = alan.request(Method::GET, "/projects", &[], None).await;
    assert_eq!(answer.status, 200);
}

#[tokio::test]
async fn what_steward_keeps_is_closed_while_nobody_tells_who_may_change_the_project() {
    let (stage, _) = demo().await;
    let project = note_g(&stage).await;
    let (mark, settings) = (format!("/marks/{project}/set"), format!("/projects/{project}/settings"));
    let members = OperationId::ListOrganizationMembers.as_str();
    stage
        .fault(json!({ "operation": members, "kind": "status", "code": 500, "times": 50 }))
        .await;
    let mut grace = signed_in_as(&stage, GRACE).await;
    let untold = grace.post(&mark, &[]).await;
    assert_eq!(untold.status, 503, "{}", untold.body);
    holds(&untold, &["Supabase did not tell your role in the organization"]);
    assert!(!grace.get(&settings).await.body.contains("Marked by "));
    // It is asked again at once, although pages ask but now and then.
    stage.clear_faults().await;
    assert_eq!(grace.post(&mark, &[]).await.status, 303);
    holds(&grace.get(&settings).await, &["Marked by "]);
}
