//! Realtime.

use management_api::realtime::*;

use super::Check;

pub async fn walk(check: &Check) {
    let project = check.lab.reference("Difference Engine").to_owned();
    let get = || GetRealtimeConfig {
        project: project.clone(),
    };
    let before = check.call(get()).await;
    assert_eq!(before.max_concurrent_users, Some(500));
    check
        .call(UpdateRealtimeConfig {
            project: project.clone(),
            max_concurrent_users: Some(2000),
            private_only: Some(true),
            ..UpdateRealtimeConfig::default()
        })
        .await;
    let after = check.call(get()).await;
    assert_eq!(
        after,
        RealtimeConfig {
            max_concurrent_users: Some(2000),
            private_only: Some(true),
            ..before
        }
    );
    check
        .call(ShutdownRealtime {
            project: project.clone(),
        })
        .await;
}
