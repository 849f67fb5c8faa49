//! Storage.

use management_api::storage::*;

use super::Check;

pub async fn walk(check: &Check) {
    let project = check.lab.reference("Difference Engine").to_owned();
    let get = || GetStorageConfig {
        project: project.clone(),
    };
    let before = check.call(get()).await;
    let vectors = VectorBuckets {
        enabled: false,
        max_buckets: 1,
        max_indexes: 2,
    };
    check
        .call(UpdateStorageConfig {
            project: project.clone(),
            file_size_limit: Some(1_000_000_000),
            features: Some(StorageFeatures {
                vector_buckets: Some(vectors),
                ..StorageFeatures::default()
            }),
            external: Some(StorageExternal {
                upstream_target: "canary".to_owned(),
            }),
        })
        .await;
    let after = check.call(get()).await;
    assert_eq!(after.file_size_limit, 1_000_000_000);
    assert_eq!(
        after.features,
        StorageFeatures {
            vector_buckets: Some(vectors),
            ..before.features
        }
    );
    let buckets = check.call(ListBuckets { project }).await;
    assert_eq!(buckets.first().map(|bucket| bucket.name.as_str()), Some("avatars"));
}
