//! Compute: a program is sent, deployed, deployed anew and taken away, where the service has it at all.

use app::paths;
use server::store::sql;

use crate::configure::{demo, done, holds, note_g, perform, reference};

#[tokio::test]
async fn a_program_is_deployed_from_an_upload_and_taken_away() {
    let (stage, mut ada) = demo().await;
    // The one region that has it.
    let project = reference(&stage, "Mill & Store").await;
    let list = paths::compute(&project);
    holds(
        &ada.get(&list).await,
        &["Alpha", "mailer", "2 of 2 ready", "Deploy a program"],
    );
    let new = paths::new_compute(&project, "resizer");
    holds(
        &ada.get(&new).await,
        &["Ask for an address", "How resizer is to run", "spec.exposure"],
    );
    let of = ("ref", project.as_str());
    let ask = [
        of,
        ("name", "resizer"),
        ("_back", new.as_str()),
        ("_form", "reveal-upload"),
        ("_reveal", "url"),
    ];
    let told = ada.post("/reveal/v2-create-compute-instance-upload", &ask).await;
    holds(
        &told,
        &["https://uploads.supabase.example/resizer/", "Its id: ", "Keep it now"],
    );
    let id = told
        .body
        .split("https://uploads.supabase.example/resizer/")
        .nth(1)
        .unwrap();
    let id = id[..36].to_owned();
    let audited: Vec<String> =
        sql::query_scalar("SELECT sentence FROM audit WHERE operation = 'v2-create-compute-instance-upload'")
            .fetch_all(&stage.steward.state.store.pool)
            .await
            .unwrap();
    assert_eq!(audited.len(), 1);
    let spec = [
        of,
        ("name", "resizer"),
        ("context_upload_id", id.as_str()),
        ("spec.size", "micro"),
        ("spec.exposure", "private"),
        ("spec.instances", "2"),
        ("spec.secrets_scope", "[{\"secret_name\": \"KEY\"}]"),
    ];
    let unasked = perform(&mut ada, "v2-deploy-a-compute-instance", &new, &spec).await;
    holds(&unasked, &["runs a program beside the database"]);
    let mut sure = spec.to_vec();
    sure.push(("_sure", "true"));
    done(&mut ada, "v2-deploy-a-compute-instance", &new, &sure).await;
    let page = paths::compute_instance(&project, "resizer");
    holds(
        &ada.get(&page).await,
        &["Runs", "2 of 2 ready", "micro", "secret_name", "Deploy it anew"],
    );
    let mut unknown = sure.clone();
    unknown[2].1 = "3f0c0b3e-1111-4111-8111-111111111111";
    let refused = perform(&mut ada, "v2-deploy-a-compute-instance", &new, &unknown).await;
    holds(&refused, &["There is no such upload"]);
    let end = [of, ("name", "resizer"), ("_confirm", "other")];
    let unnamed = perform(&mut ada, "v2-delete-a-compute-instance", &page, &end).await;
    assert_eq!(unnamed.status, 422, "{}", unnamed.body);
    let end = [of, ("name", "resizer"), ("_confirm", "resizer")];
    done(&mut ada, "v2-delete-a-compute-instance", &list, &end).await;
    assert!(!ada.get(&list).await.body.contains("resizer"));
}

#[tokio::test]
async fn where_there_is_none_the_service_says_so() {
    let (stage, mut ada) = demo().await;
    let project = note_g(&stage).await;
    holds(
        &ada.get(&paths::compute(&project)).await,
        &[
            "Compute is not open to this project",
            "Compute is not enabled",
            "aria-description=\"Not open to this project.\"",
        ],
    );
}
