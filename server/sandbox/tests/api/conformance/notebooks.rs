//! Notebooks.

use management_api::notebooks::*;
use serde_json::json;

use super::Check;

pub async fn walk(check: &Check) {
    let project = || check.lab.reference("Note G").to_owned();
    let cells = json!([
        { "type": "markdown", "text": "# Users" },
        { "type": "database", "sql": "select 1", "view": "table" },
        {
            "type": "log", "sql": "select id from logs", "title": "Calls",
            "time_range": { "type": "relative", "unit": "hour", "amount": 1 },
        },
    ]);
    let new = CreateNotebook {
        project: project(),
        name: "Weekly".to_owned(),
        description: Some("What we look at".to_owned()),
        favorite: Some(true),
        content: Cells {
            cells: cells.as_array().unwrap().clone(),
        },
    };
    let made = check.call(new).await.data;
    let list = ListNotebooks {
        project: project(),
        sort: Some("name".to_owned()),
        name: Some("week".to_owned()),
        ..ListNotebooks::default()
    };
    let listed = check.call(list).await.data;
    assert_eq!((listed[0].name.as_str(), &listed[0].content), ("Weekly", &None));
    let get = || GetNotebook {
        project: project(),
        id: made.id.clone(),
    };
    let mut content = check.call(get()).await.data.attributes.content.unwrap();
    content.cells.remove(0);
    content.cells.push(json!({ "type": "markdown", "text": "End" }));
    let change = UpdateNotebook {
        project: project(),
        id: made.id.clone(),
        content: Some(content.clone()),
        ..UpdateNotebook::default()
    };
    let changed = check.call(change).await.data.attributes.content.unwrap();
    // What was sent back with its id is still the same cell.
    assert_eq!(changed.cells[0]["id"], content.cells[0]["id"]);
    assert!(changed.cells[2]["id"].is_string());
    let GetNotebook { project, id } = get();
    check.call(DeleteNotebook { project, id }).await;
}
