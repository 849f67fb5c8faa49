//! Every setting in one answer (v2, alpha): what the operations of v1 answer, by v2's names.

use axum::http::StatusCode;
use serde_json::{Map, Value, json};

use super::network;
use crate::{
    answer::{Answered, Refusal},
    auth,
    call::Call,
    database,
    envelope::{self, entity},
    realtime, rest, storage,
};

/// What an operation of v1 answers.
fn read(call: &mut Call<'_>, operation: fn(&mut Call<'_>) -> Answered) -> Result<Value, Refusal> {
    let answered = operation(call)?;
    // ok: it was written by this crate.
    Ok(serde_json::from_slice(answered.body()).unwrap_or_default())
}

/// These fields of an object.
fn only(of: &Value, names: &[&str]) -> Map<String, Value> {
    names
        .iter()
        .map(|name| ((*name).to_owned(), of[*name].clone()))
        .collect()
}

/// v2-get-project-config
pub fn get(call: &mut Call<'_>) -> Answered {
    let (reference, version) = {
        let now = call.now;
        let project = call.running()?;
        (project.reference.clone(), project.version(now).to_owned())
    };
    let major: u32 = version
        .split('.')
        .next()
        .unwrap_or_default()
        .parse()
        .unwrap_or_default();
    let restrictions = read(call, network::get)?;
    let ranges = |name: &str, kind: &str| {
        let addresses = restrictions["config"][name].as_array().into_iter().flatten();
        addresses
            .map(|address| json!({ "address": address, "type": kind }))
            .collect::<Vec<_>>()
    };
    let allowed = [ranges("dbAllowedCidrs", "v4"), ranges("dbAllowedCidrsV6", "v6")].concat();
    let ssl = read(call, database::config::ssl)?;
    let postgres = read(call, database::config::get)?;
    let pooler = read(call, database::pooler::pgbouncer)?;
    let auth = read(call, auth::config::get)?;
    let auth = auth.as_object().into_iter().flatten();
    let auth: Map<String, Value> = auth.map(|(name, value)| (name.to_lowercase(), value.clone())).collect();
    let api = read(call, rest::get)?;
    let realtime = read(call, realtime::get)?;
    let storage = read(call, storage::get)?;
    let features = |name: &str| storage["features"][name].clone();
    let numbers = json!({
        "server_idle_timeout": 60, "server_lifetime": 3600, "query_wait_timeout": 120, "reserve_pool_size": 0,
        "ignore_startup_parameters": "", "pool_mode": "transaction", "default_pool_size": 15, "max_client_conn": 200,
    });
    let mut effective = numbers.as_object().cloned().unwrap_or_default();
    let set = pooler.as_object().into_iter().flatten();
    effective.extend(
        set.filter(|(name, value)| numbers.get(name.as_str()).is_some() && !value.is_null())
            .map(|(n, v)| (n.clone(), v.clone())),
    );
    let mut rest = only(&api, &["db_schema", "db_extra_search_path", "max_rows", "db_pool"]);
    for (name, usual) in [
        ("db_pool_acquisition_timeout", 10),
        ("db_pool_max_lifetime", 1800),
        ("db_pool_max_idletime", 30),
    ] {
        let set = api[name].as_u64();
        rest.insert(name.to_owned(), json!(set.unwrap_or(usual)));
    }
    let attributes = json!({
        "database": {
            "major_version": major,
            "ssl_enforced": ssl["currentConfig"]["database"],
            "network_restrictions": {
                "entitlement": restrictions["entitlement"],
                "status": restrictions["status"],
                "allowed_cidrs": allowed,
            },
            "postgres_settings": postgres,
        },
        "pooler": effective,
        "auth": auth,
        "api": rest,
        "realtime": only(&realtime, &[
            "private_only", "max_concurrent_users", "max_events_per_second", "max_bytes_per_second",
            "max_channels_per_client", "max_joins_per_second", "max_presence_events_per_second",
            "max_payload_size_in_kb", "presence_enabled", "suspend", "connection_pool", "postgres_changes_pool",
        ]),
        "storage": {
            "file_size_limit": storage["fileSizeLimit"],
            "features": {
                "image_transformation": features("imageTransformation"),
                "s3_protocol": features("s3Protocol"),
                "purge_cache": features("purgeCache"),
                "iceberg_catalog": {
                    "enabled": features("icebergCatalog")["enabled"],
                    "max_namespaces": features("icebergCatalog")["maxNamespaces"],
                    "max_tables": features("icebergCatalog")["maxTables"],
                    "max_catalogs": features("icebergCatalog")["maxCatalogs"],
                },
                "vector_buckets": {
                    "enabled": features("vectorBuckets")["enabled"],
                    "max_buckets": features("vectorBuckets")["maxBuckets"],
                    "max_indexes": features("vectorBuckets")["maxIndexes"],
                },
            },
            "capabilities": storage["capabilities"],
            "upstream_target": storage["external"]["upstreamTarget"],
            "migration_version": storage["migrationVersion"],
        },
    });
    envelope::one(StatusCode::OK, entity("project_config", &reference, attributes))
}
