//! PrivateLink: an account at AWS is let in and shut out again, of the primary and of a replica; what is in force, in one answer.

use app::paths;

use crate::{
    audit::signed_in_as,
    browser::Browser,
    configure::{demo, done, failing, holds, note_g, perform, reference},
    stage::Stage,
};

const ACCOUNT: &str = "123456789012";

/// Shares the primary and a new replica with an account, by the page; gives back the replica's identifier. `grace` owns the
/// organization of `project`, whose plan allows it.
pub async fn share_both(stage: &Stage, grace: &mut Browser, project: &str) -> String {
    let page = paths::private_link(project);
    let replica = [
        ("ref", project),
        ("read_replica_region", "us-east-1"),
        ("_sure", "true"),
    ];
    done(grace, "v1-setup-a-read-replica", &page, &replica).await;
    stage.advance(3_600).await;
    let slug = stage.organizations().await.remove(2).slug;
    let projects = stage.get_upstream(&format!("/v2/organizations/{slug}/projects")).await;
    let databases = projects["data"].as_array().unwrap().iter().flat_map(|one| {
        let databases = one["attributes"]["databases"].as_array().unwrap();
        databases.iter().filter(move |_| one["id"] == project)
    });
    let mut replicas = databases.filter(|one| one["type"] == "READ_REPLICA");
    let identifier = replicas.next().unwrap()["identifier"].as_str().unwrap().to_owned();
    for database in ["", identifier.as_str()] {
        let fields = [
            ("ref", project),
            ("aws_account_id", ACCOUNT),
            ("account_name", "Data team"),
            ("database_identifier", database),
            ("_sure", "true"),
        ];
        done(grace, "v2-create-private-link-association", &page, &fields).await;
    }
    stage.advance(3_600).await;
    identifier
}

#[tokio::test]
async fn an_account_is_let_in_and_shut_out_again() {
    let (stage, mut ada) = demo().await;
    // Her organization has the Enterprise plan.
    let mut grace = signed_in_as(&stage, 1).await;
    let project = reference(&stage, "Compiler").await;
    let page = paths::private_link(&project);
    holds(&grace.get(&page).await, &["No account at AWS", "Share the database"]);
    let of = ("ref", project.as_str());
    let wrong = [of, ("aws_account_id", "12"), ("_sure", "true")];
    let refused = perform(&mut grace, "v2-create-private-link-association", &page, &wrong).await;
    holds(&refused, &["id=\"aws_account_id-error\""]);
    let right = [of, ("aws_account_id", ACCOUNT), ("account_name", "Data team")];
    let unasked = perform(&mut grace, "v2-create-private-link-association", &page, &right).await;
    holds(&unasked, &["lets networks of that account at AWS connect"]);
    let replica = share_both(&stage, &mut grace, &project).await;
    holds(
        &grace.get(&page).await,
        &[
            "Data team",
            "To be accepted",
            "Primary",
            "private.supabase.example",
            "Read replica",
            &replica,
        ],
    );
    let end = [of, ("aws_account_id", ACCOUNT)];
    let unnamed = perform(&mut grace, "v2-delete-private-link-association", &page, &end).await;
    holds(&unnamed, &["aws_account_id"]);
    let end = [of, ("aws_account_id", ACCOUNT), ("_confirm", ACCOUNT)];
    done(&mut grace, "v2-delete-private-link-association", &page, &end).await;
    let left = grace.get(&page).await;
    assert!(
        left.body.contains(&replica) && !left.body.contains("Primary<"),
        "{}",
        left.body
    );
    let end = [
        of,
        ("aws_account_id", ACCOUNT),
        ("database_identifier", replica.as_str()),
        ("_confirm", replica.as_str()),
    ];
    done(
        &mut grace,
        "v2-delete-private-link-association-for-database",
        &page,
        &end,
    )
    .await;
    holds(&grace.get(&page).await, &["No account at AWS"]);

    let note_g = note_g(&stage).await;
    let page = paths::private_link(&note_g);
    let fields = [("ref", note_g.as_str()), ("aws_account_id", ACCOUNT), ("_sure", "true")];
    let refused = perform(&mut ada, "v2-create-private-link-association", &page, &fields).await;
    assert_eq!(refused.status, 402, "{}", refused.body);
    let mut other = failing(&stage, "v2-list-private-link-associations").await;
    holds(
        &other.get(&page).await,
        &["Supabase has a problem", "Share the database"],
    );
}

#[tokio::test]
async fn all_settings_in_force_stand_in_one_list() {
    let (stage, mut ada) = demo().await;
    let project = note_g(&stage).await;
    let page = ada.get(&paths::in_force(&project)).await;
    page.assert_complete();
    holds(&page, &["Alpha", "site_url", "max_rows", "pool_mode", "Not set"]);
    let searched = ada.get(&format!("{}?search=site_url", paths::in_force(&project))).await;
    assert!(searched.body.contains("site_url") && !searched.body.contains("pool_mode"));
    let mut grace = failing(&stage, "v2-get-project-config").await;
    holds(
        &grace.get(&paths::in_force(&project)).await,
        &["Supabase has a problem"],
    );
}
