//! Empty databases for tests of what runs on PostgreSQL itself, in a cluster that ends with the process.

use std::{
    sync::atomic::{AtomicU32, Ordering},
    time::{Duration, Instant},
};

use sqlx::Connection;
use tokio::sync::OnceCell;

use super::{
    Failure,
    admin::{admin, run},
    cluster::{ADMIN, Cluster},
    identifier,
};

static CLUSTER: OnceCell<Cluster> = OnceCell::const_new();
static NUMBER: AtomicU32 = AtomicU32::new(0);

/// How long the cluster may take to answer.
const START: Duration = Duration::from_secs(30);

/// Makes an empty database and gives its URL.
///
/// # Errors
/// PostgreSQL is not installed, or does not run here.
pub async fn lend_database() -> Result<String, Failure> {
    let cluster = CLUSTER.get_or_try_init(start).await?;
    let name = format!("lent_{}", NUMBER.fetch_add(1, Ordering::Relaxed));
    let mut connection = admin(cluster, "postgres").await?;
    let create = format!("CREATE DATABASE {} TEMPLATE template0", identifier(&name));
    run(&mut connection, create).await?;
    connection.close().await?;
    let socket = cluster.socket().display().to_string().replace('/', "%2F");
    Ok(format!("postgres://{ADMIN}@{socket}/{name}?sslmode=disable"))
}

async fn start() -> Result<Cluster, Failure> {
    let cluster = tokio::task::spawn_blocking(|| Cluster::start(None))
        .await
        .map_err(std::io::Error::other)??;
    let begun = Instant::now();
    while let Err(failure) = admin(&cluster, "postgres").await {
        if !cluster.lives() || begun.elapsed() > START {
            return Err(failure);
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    Ok(cluster)
}
