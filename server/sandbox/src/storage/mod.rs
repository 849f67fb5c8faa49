//! Storage: its settings and its buckets.

mod buckets;

use axum::http::StatusCode;
use management_api::storage::{IcebergCatalog, StorageFeatures, Switch, VectorBuckets};
use serde::{Deserialize, Serialize};
use serde_json::json;

pub use self::buckets::list as buckets;
use crate::{
    answer::{Answered, Refusal, empty, json as answer},
    call::Call,
    organizations::Plan,
};

/// What a project has of this: what was changed.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct State {
    file_size_limit: Option<u64>,
    features: StorageFeatures,
    canary: bool,
}

/// The size of a file that every plan allows, and the largest that any does.
const USUAL: u64 = 50 * 1024 * 1024;
const LARGEST: u64 = 500 * 1024 * 1024 * 1024;

/// v1-get-storage-config
pub fn get(call: &mut Call<'_>) -> Answered {
    let paid = call.plan()? != Plan::Free;
    let State {
        file_size_limit,
        features,
        canary,
    } = &call.project()?.parts.storage;
    let on = |enabled| Switch { enabled };
    let features = StorageFeatures {
        image_transformation: features.image_transformation.or(Some(on(paid))),
        s3_protocol: features.s3_protocol.or(Some(on(true))),
        purge_cache: features.purge_cache.or(Some(on(false))),
        iceberg_catalog: features.iceberg_catalog.or(Some(IcebergCatalog {
            enabled: true,
            max_namespaces: 10,
            max_tables: 10,
            max_catalogs: 2,
        })),
        vector_buckets: features.vector_buckets.or(Some(VectorBuckets {
            enabled: true,
            max_buckets: 10,
            max_indexes: 5,
        })),
    };
    let config = json!({
        "fileSizeLimit": file_size_limit.unwrap_or(USUAL),
        "features": features,
        "capabilities": { "list_v2": true, "iceberg_catalog": true, "object_versioning": false },
        "external": { "upstreamTarget": if *canary { "canary" } else { "main" } },
        "migrationVersion": "operation-ergonomics",
        "databasePoolMode": "recycled",
    });
    Ok(answer(StatusCode::OK, &config))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Changes {
    #[serde(rename = "fileSizeLimit")]
    file_size_limit: Option<u64>,
    features: Option<StorageFeatures>,
    external: Option<External>,
}

#[derive(Deserialize)]
struct External {
    #[serde(rename = "upstreamTarget")]
    upstream_target: Upstream,
}

#[derive(Deserialize, PartialEq)]
#[serde(rename_all = "lowercase")]
enum Upstream {
    Main,
    Canary,
}

/// Refuses numbers below zero.
fn check(features: &StorageFeatures) -> Result<(), Refusal> {
    let iceberg = features.iceberg_catalog.map_or([0; 3], |catalog| {
        [catalog.max_namespaces, catalog.max_tables, catalog.max_catalogs]
    });
    let vectors = features
        .vector_buckets
        .map_or([0; 2], |vectors| [vectors.max_buckets, vectors.max_indexes]);
    if iceberg.iter().chain(&vectors).any(|number| *number < 0) {
        return Err(Refusal::Invalid("features: expected numbers from 0 on.".to_owned()));
    }
    Ok(())
}

/// v1-update-storage-config
pub fn update(call: &mut Call<'_>) -> Answered {
    let plan = call.plan()?;
    let Changes {
        file_size_limit,
        features,
        external,
    } = call.request.json()?;
    let features = features.unwrap_or_default();
    check(&features)?;
    if file_size_limit.is_some_and(|limit| limit > LARGEST) {
        return Err(Refusal::Invalid(format!("fileSizeLimit: expected at most {LARGEST}.")));
    }
    if plan == Plan::Free {
        if file_size_limit.is_some_and(|limit| limit > USUAL) {
            return Err(Refusal::PlanLimit(format!(
                "fileSizeLimit: the free plan allows {USUAL} bytes at most."
            )));
        }
        if features.image_transformation.is_some_and(|images| images.enabled) {
            return Err(Refusal::PlanLimit(
                "The free plan has no image transformations.".to_owned(),
            ));
        }
    }
    let state = &mut call.running()?.parts.storage;
    let known = state.features;
    state.features = StorageFeatures {
        image_transformation: features.image_transformation.or(known.image_transformation),
        s3_protocol: features.s3_protocol.or(known.s3_protocol),
        purge_cache: features.purge_cache.or(known.purge_cache),
        iceberg_catalog: features.iceberg_catalog.or(known.iceberg_catalog),
        vector_buckets: features.vector_buckets.or(known.vector_buckets),
    };
    state.file_size_limit = file_size_limit.or(state.file_size_limit);
    if let Some(external) = external {
        state.canary = external.upstream_target == Upstream::Canary;
    }
    Ok(empty(StatusCode::OK))
}
