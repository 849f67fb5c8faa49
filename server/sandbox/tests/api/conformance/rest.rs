//! The Data API's settings.

use management_api::rest::*;

use super::Check;

pub async fn walk(check: &Check) {
    let project = check.lab.reference("Difference Engine").to_owned();
    let get = || GetPostgrestConfig {
        project: project.clone(),
    };
    let before = check.call(get()).await;
    assert_eq!(
        (before.db_schema.as_str(), before.max_rows),
        ("public,graphql_public", 1000)
    );
    assert!(before.jwt_secret.is_some_and(|secret| !secret.expose().is_empty()));
    let updated = check
        .call(UpdatePostgrestConfig {
            project: project.clone(),
            db_extra_search_path: None,
            db_schema: Some("public,api".to_owned()),
            max_rows: Some(50),
            db_pool: Some(12),
            db_pool_acquisition_timeout: None,
            db_pool_max_idletime: None,
            db_pool_max_lifetime: Some(1800),
        })
        .await;
    assert_eq!(updated.jwt_secret, None);
    let after = check.call(get()).await;
    assert_eq!(
        (
            after.db_schema.as_str(),
            after.max_rows,
            after.db_pool,
            after.db_pool_max_lifetime
        ),
        ("public,api", 50, Some(12), Some(1800))
    );
    assert_eq!(after.db_extra_search_path, before.db_extra_search_path);
}
