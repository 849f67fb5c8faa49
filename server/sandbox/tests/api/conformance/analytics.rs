//! Logs, the use of the API, and the statistics of functions.

use management_api::analytics::*;

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
    let rows = ask(None).await.result.unwrap();
    assert!(
        rows.iter()
            .all(|row| row["metadata"][0]["request"][0]["method"].is_string())
    );
    let wrong = ask(Some("select nothing from nowhere")).await;
    assert!(wrong.error.unwrap().message().contains("nowhere"));
}
