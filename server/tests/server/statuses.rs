//! Projects in a state of passage, or in one that came after this console: their pages say the word, and offer what can be done.

use serde_json::json;

use crate::stage::Stage;

#[tokio::test]
async fn a_status_of_passage_and_one_that_nobody_knows_are_told() {
    let statuses = json!({ "Note G": "PROMOTING", "Lighthouse": "FLOATING" });
    let stage = Stage::with(json!({ "statuses": statuses }), &[]).await;
    let mut ada = stage.signed_in().await;
    let list = ada.get("/projects").await;
    list.assert_complete();
    assert!(
        list.body.contains("Promoting") && list.body.contains("FLOATING"),
        "{}",
        list.body
    );
    let projects = stage.projects().await;
    for (name, word) in [("Note G", "Promoting"), ("Lighthouse", "FLOATING")] {
        let reference = &projects.iter().find(|project| project.name == name).unwrap().reference;
        for page in [
            app::paths::project(reference),
            app::paths::project_settings(reference),
            app::paths::branches(reference),
            app::paths::functions(reference),
        ] {
            let shown = ada.get(&page).await;
            shown.assert_complete();
            assert!(shown.body.contains(word), "{page}: {}", shown.body);
        }
    }
}
