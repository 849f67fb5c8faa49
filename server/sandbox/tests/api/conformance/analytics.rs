//! Logs, the use of the API, and the statistics of functions.

use management_api::{OperationId, analytics::*};
use serde_json::json;

use super::Check;

pub async fn walk(check: &Check) {
    let project = || check.lab.reference("Difference Engine").to_owned();
    for interval in ["15min", "1hr", "3hr", "1day"] {
        let nobodys = GetFunctionStats {
            project: project(),
            interval: interval.to_owned(),
            function_id: "00000000-0000-4000-8000-000000000000".to_owned(),
        };
        assert_eq!(check.call(nobodys).await.result, Some(vec![]));
    }
    let ask = async |sql: Option<&str>| {
        check
            .call(QueryLogs {
                project: project(),
                sql: sql.map(str::to_owned),
                iso_timestamp_start: None,
                iso_timestamp_end: None,
            })
            .await
    };
    drains(check).await;
    let metrics = check.call(ScrapeMetrics { project: project() }).await;
    assert!(metrics.contains("# TYPE pg_up gauge"), "{metrics}");
    gone(check, &project()).await;
    let rows = ask(None).await.result.unwrap();
    assert!(rows.iter().all(|row| row["source"].is_string()));
    let wrong = ask(Some("select nothing from nowhere")).await;
    assert!(wrong.error.unwrap().message().contains("nowhere"));
}

async fn drains(check: &Check) {
    let project = || check.lab.reference("Difference Engine").to_owned();
    let config = json!({ "url": "https://logs.example.com", "headers": { "Authorization": "Bearer of a secret" } });
    let new = CreateLogDrain {
        project: project(),
        name: "Archive".to_owned(),
        description: Some("Kept for a year".to_owned()),
        backend_type: "webhook".to_owned(),
        config: serde_json::from_value(config).unwrap(),
    };
    let made = check.call(new).await.data;
    assert_eq!(made.config.url.as_deref(), Some("https://logs.example.com"));
    let renamed = UpdateLogDrain {
        project: project(),
        id: made.id.clone(),
        name: Some("Cold archive".to_owned()),
        backend_type: "webhook".to_owned(),
        ..UpdateLogDrain::default()
    };
    check.call(renamed).await;
    let list = || ListLogDrains { project: project() };
    let listed = check.call(list()).await.data;
    assert_eq!(
        (listed[0].name.as_str(), listed[0].config.url.is_some()),
        ("Cold archive", true)
    );
    let id = made.id.clone();
    check.call(DeleteLogDrain { project: project(), id }).await;
    assert!(check.call(list()).await.data.is_empty());
}

/// The endpoint before this one answers only that it is gone.
async fn gone(check: &Check, project: &str) {
    let path = format!("/v1/projects/{project}/analytics/endpoints/logs.all");
    let reply = check.lab.get(&path, check.lab.pat("Ada")).await;
    assert_eq!(reply.status.as_u16(), 410, "{}", reply.text);
    assert!(check.entry(OperationId::QueryLogsBefore)["responses"]["410"].is_object());
    check.seen.borrow_mut().insert(OperationId::QueryLogsBefore);
}
